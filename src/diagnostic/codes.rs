//! Every code that a diagnostic can carry, with what it means. A code that goes out of use is kept in [`RETIRED`].

use std::fmt;

/// A registered code, such as `expression.unknown-name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The code's text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code($text);)+

        /// Every code with its meaning, in the order in which they stand in the reference.
        pub const ALL: &[(Code, &str)] = &[$(($name, concat!($($doc),+))),+];
    };
}

/// Codes that were once in use and must not return.
pub const RETIRED: &[&str] = &["send.consent"];

codes! {
    // json: the text of a file
    /// The text is not JSON at this place.
    JSON_SYNTAX = "json.syntax";
    /// A comma too many, or one missing.
    JSON_COMMA = "json.comma";
    /// A name stands twice in one object.
    JSON_DUPLICATE_NAME = "json.duplicate-name";
    /// A string holds half of a surrogate pair, a control character or an unknown escape.
    JSON_STRING = "json.string";
    /// A number is not written as JSON writes numbers, or has more digits than can be kept.
    JSON_NUMBER = "json.number";
    /// Something stands after the end of the document.
    JSON_TRAILING = "json.trailing";
    /// Nested more deeply, or longer, than is read.
    JSON_LIMIT = "json.limit";
    /// The file is not UTF-8.
    JSON_ENCODING = "json.encoding";

    // file
    /// A file that is named somewhere is not there.
    FILE_MISSING = "file.missing";
    /// A file is there but cannot be read.
    FILE_UNREADABLE = "file.unreadable";
    /// A file is of another kind than is needed here.
    FILE_KIND = "file.kind";

    // dialect: the shape of a file
    /// A keyword that does not exist here.
    DIALECT_UNKNOWN_KEYWORD = "dialect.unknown-keyword";
    /// A keyword of JSON Schema that has no place in a questionnaire.
    DIALECT_LEFT_OUT = "dialect.left-out";
    /// A keyword that must be there is not.
    DIALECT_MISSING = "dialect.missing-keyword";
    /// A value of another type than the keyword has.
    DIALECT_TYPE = "dialect.type";
    /// A text that says nothing.
    DIALECT_EMPTY = "dialect.empty";
    /// A word that is not among those that the keyword knows.
    DIALECT_WORD = "dialect.word";
    /// An id or a name that is not an identifier.
    DIALECT_NAME = "dialect.name";
    /// A `$ref` that leads nowhere it may lead.
    DIALECT_REFERENCE = "dialect.reference";
    /// The keywords do not say what kind of question it is, or contradict each other.
    DIALECT_KIND = "dialect.kind";

    // scenario
    /// A step of a scenario that cannot be carried out.
    SCENARIO_STEP = "scenario.step";
    /// Something is not as a scenario expects.
    SCENARIO_FAILED = "scenario.failed";
    /// Something that no scenario shows, or that is declared out of reach and is not.
    SCENARIO_COVERAGE = "scenario.coverage";

    // plan: what names and expressions mean together
    /// Two things have one name.
    PLAN_DUPLICATE_NAME = "plan.duplicate-name";
    /// Nothing has this name.
    PLAN_UNKNOWN_NAME = "plan.unknown-name";
    /// A name that is kept for the engine or that other systems cannot take.
    PLAN_RESERVED_NAME = "plan.reserved-name";
    /// Calculations or conditions that wait for each other.
    PLAN_CYCLE = "plan.cycle";
    /// Choices that cannot be told apart, or none at all.
    PLAN_CHOICES = "plan.choices";
    /// Constraints that no value can satisfy, or that do not fit the type.
    PLAN_CONSTRAINT = "plan.constraint";
    /// A pattern that cannot be used.
    PLAN_PATTERN = "plan.pattern";
    /// A score that cannot be computed as written.
    PLAN_SCORE = "plan.score";
    /// Bands that overlap, leave a gap at the step, or cannot be reached.
    PLAN_BAND = "plan.band";
    /// `verbatim` without the reference of a permission.
    PLAN_PERMISSION = "plan.permission";
    /// A rule without a condition, or without exactly one outcome.
    PLAN_RULE = "plan.rule";
    /// A placeholder in a text that cannot be filled.
    PLAN_PLACEHOLDER = "plan.placeholder";
    /// A text of a language pack for something that is not there.
    PLAN_PACK_NAME = "plan.pack-name";
    /// A text that a language pack does not have.
    PLAN_UNTRANSLATED = "plan.untranslated";
    /// More questions, rules or scores than are taken.
    PLAN_LIMIT = "plan.limit";

    // record: what was answered
    /// A record is not built as the wire format says.
    RECORD_SHAPE = "record.shape";
    /// A key that the questionnaire, or the wire format, does not have.
    RECORD_UNKNOWN_KEY = "record.unknown-key";
    /// An answer of another type than the question takes.
    RECORD_WRONG_TYPE = "record.wrong-type";
    /// An answer that is none of the choices.
    RECORD_UNLISTED_CHOICE = "record.unlisted-choice";
    /// An answer that does not satisfy a constraint of the question.
    RECORD_CONSTRAINT = "record.constraint";
    /// A null, which is neither an answer nor an absence.
    RECORD_NULL = "record.null";
    /// A value and an absence at one place.
    RECORD_VALUE_AND_ABSENCE = "record.value-and-absence";
    /// An absence code that the question does not take, or that does not exist.
    RECORD_ABSENCE_CODE = "record.absence-code";
    /// A calculated value among the answers.
    RECORD_CALCULATED = "record.calculated";
    /// The day of the assessment is missing, or no day.
    RECORD_ASSESSED_ON = "record.assessed-on";
    /// A pointer that leads to no question.
    RECORD_POINTER = "record.pointer";
    /// An answer to a question that was not asked.
    RECORD_NOT_ASKED = "record.not-asked";
    /// The record was made with another questionnaire.
    RECORD_QUESTIONNAIRE = "record.questionnaire";
    /// The JSON Schema of the answers rejects the record.
    RECORD_SCHEMA = "record.schema";

    /// More rows than are taken.
    RECORD_LIMIT = "record.limit";

    // journal: what was done, entry by entry
    /// A journal is not built as the wire format says.
    JOURNAL_SHAPE = "journal.shape";
    /// An entry of a journal that cannot be read or carried out, and is left out.
    JOURNAL_ENTRY = "journal.entry";
    /// Entries of a journal are missing, or one number stands on two.
    JOURNAL_SEQUENCE = "journal.sequence";
    /// The journal was made with another questionnaire, or another version of it.
    JOURNAL_QUESTIONNAIRE = "journal.questionnaire";
    /// A journal is longer than is read.
    JOURNAL_LIMIT = "journal.limit";

    // expression
    /// The expression cannot be read at this place.
    EXPRESSION_SYNTAX = "expression.syntax";
    /// An operator of another language; the message names the one that is meant.
    EXPRESSION_OPERATOR = "expression.operator";
    /// No question, calculation or score has this name.
    EXPRESSION_UNKNOWN_NAME = "expression.unknown-name";
    /// No function has this name.
    EXPRESSION_UNKNOWN_FUNCTION = "expression.unknown-function";
    /// A function of FHIRPath that is left out on purpose.
    EXPRESSION_LEFT_OUT = "expression.left-out";
    /// The wrong number of arguments.
    EXPRESSION_ARGUMENTS = "expression.arguments";
    /// Values of these types cannot be used together here.
    EXPRESSION_TYPE = "expression.type";
    /// A list stands where one value is needed, or the other way round.
    EXPRESSION_CARDINALITY = "expression.cardinality";
    /// The question has no such choice.
    EXPRESSION_UNKNOWN_CHOICE = "expression.unknown-choice";
    /// Comparisons cannot be chained.
    EXPRESSION_CHAINED = "expression.chained-comparison";
    /// Longer, deeper or dearer than is allowed.
    EXPRESSION_LIMIT = "expression.limit";
    /// A regular expression cannot be used.
    EXPRESSION_PATTERN = "expression.pattern";
    /// A literal is no number, date or text that exists.
    EXPRESSION_LITERAL = "expression.literal";
    /// Allowed, but probably not what was meant.
    EXPRESSION_SUSPICIOUS = "expression.suspicious";

    // lint: the quality of a questionnaire that compiles; each has a page in `docs/lint.md`
    /// A question or section that can never be shown.
    LINT_NEVER_SHOWN = "lint.never-shown";
    /// A condition that contradicts the condition of what it stands in.
    LINT_CONTRADICTS_PARENT = "lint.contradicts-parent";
    /// A condition that holds whatever is answered.
    LINT_TAUTOLOGY = "lint.tautology";
    /// A part of a condition that always comes to the same.
    LINT_CONSTANT_PART = "lint.constant-part";
    /// A condition of a score, flag or offer that always comes to the same.
    LINT_CONSTANT_CONDITION = "lint.constant-condition";
    /// A rule, or a step of one, that can never fire.
    LINT_RULE_NEVER_FIRES = "lint.rule-never-fires";
    /// A rule, or a step of one, that fires whatever is answered.
    LINT_RULE_ALWAYS_FIRES = "lint.rule-always-fires";
    /// A step of a rule that a stronger step always outdoes.
    LINT_SHADOWED_STEP = "lint.shadowed-step";
    /// A `requiredIf` that can never be true.
    LINT_DEAD_REQUIRED_IF = "lint.dead-required-if";
    /// A `readOnlyIf` that can never be true.
    LINT_DEAD_READ_ONLY_IF = "lint.dead-read-only-if";
    /// A question that must be answered and that nobody sees.
    LINT_REQUIRED_HIDDEN = "lint.required-hidden";
    /// A question that must be answered and that nobody may answer.
    LINT_REQUIRED_READ_ONLY = "lint.required-read-only";
    /// A check that no answer can violate.
    LINT_CHECK_NEVER_FAILS = "lint.check-never-fails";
    /// A check that every answer violates.
    LINT_CHECK_ALWAYS_FAILS = "lint.check-always-fails";
    /// A choice that its filter never offers.
    LINT_CHOICE_NEVER_OFFERED = "lint.choice-never-offered";
    /// Constraints that leave no answer.
    LINT_NO_ANSWER_FITS = "lint.no-answer-fits";
    /// A negated `contains` that is true while nothing is chosen.
    LINT_NEGATED_CONTAINS = "lint.negated-contains";
    /// An `iif` whose condition can be unknown.
    LINT_UNKNOWABLE_IIF = "lint.unknowable-iif";
    /// A condition for showing something that reads a later question.
    LINT_LATER_QUESTION = "lint.later-question";
    /// A band that no value of the score reaches.
    LINT_BAND_UNREACHABLE = "lint.band-unreachable";
    /// A value of a score that lies in no band.
    LINT_BAND_MISSING = "lint.band-missing";
    /// A band that reaches beyond what the score can be.
    LINT_BAND_BEYOND = "lint.band-beyond";
    /// A translation with other placeholders than the text.
    LINT_PLACEHOLDERS_DIFFER = "lint.placeholders-differ";
    /// A translation that is the text itself.
    LINT_COPIED_TRANSLATION = "lint.copied-translation";
    /// Two choices of a question that read the same.
    LINT_DUPLICATE_LABEL = "lint.duplicate-label";
    /// Two questions of a section that read the same.
    LINT_DUPLICATE_QUESTION = "lint.duplicate-question";
    /// Two codes that differ only in case or punctuation.
    LINT_SIMILAR_CODES = "lint.similar-codes";
    /// A safety question that cannot be refused.
    LINT_SAFETY_ABSENCE = "lint.safety-absence";
    /// A question that tells who somebody is and is not marked so.
    LINT_IDENTIFYING = "lint.identifying";
    /// A pattern that can hang other programs.
    LINT_PATTERN_BACKTRACKS = "lint.pattern-backtracks";
    /// An item that is too long to be read aloud.
    LINT_LONG_ITEM = "lint.long-item";
    /// A service that is not on the list of services.
    LINT_UNKNOWN_SERVICE = "lint.unknown-service";
    /// Blanks at the ends of a text, or several in a row.
    LINT_STRAY_SPACE = "lint.stray-space";
    /// An `allow` for something that is not found here.
    LINT_UNUSED_ALLOW = "lint.unused-allow";
    /// An `allow` for a rule that does not exist or cannot be allowed.
    LINT_UNKNOWN_ALLOW = "lint.unknown-allow";

    /// A level that a worker set without what that needs.
    RECORD_OVERRIDE = "record.override";
    /// What was done about an alert that nothing raises, or told twice.
    RECORD_ALERT = "record.alert";
    /// A consent that says otherwise than the person answered.
    RECORD_CONSENT = "record.consent";
    /// A record follows on a profile that is not there.
    RECORD_PREVIOUS = "record.previous";

    // verify: whether a profile is what its record makes of it
    /// The profile is not shaped as its schema says.
    VERIFY_SHAPE = "verify.shape";
    /// No questionnaire of this id and content is known.
    VERIFY_UNKNOWN_QUESTIONNAIRE = "verify.unknown-questionnaire";
    /// Something differs from what the record makes of it.
    VERIFY_MISMATCH = "verify.mismatch";
    /// A score differs from what the answers make of it.
    VERIFY_SCORE_FORGED = "verify.score-forged";
    /// The fingerprint is not that of the record in the profile.
    VERIFY_HASH = "verify.answers-hash";
    /// Provenance names assessors, and none has the qualification that an answered question asks for.
    QUALIFICATION_MISSING = "qualification.missing";
    /// Something is left out of the profile, so that it cannot be replayed.
    VERIFY_REDACTED = "verify.redacted";
    /// A signature is missing, or not that of the document.
    VERIFY_SIGNATURE = "verify.signature";
    /// The signature is by a key that was not named.
    VERIFY_KEY = "verify.key";

    // export: what may leave, and in which form
    /// A policy that cannot be used.
    EXPORT_POLICY = "export.policy";
    /// A purpose is missing, unknown, or can no longer be applied.
    EXPORT_PURPOSE = "export.purpose";
    /// A recipient is unknown, or receives nothing for the purpose.
    EXPORT_RECIPIENT = "export.recipient";
    /// A consent that the purpose needs is not granted, or no longer.
    EXPORT_CONSENT = "export.consent";
    /// A mapping that cannot be used, or lacks what the format needs.
    EXPORT_MAPPING = "export.mapping";
    /// A profile lacks what the format cannot do without.
    EXPORT_FORMAT = "export.format";

    // destination: where profiles are sent
    /// A setting of a destination is missing or not built as it should be.
    DESTINATION_SHAPE = "destination.shape";
    /// A destination has a setting that is not known.
    DESTINATION_UNKNOWN_KEY = "destination.unknown-key";
    /// An address to which nothing about a person may be sent.
    DESTINATION_ADDRESS = "destination.address";

    // send: what is not put into the outbox
    /// A profile without an id: nobody could tell whether it has arrived.
    SEND_ID = "send.id";
    /// Another profile waits or was sent under this id.
    SEND_CONFLICT = "send.conflict";
    /// The format of a destination is none that this program writes.
    SEND_FORMAT = "send.format";
    /// A destination takes whole profiles, and something of this one may not be told to it.
    SEND_WHOLE = "send.whole";
    /// Something is left out of what is sent, and there is no key that vouches for the rest.
    SEND_KEY = "send.key";

    // collect: why a collector does not take an item
    /// It is neither a profile nor a withdrawal.
    COLLECT_SHAPE = "collect.shape";
    /// The profile has no id that can be kept.
    COLLECT_ID = "collect.id";
    /// Another profile was received under this id.
    COLLECT_CONFLICT = "collect.conflict";
    /// The profile was withdrawn.
    COLLECT_WITHDRAWN = "collect.withdrawn";
    /// What it amends was amended by another one already.
    COLLECT_SUPERSEDED = "collect.superseded";
    /// It is about a profile of another station.
    COLLECT_STATION = "collect.station";
    /// The signature is by a key that is not registered for the station.
    COLLECT_KEY = "collect.key";
    /// It is larger, or there are more of them, than a request may hold.
    COLLECT_LIMIT = "collect.limit";
    /// No token, or one that is not known.
    COLLECT_TOKEN = "collect.token";
    /// The token does not allow this.
    COLLECT_FORBIDDEN = "collect.forbidden";
    /// More requests than are taken in a minute.
    COLLECT_RATE = "collect.rate";
    /// The collector has a fault of its own.
    COLLECT_INTERNAL = "collect.internal";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_stands_for_two_things() {
        let mut seen = std::collections::BTreeSet::new();
        for text in ALL.iter().map(|(code, _)| code.as_str()).chain(RETIRED.iter().copied()) {
            assert!(seen.insert(text), "`{text}` is used twice");
            assert!(text.bytes().all(|byte| byte.is_ascii_lowercase() || b".-".contains(&byte)), "`{text}`");
        }
    }
}

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
pub const RETIRED: &[&str] = &[];

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

use super::{Code, codes};

/// What to do about a fault of a kind, where the fault itself says nothing better.
#[must_use]
pub fn remedy(code: Code) -> &'static str {
    REMEDIES.iter().find(|(known, _)| *known == code).map_or("", |(_, remedy)| remedy)
}

const REMEDIES: &[(Code, &str)] = &[
    (codes::JSON_SYNTAX, "write JSON here; an editor that knows JSON marks the place"),
    (codes::JSON_COMMA, "separate items with one comma, and put none after the last"),
    (codes::JSON_DUPLICATE_NAME, "rename or remove one of the two"),
    (codes::JSON_STRING, "write the character itself, or as `\\uXXXX`"),
    (codes::JSON_NUMBER, "write a number as JSON does, such as `0.5` or `-12`"),
    (codes::JSON_TRAILING, "remove what stands after the end: a file holds one document"),
    (codes::JSON_LIMIT, "split it: so much in one place is no form that a person fills"),
    (codes::JSON_ENCODING, "save it as UTF-8"),
    (codes::FILE_MISSING, "put the path right, or add the file"),
    (codes::FILE_UNREADABLE, "see that it is a file, that it may be read, and that it is UTF-8"),
    (codes::FILE_KIND, "name a file of the kind that belongs here; its `$schema` says which it is"),
    (codes::DIALECT_UNKNOWN_KEYWORD, "remove it, or begin its name with `x-` if it is a note of your own"),
    (codes::DIALECT_LEFT_OUT, "say it with the keywords of this dialect"),
    (codes::DIALECT_MISSING, "add the keyword"),
    (codes::DIALECT_TYPE, "write a value of the type that the keyword takes"),
    (codes::DIALECT_EMPTY, "write something, or leave the keyword out"),
    (codes::DIALECT_WORD, "take one of the words that the keyword knows"),
    (codes::DIALECT_NAME, "use letters, digits and `_`, beginning with a letter"),
    (codes::DIALECT_REFERENCE, "name a file by its path relative to this one"),
    (codes::DIALECT_KIND, "keep the keywords of one kind of question"),
    (codes::SCENARIO_STEP, "put the step right: it has to name questions and take answers as the form does"),
    (codes::SCENARIO_FAILED, "put the questionnaire right, or the expectation"),
    (
        codes::PLAN_DUPLICATE_NAME,
        "rename one of the two: names are unique in a questionnaire, instruments included",
    ),
    (codes::PLAN_UNKNOWN_NAME, "put the name right, or add what it names"),
    (codes::PLAN_RESERVED_NAME, "choose another name"),
    (codes::PLAN_CYCLE, "break the ring: one of them must not read the next"),
    (codes::PLAN_CHOICES, "give every choice a code and a title of its own"),
    (codes::PLAN_CONSTRAINT, "loosen the bound, or move it to a question of the right type"),
    (codes::PLAN_PATTERN, "write it without look-around and back-references, and shorter"),
    (codes::PLAN_SCORE, "put its items, its method and its weights right"),
    (codes::PLAN_BAND, "let each band begin one step after the end of the one before"),
    (codes::PLAN_PERMISSION, "name the permission, or write items of your own and say `adapted`"),
    (codes::PLAN_RULE, "give the rule a condition and one outcome"),
    (codes::PLAN_PLACEHOLDER, "name a question or a score between the braces"),
    (codes::PLAN_PACK_NAME, "remove the text, or put its name right"),
    (codes::PLAN_UNTRANSLATED, "add it to the language pack; until then this text is shown"),
    (codes::PLAN_LIMIT, "split the questionnaire"),
    (codes::RECORD_SHAPE, "`schemas/wire/record-1.schema.json` says how a record is built"),
    (codes::RECORD_UNKNOWN_KEY, "put the name right, or leave it out; `intake schema` lists the names"),
    (codes::RECORD_WRONG_TYPE, "write the answer in the type that `intake schema` gives for the question"),
    (codes::RECORD_UNLISTED_CHOICE, "take one of the choices that `intake schema` lists for the question"),
    (codes::RECORD_CONSTRAINT, "`intake schema` says what an answer to the question has to satisfy"),
    (codes::RECORD_NULL, "leave it out, or name the reason under `absent`"),
    (codes::RECORD_VALUE_AND_ABSENCE, "keep the one that is true"),
    (codes::RECORD_ABSENCE_CODE, "take a code that the question offers: see its `absence`"),
    (codes::RECORD_CALCULATED, "leave it out: it is computed again"),
    (codes::RECORD_ASSESSED_ON, "write the day of the assessment as `YYYY-MM-DD`"),
    (codes::RECORD_POINTER, "write `/question`, or `/repeat/0/question` for the first row"),
    (codes::RECORD_NOT_ASKED, "leave it out, or put the answer right that hides the question"),
    (codes::RECORD_QUESTIONNAIRE, "take the questionnaire that the record names"),
    (codes::RECORD_SCHEMA, "`intake schema` says what an answer to the question has to satisfy"),
    (codes::RECORD_OVERRIDE, "name the reason and the supervisor of a level that is lowered"),
    (codes::RECORD_ALERT, "name the rule and the field of an alert that the answers raise, once"),
    (codes::RECORD_CONSENT, "write the consent as the person gave it, in one place"),
    (codes::RECORD_PREVIOUS, "give the profile on which the record follows along with it"),
    (codes::EXPRESSION_SYNTAX, "write a condition such as `age >= 60 and lives_alone`"),
    (codes::EXPRESSION_OPERATOR, "write it as FHIRPath does"),
    (codes::EXPRESSION_UNKNOWN_NAME, "put the name right, or add the question"),
    (codes::EXPRESSION_UNKNOWN_FUNCTION, "take a function of the language"),
    (codes::EXPRESSION_LEFT_OUT, "say it without this function: it is left out on purpose"),
    (codes::EXPRESSION_ARGUMENTS, "give the function as many arguments as it takes"),
    (codes::EXPRESSION_TYPE, "compare and combine values of one type"),
    (
        codes::EXPRESSION_CARDINALITY,
        "choose one of the values, with `first()` or an aggregate such as `sum()`",
    ),
    (codes::EXPRESSION_UNKNOWN_CHOICE, "write the code of a choice, not its title"),
    (codes::EXPRESSION_CHAINED, "write two comparisons with `and` between them"),
    (codes::EXPRESSION_LIMIT, "split it into calculated questions"),
    (codes::EXPRESSION_PATTERN, "write it without look-around and back-references, and shorter"),
    (
        codes::EXPRESSION_LITERAL,
        "write a number such as `0.5`, a date such as `@2026-11-24`, a text in single quotes",
    ),
    (codes::EXPRESSION_SUSPICIOUS, "write what is meant when the answer is missing"),
    (codes::VERIFY_SHAPE, "`schemas/wire/profile-1.schema.json` says how a profile is built"),
    (codes::VERIFY_UNKNOWN_QUESTIONNAIRE, "name the folder that holds the very version that was used"),
    (codes::VERIFY_MISMATCH, "do not trust the profile: assess the record again, and ask whoever sent it"),
    (
        codes::VERIFY_SCORE_FORGED,
        "do not trust the profile: assess the record again, and ask whoever sent it",
    ),
    (codes::VERIFY_HASH, "do not trust the profile: its answers were changed after it was made"),
    (codes::QUALIFICATION_MISSING, "have the answer confirmed by somebody with the qualification"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_says_what_to_do() {
        for (code, _) in codes::ALL {
            assert!(!remedy(*code).is_empty(), "{code} does not say what to do: add it to REMEDIES");
        }
        assert_eq!(REMEDIES.len(), codes::ALL.len(), "a code stands here twice");
    }
}

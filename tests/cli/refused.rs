//! Every way in which a record can be refused: the record, and code, pointer and reason of its refusal.

pub struct Refused {
    pub record: &'static str,
    pub code: &'static str,
    pub pointer: &'static str,
    pub message: &'static str,
}

const fn refused(
    record: &'static str,
    code: &'static str,
    pointer: &'static str,
    message: &'static str,
) -> Refused {
    Refused { record, code, pointer, message }
}

/// Records of the questionnaire of these tests.
pub const REFUSED: &[Refused] = &[
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"alone":true,"helper":"aunt"}}"#,
        "record.unlisted-choice",
        "/answers/helper",
        "this is none of the choices of the question",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"likes":["tea","beer"]}}"#,
        "record.unlisted-choice",
        "/answers/likes",
        "this is none of the choices of the question",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"low":3}}"#,
        "record.unlisted-choice",
        "/answers/low",
        "this is none of the choices of the question",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"visits":"often"}}"#,
        "record.wrong-type",
        "/answers/visits",
        "an answer of another type than the question takes: a whole number",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"visits":1.5}}"#,
        "record.wrong-type",
        "/answers/visits",
        "the question takes a whole number",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"alone":"yes"}}"#,
        "record.wrong-type",
        "/answers/alone",
        "an answer of another type than the question takes: true or false",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"children":[{"given":"Li","away":1}]}}"#,
        "record.wrong-type",
        "/answers/children/0/away",
        "an answer of another type than the question takes: true or false",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"children":{"given":"Li"}}}"#,
        "record.wrong-type",
        "/answers/children",
        "rows are a list of objects",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"pet":"cat"}}"#,
        "record.unknown-key",
        "/answers/pet",
        "the questionnaire has no question of this name",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"nam":"Ma"}}"#,
        "record.unknown-key",
        "/answers/nam",
        "the questionnaire has no question of this name: did you mean `name`?",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{},"answer":{}}"#,
        "record.unknown-key",
        "/answer",
        "a record has no such key: did you mean `answers`?",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"name":null}}"#,
        "record.null",
        "/answers/name",
        "an answer is never null: leave it out, or say in `absent` why there is none",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"name":"Ma"},"absent":{"/name":"declined"}}"#,
        "record.value-and-absence",
        "/absent/~1name",
        "there is both an answer and a reason for having none",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{},"absent":{"/helper":"unable"}}"#,
        "record.absence-code",
        "/absent/~1helper",
        "this question does not take this absence code",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{},"absent":{"/name":"busy"}}"#,
        "record.absence-code",
        "/absent/~1name",
        "this is no absence code",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{},"absent":{"/nobody":"declined"}}"#,
        "record.pointer",
        "/absent/~1nobody",
        "this pointer leads to no question of the questionnaire",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"visits_a_month":12}}"#,
        "record.calculated",
        "/answers/visits_a_month",
        "this is calculated, not answered: leave it out",
    ),
    refused(
        r#"{"answers":{}}"#,
        "record.assessed-on",
        "",
        "a record needs `assessed_on`, the day of the assessment",
    ),
    refused(
        r#"{"assessed_on":"2026-11-31","answers":{}}"#,
        "record.assessed-on",
        "/assessed_on",
        "`assessed_on` is a day that exists, `YYYY-MM-DD`",
    ),
    refused(
        r#"{"assessed_on":"2026-11","answers":{}}"#,
        "record.assessed-on",
        "/assessed_on",
        "`assessed_on` is a day that exists, `YYYY-MM-DD`",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"born":"1947-02-30"}}"#,
        "record.constraint",
        "/answers/born",
        "not written as the question takes it: a date that exists, `YYYY-MM-DD`, or `YYYY` or `YYYY-MM` where the question allows it",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"visits":51}}"#,
        "record.constraint",
        "/answers/visits",
        "the answer does not satisfy `maximum` of the question",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"weight":60.25}}"#,
        "record.constraint",
        "/answers/weight",
        "the answer does not satisfy `multipleOf` of the question",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"weight":60.12345678901234}}"#,
        "record.constraint",
        "/answers/weight",
        "a number has at most 15 significant digits",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"likes":["tea","tea"]}}"#,
        "record.constraint",
        "/answers/likes",
        "the answer does not satisfy `uniqueItems` of the question",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","questionnaire":{"id":"another"},"answers":{}}"#,
        "record.questionnaire",
        "/questionnaire/id",
        "the record was made with another questionnaire: its id differs",
    ),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":[]}"#,
        "record.shape",
        "/answers",
        "`answers` is an object",
    ),
    refused(r#"[]"#, "record.shape", "", "a record is a JSON object"),
    refused(
        r#"{"assessed_on":"2026-11-24","answers":{"name":"Ma","name":"Li"}}"#,
        "json.duplicate-name",
        "/answers",
        "",
    ),
];

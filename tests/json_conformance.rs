//! The JSON reader against the published corpus of what is JSON and what is not, against its own promises about
//! faults, and the canonical writer against the vectors of RFC 8785.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

use std::path::{Path, PathBuf};

use intake::diagnostic::{SourceId, Sources, Span};
use intake::json::{self, View, canonical};
use serde_json::{Value, json};

/// Accepted by the grammar, refused here: a name twice in one object.
const REFUSED: [&str; 2] = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

#[test]
fn the_corpus_is_told_apart() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures/awkward/json");
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("skipped: the corpus of ../shared/fixtures/awkward/json is not there");
        return;
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    assert!(paths.len() > 200);
    let mut wrong = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (text, mut faults) = json::decode(std::fs::read(&path).unwrap(), SourceId(0));
        let (document, syntax) = json::read(&text, SourceId(0));
        faults.extend(syntax);
        let accepted = faults.is_empty();
        let right = match name.as_bytes().first() {
            Some(b'y') if REFUSED.contains(&name.as_str()) => !accepted,
            Some(b'y') => {
                accepted && Some(&as_serde(&text)) == document.root().map(|id| document.to_value(id)).as_ref()
            }
            Some(b'n') => !accepted,
            _ => true,
        };
        if !right {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// A few of our own, so that something is told apart where the corpus is not.
#[test]
fn our_own_cases_are_told_apart() {
    for text in [
        "null",
        " [1, -0, 0.5e+3, \"\\u00e9\\n\"] ",
        "{\"\": {}, \"a\": [[], true, false]}",
        "\"\\ud83d\\ude00\"",
        "[1e-400, 123456789012345678901234567890]",
    ] {
        let (document, faults) = json::read(text, SourceId(0));
        assert!(faults.is_empty(), "{text}: {faults:?}");
        assert!(document.root().is_some());
    }
    for text in [
        "",
        "[",
        "]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1;2]",
        "nul",
        "TRUE",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "-",
        "NaN",
        "Infinity",
        "0x1",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\t\"",
        "[] []",
        "//",
        "{} x",
        "[1]\u{feff}",
        "\u{a0}1",
    ] {
        let (_, faults) = json::read(text, SourceId(0));
        assert!(!faults.is_empty(), "{text}");
    }
}

/// What `serde_json` reads, with whole numbers as integers, as this reader has them.
fn as_serde(text: &str) -> Value {
    fn whole(value: Value) -> Value {
        match value {
            Value::Number(number) => match number.as_f64() {
                Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => json!(float as i64),
                _ => Value::Number(number),
            },
            Value::Array(items) => items.into_iter().map(whole).collect(),
            Value::Object(members) => members.into_iter().map(|(name, value)| (name, whole(value))).collect(),
            other => other,
        }
    }
    whole(serde_json::from_str(text).unwrap())
}

/// Line, column and code of every fault.
fn faults(text: &str) -> Vec<(usize, usize, &'static str)> {
    let mut sources = Sources::new();
    let source = sources.add("file.json", text);
    let (_, faults) = json::read(text, source);
    faults
        .iter()
        .map(|fault| {
            let place = fault.place.as_ref().unwrap();
            let (line, column) = sources.line_column(place.source, place.span.start);
            assert!(
                fault
                    .message
                    .starts_with(|first: char| !first.is_uppercase() || fault.message.starts_with("JSON"))
            );
            (line, column, fault.code.as_str())
        })
        .collect()
}

fn value(text: &str) -> Value {
    let (document, _) = json::read(text, SourceId(0));
    document.root().map_or(Value::Null, |id| document.to_value(id))
}

#[test]
fn three_faults_in_one_file_are_all_listed_with_line_and_column() {
    let text = "{\n  \"id\": \"a\"\n  \"version\": 01,\n  'title': \"b\",\n}\n";
    assert_eq!(
        faults(text),
        [(2, 12, "json.comma"), (3, 14, "json.number"), (4, 3, "json.string"), (4, 15, "json.comma")]
    );
    assert_eq!(value(text), json!({"id": "a", "version": 1, "title": "b"}));
}

#[test]
fn each_slip_is_one_fault_and_what_was_meant_is_read() {
    let meant = json!({"a": "x", "b": [1, 2]});
    for text in [
        r#"{"a": "x" "b": [1, 2]}"#,
        r#"{"a": "x",, "b": [1, 2]}"#,
        r#"{"a": "x", "b": [1, 2],}"#,
        r#"{"a": "x", "b": [1 2]}"#,
        r#"{"a": "x", "b": [1, 2,]}"#,
        r#"{"a": "x"; "b": [1, 2]}"#,
        r#"{"a" "x", "b": [1, 2]}"#,
        r#"{"a" = "x", "b": [1, 2]}"#,
        r#"{a: "x", "b": [1, 2]}"#,
        r#"{'a': "x", "b": [1, 2]}"#,
        r#"{"a": x, "b": [1, 2]}"#,
        r#"{"a": 'x', "b": [1, 2]}"#,
        r#"{“a”: "x", "b": [1, 2]}"#,
        r#"{"a"："x", "b": [1, 2]}"#,
        r#"{"a": "x"，"b": [1, 2]}"#,
        r#"{"a": "x", /* no */ "b": [1, 2]}"#,
        "{\"a\": \"x\", // no\n \"b\": [1, 2]}",
        "{\"a\": \"x\",\u{3000}\"b\": [1, 2]}",
        r#"{"a": "x", "b": [1, +2]}"#,
        r#"{"a": "x", "b": [1, 2}"#,
        r#"{"a": "x", "b": [1, 2]"#,
        r#"{"a": "x", "b": [1, 2]]}"#,
        r#"{"a": "x", "b": [1, 2], "a": 3}"#,
        r#"{"a": "x", "b": [1, 2], "c": }"#,
        r#"{"a": "x", "b": [1, 2]} {}"#,
    ] {
        assert_eq!(faults(text).len(), 1, "{text}: {:?}", faults(text));
        assert_eq!(value(text), meant, "{text}");
    }
}

#[test]
fn an_unclosed_or_quoted_text_does_not_spoil_what_follows() {
    let text = "{\n \"a\": \"x,\n \"b\": \"say \"hello\" now\",\n \"c\": 3\n}";
    assert_eq!(faults(text), [(2, 7, "json.string"), (3, 12, "json.string")]);
    assert_eq!(value(text), json!({"a": "x,", "b": "say hello\" now", "c": 3}));
}

#[test]
fn places_follow_escapes_and_pointers_are_escaped() {
    let text = r#"{"a/b~": ["\u4f60\n\ud83d\ude00 aeg > 18"]}"#;
    let (document, none) = json::read(text, SourceId(0));
    assert!(none.is_empty());
    let list = document.get(document.root().unwrap(), "a/b~").unwrap();
    let item = document.items(list).next().unwrap();
    assert_eq!(document.pointer(item), "/a~1b~0/0");
    assert_eq!(document.key_place(list).span, Span::new(1, 7));
    let View::String(decoded) = document.view(item) else { panic!() };
    let start = u32::try_from(decoded.find("aeg").unwrap()).unwrap();
    let place = document.text_place(item, Span::new(start, start + 3));
    assert_eq!(text.get(place.span.start as usize..place.span.end as usize), Some("aeg"));
    let emoji = u32::try_from(decoded.find('😀').unwrap()).unwrap();
    let place = document.text_place(item, Span::new(emoji, emoji + 4));
    assert_eq!(text.get(place.span.start as usize..place.span.end as usize), Some(r"\ud83d\ude00"));
    let place = document.text_place(item, Span::new(0, 3));
    assert_eq!(text.get(place.span.start as usize..place.span.end as usize), Some(r"\u4f60"));
}

#[test]
fn many_members_are_found_by_name() {
    let members: Vec<String> = (0..500).map(|n| format!("\"q{n}\": {n}")).collect();
    let (document, none) = json::read(&format!("{{{}}}", members.join(",")), SourceId(0));
    assert!(none.is_empty());
    let root = document.root().unwrap();
    for n in 0..500 {
        let id = document.get(root, &format!("q{n}")).unwrap();
        assert_eq!(document.decimal(id), Some(n.into()));
    }
    assert_eq!(document.get(root, "q500"), None);
    let order: Vec<String> = document.entries(root).map(|(name, _)| name.to_owned()).collect();
    assert_eq!(order[10], "q10");
}

#[test]
fn hostile_texts_are_read_in_bounded_time() {
    let deep = "[{\"a\":".repeat(50_000);
    assert_eq!(faults(&deep).len(), 2);
    let closed = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert_eq!(faults(&closed).iter().map(|fault| fault.2).collect::<Vec<_>>(), ["json.limit"]);
    let at_the_limit = format!("{}{}", "[".repeat(json::MAX_DEPTH), "]".repeat(json::MAX_DEPTH));
    assert!(faults(&at_the_limit).is_empty());
    for unit in
        ["\"a\"b", "'", "/*", "\\u", "{", "}", ",", ":", "\"", "\"\\", "“", "-", "\u{feff}", "a:", "[}", "{]"]
    {
        let listed = faults(&unit.repeat(60_000));
        assert!((1..=json::MAX_FAULTS).contains(&listed.len()), "{unit}");
    }
}

#[test]
fn numbers_keep_their_text_and_become_integers_where_whole() {
    assert_eq!(
        value("[1.0, 1e2, -0, 0.5, 18446744073709551615]"),
        json!([1, 100, 0, 0.5, 18446744073709551615u64])
    );
    assert_eq!(faults("1e400"), [(1, 1, "json.number")]);
}

#[test]
fn the_canonical_text_is_that_of_the_standard() {
    // RFC 8785, section 3.2.2 and 3.2.3.
    let text = r#"{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"#;
    let wanted = "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
                  \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
    assert_eq!(canonical::to_string(&value(text)), wanted);
    let keys = r#"{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}"#;
    let wanted = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
                  \"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\
                  \"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
    assert_eq!(canonical::to_string(&value(keys)), wanted);
}

#[test]
fn the_numbers_of_appendix_b() {
    for (bits, wanted) in [
        (0x0000_0000_0000_0000u64, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] {
        assert_eq!(canonical::to_string(&json!(f64::from_bits(bits))), wanted, "{bits:x}");
    }
}

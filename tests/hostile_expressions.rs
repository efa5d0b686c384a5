//! Expressions that nobody writes in good faith: each gets a diagnostic or a result, on a stack that is a quarter of
//! what a browser gives a module.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

#[allow(dead_code, reason = "only what concerns expressions")]
#[path = "../fuzz/entries/mod.rs"]
mod entries;

use std::fmt::Write as _;
use std::thread;

use entries::fields::Fields;
use intake::expression::{Expected, Problem, Program, RowId, compile};
use intake::value::Value;

/// 256 kB once compiled as it ships. Unoptimised, the same calls take three times as much: there it is what a browser
/// gives.
const STACK: usize = if cfg!(debug_assertions) { 1024 * 1024 } else { 256 * 1024 };

/// Runs a test where the stack is small. An overflow would end the process, and so fail.
fn on_a_small_stack(run: fn()) {
    thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap();
}

fn compiled(text: &str) -> (Option<Program>, Vec<Problem>) {
    let form = Fields::default();
    let result = compile(text, &form.scope(), &Expected::Any);
    assert!(result.1.len() <= 20, "nobody reads {} messages", result.1.len());
    result
}

/// The code of the only problem.
fn only_problem(text: &str) -> &'static str {
    let (program, problems) = compiled(text);
    assert!(program.is_none(), "{text:.80}");
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert!(problem.message.len() < 300, "{}", problem.message);
    problem.code.as_str()
}

/// What a text gives with so many rows.
fn value(text: &str, rows: u32) -> Option<Value> {
    let form = Fields::new(rows);
    let (program, problems) = compile(text, &form.scope(), &Expected::Any);
    let program = program.unwrap_or_else(|| panic!("{text:.80}: {problems:?}"));
    let value = program.value(&form, RowId::FORM);
    assert_eq!(program.value_explained(&form, RowId::FORM).0, value);
    value
}

fn repeated(begin: &str, part: &str, count: usize, end: &str) -> String {
    [begin, &part.repeat(count), end].concat()
}

fn nested(open: &str, inside: &str, close: &str, count: usize) -> String {
    [&*open.repeat(count), inside, &close.repeat(count)].concat()
}

#[test]
fn what_is_too_long_or_too_deep_is_told_once() {
    on_a_small_stack(|| {
        for count in [100, 7_000, 100_000, 1_000_000] {
            assert_eq!(only_problem(&nested("(", "1", ")", count)), "expression.limit", "{count} brackets");
            assert_eq!(only_problem(&"(".repeat(count)), "expression.limit", "{count} open brackets");
            assert_eq!(only_problem(&repeated("", "-", count, "1")), "expression.limit", "{count} signs");
            assert_eq!(only_problem(&repeated("", "!", count, "alone")), "expression.limit", "{count} nots");
        }
        for count in [300, 4_000, 100_000] {
            assert_eq!(only_problem(&repeated("1", "+1", count, "")), "expression.limit", "{count} sums");
            assert_eq!(only_problem(&repeated("alone", " and alone", count, "")), "expression.limit");
            assert_eq!(only_problem(&repeated("age", ".abs()", count, "")), "expression.limit");
            assert_eq!(only_problem(&repeated("needs", "[0]", count, "")), "expression.limit");
            assert_eq!(
                only_problem(&repeated("members", ".where(true)", count, ".count()")),
                "expression.limit"
            );
        }
        for (open, close) in [("members[", "]"), ("iif(alone,", ",1)"), ("not(", ")"), ("age.power(", ")")] {
            assert_eq!(only_problem(&nested(open, "1", close, 200)), "expression.limit", "{open}");
        }
        assert_eq!(only_problem(&repeated("sum(1", ",1", 5_000, ")")), "expression.limit", "5,000 arguments");
        assert_eq!(
            only_problem(&repeated("", " ", 1_000_000, "1")),
            "expression.limit",
            "a megabyte of spaces"
        );
        assert_eq!(
            only_problem(&repeated("'", "老", 1_000_000, "'")),
            "expression.limit",
            "three megabytes of text"
        );
        assert_eq!(only_problem(&repeated("/*", "x", 20_000, "*/ 1")), "expression.limit");
    });
}

#[test]
fn what_is_just_within_the_limits_runs() {
    on_a_small_stack(|| {
        assert_eq!(value(&nested("(", "age", ")", 63), 1), value("age", 1));
        assert_eq!(value(&repeated("1", "+1", 255, ""), 1), Some(Value::Number(256.into())));
        assert_eq!(value(&repeated("alone", " and alone", 255, ""), 1), Some(Value::Boolean(true)));
        assert_eq!(value(&repeated("unanswered = 1", " or unanswered = 1", 253, ""), 1), None);
        assert!(value(&repeated("age", ".abs()", 250, ""), 1).is_some());
        assert!(value(&repeated("name", ".trim()", 250, ""), 1).is_some());
        assert!(value(&repeated("members", ".where(true)", 250, ".count()"), 4).is_some());
        assert!(value(&repeated("needs", ".select($this)", 250, ".first()"), 4).is_some());
        assert!(value(&repeated("(name", " | name", 250, ").first()"), 4).is_some());
        assert!(value(&repeated("needs", ".combine(needs)", 250, ".first()"), 4).is_some());
        assert!(value(&nested("iif(alone, ", "1", ", 0)", 60), 1).is_some());
        assert!(value(&nested("coalesce(unanswered, ", "1", ")", 60), 1).is_some());
        assert!(value(&repeated("coalesce(unanswered", ", unanswered", 1_000, ", 1)"), 1).is_some());
        let inner = repeated("years", " + years", 15, "");
        let text = format!("members.where(jobs.where(members.exists({inner} > 0)).exists()).count()");
        assert!(value(&text, 4).is_some());
    });
}

#[test]
fn loops_in_loops_are_bounded() {
    on_a_small_stack(|| {
        let four =
            "members.where(members.where(members.where(members.exists(true)).exists()).exists()).count()";
        assert_eq!(only_problem(four), "expression.limit");
        let dear = "members.select(members.select(members.select(years * years + years).sum()).sum()).sum()";
        let within = dear.replace("years * years + years", "years");
        assert!(value(&within, 4).is_some());
        // What the estimate lets pass runs out of fuel where there are more rows than anybody has.
        assert_eq!(value(&within, 2_000), None);
        let columns = repeated(
            "members.select(members.select(members.select(0",
            " + years",
            200,
            ").sum()).sum()).sum()",
        );
        assert_eq!(only_problem(&columns), "expression.limit");
        assert_eq!(
            value("members.select(years.toString() & $index.toString()).distinct().count()", 60_000),
            None
        );
    });
}

#[test]
fn texts_do_not_grow_without_end() {
    on_a_small_stack(|| {
        let doubled = repeated("'0123456789'", ".replace('', 'abcdefgh')", 30, ".length()");
        assert_eq!(value(&doubled, 1), None);
        let joined =
            repeated("name.select($this & $this)", ".select($this & $this)", 60, ".first().length()");
        assert_eq!(value(&joined, 1), None);
        assert_eq!(
            value("members.called.combine(members.select('0123456789')).join('0123456789').length()", 50_000),
            None
        );
    });
}

#[test]
fn a_pattern_is_linear_or_refused() {
    on_a_small_stack(|| {
        let long = "a".repeat(8_000);
        for pattern in
            ["(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)(.*)(.*)(.*)(.*)x"]
        {
            let text = format!("'{long}!'.matches('{pattern}')");
            assert!(value(&text, 1).is_some(), "{pattern}");
        }
        for pattern in [
            "((a{1,100}){1,100}){1,100}",
            "a{1000000}",
            "(((((((((((((((((((((((((a)))))))))))))))))))))))))",
            "(",
            "[z-a]",
            r"(a)\\1",
            "(?=a)",
        ] {
            assert_eq!(
                only_problem(&format!("name.matches('{pattern}')")),
                "expression.pattern",
                "{pattern}"
            );
        }
        assert_eq!(only_problem(&format!("name.matches('{}')", "a".repeat(600))), "expression.pattern");
    });
}

#[test]
fn strange_characters_are_named_where_they_stand() {
    on_a_small_stack(|| {
        for (text, code) in [
            ("\u{0}", "expression.syntax"),
            ("age \u{202e}> 1", "expression.syntax"),
            ("age \u{200b}> 1", "expression.syntax"),
            ("\u{feff}age", "expression.syntax"),
            ("age > 1\u{fffe}", "expression.syntax"),
            ("age > \u{661}", "expression.syntax"),
            ("age ＞＝ 60", "expression.operator"),
            ("name = '\\uD800'", "expression.literal"),
            ("name = '\\uDC00\\uD800'", "expression.literal"),
            ("name = 'no end", "expression.syntax"),
            ("`no end", "expression.syntax"),
            ("/* no end", "expression.syntax"),
            ("\u{301}\u{301}", "expression.syntax"),
            ("__proto__ = 1", "expression.unknown-name"),
            ("members.constructor.first()", "expression.unknown-name"),
            ("age.hasOwnProperty('x')", "expression.unknown-function"),
        ] {
            let (program, problems) = compiled(text);
            assert!(program.is_none(), "{text:?}");
            assert_eq!(problems[0].code.as_str(), code, "{text:?}: {problems:?}");
        }
        assert_eq!(value("'\\uD83D\\uDE00'.length()", 1), value("1", 1));
        assert_eq!(value("'e\u{301}\u{202e}\u{200d}👩\u{200d}👧'.length()", 1), value("7", 1));
    });
}

/// Words of the language in random order, with the promises of the fuzz target.
#[test]
fn random_words_never_break_anything() {
    const WORDS: &[&str] = &[
        "age",
        "weight",
        "name",
        "needs",
        "alone",
        "born",
        "score",
        "members",
        "years",
        "jobs",
        "pay",
        "unanswered",
        "(",
        ")",
        "[",
        "]",
        "{}",
        ".",
        ",",
        "+",
        "-",
        "*",
        "/",
        "div",
        "mod",
        "&",
        "|",
        "<",
        "<=",
        ">",
        "=",
        "!=",
        "~",
        "in",
        "contains",
        "and",
        "or",
        "xor",
        "implies",
        "not",
        "!",
        "1",
        "0.5",
        "'a'",
        "'",
        "`",
        "@2026",
        "@T06:30",
        "@",
        "years",
        "'year'",
        "$this",
        "$index",
        "%form",
        "%choice",
        "where",
        "select",
        "exists",
        "sum",
        "count",
        "iif",
        "coalesce",
        "first",
        "duration",
        "toString",
        "matches",
        "prorate",
        "previous",
        "today",
        "now",
        "：",
        "?",
        "//",
        "/*",
        "\u{0}",
        "老",
        "😀",
    ];
    on_a_small_stack(|| {
        let mut seed = 2026_u64;
        let mut below = |bound: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % bound
        };
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..=below(12) {
                write!(text, "{}{}", WORDS[below(WORDS.len())], [" ", "", "."][below(3)]).unwrap();
            }
            entries::expression::run(text.as_bytes());
        }
    });
}

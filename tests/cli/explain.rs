//! `intake explain`: why a need was found, in words, and what a code means.

use super::sandbox::run;
use super::{RECORD, VISIT};

#[test]
fn a_need_is_told_with_its_answers_and_what_would_change_it() {
    let ran = run(&["explain", VISIT], RECORD);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    for part in [
        "Company (D06.mood.normative)\n",
        "  because Low mood (R1, level 2)\n",
        "    Two answers say so.\n",
        "    Low mood = 3 (low)\n",
        "    - Are you often sad?: Often, 2 points (self)\n",
        "Are you often tired?: No",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
}

#[test]
fn a_record_that_is_refused_is_told_as_in_assess() {
    let bad = r#"{"assessed_on":"2026-11-24","answers":{"pet":1}}"#;
    let explained = run(&["explain", VISIT], bad);
    let assessed = run(&["assess", VISIT], bad);
    assert_eq!((explained.status, &explained.out), (Some(1), &assessed.out));
}

#[test]
fn every_code_can_be_looked_up() {
    for (code, meaning) in intake::diagnostic::codes::ALL {
        let ran = run(&["explain", code.as_str()], "");
        assert_eq!(ran.status, Some(0));
        assert!(ran.out.starts_with(&format!("{code}: {}\n", meaning.trim())), "{}", ran.out);
        assert!(ran.out.contains("What to do: "), "{}", ran.out);
    }
}

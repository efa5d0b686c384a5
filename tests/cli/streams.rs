//! Pipes: lines come out as they go in, and a reader who has had enough ends the program without a word.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use super::sandbox::{command, run};
use super::{RECORD, VISIT};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn a_closed_pipe_is_quiet() {
    for arguments in
        [vec!["assess", VISIT], vec!["schema", VISIT], vec!["check", "--format", "json", "Cargo.lock"]]
    {
        let mut child = command(Path::new(ROOT), &arguments).spawn().unwrap();
        drop(child.stdout.take());
        let mut input = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            for _ in 0..2000 {
                if writeln!(input, "{RECORD}").is_err() {
                    break;
                }
            }
        });
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let status = child.wait().unwrap();
        writer.join().unwrap();
        assert_eq!((status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn each_profile_comes_out_before_the_next_record_goes_in() {
    let mut child = command(Path::new(ROOT), &["assess", VISIT]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        writeln!(input, "{RECORD}").unwrap();
        input.flush().unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.starts_with("{\"absent\":") && line.ends_with("}\n"), "{line}");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn many_records_are_assessed_in_order() {
    let mut input = String::new();
    for number in 0..300 {
        input.push_str(&RECORD.replace("\"Ma\"", &format!("\"P{number}\"")));
        input.push('\n');
    }
    let ran = run(&["assess", VISIT], input);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "progress is for a terminal, never for a pipe");
    for (number, profile) in ran.lines().iter().enumerate() {
        assert_eq!(profile["answers"]["name"], format!("P{number}"));
    }
}

#[test]
fn a_line_that_is_too_long_is_refused_alone() {
    // One byte more than a document may have, without ever being held as a whole.
    let long = format!(
        "{{\"assessed_on\":\"2026-11-24\",\"answers\":{{\"name\":\"{}\"}}}}",
        "a".repeat(intake::json::MAX_BYTES)
    );
    let ran = run(&["assess", VISIT], format!("{long}\n{RECORD}\n"));
    let lines = ran.lines();
    assert_eq!((ran.status, lines.len()), (Some(1), 2));
    assert_eq!(
        (lines[0]["error"]["code"].as_str(), lines[0]["line"].as_u64()),
        (Some("json.limit"), Some(1))
    );
    assert_eq!(lines[1]["status"], "complete");
}

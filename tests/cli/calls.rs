//! How the program is called, and what it says when that is not how.

use super::VISIT;
use super::sandbox::{Folder, run};

#[test]
fn unusable_calls_end_with_status_2_and_say_why_on_the_error_stream() {
    let folder = Folder::with(&[("empty/readme.txt", "")]);
    let empty = folder.path().join("empty").to_string_lossy().into_owned();
    for (arguments, why) in [
        (vec![], "Usage: intake <COMMAND>"),
        (vec!["asses"], "a similar subcommand exists: 'assess'"),
        (vec!["assess"], "<QUESTIONNAIRE>"),
        (vec!["assess", "none.json"], "error[file.missing]: there is no file `none.json`"),
        (vec!["assess", VISIT, "none.jsonl"], "intake: cannot read none.jsonl: "),
        (vec!["assess", VISIT, "tests"], "intake: tests is a folder: name the files in it"),
        (vec!["assess", "Cargo.toml"], "intake: Cargo.toml cannot be used: see above"),
        (vec!["explain", "no.such-code"], "intake: no.such-code cannot be used: see above"),
        (vec!["check"], "<PATHS>..."),
        (vec!["check", "none"], "intake: cannot read none: "),
        (vec!["check", &empty], "intake: there is nothing to check here"),
        (vec!["check", "--format", "xml", VISIT], "possible values: text, json"),
        (vec!["test", &empty], "intake: there are no scenarios here"),
        (vec!["test", VISIT], "is no file of scenarios: its `$schema` does not say so"),
        (vec!["verify"], "--questionnaires <DIR>"),
        (vec!["verify", "--questionnaires", "none"], "intake: cannot read none: "),
        (
            vec!["verify", "--questionnaires", &empty],
            "intake: there is no questionnaire that can be used in ",
        ),
        (vec!["schema", "none.json"], "intake: none.json cannot be used: see above"),
    ] {
        let ran = run(&arguments, "");
        assert_eq!(ran.status, Some(2), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(why), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}

#[test]
fn help_names_every_command() {
    let ran = run(&["--help"], "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    for command in ["assess", "check", "explain", "schema", "test", "verify"] {
        assert!(
            ran.out.lines().any(|line| line.trim_start().starts_with(&format!("{command} "))),
            "{command}"
        );
        let ran = run(&[command, "--help"], "");
        assert!(ran.status == Some(0) && ran.out.contains(&format!("Usage: intake {command}")), "{ran:?}");
    }
    assert_eq!(ran.out.contains("serve"), cfg!(feature = "server"));
}

#[test]
fn serving_tells_what_it_lacks() {
    let folder = Folder::new();
    let ran = folder.run(&["serve", "--port", "0", "--site", "none"], "");
    let why = if cfg!(feature = "server") {
        "intake: none holds no site: build one with `cargo xtask dist`, which writes it to `dist`"
    } else {
        "intake: this program was built without a server: build it with `--features cli,server`"
    };
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with(why), "{}", ran.err);
}

#[test]
fn the_version_is_that_of_the_package() {
    let ran = run(&["--version"], "");
    assert_eq!((ran.status, ran.out), (Some(0), format!("intake {}\n", env!("CARGO_PKG_VERSION"))));
}

//! The manual of the language says of each function what the registry says, and each example in it is true.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use super::{Answers, Form};
use crate::expression::{Expected, RowId, compile, reference};
use serde_json::json;

const BEGIN: &str = "<!-- functions: written by the test of the reference, from the registry -->\n";
const END: &str = "<!-- end of functions -->\n";

fn table() -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut table = "| function | gives | for example |\n|---|---|---|\n".to_owned();
    for function in reference() {
        let mark = if function.standard { "" } else { " †" };
        let examples: Vec<String> = function
            .examples
            .iter()
            .map(|(expression, value)| format!("`{}` is `{}`", cell(expression), cell(value)))
            .collect();
        let signatures: Vec<String> =
            function.signature.split(" or ").map(|signature| format!("`{}`", cell(signature))).collect();
        writeln!(
            table,
            "| {}{mark} | {} | {} |",
            signatures.join(" or "),
            cell(function.summary),
            examples.join("<br>")
        )
        .unwrap();
    }
    table
}

/// `INTAKE_WRITE=1` puts the table where it belongs.
#[test]
fn the_manual_has_every_function() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/expressions.md");
    let manual = fs::read_to_string(&path).unwrap();
    let (before, rest) = manual.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = [before, BEGIN, &table(), END, after].concat();
    if std::env::var_os("INTAKE_WRITE").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    assert!(
        manual == wanted || std::env::var_os("INTAKE_WRITE").is_some(),
        "docs/expressions.md is not what the registry says: run this test with INTAKE_WRITE=1"
    );
}

#[test]
fn every_example_is_true() {
    let form = Form::read(&json!({}), &json!([]));
    let answers = Answers::read(&form, &json!({}));
    for function in reference() {
        for (expression, value) in function.examples {
            let holds = match *value {
                "{}" => format!("({expression}).empty()"),
                value => format!("({expression}) = {value}"),
            };
            let (program, problems) = compile(&holds, &form.scope(None), &Expected::Truth);
            let Some(program) = program else { panic!("{holds}: {problems:?}") };
            assert!(program.test(&answers, RowId::FORM).is_true(), "{holds}");
        }
    }
}

//! The reference of the dialect (`docs/dialect.md`) is made from the engine's tables, the meta-schemas and the
//! functions of the expression language, and says what they say.
//!
//! After a change: `INTAKE_WRITE=1 cargo test --test reference`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use std::fmt::Write as _;
use std::path::Path;

use intake::expression;
use intake::questionnaire::dialect::{
    CHOICE, INSTRUMENT, LIST, PACK, QUESTIONNAIRE, SCORE_CONDITION, SCORE_QUESTION, SECTION,
    SECTION_REFERENCE,
};
use intake::questionnaire::{Keyword, Shape, Table};
use serde_json::Value;

struct Reference {
    text: String,
    /// The tables that have a chapter, and those that still need one, with their meta-schema.
    told: Vec<*const Table>,
    open: Vec<(&'static Table, Value)>,
}

fn meta_schema(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/dialect").join(file);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A node with its references resolved; a description beside a reference stays.
fn resolved(root: &Value, node: &Value) -> Value {
    let mut node = node.clone();
    while let Some(reference) = node.get("$ref").and_then(Value::as_str).map(str::to_owned) {
        let mut target =
            root.pointer(reference.trim_start_matches('#')).expect("a reference within the file").clone();
        if let Some(own) = node.get("description") {
            target["description"] = own.clone();
        }
        node = target;
    }
    node
}

/// What a meta-schema says of a keyword, in whichever variant it stands.
fn keyword(root: &Value, node: &Value, name: &str) -> Option<Value> {
    let node = resolved(root, node);
    if let Some(found) = node.get("properties").and_then(|all| all.get(name)) {
        return Some(resolved(root, found));
    }
    ["oneOf", "anyOf", "allOf"].iter().filter_map(|of| node.get(of)?.as_array().cloned()).flatten().find_map(
        |variant| {
            [Some(&variant), variant.get("then"), variant.get("else")]
                .into_iter()
                .flatten()
                .find_map(|part| keyword(root, part, name))
        },
    )
}

fn holds(shape: Shape) -> String {
    let words = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match shape {
        Shape::Text => "text".into(),
        Shape::Name => "name".into(),
        Shape::Boolean => "`true`, `false`".into(),
        Shape::False => "`false`".into(),
        Shape::Number => "number".into(),
        Shape::Whole => "whole number".into(),
        Shape::Scalar => "text, number, `true`, `false`".into(),
        Shape::Scalars => "list of texts or whole numbers".into(),
        Shape::Expression => "[expression](#expressions)".into(),
        Shape::Word(list) => words(list),
        Shape::Words(list) => format!("list of {}", words(list)),
        Shape::Texts => "list of texts".into(),
        Shape::Object(table) => link(table),
        Shape::Map(inner) => format!("by name: {}", holds(*inner)),
        Shape::List(inner) => format!("list of {}", holds(*inner)),
        Shape::Choices => format!("list of {}", link(&CHOICE)),
        Shape::Section => format!("{} or {}", link(&SECTION), link(&SECTION_REFERENCE)),
        Shape::ScoreItem => {
            format!(
                "name of a question or of another score, or {} with a weight or a condition",
                link(&SCORE_QUESTION)
            )
        }
        Shape::Entry => "an entry: `code`, `title` and columns of your own".into(),
    }
}

fn link(table: &Table) -> String {
    format!("[{}](#{})", table.what, table.what.replace(' ', "-"))
}

/// The tables in a shape, each with the part of the meta-schema that describes it.
fn inner(root: &Value, shape: Shape, node: &Value) -> Vec<(&'static Table, Value)> {
    let items = || node.get("items").map_or_else(|| node.clone(), |items| resolved(root, items));
    match shape {
        Shape::Object(table) => vec![(table, node.clone())],
        Shape::List(shape) => inner(root, *shape, &items()),
        Shape::Map(shape) => {
            let open = node.get("additionalProperties").filter(|value| value.is_object());
            let named = || node.get("patternProperties")?.as_object()?.values().next();
            open.or_else(named).map_or_else(Vec::new, |value| inner(root, *shape, &resolved(root, value)))
        }
        Shape::Choices => vec![(&CHOICE, items())],
        Shape::Section => vec![(&SECTION, node.clone()), (&SECTION_REFERENCE, node.clone())],
        Shape::ScoreItem => vec![(&SCORE_QUESTION, node.clone()), (&SCORE_CONDITION, node.clone())],
        _ => Vec::new(),
    }
}

impl Reference {
    fn file(&mut self, title: &str, file: &str, table: &'static Table) {
        let root = meta_schema(file);
        writeln!(self.text, "## {title}\n").unwrap();
        writeln!(self.text, "{} `$schema` ends in `dialect/{file}`.\n", sentence(&root)).unwrap();
        self.open.push((table, root.clone()));
        while let Some((table, node)) = (!self.open.is_empty()).then(|| self.open.remove(0)) {
            if !self.told.contains(&std::ptr::from_ref(table)) {
                self.told.push(table);
                self.table(&root, table, &node);
            }
        }
    }

    fn table(&mut self, root: &Value, table: &'static Table, node: &Value) {
        writeln!(self.text, "### {}\n", table.what).unwrap();
        self.text.push_str("| keyword | holds | meaning |\n|---|---|---|\n");
        for Keyword { name, shape, required } in table.keywords {
            let described = keyword(root, node, name).unwrap_or_default();
            let needed = if *required { " (needed)" } else { "" };
            let meaning = sentence(&described);
            writeln!(self.text, "| `{name}`{needed} | {} | {meaning} |", holds(*shape)).unwrap();
            self.open.extend(inner(root, *shape, &described));
        }
        self.text.push('\n');
    }

    fn scenarios(&mut self) {
        let root = meta_schema("scenarios-1.schema.json");
        writeln!(
            self.text,
            "## Scenarios\n\n{} `$schema` ends in `dialect/scenarios-1.schema.json`.",
            sentence(&root)
        )
        .unwrap();
        for (title, pointer) in
            [("a scenario", "/properties/scenarios/items/properties"), ("a step", "/$defs/step/properties")]
        {
            self.rows(title, &root, root.pointer(pointer).unwrap());
        }
        let expectations = resolved(&root, root.pointer("/$defs/step/properties/expect").unwrap());
        self.rows("what can be expected", &root, &expectations["properties"]);
        self.text.push('\n');
    }

    fn rows(&mut self, title: &str, root: &Value, members: &Value) {
        write!(self.text, "\n### {title}\n\n| keyword | meaning |\n|---|---|\n").unwrap();
        for (name, member) in members.as_object().unwrap() {
            writeln!(self.text, "| `{name}` | {} |", sentence(&resolved(root, member))).unwrap();
        }
    }

    fn functions(&mut self) {
        self.text.push_str(EXPRESSIONS);
        self.text.push_str("| function | gives | examples |\n|---|---|---|\n");
        for function in expression::reference() {
            let examples: Vec<String> = function
                .examples
                .iter()
                .map(|(text, result)| format!("`{text}` → `{result}`").replace('|', "\\|"))
                .collect();
            let own = if function.standard { "" } else { " Our own: FHIRPath does not have it." };
            let (signature, summary) = (function.signature, function.summary);
            writeln!(self.text, "| `{signature}` | {summary}{own} | {} |", examples.join("<br>")).unwrap();
        }
    }
}

fn sentence(node: &Value) -> String {
    node.get("description").and_then(Value::as_str).unwrap_or_default().replace('|', "\\|")
}

const HEAD: &str = "# The dialect\n
Every keyword of a questionnaire and of the files around it. This page is made from the engine's own tables and the
meta-schemas in `schemas/dialect`; a test holds it to them. Begin with [your first questionnaire](first-questionnaire.md).

A questionnaire is a JSON Schema 2020-12 document. Every standard keyword means what the standard says, with one
exception: a question named in `required` must be answered **when it is asked**. A name that begins with `x-` is a note
of your own.\n\n";

const EXPRESSIONS: &str = "## Expressions\n
Conditions and calculations are FHIRPath, strictly typed. A bare name is a question, in a repeat a column of the same
row; `%form.name` reaches a question outside of the row, `%choice.column` a column of the list that `choiceFilter`
filters; `score.level` and `score.band` are parts of a score; `age` is the age in years at the assessment date.

What is unanswered, absent or hidden is *unknown*, never false: `lives_alone = false` is unknown until the question is
answered. `and`, `or`, `not`, `xor` and `implies` count with three values; `exists()` and `empty()` say whether there
is an answer and are never unknown. Only *true* shows a question or raises a need; a check is violated only by *false*.

Operators: `and or xor implies`, `= != < <= > >=`, `in contains`, `+ - * / div mod &`, `.not()`. A date plus a quantity:
`birth_date + 60 years <= today()`. A list of codes: `('a' | 'b')`.\n\n";

fn reference() -> String {
    let mut reference = Reference { text: HEAD.to_owned(), told: Vec::new(), open: Vec::new() };
    reference.file("Questionnaires", "questionnaire-1.schema.json", &QUESTIONNAIRE);
    reference.file("Instruments", "instrument-1.schema.json", &INSTRUMENT);
    reference.file("Lists", "list-1.schema.json", &LIST);
    reference.file("Language packs", "language-pack-1.schema.json", &PACK);
    reference.scenarios();
    reference.functions();
    reference.text
}

#[test]
fn the_reference_says_what_the_engine_and_the_meta_schemas_say() {
    support::hold_to("docs/dialect.md", &reference());
}

#[test]
fn every_keyword_has_a_meaning() {
    let reference = reference();
    let (keywords, _) = reference.split_once("## Expressions").unwrap();
    for (line, text) in keywords.lines().enumerate() {
        assert!(!text.ends_with("|  |"), "line {}: {text}", line + 1);
    }
}

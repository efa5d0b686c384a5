//! What the engine comes to on everything at hand, as text: the same bytes on every machine.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use intake::diagnostic::SourceId;
use intake::expression::{Expected, Reach, RowId, compile};
use intake::json::{self, canonical};
use intake::profile::assess_with_why;
use intake::questionnaire::Loader;
use intake::scenario::{self, Outcome};
use intake::session::{Journal, check_record, read_record};
use serde_json::Value as Json;

use super::entries::fields::Fields;
use super::entries::plan::PLAN;
use super::survivor::open;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder, in the order of their names.
fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap_or_else(|why| panic!("{folder}: {why}"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// The project's own `schemas/` folder.
struct Schemas;

impl Loader for Schemas {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        let path = root().join("schemas").join(path);
        if !path.exists() {
            return Ok(None);
        }
        std::fs::read_to_string(path).map(Some).map_err(|why| why.to_string())
    }
}

/// The profile of the record that each scenario ends with, with what would change it.
fn profiles(text: &mut String) {
    for folder in files("schemas/questionnaires").into_iter().filter(|path| path.is_dir()) {
        let id = folder.file_name().unwrap().to_string_lossy().into_owned();
        let (plan, sources, diagnostics) =
            intake::open(&Schemas, &format!("questionnaires/{id}/questionnaire.json"));
        for diagnostic in &diagnostics {
            text.push_str(&sources.render(diagnostic));
        }
        let plan = plan.unwrap();
        let scenarios = std::fs::read_to_string(folder.join("scenarios.json")).unwrap();
        let document = json::read(&scenarios, SourceId(0)).0;
        let cases = scenario::read(&document).0.unwrap();
        for Outcome { name, failures, record } in scenario::run(&plan, &cases).outcomes {
            assert!(failures.is_empty(), "{id}: {name}: {failures:?}");
            let _ = writeln!(text, "{id}: {name}");
            match assess_with_why(&plan, &record) {
                Ok(profile) => {
                    let _ =
                        writeln!(text, "{}", canonical::to_string(&serde_json::to_value(&profile).unwrap()));
                }
                Err(findings) => {
                    let _ = writeln!(text, "{findings:?}");
                }
            }
        }
    }
}

fn corpus(text: &mut String) {
    for path in files("fuzz/corpus/questionnaire") {
        let data = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let names = ["questionnaire.json", "instrument.json", "list.json", "zh-CN.json"];
        let parts: Vec<(&str, &str)> = names.into_iter().zip(data.split('\0')).collect();
        let (plan, sources, diagnostics) = open(&parts);
        let _ = writeln!(
            text,
            "{}: {}",
            name(&path),
            plan.map_or("no plan".into(), |plan| plan.content_hash().to_string())
        );
        for diagnostic in &diagnostics {
            text.push_str(&sources.render(diagnostic));
        }
    }
    for path in files("fuzz/corpus/record") {
        let data = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let (record, diagnostics) = read_record(&data, SourceId(0));
        let _ = writeln!(text, "{}: {:?}", name(&path), diagnostics);
        let Some(record) = record else { continue };
        let _ = writeln!(text, "{:?}", check_record(&PLAN, &record));
        if let Ok(profile) = assess_with_why(&PLAN, &record) {
            let _ = writeln!(text, "{}", canonical::to_string(&serde_json::to_value(&profile).unwrap()));
        }
    }
    for path in files("fuzz/corpus/journal") {
        let data = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let (journal, faults) = Journal::replay(&PLAN, data.lines(), SourceId(0));
        let record = journal.map(|journal| journal.session().record().to_value());
        let _ = writeln!(text, "{}: {faults:?} {record:?}", name(&path));
    }
}

/// Every expression of the suites and of the fuzz corpus, in a form with a field of every kind.
fn expressions(text: &mut String) {
    let form = Fields::default();
    let scope = form.scope();
    let mut all: Vec<String> = Vec::new();
    for path in files("tests/suites/expression") {
        let suite: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let cases = suite["cases"].as_array().unwrap();
        all.extend(cases.iter().filter_map(|case| Some(case["expression"].as_str()?.to_owned())));
    }
    for path in files("fuzz/corpus/expression") {
        all.push(String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned());
    }
    for expression in all {
        let (program, problems) = compile(&expression, &scope, &Expected::Any);
        let _ = writeln!(text, "{expression}: {problems:?}");
        if let Some(program) = program {
            let (value, causes) = program.value_explained(&form, RowId::FORM);
            let bounds = program.bounds(&form, RowId::FORM, &|_| Reach::Final);
            let _ = writeln!(text, "{} = {value:?} {causes:?} {bounds:?}", program.canonical());
        }
    }
}

/// With `INTAKE_OUTCOMES` in the environment, they are written there, so that two machines can be compared.
#[test]
fn outcomes() {
    let mut text = String::new();
    profiles(&mut text);
    corpus(&mut text);
    expressions(&mut text);
    assert!(text.lines().count() > 2_000, "{} lines", text.lines().count());
    if let Some(path) = std::env::var_os("INTAKE_OUTCOMES") {
        std::fs::write(&path, &text).unwrap_or_else(|why| panic!("{}: {why}", Path::new(&path).display()));
    }
}

use std::collections::BTreeSet;
use std::io::Write;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::loader::Files;
use super::outcome::{Status, Stop};
use crate::diagnostic::{Diagnostic, Fix, Place, Severity, Sources, Span};

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: the line with a caret under the place.
    #[default]
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// Writes findings as they come, each once, and counts them.
pub(super) struct Findings<'o> {
    out: &'o mut dyn Write,
    format: Format,
    /// A file may be read for several others; what is wrong with it is said once.
    seen: BTreeSet<(String, Span, &'static str, String)>,
    errors: usize,
    warnings: usize,
}

impl<'o> Findings<'o> {
    pub(super) fn new(out: &'o mut dyn Write, format: Format) -> Self {
        Self { out, format, seen: BTreeSet::new(), errors: 0, warnings: 0 }
    }

    /// Writes what was found in files that a loader knows under absolute paths.
    pub(super) fn add(
        &mut self,
        files: &Files,
        sources: &Sources,
        found: Vec<Diagnostic>,
    ) -> Result<(), Stop> {
        if found.is_empty() {
            return Ok(());
        }
        let sources = files.rename(sources.clone());
        for diagnostic in found {
            self.one(&sources, &files.reworded(diagnostic))?;
        }
        Ok(())
    }

    fn one(&mut self, sources: &Sources, diagnostic: &Diagnostic) -> Result<(), Stop> {
        let (file, span) = diagnostic.place.as_ref().map_or((String::new(), Span::default()), |place| {
            (sources.name(place.source).to_owned(), place.span)
        });
        if !self.seen.insert((file, span, diagnostic.code.as_str(), diagnostic.message.clone())) {
            return Ok(());
        }
        match diagnostic.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => {}
        }
        match self.format {
            Format::Text => writeln!(self.out, "{}", sources.render(diagnostic))?,
            Format::Json => writeln!(self.out, "{}", as_json(sources, diagnostic))?,
        }
        Ok(())
    }

    /// A line for people only.
    pub(super) fn say(&mut self, line: &str) -> Result<(), Stop> {
        if self.format == Format::Text {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    /// A line for programs only.
    pub(super) fn object(&mut self, object: &Value) -> Result<(), Stop> {
        if self.format == Format::Json {
            writeln!(self.out, "{object}")?;
        }
        Ok(())
    }

    /// How many errors and warnings there were, in words.
    pub(super) fn counted(&self) -> String {
        let count = |number: usize, one: &str| match number {
            1 => format!("1 {one}"),
            _ => format!("{number} {one}s"),
        };
        format!("{}, {}", count(self.errors, "error"), count(self.warnings, "warning"))
    }

    /// How the command ends: warnings count if the caller is strict.
    pub(super) fn status(&self, strict: bool) -> Status {
        if self.errors > 0 || (strict && self.warnings > 0) { Status::Findings } else { Status::Clean }
    }
}

fn as_json(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let mut object = json!({
        "code": diagnostic.code.as_str(),
        "severity": diagnostic.severity.word(),
        "message": diagnostic.message,
    });
    let Some(members) = object.as_object_mut() else { return object };
    members.insert("help".into(), diagnostic.remedy().into());
    if let Some(place) = &diagnostic.place {
        members.extend(place_json(sources, place));
    }
    if let Some(fix) = &diagnostic.fix {
        members.insert("fix".into(), fix_json(sources, fix));
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().map(|(place, what)| {
            let mut object = place_json(sources, place);
            object.insert("message".into(), what.as_str().into());
            Value::Object(object)
        });
        members.insert("related".into(), related.collect());
    }
    object
}

/// A change as edits, each with its place for people and as bytes of the file.
fn fix_json(sources: &Sources, fix: &Fix) -> Value {
    let edits: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            let place = Place { source: edit.source, span: edit.span, pointer: String::new() };
            let mut object = place_json(sources, &place);
            object.remove("pointer");
            object.insert("start".into(), edit.span.start.into());
            object.insert("end".into(), edit.span.end.into());
            object.insert("text".into(), edit.text.as_str().into());
            Value::Object(object)
        })
        .collect();
    json!({ "title": fix.title, "safe": fix.safe, "edits": edits })
}

fn place_json(sources: &Sources, place: &Place) -> serde_json::Map<String, Value> {
    let (line, column) = sources.line_column(place.source, place.span.start);
    let (end_line, end_column) = sources.line_column(place.source, place.span.end);
    let mut object = serde_json::Map::new();
    object.insert("file".into(), sources.name(place.source).into());
    object.insert("line".into(), line.into());
    object.insert("column".into(), column.into());
    object.insert("endLine".into(), end_line.into());
    object.insert("endColumn".into(), end_column.into());
    object.insert("pointer".into(), place.pointer.as_str().into());
    object
}

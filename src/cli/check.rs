use std::io::Write;
use std::path::PathBuf;

use super::findings::{Findings, Format};
use super::fix;
use super::folder::{self, Found};
use super::loader::{Files, read_bounded};
use super::outcome::{Status, Stop};
use crate::diagnostic::{Diagnostic, SourceId, Sources, codes, has_errors};
use crate::json::{self, Document, Item};
use crate::lint;
use crate::questionnaire::{self, FileKind};
use crate::scenario;
use crate::session;

/// Checks files and lists every fault with its place and what to do.
///
/// A questionnaire is read with the instruments, lists and language packs that it refers to. In folders, files whose
/// `$schema` is none of this project's are passed over.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, and folders to look through for JSON files.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to write what is found.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// End with status 1 for warnings too.
    #[arg(long)]
    strict: bool,
    /// Apply the changes that put something right without changing what a questionnaire asks or computes.
    #[arg(long)]
    fix: bool,
    /// With --fix, apply also the changes that are probably meant.
    #[arg(long, requires = "fix")]
    suggestions: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let files = folder::files(&args.paths)?;
    let fixed = if args.fix { fix::apply(&files, args.suggestions)? } else { 0 };
    let mut findings = Findings::new(out, args.format);
    let mut checked = 0_usize;
    for file in &files {
        checked += usize::from(one(file, &mut findings)?);
    }
    if checked == 0 {
        return Err(Stop::Unusable(
            "there is nothing to check here: no file says by its `$schema` what it is".into(),
        ));
    }
    let counted = findings.counted();
    if args.fix {
        findings.say(&format!("{fixed} {} applied", if fixed == 1 { "fix" } else { "fixes" }))?;
    }
    findings.say(&format!("{checked} {} checked: {counted}", if checked == 1 { "file" } else { "files" }))?;
    Ok(findings.status(args.strict))
}

/// Checks a file; whether it was one to check.
fn one(found: &Found, findings: &mut Findings<'_>) -> Result<bool, Stop> {
    let bytes = read_bounded(&found.path).map_err(|error| folder::unusable(&found.path, &error))?;
    let (files, full) = Files::from_argument(&found.path);
    let (text, encoding) = json::decode(bytes, SourceId(0));
    let mut sources = Sources::new();
    let (document, syntax) = json::read(&text, SourceId(0));
    let root = Item::root(&document);
    let kind = root.and_then(FileKind::of);
    let personal = holds_answers(kind, &text);
    let source = if personal {
        sources.add_confidential(full.as_str(), text.as_str())
    } else {
        sources.add(full.as_str(), text.as_str())
    };
    if !encoding.is_empty() {
        // What the bytes stand for is anybody's guess: only what is wrong with them is certain.
        findings.add(&files, &sources, encoding)?;
        return Ok(true);
    }
    let Some(kind) = kind else {
        if !found.named && syntax.is_empty() {
            return Ok(false);
        }
        let unknown = root.filter(|_| found.named && !has_errors(&syntax)).map(unknown_kind);
        let syntax = if personal { json::discreet(syntax) } else { syntax };
        findings.add(&files, &sources, syntax)?;
        findings.add(&files, &sources, unknown.into_iter().collect())?;
        return Ok(true);
    };
    let (sources, found) = match kind {
        FileKind::Questionnaire => lint::inspect(&files, &full),
        FileKind::Instrument | FileKind::List | FileKind::LanguagePack => {
            questionnaire::check_file(&full, &text, kind)
        }
        FileKind::Scenarios => (sources, with(syntax, scenario::read(&document).1)),
        FileKind::Record => (sources, session::read_record(&text, source).1),
        FileKind::Profile => (sources, json::discreet(with(syntax, profile(&document)))),
    };
    findings.add(&files, &sources, found)?;
    Ok(true)
}

/// Whether a file is a person's, so that no line of it may be shown. One that does not say what it is counts as such
/// if it names answers: somebody may have forgotten the `$schema` of a record, or broken it.
fn holds_answers(kind: Option<FileKind>, text: &str) -> bool {
    match kind {
        Some(FileKind::Record | FileKind::Profile) => true,
        Some(_) => false,
        None => text.contains("\"answers\""),
    }
}

fn with(mut first: Vec<Diagnostic>, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
    first.extend(more);
    first
}

fn unknown_kind(root: Item<'_>) -> Diagnostic {
    let names: Vec<String> = FileKind::ALL.iter().map(|kind| format!("`{}`", kind.schema_name())).collect();
    let place = root.get("$schema").unwrap_or(root).place();
    Diagnostic::error(codes::FILE_KIND, "`$schema` does not say what kind of file this is")
        .at(place)
        .help(format!("its last part is one of {}", names.join(", ")))
}

/// What can be said of a profile without its questionnaire; the rest is for `intake verify`.
fn profile(document: &Document) -> Vec<Diagnostic> {
    let Some(root) = Item::root(document) else { return Vec::new() };
    ["questionnaire", "assessed_on", "answers", "answers_hash"]
        .into_iter()
        .filter(|name| root.get(name).is_none())
        .map(|name| {
            Diagnostic::error(codes::DIALECT_MISSING, format!("a profile needs `{name}`"))
                .at(root.place())
                .help("profiles are written by `intake assess`, never by hand")
        })
        .collect()
}

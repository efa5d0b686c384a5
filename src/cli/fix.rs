//! Applies the changes that findings carry, and looks again after each round.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{self, Found};
use super::loader::{Files, read_bounded};
use super::outcome::Stop;
use crate::diagnostic::{Diagnostic, Edit, Fix, SourceId, Sources, fix};
use crate::json::{self, Item};
use crate::lint;
use crate::questionnaire::{FileKind, Loader};

/// Rounds after which what is still found is left: one change can make room for another.
const ROUNDS: usize = 10;

/// Applies what can be applied to the questionnaires among some files, and to what they refer to among the same
/// files. How many changes were made.
pub(super) fn apply(found: &[Found], suggestions: bool) -> Result<usize, Stop> {
    let named: BTreeSet<PathBuf> =
        found.iter().filter_map(|file| fs::canonicalize(&file.path).ok()).collect();
    let mut count = 0;
    for file in found {
        let bytes = read_bounded(&file.path).map_err(|error| folder::unusable(&file.path, &error))?;
        let (text, _) = json::decode(bytes, SourceId(0));
        let (document, _) = json::read(&text, SourceId(0));
        if Item::root(&document).and_then(FileKind::of) != Some(FileKind::Questionnaire) {
            continue;
        }
        let (files, path) = Files::from_argument(&file.path);
        let mut desk = Desk { files, named: &named, changed: BTreeMap::new() };
        for _ in 0..ROUNDS {
            let applied = desk.round(&path, suggestions);
            count += applied;
            if applied == 0 {
                break;
            }
        }
        for (path, text) in &desk.changed {
            write(Path::new(path), text)?;
        }
    }
    Ok(count)
}

/// Files with changes that are not written yet.
struct Desk<'a> {
    files: Files,
    /// The files that may be changed.
    named: &'a BTreeSet<PathBuf>,
    changed: BTreeMap<String, String>,
}

impl Loader for Desk<'_> {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        match self.changed.get(path) {
            Some(text) => Ok(Some(text.clone())),
            None => self.files.load(path),
        }
    }
}

impl Desk<'_> {
    /// Applies as many changes as fit together; how many. All of them at once if nothing is worse afterwards, or else
    /// one by one.
    fn round(&mut self, path: &str, suggestions: bool) -> usize {
        let (sources, before) = lint::inspect(self, path);
        let fixes: Vec<&Fix> = before
            .iter()
            .filter_map(|diagnostic| diagnostic.fix.as_ref())
            .filter(|fix| fix.safe || suggestions)
            .filter(|fix| fix.edits.iter().all(|edit| self.may_change(sources.name(edit.source))))
            .collect();
        let together = compatible(&fixes);
        if together.is_empty() {
            return 0;
        }
        let saved = self.changed.clone();
        if self.change(&sources, &together) && self.is_better(path, &before) {
            return together.len();
        }
        self.changed.clone_from(&saved);
        for fix in together {
            if self.change(&sources, &[fix]) && self.is_better(path, &before) {
                return 1;
            }
            self.changed.clone_from(&saved);
        }
        0
    }

    fn may_change(&self, name: &str) -> bool {
        fs::canonicalize(name).is_ok_and(|path| self.named.contains(&path))
    }

    /// Makes changes; false if one does not fit.
    fn change(&mut self, sources: &Sources, fixes: &[&Fix]) -> bool {
        let mut by_file: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
        for edit in fixes.iter().flat_map(|fix| &fix.edits) {
            by_file.entry(edit.source).or_default().push(edit.clone());
        }
        for (source, edits) in by_file {
            let Some(text) = fix::apply(sources.text(source), &edits) else { return false };
            self.changed.insert(sources.name(source).to_owned(), text);
        }
        true
    }

    /// Whether fewer errors are found than before, or as many and less else. What could not be used before is looked
    /// at by more rules afterwards, which is no reason to leave it.
    fn is_better(&self, path: &str, before: &[Diagnostic]) -> bool {
        let weight = |found: &[Diagnostic]| {
            (found.iter().filter(|diagnostic| diagnostic.is_error()).count(), found.len())
        };
        weight(&lint::inspect(self, path).1) < weight(before)
    }
}

/// Changes of which no two touch the same place.
fn compatible<'f>(fixes: &[&'f Fix]) -> Vec<&'f Fix> {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut chosen = Vec::new();
    for fix in fixes {
        let apart = |edit: &Edit| {
            taken.iter().all(|other| {
                other.source != edit.source
                    || other.span.end < edit.span.start
                    || edit.span.end < other.span.start
            })
        };
        if fix.edits.iter().all(apart) {
            taken.extend(&fix.edits);
            chosen.push(*fix);
        }
    }
    chosen
}

/// Writes a file beside the old one first, so that a full disk costs nothing.
fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let beside = path.with_extension("json.new");
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        Stop::Unusable(format!("cannot write {}: {error}", path.display()))
    })
}

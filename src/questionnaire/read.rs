use std::sync::Arc;

use super::kind::FileKind;
use super::loader::{Loader, resolve};
use super::shape::{MOST_FAULTS, check_object, shown};
use super::{File, Pack, Questionnaire};
use crate::diagnostic::{Diagnostic, Place, Sources, codes};
use crate::json::{self, Item};

/// Reads a questionnaire with everything that it refers to.
///
/// The questionnaire is there as soon as its own file is an object; whether it can be used is for the diagnostics
/// to say. The sources are there always, so that the diagnostics can be shown.
pub fn read(loader: &dyn Loader, path: &str) -> (Option<Arc<Questionnaire>>, Sources, Vec<Diagnostic>) {
    let mut reader = Reader { loader, sources: Sources::new(), diagnostics: Vec::new(), files: Vec::new() };
    let Some(0) = reader.file(path, FileKind::Questionnaire, None) else {
        return (None, reader.sources, reader.diagnostics);
    };
    let instruments = reader.instruments();
    let lists = reader.lists();
    let packs = reader.packs();
    let Reader { sources, diagnostics, files, .. } = reader;
    (Some(Arc::new(Questionnaire { files, instruments, lists, packs })), sources, diagnostics)
}

/// Checks a file of one of the dialect's kinds by itself: its text and its shape.
pub fn check_file(name: &str, text: &str, kind: FileKind) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let source = sources.add(name, text);
    let (document, mut diagnostics) = json::read(sources.text(source), source);
    if let (Some(root), Some(table)) = (Item::root(&document), kind.table()) {
        check_object(root, table, &mut diagnostics);
    }
    (sources, diagnostics)
}

struct Reader<'a> {
    loader: &'a dyn Loader,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    files: Vec<File>,
}

impl Reader<'_> {
    /// Loads and checks a file once; its index, if it is an object.
    fn file(&mut self, path: &str, kind: FileKind, from: Option<Place>) -> Option<usize> {
        if let Some((known, file)) = self.files.iter().enumerate().find(|(_, file)| file.path == path) {
            if file.kind == kind {
                return Some(known);
            }
            // A file that refers to itself, or to the one that refers to it.
            let found = file.kind.word();
            let message =
                format!("`{}` is the {found} here and cannot be a {} too", shown(path), kind.word());
            let help = "refer to a file of its own";
            return self.file_fault(Diagnostic::error(codes::FILE_KIND, message).help(help), from);
        }
        let text = match self.loader.load(path) {
            Ok(Some(text)) => text,
            Ok(None) => {
                let message = format!("there is no file `{}`", shown(path));
                return self.file_fault(Diagnostic::error(codes::FILE_MISSING, message), from);
            }
            Err(why) => {
                let message = format!("cannot read `{}`: {why}", shown(path));
                return self.file_fault(Diagnostic::error(codes::FILE_UNREADABLE, message), from);
            }
        };
        let source = self.sources.add(path, text);
        let (document, diagnostics) = json::read(self.sources.text(source), source);
        self.diagnostics.extend(diagnostics);
        let root = Item::root(&document).filter(|root| root.is_object());
        let Some(root) = root else {
            // Text that is no JSON at all has been reported already.
            if let Some(root) = Item::root(&document) {
                let message = format!("a {} is a JSON object", kind.word());
                self.diagnostics.push(Diagnostic::error(codes::FILE_KIND, message).at(root.place()));
            }
            return None;
        };
        match FileKind::of(root) {
            Some(found) if found == kind => {}
            found => {
                let place = root.get("$schema").map_or_else(|| root.place(), Item::place);
                let message = match found {
                    Some(found) => format!("this is a {}, not a {}", found.word(), kind.word()),
                    None => format!("`$schema` does not say that this is a {}", kind.word()),
                };
                self.diagnostics.push(
                    Diagnostic::error(codes::FILE_KIND, message)
                        .at(place)
                        .help(format!("`$schema` ends in `dialect/{}`", kind.schema_name())),
                );
            }
        }
        if let Some(table) = kind.table() {
            check_object(root, table, &mut self.diagnostics);
            if self.diagnostics.len() >= MOST_FAULTS {
                let message = "there are more faults than are listed: correct these first";
                self.diagnostics.push(Diagnostic::error(codes::JSON_LIMIT, message).at(root.place()));
            }
        }
        self.files.push(File { path: path.to_owned(), source, document, kind });
        Some(self.files.len() - 1)
    }

    fn file_fault(&mut self, diagnostic: Diagnostic, from: Option<Place>) -> Option<usize> {
        self.tell(match from {
            Some(place) => diagnostic.at(place),
            None => diagnostic,
        });
        None
    }

    /// Notes a fault, as long as there are not more than anybody reads.
    fn tell(&mut self, diagnostic: Diagnostic) {
        match self.diagnostics.len() {
            0..MOST_FAULTS => self.diagnostics.push(diagnostic),
            MOST_FAULTS => {
                let message = "there are more faults than are listed: correct these first";
                self.diagnostics.push(Diagnostic::error(codes::JSON_LIMIT, message));
            }
            _ => {}
        }
    }

    /// Loads what a `$ref` in the questionnaire's own file names.
    fn reference(&mut self, reference: &str, place: Place, kind: FileKind) -> Option<usize> {
        let base = self.files.first().map(|file| file.path.clone()).unwrap_or_default();
        match resolve(&base, reference) {
            Some(path) => self.file(&path, kind, Some(place)),
            None => {
                self.tell(
                    Diagnostic::error(
                        codes::DIALECT_REFERENCE,
                        format!("`$ref` cannot lead to `{}`", shown(reference)),
                    )
                    .at(place)
                    .help("name a file by its path relative to this one; nothing is fetched from an address"),
                );
                None
            }
        }
    }

    fn instruments(&mut self) -> Vec<Option<usize>> {
        let references: Vec<Option<(String, Place)>> = self
            .root()
            .and_then(|root| root.get("allOf"))
            .map(|sections| sections.items().map(|section| reference_of(section)).collect())
            .unwrap_or_default();
        let mut used: Vec<usize> = Vec::new();
        references
            .into_iter()
            .map(|reference| {
                let (reference, place) = reference?;
                let file = self.reference(&reference, place.clone(), FileKind::Instrument)?;
                if used.contains(&file) {
                    self.tell(
                        Diagnostic::error(codes::DIALECT_REFERENCE, "this instrument is used twice")
                            .at(place)
                            .help(
                                "every question stands in a questionnaire once; remove one of the references",
                            ),
                    );
                    return None;
                }
                used.push(file);
                Some(file)
            })
            .collect()
    }

    fn lists(&mut self) -> Vec<(String, Option<usize>)> {
        type Named = (String, Option<(String, Place)>, bool, Place);
        let lists: Vec<Named> = self
            .root()
            .and_then(|root| root.get("lists"))
            .map(|lists| {
                lists
                    .entries()
                    .map(|(name, list)| {
                        (name.to_owned(), reference_of(list), list.get("entries").is_some(), list.place())
                    })
                    .collect()
            })
            .unwrap_or_default();
        let mut found = Vec::new();
        for (name, reference, own, place) in lists {
            match (reference, own) {
                (Some((reference, place)), false) => {
                    if let Some(file) = self.reference(&reference, place, FileKind::List) {
                        found.push((name, Some(file)));
                    }
                }
                (None, true) => found.push((name, None)),
                _ => self.tell(
                    Diagnostic::error(codes::DIALECT_MISSING, "a list has either `$ref` or `entries`")
                        .at(place)
                        .help("name the file of the list with `$ref`, or write its entries here"),
                ),
            }
        }
        found
    }

    /// The packs beside the questionnaire, and beside each file that it refers to.
    fn packs(&mut self) -> Vec<Pack> {
        let languages: Vec<(String, Place)> = self
            .root()
            .and_then(|root| root.get("languages"))
            .map(|languages| {
                languages
                    .items()
                    .skip(1)
                    .filter_map(|tag| Some((tag.text()?.to_owned(), tag.place())))
                    .collect()
            })
            .unwrap_or_default();
        let mut packs = Vec::new();
        let parts: Vec<(usize, String)> =
            self.files.iter().enumerate().map(|(index, file)| (index, file.path.clone())).collect();
        for (language, place) in languages {
            if !is_language_tag(&language) {
                self.tell(
                    Diagnostic::error(codes::DIALECT_NAME, "this is not a language tag")
                        .at(place)
                        .help("write it as BCP 47 does, such as `zh-CN`"),
                );
                continue;
            }
            for (of, path) in &parts {
                let pack_path = if *of == 0 {
                    resolve(path, &format!("{language}.json"))
                } else {
                    path.strip_suffix(".json").map(|stem| format!("{stem}.{language}.json"))
                };
                let Some(pack_path) = pack_path else { continue };
                if *of > 0 && matches!(self.loader.load(&pack_path), Ok(None)) {
                    // The questionnaire's own pack may carry its texts; what is missing is told text by text.
                    continue;
                }
                if let Some(file) = self.file(&pack_path, FileKind::LanguagePack, Some(place.clone())) {
                    packs.push(Pack { language: language.clone(), file, of: *of });
                }
            }
        }
        packs
    }

    fn root(&self) -> Option<Item<'_>> {
        Item::root(&self.files.first()?.document)
    }
}

fn reference_of(item: Item<'_>) -> Option<(String, Place)> {
    let reference = item.get("$ref")?;
    Some((reference.text()?.to_owned(), reference.place()))
}

/// Letters, digits and hyphens: also what may stand in a file name.
fn is_language_tag(tag: &str) -> bool {
    (2..=35).contains(&tag.len())
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

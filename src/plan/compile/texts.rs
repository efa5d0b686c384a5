use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Compiler, Link};
use crate::diagnostic::{Diagnostic, codes};
use crate::expression::{Kind, Read, Resolved, Scope as _};
use crate::json::Item;
use crate::plan::graph::Task;
use crate::plan::{Localised, Piece, QuestionId, Template};

impl Compiler<'_> {
    /// A text with its translations, which stand in the packs of `file` at `path`.
    pub(super) fn text(
        &mut self,
        item: Option<Item<'_>>,
        file: usize,
        path: &[&str],
        within: Option<QuestionId>,
    ) -> Option<Localised> {
        let packs = self.questionnaire.packs_of(file);
        self.text_with(item, within, |language| packs.text(language, path))
    }

    /// A text with its translations, wherever they stand.
    #[inline(never)]
    pub(super) fn text_with<'b>(
        &mut self,
        item: Option<Item<'_>>,
        within: Option<QuestionId>,
        translation: impl Fn(&str) -> Option<Item<'b>>,
    ) -> Option<Localised> {
        let item = item?;
        let mut templates = vec![Some(self.template(item, within)?)];
        for index in 1..self.languages.len() {
            let Some(language) = self.languages.get(index).map(Arc::clone) else { break };
            let translated = translation(&language);
            if translated.is_none() && self.diagnostics.len() < super::MOST_WARNINGS {
                self.diagnostics.push(
                    Diagnostic::warning(
                        codes::PLAN_UNTRANSLATED,
                        format!("this text has no translation into `{language}`"),
                    )
                    .at(item.place())
                    .help("add it to the language pack; until then this text is shown"),
                );
            }
            let template = translated.and_then(|translated| self.template(translated, within));
            templates.push(template);
        }
        Some(Localised { templates })
    }

    /// Notes that a task shows what the placeholders of these texts hold.
    #[inline(never)]
    pub(super) fn link_texts<'t>(
        &mut self,
        task: Task,
        owner: Option<QuestionId>,
        texts: impl IntoIterator<Item = &'t Localised>,
    ) {
        let mut reads: BTreeSet<Read> =
            texts.into_iter().flat_map(Localised::fields).map(|field| Read::Field { field, up: 0 }).collect();
        if !reads.is_empty() {
            // In another language the text is another, and so are the labels of choices in it.
            reads.insert(Read::Language);
            self.links.push(Link { task, owner, reads: reads.into_iter().collect(), place: None });
        }
    }

    fn template(&mut self, item: Item<'_>, within: Option<QuestionId>) -> Option<Template> {
        let text = item.text()?;
        let (pieces, faults) = split(text);
        for fault in faults {
            self.error(codes::PLAN_PLACEHOLDER, fault, item.place()).help =
                Some("write `{name}` for the answer to a question, `{{` for a brace".into());
        }
        let mut resolved = Vec::with_capacity(pieces.len());
        for piece in pieces {
            resolved.push(match piece {
                Raw::Text(text) => Piece::Text(text.into()),
                Raw::Name(name) => match self.names.scope(within, Vec::new()).name(name) {
                    Resolved::Field(symbol) if matches!(symbol.ty.kind, Kind::Rows(_)) => {
                        let message = format!("`{name}` is a group of rows, which no text can show");
                        self.error(codes::PLAN_PLACEHOLDER, message, item.place()).help =
                            Some("calculate what should stand there, and name the calculation".into());
                        continue;
                    }
                    Resolved::Field(symbol) => Piece::Field { field: symbol.field, name: Arc::from(name) },
                    Resolved::Unknown { suggestion } => {
                        let meant =
                            suggestion.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                        let message = format!("there is no question named `{name}`{meant}");
                        self.error(codes::PLAN_PLACEHOLDER, message, item.place());
                        continue;
                    }
                },
            });
        }
        Some(Template { pieces: resolved })
    }
}

enum Raw<'a> {
    Text(String),
    Name(&'a str),
}

/// Splits a text at its placeholders.
fn split(text: &str) -> (Vec<Raw<'_>>, Vec<&'static str>) {
    let (mut pieces, mut faults, mut plain) = (Vec::new(), Vec::new(), String::new());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            plain.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            plain.push('}');
            rest = after;
        } else if let Some(after) = from.strip_prefix('}') {
            faults.push("this text closes a placeholder that it does not open");
            rest = after;
        } else {
            let inside = from.strip_prefix('{').unwrap_or(from);
            match inside.split_once('}') {
                Some((name, after)) if is_name(name.trim()) => {
                    if !plain.is_empty() {
                        pieces.push(Raw::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(Raw::Name(name.trim()));
                    rest = after;
                }
                Some((_, after)) => {
                    faults.push("a placeholder of this text is not a name");
                    rest = after;
                }
                None => {
                    faults.push("this text opens a placeholder that it does not close");
                    rest = "";
                }
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() || pieces.is_empty() {
        pieces.push(Raw::Text(plain));
    }
    (pieces, faults)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

//! Small checks of a file's shape, each with a diagnostic at its place.

use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::json::{Item, View};

/// Collects what is wrong with the shape of a file.
pub(super) struct Checker {
    pub(super) found: Vec<Diagnostic>,
}

impl Checker {
    /// Reports names that an object does not know.
    pub(super) fn known(&mut self, object: Item<'_>, what: &str, names: &[&str]) {
        for (name, value) in object.entries() {
            if names.contains(&name) || name == "$comment" {
                continue;
            }
            let meant = did_you_mean(name, names.iter().copied());
            let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
            self.found.push(
                Diagnostic::error(codes::DIALECT_UNKNOWN_KEYWORD, format!("{what} has no `{name}`{meant}"))
                    .at(value.key_place())
                    .help(format!("it has {}", listed(names))),
            );
        }
    }

    /// An object, or a report that it is none.
    pub(super) fn object<'d>(&mut self, item: Item<'d>, what: &str) -> Option<Item<'d>> {
        if !item.is_object() {
            self.wrong(item, format!("{what} is an object"));
        }
        item.is_object().then_some(item)
    }

    /// A list, or a report that it is none.
    pub(super) fn list<'d>(&mut self, item: Item<'d>, what: &str) -> Option<Item<'d>> {
        let is_list = matches!(item.view(), View::Array);
        if !is_list {
            self.wrong(item, format!("{what} is a list"));
        }
        is_list.then_some(item)
    }

    /// A text, or a report that it is none.
    pub(super) fn text<'d>(&mut self, item: Item<'d>, what: &str) -> Option<&'d str> {
        if item.text().is_none() {
            self.wrong(item, format!("{what} is a text"));
        }
        item.text()
    }

    /// A text that stands for something, or a report of the words that do.
    pub(super) fn word<T: Copy>(&mut self, item: Item<'_>, what: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(item, what)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let meant = did_you_mean(text, names.iter().copied());
            let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
            self.found.push(
                Diagnostic::error(codes::DIALECT_WORD, format!("{what} is not `{text}`{meant}"))
                    .at(item.place())
                    .help(format!("it is one of {}", listed(&names))),
            );
        }
        found
    }

    /// A member that must be there.
    pub(super) fn member<'d>(&mut self, object: Item<'d>, what: &str, name: &str) -> Option<Item<'d>> {
        let member = object.get(name);
        if member.is_none() {
            self.found.push(
                Diagnostic::error(codes::DIALECT_MISSING, format!("{what} needs `{name}`"))
                    .at(object.place())
                    .help(format!("add `\"{name}\": …` here")),
            );
        }
        member
    }

    /// Reports a value of a wrong type.
    pub(super) fn wrong(&mut self, item: Item<'_>, sentence: impl Into<String>) {
        self.found.push(Diagnostic::error(codes::DIALECT_TYPE, sentence).at(item.place()));
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

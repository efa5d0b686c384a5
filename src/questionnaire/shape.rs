//! Checks a file against the tables of the dialect: every fault in one run, each at its place.

use super::dialect::{CHOICE, LEFT_OUT, SCORE_CONDITION, SCORE_QUESTION, SECTION, SECTION_REFERENCE};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::json::Item;
use crate::json::View;

/// What a keyword holds.
#[derive(Clone, Copy)]
pub enum Shape {
    /// Text that says something.
    Text,
    /// An identifier: letters, digits, `_`, `-`, `.`.
    Name,
    /// `true` or `false`.
    Boolean,
    /// `false`, and nothing else.
    False,
    /// A number.
    Number,
    /// A whole number from 0.
    Whole,
    /// Text, a number, or a boolean; for a default also a list of texts.
    Scalar,
    /// A list of texts or whole numbers.
    Scalars,
    /// An expression.
    Expression,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// An object with these keywords.
    Object(&'static Table),
    /// An object whose names the author chooses.
    Map(&'static Shape),
    /// A list.
    List(&'static Shape),
    /// The choices of a question.
    Choices,
    /// A section, or a reference to an instrument.
    Section,
    /// An item of a score.
    ScoreItem,
    /// An entry of a list: a code, a title and columns of text.
    Entry,
}

/// The keywords of an object.
pub struct Table {
    /// What the object is, for messages.
    pub what: &'static str,
    /// Its keywords.
    pub keywords: &'static [Keyword],
}

/// A keyword.
pub struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
}

/// How many faults are listed. Nobody reads more, and a hostile file could have millions.
pub(super) const MOST_FAULTS: usize = 1_000;

/// Checks an object against its table.
pub(super) fn check_object(item: Item<'_>, table: &Table, diagnostics: &mut Vec<Diagnostic>) {
    if !item.is_object() {
        return wrong_type(item, &format!("{} is an object", table.what), diagnostics);
    }
    for (name, value) in item.entries() {
        if diagnostics.len() >= MOST_FAULTS {
            return;
        }
        match table.keywords.iter().find(|keyword| keyword.name == name) {
            Some(keyword) => check(value, keyword.name, keyword.shape, diagnostics),
            None if name == "$comment" || name == "examples" || name.starts_with("x-") => {}
            None => unknown_keyword(name, value, table, diagnostics),
        }
    }
    for keyword in table.keywords.iter().filter(|keyword| keyword.required) {
        if item.get(keyword.name).is_none() {
            diagnostics.push(
                Diagnostic::error(codes::DIALECT_MISSING, format!("{} needs `{}`", table.what, keyword.name))
                    .at(item.place())
                    .help(format!("add `\"{}\": …` here", keyword.name)),
            );
        }
    }
}

fn unknown_keyword(name: &str, value: Item<'_>, table: &Table, diagnostics: &mut Vec<Diagnostic>) {
    let known = table.keywords.iter().map(|keyword| keyword.name);
    let diagnostic = match did_you_mean(name, known) {
        Some(meant) => Diagnostic::error(
            codes::DIALECT_UNKNOWN_KEYWORD,
            format!("{} has no keyword `{}`: did you mean `{meant}`?", table.what, shown(name)),
        ),
        None if LEFT_OUT.contains(&name) => Diagnostic::error(
            codes::DIALECT_LEFT_OUT,
            format!("`{name}` of JSON Schema has no place in {}", table.what),
        )
        .help("conditions are written with `visibleIf`, `requiredIf` and `checks`"),
        None => Diagnostic::error(
            codes::DIALECT_UNKNOWN_KEYWORD,
            format!("{} has no keyword `{}`", table.what, shown(name)),
        )
        .help("remove it, or begin its name with `x-` if it is a note of your own"),
    };
    diagnostics.push(diagnostic.at(value.key_place()));
}

/// A name from a file, short enough for a message.
pub(super) fn shown(name: &str) -> String {
    const LONGEST: usize = 60;
    if name.chars().count() <= LONGEST {
        name.to_owned()
    } else {
        name.chars().take(LONGEST).chain(['…']).collect()
    }
}

fn wrong_type(item: Item<'_>, sentence: &str, diagnostics: &mut Vec<Diagnostic>) {
    let found = match item.view() {
        View::Null => "null",
        View::Bool(_) => "a boolean",
        View::Number(_) if item.decimal().is_none() => "a number with more digits than can be reckoned with",
        View::Number(_) => "a number",
        View::String(_) => "a text",
        View::Array => "a list",
        View::Object => "an object",
    };
    diagnostics.push(
        Diagnostic::error(codes::DIALECT_TYPE, format!("{sentence}, but this is {found}")).at(item.place()),
    );
}

fn check(item: Item<'_>, name: &str, shape: Shape, diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() >= MOST_FAULTS {
        return;
    }
    match shape {
        Shape::Text | Shape::Expression => match item.text() {
            Some(text) if text.trim().is_empty() => diagnostics.push(
                Diagnostic::error(codes::DIALECT_EMPTY, format!("`{name}` is empty"))
                    .at(item.place())
                    .help("write something, or leave the keyword out"),
            ),
            Some(_) => {}
            None => wrong_type(item, &format!("`{name}` is a text"), diagnostics),
        },
        Shape::Name => match item.text() {
            Some(text) if is_identifier(text) => {}
            Some(_) => diagnostics.push(
                Diagnostic::error(codes::DIALECT_NAME, format!("`{name}` is not an identifier"))
                    .at(item.place())
                    .help(
                        "use letters, digits, `_`, `-` and `.`, beginning with a letter, at most 64 of them",
                    ),
            ),
            None => wrong_type(item, &format!("`{name}` is a text"), diagnostics),
        },
        Shape::Boolean => {
            if item.boolean().is_none() {
                wrong_type(item, &format!("`{name}` is true or false"), diagnostics);
            }
        }
        Shape::False => {
            if item.boolean() != Some(false) {
                diagnostics.push(
                    Diagnostic::error(codes::DIALECT_TYPE, format!("`{name}` can only be false"))
                        .at(item.place()),
                );
            }
        }
        Shape::Number => {
            if item.decimal().is_none() {
                wrong_type(item, &format!("`{name}` is a number"), diagnostics);
            }
        }
        Shape::Whole => {
            if item.whole().is_none() {
                wrong_type(item, &format!("`{name}` is a whole number from 0"), diagnostics);
            }
        }
        Shape::Scalar => {
            let list = matches!(item.view(), View::Array) && item.items().all(|item| item.text().is_some());
            if item.text().is_none() && item.boolean().is_none() && item.decimal().is_none() && !list {
                wrong_type(item, &format!("`{name}` is a text, a number or a boolean"), diagnostics);
            }
        }
        Shape::Scalars => each(item, name, diagnostics, |item, name, diagnostics| {
            if item.text().is_none() && item.decimal().is_none() {
                wrong_type(item, &format!("`{name}` lists texts or whole numbers"), diagnostics);
            }
        }),
        Shape::Word(words) => check_word(item, name, words, diagnostics),
        Shape::Words(words) => {
            each(item, name, diagnostics, |item, name, diagnostics| {
                check_word(item, name, words, diagnostics)
            });
        }
        Shape::Texts => each(item, name, diagnostics, |item, name, diagnostics| {
            check(item, name, Shape::Text, diagnostics);
        }),
        Shape::Object(table) => check_object(item, table, diagnostics),
        Shape::Map(shape) => {
            if !item.is_object() {
                return wrong_type(item, &format!("`{name}` is an object"), diagnostics);
            }
            for (name, value) in item.entries() {
                check(value, &shown(name), *shape, diagnostics);
            }
        }
        Shape::List(shape) => {
            each(item, name, diagnostics, |item, name, diagnostics| check(item, name, *shape, diagnostics));
        }
        Shape::Choices => {
            each(item, name, diagnostics, |item, _, diagnostics| check_object(item, &CHOICE, diagnostics));
        }
        Shape::Section => {
            let table = if item.get("$ref").is_some() { &SECTION_REFERENCE } else { &SECTION };
            check_object(item, table, diagnostics);
        }
        Shape::ScoreItem => {
            if item.is_object() {
                let table = if item.get("when").is_some() { &SCORE_CONDITION } else { &SCORE_QUESTION };
                check_object(item, table, diagnostics);
            } else {
                check(item, name, Shape::Text, diagnostics);
            }
        }
        Shape::Entry => check_entry(item, diagnostics),
    }
}

fn each(
    item: Item<'_>,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
    mut check: impl FnMut(Item<'_>, &str, &mut Vec<Diagnostic>),
) {
    if !matches!(item.view(), View::Array) {
        return wrong_type(item, &format!("`{name}` is a list"), diagnostics);
    }
    for element in item.items() {
        check(element, name, diagnostics);
    }
}

fn check_word(item: Item<'_>, name: &str, words: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    let Some(text) = item.text() else {
        return wrong_type(item, &format!("`{name}` is a text"), diagnostics);
    };
    if words.contains(&text) {
        return;
    }
    let message = format!("`{name}` cannot be `{}`", shown(text));
    let diagnostic = match did_you_mean(text, words.iter().copied()) {
        Some(meant) => Diagnostic::error(codes::DIALECT_WORD, format!("{message}: did you mean `{meant}`?")),
        None => Diagnostic::error(codes::DIALECT_WORD, message),
    };
    diagnostics.push(diagnostic.at(item.place()).help(format!("it is one of: {}", words.join(", "))));
}

fn check_entry(item: Item<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !item.is_object() {
        return wrong_type(item, "an entry of a list is an object", diagnostics);
    }
    for name in ["code", "title"] {
        match item.get(name) {
            Some(value) => check(value, name, Shape::Text, diagnostics),
            None => diagnostics.push(
                Diagnostic::error(codes::DIALECT_MISSING, format!("an entry of a list needs `{name}`"))
                    .at(item.place())
                    .help(format!("add `\"{name}\": …` here")),
            ),
        }
    }
    for (name, value) in item.entries() {
        if value.text().is_none() && value.decimal().is_none() && value.boolean().is_none() {
            wrong_type(
                value,
                &format!("the column `{}` is a text, a number or a boolean", shown(name)),
                diagnostics,
            );
        }
    }
}

/// Whether a text can be an id: it ends up in addresses, file names and other systems' columns.
pub(super) fn is_identifier(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

use std::sync::Arc;

use crate::expression::FieldId;

/// Which of a plan's languages: an index into [`super::Plan::languages`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageId(pub u16);

/// A text in every language of the plan.
///
/// Where a translation is missing the document's own language stands in, so that a question is never blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localised {
    pub(crate) templates: Vec<Option<Template>>,
}

impl Localised {
    /// The same text whatever the language, without placeholders.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { templates: vec![Some(Template::plain(text))] }
    }

    /// The text in a language, or else in the document's.
    #[must_use]
    pub fn template(&self, language: LanguageId) -> &Template {
        const EMPTY: &Template = &Template { pieces: Vec::new() };
        self.templates
            .get(usize::from(language.0))
            .and_then(Option::as_ref)
            .or_else(|| self.templates.first().and_then(Option::as_ref))
            .unwrap_or(EMPTY)
    }

    /// The fields that its placeholders show, in any language.
    pub(crate) fn fields(&self) -> impl Iterator<Item = FieldId> + '_ {
        let pieces = self.templates.iter().flatten().flat_map(|template| &template.pieces);
        pieces.filter_map(|piece| match piece {
            Piece::Field { field, .. } => Some(*field),
            Piece::Text(_) => None,
        })
    }

    /// The text in a language without its placeholders filled: for what has none, such as a choice's label.
    #[must_use]
    pub fn text(&self, language: LanguageId) -> Arc<str> {
        self.template(language).unfilled()
    }
}

/// A text with places to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// In order.
    pub pieces: Vec<Piece>,
}

/// A part of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text(Arc<str>),
    /// The value of a field in the same row or outwards.
    Field {
        /// Which field.
        field: FieldId,
        /// How it is written in the text, for where nothing is known.
        name: Arc<str>,
    },
}

impl Template {
    /// A text without placeholders.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { pieces: vec![Piece::Text(text.into())] }
    }

    /// The text with a placeholder shown as an ellipsis.
    #[must_use]
    pub fn unfilled(&self) -> Arc<str> {
        if let [Piece::Text(text)] = self.pieces.as_slice() {
            return Arc::clone(text);
        }
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => &**text,
                Piece::Field { .. } => "…",
            })
            .collect::<String>()
            .into()
    }
}

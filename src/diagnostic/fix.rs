//! Changes that put right what is wrong.

use super::{SourceId, Span};

/// A change of a file that puts something right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words that begin small.
    pub title: String,
    /// The changes, all or none of them.
    pub edits: Vec<Edit>,
    /// Whether it changes nothing of what the questionnaire asks and computes. One that does is for the author to
    /// decide on.
    pub safe: bool,
}

/// A part of a file to be replaced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Which file.
    pub source: SourceId,
    /// Which bytes of it.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Fix {
    /// One replacement that changes nothing of what the questionnaire means.
    #[must_use]
    pub fn safe(title: impl Into<String>, edit: Edit) -> Self {
        Self { title: title.into(), edits: vec![edit], safe: true }
    }

    /// One replacement that is probably what was meant.
    #[must_use]
    pub fn suggestion(title: impl Into<String>, edit: Edit) -> Self {
        Self { title: title.into(), edits: vec![edit], safe: false }
    }
}

/// The text of a file after edits of it; none if they overlap or do not fit the text.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    edits.dedup();
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (usize::try_from(edit.span.start).ok()?, usize::try_from(edit.span.end).ok()?);
        if start < at || end < start {
            return None;
        }
        result.push_str(text.get(at..start)?);
        text.get(start..end)?;
        result.push_str(&edit.text);
        at = end;
    }
    result.push_str(text.get(at..)?);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { source: SourceId(0), span: Span::new(start, end), text: text.to_owned() }
    }

    #[test]
    fn edits_apply_together_or_not_at_all() {
        assert_eq!(apply("age > 18", &[edit(6, 8, "60"), edit(4, 5, ">=")]).as_deref(), Some("age >= 60"));
        assert_eq!(apply("age", &[edit(0, 2, ""), edit(1, 3, "")]), None, "overlap");
        assert_eq!(apply("年龄", &[edit(1, 3, "")]), None, "half a character");
        assert_eq!(apply("age", &[edit(2, 9, "")]), None, "beyond the end");
    }
}

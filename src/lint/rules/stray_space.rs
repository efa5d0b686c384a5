use crate::diagnostic::{Fix, Span};
use crate::json::edit;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::texts::texts;

rule! {
    /// Finds blanks at the beginning or the end of a text, and several in a row.
    ///
    /// # Why
    /// They come from copying. They are seen on paper and in exports, and two texts that look the same are not.
    ///
    /// # Example
    /// ```json
    /// "title": "Do you  live alone? "
    /// ```
    ///
    /// # Instead
    /// ```json
    /// "title": "Do you live alone?"
    /// ```
    LINT_STRAY_SPACE, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for text in texts(form) {
        for (_, item) in text.all(form) {
            let written = item.text().unwrap_or_default();
            let Some(span) = stray(written) else { continue };
            let mut edits: Vec<_> = Vec::new();
            for (span, by) in strays(written) {
                edits.push(edit::replace_part(item, span, by));
            }
            let fix = Fix { title: "remove them".to_owned(), edits, safe: true };
            let finding = findings
                .of("this text has blanks that nobody needs")
                .help("remove them: none at the ends, one between words")
                .at(item.text_place(span))
                .fix(fix);
            findings.add(finding, item, &[&[text.item], text.owners.as_slice()].concat());
        }
    }
}

/// The first stray blanks.
fn stray(text: &str) -> Option<Span> {
    strays(text).first().map(|(span, _)| *span)
}

/// Each run of stray blanks, with what belongs there. Line breaks are the author's.
fn strays(text: &str) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    let mut run: Option<usize> = None;
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for (at, character) in text.char_indices().chain([(text.len(), '\0')]) {
        if character == ' ' {
            run.get_or_insert(at);
            continue;
        }
        if let Some(start) = run.take() {
            let outside = start == 0 || at == text.len();
            if outside || at - start > 1 {
                found.push((Span::new(offset(start), offset(at)), if outside { "" } else { " " }));
            }
        }
    }
    found
}

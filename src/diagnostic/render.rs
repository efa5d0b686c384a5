use std::fmt::Write as _;

use super::{Diagnostic, Place, Sources};

impl Sources {
    /// A diagnostic as text: code and message, file, line and column, the line with a caret under the place, help.
    ///
    /// ```text
    /// error[expression.unknown-name]: there is no question named `aeg`: did you mean `age`?
    ///   --> questionnaire.json:12:25 (/allOf/0/properties/smokes/visibleIf)
    ///    |
    /// 12 |       "visibleIf": "aeg > 18"
    ///    |                     ^^^
    ///    = help: …
    /// ```
    #[must_use]
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}[{}]: {}",
            diagnostic.severity.word(),
            diagnostic.code.as_str(),
            diagnostic.message
        );
        if let Some(place) = &diagnostic.place {
            self.render_place(&mut out, place, "-->");
        }
        for (place, what) in &diagnostic.related {
            let _ = writeln!(out, "  note: {what}");
            self.render_place(&mut out, place, ":::");
        }
        let _ = writeln!(out, "  = help: {}", diagnostic.remedy());
        // A guess that the message has told already needs no second line.
        if let Some(fix) = diagnostic.fix.as_ref().filter(|_| !diagnostic.message.contains("did you mean")) {
            let how = if fix.safe { "--fix" } else { "--fix --suggestions" };
            let _ = writeln!(out, "  = fix: {} ({how})", fix.title);
        }
        out
    }

    fn render_place(&self, out: &mut String, place: &Place, arrow: &str) {
        const WIDEST: usize = 120;
        let (line, column) = self.line_column(place.source, place.span.start);
        let _ = write!(out, "  {arrow} {}:{line}:{column}", self.name(place.source));
        let _ = if place.pointer.is_empty() { writeln!(out) } else { writeln!(out, " ({})", place.pointer) };
        let Some(text) = self.line(place.source, line) else { return };
        // A minified file is one endless line: show a window around the place.
        let skipped = column.saturating_sub(1).saturating_sub(WIDEST / 2);
        let skipped = if text.chars().count() <= WIDEST { 0 } else { skipped };
        let window: String = text.chars().skip(skipped).take(WIDEST).map(visible).collect();
        let number = line.to_string();
        let pad = " ".repeat(number.len());
        let indent = " ".repeat(window.chars().take(column - 1 - skipped).map(width).sum());
        let room = window.chars().skip(column - 1 - skipped);
        let length = usize::try_from(place.span.end.saturating_sub(place.span.start)).unwrap_or(1);
        let start = usize::try_from(place.span.start).unwrap_or(usize::MAX);
        let marked = self
            .text(place.source)
            .get(start..start.saturating_add(length))
            .map_or(1, |marked| marked.lines().next().unwrap_or("").chars().count());
        let carets = "^".repeat(room.take(marked.max(1)).map(width).sum::<usize>().max(1));
        let _ = writeln!(out, " {pad} |\n {number} | {window}\n {pad} | {indent}{carets}");
    }
}

/// Control and bidirectional characters would garble a terminal, or make a line read as another.
fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
        character if character.is_control() => '\u{fffd}',
        character => character,
    }
}

/// Columns that a terminal gives a character: two for Chinese, so that carets stand under what they mean.
fn width(character: char) -> usize {
    match character {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' => 2,
        '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' => 2,
        '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

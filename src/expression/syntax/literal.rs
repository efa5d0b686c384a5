//! The values of literals.

use super::tree::Syntax;
use crate::diagnostic::{Span, codes};
use crate::expression::Problem;
use crate::value::{DateTime, Decimal, PartialDate, TimeOfDay};

/// The number that is written.
pub(super) fn number(written: &str, span: Span) -> Result<Decimal, Problem> {
    Decimal::from_str_exact(written).map_err(|_| {
        Problem::error(codes::EXPRESSION_LITERAL, span, "this number has more digits than can be kept")
            .help("28 digits are kept, before and after the point together")
    })
}

/// The date, time or moment that is written, without its `@`.
pub(super) fn date(written: &str, span: Span) -> Result<Syntax, Problem> {
    let read = match written.strip_prefix('T') {
        Some(time) => time.parse::<TimeOfDay>().map(Syntax::Time),
        None if written.contains('T') => written.parse::<DateTime>().map(Syntax::Moment),
        None => written.parse::<PartialDate>().map(Syntax::Date),
    };
    read.map_err(|()| {
        Problem::error(codes::EXPRESSION_LITERAL, span, "there is no such date or time")
            .help("write `@2026-11-23`, `@2026-11`, `@2026` or `@T14:30`")
    })
}

/// The text between the marks, its escapes resolved.
pub(super) fn text(inside: &str, span: Span) -> Result<String, Problem> {
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside.chars();
    let mut high = None;
    while let Some(character) = rest.next() {
        let unit = match character {
            '\\' => match rest.next() {
                Some('u') => Err(hexadecimal(&mut rest).ok_or_else(|| unknown_escape(span))?),
                Some('n') => Ok('\n'),
                Some('r') => Ok('\r'),
                Some('t') => Ok('\t'),
                Some('f') => Ok('\u{c}'),
                Some(same @ ('\'' | '"' | '`' | '\\' | '/')) => Ok(same),
                _ => return Err(unknown_escape(span)),
            },
            other => Ok(other),
        };
        // Characters beyond the first 65,536 are written as two units, of which neither means anything alone.
        match (high.take(), unit) {
            (None, Ok(character)) => text.push(character),
            (None, Err(unit @ 0xd800..=0xdbff)) => high = Some(unit),
            (None, Err(unit)) => text.push(char::from_u32(unit).ok_or_else(|| unknown_escape(span))?),
            (Some(high), Err(low @ 0xdc00..=0xdfff)) => {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                text.push(char::from_u32(code).ok_or_else(|| unknown_escape(span))?);
            }
            (Some(_), _) => return Err(unknown_escape(span)),
        }
    }
    match high {
        None => Ok(text),
        Some(_) => Err(unknown_escape(span)),
    }
}

fn hexadecimal(rest: &mut std::str::Chars<'_>) -> Option<u32> {
    let mut value = 0;
    for _ in 0..4 {
        value = value * 16 + rest.next()?.to_digit(16)?;
    }
    Some(value)
}

fn unknown_escape(span: Span) -> Problem {
    Problem::error(codes::EXPRESSION_LITERAL, span, "a backslash in this text begins nothing known")
        .help("write `\\\\` for a backslash, `\\'` for a quote, or `\\u0041` for a character by number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_half_a_pair_is_refused() {
        let read = |inside| text(inside, Span::default()).ok();
        assert_eq!(read(r"a\'b\\\u0041\n").as_deref(), Some("a'b\\A\n"));
        assert_eq!(read(r"\uD83D\uDE00").as_deref(), Some("😀"));
        for bad in [r"\x", r"\u12", r"\uD83D", r"\uD83Dx", r"\uDE00", "\\"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_number_keeps_every_digit_or_is_refused() {
        assert!(number("0.1234567890123456789012345678", Span::default()).is_ok());
        assert!(number("0.12345678901234567890123456789", Span::default()).is_err());
        assert!(number("100000000000000000000000000000000", Span::default()).is_err());
    }
}

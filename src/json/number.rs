//! Numbers: read strictly, and made good where it is plain what was meant.

use super::document::{Kind, NodeId};
use super::reader::Reader;
use crate::diagnostic::codes;

impl Reader<'_> {
    /// A number that begins here.
    #[inline(never)]
    pub(super) fn number(&mut self) -> NodeId {
        let start = self.at;
        if let Some(digits) = self.short_whole() {
            self.at += digits.len();
            let raw = self.keep(digits);
            return self.add(Kind::Number(raw), start);
        }
        let in_number =
            |character: char| character.is_alphanumeric() || matches!(character, '+' | '-' | '.' | '_');
        let rest = self.rest();
        let length = rest.find(|character| !in_number(character)).unwrap_or(rest.len());
        let written = self.text.get(start..start + length).unwrap_or("");
        self.at += length;
        if is_number(written) {
            // Only a long number or one with an exponent can be too large.
            let perhaps = written.len() > 300 || written.contains(['e', 'E']);
            if perhaps && written.parse::<f64>().is_ok_and(f64::is_infinite) {
                let help = "numbers go up to about 1.8e308";
                self.fault(codes::JSON_NUMBER, self.span_from(start), "the number is too large", Some(help));
            }
            let raw = self.keep(written);
            return self.add(Kind::Number(raw), start);
        }
        let help = match written {
            _ if written.starts_with('+') => "leave out the plus sign",
            _ if written.starts_with(['.']) || written.starts_with("-.") => "write a 0 before the point",
            _ if written.ends_with('.') => "write a digit after the point, or leave the point out",
            _ if written.trim_start_matches('-').starts_with('0') => {
                "leave out leading zeros; a code that begins with 0 is a text in quotes"
            }
            _ if written.contains('_') => "leave out the separators",
            _ => "numbers are written like 12, -0.5 or 1e3; a date or a code is a text in quotes",
        };
        self.fault(
            codes::JSON_NUMBER,
            self.span_from(start),
            "JSON does not write numbers like this",
            Some(help),
        );
        let meant = meant(written);
        let raw = self.keep(&meant);
        self.add(Kind::Number(raw), start)
    }
}

impl<'t> Reader<'t> {
    /// The whole number without a sign that stands here and ends before a mark, as nearly all do.
    fn short_whole(&self) -> Option<&'t str> {
        let rest = self.text.get(self.at..)?;
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        let ended = matches!(rest.as_bytes().get(count), Some(b',' | b'}' | b']'));
        let led = count > 1 && rest.starts_with('0');
        rest.get(..count).filter(|digits| ended && !led && (1..=15).contains(&digits.len()))
    }
}

/// Whether a word is a number of RFC 8259.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// The number that was probably meant; 0 where nothing is plain.
fn meant(written: &str) -> String {
    let plain: String =
        written.trim_start_matches('+').chars().filter(|&character| character != '_').collect();
    let (sign, rest) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let trimmed = rest.trim_start_matches('0').trim_end_matches('.');
    let zero = if trimmed.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
    let meant = format!("{sign}{zero}{trimmed}");
    if is_number(&meant) { meant } else { "0".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_standard_writes_is_a_number() {
        for good in ["0", "-0", "10", "1.5", "1e3", "1E+3", "0.0e-0"] {
            assert!(is_number(good), "{good}");
        }
        for bad in
            ["", "-", "01", "-01", "1.", ".1", "1e", "1e+", "+1", "1_0", "0x1", "1.2.3", "NaN", "1a", "１"]
        {
            assert!(!is_number(bad), "{bad}");
        }
    }

    #[test]
    fn a_slip_is_made_good() {
        for (written, wanted) in
            [("+1", "1"), ("007", "7"), ("00", "0"), (".5", "0.5"), ("-.5", "-0.5"), ("2.", "2")]
        {
            assert_eq!(meant(written), wanted);
        }
        assert_eq!(meant("1_000"), "1000");
        assert_eq!(meant("2026-11-23"), "0");
    }
}

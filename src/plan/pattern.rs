use std::fmt;

/// The most bytes that a compiled pattern may take.
const LARGEST: usize = 1 << 16;

/// What ECMA 262 calls white space, as ranges of a character class.
const BLANK: &str = "\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

/// Everything else: a class inside of a class is more than the engine takes.
const NOT_BLANK: &str = "\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\
    \\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}";

/// A regular expression of JSON Schema, which are those of ECMA 262, that takes time in proportion to the text.
///
/// The page's engine knows ASCII blanks only, so that `\s` and `\S` are written out for it; then it gives the verdict
/// that any other validator gives.
#[derive(Clone)]
pub struct Pattern {
    source: Box<str>,
    regex: regex_lite::Regex,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Why it cannot be used: it is no regular expression, is too large, or holds what engines disagree about.
    pub fn new(source: &str) -> Result<Self, String> {
        let written_out = write_out(source)?;
        let regex = regex_lite::RegexBuilder::new(&written_out).size_limit(LARGEST).build();
        Ok(Self { source: source.into(), regex: regex.map_err(|why| why.to_string())? })
    }

    /// Whether some part of a text matches, or all of it where the pattern is anchored.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// As the author wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.source
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}

fn write_out(source: &str) -> Result<String, String> {
    let mut out = String::with_capacity(source.len());
    let mut in_class = false;
    let mut characters = source.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('s') if in_class => out.push_str(BLANK),
                Some('S') if in_class => out.push_str(NOT_BLANK),
                Some('s') => out.extend(["[", BLANK, "]"]),
                Some('S') => out.extend(["[^", BLANK, "]"]),
                Some('b' | 'B') => {
                    return Err("engines disagree about what `\\b` means beyond English".to_owned());
                }
                other => {
                    out.push('\\');
                    out.extend(other);
                }
            },
            '(' if !in_class && characters.peek() == Some(&'?') => {
                out.push('(');
                out.extend(characters.next());
                if !matches!(characters.peek(), Some(':' | '<')) {
                    return Err("after `(?` only `:` and `<` have a meaning everywhere".to_owned());
                }
            }
            character => {
                match character {
                    '[' => in_class = true,
                    ']' => in_class = false,
                    _ => {}
                }
                out.push(character);
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Pattern;

    #[test]
    fn blanks_are_those_of_every_script() {
        let matches = |pattern: &str, text: &str| Pattern::new(pattern).unwrap().is_match(text);
        assert!(matches("^\\s$", "\u{3000}") && matches("^[\\sa]$", "\u{3000}") && matches("^\\s$", "\u{b}"));
        assert!(
            !matches("^\\S$", "\u{3000}") && !matches("^[^\\s]$", "\u{3000}") && !matches("^[\\S]$", " ")
        );
        assert!(matches("^\\S$", "不") && matches("^[\\S]$", "😀") && matches("^[a\\S]$", "\u{feff0}"));
        assert_eq!(Pattern::new("\\s+").unwrap().as_str(), "\\s+");
    }

    #[test]
    fn what_engines_disagree_about_is_refused() {
        for pattern in ["\\bword\\b", "(?i)yes", "(?=a)", "(a", "a{1,100000}", "\\p{Han}", "(a)\\1"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
        assert!(Pattern::new("^(?:a|b)[(?]$").is_ok());
    }
}

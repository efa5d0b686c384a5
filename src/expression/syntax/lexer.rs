use super::foreign::SIGNS;
use super::token::{Token, TokenKind};
use crate::diagnostic::{Span, codes};
use crate::expression::{Problem, limits};

/// Cuts an expression into tokens; the last one is always [`TokenKind::End`].
pub(super) fn tokens(text: &str, problems: &mut Vec<Problem>) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::with_capacity(text.len() / 3 + 1), problems };
    while lexer.problems.len() < limits::PROBLEMS && lexer.next() {}
    lexer.push(TokenKind::End, lexer.at);
    lexer.tokens
}

/// The characters a bare name can begin with. FHIRPath has only the ASCII ones; the canonical text quotes the rest.
pub(super) fn begins_name(character: char) -> bool {
    character == '_' || character.is_alphabetic()
}

pub(super) fn continues_name(character: char) -> bool {
    begins_name(character) || character.is_ascii_digit()
}

struct Lexer<'t, 'p> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    problems: &'p mut Vec<Problem>,
}

impl<'t> Lexer<'t, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn span(&self, start: usize) -> Span {
        // The text is shorter than 16 kB, so this cannot fail.
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(offset(start), offset(self.at))
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        let span = self.span(start);
        self.tokens.push(Token { kind, span });
    }

    fn take_while(&mut self, mut wanted: impl FnMut(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|character| !wanted(character)).unwrap_or(rest.len());
    }

    /// Reads one token; false at the end of the text.
    fn next(&mut self) -> bool {
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return false };
        if first.is_whitespace() {
            self.take_while(char::is_whitespace);
        } else if self.rest().starts_with("//") {
            self.take_while(|character| character != '\n');
        } else if self.rest().starts_with("/*") {
            self.comment(start);
        } else if begins_name(first) {
            self.take_while(continues_name);
            self.push(TokenKind::Word, start);
        } else if first.is_ascii_digit() {
            self.number(start);
        } else {
            match first {
                '\'' => self.quoted(start, first, first, TokenKind::Text),
                '`' => self.quoted(start, first, first, TokenKind::Quoted),
                '"' | '\u{201c}' | '\u{2018}' => self.wrong_quotes(start, first),
                '@' => self.date(start),
                '$' | '%' if self.rest().chars().nth(1).is_some_and(begins_name) => {
                    self.at += 1;
                    self.take_while(continues_name);
                    let kind = if first == '$' { TokenKind::Special } else { TokenKind::Variable };
                    self.push(kind, start);
                }
                '.' if self.begins_fraction() => self.fraction(start),
                _ => self.sign(start, first),
            }
        }
        true
    }

    fn comment(&mut self, start: usize) {
        match self.rest().find("*/") {
            Some(end) => self.at += end + 2,
            None => {
                self.at = self.text.len();
                self.report(start, codes::EXPRESSION_SYNTAX, "this comment has no end: write `*/`");
            }
        }
    }

    fn number(&mut self, start: usize) {
        self.take_while(|character| character.is_ascii_digit());
        let mut after = self.rest().chars();
        if after.next() == Some('.') && after.next().is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
            self.take_while(|character| character.is_ascii_digit());
        }
        if self.rest().chars().next().is_some_and(begins_name) {
            self.take_while(continues_name);
            let problem = Problem::error(
                codes::EXPRESSION_LITERAL,
                self.span(start),
                "this is neither a number nor a name",
            );
            self.problems.push(
                problem.help(
                    "numbers are written in digits, as in `100000` or `0.5`; names begin with a letter",
                ),
            );
        }
        self.push(TokenKind::Number, start);
    }

    /// Whether a point begins a number (`.5`) and not a member (`a.b`).
    fn begins_fraction(&self) -> bool {
        let after_value = self.tokens.last().is_some_and(|token| {
            use TokenKind::{
                Close, CloseBrace, CloseIndex, Date, Number, Quoted, Special, Text, Variable, Word,
            };
            matches!(
                token.kind,
                Close | CloseBrace | CloseIndex | Date | Number | Quoted | Special | Text | Variable | Word
            )
        });
        !after_value && self.rest().chars().nth(1).is_some_and(|next| next.is_ascii_digit())
    }

    fn fraction(&mut self, start: usize) {
        self.at += 1;
        self.take_while(|character| character.is_ascii_digit());
        let written = self.text.get(start..self.at).unwrap_or("");
        let message = ["a number begins with a digit: write `0", written, "`"].concat();
        self.report(start, codes::EXPRESSION_LITERAL, message);
        self.push(TokenKind::Number, start);
    }

    /// Text or a name up to its closing mark; a backslash takes the next character with it.
    fn quoted(&mut self, start: usize, opening: char, closing: char, kind: TokenKind) {
        self.at += opening.len_utf8();
        let mut escaped = false;
        let mut closed = false;
        self.take_while(|character| {
            if closed {
                return false;
            }
            closed = character == closing && !escaped;
            escaped = character == '\\' && !escaped;
            true
        });
        if !closed {
            let mark = closing.to_string();
            self.report(start, codes::EXPRESSION_SYNTAX, ["this has no closing `", &mark, "`"].concat());
        }
        self.push(kind, start);
    }

    fn wrong_quotes(&mut self, start: usize, opening: char) {
        let closing = match opening {
            '\u{201c}' => '\u{201d}',
            '\u{2018}' => '\u{2019}',
            other => other,
        };
        let reported = self.problems.len();
        self.quoted(start, opening, closing, TokenKind::Text);
        if self.problems.len() == reported {
            self.report(
                start,
                codes::EXPRESSION_LITERAL,
                "text stands in straight single quotes, as in 'yes'",
            );
        }
    }

    fn date(&mut self, start: usize) {
        self.at += 1;
        let mut clock = false;
        let mut rest = self.rest().chars().peekable();
        let mut length = 0;
        while let Some(character) = rest.next() {
            let digit_next = rest.peek().is_some_and(|next| next.is_ascii_digit());
            let belongs = match character {
                '0'..='9' => true,
                '-' | ':' => digit_next,
                'T' => true,
                '+' | '.' => clock && digit_next,
                'Z' => clock,
                _ => false,
            };
            if !belongs {
                break;
            }
            clock |= character == 'T';
            length += 1;
        }
        self.at += length;
        self.push(TokenKind::Date, start);
    }

    fn sign(&mut self, start: usize, first: char) {
        let rest = self.rest();
        let Some(&(sign, kind, meant)) = SIGNS.iter().find(|(sign, ..)| rest.starts_with(sign)) else {
            self.at += first.len_utf8();
            let shown =
                if first.is_control() { first.escape_default().to_string() } else { first.to_string() };
            self.report(start, codes::EXPRESSION_SYNTAX, ["`", &shown, "` has no meaning here"].concat());
            self.push(TokenKind::Foreign, start);
            return;
        };
        self.at += sign.len();
        if let Some(meant) = meant {
            let message = ["`", sign, "` is not an operator: did you mean `", meant, "`?"].concat();
            self.report(start, codes::EXPRESSION_OPERATOR, message);
        }
        self.push(kind, start);
    }

    fn report(&mut self, start: usize, code: crate::diagnostic::Code, message: impl Into<String>) {
        self.problems.push(Problem::error(code, self.span(start), message));
    }
}

//! What stands between operators: literals, names, calls, brackets.

use super::foreign::CONSTANTS;
use super::parser::Parser;
use super::token::{Token, TokenKind};
use super::tree::{NodeId, Syntax, TextId, Unit};
use super::{Operator, lexer, literal};
use crate::diagnostic::{Span, codes};
use crate::expression::Problem;

impl Parser<'_> {
    /// Reads a value with the members, calls and indexes that hang on it.
    pub(super) fn parse_value(&mut self) -> NodeId {
        let mut value = self.parse_operand();
        loop {
            let start = self.extent_of(value);
            if self.take(TokenKind::Dot).is_some() {
                let Some((name, token)) = self.expect_name("after the point") else { return value };
                value = if token.kind == TokenKind::Word && self.peek().kind == TokenKind::Open {
                    self.parse_call(Some(value), name, start)
                } else {
                    self.add(Syntax::Member(value, name), start.to(token.span), &[value])
                };
            } else if let Some(open) = self.take(TokenKind::OpenIndex) {
                let index = self.nested(|parser| parser.expression(0));
                let close = self.expect_close(TokenKind::CloseIndex, open.span, "this `[` has no `]`");
                value = self.add(Syntax::At(value, index), start.to(close), &[value, index]);
            } else {
                return value;
            }
        }
    }

    fn parse_operand(&mut self) -> NodeId {
        let token = self.peek();
        let span = token.span;
        match token.kind {
            TokenKind::Word => self.parse_word(token),
            TokenKind::Quoted => match self.expect_name("here") {
                Some((name, _)) => self.add(Syntax::Name(name), span, &[]),
                None => self.wrong(span),
            },
            TokenKind::Number => self.parse_number(token),
            TokenKind::Text => {
                self.advance();
                match literal::text(unquoted(self.written(span)), span) {
                    Ok(text) => {
                        let text = self.intern(&text);
                        self.add(Syntax::Text(text), span, &[])
                    }
                    Err(problem) => self.reported(problem, span),
                }
            }
            TokenKind::Date => {
                self.advance();
                match literal::date(self.written(span).trim_start_matches('@'), span) {
                    Ok(syntax) => self.add(syntax, span, &[]),
                    Err(problem) => self.reported(problem, span),
                }
            }
            TokenKind::Variable => self.parse_variable(token),
            TokenKind::Special => self.parse_special(token),
            TokenKind::Open => {
                self.advance();
                let inner = self.nested(|parser| parser.expression(0));
                let close = self.expect_close(TokenKind::Close, span, "this `(` has no `)`");
                self.bracket(inner, span.to(close));
                inner
            }
            TokenKind::OpenBrace => {
                self.advance();
                let close = self.expect_close(
                    TokenKind::CloseBrace,
                    span,
                    "`{` stands only in `{}`, which is nothing",
                );
                self.add(Syntax::Empty, span.to(close), &[])
            }
            TokenKind::Foreign => {
                self.end_at(span);
                self.wrong(span)
            }
            TokenKind::End => {
                self.syntax_error(span, "the expression ends where a value is needed");
                self.wrong(span)
            }
            _ => {
                let message = ["a value is needed before `", self.written(span), "`"].concat();
                self.syntax_error(span, message);
                self.wrong(span)
            }
        }
    }

    fn parse_word(&mut self, token: Token) -> NodeId {
        let word = self.written(token.span);
        self.advance();
        let calls = self.peek().kind == TokenKind::Open;
        if word == "not" {
            return self.parse_not(token, calls);
        }
        if calls && !matches!(word, "and" | "or" | "xor" | "implies" | "div" | "mod") {
            let name = self.intern(word);
            return self.parse_call(None, name, token.span);
        }
        let syntax = match word {
            "true" => Syntax::Boolean(true),
            "false" => Syntax::Boolean(false),
            _ if Operator::WORDS.iter().any(|operator| operator.symbol() == word) => {
                let message = ["a value is needed before `", word, "`"].concat();
                self.syntax_error(token.span, message);
                Syntax::Wrong
            }
            _ => Syntax::Name(self.intern(word)),
        };
        self.add(syntax, token.span, &[])
    }

    /// `not(…)`: FHIRPath writes it behind, `(…).not()`, as the canonical text does.
    fn parse_not(&mut self, token: Token, calls: bool) -> NodeId {
        if !calls {
            // Without brackets, `not a = b` means one thing in SQL and another in C.
            let problem = Problem::error(codes::EXPRESSION_SYNTAX, token.span, "`not` needs brackets");
            self.end_with(problem.help("write `not(…)` or `(…).not()`"));
            return self.wrong(token.span);
        }
        let open = self.advance();
        let inner = self.nested(|parser| parser.expression(0));
        let close = self.expect_close(TokenKind::Close, open.span, "this `(` has no `)`");
        self.add(Syntax::Not(inner), token.span.to(close), &[inner])
    }

    fn parse_number(&mut self, token: Token) -> NodeId {
        self.advance();
        let written = self.written(token.span);
        if written.contains(lexer::begins_name) {
            // `18x` was reported when it was cut off.
            return self.wrong(token.span);
        }
        let number = match literal::number(written, token.span) {
            Ok(number) => number,
            Err(problem) => return self.reported(problem, token.span),
        };
        let next = self.peek();
        let unit = match next.kind {
            TokenKind::Word => Unit::of(self.written(next.span)),
            TokenKind::Text => {
                let unit = Unit::of(unquoted(self.written(next.span)));
                if let Some(unit) = unit {
                    let message =
                        ["a unit of the calendar stands without quotes: write `", unit.word(), "s`"];
                    self.report(Problem::error(codes::EXPRESSION_LITERAL, next.span, message.concat()));
                }
                unit
            }
            _ => None,
        };
        let Some(unit) = unit else { return self.add(Syntax::Number(number), token.span, &[]) };
        self.advance();
        let span = token.span.to(next.span);
        match i32::try_from(number) {
            Ok(count) if number.is_integer() => self.add(Syntax::Quantity(count, unit), span, &[]),
            _ => {
                let message = "units of the calendar are counted in whole numbers";
                self.reported(Problem::error(codes::EXPRESSION_LITERAL, span, message), span)
            }
        }
    }

    fn parse_variable(&mut self, token: Token) -> NodeId {
        self.advance();
        let variable = self.written(token.span);
        if !matches!(variable, "%form" | "%choice") {
            let message = ["there is no `", variable, "`: only `%form.…` and `%choice.…`"].concat();
            self.end_with(Problem::error(codes::EXPRESSION_UNKNOWN_NAME, token.span, message));
            return self.wrong(token.span);
        }
        if self.take(TokenKind::Dot).is_none() {
            let message = ["write `", variable, ".` and a name"].concat();
            self.syntax_error(token.span, message);
            return self.wrong(token.span);
        }
        let Some((name, last)) = self.expect_name("after the point") else { return self.wrong(token.span) };
        let syntax = if variable == "%form" { Syntax::FormName(name) } else { Syntax::ChoiceColumn(name) };
        self.add(syntax, token.span.to(last.span), &[])
    }

    fn parse_special(&mut self, token: Token) -> NodeId {
        self.advance();
        let syntax = match self.written(token.span) {
            "$this" => Syntax::This,
            "$index" => Syntax::Index,
            other => {
                let message = ["there is no `", other, "`: only `$this` and `$index`"].concat();
                self.report(Problem::error(codes::EXPRESSION_UNKNOWN_NAME, token.span, message));
                Syntax::Wrong
            }
        };
        self.add(syntax, token.span, &[])
    }

    fn parse_call(&mut self, receiver: Option<NodeId>, name: TextId, start: Span) -> NodeId {
        let open = self.advance();
        let mut arguments = Vec::new();
        if self.peek().kind != TokenKind::Close {
            loop {
                arguments.push(self.nested(|parser| parser.expression(0)));
                if self.take(TokenKind::Comma).is_none() {
                    break;
                }
            }
        }
        let close = self.expect_close(TokenKind::Close, open.span, "this `(` has no `)`");
        // `a.not()` is the one function that is an operator.
        if let (Some(inner), [], "not") = (receiver, arguments.as_slice(), self.tree.text(name)) {
            return self.add(Syntax::Not(inner), start.to(close), &[inner]);
        }
        let first = u16::try_from(self.tree.arguments.len()).unwrap_or(u16::MAX);
        let count = u16::try_from(arguments.len()).unwrap_or(u16::MAX);
        self.tree.arguments.extend(&arguments);
        arguments.extend(receiver);
        self.add(Syntax::Call { receiver, name, first, count }, start.to(close), &arguments)
    }

    fn expect_close(&mut self, kind: TokenKind, open: Span, message: &str) -> Span {
        match self.take(kind) {
            Some(close) => close.span,
            None => {
                let next = self.peek();
                let message = if next.kind == TokenKind::End || next.kind == TokenKind::Foreign {
                    message
                } else {
                    "there is no operator before this"
                };
                let span = if next.kind == TokenKind::End { open } else { next.span };
                self.syntax_error(span, message);
                next.span
            }
        }
    }

    /// A name, bare or in backticks.
    fn expect_name(&mut self, place: &str) -> Option<(TextId, Token)> {
        let token = self.peek();
        let written = self.written(token.span);
        let name = match token.kind {
            TokenKind::Word => written.to_owned(),
            TokenKind::Quoted => match literal::text(unquoted(written), token.span) {
                Ok(name) => name,
                Err(problem) => {
                    self.end_with(problem);
                    return None;
                }
            },
            _ => {
                self.syntax_error(token.span, ["a name is needed ", place].concat());
                return None;
            }
        };
        self.advance();
        Some((self.intern(&name), token))
    }

    pub(super) fn wrong(&mut self, span: Span) -> NodeId {
        self.add(Syntax::Wrong, span, &[])
    }

    fn reported(&mut self, problem: Problem, span: Span) -> NodeId {
        self.report(problem);
        self.wrong(span)
    }
}

/// What a name that no question has means in other languages.
pub(in crate::expression) fn foreign_constant(name: &str) -> Option<&'static str> {
    CONSTANTS.iter().find(|(known, _)| *known == name).map(|(_, meant)| *meant)
}

/// A quoted token without its marks; the closing one can be missing.
fn unquoted(written: &str) -> &str {
    let mut rest = written.chars();
    let opening = rest.next();
    let inside = rest.as_str();
    let closing = match opening {
        Some('\u{201c}') => '\u{201d}',
        Some('\u{2018}') => '\u{2019}',
        other => other.unwrap_or('\''),
    };
    inside.strip_suffix(closing).unwrap_or(inside)
}

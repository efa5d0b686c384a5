//! Regular expressions. They are literals, compiled with the expression, and run in time linear in the text.

use super::{Form, Function, Want};
use crate::diagnostic::codes;
use crate::expression::check::{CallSite, Checked, Checker, Frame};
use crate::expression::program::Op;
use crate::expression::syntax::Syntax;
use crate::expression::{Kind, Problem, Type, limits};
use regex_lite::{Regex, RegexBuilder};

pub(super) const MATCHES: Function = Function {
    name: "matches",
    signature: "a.matches('pattern')",
    summary: "Whether a part of the text matches a regular expression.",
    standard: true,
    examples: &[("'abc'.matches('b')", "true"), ("'abc'.matches('^b')", "false")],
    form: Form::Special(|checker, call, frame| matches(checker, call, frame, false)),
};

pub(super) const MATCHES_FULL: Function = Function {
    name: "matchesFull",
    signature: "a.matchesFull('pattern')",
    summary: "Whether the whole text matches a regular expression.",
    standard: true,
    examples: &[
        ("'13812345678'.matchesFull('1[3-9][0-9]{9}')", "true"),
        ("'abc'.matchesFull('a|abc')", "true"),
        ("'abc'.matchesFull('b')", "false"),
    ],
    form: Form::Special(|checker, call, frame| matches(checker, call, frame, true)),
};

fn matches(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>, full: bool) -> Checked {
    if !checker.takes(call, 1, 1) {
        return Checked::wrong();
    }
    let (Some(receiver), Some(argument)) = (checker.receiver(call), call.argument(0)) else {
        return Checked::wrong();
    };
    let text = checker.wanted(call, receiver, Want::Text, frame);
    let Syntax::Text(pattern) = checker.tree.node(argument).syntax else {
        return checker.not_a_literal(argument, "a regular expression has to be a text in single quotes");
    };
    let pattern = match compiled(checker.tree.text(pattern), full) {
        Ok(pattern) => checker.code.pattern(pattern),
        Err(fault) => {
            let message = ["this regular expression cannot be used: ", &fault].concat();
            checker.report(Problem::error(codes::EXPRESSION_PATTERN, checker.span(argument), message));
            return Checked::wrong();
        }
    };
    if text.is_wrong() {
        return text;
    }
    // Held against a text of some length, a pattern takes far more than one step.
    let cost = text.cost.saturating_add(100);
    checker.built(Op::Matches(text.op, pattern), Type { kind: Kind::Boolean, many: false }, cost)
}

fn compiled(pattern: &str, full: bool) -> Result<Regex, String> {
    if pattern.len() > limits::PATTERN {
        return Err("it is longer than 512 bytes".to_owned());
    }
    let build = |pattern: &str| {
        RegexBuilder::new(pattern)
            .size_limit(limits::PATTERN_SIZE)
            .nest_limit(20)
            // As FHIRPath has it: a point is any character, the end of a line too.
            .dot_matches_new_line(true)
            .build()
            .map_err(|fault| fault.to_string())
    };
    // Alone first: what is no pattern by itself must not become one between the anchors.
    let regex = build(pattern)?;
    if full { build(&[r"\A(?:", pattern, r")\z"].concat()) } else { Ok(regex) }
}

use super::allow::Allowances;
use super::rule::Rule;
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::json::Item;

/// As many findings of one rule as are told.
const MOST: usize = 500;

/// What the rules find.
pub(super) struct Findings<'a> {
    rule: &'static Rule,
    pub(super) allowances: Allowances<'a>,
    count: usize,
    found: Vec<Diagnostic>,
}

/// A finding while it is put together; it is filed when it is dropped into [`Findings::add`].
pub(super) struct Finding {
    diagnostic: Diagnostic,
}

impl<'a> Findings<'a> {
    pub(super) fn new(rule: &'static Rule, allowances: Allowances<'a>) -> Self {
        Self { rule, allowances, count: 0, found: Vec::new() }
    }

    /// What is found from now on is found by this rule.
    pub(super) fn begin(&mut self, rule: &'static Rule) {
        self.rule = rule;
        self.count = 0;
    }

    /// A finding of the current rule.
    pub(super) fn of(&self, message: impl Into<String>) -> Finding {
        Finding { diagnostic: Diagnostic::new(self.rule.code, self.rule.severity, message) }
    }

    /// Files a finding that concerns what is written in `item`, unless it is allowed there or in one of `owners`.
    pub(super) fn add(&mut self, finding: Finding, item: Item<'_>, owners: &[Item<'_>]) {
        if self.rule.can_be_allowed && self.allowances.allow(self.rule.code, item, owners) {
            return;
        }
        self.count += 1;
        if self.count <= MOST {
            let mut diagnostic = finding.diagnostic;
            diagnostic.place.get_or_insert_with(|| item.place());
            self.found.push(diagnostic);
        }
    }

    /// What was found, in the order of the files.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|one, other| (&one.place, one.code).cmp(&(&other.place, other.code)));
        self.found
    }
}

impl Finding {
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.help(help);
        self
    }

    pub(super) fn at(mut self, place: Place) -> Self {
        self.diagnostic = self.diagnostic.at(place);
        self
    }

    pub(super) fn related(mut self, place: Place, what: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.related(place, what);
        self
    }

    pub(super) fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.diagnostic = self.diagnostic.fix(fix);
        self
    }
}

//! The rules, one a file. Each is a `rule!`: its doc comment is its page in `docs/lint.md`.
//!
//! To add one: register its code in `src/diagnostic/codes.rs`, write its file like its neighbours, list it here, add a
//! questionnaire with just this fault to `tests/lint/`, and write the reference anew.

mod band_beyond;
mod band_missing;
mod band_unreachable;
mod bands;
mod check_always_fails;
mod check_never_fails;
mod choice_never_offered;
mod constant_condition;
mod constant_part;
mod contradicts_parent;
mod copied_translation;
mod dead_read_only_if;
mod dead_required_if;
mod duplicate_label;
mod duplicate_question;
mod identifying;
mod later_question;
mod long_item;
mod negated_contains;
mod never_shown;
mod no_answer_fits;
mod pattern_backtracks;
mod placeholders_differ;
mod required_hidden;
mod required_read_only;
mod rule_always_fires;
mod rule_never_fires;
mod safety_absence;
mod shadowed_step;
mod similar_codes;
mod stray_space;
mod tautology;
mod unknowable_iif;
mod unknown_allow;
mod unknown_service;
mod unused_allow;

use super::rule::Rule;

/// Every rule, in the order of the reference. What an `allow` allows is known when the last two run.
pub(super) static RULES: &[&Rule] = &[
    &safety_absence::RULE,
    &never_shown::RULE,
    &contradicts_parent::RULE,
    &later_question::RULE,
    &required_hidden::RULE,
    &required_read_only::RULE,
    &dead_required_if::RULE,
    &dead_read_only_if::RULE,
    &tautology::RULE,
    &constant_part::RULE,
    &constant_condition::RULE,
    &negated_contains::RULE,
    &unknowable_iif::RULE,
    &rule_never_fires::RULE,
    &rule_always_fires::RULE,
    &shadowed_step::RULE,
    &unknown_service::RULE,
    &check_never_fails::RULE,
    &check_always_fails::RULE,
    &no_answer_fits::RULE,
    &choice_never_offered::RULE,
    &pattern_backtracks::RULE,
    &band_unreachable::RULE,
    &band_missing::RULE,
    &band_beyond::RULE,
    &identifying::RULE,
    &duplicate_label::RULE,
    &duplicate_question::RULE,
    &similar_codes::RULE,
    &long_item::RULE,
    &placeholders_differ::RULE,
    &copied_translation::RULE,
    &stray_space::RULE,
    &unknown_allow::RULE,
    &unused_allow::RULE,
];

/// The rule of a code.
pub(super) fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.as_str() == code).copied()
}

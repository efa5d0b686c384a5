//! When to look again.

use super::acts;
use super::judge::Judgement;
use super::wire::{Alert, AlertStatus, Levels, Reassessment};
use crate::expression::RowId;
use crate::plan::{Outcome, ReviewDays, Rule};
use crate::session::{Record, Session};

/// The reason where an open alert sets the date.
pub(super) const OPEN_ALERT: &str = "open_alert";

/// The date by which to look again: the shortest of what open alerts, the highest level and the rules ask for.
pub(super) fn reassessment(
    session: &Session,
    record: &Record,
    judged: &[(&Rule, Judgement)],
    levels: &Levels,
    alerts: &[Alert],
) -> Reassessment {
    let open_alert = alerts.iter().any(|alert| alert.status.0 == AlertStatus::Open);
    let (mut days, reason) =
        by_default(&session.plan().review, open_alert, levels.values().flatten().max().copied());
    let stated = |name: &str| acts::member(record, "reassessment", name);
    let mut review = Reassessment {
        previous: stated("previous").and_then(|previous| previous.as_str()).map(str::to_owned),
        next_on: None,
        reason: Some(reason.to_owned()),
        rule: None,
        text: None,
        deltas: stated("deltas").and_then(|deltas| deltas.as_array()).cloned().unwrap_or_default(),
    };
    for (rule, judgement) in judged {
        if let (Outcome::Review { within, reason }, Judgement::Fired { .. }) = (&rule.outcome, judgement)
            && *within < days
        {
            days = *within;
            review.reason = Some("rule".to_owned());
            review.rule = Some(rule.id.to_string());
            review.text = reason.as_ref().map(|reason| session.text(reason, RowId::FORM));
        }
    }
    review.next_on = i32::try_from(days)
        .ok()
        .and_then(|days| record.assessed_on.plus_days(days))
        .map(|date| date.to_string());
    review
}

fn by_default(review: &ReviewDays, open_alert: bool, highest: Option<u8>) -> (u32, &'static str) {
    let by_level = match highest {
        None | Some(0) => (review.none, "no_need"),
        Some(1) => (review.level1, "level_1"),
        Some(2) => (review.level2, "level_2"),
        Some(_) => (review.level3, "level_3"),
    };
    if open_alert && review.alert <= by_level.0 { (review.alert, OPEN_ALERT) } else { by_level }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_level_or_an_open_alert_sets_the_date() {
        let review = ReviewDays::default();
        assert_eq!(by_default(&review, false, None), (180, "no_need"));
        assert_eq!(by_default(&review, false, Some(2)), (30, "level_2"));
        assert_eq!(by_default(&review, true, Some(3)), (7, "open_alert"));
        let slow = ReviewDays { alert: 60, ..review };
        assert_eq!(by_default(&slow, true, Some(3)), (14, "level_3"));
    }
}

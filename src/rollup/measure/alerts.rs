use serde_json::Value;

use crate::value::DateTime;

/// Whether alerts were acted on in time, as the end of the period finds them.
pub(super) const ACTED: [&str; 6] = ["in_time", "late", "overdue", "open", "time_unknown", "none"];

/// From what is worst to what is best: of several alerts the worst counts, so that no good one hides it.
const WORST: [&str; 5] = ["overdue", "late", "open", "time_unknown", "in_time"];

/// The alerts of a profile that nothing has taken back.
fn standing(profile: &Value) -> impl Iterator<Item = &Value> {
    let alerts = profile.get("alerts").and_then(Value::as_array);
    let withdrawn = |alert: &&Value| alert.get("status").and_then(Value::as_str) == Some("withdrawn");
    alerts.into_iter().flatten().filter(move |alert| !withdrawn(alert))
}

/// The grade of the most urgent alert.
pub(super) fn most_urgent(profile: &Value) -> &str {
    standing(profile).filter_map(|alert| alert.get("grade").and_then(Value::as_str)).min().unwrap_or("none")
}

/// How the alerts of a person were acted on. `end` is the first moment after the period; without one, what is open is
/// never overdue.
pub(super) fn acted(profile: &Value, end: Option<DateTime>) -> &'static str {
    let found: Vec<&'static str> = standing(profile).map(|alert| of_alert(alert, end)).collect();
    WORST.into_iter().find(|category| found.contains(category)).unwrap_or("none")
}

fn of_alert(alert: &Value, end: Option<DateTime>) -> &'static str {
    let moment =
        |at: Option<&Value>| at.and_then(Value::as_str).and_then(|text| text.parse::<DateTime>().ok());
    let due = moment(alert.get("due"));
    let Some(acted) = alert.get("acknowledged").filter(|acted| !acted.is_null()) else {
        let overdue = due.zip(end).is_some_and(|(due, end)| due < end);
        return if overdue { "overdue" } else { "open" };
    };
    match (moment(acted.get("at")), due) {
        (Some(at), Some(due)) if at <= due => "in_time",
        (Some(_), Some(_)) => "late",
        _ => "time_unknown",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_several_alerts_the_worst_counts() {
        let end = "2027-01-01T00:00:00Z".parse().ok();
        let due = "2026-12-10T08:00:00Z";
        let at = |at: &str| json!({"due": due, "acknowledged": {"at": at}, "status": "acknowledged"});
        let in_time = at("2026-12-10T16:00:00+08:00");
        let late = at("2026-12-10T08:00:01Z");
        let overdue = json!({"due": due, "acknowledged": null, "status": "open"});
        let open = json!({"due": "2027-01-02T00:00:00Z", "acknowledged": null, "status": "open"});
        let unknown = json!({"due": due, "acknowledged": {"by": "w1"}, "status": "acknowledged"});
        let withdrawn = json!({"due": due, "acknowledged": null, "status": "withdrawn"});
        for (alerts, expected) in [
            (json!([]), "none"),
            (json!([withdrawn]), "none"),
            (json!([in_time]), "in_time"),
            (json!([unknown, in_time]), "time_unknown"),
            (json!([in_time, open]), "open"),
            (json!([in_time, late, open]), "late"),
            (json!([in_time, overdue, late]), "overdue"),
        ] {
            assert_eq!(acted(&json!({ "alerts": alerts }), end), expected, "{alerts}");
        }
        assert_eq!(acted(&json!({"alerts": [overdue]}), None), "open");
    }
}

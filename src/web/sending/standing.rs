//! How things stand that go to several destinations, each as one of a whole.

use std::collections::BTreeMap;

use crate::outbox::{Item, State};

/// Under which heading something on its way is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// It was refused, or no hour helps: a person must do something.
    NeedsPerson,
    /// It goes by itself, and has arrived nowhere yet.
    Waiting,
    /// It, or the same for another destination, has arrived, and not all of it.
    Partly,
    /// It has arrived wherever it was to go.
    Arrived,
}

/// Everything under its heading; below each in the order in which it came.
pub(crate) fn by_standing(items: Vec<Item>) -> BTreeMap<Standing, Vec<Item>> {
    let mut arrived: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for item in &items {
        let (there, of) = arrived.entry(whole(item)).or_default();
        *there += usize::from(matches!(item.state, State::Sent { .. }));
        *of += 1;
    }
    let mut headed: BTreeMap<Standing, Vec<Item>> = BTreeMap::new();
    for item in items {
        let (there, of) = arrived.get(&whole(&item)).copied().unwrap_or_default();
        let standing = if item.needs_person() {
            Standing::NeedsPerson
        } else if there == 0 {
            Standing::Waiting
        } else if there < of {
            Standing::Partly
        } else {
            Standing::Arrived
        };
        headed.entry(standing).or_default().push(item);
    }
    headed
}

/// What goes to each destination as one item.
fn whole(item: &Item) -> (String, &'static str) {
    (item.key.profile_id.clone(), item.key.kind.0.word())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn item(profile: &str, destination: &str, kind: &str, state: serde_json::Value) -> Item {
        let mut item = json!({
            "key": { "destination": destination, "profile_id": profile, "kind": kind },
            "content_type": "application/json", "digest": "", "order": 0, "added_at": 0,
            "attempts": 0, "perhaps": 0, "not_before": 0,
        });
        let all = item.as_object_mut().unwrap();
        all.extend(state.as_object().unwrap().clone());
        serde_json::from_value(item).unwrap()
    }

    #[test]
    fn a_heading_is_true_of_everything_under_it() {
        let (sent, waits) = (json!({"state": "sent", "at": 1}), json!({"state": "waiting"}));
        let trouble = |word: &str| json!({"state": "waiting", "trouble": word});
        let refused = json!({"state": "refused", "code": "413", "reason": null});
        let found = by_standing(vec![
            item("a", "agency", "profile", sent.clone()),
            item("a", "school", "profile", trouble("busy")),
            item("b", "agency", "profile", trouble("offline")),
            item("b", "school", "profile", waits.clone()),
            item("c", "agency", "profile", sent.clone()),
            item("c", "school", "profile", sent.clone()),
            // That it was taken back is told apart from what it was.
            item("c", "agency", "withdrawal", waits),
            item("d", "agency", "profile", sent),
            item("d", "school", "profile", refused),
            item("e", "agency", "profile", trouble("secret_missing")),
        ]);
        let found: Vec<(Standing, Vec<String>)> = found
            .into_iter()
            .map(|(standing, items)| {
                let names = items.iter().map(|one| {
                    format!("{} {} {}", one.key.profile_id, one.key.destination, one.key.kind.0.word())
                });
                (standing, names.collect())
            })
            .collect();
        let names = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                (Standing::NeedsPerson, names(&["d school profile", "e agency profile"])),
                (Standing::Waiting, names(&["b agency profile", "b school profile", "c agency withdrawal"])),
                (Standing::Partly, names(&["a agency profile", "a school profile", "d agency profile"])),
                (Standing::Arrived, names(&["c agency profile", "c school profile"])),
            ]
        );
    }
}

//! Under which id the profile of a draft leaves the tablet.

use serde::{Deserialize, Serialize};

use super::{Head, Id, State};

/// The id of a profile, and what became of it.
///
/// Whoever has a profile knows it by its id: under one id there is one content. So the id stays the same as long as what
/// was said has not left, and what is changed afterwards gets another one, which names the one before: an amendment. What
/// was taken back is amended by nothing: whatever is said then is a profile of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileId {
    /// The id: chance, and no name of anything else on the tablet, so that whoever has the profile does not know by it
    /// which draft on a tablet is its own.
    pub id: String,
    /// The id of the profile that it amends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// The fingerprint of what has left under the id, if something has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// Whether it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

impl ProfileId {
    /// The id of what has not left.
    #[must_use]
    pub fn new(id: Id) -> Self {
        Self { id: id.to_string(), supersedes: None, left: None, withdrawn: false }
    }

    /// Whether it cannot be the id of something: something else has left under it.
    #[must_use]
    pub fn is_of_another(&self, fingerprint: &str) -> bool {
        self.left.as_deref().is_some_and(|left| left != fingerprint)
    }

    /// The id of what comes in the place of what has left.
    #[must_use]
    pub fn next(&self, id: Id) -> Self {
        let supersedes = (!self.withdrawn).then(|| self.id.clone());
        Self { supersedes, ..Self::new(id) }
    }
}

/// Where a profile has gone, or may have. It stands with the draft and not with whoever has sent it, for the draft may be
/// handed over, and restored from a backup; how it stands there, only the outbox from which it was sent says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Went {
    /// Under which id.
    pub id: String,
    /// To which destination.
    pub to: String,
    /// Whether that it is taken back waits in an outbox, or has arrived.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub back: bool,
}

/// What becomes of a profile, for the list entry of its draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It leaves under this id.
    Named(ProfileId),
    /// It leaves for these destinations, or has left; each in the place of what was known of it.
    Went(Vec<Went>),
    /// What leaves under this id has arrived wherever it was to go.
    Arrived(String),
    /// What was to leave under this id has not.
    Stayed(String),
    /// Whatever has left was taken back.
    Withdrawn,
}

impl Fate {
    /// Notes it. What was said since may have another id, of which it tells nothing.
    pub fn befall(self, head: &mut Head) {
        match &self {
            Self::Went(went) => {
                head.went.retain(|one| !went.iter().any(|new| (&new.id, &new.to) == (&one.id, &one.to)));
                head.went.extend(went.iter().cloned());
            }
            Self::Stayed(id) => head.went.retain(|one| one.id != *id),
            Self::Withdrawn => head.went.iter_mut().for_each(|one| one.back = true),
            Self::Named(_) | Self::Arrived(_) => {}
        }
        match (self, &mut head.profile) {
            (Self::Named(named), profile) => *profile = Some(named),
            (Self::Arrived(id), Some(known)) if known.id == id => {
                if head.state == State::Finished {
                    head.state = State::Sent;
                }
            }
            (Self::Stayed(id), Some(known)) if known.id == id => known.left = None,
            (Self::Withdrawn, Some(known)) if known.left.is_some() => known.withdrawn = true,
            // What has not left amends nothing any more.
            (Self::Withdrawn, Some(known)) => known.supersedes = None,
            (Self::Went(_) | Self::Arrived(_) | Self::Stayed(_) | Self::Withdrawn, _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Id = Id([1; 16]);
    const SECOND: Id = Id([2; 16]);

    #[test]
    fn what_has_left_is_amended_and_what_was_taken_back_is_not() {
        let mut first = ProfileId::new(FIRST);
        assert!(!first.is_of_another("a"), "nothing has left");
        first.left = Some("a".to_owned());
        assert!(!first.is_of_another("a") && first.is_of_another("b"));
        let second = first.next(SECOND);
        assert_eq!(second.supersedes.as_deref(), Some(&*FIRST.to_string()));
        assert_eq!((&*second.id, &second.left, second.withdrawn), (&*SECOND.to_string(), &None, false));
        first.withdrawn = true;
        assert_eq!(first.next(SECOND), ProfileId::new(SECOND));
    }

    #[test]
    fn a_list_entry_tells_what_became_of_what_it_names() {
        let left = ProfileId { left: Some("a".into()), ..ProfileId::new(FIRST) };
        let head = |profile: &ProfileId| Head {
            state: State::Finished,
            profile: Some(profile.clone()),
            ..Head::default()
        };
        let after = |fate: Fate, profile: &ProfileId| {
            let mut head = head(profile);
            fate.befall(&mut head);
            (head.state, head.profile.unwrap())
        };
        assert_eq!(after(Fate::Arrived(left.id.clone()), &left), (State::Sent, left.clone()));
        assert_eq!(after(Fate::Stayed(left.id.clone()), &left).1, ProfileId::new(FIRST));
        for other in [Fate::Arrived(SECOND.to_string()), Fate::Stayed(SECOND.to_string())] {
            assert_eq!(after(other, &left), (State::Finished, left.clone()), "it is said of another one");
        }
        let back = ProfileId { withdrawn: true, ..left.clone() };
        assert_eq!(after(Fate::Withdrawn, &left).1, back);
        assert_eq!(after(Fate::Withdrawn, &left.next(SECOND)).1, ProfileId::new(SECOND));
        assert_eq!(after(Fate::Named(back.clone()), &left).1, back);
    }

    #[test]
    fn where_it_went_is_known_once_and_until_it_is_known_to_have_stayed() {
        let went = |id: &str, to: &str, back| Went { id: id.to_owned(), to: to.to_owned(), back };
        let mut head = Head::default();
        Fate::Went(vec![went("a", "agency", false), went("a", "school", false)]).befall(&mut head);
        Fate::Went(vec![went("b", "agency", false)]).befall(&mut head);
        assert_eq!(head.went.len(), 3);
        Fate::Stayed("b".to_owned()).befall(&mut head);
        Fate::Withdrawn.befall(&mut head);
        assert_eq!(head.went, [went("a", "agency", true), went("a", "school", true)]);
        // That it is taken back has not arrived there, and the outbox in which it waits is another's from now on.
        Fate::Went(vec![went("a", "school", false)]).befall(&mut head);
        assert_eq!(head.went, [went("a", "agency", true), went("a", "school", false)]);
    }

    #[test]
    fn it_is_read_as_it_is_written() {
        let plain = ProfileId::new(FIRST);
        assert_eq!(serde_json::to_string(&plain).unwrap(), format!("{{\"id\":\"{FIRST}\"}}"));
        let full = ProfileId { left: Some("a".into()), withdrawn: true, ..plain.next(SECOND) };
        for one in [plain, full] {
            let text = serde_json::to_string(&one).unwrap();
            assert_eq!(serde_json::from_str::<ProfileId>(&text).unwrap(), one);
        }
    }
}

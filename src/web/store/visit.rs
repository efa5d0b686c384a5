//! Who was in the room, what was asked alone, what was said about consent: it all stands in the provenance and the
//! consent of the record, where a profile copies it from.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::acts::Acts;
use super::{Interpreter, Outcome, Person, Store};

/// Whether somebody may be asked what nobody else should hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Privacy {
    /// They are alone, or the worker has decided to ask all the same.
    Open {
        /// Whether nobody but workers and an interpreter was there.
        alone: bool,
    },
    /// Not private now: to be asked later.
    Later,
}

impl Privacy {
    /// Every answer, with the member of the provenance that lists its sections.
    const LISTS: [(Self, &'static str); 3] = [
        (Self::Open { alone: true }, "sections_alone"),
        (Self::Open { alone: false }, "sections_not_alone"),
        (Self::Later, "sections_postponed"),
    ];
}

/// How well somebody could say in their own words what they agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TeachBack {
    /// They could.
    Understood,
    /// It was explained again.
    ExplainedAgain,
}

impl TeachBack {
    const ALL: [Self; 2] = [Self::Understood, Self::ExplainedAgain];

    const fn word(self) -> &'static str {
        match self {
            Self::Understood => "understood",
            Self::ExplainedAgain => "explained_again",
        }
    }
}

impl Acts {
    /// Who is in the room; nothing where nobody has said.
    pub(crate) fn present(&self) -> Option<BTreeSet<Person>> {
        let codes = self.provenance("people_present")?.as_array()?;
        let person =
            |code: &Value| Person::ALL.into_iter().find(|person| Some(person.code()) == code.as_str());
        Some(codes.iter().filter_map(person).collect())
    }

    pub(super) fn set_present(&mut self, present: Option<&BTreeSet<Person>>) {
        let codes = present.map(|present| present.iter().map(|person| person.code()).collect::<Vec<_>>());
        self.change("provenance", |members| match codes {
            Some(codes) => drop(members.insert("people_present".to_owned(), json!(codes))),
            None => drop(members.remove("people_present")),
        });
    }

    /// Who interprets.
    pub(crate) fn interpreter(&self) -> Option<Interpreter> {
        let code = self.provenance("interpreter")?.as_str()?;
        Interpreter::ALL.into_iter().find(|interpreter| interpreter.code() == code)
    }

    pub(super) fn set_interpreter(&mut self, interpreter: Interpreter) {
        self.change("provenance", |members| {
            drop(members.insert("interpreter".to_owned(), interpreter.code().into()))
        });
    }

    /// What the worker said about a section that nobody else should hear, by its id.
    pub(super) fn privacy(&self, section: &str) -> Option<Privacy> {
        let lists = |name: &str| {
            let list = self.provenance(name).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|id| id.as_str() == Some(section)))
        };
        Privacy::LISTS.into_iter().find(|(_, name)| lists(name)).map(|(privacy, _)| privacy)
    }

    pub(super) fn set_privacy(&mut self, section: &str, privacy: Privacy) {
        self.change("provenance", |provenance| {
            for (one, name) in Privacy::LISTS {
                let mut list = provenance.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
                list.retain(|id| id.as_str() != Some(section));
                if one == privacy {
                    list.push(section.into());
                }
                if list.is_empty() {
                    provenance.remove(name);
                } else {
                    provenance.insert(name.to_owned(), list.into());
                }
            }
        });
    }

    /// Whether a consent was taken back beside its answer.
    pub(super) fn is_withdrawn(&self, purpose: &str) -> bool {
        self.stated
            .get("consent")
            .and_then(|consent| consent.get(purpose))
            .is_some_and(|said| said == "withdrawn")
    }

    pub(super) fn withdraw(&mut self, purpose: &str) {
        self.change("consent", |members| drop(members.insert(purpose.to_owned(), "withdrawn".into())));
    }

    pub(super) fn grant_again(&mut self, purpose: &str) {
        self.change("consent", |members| drop(members.remove(purpose)));
    }

    /// How the teach-back of a purpose went.
    pub(crate) fn teach_back(&self, purpose: &str) -> Option<TeachBack> {
        let word = self.provenance("teach_back")?.get(purpose)?.as_str()?;
        TeachBack::ALL.into_iter().find(|how| how.word() == word)
    }

    pub(super) fn set_teach_back(&mut self, purpose: &str, how: Option<TeachBack>) {
        self.change("provenance", |provenance| {
            let mut told =
                provenance.get("teach_back").and_then(Value::as_object).cloned().unwrap_or_default();
            match how {
                Some(how) => drop(told.insert(purpose.to_owned(), how.word().into())),
                None => drop(told.remove(purpose)),
            }
            provenance.insert("teach_back".to_owned(), Value::Object(told));
        });
    }

    fn provenance(&self, name: &str) -> Option<&Value> {
        self.stated.get("provenance")?.get(name)
    }

    /// Changes the members of what was stated under a name.
    fn change(&mut self, name: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        let mut members = self.stated.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
        change(&mut members);
        self.stated.insert(name.to_owned(), Value::Object(members));
    }
}

impl Store {
    /// Notes something that people did beside answering. A profile of before is then no longer this interview's.
    pub(super) fn note(&self, change: impl FnOnce(&mut Acts)) {
        self.state(change);
        if !matches!(self.outcome(), Outcome::Open) {
            self.set_outcome(Outcome::Open);
        }
    }

    /// Says who interprets.
    pub(crate) fn say_interpreter(&self, interpreter: Interpreter) {
        self.note(|acts| acts.set_interpreter(interpreter));
    }

    /// Says how well somebody could tell in their own words what they agree to.
    pub(crate) fn say_teach_back(&self, purpose: &str, how: Option<TeachBack>) {
        self.note(|acts| acts.set_teach_back(purpose, how));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_of_the_visit_stands_in_the_provenance() {
        let mut acts = Acts::default();
        assert_eq!((acts.present(), acts.privacy("mood"), acts.teach_back("photo")), (None, None, None));
        acts.set_present(Some(&BTreeSet::from([Person::Subject, Person::Spouse])));
        acts.set_privacy("mood", Privacy::Later);
        acts.set_privacy("mood", Privacy::Open { alone: true });
        acts.set_teach_back("photo", Some(TeachBack::Understood));
        acts.withdraw("photo");
        assert_eq!(acts.privacy("mood"), Some(Privacy::Open { alone: true }));
        assert_eq!(
            Value::Object(acts.stated.clone()),
            json!({
                "provenance": {
                    "people_present": ["person", "spouse"],
                    "sections_alone": ["mood"],
                    "teach_back": { "photo": "understood" },
                },
                "consent": { "photo": "withdrawn" },
            })
        );
        acts.grant_again("photo");
        assert!(!acts.is_withdrawn("photo"));
    }
}

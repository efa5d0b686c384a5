use crate::web::text::Texts;
use yew::AttrValue;

/// Somebody who may be in the room. The codes are those of the list `people`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Person {
    Subject,
    Worker,
    Interpreter,
    Spouse,
    Parent,
    Grandparent,
    Child,
    Sibling,
    OtherKin,
    Neighbour,
    Teacher,
    Official,
    Other,
}

impl Person {
    /// Everybody who can be named.
    pub(crate) const ALL: [Self; 13] = [
        Self::Subject,
        Self::Worker,
        Self::Interpreter,
        Self::Spouse,
        Self::Parent,
        Self::Grandparent,
        Self::Child,
        Self::Sibling,
        Self::OtherKin,
        Self::Neighbour,
        Self::Teacher,
        Self::Official,
        Self::Other,
    ];

    /// Those whom the worker names beside the two who are there in any case.
    pub(crate) const OTHERS: [Self; 11] = {
        let [_subject, _worker, others @ ..] = Self::ALL;
        others
    };

    /// The code on the wire.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Subject => "person",
            Self::Worker => "worker",
            Self::Interpreter => "interpreter",
            Self::Spouse => "spouse",
            Self::Parent => "parent",
            Self::Grandparent => "grandparent",
            Self::Child => "child",
            Self::Sibling => "sibling",
            Self::OtherKin => "other_kin",
            Self::Neighbour => "neighbour",
            Self::Teacher => "teacher",
            Self::Official => "official",
            Self::Other => "other",
        }
    }

    /// Whether what is said in their presence is still said alone.
    pub(crate) const fn keeps_it_private(self) -> bool {
        matches!(self, Self::Subject | Self::Worker | Self::Interpreter)
    }

    /// The word for them.
    pub(crate) fn text(self, texts: &Texts) -> AttrValue {
        texts.say(match self {
            Self::Subject => "people.person",
            Self::Worker => "people.worker",
            Self::Interpreter => "people.interpreter",
            Self::Spouse => "people.spouse",
            Self::Parent => "people.parent",
            Self::Grandparent => "people.grandparent",
            Self::Child => "people.child",
            Self::Sibling => "people.sibling",
            Self::OtherKin => "people.other-kin",
            Self::Neighbour => "people.neighbour",
            Self::Teacher => "people.teacher",
            Self::Official => "people.official",
            Self::Other => "people.other",
        })
    }
}

/// Who interprets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interpreter {
    None,
    Staff,
    Volunteer,
    Professional,
    Family,
}

impl Interpreter {
    /// All of them.
    pub(crate) const ALL: [Self; 5] =
        [Self::None, Self::Staff, Self::Volunteer, Self::Professional, Self::Family];

    /// The code on the wire.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Staff => "staff",
            Self::Volunteer => "volunteer",
            Self::Professional => "professional",
            Self::Family => "family",
        }
    }

    /// The word for them.
    pub(crate) fn text(self, texts: &Texts) -> AttrValue {
        texts.say(match self {
            Self::None => "interpreter.none",
            Self::Staff => "interpreter.staff",
            Self::Volunteer => "interpreter.volunteer",
            Self::Professional => "interpreter.professional",
            Self::Family => "interpreter.family",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_list_of_people() {
        let list: serde_json::Value =
            serde_json::from_str(include_str!("../../../schemas/lists/people.json")).unwrap();
        let codes: Vec<&str> =
            list["entries"].as_array().unwrap().iter().map(|entry| entry["code"].as_str().unwrap()).collect();
        assert_eq!(codes, Person::ALL.map(Person::code));
        assert!(Person::OTHERS.iter().all(|person| Person::ALL.contains(person)));
    }
}

use std::collections::{BTreeMap, BTreeSet};

use yew::AttrValue;

use crate::vault::Id;
use crate::vault::message::Listed;
use crate::web::desk::Desk;
use crate::web::text::Texts;

/// What the list says of an interview because of the others in it; looked up once for all of them.
pub(super) struct Around<'l> {
    visits: BTreeMap<Id, Vec<&'l Listed>>,
    here: BTreeSet<Id>,
}

impl<'l> Around<'l> {
    /// Looks all of them through.
    pub(super) fn of(all: &'l [Listed]) -> Self {
        let mut visits: BTreeMap<Id, Vec<&Listed>> = BTreeMap::new();
        for one in all {
            if let Some(visit) = one.head.visit {
                visits.entry(visit).or_default().push(one);
            }
        }
        Self { visits, here: all.iter().map(|one| one.draft).collect() }
    }

    /// Who else was seen in the same visit.
    pub(super) fn together(&self, texts: &Texts, desk: &Desk, listed: &Listed) -> Option<AttrValue> {
        let visit = self.visits.get(&listed.head.visit?)?;
        let name = |one: &&Listed| match &one.head.person {
            Some(person) => person.clone(),
            None => desk.title(&one.head.form, texts.tag()),
        };
        let others = visit.iter().filter(|one| one.draft != listed.draft);
        let names = others.map(name).collect::<Vec<_>>();
        (!names.is_empty()).then(|| names.join(&*texts.say("list.join")).into())
    }

    /// Whether an interview that is on this tablet goes on from this one: one that was removed does not.
    pub(super) fn is_followed(&self, listed: &Listed) -> bool {
        listed.head.followed.is_some_and(|next| self.here.contains(&next))
    }
}

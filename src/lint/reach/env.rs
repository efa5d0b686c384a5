use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::domain::Held;
use crate::expression::FieldId;

/// What is known of the fields beyond what holds for every answer: one way in which something can come about.
#[derive(Clone, Debug, Default)]
pub(in crate::lint) struct Env {
    /// Shared between ways until one of them learns more.
    held: Rc<BTreeMap<FieldId, Held>>,
    /// Fields of which it has been used already that they are asked.
    pub(super) asked: BTreeSet<FieldId>,
}

impl Env {
    pub(in crate::lint) fn get(&self, field: FieldId) -> Option<&Held> {
        self.held.get(&field)
    }

    pub(super) fn set(&mut self, field: FieldId, held: Held) {
        Rc::make_mut(&mut self.held).insert(field, held);
    }

    /// How much is known: what a copy costs.
    pub(super) fn size(&self) -> usize {
        self.held.len() + self.asked.len()
    }

    /// Forgets fields: they are another row's now.
    pub(super) fn forget(&mut self, forgotten: impl Fn(FieldId) -> bool) {
        if self.held.keys().any(|field| forgotten(*field)) {
            Rc::make_mut(&mut self.held).retain(|field, _| !forgotten(*field));
        }
        self.asked.retain(|field| !forgotten(*field));
    }

    /// What holds in either.
    pub(super) fn joined(self, other: &Self) -> Self {
        let held = self
            .held
            .iter()
            .filter_map(|(field, held)| Some((*field, held.join(other.held.get(field)?))))
            .collect();
        let held = Rc::new(held);
        let asked = self.asked.intersection(&other.asked).copied().collect();
        Self { held, asked }
    }
}

/// As many ways as are kept apart; more are taken together.
const WAYS: usize = 16;

/// Takes ways together where there are too many.
pub(super) fn bounded(ways: Vec<Env>) -> Vec<Env> {
    if ways.len() <= WAYS {
        return ways;
    }
    let joined = ways.into_iter().reduce(|one, other| one.joined(&other));
    joined.into_iter().collect()
}

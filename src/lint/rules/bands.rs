//! What the rules about bands share.

use crate::json::Item;
use crate::lint::form::Form;
use crate::lint::reach::possible_values;
use crate::plan::{Band, Score};
use crate::value::Decimal;

/// The bands of a score that stand under one name: its own, or others published beside them.
pub(super) struct Bands<'a> {
    pub(super) score: &'a Score,
    /// The list as written.
    pub(super) list: Item<'a>,
    /// In ascending order.
    pub(super) bands: &'a [Band],
    /// Every value that the score can have, if they can be listed; its ends otherwise.
    pub(super) values: Vec<Decimal>,
    /// Whether those are all.
    pub(super) listed: bool,
}

impl<'a> Bands<'a> {
    /// How a band is written.
    pub(super) fn item(&self, band: &Band) -> Option<Item<'a>> {
        self.list.items().find(|item| item.text_of("id") == Some(&*band.id))
    }
}

/// Every list of bands.
pub(super) fn bands<'a>(form: &Form<'a>) -> Vec<Bands<'a>> {
    let mut found = Vec::new();
    for (score, item, _) in form.scores() {
        let counted = possible_values(form.plan, score);
        let listed = counted.is_some();
        let values = counted.unwrap_or_else(|| vec![score.range.lo, score.range.hi]);
        let own = item.get("bands").map(|list| (list, score.bands.as_slice()));
        let others = score
            .alternative_bands
            .iter()
            .filter_map(|(name, bands)| Some((item.get("alternativeBands")?.get(name)?, bands.as_slice())));
        for (list, bands) in own.into_iter().chain(others).filter(|(_, bands)| !bands.is_empty()) {
            found.push(Bands { score, list, bands, values: values.clone(), listed });
        }
    }
    found
}

use super::field::Options;
use crate::expression::RowId;
use crate::plan::Localised;
use crate::web::display::need_label;
use crate::web::store::{Outcome, Store};
use crate::web::text::Texts;

/// The needs of the profile, for whatever is agreed because of one.
pub(super) fn needs(store: &Store, texts: &Texts, stated: &str) -> Options {
    let session = store.session();
    let mut options = vec![(String::new(), texts.say("agreed.no-need"))];
    if let Outcome::Finished(finished) = store.outcome() {
        let say = |text: &Localised| session.text(text, RowId::FORM);
        let needs = finished.profile.needs.iter();
        options.extend(needs.map(|need| (need.id.clone(), need_label(session.plan(), need, say).into())));
    }
    if !options.iter().any(|(id, _)| id == stated) {
        // An answer that has changed since took the need away, and not what was agreed because of it.
        options.push((stated.to_owned(), texts.say("agreed.need-gone")));
    }
    options
}

/// What a need is called.
pub(super) fn need_name(store: &Store, texts: &Texts, id: &str) -> String {
    let known = needs(store, texts, id).into_iter().find(|(known, _)| known == id);
    known.map(|(_, name)| name.to_string()).unwrap_or_default()
}

use std::rc::Rc;

use yew::prelude::*;

use crate::web::keeping::{Keeping, Saved, Writer};
use crate::web::sending::Sending;

/// Draws the component again after every change of what the tablet keeps. As with topics, it listens from the moment
/// at which it is drawn.
#[hook]
pub(crate) fn use_keeping(keeping: &Keeping) {
    let update = use_force_update();
    use_memo(keeping.clone(), move |keeping| keeping.ring(Rc::new(move || update.force_update())));
}

/// Whether it is asked if somebody is still at the tablet: the component is drawn again when that changes.
#[hook]
pub(crate) fn use_doubt(keeping: &Keeping) -> bool {
    let update = use_force_update();
    use_memo(keeping.clone(), move |keeping| keeping.ring_for_doubt(Rc::new(move || update.force_update())));
    keeping.is_in_doubt()
}

/// Draws the component again whenever it changes whether answers are on the disk.
#[hook]
pub(crate) fn use_writer(writer: Option<&Writer>) {
    let update = use_force_update();
    use_memo(writer.cloned(), move |writer| {
        writer.as_ref().map(|writer| writer.ring(Rc::new(move || update.force_update())))
    });
}

/// Whether another tab writes the interview: the component is drawn again when that changes, and only then.
#[hook]
pub(crate) fn use_read_only(writer: Option<&Writer>) -> bool {
    let is = |writer: &Writer| writer.saved() == Saved::ReadOnly;
    let now = writer.is_some_and(is);
    let shown = use_mut_ref(|| now);
    shown.replace(now);
    let update = use_force_update();
    use_memo(writer.cloned(), move |writer| {
        let heard = writer.clone()?;
        writer.as_ref().map(|writer| {
            writer.ring(Rc::new(move || {
                if *shown.borrow() != is(&heard) {
                    update.force_update();
                }
            }))
        })
    });
    now
}

/// Draws the component again after every change of what is on its way, and sends what is due as long as it is shown.
#[hook]
pub(crate) fn use_sending(sending: &Sending) {
    let update = use_force_update();
    use_memo(sending.clone(), move |sending| sending.ring(Rc::new(move || update.force_update())));
    use_effect_with(sending.clone(), |sending| {
        let round = sending.begin();
        move || drop(round)
    });
}

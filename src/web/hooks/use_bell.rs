use std::rc::Rc;

use yew::prelude::*;

use crate::web::keeping::{Keeping, Writer};

/// Draws the component again after every change of what the tablet keeps. As with topics, it listens from the moment
/// at which it is drawn.
#[hook]
pub(crate) fn use_keeping(keeping: &Keeping) {
    let update = use_force_update();
    use_memo(keeping.clone(), move |keeping| keeping.ring(Rc::new(move || update.force_update())));
}

/// Draws the component again whenever it changes whether answers are on the disk.
#[hook]
pub(crate) fn use_writer(writer: Option<&Writer>) {
    let update = use_force_update();
    use_memo(writer.cloned(), move |writer| {
        writer.as_ref().map(|writer| writer.ring(Rc::new(move || update.force_update())))
    });
}

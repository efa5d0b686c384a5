use std::rc::Rc;

use yew::prelude::*;

use crate::web::settings::{Appearance, Settings};

/// The settings in force, and the way to change them. The component is drawn again when they change.
#[hook]
pub(crate) fn use_appearance() -> Appearance {
    // The page provides them before anything else is drawn.
    use_context::<Appearance>().unwrap_or_else(|| Appearance {
        settings: Settings::default(),
        set: Callback::noop(),
        languages: Rc::default(),
    })
}

use yew::prelude::*;

use crate::web::text::{Languages, Texts};

/// The page's words. The component is drawn again when the language changes.
#[hook]
pub(crate) fn use_texts() -> Texts {
    // The page provides them before anything else is drawn; without, keys would show instead of words.
    use_context::<Texts>().unwrap_or_else(|| Languages::default().texts(""))
}

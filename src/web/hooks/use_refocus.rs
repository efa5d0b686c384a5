use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::web::host::focus;

/// What has the focus once all is drawn: what was pressed goes, or is moved among others, and takes the focus with it.
#[derive(Clone)]
pub(crate) struct Refocus(Rc<RefCell<Option<AttrValue>>>);

impl Refocus {
    /// Moves the focus to the element with an id, when the component was drawn again.
    pub(crate) fn to(&self, id: impl Into<AttrValue>) {
        self.0.replace(Some(id.into()));
    }
}

/// Moves the focus after a component was drawn; to `otherwise` where the element is not there.
#[hook]
pub(crate) fn use_refocus(otherwise: Option<&'static str>) -> Refocus {
    let wanted = use_mut_ref(|| None::<AttrValue>);
    {
        let wanted = Rc::clone(&wanted);
        use_effect(move || {
            if let Some(id) = wanted.take()
                && !focus::element(&id)
                && let Some(otherwise) = otherwise
            {
                focus::element(otherwise);
            }
        });
    }
    Refocus(wanted)
}

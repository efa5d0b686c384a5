use std::rc::Rc;

use yew::prelude::*;

use crate::web::host::dialog::Dialog;

/// Opens the `dialog` element of this reference over the whole page, as long as the component is drawn.
#[hook]
pub(crate) fn use_dialog() -> NodeRef {
    let element = use_node_ref();
    let open = use_mut_ref(|| None::<Dialog>);
    {
        let element = element.clone();
        use_effect_with((), move |()| {
            *open.borrow_mut() = element.get().and_then(|element| Dialog::open(&element));
            let open = Rc::clone(&open);
            move || drop(open.take())
        });
    }
    element
}

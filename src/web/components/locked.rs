use yew::prelude::*;

use super::ids::Ids;
use super::{Gate, writing};
use crate::session::Node;
use crate::web::store::{Store, section_of};

/// What [`LockedQuestion`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct LockedProps {
    /// The interview.
    pub(super) store: Store,
    /// The question.
    pub(super) node: Node,
}

/// A question to ask alone in a section that others may hear: its words come once the worker says who is there.
#[component]
pub(super) fn LockedQuestion(props: &LockedProps) -> Html {
    let LockedProps { store, node } = props;
    let section = section_of(store.session().plan(), *node);
    html! {
        <div class="question question-locked" id={Ids(*node).question()}>
            { writing(store, html! { <Gate store={store.clone()} {section} /> }) }
        </div>
    }
}

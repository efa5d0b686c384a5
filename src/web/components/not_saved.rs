use yew::prelude::*;

use super::{Icon, icon};
use crate::web::hooks::{use_texts, use_topic};
use crate::web::store::{Form, Store, Topic};

/// What [`NotSavedTag`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct NotSavedTagProps {
    /// The interview.
    pub(crate) store: Store,
    /// The list of the form.
    pub(crate) list: &'static str,
    /// The form.
    pub(crate) form: Form,
}

/// Beside the words that open a form: that something stands in it which was not saved. Closed, it would say nothing.
#[component]
pub(crate) fn NotSavedTag(props: &NotSavedTagProps) -> Html {
    let NotSavedTagProps { store, list, form } = props;
    use_topic(store, Topic::Begun);
    let texts = use_texts();
    if store.acts().begun.boxes(list, form).is_none() {
        return Html::default();
    }
    html! { <span class="tag tag-warning">{ texts.say("begun.tag") }</span> }
}

/// What [`NotSaved`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct NotSavedProps {
    /// The interview.
    pub(crate) store: Store,
}

/// Where something leaves the page: how much of what was typed does not, for it was not saved.
#[component]
pub(crate) fn NotSaved(props: &NotSavedProps) -> Html {
    let NotSavedProps { store } = props;
    use_topic(store, Topic::Begun);
    let texts = use_texts();
    let count = store.acts().begun.count();
    if count == 0 {
        return Html::default();
    }
    let text = texts.fill("begun.not-in-it", &[("n", &count.to_string())]);
    html! {
        <p class="message message-warning no-print">{ icon(Icon::Warning, Classes::new()) }<span>{ text }</span></p>
    }
}

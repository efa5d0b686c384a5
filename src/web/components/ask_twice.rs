use yew::prelude::*;

use crate::web::hooks::use_texts;

/// What [`AskTwice`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct AskTwiceProps {
    /// Whether it asks. Whoever draws it keeps this, and says whether it still asks after a yes.
    pub(crate) asking: UseStateHandle<bool>,
    /// How the button looks.
    pub(crate) class: Classes,
    /// The button's text.
    pub(crate) text: AttrValue,
    /// The button's name, where its text alone does not say of what.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    /// The name of the question.
    pub(crate) ask: AttrValue,
    /// The question as it is read, where it says more than its name.
    #[prop_or_default]
    pub(crate) question: Option<AttrValue>,
    /// The text of a yes.
    pub(crate) yes: AttrValue,
    /// What a yes does.
    pub(crate) onyes: Callback<MouseEvent>,
}

/// A button for what cannot be undone: it asks in its place, and a yes does it.
#[component]
pub(crate) fn AskTwice(props: &AskTwiceProps) -> Html {
    let texts = use_texts();
    let ask = |asked: bool| {
        let asking = props.asking.clone();
        move |_: MouseEvent| asking.set(asked)
    };
    html! {
        if *props.asking {
            <span class="actions-inline" role="group" aria-label={props.ask.clone()}>
                <span>{ props.question.as_ref().unwrap_or(&props.ask).clone() }</span>
                <button type="button" class="button button-quiet button-danger" onclick={props.onyes.clone()}>
                    { props.yes.clone() }
                </button>
                <button type="button" class="button button-quiet" onclick={ask(false)}>
                    { texts.say("start.discard-no") }
                </button>
            </span>
        } else {
            <button type="button" class={classes!("button", props.class.clone())} onclick={ask(true)}
                aria-label={props.label.clone()}>
                { props.text.clone() }
            </button>
        }
    }
}

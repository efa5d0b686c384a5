use yew::prelude::*;

use super::{Icon, icon};
use crate::web::hooks::use_texts;
use crate::web::host::focus;

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
    /// A picture before it.
    #[prop_or_default]
    pub(crate) picture: Option<Icon>,
    /// The name of the question, for whoever cannot see what stands around it.
    pub(crate) ask: AttrValue,
    /// The question as it is read, where the two answers do not say enough.
    #[prop_or_default]
    pub(crate) question: Option<AttrValue>,
    /// The text of a yes.
    pub(crate) yes: AttrValue,
    /// The text of a no, where it is not to keep something.
    #[prop_or_default]
    pub(crate) no: Option<AttrValue>,
    /// What a yes does.
    pub(crate) onyes: Callback<MouseEvent>,
    /// The id of what has the focus after a yes, where that goes with what it is about and whoever does it moves it nowhere.
    #[prop_or_default]
    pub(crate) then: Option<AttrValue>,
}

/// A button for what cannot be undone: it asks in its place, and a yes does it. The focus is on the no first, and comes
/// back to the button with it.
#[component]
pub(crate) fn AskTwice(props: &AskTwiceProps) -> Html {
    let texts = use_texts();
    let (button, no) = (use_node_ref(), use_node_ref());
    let touched = use_mut_ref(|| false);
    {
        let (button, no, touched) = (button.clone(), no.clone(), touched.clone());
        use_effect_with(*props.asking, move |asking| {
            let next = if *asking { no } else { button };
            if touched.replace(false)
                && let Some(next) = next.get()
            {
                focus::node(&next);
            }
        });
    }
    let ask = |asked: bool| {
        let (asking, touched) = (props.asking.clone(), touched.clone());
        move |_: MouseEvent| {
            touched.replace(true);
            asking.set(asked);
        }
    };
    let onyes = {
        let (onyes, then) = (props.onyes.clone(), props.then.clone());
        move |event: MouseEvent| {
            if let Some(then) = &then {
                focus::element(then);
            }
            onyes.emit(event);
        }
    };
    html! {
        if *props.asking {
            <span class="ask-twice" role="group" aria-label={props.ask.clone()}>
                if let Some(question) = &props.question {
                    <span>{ question.clone() }</span>
                }
                <span class="actions-inline">
                    <button type="button" class="button button-second button-danger" onclick={onyes}>
                        { props.yes.clone() }
                    </button>
                    <button ref={no} type="button" class="button button-quiet" onclick={ask(false)}>
                        { props.no.clone().unwrap_or_else(|| texts.say("start.discard-no")) }
                    </button>
                </span>
            </span>
        } else {
            <button ref={button} type="button" class={classes!("button", props.class.clone())} onclick={ask(true)}
                aria-label={props.label.clone()}>
                if let Some(picture) = props.picture {
                    { icon(picture, Classes::new()) }
                }
                { props.text.clone() }
            </button>
        }
    }
}

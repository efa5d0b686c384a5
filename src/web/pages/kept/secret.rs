use yew::prelude::*;

use crate::web::hooks::use_texts;

/// What [`Secret`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct SecretProps {
    /// The box, to read it.
    pub(crate) element: NodeRef,
    /// Its id, for the label.
    pub(crate) id: AttrValue,
    /// What it is for.
    pub(crate) label: AttrValue,
    /// What to know before typing.
    #[prop_or_default]
    pub(crate) hint: Option<AttrValue>,
    /// Called when Enter is pressed.
    #[prop_or_default]
    pub(crate) onenter: Callback<()>,
}

/// A box for a passphrase. It can be shown, because a long one is hard to type blind; the browser is asked to keep it
/// out of its own store, which every worker of the tablet shares.
#[component]
pub(crate) fn Secret(props: &SecretProps) -> Html {
    let texts = use_texts();
    let shown = use_state(|| false);
    let show = {
        let shown = shown.clone();
        move |_: MouseEvent| shown.set(!*shown)
    };
    let onkeydown = {
        let onenter = props.onenter.clone();
        move |event: KeyboardEvent| {
            // A key that is held is pressed once, and the one that ends a word of Chinese sends nothing.
            if event.key() == "Enter" && !event.repeat() && !event.is_composing() {
                onenter.emit(());
            }
        }
    };
    let hint_id = AttrValue::from(format!("{}-hint", props.id));
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            if let Some(hint) = &props.hint {
                <p class="hint" id={hint_id.clone()}>{ hint.clone() }</p>
            }
            <div class="with-button">
                <input ref={props.element.clone()} id={props.id.clone()} class="box" {onkeydown}
                    type={if *shown { "text" } else { "password" }} autocomplete="off" autocapitalize="off"
                    spellcheck="false" translate="no"
                    aria-describedby={props.hint.is_some().then_some(hint_id)} />
                <button type="button" class="button button-quiet" aria-pressed={shown.to_string()} onclick={show}>
                    { texts.say("unlock.show") }
                </button>
            </div>
        </div>
    }
}

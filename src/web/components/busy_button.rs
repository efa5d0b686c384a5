use yew::prelude::*;

use super::{Icon, icon};

/// What [`BusyButton`] is told.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BusyButtonProps {
    /// How it looks.
    #[prop_or_default]
    pub(crate) class: Classes,
    /// Its text.
    pub(crate) text: AttrValue,
    /// Its name, where its text alone does not say of what.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    /// A picture before its text.
    #[prop_or_default]
    pub(crate) picture: Option<Icon>,
    /// What is said while it works.
    pub(crate) doing: AttrValue,
    /// Whether it works.
    pub(crate) working: bool,
    /// What it does.
    pub(crate) onclick: Callback<MouseEvent>,
}

/// A button for what takes a moment, and says so in its place: one that went meanwhile would take the focus with it.
#[component]
pub(crate) fn BusyButton(props: &BusyButtonProps) -> Html {
    let BusyButtonProps { class, text, label, picture, doing, working, onclick } = props.clone();
    let onclick = if working { Callback::noop() } else { onclick };
    html! {
        <>
            <button type="button" class={classes!("button", class, working.then_some("button-busy"))} {onclick}
                aria-disabled={working.to_string()} aria-label={label.filter(|_| !working)}>
                if working {
                    <span class="spinner" aria-hidden="true"></span>{ doing.clone() }
                } else {
                    if let Some(picture) = picture {
                        { icon(picture, Classes::new()) }
                    }
                    { text }
                }
            </button>
            <span class="visually-hidden" role="status">if working { { doing } }</span>
        </>
    }
}

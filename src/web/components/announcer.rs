use yew::prelude::*;

use crate::web::hooks::{use_texts, use_topic};
use crate::web::store::{Store, Topic};

/// What [`Announcer`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct AnnouncerProps {
    /// The interview.
    pub(crate) store: Store,
}

/// Tells screen readers that questions came or went.
#[component]
pub(crate) fn Announcer(props: &AnnouncerProps) -> Html {
    use_topic(&props.store, Topic::Announcement);
    let texts = use_texts();
    let news = props.store.announcement();
    let say = |key: &str, count: u32| {
        (count > 0)
            .then(|| texts.fill(key, &[("n", &count.to_string())]))
            .map(|text| html! { <span>{ text }</span> })
            .unwrap_or_default()
    };
    html! {
        <div class="visually-hidden" role="status" aria-live="polite">
            // A key of its own makes the same news twice two pieces of news.
            <p key={news.number}>{ say("news.shown", news.shown) }{ say("news.hidden", news.hidden) }</p>
        </div>
    }
}

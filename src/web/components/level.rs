use yew::prelude::*;

use super::{Icon, icon};
use crate::web::text::Texts;

/// How pressing something is: a word, a colour and a shape, each of which would do alone.
pub(crate) fn level_badge(texts: &Texts, level: u8) -> Html {
    let (class, picture, word) = match level {
        0 => ("level-0", Icon::Tick, "level.0"),
        1 => ("level-1", Icon::Dot, "level.1"),
        2 => ("level-2", Icon::Triangle, "level.2"),
        _ => ("level-3", Icon::Diamond, "level.3"),
    };
    badge(class, picture, texts.say(word))
}

/// How pressing a domain is. What was not looked at, or only in part, is never told as "no need".
pub(crate) fn domain_level(texts: &Texts, level: Option<u8>, partial: bool) -> Html {
    match level {
        None => badge("level-null", Icon::Dashed, texts.say("level.null")),
        Some(0) if partial => badge("level-partial", Icon::Dashed, texts.say("level.partial")),
        Some(level) => level_badge(texts, level),
    }
}

fn badge(class: &'static str, picture: Icon, word: AttrValue) -> Html {
    html! { <span class={classes!("level", class)}>{ icon(picture, Classes::new()) }{ word }</span> }
}

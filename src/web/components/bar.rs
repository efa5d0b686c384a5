use yew::prelude::*;

use super::{Icon, icon};
use crate::web::hooks::use_texts;
use crate::web::route::Route;

/// What [`Bar`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct BarProps {
    /// Tag and name of each language.
    pub(crate) languages: Vec<(AttrValue, AttrValue)>,
    /// Asks for a language by its tag.
    pub(crate) onlanguage: Callback<AttrValue>,
    /// Whether what is answered is kept, once that is known.
    pub(crate) lamp: Html,
}

/// The bar above every page: the way home, and the language.
#[component]
pub(crate) fn Bar(props: &BarProps) -> Html {
    let texts = use_texts();
    html! {
        <header class="bar">
            <a class="bar-name" href={Route::Start.href()} aria-label={texts.say("bar.home")}>
                { icon(Icon::Mark, Classes::new()) }<span>{ "intake" }</span>
            </a>
            <div class="bar-side">
                { props.lamp.clone() }
            if props.languages.len() > 1 {
                <div class="languages" role="group" aria-label={texts.say("bar.language")}>
                    { for props.languages.iter().map(|(tag, name)| {
                        let onclick = {
                            let (tag, onlanguage) = (tag.clone(), props.onlanguage.clone());
                            move |_: MouseEvent| onlanguage.emit(tag.clone())
                        };
                        let pressed = (**tag == *texts.tag()).to_string();
                        html! {
                            <button type="button" key={&**tag} lang={tag.clone()} aria-pressed={pressed} {onclick}>
                                { name.clone() }
                            </button>
                        }
                    }) }
                </div>
            }
                <a class="bar-settings" href={Route::Settings.href()} aria-label={texts.say("bar.settings")}
                    title={texts.say("bar.settings")}>
                    { icon(Icon::Settings, Classes::new()) }
                </a>
            </div>
        </header>
    }
}

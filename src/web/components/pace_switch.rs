use yew::prelude::*;

use crate::plan::SectionId;
use crate::web::hooks::{use_appearance, use_texts};
use crate::web::host::address;
use crate::web::route::Route;
use crate::web::settings::Settings;
use crate::web::store::Store;

/// What [`PaceSwitch`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct PaceProps {
    /// The interview.
    pub(crate) store: Store,
    /// The section on the screen.
    pub(crate) section: SectionId,
}

/// A section at a time, or a question at a time in large print: the setting, at hand where it is wanted.
#[component]
pub(crate) fn PaceSwitch(props: &PaceProps) -> Html {
    let PaceProps { store, section } = props;
    let texts = use_texts();
    let appearance = use_appearance();
    let option = |one_question: bool, label: &str| {
        let onchange = {
            let (appearance, store, section) = (appearance.clone(), store.clone(), *section);
            move |_: Event| {
                appearance.set.emit(Settings { one_question, ..appearance.settings.clone() });
                address::go(&Route::Fill { form: store.form().to_string(), section: section.index() }.href());
            }
        };
        let checked = appearance.settings.one_question == one_question;
        html! {
            <label class="segment">
                <input type="radio" name="pace" {checked} {onchange} autocomplete="off" />
                <span>{ texts.say(label) }</span>
            </label>
        }
    };
    html! {
        <div class="segments" role="radiogroup" aria-label={texts.say("settings.way")}>
            { option(false, "settings.sections") }
            { option(true, "settings.one-question") }
        </div>
    }
}

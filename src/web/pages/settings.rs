use yew::prelude::*;

use crate::web::components::{Icon, icon};
use crate::web::hooks::{use_appearance, use_page, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::settings::{Settings, TEXT_SIZES, Theme};
use crate::web::text::Texts;

/// How the page looks and behaves on this tablet. What is chosen holds at once.
#[component]
pub(crate) fn SettingsPage() -> Html {
    use_page("title.settings", (), true);
    let texts = use_texts();
    let appearance = use_appearance();
    let settings = &appearance.settings;
    let set = |new: Settings| {
        let set = appearance.set.clone();
        Callback::from(move |_: Event| set.emit(new.clone()))
    };
    let languages: Vec<Html> = appearance
        .languages
        .names()
        .map(|(tag, name)| {
            let chosen = texts.tag() == tag;
            let new = Settings { language: Some(tag.to_owned()), ..settings.clone() };
            option(
                "language",
                chosen,
                html! { <span lang={tag.to_owned()}>{ name.to_owned() }</span> },
                set(new),
            )
        })
        .collect();
    let sizes = TEXT_SIZES.into_iter().map(|size| {
        let new = Settings { text: size, ..settings.clone() };
        let name = html! {
            <span class={format!("size-{size}")}>{ texts.fill("settings.per-cent", &[("n", &size.to_string())]) }</span>
        };
        option("text", settings.text == size, name, set(new))
    });
    let themes = Theme::ALL.into_iter().map(|theme| {
        let new = Settings { theme, ..settings.clone() };
        let name = html! { <span>{ texts.say(&format!("theme.{}", theme.word())) }</span> };
        option("theme", settings.theme == theme, name, set(new))
    });
    let ways = [(false, "settings.sections"), (true, "settings.one-question")].map(|(one_question, key)| {
        let new = Settings { one_question, ..settings.clone() };
        option(
            "way",
            settings.one_question == one_question,
            html! { <span>{ texts.say(key) }</span> },
            set(new),
        )
    });
    html! {
        <main class="page page-narrow stack-l" id="main">
            <h1 id={HEADING} tabindex="-1">{ texts.say("settings.title") }</h1>
            <div class="sheet">
                { group(&texts, "settings.language", None, "choices-across", languages.into_iter().collect()) }
                { group(&texts, "settings.text", Some("settings.text-hint"), "choices-across", sizes.collect()) }
                { group(&texts, "settings.theme", None, "choices-across", themes.collect()) }
                { group(&texts, "settings.way", Some("settings.way-hint"), "choices", ways.into_iter().collect()) }
            </div>
            <p class="quiet">{ texts.say("settings.kept") }</p>
            <div class="actions">
                <a class="button button-second" href={Route::Start.href()}>
                    { icon(Icon::Previous, Classes::new()) }{ texts.say("settings.back") }
                </a>
                <a class="button button-quiet" href={Route::Gallery.href()}>{ texts.say("settings.gallery") }</a>
            </div>
        </main>
    }
}

fn option(group: &'static str, checked: bool, name: Html, onchange: Callback<Event>) -> Html {
    html! {
        <label class="choice">
            <input type="radio" name={format!("settings-{group}")} {checked} {onchange} autocomplete="off" />
            { name }
        </label>
    }
}

fn group(texts: &Texts, title: &str, hint: Option<&str>, class: &'static str, options: Vec<Html>) -> Html {
    html! {
        <div class="question">
            <fieldset role="radiogroup">
                <legend class="question-title">{ texts.say(title) }</legend>
                if let Some(hint) = hint {
                    <p class="hint">{ texts.say(hint) }</p>
                }
                <div class={classes!("control", class)}>{ options }</div>
            </fieldset>
        </div>
    }
}

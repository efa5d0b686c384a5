use yew::prelude::*;

use crate::expression::RowId;
use crate::profile::wire::{Age, Profile};
use crate::session::Session;
use crate::web::display::date_text;
use crate::web::text::Texts;

/// What was asked, when, and how far.
pub(super) fn key_facts(session: &Session, texts: &Texts, profile: &Profile) -> Html {
    let fact =
        |key: &str, value: AttrValue| html! { <div><dt>{ texts.say(key) }</dt><dd>{ value }</dd></div> };
    let age = profile.subject.age_years.as_ref().map(|age| match age {
        Age::Years(years) => years.to_string(),
        Age::Between([min, max]) => format!("{min}–{max}"),
    });
    let (answered, asked) =
        (profile.data_quality.answered.to_string(), profile.data_quality.asked.to_string());
    html! {
        <dl class="key-facts">
            { fact("profile.form", session.text(&session.plan().title, RowId::FORM).into()) }
            { fact("profile.assessed-on", date_text(texts, &profile.assessed_on)) }
            if let Some(age) = age {
                { fact("profile.age", texts.fill("age.years", &[("age", &age)])) }
            }
            { fact("profile.answered", texts.fill("scores.answered", &[("answered", &answered), ("of", &asked)])) }
            if let Some(next) = &profile.reassessment.next_on {
                { fact("profile.next", date_text(texts, next)) }
            }
        </dl>
    }
}

/// What the law says of the person.
pub(super) fn legal_flags(texts: &Texts, profile: &Profile) -> Html {
    let flags = &profile.subject.legal_flags;
    if flags.is_empty() {
        return Html::default();
    }
    html! {
        <section class="sheet sheet-padded stack">
            <h2>{ texts.say("profile.legal") }</h2>
            <dl class="key-facts">
                { for flags.iter().map(|(name, flag)| {
                    let word = match flag {
                        Some(true) => "answer.yes",
                        Some(false) => "answer.no",
                        None => "answer.unknown",
                    };
                    let name_text = texts.say_or(&format!("flag.{name}"), name);
                    html! { <div key={&**name}><dt>{ name_text }</dt><dd>{ texts.say(word) }</dd></div> }
                }) }
            </dl>
        </section>
    }
}

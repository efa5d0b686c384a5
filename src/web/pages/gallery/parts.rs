use yew::prelude::*;

use super::example::alarmed;
use crate::diagnostic::Severity;
use crate::web::components::{
    AlertOnTheSpot, AskTwice, Icon, domain_level, icon, level_badge, message, waiting,
};
use crate::web::hooks::use_texts;
use crate::web::store::Store;
use crate::web::text::Texts;

/// The id of the heading over the buttons that ask twice.
const TWICE: &str = "gallery-twice";

/// What stands on pages beside questions.
pub(super) fn parts(texts: &Texts) -> Html {
    let messages = [Severity::Error, Severity::Warning, Severity::Info];
    let panels = ["panel-info", "panel-good", "panel-warning", "panel-error"];
    html! {
        <section class="stack-l">
            <div class="stack">
                <h2>{ texts.say("gallery.buttons") }</h2>
                <div class="actions-inline">
                    <button type="button" class="button">{ texts.say("start.begin") }</button>
                    <button type="button" class="button button-second">{ texts.say("section.back") }</button>
                    <button type="button" class="button button-quiet">{ texts.say("start.discard") }</button>
                    <button type="button" class="button" disabled={true}>{ texts.say("agreed.add") }</button>
                </div>
                <h3 id={TWICE} tabindex="-1">{ texts.say("gallery.twice") }</h3>
                <div class="actions-inline"><Twice asking={false} /><Twice asking={true} /></div>
            </div>
            <div class="stack">
                <h2>{ texts.say("gallery.levels") }</h2>
                <div class="actions-inline">
                    <>{ for (0..4).map(|level| level_badge(texts, level)) }</>
                    { domain_level(texts, Some(0), true) }
                    { domain_level(texts, None, false) }
                </div>
            </div>
            <div class="stack">
                <h2>{ texts.say("gallery.messages") }</h2>
                <>{ for messages.map(|severity| message(texts, severity, texts.say("gallery.sample"))) }</>
                <>{ for panels.map(|class| html! {
                    <div class={classes!("panel", class)}><p>{ texts.say("gallery.sample") }</p></div>
                }) }</>
                { waiting(texts.say("interview.opening")) }
            </div>
            <div class="stack">
                <h2>{ texts.say("gallery.over") }</h2>
                <Over />
            </div>
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct TwiceProps {
    asking: bool,
}

/// A button that asks in its place, before it is pressed or after.
#[component]
fn Twice(props: &TwiceProps) -> Html {
    let texts = use_texts();
    let asking = use_state(|| props.asking);
    let onyes = {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(false))
    };
    html! {
        <AskTwice {asking} class="button-quiet" text={texts.say("start.discard")}
            ask={texts.say("start.discard-ask")} yes={texts.say("start.discard-yes")} {onyes} then={TWICE} />
    }
}

/// What stands over the whole page: an alert comes when it is asked for, and goes as it does in an interview. The button
/// that hides the page stands on this page as on every other.
#[component]
fn Over() -> Html {
    let texts = use_texts();
    let shown = use_state(|| None::<(u32, Store)>);
    let onclick = {
        let (shown, tag) = (shown.clone(), texts.tag().to_owned());
        move |_: MouseEvent| {
            // An interview of its own each time, for on the last one's alert somebody may have acted.
            let number = shown.as_ref().map_or(0, |(number, _)| number.wrapping_add(1));
            shown.set(alarmed(&tag).map(|store| (number, store)));
        }
    };
    {
        // Whoever changes the language meanwhile reads the alert in it: it must be told before it is drawn.
        let open = shown.as_ref().map(|(_, store)| store.clone());
        use_memo((open, texts.tag().to_owned()), |(open, tag)| {
            open.iter().for_each(|store| store.speak(tag));
        });
    }
    html! {
        <>
            <p>{ icon(Icon::Hide, Classes::new()) }{ " " }{ texts.say("gallery.hide") }</p>
            <div>
                <button type="button" class="button button-second" id="gallery-alert" {onclick}>{ texts.say("gallery.alert") }</button>
            </div>
            if let Some((number, store)) = &*shown {
                <AlertOnTheSpot key={*number} store={store.clone()} />
            }
        </>
    }
}

use yew::prelude::*;

use super::section_end::SectionEnd;
use crate::diagnostic::Severity;
use crate::plan::SectionId;
use crate::session::Node;
use crate::web::components::{Icon, Question, icon};
use crate::web::hooks::{use_chosen, use_texts, use_topic};
use crate::web::host::address;
use crate::web::route::Route;
use crate::web::store::{Step, Store, Topic};

/// How long what was chosen stays to be seen before the next question comes.
const MOMENT_MS: u32 = 350;

/// What [`Steps`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct StepsProps {
    /// The interview.
    pub(super) store: Store,
    /// The section.
    pub(super) section: SectionId,
    /// The place of the question; the first without.
    pub(super) place: Option<usize>,
}

/// A section, one question a screen, in large print. An answer of one touch leads on by itself, unless there is
/// something to say about it. Every screen has an address, so that the browser's own "back" leads to the question
/// before.
#[component]
pub(super) fn Steps(props: &StepsProps) -> Html {
    let StepsProps { store, section, place } = props;
    let section = *section;
    use_topic(store, Topic::Section(section));
    use_topic(store, Topic::Announcement);
    // Whoever comes back to an interview comes to the question at which they were.
    let wanted = *use_memo((store.clone(), section, *place), |(store, section, place)| {
        place.or_else(|| store.awaited_place(*section)).unwrap_or_default()
    });
    {
        // The way back leads to it too.
        let form = store.form().to_string();
        use_effect_with((section, *place, wanted), move |&(section, place, wanted)| {
            if place.is_none() && wanted > 0 {
                address::rename(&Route::Ask { form, section: section.index(), place: wanted }.href());
            }
        });
    }
    let texts = use_texts();
    let steps = store.steps(section);
    // A question that is no longer asked leads to the next one that is.
    let current = steps.iter().position(|step| step.place >= wanted).unwrap_or(steps.len().saturating_sub(1));
    let href = |step: &Step| {
        let form = store.form().to_string();
        Route::Ask { form, section: section.index(), place: step.place }.href()
    };
    let before = current.checked_sub(1).and_then(|before| steps.get(before)).map(href);
    let after = steps.get(current + 1).map(href);
    let last = after.is_none();
    let onchosen = {
        let store = store.clone();
        use_callback((section, wanted), move |node: Node, _| go_on(&store, section, node))
    };
    use_chosen(store, MOMENT_MS, onchosen);
    let Some(step) = steps.get(current) else {
        return html! { <SectionEnd store={store.clone()} {section}>{ Html::default() }</SectionEnd> };
    };
    let (place, of) = ((current + 1).to_string(), steps.len().to_string());
    let number = texts.fill("step.place", &[("place", &place), ("of", &of)]);
    let body = html! {
        <div class="step" key={step.place}>
            <p class="step-place">{ number }</p>
            <div class="sheet">
                { for step.questions.iter().map(|&question| html! {
                    <Question key={question.0} store={store.clone()} node={Node::form(question)} />
                }) }
            </div>
        </div>
    };
    if last {
        return html! { <SectionEnd store={store.clone()} {section} back={before}>{ body }</SectionEnd> };
    }
    html! {
        <>
            { body }
            <div class="actions actions-spread">
                if let Some(before) = before {
                    <a class="button button-second button-large" href={before}>
                        { icon(Icon::Previous, Classes::new()) }{ texts.say("section.back") }
                    </a>
                } else {
                    <BackToSection store={store.clone()} {section} />
                }
                if let Some(after) = after {
                    <a class="button button-large" href={after}>
                        { texts.say("step.next") }{ icon(Icon::Next, Classes::new()) }
                    </a>
                }
            </div>
        </>
    }
}

/// Goes to the screen after that of a question, unless something is to be said about its answer, or done about it at once.
fn go_on(store: &Store, section: SectionId, node: Node) {
    if store.open_alert().is_some() {
        return;
    }
    let after = {
        let session = store.session();
        let remarked = session.issues(node).iter().any(|issue| issue.severity != Severity::Info);
        if remarked || session.value(node).is_none() {
            return;
        }
        let steps = store.steps(section);
        let here = steps.iter().position(|step| step.questions.contains(&node.question()));
        here.and_then(|here| steps.get(here + 1)).map(|step| step.place)
    };
    if let Some(place) = after {
        let form = store.form().to_string();
        address::go(&Route::Ask { form, section: section.index(), place }.href());
    }
}

#[derive(PartialEq, Properties)]
struct BackProps {
    store: Store,
    section: SectionId,
}

/// The way back from the first question of a section.
#[component]
fn BackToSection(props: &BackProps) -> Html {
    let BackProps { store, section } = props;
    let texts = use_texts();
    let before = store.sections().into_iter().rev().find(|one| one < section);
    let (href, label) = match before {
        Some(before) => (super::section_end::last_of(store, before), "section.back"),
        None => (Route::Start.href(), "section.home"),
    };
    html! {
        <a class="button button-second button-large" {href}>
            { icon(Icon::Previous, Classes::new()) }{ texts.say(label) }
        </a>
    }
}

use yew::prelude::*;

use crate::expression::RowId;
use crate::plan::SectionId;
use crate::web::components::{ErrorSummary, Icon, icon, message};
use crate::web::display::section_problems;
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::address;
use crate::web::route::Route;
use crate::web::store::{Store, Topic};

/// What [`SectionEnd`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct SectionEndProps {
    /// The interview.
    pub(super) store: Store,
    /// The section.
    pub(super) section: SectionId,
    /// Where "back" leads within the section; to the section before if nowhere.
    #[prop_or_default]
    pub(super) back: Option<String>,
    /// Its questions, or the last of them.
    pub(super) children: Html,
}

/// The questions with what stands before and after them: what is wrong, and the ways on.
///
/// Going on is never forbidden: a caseworker follows the talk. Faults are shown once, and the second press leaves them.
#[component]
pub(super) fn SectionEnd(props: &SectionEndProps) -> Html {
    let SectionEndProps { store, section, back, children } = props;
    let section = *section;
    use_topic(store, Topic::Section(section));
    use_topic(store, Topic::Progress);
    use_topic(store, Topic::Form);
    let texts = use_texts();
    let attempts = use_state(|| 0_u32);
    let session = store.session();
    let sections = store.sections();
    let before = sections.iter().rev().find(|one| **one < section).copied();
    let after = sections.iter().find(|one| **one > section).copied();
    let form = store.form().to_string();
    let href = |section: SectionId| Route::Fill { form: form.clone(), section: section.index() }.href();
    let onward = after.map_or_else(|| Route::Review { form: form.clone() }.href(), href);
    let problems =
        if *attempts > 0 { section_problems(&session, &store.drafts(), &texts, section) } else { Vec::new() };
    let onnext = {
        let (store, texts, attempts, onward) =
            (store.clone(), texts.clone(), attempts.clone(), onward.clone());
        move |_: MouseEvent| {
            store.insist_on(section);
            let clear = section_problems(&store.session(), &store.drafts(), &texts, section).is_empty();
            if clear {
                address::go(&onward);
            } else {
                attempts.set(*attempts + 1);
            }
        }
    };
    let checks = session.failed_checks().filter(|(id, _)| {
        session.plan().sections.get(section.index()).is_some_and(|section| section.checks.contains(id))
    });
    let title = |section: SectionId| {
        session.plan().sections.get(section.index()).map(|section| session.text(&section.title, RowId::FORM))
    };
    let next = match after.and_then(title) {
        Some(title) => texts.fill("section.next", &[("section", &title)]),
        None => texts.say("section.review"),
    };
    let back = back.clone().or_else(|| before.map(|before| last_of(store, before)));
    html! {
        <>
            if !problems.is_empty() {
                <ErrorSummary store={store.clone()} {problems} attempt={*attempts}>
                    <a class="summary-onward" href={onward}>{ texts.say("problems.onward") }</a>
                </ErrorSummary>
            }
            { children.clone() }
            <>{ for checks.map(|(_, check)| {
                message(&texts, check.severity, session.text(&check.message, RowId::FORM).into())
            }) }</>
            <div class="actions actions-spread">
                if let Some(back) = back {
                    <a class="button button-second button-large" href={back}>
                        { icon(Icon::Previous, Classes::new()) }{ texts.say("section.back") }
                    </a>
                } else {
                    <a class="button button-second button-large" href={Route::Start.href()}>
                        { icon(Icon::Previous, Classes::new()) }{ texts.say("section.home") }
                    </a>
                }
                <button type="button" class="button button-large" onclick={onnext}>
                    { next }{ icon(Icon::Next, Classes::new()) }
                </button>
            </div>
        </>
    }
}

/// The section before as one comes back to it: at its last question, where they are shown one by one.
pub(super) fn last_of(store: &Store, section: SectionId) -> String {
    let form = store.form().to_string();
    let last = if store.is_stepwise(section) { store.steps(section).pop() } else { None };
    match last {
        Some(step) => Route::Ask { form, section: section.index(), place: step.place }.href(),
        None => Route::Fill { form, section: section.index() }.href(),
    }
}

use yew::prelude::*;

use crate::expression::RowId;
use crate::plan::SectionId;
use crate::session::Node;
use crate::web::components::{ErrorSummary, Icon, LiveScores, Question, SectionList, icon, message};
use crate::web::display::section_problems;
use crate::web::hooks::{use_page, use_texts, use_topic};
use crate::web::host::address;
use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::store::{Store, Topic};

/// What [`FillPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct FillProps {
    /// The interview.
    pub(crate) store: Store,
    /// The section.
    pub(crate) section: SectionId,
}

/// A section of the interview.
#[component]
pub(crate) fn FillPage(props: &FillProps) -> Html {
    let FillProps { store, section } = props;
    let section = *section;
    use_page("title.fill", section, !store.awaits_focus());
    store.show_section(section);
    let texts = use_texts();
    let session = store.session();
    let plan = session.plan();
    let Some(described) = plan.sections.get(section.index()) else {
        return html! { <Elsewhere store={store.clone()} /> };
    };
    html! {
        <main class="page interview" id="main">
            <div class="interview-aside"><SectionList store={store.clone()} {section} /></div>
            <div class="stack" key={section.0}>
                <h1 id={HEADING} tabindex="-1">{ session.text(&described.title, RowId::FORM) }</h1>
                if let Some(text) = &described.description {
                    <p class="lead">{ session.text(text, RowId::FORM) }</p>
                }
                if described.ask_alone {
                    <div class="panel panel-warning">
                        <h2>{ icon(Icon::Warning, Classes::new()) }{ texts.say("section.alone") }</h2>
                        <p>{ texts.say("section.alone-text") }</p>
                    </div>
                }
                if let Some(text) = &described.guidance {
                    <div class="panel panel-info">
                        <h2>{ icon(Icon::Info, Classes::new()) }{ texts.say("question.advice") }</h2>
                        <p class="preserved">{ session.text(text, RowId::FORM) }</p>
                    </div>
                }
                <SectionEnd store={store.clone()} {section}>
                    <div class="sheet">
                        { for described.questions.iter().map(|&question| html! {
                            <Question key={question.0} store={store.clone()} node={Node::form(question)} />
                        }) }
                    </div>
                </SectionEnd>
            </div>
            <LiveScores key={format!("scores-{}", section.0)} store={store.clone()} {section} />
        </main>
    }
}

#[derive(PartialEq, Properties)]
struct SectionEndProps {
    store: Store,
    section: SectionId,
    children: Html,
}

/// The questions with what stands before and after them: what is wrong, and the ways on.
///
/// Going on is never forbidden: a caseworker follows the talk. Faults are shown once, and the second press leaves them.
#[component]
fn SectionEnd(props: &SectionEndProps) -> Html {
    let SectionEndProps { store, section, children } = props;
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
    html! {
        <>
            if !problems.is_empty() {
                <ErrorSummary store={store.clone()} {problems} attempt={*attempts}>
                    <a class="summary-onward" href={onward}>{ texts.say("problems.onward") }</a>
                </ErrorSummary>
            }
            { children.clone() }
            { for checks.map(|(_, check)| {
                message(&texts, check.severity, session.text(&check.message, RowId::FORM).into())
            }) }
            <div class="actions actions-spread">
                if let Some(before) = before {
                    <a class="button button-second button-large" href={href(before)}>
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

#[derive(PartialEq, Properties)]
struct ElsewhereProps {
    store: Store,
}

/// An address that names no section leads to the first.
#[component]
fn Elsewhere(props: &ElsewhereProps) -> Html {
    let form = props.store.form().to_string();
    use_effect_with((), move |()| address::go(&Route::Fill { form, section: 0 }.href()));
    Html::default()
}

use yew::prelude::*;

use super::ids::Ids;
use super::{Icon, icon};
use crate::expression::RowId;
use crate::plan::SectionId;
use crate::session::Node;
use crate::web::display::Problem;
use crate::web::hooks::use_texts;
use crate::web::host::{address, focus};
use crate::web::store::{Store, section_of};
use crate::web::text::Texts;

/// How many questions of a section are in sight at first, and how many sections: with more the box would push what it
/// is about off the screen.
const IN_SIGHT: usize = 3;

/// What [`ErrorSummary`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ErrorSummaryProps {
    /// The interview.
    pub(crate) store: Store,
    /// What is to be put right, and what must be answered still.
    pub(crate) problems: Vec<Problem>,
    /// Counts the attempts: at each the summary takes the focus.
    pub(crate) attempt: u32,
    /// What else can be done.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// What keeps the worker from going on, section by section, each question with a link to where it can be put right. It
/// stays small: of many questions the first are in sight, and the others open.
///
/// Before the first attempt nothing was done wrong, so that what is merely open is told quietly.
#[component]
pub(crate) fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let ErrorSummaryProps { store, problems, attempt, children } = props;
    let texts = use_texts();
    use_effect_with(*attempt, |attempt| {
        if *attempt > 0 {
            focus::element("error-summary");
        }
    });
    let wrong = *attempt > 0 || problems.iter().any(|problem| !problem.missing);
    let sections = by_section(store, problems);
    let body = if let [(_, only)] = sections.as_slice() {
        links(store, &texts, only)
    } else {
        let (first, more) = in_sight(&sections);
        html! {
            <>
                <>{ for first.iter().enumerate().map(|(place, (section, problems))| {
                    part(store, &texts, *section, problems, place == 0)
                }) }</>
                if !more.is_empty() {
                    <details key="more">
                        { toggle(texts.fill("problems.more-sections", &[("n", &more.len().to_string())])) }
                        <>{ for more.iter().map(|(section, problems)| part(store, &texts, *section, problems, false)) }</>
                    </details>
                }
            </>
        }
    };
    html! {
        <div class={classes!("summary", wrong.then_some("summary-wrong"))} id="error-summary"
            role={if wrong { "alert" } else { "group" }} tabindex="-1" aria-labelledby="error-summary-title">
            <h2 id="error-summary-title">
                { icon(if wrong { Icon::Error } else { Icon::Untouched }, Classes::new()) }{ told(&texts, problems) }
            </h2>
            { body }
            { children.clone() }
        </div>
    }
}

/// The problems of each section, in order.
fn by_section<'a>(store: &Store, problems: &'a [Problem]) -> Vec<(SectionId, &'a [Problem])> {
    let session = store.session();
    let of = |problem: &Problem| section_of(session.plan(), problem.node);
    let parts = problems.chunk_by(|one, other| of(one) == of(other));
    parts.filter_map(|part| Some((of(part.first()?), part))).collect()
}

/// What is in sight at first, and the rest. One alone is not worth a fold.
fn in_sight<T>(all: &[T]) -> (&[T], &[T]) {
    let count = if all.len() > IN_SIGHT + 1 { IN_SIGHT } else { all.len() };
    all.split_at_checked(count).unwrap_or((all, &[]))
}

/// A section: how much is open there, opening to the questions.
fn part(store: &Store, texts: &Texts, section: SectionId, problems: &[Problem], open: bool) -> Html {
    let session = store.session();
    let title = session.text(&session.plan().section(section).title, RowId::FORM);
    let text = texts.fill("problems.section", &[("section", &title), ("told", &told(texts, problems))]);
    html! {
        <details key={section.0} {open}>{ toggle(text) }{ links(store, texts, problems) }</details>
    }
}

fn toggle(text: AttrValue) -> Html {
    html! { <summary><span>{ text }</span>{ icon(Icon::Down, "turn") }</summary> }
}

/// A link for each question.
fn links(store: &Store, texts: &Texts, problems: &[Problem]) -> Html {
    let (first, more) = in_sight(problems);
    let list = |problems: &[Problem]| {
        html! {
            <ul>
                { for problems.iter().map(|problem| html! {
                    <li key={format!("{}-{}", problem.node.field.0, problem.node.row.0)}>
                        <ProblemLink store={store.clone()} node={problem.node} text={link_text(texts, problem)} />
                    </li>
                }) }
            </ul>
        }
    };
    html! {
        <>
            { list(first) }
            if !more.is_empty() {
                <details>
                    { toggle(texts.fill("problems.more", &[("n", &more.len().to_string())])) }
                    { list(more) }
                </details>
            }
        </>
    }
}

/// That it must be answered stands above the list, and need not be said with each question.
fn link_text(texts: &Texts, problem: &Problem) -> AttrValue {
    if problem.missing {
        problem.title.clone()
    } else {
        texts.fill("problems.link", &[("question", &problem.title), ("problem", &problem.text)])
    }
}

/// How many answers are to be put right, and how many are missing.
fn told(texts: &Texts, problems: &[Problem]) -> AttrValue {
    let missing = problems.iter().filter(|problem| problem.missing).count();
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(texts.say(one).to_string()),
        _ => Some(texts.fill(many, &[("n", &n.to_string())]).to_string()),
    };
    let parts = [
        count(problems.len() - missing, "problems.wrong-one", "problems.wrong"),
        count(missing, "problems.missing-one", "problems.missing"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(&*texts.say("list.join")).into()
}

/// What [`ProblemLink`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ProblemLinkProps {
    /// The interview.
    pub(crate) store: Store,
    /// The question.
    pub(crate) node: Node,
    /// What the link says.
    pub(crate) text: AttrValue,
    /// What a screen reader says, where the words alone do not tell where it leads.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    /// How it looks.
    #[prop_or_default]
    pub(crate) class: Classes,
}

/// A link to a question, on this page or on another. The address names only the section.
#[component]
pub(crate) fn ProblemLink(props: &ProblemLinkProps) -> Html {
    let ProblemLinkProps { store, node, text, label, class } = props;
    let href = store.address_of(*node).href();
    let onclick = {
        let (store, node, href) = (store.clone(), *node, href.clone());
        move |event: MouseEvent| {
            event.prevent_default();
            if !focus::first_control(&Ids(node).question()) {
                store.focus_now(node);
                address::go(&href);
            }
        }
    };
    html! { <a class={class.clone()} {href} {onclick} aria-label={label.clone()}>{ text.clone() }</a> }
}

use yew::prelude::*;

use super::answers::SectionAnswers;
use super::checking::Checking;
use crate::diagnostic::Severity;
use crate::expression::RowId;
use crate::plan::Demand;
use crate::session::{Node, Session};
use crate::web::components::{Consents, ErrorSummary, Icon, ProblemLink, icon, message, writing};
use crate::web::desk::Desk;
use crate::web::display::{Problem, in_its_rows, issue_text, question_title, section_problems};
use crate::web::finish::finish;
use crate::web::hooks::{use_outcome, use_page, use_texts, use_topic};
use crate::web::host::address;
use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::store::{Outcome, Store, Topic, blocks, section_nodes};
use crate::web::text::Texts;

/// What [`ReviewPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ReviewProps {
    /// Where the second check is.
    pub(crate) desk: Desk,
    /// The interview.
    pub(crate) store: Store,
}

/// Before finishing: what is wrong, what is doubtful, what is open, and every answer.
#[component]
pub(crate) fn ReviewPage(props: &ReviewProps) -> Html {
    let ReviewProps { desk, store } = props;
    use_page("title.review", (), true);
    use_topic(store, Topic::Acts);
    let texts = use_texts();
    let outcome = use_outcome(store);
    let attempts = use_state(|| 0_u32);
    {
        let form = store.form().to_string();
        let finished = matches!(outcome, Outcome::Finished(_));
        // Only an outcome that comes while this page is shown leads on: whoever comes back to check may stay.
        let before = use_mut_ref(|| finished);
        use_effect_with(finished, move |&finished| {
            let was = before.replace(finished);
            if finished && !was {
                address::go(&Route::Profile { form }.href());
            }
        });
    }
    let session = store.session();
    let problems: Vec<Problem> = store
        .sections()
        .into_iter()
        .flat_map(|section| section_problems(&session, &store.drafts(), &texts, section))
        .collect();
    let form_errors: Vec<AttrValue> = session
        .failed_checks()
        .filter(|(_, check)| check.severity == Severity::Error)
        .map(|(_, check)| session.text(&check.message, RowId::FORM).into())
        .collect();
    let warnings = warnings(store, &session, &texts);
    let open = open(store, &session, &texts);
    let blocked = !problems.is_empty() || !form_errors.is_empty();
    let checking = matches!(outcome, Outcome::Checking(_));
    let onfinish = {
        let (desk, store, attempts) = (desk.clone(), store.clone(), attempts.clone());
        move |_: MouseEvent| {
            for section in store.sections() {
                store.insist_on(section);
            }
            attempts.set(*attempts + 1);
            if !blocked && !checking {
                finish(&desk, &store);
            }
        }
    };
    let sections = store.sections();
    let last = sections.last().map_or(0, |section| section.index());
    let back = Route::Fill { form: store.form().to_string(), section: last }.href();
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("review.title") }</h1>
                <p class="lead">{ texts.say("review.lead") }</p>
            </div>
            if !problems.is_empty() {
                <ErrorSummary store={store.clone()} {problems} attempt={*attempts} />
            }
            <>{ for form_errors.into_iter().map(|text| message(&texts, Severity::Error, text)) }</>
            if let Outcome::Refused(remarks) = &outcome {
                { refused(store, &session, &texts, remarks) }
            }
            { listed(store, &texts, "panel-warning", Icon::Warning, "review.warnings", warnings) }
            { listed(store, &texts, "", Icon::Untouched, "review.open", open.clone()) }
            { postponed(store, &session, &texts) }
            { hidden(&session, &texts) }
            { writing(store, html! { <Consents store={store.clone()} /> }) }
            <section class="stack">
                <h2>{ texts.say("review.answers") }</h2>
                <>{ for sections.into_iter().map(|section| html! {
                    <SectionAnswers key={section.0} store={store.clone()} {section} />
                }) }</>
            </section>
            <div class="actions actions-spread">
                <a class="button button-second button-large" href={back}>
                    { icon(Icon::Previous, Classes::new()) }{ texts.say("section.back") }
                </a>
                if checking {
                    <Checking />
                } else {
                    <button type="button" class="button button-large" onclick={onfinish} disabled={store.only_reads()}>
                        { texts.say(if open.is_empty() || blocked { "review.finish" } else { "review.finish-open" }) }
                        { icon(Icon::Next, Classes::new()) }
                    </button>
                }
            </div>
        </main>
    }
}

/// Sections that wait for a private moment.
fn postponed(store: &Store, session: &Session, texts: &Texts) -> Html {
    let sections = store.postponed();
    if sections.is_empty() {
        return Html::default();
    }
    html! {
        <div class="panel panel-warning">
            <h2>
                { icon(Icon::Lock, Classes::new()) }
                { texts.fill("review.alone", &[("n", &sections.len().to_string())]) }
            </h2>
            <p>{ texts.say("review.alone-text") }</p>
            <ul>
                { for sections.into_iter().map(|section| {
                    let href = Route::Fill { form: store.form().to_string(), section: section.index() }.href();
                    let title = session.text(&session.plan().section(section).title, RowId::FORM);
                    html! { <li><a {href}>{ title }</a></li> }
                }) }
            </ul>
        </div>
    }
}

/// Questions that were answered and are no longer asked: their answers are kept aside, and count nowhere.
fn hidden(session: &Session, texts: &Texts) -> Html {
    let aside = |node: &Node| {
        let question = session.plan().question(node.question());
        question.is_asked() && !session.relevant(*node) && session.raw_value(*node).is_some()
    };
    let nodes: Vec<Node> = session.nodes().into_iter().filter(aside).collect();
    if nodes.is_empty() {
        return Html::default();
    }
    html! {
        <details class="panel panel-list">
            <summary>
                <h2>
                    { icon(Icon::NotApplicable, Classes::new()) }
                    { texts.fill("review.hidden", &[("n", &nodes.len().to_string())]) }
                </h2>
                { icon(Icon::Down, "turn") }
            </summary>
            <p>{ texts.say("review.hidden-text") }</p>
            <ul>
                { for nodes.into_iter().map(|node| html! {
                    <li>{ question_title(session, texts, node) }</li>
                }) }
            </ul>
        </details>
    }
}

/// A question and what the link to it says.
type Line = (Node, AttrValue);

/// What should hold and does not, without keeping anybody from finishing.
fn warnings(store: &Store, session: &Session, texts: &Texts) -> Vec<Line> {
    let nodes = store.sections().into_iter().flat_map(|section| section_nodes(session, section));
    nodes
        .flat_map(|node| session.issues(node).iter().map(move |issue| (node, issue)))
        .filter(|(_, issue)| issue.severity != Severity::Error)
        .map(|(node, issue)| {
            (node, in_its_rows(session, texts, node, issue_text(session, texts, node, issue)))
        })
        .collect()
}

/// Questions that may stay open, and are listed in the profile as missing.
fn open(store: &Store, session: &Session, texts: &Texts) -> Vec<Line> {
    let nodes = store.sections().into_iter().flat_map(|section| section_nodes(session, section));
    nodes
        .filter(|&node| session.missing(node).is_some_and(|demand: Demand| !blocks(demand)))
        .map(|node| (node, question_title(session, texts, node)))
        .collect()
}

fn listed(
    store: &Store,
    texts: &Texts,
    class: &'static str,
    picture: Icon,
    title: &str,
    lines: Vec<Line>,
) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    let count = lines.len().to_string();
    html! {
        <details class={classes!("panel", "panel-list", class)} open={lines.len() <= 8}>
            <summary>
                <h2>{ icon(picture, Classes::new()) }{ texts.fill(title, &[("n", &count)]) }</h2>
                { icon(Icon::Down, "turn") }
            </summary>
            <ul>
                { for lines.into_iter().map(|(node, text)| html! {
                    <li><ProblemLink store={store.clone()} {node} {text} /></li>
                }) }
            </ul>
        </details>
    }
}

/// What the engine or the second check does not accept. That is a fault of the program more than of the worker, so
/// its codes are shown: they are what a station asks for.
fn refused(store: &Store, session: &Session, texts: &Texts, remarks: &[crate::worker::Remark]) -> Html {
    html! {
        <div class="panel panel-error" role="alert">
            <h2>{ icon(Icon::Error, Classes::new()) }{ texts.say("review.refused") }</h2>
            <p>{ texts.say("review.refused-text") }</p>
            <ul>
                { for remarks.iter().map(|remark| {
                    let node = remark.answer.as_deref().and_then(|pointer| session.node_at(pointer));
                    match node {
                        Some(node) => {
                            let title = question_title(session, texts, node);
                            let text = texts.fill("problems.link", &[("question", &title), ("problem", &remark.code)]);
                            html! { <li><ProblemLink store={store.clone()} {node} {text} /></li> }
                        }
                        None => html! { <li><code>{ remark.code.clone() }</code>{ " " }{ remark.message.clone() }</li> },
                    }
                }) }
            </ul>
        </div>
    }
}

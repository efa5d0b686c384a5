use yew::prelude::*;

use super::absences::absences;
use super::advice::advice;
use super::control::{Labelled, control, labelled};
use super::ids::Ids;
use super::last_time::last_time;
use super::message::message;
use super::more::{More, informant_text};
use super::note::note;
use super::{ControlProps, Icon, icon};
use crate::diagnostic::Severity;
use crate::plan::{AnswerKind, Demand, Question as Asked};
use crate::session::{Node, Session};
use crate::value::Informant;
use crate::web::display::{demand_text, issue_text, unreadable_text};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::focus;
use crate::web::store::{Store, blocks};
use crate::web::text::Texts;

/// What [`Question`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct QuestionProps {
    /// The interview.
    pub(crate) store: Store,
    /// The question.
    pub(crate) node: Node,
}

/// A question with everything around it. A question that is not asked draws nothing, and stays to be told when it is.
#[component]
pub(crate) fn Question(props: &QuestionProps) -> Html {
    let QuestionProps { store, node } = props;
    let node = *node;
    use_node(store, node);
    let texts = use_texts();
    let opened = use_state(|| false);
    {
        let store = store.clone();
        use_effect(move || {
            if store.takes_focus(node) {
                focus::first_control(&Ids(node).question());
            }
        });
    }
    let onfocusin = {
        let store = store.clone();
        Callback::from(move |event: FocusEvent| {
            if focus::crosses(&event) {
                store.enter(node);
            }
        })
    };
    let onfocusout = {
        let store = store.clone();
        Callback::from(move |event: FocusEvent| {
            if focus::crosses(&event) {
                store.leave(node);
            }
        })
    };
    let session = store.session();
    let question = session.plan().question(node.question());
    if !session.relevant(node) || question.widget.as_deref() == Some("hidden") {
        return Html::default();
    }
    if matches!(question.kind, AnswerKind::Note) {
        return html! { <div class="question">{ note(&session, question, node) }</div> };
    }
    let messages = messages(store, &session, &texts, node);
    let invalid = messages.iter().any(|(severity, _)| *severity == Severity::Error);
    let props = ControlProps {
        store: store.clone(),
        node,
        described_by: described_by(question, !messages.is_empty(), node),
        invalid,
        read_only: session.read_only(node),
    };
    let inside = html! {
        <>
            if let Some(hint) = &question.description {
                <p class="hint" id={Ids(node).hint()}>{ session.text(hint, node.row) }</p>
            }
            if let Some(text) = &question.guidance {
                { advice(&texts, &session.text(text, node.row)) }
            }
            { last_time(store, &texts, node) }
            if !messages.is_empty() {
                <div id={Ids(node).messages()}>
                    { for messages.into_iter().map(|(severity, text)| message(&texts, severity, text)) }
                </div>
            }
            <div class="control">{ control(question, props.clone()) }</div>
        </>
    };
    let toggle = {
        let opened = opened.clone();
        move |_: MouseEvent| opened.set(!*opened)
    };
    html! {
        <div class={classes!("question", invalid.then_some("question-error"))} id={Ids(node).question()} {onfocusin}
            {onfocusout}>
            { framed(&session, question, &texts, &props, inside) }
            if question.is_asked() && question.repeat().is_none() {
                <div class="question-foot">
                    { absences(&texts, question, &props) }
                    <button type="button" class="chip chip-icon" aria-expanded={opened.to_string()}
                        aria-controls={Ids(node).more()} aria-label={texts.say("question.more")} onclick={toggle}>
                        { icon(Icon::More, Classes::new()) }
                    </button>
                </div>
                if *opened {
                    <More store={store.clone()} {node} />
                }
            }
        </div>
    }
}

/// The label and what it labels: one box, or a group.
fn framed(session: &Session, question: &Asked, texts: &Texts, props: &ControlProps, inside: Html) -> Html {
    let node = props.node;
    let ids = Ids(node);
    let title = html! {
        <>
            <span id={ids.title()}>{ session.text(&question.title, node.row) }</span>
            { tags(session, question, texts, node) }
        </>
    };
    let described = props.described_by.clone();
    match labelled(question, session.choices(node).len()) {
        Labelled::Box => html! {
            <><label class="question-title" for={ids.control()}>{ title }</label>{ inside }</>
        },
        Labelled::Radios => html! {
            <fieldset role="radiogroup" aria-describedby={described} aria-invalid={props.invalid.to_string()}>
                <legend class="question-title">{ title }</legend>{ inside }
            </fieldset>
        },
        Labelled::Group => html! {
            <fieldset aria-describedby={described}><legend class="question-title">{ title }</legend>{ inside }</fieldset>
        },
    }
}

/// Small words under the title: what the worker should know before asking.
fn tags(session: &Session, question: &Asked, texts: &Texts, node: Node) -> Html {
    let informant = session.informant(node);
    let demand = session.demand(node);
    let asked = question.is_asked() && question.repeat().is_none();
    let needed = match demand {
        _ if !asked => None,
        Demand::Required | Demand::AnswerOrRefusal => Some("question.needed"),
        Demand::Optional => Some("question.optional"),
        Demand::Expected => None,
    };
    let told = asked && informant != Informant::Own;
    if needed.is_none() && !question.ask_alone && question.qualification.is_none() && !told {
        return Html::default();
    }
    html! {
        <span class="question-tags">
            if let Some(key) = needed {
                <span class="question-optional">{ texts.say(key) }</span>
            }
            if question.ask_alone {
                <span class="tag">{ texts.say("question.alone") }</span>
            }
            if question.qualification.is_some() {
                <span class="tag">{ texts.say("question.qualification") }</span>
            }
            if told {
                <span class="tag">{ informant_text(texts, informant) }</span>
            }
        </span>
    }
}

/// What to say about the answer that is there, or that is not. Errors wait until the worker has left the question.
fn messages(store: &Store, session: &Session, texts: &Texts, node: Node) -> Vec<(Severity, AttrValue)> {
    if !store.shows_errors(node) {
        return Vec::new();
    }
    if let Some(why) = store.drafts().unreadable(node) {
        return vec![(Severity::Error, unreadable_text(texts, why))];
    }
    let mut messages: Vec<(Severity, AttrValue)> = session
        .issues(node)
        .iter()
        .map(|issue| (issue.severity, issue_text(session, texts, node, issue)))
        .collect();
    let missing = session.missing(node).filter(|&demand| blocks(demand) && store.insists_on(node));
    messages.extend(missing.map(|demand| (Severity::Error, demand_text(texts, demand))));
    messages.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    messages
}

fn described_by(question: &Asked, messages: bool, node: Node) -> Option<AttrValue> {
    match (question.description.is_some(), messages) {
        (false, false) => None,
        (true, false) => Some(Ids(node).hint()),
        (false, true) => Some(Ids(node).messages()),
        (true, true) => Some(format!("{} {}", Ids(node).hint(), Ids(node).messages()).into()),
    }
}

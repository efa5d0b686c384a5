use yew::prelude::*;

use super::ControlProps;
use super::absences::absences;
use super::accounts::accounts;
use super::advice::advice;
use super::control::{ControlKind, Labelled};
use super::ids::Ids;
use super::last_time::last_time;
use super::locked::LockedQuestion;
use super::message::message;
use super::more::{More, informant_text};
use super::note::note;
use crate::diagnostic::Severity;
use crate::plan::{AnswerKind, Demand, Question as Asked};
use crate::session::{Node, Session};
use crate::value::Informant;
use crate::web::display::{demand_text, issue_text, unreadable_text};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::{document, focus};
use crate::web::store::{Store, blocks};
use crate::web::text::Texts;

/// How a question is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    /// What is asked, and under it everything else.
    #[default]
    Whole,
    /// A line of a grid: what is asked beside the answers, the rest on demand.
    Line,
}

/// What [`Question`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct QuestionProps {
    /// The interview.
    pub(crate) store: Store,
    /// The question.
    pub(crate) node: Node,
    /// How it is laid out.
    #[prop_or_default]
    pub(crate) layout: Layout,
}

/// A question with everything around it. A question that is not asked draws nothing, and stays to be told when it is.
#[component]
pub(crate) fn Question(props: &QuestionProps) -> Html {
    let QuestionProps { store, node, layout } = props;
    let node = *node;
    use_node(store, node);
    let texts = use_texts();
    let opened = use_state(|| false);
    {
        let store = store.clone();
        use_effect(move || {
            if store.awaited() == Some(node) && focus::first_control(&Ids(node).question()) {
                store.end_wish();
            }
        });
    }
    let events = use_memo((store.clone(), node), |(store, node)| Events::new(store, *node));
    let session = store.session();
    let question = session.plan().question(node.question());
    if !session.relevant(node) || question.is_hidden() {
        return Html::default();
    }
    if store.is_locked(node) {
        return html! { <LockedQuestion store={store.clone()} {node} /> };
    }
    if matches!(question.kind, AnswerKind::Note) {
        return html! { <div class="question">{ note(&session, question, node) }</div> };
    }
    let messages = messages(store, &session, &texts, node);
    let invalid = messages.iter().any(|(severity, _)| *severity == Severity::Error);
    let drawn = Drawn {
        session: &session,
        question,
        texts: &texts,
        messages,
        choices: session.choices(node).len(),
        props: ControlProps {
            store: store.clone(),
            node,
            described_by: None,
            invalid,
            read_only: session.read_only(node) || store.only_reads(),
            onchosen: events.onchosen.clone(),
        },
    };
    let toggle = {
        let opened = opened.clone();
        Callback::from(move |_: MouseEvent| opened.set(!*opened))
    };
    let computed = question.calculate.is_some();
    html! {
        <div class={classes!("question", invalid.then_some("question-error"), computed.then_some("question-computed"),
                (*layout == Layout::Line).then_some("question-line"))}
            id={Ids(node).question()} onfocusin={events.onfocusin.clone()} onfocusout={events.onfocusout.clone()}>
            { match layout {
                Layout::Whole => drawn.whole(*opened, &toggle),
                Layout::Line => drawn.line(*opened, &toggle),
            } }
        </div>
    }
}

/// What a question listens to; made once, so that drawing it again changes no listener.
struct Events {
    onfocusin: Callback<FocusEvent>,
    onfocusout: Callback<FocusEvent>,
    onchosen: Callback<MouseEvent>,
}

impl Events {
    fn new(store: &Store, node: Node) -> Self {
        let crossing = |crosses: fn(&FocusEvent, &str) -> bool, act: fn(&Store, Node)| {
            let store = store.clone();
            Callback::from(move |event: FocusEvent| {
                if crosses(&event, &Ids(node).question()) {
                    act(&store, node);
                }
            })
        };
        let chosen = store.clone();
        Self {
            onfocusin: crossing(focus::enters, Store::enter),
            onfocusout: crossing(focus::leaves, Store::leave),
            onchosen: Callback::from(move |event: MouseEvent| {
                // Arrow keys go through the answers of a group: only a finger or a mouse means "this one, go on". WebKit
                // counts no click where the finger touched the label, so that what was used last is asked too.
                if event.detail() > 0 || !document::is_by_keys() {
                    chosen.chose(node);
                }
            }),
        }
    }
}

/// A question while it is drawn.
struct Drawn<'a> {
    session: &'a Session,
    question: &'a Asked,
    texts: &'a Texts,
    messages: Vec<(Severity, AttrValue)>,
    choices: usize,
    props: ControlProps,
}

impl Drawn<'_> {
    fn node(&self) -> Node {
        self.props.node
    }

    fn kind(&self) -> ControlKind {
        ControlKind::of(self.question, self.choices)
    }

    /// Whether a person answers it by itself, and not in rows.
    fn is_answered_here(&self) -> bool {
        self.question.is_asked() && self.question.repeat().is_none()
    }

    fn control_props(&self) -> ControlProps {
        ControlProps {
            described_by: described_by(self.question, !self.messages.is_empty(), self.node()),
            ..self.props.clone()
        }
    }

    fn title(&self) -> Html {
        html! {
            <>
                <span id={Ids(self.node()).title()}>
                    { self.session.text(&self.question.title, self.node().row) }
                </span>
                // Read without styles, the words under the title are still words of their own.
                { " " }
                { tags(self.session, self.question, self.texts, &self.props) }
            </>
        }
    }

    fn hint(&self) -> Html {
        let node = self.node();
        html! {
            <>
                if let Some(hint) = &self.question.description {
                    <p class="hint" id={Ids(node).hint()}>{ self.session.text(hint, node.row) }</p>
                }
                if let Some(text) = &self.question.guidance {
                    { advice(self.texts, &self.session.text(text, node.row)) }
                }
                if self.is_answered_here() {
                    { last_time(&self.props.store, self.texts, node, self.props.read_only) }
                }
            </>
        }
    }

    fn messages(&self) -> Html {
        if self.messages.is_empty() {
            return Html::default();
        }
        html! {
            <div id={Ids(self.node()).messages()}>
                { for self.messages.iter().map(|(severity, text)| message(self.texts, *severity, text.clone())) }
            </div>
        }
    }

    fn more_button(&self, opened: bool, toggle: &Callback<MouseEvent>) -> Html {
        html! {
            <button type="button" class="chip chip-icon chip-more" aria-expanded={opened.to_string()}
                aria-controls={opened.then(|| Ids(self.node()).more())} aria-label={self.texts.say("question.more")}
                onclick={toggle.clone()}></button>
        }
    }

    fn whole(&self, opened: bool, toggle: &Callback<MouseEvent>) -> Html {
        let props = self.control_props();
        let inside = html! {
            <>
                { self.hint() }
                { self.messages() }
                <div class="control">{ self.kind().draw(props.clone()) }</div>
            </>
        };
        html! {
            <>
                { self.framed(&props, inside) }
                if self.is_answered_here() {
                    { accounts(&self.props.store, self.texts, self.node(), self.props.read_only) }
                    <div class="question-foot">
                        { absences(self.texts, self.question, &self.props) }
                        { self.more_button(opened, toggle) }
                    </div>
                    if opened {
                        <More store={self.props.store.clone()} node={self.node()} />
                    }
                }
            </>
        }
    }

    /// The label and what it labels: one box, or a group.
    fn framed(&self, props: &ControlProps, inside: Html) -> Html {
        let described = props.described_by.clone();
        match self.kind().labelled() {
            Labelled::Box => html! {
                <>
                    <label class="question-title" for={Ids(self.node()).control()}>{ self.title() }</label>
                    { inside }
                </>
            },
            Labelled::Radios => html! {
                <fieldset role="radiogroup" aria-describedby={described} aria-invalid={props.invalid.then_some("true")}>
                    <legend class="question-title">{ self.title() }</legend>{ inside }
                </fieldset>
            },
            Labelled::Group => html! {
                <fieldset aria-describedby={described}>
                    <legend class="question-title">{ self.title() }</legend>{ inside }
                </fieldset>
            },
        }
    }

    fn line(&self, opened: bool, toggle: &Callback<MouseEvent>) -> Html {
        let props = self.control_props();
        html! {
            <>
                <div class="line">
                    <div>
                        <p class="question-title">{ self.title() }</p>
                        { self.hint() }
                        { self.messages() }
                        { absences(self.texts, self.question, &self.props) }
                    </div>
                    <div class="control" role="radiogroup" aria-labelledby={Ids(self.node()).title()}
                        aria-describedby={props.described_by.clone()} aria-invalid={props.invalid.then_some("true")}>
                        { self.kind().draw(props.clone()) }
                    </div>
                    { self.more_button(opened, toggle) }
                </div>
                { accounts(&self.props.store, self.texts, self.node(), self.props.read_only) }
                if opened {
                    <More store={self.props.store.clone()} node={self.node()} />
                }
            </>
        }
    }
}

/// Small words under the title: what the worker should know before asking.
fn tags(session: &Session, question: &Asked, texts: &Texts, props: &ControlProps) -> Html {
    let node = props.node;
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
    // Where nothing can be changed it is said once, above.
    let fixed = asked && props.read_only && !props.store.only_reads();
    if !question.ask_alone && question.qualification.is_none() && !told && !fixed {
        // Most questions have this one word or none: an element is spared on each.
        return needed.map_or_else(Html::default, |key| {
            html! { <span class="question-tags question-optional">{ texts.say(key) }</span> }
        });
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
            if fixed {
                <span class="tag">{ texts.say("question.read-only") }</span>
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

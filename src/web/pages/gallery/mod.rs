//! Every kind of question in every state, and the other parts of which the pages are made, to look at them all.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use crate::diagnostic::Severity;
use crate::expression::RowId;
use crate::plan::{LanguageId, Plan, QuestionId};
use crate::session::{Command, Journal, Node, World, answer_from_json};
use crate::value::Absence;
use crate::web::components::{Icon, Question, domain_level, icon, level_badge, message, waiting};
use crate::web::hooks::{use_page, use_texts};
use crate::web::host::clock;
use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::store::{Store, Unreadable};
use crate::web::text::Texts;

const FILES: [(&str, &str); 2] = [
    ("gallery/questionnaire.json", include_str!("questionnaire.json")),
    ("gallery/zh-CN.json", include_str!("zh-CN.json")),
];

/// What the questions show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Empty,
    Answered,
    Wrong,
    Absent,
}

impl State {
    const ALL: [Self; 4] = [Self::Empty, Self::Answered, Self::Wrong, Self::Absent];

    fn key(self) -> &'static str {
        match self {
            Self::Empty => "gallery.empty",
            Self::Answered => "gallery.answered",
            Self::Wrong => "gallery.wrong",
            Self::Absent => "gallery.absent",
        }
    }
}

/// The gallery.
#[component]
pub(crate) fn GalleryPage() -> Html {
    use_page("title.gallery", (), true);
    let texts = use_texts();
    let state = use_state(|| State::Empty);
    let store = use_memo((*state, texts.tag().to_owned()), |(state, tag)| store(*state, tag));
    let states = State::ALL.map(|one| {
        let onchange = {
            let state = state.clone();
            move |_: Event| state.set(one)
        };
        html! {
            <label class="choice">
                <input type="radio" name="gallery-state" checked={*state == one} {onchange} autocomplete="off" />
                <span>{ texts.say(one.key()) }</span>
            </label>
        }
    });
    html! {
        <main class="page page-narrow stack-l" id="main">
            <h1 id={HEADING} tabindex="-1">{ texts.say("gallery.title") }</h1>
            <fieldset role="radiogroup" class="stack">
                <legend><h2>{ texts.say("gallery.questions") }</h2></legend>
                <div class="choices-across">{ for states }</div>
            </fieldset>
            if let Some(store) = &*store {
                <div class="sheet" key={format!("{:?}-{}", *state, texts.tag())}>{ questions(store) }</div>
            }
            { parts(&texts) }
            <div class="actions">
                <a class="button button-second" href={Route::Settings.href()}>
                    { icon(Icon::Previous, Classes::new()) }{ texts.say("gallery.back") }
                </a>
            </div>
        </main>
    }
}

fn questions(store: &Store) -> Html {
    let session = store.session();
    let top = session.plan().question_ids().filter(|id| session.plan().question(*id).parent.is_none());
    html! {
        <>{ for top.map(|id| html! { <Question key={id.0} store={store.clone()} node={Node::form(id)} /> }) }</>
    }
}

/// What stands on pages beside questions.
fn parts(texts: &Texts) -> Html {
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
            </div>
            <div class="stack">
                <h2>{ texts.say("gallery.levels") }</h2>
                <div class="actions-inline">
                    { for (0..4).map(|level| level_badge(texts, level)) }
                    { domain_level(texts, Some(0), true) }
                    { domain_level(texts, None, false) }
                </div>
            </div>
            <div class="stack">
                <h2>{ texts.say("gallery.messages") }</h2>
                { for messages.map(|severity| message(texts, severity, texts.say("gallery.sample"))) }
                { for panels.map(|class| html! {
                    <div class={classes!("panel", class)}><p>{ texts.say("gallery.sample") }</p></div>
                }) }
                { waiting(texts.say("interview.opening")) }
            </div>
        </section>
    }
}

fn plan() -> Option<Arc<Plan>> {
    let files: BTreeMap<String, String> =
        FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    crate::open(&files, "gallery/questionnaire.json").0
}

/// An interview in a state. It is nobody's, and kept nowhere.
fn store(state: State, tag: &str) -> Option<Store> {
    let plan = plan()?;
    let language = plan.language(tag).unwrap_or(LanguageId(0));
    let now = clock::now();
    let world = World { today: clock::today(), now, language };
    let store = Store::new("gallery".into(), "".into(), Journal::begin(Arc::clone(&plan), world), now);
    let top: Vec<QuestionId> = plan.question_ids().filter(|id| plan.question(*id).parent.is_none()).collect();
    match state {
        State::Empty => {}
        State::Answered => {
            for (name, answer) in ANSWERS {
                let id = plan.question_named(None, name)?;
                let answer = answer_from_json(&plan, id, &serde_json::from_str(answer).ok()?)?;
                store.answer(Node::form(id), Some(answer));
            }
            let rows = plan.question_named(None, "g_rows")?;
            store.dispatch(Command::AddRow { repeat: Node::form(rows), at: None });
            let row = store.session().rows(Node::form(rows)).first().copied().unwrap_or(RowId::FORM);
            let called = plan.question_named(Some(rows), "g_called")?;
            store.answer(Node::new(called, row), Some(crate::value::Value::text("Li")));
        }
        State::Wrong => {
            let number = Node::form(plan.question_named(None, "g_number")?);
            store.keep_draft(number, Rc::from(["six".to_owned()]), Unreadable::Number);
            let wish = plan.question_named(None, "g_text")?;
            store.answer(Node::form(wish), Some(crate::value::Value::text("x")));
            for section in plan.section_ids() {
                store.insist_on(section);
            }
        }
        State::Absent => {
            for (id, absence) in top.into_iter().zip(Absence::ALL.into_iter().cycle()) {
                if !plan.question(id).absences.is_empty() {
                    store.dispatch(Command::Absent { node: Node::form(id), absence: Some(absence) });
                }
            }
        }
    }
    Some(store)
}

const ANSWERS: [(&str, &str); 11] = [
    ("g_locked", "\"As it was written before\""),
    ("g_yes_no", "true"),
    ("g_one", "\"help\""),
    ("g_buttons", "\"sometimes\""),
    ("g_several", "[\"family\", \"station\"]"),
    ("g_ranking", "[\"company\", \"health\"]"),
    ("g_scale", "4"),
    ("g_number", "3"),
    ("g_text", "\"To see the mountains\""),
    ("g_date", "\"2021-09\""),
    ("g_time", "\"06:30\""),
];

#[cfg(test)]
mod tests {
    use super::plan;

    #[test]
    fn its_questionnaire_has_no_fault() {
        let files: super::BTreeMap<String, String> =
            super::FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (_, sources, faults) = crate::open(&files, "gallery/questionnaire.json");
        let shown: String = faults.iter().map(|fault| sources.render(fault)).collect();
        assert_eq!(shown, "");
        assert_eq!(plan().map(|plan| plan.languages.len()), Some(2));
    }
}

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::instead::Instead;
use super::section_end::SectionEnd;
use super::steps::Steps;
use crate::expression::RowId;
use crate::plan::{Section, SectionId};
use crate::session::{Node, Session};
use crate::web::components::{
    Block, Consents, Gate, Grid, Icon, LiveScores, PaceSwitch, Question, SectionList, Visit, blocks_of, icon,
    question_id, writing,
};
use crate::web::hooks::{use_appearance, use_chosen, use_page, use_painted, use_texts, use_topic};
use crate::web::host::focus::HEADING;
use crate::web::host::{address, document, focus};
use crate::web::route::Route;
use crate::web::store::{Privacy, Store, Topic};
use crate::web::text::Texts;

/// How long after a touch the next question comes into view: what the answer brings is drawn by then.
const MOMENT_MS: u32 = 80;

/// How long a question that is to have the focus may take to be drawn: it may stand in a row that must open first.
const ARRIVAL_MS: u32 = 1_000;

/// From so many questions on a page is drawn only where it is looked at.
const LONG: usize = 60;

/// Of a section of more questions than this the first are drawn by themselves, as many as a window may show: on a slow
/// tablet they are there in half the time, and the rest follows as soon as they are painted.
const MANY: usize = 24;

/// The least height of a question, in CSS pixels: one that is only shown, in a line.
const LEAST_HEIGHT: f64 = 110.0;

/// What [`FillPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct FillProps {
    /// The interview.
    pub(crate) store: Store,
    /// The section.
    pub(crate) section: SectionId,
    /// The place of the question, where the address names one.
    #[prop_or_default]
    pub(crate) place: Option<usize>,
}

/// A section of the interview, or a question of it.
#[component]
pub(crate) fn FillPage(props: &FillProps) -> Html {
    let FillProps { store, section, place } = props;
    let section = *section;
    use_topic(store, Topic::Acts);
    // Whether questions are shown one by one is a setting.
    let _ = use_appearance();
    let texts = use_texts();
    let session = store.session();
    let described = session.plan().sections.get(section.index());
    let private = described.is_some_and(|section| section.ask_alone);
    let locked = private && !matches!(store.privacy(section), Some(Privacy::Open { .. }));
    // Behind the gate no question can have it.
    use_page("title.fill", (section, *place), locked || !store.awaits_focus());
    use_arrival(store, section, *place, locked);
    let Some(described) = described else {
        // An address that names no section leads to the first.
        return html! { <Instead route={Route::Fill { form: store.form().to_string(), section: 0 }} /> };
    };
    let stepwise = store.is_stepwise(section);
    let first = !stepwise || place.is_none();
    let body = if locked {
        html! {
            <>
                { head(&session, &texts, described, true) }
                { writing(store, html! {
                    <Gate store={store.clone()} {section} onlater={on_from(store, section)} />
                }) }
            </>
        }
    } else if stepwise {
        html! {
            <>
                { head(&session, &texts, described, first) }
                <Steps store={store.clone()} {section} place={*place} />
            </>
        }
    } else {
        html! {
            <>
                { head(&session, &texts, described, true) }
                <SectionBody store={store.clone()} {section} />
            </>
        }
    };
    html! {
        <main class="page" id="main">
            <div class="interview">
                <div class="interview-aside">
                    <SectionList store={store.clone()} {section} />
                    { writing(store, html! { <Visit store={store.clone()} /> }) }
                    { writing(store, html! { <Consents store={store.clone()} beside=true /> }) }
                    <PaceSwitch store={store.clone()} {section} />
                </div>
                <div class="stack" key={section.0}>{ body }</div>
                if !locked {
                    <LiveScores key={format!("scores-{}", section.0)} store={store.clone()} {section} />
                }
            </div>
        </main>
    }
}

/// Notes where the interview is, and gives up the wish for the focus where the page turns out to have no such question:
/// later, as an answer brings that question, it would draw the focus away from what is being written.
#[hook]
fn use_arrival(store: &Store, section: SectionId, place: Option<usize>, locked: bool) {
    use_effect_with((section, place, locked), {
        let store = store.clone();
        move |&(section, _, locked)| {
            store.show_section(section);
            let wished = !locked && store.awaits_focus();
            let later = wished.then(|| {
                Timeout::new(ARRIVAL_MS, move || {
                    if store.end_wish() && focus::is_nowhere() {
                        focus::heading();
                    }
                })
            });
            move || drop(later)
        }
    });
}

/// What a section is called, and what to know before asking.
fn head(session: &Session, texts: &Texts, section: &Section, whole: bool) -> Html {
    html! {
        <>
            <h1 id={HEADING} tabindex="-1">{ session.text(&section.title, RowId::FORM) }</h1>
            if whole {
                if let Some(text) = &section.description {
                    <p class="lead">{ session.text(text, RowId::FORM) }</p>
                }
                if let Some(text) = &section.guidance {
                    <div class="panel panel-info">
                        <h2>{ icon(Icon::Info, Classes::new()) }{ texts.say("question.advice") }</h2>
                        <p class="preserved">{ session.text(text, RowId::FORM) }</p>
                    </div>
                }
            }
        </>
    }
}

/// Goes on after a section that was put off.
fn on_from(store: &Store, section: SectionId) -> Callback<()> {
    let store = store.clone();
    Callback::from(move |()| {
        let form = store.form().to_string();
        let after = store.sections().into_iter().find(|one| *one > section);
        address::go(&match after {
            Some(after) => Route::Fill { form, section: after.index() }.href(),
            None => Route::Review { form }.href(),
        });
    })
}

#[derive(PartialEq, Properties)]
struct BodyProps {
    store: Store,
    section: SectionId,
}

/// All questions of a section, one below the other. After a touch the next one comes into view.
#[component]
fn SectionBody(props: &BodyProps) -> Html {
    let BodyProps { store, section } = props;
    let onchosen = use_callback((), |node, ()| focus::reveal_after(&question_id(node)));
    use_chosen(store, MOMENT_MS, onchosen);
    let blocks = use_memo((store.clone(), *section), |(store, section)| {
        let session = store.session();
        let plan = session.plan();
        let questions = plan.sections.get(section.index()).map(|section| section.questions.as_slice());
        blocks_of(plan, questions.unwrap_or_default())
    });
    // A question that is to have the focus may be any of them.
    let at_once = *use_memo((), |()| store.awaits_focus());
    let painted = use_painted();
    let all = painted || at_once || blocks.len() <= MANY;
    let drawn = if all { &blocks[..] } else { first_of(&blocks, &store.session(), in_window()) };
    html! {
        <SectionEnd store={store.clone()} section={*section}>
            <div class={classes!("sheet", (blocks.len() > LONG).then_some("sheet-long"))}>
                { for drawn.iter().map(|block| match block {
                    Block::One(question) => html! {
                        <Question key={block.key()} store={store.clone()} node={Node::form(*question)} />
                    },
                    Block::Grid(questions) => html! {
                        <Grid key={block.key()} store={store.clone()} questions={Rc::clone(questions)} />
                    },
                }) }
            </div>
        </SectionEnd>
    }
}

/// The first blocks, up to so many that are asked: what is not takes no room.
fn first_of<'a>(blocks: &'a [Block], session: &Session, most: usize) -> &'a [Block] {
    let is_asked = |block: &Block| match block {
        Block::One(question) => session.relevant(Node::form(*question)),
        Block::Grid(_) => true,
    };
    let asked = blocks.iter().enumerate().filter(|(_, block)| is_asked(block));
    let end = asked.map(|(place, _)| place + 1).take(most).last();
    blocks.get(..end.unwrap_or(blocks.len())).unwrap_or(blocks)
}

/// How many questions a window may show.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float is cut to the bounds of the integer"
)]
fn in_window() -> usize {
    (document::window_height() / LEAST_HEIGHT).ceil().max(1.0) as usize
}

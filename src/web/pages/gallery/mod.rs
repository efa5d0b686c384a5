//! Every kind of question in every state, and the other parts of which the pages are made, to look at them all.

mod example;
mod parts;
mod state;

use std::rc::Rc;

use yew::prelude::*;

use self::example::store;
use self::parts::parts;
use self::state::State;
use crate::expression::RowId;
use crate::session::Node;
use crate::web::components::{Block, ErrorSummary, Grid, Icon, Question, blocks_of, icon};
use crate::web::display::section_problems;
use crate::web::hooks::{use_page, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::store::Store;
use crate::web::text::Texts;

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
                <div class="stack-l" key={format!("{:?}-{}", *state, texts.tag())}>
                    if *state == State::Wrong {
                        { problems(store, &texts) }
                    }
                    { sections(store) }
                </div>
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

/// What would keep a worker from going on.
fn problems(store: &Store, texts: &Texts) -> Html {
    let problems = {
        let (session, drafts) = (store.session(), store.drafts());
        let sections = session.plan().section_ids();
        sections.flat_map(|section| section_problems(&session, &drafts, texts, section)).collect::<Vec<_>>()
    };
    html! { <ErrorSummary store={store.clone()} {problems} attempt={0} /> }
}

/// The questions as a page of an interview has them, section by section.
fn sections(store: &Store) -> Html {
    let session = store.session();
    let plan = session.plan();
    // The last section is of what brings about a state, and nothing of it is drawn.
    let sections = plan.sections.iter().filter(|section| &*section.id != "states");
    html! {
        <>{ for sections.map(|section| html! {
            <section class="stack" key={section.id.to_string()}>
                <h3>{ session.text(&section.title, RowId::FORM) }</h3>
                <div class="sheet">
                    { for blocks_of(plan, &section.questions).iter().map(|block| match block {
                        Block::One(question) => html! {
                            <Question key={block.key()} store={store.clone()} node={Node::form(*question)} />
                        },
                        Block::Grid(questions) => html! {
                            <Grid key={block.key()} store={store.clone()} questions={Rc::clone(questions)} />
                        },
                    }) }
                </div>
            </section>
        }) }</>
    }
}

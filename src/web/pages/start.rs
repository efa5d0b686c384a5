use std::rc::Rc;

use yew::prelude::*;

use crate::web::catalogue::{Catalogue, Form};
use crate::web::components::{Icon, icon};
use crate::web::hooks::{use_page, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::later::Rooms;
use crate::web::route::Route;

/// What [`StartPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct StartProps {
    /// The questionnaires.
    pub(crate) catalogue: Rc<Catalogue>,
    /// Where the open interviews are, once that is loaded.
    pub(crate) rooms: Option<Rooms>,
}

/// The list of questionnaires.
#[component]
pub(crate) fn StartPage(props: &StartProps) -> Html {
    let StartProps { catalogue, rooms } = props;
    use_page("title.start", (), true);
    let texts = use_texts();
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("start.title") }</h1>
                <p class="lead">{ texts.say("start.lead") }</p>
            </div>
            <ul class="stack">
                { for catalogue.forms.iter().map(|form| html! {
                    <li key={&*form.id}><FormCard rooms={rooms.clone()} form={form.clone()} /></li>
                }) }
            </ul>
            <div class="panel panel-info">
                <h2>{ icon(Icon::Info, Classes::new()) }{ texts.say("start.kept-title") }</h2>
                <p>{ texts.say("start.kept") }</p>
            </div>
        </main>
    }
}

#[derive(PartialEq, Properties)]
struct FormCardProps {
    rooms: Option<Rooms>,
    form: Form,
}

/// A questionnaire, with its interview if one is open.
#[component]
fn FormCard(props: &FormCardProps) -> Html {
    let FormCardProps { rooms, form } = props;
    let texts = use_texts();
    let update = use_force_update();
    let changed = use_callback((), move |(), ()| update.force_update());
    let open = rooms.as_ref().and_then(|rooms| rooms.interview_card(form, changed));
    let title = form.text(&form.title, texts.tag()).unwrap_or(&form.id).to_owned();
    let description = form.text(&form.description, texts.tag()).map(str::to_owned);
    let label = texts.fill("start.begin-label", &[("form", &title)]);
    let begin = Route::Fill { form: form.id.clone(), section: 0 }.href();
    html! {
        <article class="sheet form-card">
            <h2>{ title.clone() }</h2>
            if let Some(description) = description {
                <p class="quiet">{ description }</p>
            }
            if let Some(open) = open {
                { open }
            } else {
                <div class="form-card-foot">
                    <a class="button" href={begin} aria-label={label}>
                        { texts.say("start.begin") }{ icon(Icon::Next, Classes::new()) }
                    </a>
                    <a class="button button-quiet" href={Route::Follow { form: form.id.clone() }.href()}
                        aria-label={texts.fill("start.follow-label", &[("form", &title)])}>
                        { texts.say("start.follow") }
                    </a>
                    <span class="quiet small">{ texts.fill("start.version", &[("version", &form.version)]) }</span>
                </div>
            }
        </article>
    }
}

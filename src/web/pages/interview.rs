use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::fill::FillPage;
use super::handout::HandoutPage;
use super::kept::{SavedMark, StillHere, UnlockPage, failure_text};
use super::not_opened::not_opened;
use super::profile::ProfilePage;
use super::review::ReviewPage;
use crate::web::components::{AlertOnTheSpot, Announcer, waiting};
use crate::web::desk::{Desk, OpenError};
use crate::web::hooks::{use_appearance, use_keeping, use_page, use_read_only, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::keeping::Writer;
use crate::web::route::Route;
use crate::web::store::{Pace, Store, section_id};

/// What [`InterviewPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct InterviewProps {
    /// Where the open interviews are.
    pub(crate) desk: Desk,
    /// Which page of the interview.
    pub(crate) route: Route,
}

/// Opens an interview, and shows the page of it that the address names.
#[component]
pub(crate) fn InterviewPage(props: &InterviewProps) -> Html {
    let InterviewProps { desk, route } = props;
    let texts = use_texts();
    let appearance = use_appearance();
    use_keeping(desk.keeping());
    let opened = use_state(|| None::<Result<Store, OpenError>>);
    let attempt = use_state(|| 0_u32);
    let form = route.form().unwrap_or_default().to_owned();
    {
        let (desk, opened, tag) = (desk.clone(), opened.clone(), texts.tag().to_owned());
        use_effect_with((form.clone(), route.begins(), *attempt), move |(form, begins, _)| {
            let (form, begins) = (form.clone(), *begins);
            spawn_local(async move { opened.set(Some(desk.open(&form, &tag, begins).await)) });
        });
    }
    // Whoever may write is drawn anew when that changes: no control stays as it was.
    let read_only = use_read_only(desk.interview(&form).as_ref().and_then(Store::writer));
    // Whichever way led here: whoever unlocks the tablet next goes on with what was on the screen last.
    let draft = desk.interview(&form).as_ref().and_then(Store::writer).map(Writer::draft);
    use_effect_with((desk.keeping().clone(), draft), |(keeping, draft)| {
        if let Some(draft) = draft {
            keeping.at(*draft);
        }
    });
    // An interview that is open is there at once, and the right one while another form's is still on its way.
    let store = desk.interview(&form);
    let store = match (store, &*opened) {
        (Some(store), _) => store,
        (None, Some(Err(error))) => {
            let attempt = attempt.clone();
            let again = Callback::from(move |_| attempt.set(*attempt + 1));
            return match error {
                OpenError::Unknown => not_opened(&texts, "interview.unknown", &[], again),
                OpenError::Foreign => not_opened(&texts, "interview.foreign", &[], again),
                OpenError::Fetch(_) => not_opened(&texts, "interview.unreachable", &[], again),
                OpenError::Locked => html! { <UnlockPage desk={desk.clone()} /> },
                OpenError::NotBegun => html! { <NotBegun {form} /> },
                OpenError::NotKept(failure) => not_opened(
                    &texts,
                    "interview.not-kept",
                    &[failure_text(&texts, failure).to_string()],
                    again,
                ),
                OpenError::Faulty(faults) => not_opened(&texts, "interview.faulty", faults, again),
            };
        }
        (None, _) => return html! { <main class="page">{ waiting(texts.say("interview.opening")) }</main> },
    };
    // A key on a page, for one on a fragment is not looked at.
    let key = if read_only { "read" } else { "write" };
    let one_question = appearance.settings.one_question;
    store.set_pace(if one_question { Pace::Question } else { Pace::Section });
    let page = match route {
        Route::Fill { section, .. } => {
            html! { <FillPage {key} store={store.clone()} section={section_id(*section)} /> }
        }
        Route::Ask { section, place, .. } => {
            html! { <FillPage {key} store={store.clone()} section={section_id(*section)} place={*place} /> }
        }
        Route::Review { .. } => html! { <ReviewPage {key} desk={desk.clone()} store={store.clone()} /> },
        Route::Profile { .. } => html! { <ProfilePage {key} desk={desk.clone()} store={store.clone()} /> },
        Route::Handout { .. } => {
            html! { <HandoutPage {key} desk={desk.clone()} store={store.clone()} /> }
        }
        Route::Start
        | Route::Unlock
        | Route::Caseload
        | Route::Outbox
        | Route::Tablet
        | Route::Follow { .. }
        | Route::Settings
        | Route::Gallery => Html::default(),
    };
    html! {
        <>
            if store.is_preview() {
                <aside class="panel panel-warning preview no-print" aria-label={texts.say("preview.title")}>
                    <p><strong>{ texts.say("preview.title") }</strong>{ " " }{ texts.say("preview.text") }</p>
                </aside>
            }
            if !store.is_preview() {
                <aside class="no-print" aria-label={texts.say("saved.label")}>
                    <SavedMark store={store.clone()} writer={store.writer().cloned()} desk={desk.clone()} damage={store.damage()} />
                </aside>
            }
            { page }
            <Announcer store={store.clone()} />
            if !read_only {
                <AlertOnTheSpot {store}><StillHere desk={desk.clone()} /></AlertOnTheSpot>
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct NotBegunProps {
    form: String,
}

/// There is no interview here: the ways to those that there are, and to a new one.
#[component]
fn NotBegun(props: &NotBegunProps) -> Html {
    use_page("title.fill", (), true);
    let texts = use_texts();
    let form = props.form.clone();
    html! {
        <main class="page page-narrow stack" id="main" data-not-begun="yes">
            <h1 id={HEADING} tabindex="-1">{ texts.say("interview.not-begun") }</h1>
            <p class="lead">{ texts.say("interview.not-begun-text") }</p>
            <div class="actions">
                <a class="button" href={Route::Caseload.href()}>{ texts.say("unlock.caseload") }</a>
                <a class="button button-second" href={Route::Fill { form, section: 0 }.href()}>
                    { texts.say("caseload.begin") }
                </a>
            </div>
        </main>
    }
}

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::profile::Profile;
use crate::web::components::{Icon, icon, waiting};
use crate::web::desk::{Desk, OpenError};
use crate::web::display::date_text;
use crate::web::hooks::{use_page, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::host::{address, chosen_file};
use crate::web::route::Route;
use crate::web::text::Texts;

/// What [`FollowPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct FollowProps {
    /// Where the questionnaires are.
    pub(crate) desk: Desk,
    /// The id of the form that is to be begun.
    pub(crate) form: String,
}

/// What became of the file.
#[derive(Clone)]
enum Step {
    NoFile,
    Reading,
    /// It holds no profile.
    Wrong,
    Read(Rc<Profile>),
    Opening,
    Failed(OpenError),
}

/// Begins an interview from the profile of the time before: a file that was downloaded then. It is read here, and goes
/// nowhere.
#[component]
pub(crate) fn FollowPage(props: &FollowProps) -> Html {
    let FollowProps { desk, form } = props;
    use_page("title.follow", (), true);
    let texts = use_texts();
    let step = use_state(|| Step::NoFile);
    let onchange = {
        let step = step.setter();
        move |event: Event| {
            step.set(Step::Reading);
            let step = step.clone();
            let text = chosen_file::text(&event);
            spawn_local(async move {
                let profile = text.await.and_then(|text| serde_json::from_str::<Profile>(&text).ok());
                step.set(profile.map_or(Step::Wrong, |profile| Step::Read(Rc::new(profile))));
            });
        }
    };
    let begin = |profile: &Rc<Profile>| {
        let (desk, form, tag) = (desk.clone(), form.clone(), texts.tag().to_owned());
        let (step, profile) = (step.setter(), Rc::clone(profile));
        move |_: MouseEvent| {
            step.set(Step::Opening);
            let (desk, form, tag) = (desk.clone(), form.clone(), tag.clone());
            let (step, profile) = (step.clone(), Rc::clone(&profile));
            spawn_local(async move {
                match desk.follow(&form, &tag, (*profile).clone()).await {
                    Ok(_) => address::go(&Route::Fill { form, section: 0 }.href()),
                    Err(error) => step.set(Step::Failed(error)),
                }
            });
        }
    };
    let title = desk.forms().iter().find(|one| one.id == *form);
    let title = title.and_then(|one| one.text(&one.title, texts.tag())).unwrap_or(form);
    let problem = match &*step {
        Step::Wrong => Some("follow.wrong"),
        Step::Failed(OpenError::Unknown | OpenError::NotBegun) => Some("interview.unknown"),
        Step::Failed(OpenError::Foreign) => Some("interview.foreign"),
        Step::Failed(OpenError::Fetch(_)) => Some("interview.unreachable"),
        Step::Failed(OpenError::Faulty(_)) => Some("interview.faulty"),
        Step::Failed(OpenError::NotKept(_)) => Some("interview.not-kept"),
        Step::Failed(OpenError::Locked) => Some("failure.locked"),
        Step::NoFile | Step::Reading | Step::Read(_) | Step::Opening => None,
    };
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("follow.title") }</h1>
                <p class="lead">{ texts.fill("follow.lead", &[("form", title)]) }</p>
            </div>
            <div class="sheet sheet-padded stack">
                <h2 class="question-title">{ texts.say("follow.file") }</h2>
                <p class="hint" id="follow-hint">{ texts.say("follow.hint") }</p>
                // The browser's own words on a bare field are in its language and not in the page's.
                <div>
                    <label class="button button-second file-button">
                        { texts.say("follow.choose") }
                        <input id="follow-file" type="file" accept=".json,application/json" {onchange}
                            aria-describedby="follow-hint" aria-invalid={problem.is_some().to_string()} />
                    </label>
                </div>
                if let Some(problem) = problem {
                    <p class="message message-error" role="alert">
                        { icon(Icon::Error, Classes::new()) }<span>{ texts.say(problem) }</span>
                    </p>
                }
                if matches!(*step, Step::Reading | Step::Opening) {
                    { waiting(texts.say("interview.opening")) }
                }
            </div>
            if let Step::Read(profile) = &*step {
                <section class="sheet sheet-padded stack" aria-live="polite">
                    <h2>{ texts.say("follow.found") }</h2>
                    { found(desk, &texts, profile) }
                    <p>{ texts.say("follow.what") }</p>
                    if desk.interview(form).is_some() {
                        <div class="panel panel-warning"><p>{ texts.say("follow.replaces") }</p></div>
                    }
                    <div>
                        <button type="button" class="button button-large" onclick={begin(profile)}>
                            { texts.say("follow.begin") }{ icon(Icon::Next, Classes::new()) }
                        </button>
                    </div>
                </section>
            }
            <div class="actions">
                <a class="button button-quiet" href={Route::Start.href()}>
                    { icon(Icon::Previous, Classes::new()) }{ texts.say("follow.back") }
                </a>
            </div>
        </main>
    }
}

/// Enough to see that it is the right file.
fn found(desk: &Desk, texts: &Texts, profile: &Profile) -> Html {
    let form = desk.forms().iter().find(|one| one.id == profile.questionnaire.id);
    let form = form.and_then(|form| form.text(&form.title, texts.tag()));
    let form = form.unwrap_or(&profile.questionnaire.id).to_owned();
    let fact = |key: &str, value: String| html! { <div><dt>{ texts.say(key) }</dt><dd>{ value }</dd></div> };
    html! {
        <dl class="key-facts">
            { fact("profile.form", form) }
            { fact("profile.assessed-on", date_text(texts, &profile.assessed_on).to_string()) }
            { fact("follow.needs", profile.needs.len().to_string()) }
            { fact("follow.goals", profile.goals.len().to_string()) }
        </dl>
    }
}

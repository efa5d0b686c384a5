//! What came out, for a supervisor to read in a minute: what cannot wait, the needs as a picture, what there is to
//! build on, what has changed, what was agreed, and below all of it what it rests on.

mod act_form;
mod acted;
mod agreed;
mod alerts;
mod areas;
mod change;
mod entries;
mod evidence;
mod facts;
mod keep;
mod need;
mod scores;
mod strengths;
mod trend;

pub(crate) use self::entries::{step_details, strength_words, words};

use yew::prelude::*;

use self::agreed::Agreed;
use self::alerts::alerts;
use self::areas::areas;
use self::facts::{key_facts, legal_flags};
use self::keep::Keep;
use self::scores::scores_table;
use self::strengths::Strengths;
use self::trend::trend;
use super::instead::Instead;
use crate::plan::Rule;
use crate::profile::wire::ProfileStatus;
use crate::session::Session;
use crate::web::components::{Icon, icon, writing};
use crate::web::desk::Desk;
use crate::web::finish::finish;
use crate::web::hooks::{use_outcome, use_page, use_texts};
use crate::web::host::address;
use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::store::{Outcome, Store};

/// What [`ProfilePage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ProfileProps {
    /// Where the second check is.
    pub(crate) desk: Desk,
    /// The interview.
    pub(crate) store: Store,
}

/// The profile of a finished interview.
#[component]
pub(crate) fn ProfilePage(props: &ProfileProps) -> Html {
    let ProfileProps { desk, store } = props;
    use_page("title.profile", (), true);
    let texts = &use_texts();
    let finished = match use_outcome(store) {
        Outcome::Finished(finished) => finished,
        Outcome::Open | Outcome::Checking(_) | Outcome::Refused(_) => {
            // There is no profile of an interview that goes on: its review is the way to one.
            return html! { <Instead route={Route::Review { form: store.form().to_string() }} /> };
        }
    };
    let recheck = {
        let (desk, store) = (desk.clone(), store.clone());
        move |_: MouseEvent| {
            address::go(&Route::Review { form: store.form().to_string() }.href());
            finish(&desk, &store);
        }
    };
    let session = &store.session();
    let profile = &finished.profile;
    let form = || store.form().to_string();
    html! {
        <main class="page" id="main">
            <div class="profile">
                <div class="profile-head stack">
                    <h1 id={HEADING} tabindex="-1">{ texts.say("profile.title") }</h1>
                    { key_facts(session, texts, profile) }
                </div>
                <div class="profile-main stack-l">
                    if profile.status.0 == ProfileStatus::InProgress {
                        <div class="panel panel-warning"><p>{ texts.say("profile.in-progress") }</p></div>
                    }
                    if !finished.verified {
                        <div class="panel panel-warning no-print">
                            <h2>{ icon(Icon::Warning, Classes::new()) }{ texts.say("profile.unverified") }</h2>
                            <p>{ texts.say("profile.unverified-text") }</p>
                            <button type="button" class="button button-second" onclick={recheck} disabled={store.only_reads()}>
                                { texts.say("profile.recheck") }
                            </button>
                        </div>
                    }
                    { writing(store, alerts(store, session, texts, profile)) }
                    { areas(store, session, texts, &finished) }
                    { trend(session, texts, profile) }
                    { writing(store, html! { <Agreed store={store.clone()} /> }) }
                </div>
                <div class="profile-side stack-l">
                    { writing(store, html! { <Strengths store={store.clone()} /> }) }
                    { legal_flags(texts, profile) }
                </div>
                <div class="profile-foot stack-l">
                    { scores_table(session, texts, profile) }
                    <Keep store={store.clone()} finished={finished.clone()} />
                    <div class="actions no-print">
                        <a class="button button-second" href={Route::Review { form: form() }.href()}>
                            { icon(Icon::Previous, Classes::new()) }{ texts.say("profile.back") }
                        </a>
                        <a class="button button-quiet" href={Route::Start.href()}>{ texts.say("profile.home") }</a>
                    </div>
                </div>
            </div>
        </main>
    }
}

/// The rule of an id: its texts are there in every language, while a profile holds those of one.
fn rule<'a>(session: &'a Session, id: &str) -> Option<&'a Rule> {
    session.plan().rules.iter().find(|rule| *rule.id == *id)
}

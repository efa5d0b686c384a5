use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::around::Around;
use super::before::Before;
use super::case_card::{CaseCard, open_id};
use super::failure_panel;
use crate::vault::message::{Card, Failure, Listed};
use crate::web::components::{Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_keeping, use_page, use_refocus, use_sending, use_texts};
use crate::web::host::field;
use crate::web::host::focus::HEADING;
use crate::web::keeping::Access;
use crate::web::route::Route;

/// How many interviews are drawn before more are asked for: a slow tablet is not kept busy by those of last year.
const AT_ONCE: usize = 50;

/// What [`CaseloadPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct CaseloadProps {
    /// The desk.
    pub(crate) desk: Desk,
}

/// The people and households whose interviews are on this tablet.
#[component]
pub(crate) fn CaseloadPage(props: &CaseloadProps) -> Html {
    use_page("title.caseload", (), true);
    let desk = &props.desk;
    let keeping = desk.keeping();
    use_keeping(keeping);
    // Whoever looks through their cases does not fill in an interview: what waits is sent meanwhile.
    use_sending(desk.sending());
    let texts = use_texts();
    let wanted = use_state(String::new);
    let failure = use_state(|| None::<Failure>);
    let failed = {
        let failure = failure.setter();
        use_callback((), move |why: Option<Failure>, ()| failure.set(why))
    };
    let most = use_state(|| AT_ONCE);
    let refocus = use_refocus(None);
    {
        let keeping = keeping.clone();
        use_effect_with((), move |()| spawn_local(async move { keeping.list().await }));
    }
    let Access::Open(unlocked, tablet) = keeping.access() else {
        return html! {
            <main class="page page-narrow stack" id="main">
                <h1 id={HEADING} tabindex="-1">{ texts.say("caseload.title") }</h1>
                <p class="lead">{ texts.say("caseload.locked") }</p>
                <div class="actions"><a class="button" href={Route::Unlock.href()}>{ texts.say("saved.unlock") }</a></div>
            </main>
        };
    };
    let others = tablet.workers.into_iter().filter(|card| card.id != unlocked.worker).collect::<Rc<[Card]>>();
    let titles = |form: &str| desk.titles(form);
    let all = keeping.drafts();
    let is_wanted = |one: &&Listed| {
        one.head.matches(&wanted, &titles(&one.head.form).iter().map(String::as_str).collect::<Vec<_>>())
    };
    let found: Vec<&Listed> = all.iter().filter(is_wanted).collect();
    let onsearch = {
        let wanted = wanted.clone();
        move |event: InputEvent| wanted.set(field::text_of(&event).unwrap_or_default())
    };
    // The button goes with the last of them: the focus goes to the first one that comes.
    let more = {
        let (most, first) = (most.clone(), found.get(*most).map(|one| open_id(one.draft)));
        move |_: MouseEvent| {
            if let Some(first) = &first {
                refocus.to(first.clone());
            }
            most.set(*most + AT_ONCE);
        }
    };
    let count = all.len();
    let shown = found.len().min(*most).to_string();
    let further = found.len().saturating_sub(*most).min(AT_ONCE);
    let around = Around::of(&all);
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("caseload.title") }</h1>
                <p class="lead">{ texts.fill("caseload.lead", &[("name", &unlocked.name)]) }</p>
            </div>
            <Before desk={desk.clone()} />
            if keeping.unreadable() > 0 {
                <div class="panel panel-error" role="alert">
                    <p>{ texts.fill("caseload.unreadable", &[("n", &keeping.unreadable().to_string())]) }</p>
                </div>
            }
            if unlocked.received > 0 {
                <div class="panel panel-info" role="status">
                    <p>{ texts.fill("caseload.received", &[("n", &unlocked.received.to_string())]) }</p>
                </div>
            }
            <div class="actions">
                <a class="button" href={Route::Start.href()}>
                    { icon(Icon::Plus, Classes::new()) }{ texts.say("caseload.begin") }
                </a>
                <a class="button button-second" href={Route::Outbox.href()}>
                    { match desk.sending().open() {
                        0 => texts.say("outbox.title"),
                        n => texts.fill("outbox.title-n", &[("n", &n.to_string())]),
                    } }
                </a>
            </div>
            { failure_panel(&texts, failure.as_ref()) }
            if count > 0 {
                <div class="field" role="search">
                    <label for="search">{ texts.say("caseload.search") }</label>
                    <input id="search" class="box" type="search" oninput={onsearch} autocomplete="off"
                        spellcheck="false" translate="no" />
                    <p class="hint" role="status">{ texts.fill("caseload.found", &[("n", &shown)]) }</p>
                </div>
                <ul class="stack">
                    { for found.into_iter().take(*most).map(|listed| {
                        let missing = desk.sending().missing(listed);
                        let missing = missing.iter().map(|one| one.name(texts.tag()).to_owned()).collect::<Vec<_>>();
                        html! {
                            <li key={listed.draft.to_string()}>
                                <CaseCard desk={desk.clone()} listed={listed.clone()} others={others.clone()} {missing}
                                    together={around.together(&texts, desk, listed)} followed={around.is_followed(listed)}
                                    waits={desk.sending().waits(listed.draft)} failed={failed.clone()} />
                            </li>
                        }
                    }) }
                </ul>
                if further > 0 {
                    <div class="actions">
                        <button type="button" class="button button-second" onclick={more}>
                            { texts.fill("caseload.further", &[("n", &further.to_string())]) }
                        </button>
                    </div>
                }
            } else {
                <p class="quiet">{ texts.say("caseload.empty") }</p>
            }
        </main>
    }
}

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::before::Before;
use super::forgotten::Forgotten;
use super::lost::Lost;
use super::new_worker::NewWorker;
use super::secret::Secret;
use super::{failure_panel, failure_text};
use crate::vault::Id;
use crate::vault::message::{Ask, Card, Failure, Mishap, Tablet, Unlocked};
use crate::web::components::{BusyButton, Icon, icon, waiting};
use crate::web::desk::Desk;
use crate::web::hooks::{use_busy, use_keeping, use_page, use_texts};
use crate::web::host::field;
use crate::web::host::focus::{self, HEADING};
use crate::web::keeping::Access;
use crate::web::route::Route;
use crate::web::text::spoken_date;

/// What [`UnlockPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct UnlockProps {
    /// The desk.
    pub(crate) desk: Desk,
}

/// Who works on this tablet.
#[component]
pub(crate) fn UnlockPage(props: &UnlockProps) -> Html {
    use_page("title.unlock", (), true);
    let texts = use_texts();
    let keeping = props.desk.keeping();
    use_keeping(keeping);
    let unlocked = {
        let desk = props.desk.clone();
        Callback::from(move |unlocked: Unlocked| desk.go_on(&unlocked))
    };
    let entered = {
        let desk = props.desk.clone();
        Callback::from(move |unlocked: Unlocked| desk.entered(&unlocked))
    };
    {
        // Another tab may have entered somebody since this one looked: they are asked for, and nobody is entered again.
        let keeping = keeping.clone();
        use_effect_with((), move |()| {
            if matches!(keeping.access(), Access::Locked(_)) {
                spawn_local(async move { keeping.look().await });
            }
        });
    }
    let body = match keeping.access() {
        Access::Asking => waiting(texts.say("unlock.looking")),
        Access::NoStorage(failure) => html! {
            <div class="panel panel-error" role="alert">
                <h2>{ icon(Icon::Error, Classes::new()) }{ texts.say("unlock.nothing-kept") }</h2>
                <p>{ failure_text(&texts, &failure) }</p>
                if let Some(before) = keeping.lost() {
                    <p>{ texts.fill("lost.unopened", &[("date", &spoken_date(&texts, before.on.0))]) }</p>
                }
                <p><a class="button button-second" href={Route::Start.href()}>{ texts.say("unlock.without") }</a></p>
            </div>
        },
        Access::Locked(tablet) => match keeping.lost() {
            Some(before) => html! { <Lost desk={props.desk.clone()} {before} unlocked={entered} /> },
            None => html! {
            <>
                if let Some(mishap) = tablet.put_together {
                    <div class="panel panel-warning" role="alert" data-put-together="yes">
                        <h2>{ icon(Icon::Warning, Classes::new()) }{ texts.say(befallen(mishap)) }</h2>
                        <p>{ texts.say("lost.together-text") }</p>
                        <p>{ texts.say("lost.together-do") }</p>
                    </div>
                }
                if !tablet.workers.is_empty() {
                    <Doors desk={props.desk.clone()} tablet={tablet.clone()} unlocked={unlocked.clone()} />
                }
                <NewWorker desk={props.desk.clone()} unlocked={entered} first={tablet.workers.is_empty()}
                    taken={tablet.workers.into_iter().map(|card| card.name).collect::<Vec<_>>()}
                    station={tablet.station} />
            </>
            },
        },
        Access::Open(now, _) if props.desk.count_aside() > 0 => {
            html! { <Before desk={props.desk.clone()} thrown={unlocked.reform(move |()| now.clone())} /> }
        }
        Access::Open(unlocked, _) => html! {
            <div class="panel panel-good">
                <h2>{ texts.fill("unlock.at-work", &[("name", &unlocked.name)]) }</h2>
                <div class="actions">
                    <a class="button" href={Route::Caseload.href()}>{ texts.say("unlock.caseload") }</a>
                </div>
            </div>
        },
    };
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("unlock.title") }</h1>
                <p class="lead">{ texts.say("unlock.lead") }</p>
            </div>
            { body }
        </main>
    }
}

/// What befell the database that was put together.
const fn befallen(mishap: Mishap) -> &'static str {
    match mishap {
        Mishap::Gone => "lost.together",
        Mishap::DoesNotOpen => "lost.moved",
    }
}

#[derive(PartialEq, Properties)]
struct DoorsProps {
    desk: Desk,
    tablet: Tablet,
    unlocked: Callback<Unlocked>,
}

/// The workers, and the passphrase of the one who was chosen.
#[component]
fn Doors(props: &DoorsProps) -> Html {
    let DoorsProps { desk, tablet, unlocked } = props;
    let texts = use_texts();
    let only = tablet.workers.first().filter(|_| tablet.workers.len() == 1).map(|card| card.id);
    let chosen = use_state(|| only);
    let failure = use_state(|| None::<Failure>);
    let busy = use_busy();
    let passphrase = use_node_ref();
    let open = {
        let (desk, chosen, unlocked) = (desk.clone(), chosen.clone(), unlocked.clone());
        let (failure, busy, passphrase) = (failure.clone(), busy.clone(), passphrase.clone());
        Callback::from(move |()| {
            let Some(worker) = *chosen else { return };
            let Some(element) = passphrase.get() else { return };
            let typed = field::read(&element).unwrap_or_default();
            let (desk, failure, unlocked) = (desk.clone(), failure.clone(), unlocked.clone());
            failure.set(None);
            busy.begin(async move {
                let answer = desk.keeping().unlock(Ask::Unlock { worker, passphrase: typed }).await;
                // What was typed does not stay in the page.
                field::write(&element, "");
                match answer {
                    Ok(now) => unlocked.emit(now),
                    Err(why) => {
                        failure.set(Some(why));
                        // Whoever mistypes types again.
                        focus::node(&element);
                    }
                }
            });
        })
    };
    let choose = |worker: Id| {
        let (chosen, failure) = (chosen.clone(), failure.clone());
        move |_: Event| {
            chosen.set(Some(worker));
            failure.set(None);
        }
    };
    let card: Option<&Card> = tablet.workers.iter().find(|card| Some(card.id) == *chosen);
    let onclick = {
        let open = open.clone();
        move |_: MouseEvent| open.emit(())
    };
    html! {
        <section class="sheet sheet-padded stack">
            <fieldset>
                <legend class="legend">{ texts.say("unlock.who") }</legend>
                <div class="choices">
                    { for tablet.workers.iter().map(|card| html! {
                        <label class="choice" key={card.id.to_string()}>
                            <input type="radio" name="worker" checked={Some(card.id) == *chosen}
                                onchange={choose(card.id)} />
                            <span translate="no">{ card.name.clone() }</span>
                        </label>
                    }) }
                </div>
            </fieldset>
            if let Some(card) = card {
                <Secret key={card.id.to_string()} element={passphrase} id="passphrase"
                    label={texts.say("unlock.passphrase")} onenter={open} />
                { failure_panel(&texts, failure.as_ref()) }
                <div class="actions">
                    <BusyButton class="button-large" text={texts.say("unlock.open")}
                        doing={texts.say("unlock.opening")} working={busy.is_working()} {onclick} />
                </div>
                <Forgotten desk={desk.clone()} card={card.clone()} unlocked={unlocked.clone()} />
            }
        </section>
    }
}

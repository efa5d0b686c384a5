use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::failure_panel;
use super::new_secret::{NewSecretBoxes, use_new_secret};
use super::newer::Newer;
use super::secret::Secret;
use crate::value::PartialDate;
use crate::vault::message::{Ask, Failure, Tell};
use crate::web::components::{AskTwice, BusyButton, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_busy, use_keeping, use_page, use_texts};
use crate::web::host::focus::{self, HEADING};
use crate::web::host::installed::Installed;
use crate::web::host::storage::Persistence;
use crate::web::host::{clock, download, field, upload};
use crate::web::keeping::{Access, Health};
use crate::web::route::Route;
use crate::web::text::{Texts, spoken_date};

/// The id of what a restored backup came to.
const RESTORED: &str = "restored";

/// What [`TabletPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct TabletProps {
    /// The desk.
    pub(crate) desk: Desk,
}

/// Whether this tablet can be relied upon, and what to do so that it can: backup, restore, passphrase, leaving.
#[component]
pub(crate) fn TabletPage(props: &TabletProps) -> Html {
    use_page("title.tablet", (), true);
    let desk = &props.desk;
    let keeping = desk.keeping();
    use_keeping(keeping);
    let texts = use_texts();
    let health = keeping.health();
    let access = keeping.access();
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("tablet.title") }</h1>
                <p class="lead">{ texts.say("tablet.lead") }</p>
            </div>
            { state_of(&texts, health, &access) }
            if health.installed == Installed::Newer {
                <Newer />
            }
            if matches!(access, Access::Open(..)) {
                <BackUp desk={desk.clone()} />
            }
            <Restore desk={desk.clone()} />
            if let Access::Open(unlocked, tablet) = access {
                <Passphrase desk={desk.clone()} />
                if tablet.station.is_some() {
                    <Trail desk={desk.clone()} />
                }
                <Leave desk={desk.clone()} worker={unlocked.worker} name={unlocked.name} />
            }
        </main>
    }
}

/// What can be promised, point by point.
fn state_of(texts: &Texts, health: Health, access: &Access) -> Html {
    let mut points = vec![
        match health.installed {
            Installed::Ready | Installed::Newer => (Icon::Complete, texts.say("tablet.offline-yes")),
            Installed::Loading => (Icon::Clock, texts.say("tablet.offline-loading")),
            Installed::Never => (Icon::Warning, texts.say("tablet.offline-never")),
            Installed::Failed => (Icon::Warning, texts.say("tablet.offline-failed")),
        },
        match health.persistence {
            Persistence::Granted => (Icon::Complete, texts.say("tablet.persist-yes")),
            Persistence::Refused => (Icon::Warning, texts.say("tablet.persist-no")),
            Persistence::Unknown => (Icon::Partly, texts.say("tablet.persist-unknown")),
        },
        match (health.is_full(), health.left()) {
            (true, _) => (Icon::Error, texts.say("tablet.room-none")),
            (false, Some(left)) => (Icon::Complete, room(texts, left)),
            (false, None) => (Icon::Partly, texts.say("tablet.room-unknown")),
        },
    ];
    // Of a locked tablet nobody knows what is in it.
    if let Access::Open(unlocked, _) = access {
        points.push(match &unlocked.backed_up {
            Some(moment) => {
                (Icon::Complete, texts.fill("tablet.backup-at", &[("date", &spoken_day(texts, moment))]))
            }
            None => (Icon::Warning, texts.say("tablet.backup-never")),
        });
        points.push(match health.unsent {
            0 => (Icon::Complete, texts.say("tablet.unsent-none")),
            n => (Icon::Partly, texts.fill("tablet.unsent", &[("n", &n.to_string())])),
        });
    }
    html! {
        <section class="sheet sheet-padded stack">
            <h2>{ texts.say("tablet.state") }</h2>
            <ul class="points">
                { for points.into_iter().map(|(picture, text)| {
                    let class = match picture {
                        Icon::Complete => "state-complete",
                        Icon::Warning => "state-warning",
                        Icon::Error => "state-errors",
                        _ => "state-partly",
                    };
                    html! { <li>{ icon(picture, class) }<span>{ text }</span></li> }
                }) }
            </ul>
        </section>
    }
}

/// How much room is left, in the unit in which it is a short number.
fn room(texts: &Texts, left: u64) -> AttrValue {
    let megabytes = left / 1_048_576;
    match megabytes / 1024 {
        0 => texts.fill("tablet.room", &[("n", &megabytes.to_string())]),
        gigabytes => texts.fill("tablet.room-much", &[("n", &gigabytes.to_string())]),
    }
}

/// The day of a moment, as it is said.
fn spoken_day(texts: &Texts, moment: &str) -> AttrValue {
    let day = moment.get(..10).and_then(|day| day.parse::<PartialDate>().ok());
    day.map_or_else(|| AttrValue::from(moment.to_owned()), |day| spoken_date(texts, day))
}

#[derive(PartialEq, Properties)]
struct PartProps {
    desk: Desk,
}

/// A backup into a file.
#[component]
fn BackUp(props: &PartProps) -> Html {
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let busy = use_busy();
    let back_up = {
        let (desk, failure, busy) = (props.desk.clone(), failure.clone(), busy.clone());
        move |_: MouseEvent| {
            let (desk, failure) = (desk.clone(), failure.clone());
            busy.begin(async move {
                let made = clock::now().to_string();
                let told = desk.keeping().ask(Ask::BackUp { made: made.clone() }).await;
                failure.set(match told {
                    Ok(Tell::Text(text)) => {
                        let name = format!("intake-backup-{}.txt", clock::today());
                        let handed = download::json(&name, &text);
                        if handed.is_ok() {
                            desk.keeping().backed_up(&made);
                        }
                        handed.err().map(|_| Failure::Unreachable)
                    }
                    Ok(_) => Some(Failure::Unreachable),
                    Err(why) => Some(why),
                });
            });
        }
    };
    html! {
        <section class="sheet sheet-padded stack">
            <h2>{ texts.say("backup.title") }</h2>
            <p>{ texts.say("backup.text") }</p>
            { failure_panel(&texts, failure.as_ref()) }
            <BusyButton text={texts.say("backup.do")} picture={Icon::Download} doing={texts.say("backup.making")}
                working={busy.is_working()} onclick={back_up} />
        </section>
    }
}

/// A backup from a file.
#[component]
fn Restore(props: &PartProps) -> Html {
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let file = use_state(|| None::<String>);
    let restored = use_state(|| None::<u32>);
    // The button that was pressed goes with the file; what came of it is read next.
    use_effect_with(*restored, |restored| {
        if restored.is_some() {
            focus::element(RESTORED);
        }
    });
    let busy = use_busy();
    let passphrase = use_node_ref();
    let chosen = {
        let (file, failure) = (file.clone(), failure.clone());
        move |event: Event| {
            let (file, failure) = (file.clone(), failure.clone());
            spawn_local(async move {
                let text = upload::text(event).await;
                failure.set(text.is_none().then_some(Failure::NotThatFile));
                file.set(text);
            });
        }
    };
    let restore = {
        let (desk, failure, file, busy, restored, passphrase) = (
            props.desk.clone(),
            failure.clone(),
            file.clone(),
            busy.clone(),
            restored.clone(),
            passphrase.clone(),
        );
        Callback::from(move |()| {
            let Some(backup) = (*file).clone() else { return };
            let typed = passphrase.get().and_then(|element| field::read(&element)).unwrap_or_default();
            let (desk, failure, file, restored) =
                (desk.clone(), failure.clone(), file.clone(), restored.clone());
            busy.begin(async move {
                let told = desk.keeping().ask(Ask::Restore { backup, passphrase: typed }).await;
                match told {
                    Ok(Tell::Restored(_, drafts)) => {
                        failure.set(None);
                        file.set(None);
                        restored.set(Some(drafts));
                        desk.keeping().look().await;
                        desk.keeping().list().await;
                    }
                    Ok(_) => failure.set(Some(Failure::Unreachable)),
                    Err(why) => failure.set(Some(why)),
                }
            });
        })
    };
    let onclick = {
        let restore = restore.clone();
        move |_: MouseEvent| restore.emit(())
    };
    html! {
        <section class="sheet sheet-padded stack">
            <h2>{ texts.say("restore.title") }</h2>
            <p>{ texts.say("restore.text") }</p>
            <label class="button button-second file-button">
                { texts.say("restore.choose") }
                <input id="backup-file" type="file" accept=".txt" onchange={chosen} />
            </label>
            if file.is_some() {
                <Secret element={passphrase} id="backup-passphrase" label={texts.say("restore.passphrase")} onenter={restore} />
                <BusyButton text={texts.say("restore.do")} doing={texts.say("restore.working")} working={busy.is_working()}
                    {onclick} />
            }
            { failure_panel(&texts, failure.as_ref()) }
            if let Some(drafts) = *restored {
                <div class="panel panel-good quiet-focus" role="status" id={RESTORED} tabindex="-1">
                    <p>{ texts.fill("restore.done", &[("n", &drafts.to_string())]) }</p>
                    <div class="actions"><a class="button" href={Route::Unlock.href()}>{ texts.say("saved.unlock") }</a></div>
                </div>
            }
        </section>
    }
}

/// Another passphrase.
#[component]
fn Passphrase(props: &PartProps) -> Html {
    let texts = use_texts();
    let told = use_state(|| None::<Result<(), Failure>>);
    let busy = use_busy();
    let (old, new) = (use_node_ref(), use_new_secret());
    let change = {
        let (desk, told, busy) = (props.desk.clone(), told.clone(), busy.clone());
        let (old_box, new_boxes) = (old.clone(), new.clone());
        Callback::from(move |()| {
            let Some(element) = old_box.get() else { return };
            let old = field::read(&element).unwrap_or_default();
            told.set(None);
            let Some(new) = new_boxes.read() else { return };
            let (desk, told, boxes) = (desk.clone(), told.clone(), new_boxes.clone());
            busy.begin(async move {
                let answer = desk.keeping().ask(Ask::ChangePassphrase { old, new }).await;
                field::write(&element, "");
                boxes.clear();
                told.set(Some(answer.map(|_| ())));
            });
        })
    };
    let onclick = {
        let change = change.clone();
        move |_: MouseEvent| change.emit(())
    };
    let failure = told.as_ref().and_then(|told| told.as_ref().err());
    html! {
        <details class="sheet sheet-padded panel-list">
            <summary><h2>{ texts.say("passphrase.title") }</h2>{ icon(Icon::Down, "turn") }</summary>
            <div class="stack">
                <Secret element={old} id="old-passphrase" label={texts.say("passphrase.old")} />
                <NewSecretBoxes secret={new} id="other-passphrase" label={texts.say("passphrase.new")} onenter={change} />
                { failure_panel(&texts, failure) }
                if matches!(*told, Some(Ok(()))) {
                    <div class="panel panel-good" role="status"><p>{ texts.say("passphrase.done") }</p></div>
                }
                <BusyButton text={texts.say("passphrase.do")} doing={texts.say("worker.making")}
                    working={busy.is_working()} {onclick} />
            </div>
        </details>
    }
}

/// The audit trail, for the station alone.
#[component]
fn Trail(props: &PartProps) -> Html {
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let export = {
        let (desk, failure) = (props.desk.clone(), failure.clone());
        move |_: MouseEvent| {
            let (desk, failure) = (desk.clone(), failure.clone());
            spawn_local(async move {
                failure.set(match desk.keeping().ask(Ask::Trail).await {
                    Ok(Tell::Text(text)) => {
                        let name = format!("intake-audit-{}.age", clock::today());
                        download::json(&name, &text).err().map(|_| Failure::Unreachable)
                    }
                    Ok(_) => Some(Failure::Unreachable),
                    Err(why) => Some(why),
                });
            });
        }
    };
    html! {
        <section class="sheet sheet-padded stack">
            <h2>{ texts.say("trail.title") }</h2>
            <p>{ texts.say("trail.text") }</p>
            { failure_panel(&texts, failure.as_ref()) }
            <button type="button" class="button button-second" onclick={export}>
                { icon(Icon::Download, Classes::new()) }{ texts.say("trail.do") }
            </button>
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct LeaveProps {
    desk: Desk,
    worker: crate::vault::Id,
    name: String,
}

/// Removes the worker with all that only they can open: asked twice.
#[component]
fn Leave(props: &LeaveProps) -> Html {
    let texts = use_texts();
    let asking = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let wipe = {
        let (desk, failure, worker) = (props.desk.clone(), failure.clone(), props.worker);
        move |_: MouseEvent| {
            let (desk, failure) = (desk.clone(), failure.clone());
            spawn_local(async move {
                if let Err(why) = desk.keeping().leave(worker).await {
                    failure.set(Some(why));
                }
            });
        }
    };
    html! {
        <details class="sheet sheet-padded panel-list">
            <summary><h2>{ texts.say("leave.title") }</h2>{ icon(Icon::Down, "turn") }</summary>
            <div class="stack">
                <p>{ texts.say("leave.text") }</p>
                { failure_panel(&texts, failure.as_ref()) }
                <AskTwice {asking} class={classes!("button-second", "button-danger")} text={texts.say("leave.do")} ask={texts.say("leave.ask")}
                    question={texts.fill("leave.ask-name", &[("name", &props.name)])}
                    yes={texts.say("leave.yes")} onyes={wipe} />
            </div>
        </details>
    }
}

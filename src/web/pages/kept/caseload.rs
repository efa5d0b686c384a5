use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::failure_panel;
use super::follow_up::FollowUp;
use super::outbox::sent_partly;
use super::visit::Visit;
use crate::value::{DateTime, PartialDate};
use crate::vault::message::{Ask, Card, Failure, Listed};
use crate::vault::{Head, State};
use crate::web::components::{AskTwice, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_keeping, use_page, use_sending, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::host::{clock, field};
use crate::web::keeping::Access;
use crate::web::route::Route;
use crate::web::text::{Texts, spoken_date};

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
    let others: Vec<Card> = tablet.workers.into_iter().filter(|card| card.id != unlocked.worker).collect();
    let titles = |form: &str| desk.titles(form);
    let drafts: Vec<Listed> = keeping
        .drafts()
        .into_iter()
        .filter(|one| {
            one.head.matches(&wanted, &titles(&one.head.form).iter().map(String::as_str).collect::<Vec<_>>())
        })
        .collect();
    let onsearch = {
        let wanted = wanted.clone();
        move |event: InputEvent| wanted.set(field::text_of(&event).unwrap_or_default())
    };
    let failed = {
        let failure = failure.clone();
        Callback::from(move |why: Option<Failure>| failure.set(why))
    };
    let count = keeping.drafts().len();
    let shown = drafts.len().to_string();
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("caseload.title") }</h1>
                <p class="lead">{ texts.fill("caseload.lead", &[("name", &unlocked.name)]) }</p>
            </div>
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
                    { for drafts.into_iter().map(|listed| {
                        let missing = desk.sending().missing(&listed);
                        let missing = missing.iter().map(|one| one.name(texts.tag()).to_owned()).collect::<Vec<_>>();
                        html! {
                            <li key={listed.draft.to_string()}>
                                <CaseCard desk={desk.clone()} {listed} others={others.clone()} {missing}
                                    failed={failed.clone()} />
                            </li>
                        }
                    }) }
                </ul>
            } else {
                <p class="quiet">{ texts.say("caseload.empty") }</p>
            }
        </main>
    }
}

#[derive(PartialEq, Properties)]
struct CaseCardProps {
    desk: Desk,
    listed: Listed,
    /// The other workers of this tablet.
    others: Vec<Card>,
    /// The names of those to whom it does not go, once it goes to somebody.
    missing: Vec<String>,
    failed: Callback<Option<Failure>>,
}

/// An interview: whose, how far, how old; and what can be done with it.
#[component]
fn CaseCard(props: &CaseCardProps) -> Html {
    let CaseCardProps { desk, listed, others, missing, failed } = props;
    let texts = use_texts();
    let Listed { draft, head } = listed.clone();
    let asking = use_state(|| false);
    let handed = use_state(|| None::<String>);
    let open = {
        let (desk, failed) = (desk.clone(), failed.clone());
        move |_: MouseEvent| {
            let (desk, failed) = (desk.clone(), failed.clone());
            spawn_local(async move {
                failed.emit(None);
                if let Err(why) = desk.resume(draft).await {
                    failed.emit(Some(why));
                }
            });
        }
    };
    let give = |to: &Card| {
        let (desk, failed, handed, to) = (desk.clone(), failed.clone(), handed.clone(), to.clone());
        move |_: MouseEvent| {
            let (desk, failed, handed, to) = (desk.clone(), failed.clone(), handed.clone(), to.clone());
            spawn_local(async move {
                desk.forget(draft);
                let why = desk.sending().hand_over(draft, to.id).await.err();
                handed.set(why.is_none().then_some(to.name));
                failed.emit(why);
                desk.keeping().list().await;
            });
        }
    };
    let remove = {
        let (desk, failed) = (desk.clone(), failed.clone());
        move |_: MouseEvent| {
            let (desk, failed) = (desk.clone(), failed.clone());
            spawn_local(async move {
                desk.forget(draft);
                failed.emit(desk.keeping().ask(Ask::Remove { draft }).await.err());
                desk.keeping().list().await;
            });
        }
    };
    // What is being typed and not yet the name: a card may be drawn anew meanwhile, since the list is read again or
    // something was sent, and would put the name of before into the box.
    let typed = use_mut_ref(|| None::<String>);
    let ontype = {
        let typed = Rc::clone(&typed);
        move |event: InputEvent| *typed.borrow_mut() = field::text_of(&event)
    };
    let rename = {
        let (desk, failed, typed) = (desk.clone(), failed.clone(), Rc::clone(&typed));
        move |event: Event| {
            let name = field::text_of(&event).unwrap_or_default();
            let (desk, failed, typed) = (desk.clone(), failed.clone(), Rc::clone(&typed));
            spawn_local(async move {
                let why = desk.name_person(draft, name.clone()).await.err();
                // Somebody may type on before it is kept.
                if why.is_none() && typed.borrow().as_ref() == Some(&name) {
                    typed.take();
                }
                failed.emit(why);
            });
        }
    };
    let in_box = typed.borrow().clone().or_else(|| head.person.clone()).unwrap_or_default();
    let title = desk.title(&head.form, texts.tag());
    let person = head.person.clone().unwrap_or_else(|| texts.say("caseload.nobody").to_string());
    let label = texts.fill("caseload.open-label", &[("person", &person), ("form", &title)]);
    let id = format!("person-{draft}");
    let due = is_due(desk, &head);
    let finished = !matches!(head.state, State::Open);
    let follow_up = html! {
        <FollowUp desk={desk.clone()} listed={listed.clone()} {due} failed={failed.clone()} />
    };
    html! {
        <article class="sheet form-card">
            <h2 class={classes!(head.person.is_none().then_some("quiet"))} translate="no">{ person }</h2>
            <p>{ title }{ " · " }{ state_text(&texts, &head, missing) }</p>
            <p class="quiet small">{ times(&texts, &head) }</p>
            { marks(&texts, desk, &head) }
            { together(&texts, desk, listed) }
            <div class="form-card-foot">
                <button type="button" class="button" onclick={open} aria-label={label}>
                    { texts.say("caseload.open") }{ icon(Icon::Next, Classes::new()) }
                </button>
                if due {
                    { follow_up.clone() }
                }
            </div>
            <details class="panel-list">
                <summary><span>{ texts.say("caseload.more") }</span>{ icon(Icon::Down, "turn") }</summary>
                <div class="stack">
                    <div class="field">
                        <label for={id.clone()}>{ texts.say("caseload.person") }</label>
                        <input {id} class="box" type="text" maxlength="80" value={in_box}
                            oninput={ontype} onchange={rename} autocomplete="off" spellcheck="false" translate="no" />
                    </div>
                    if finished && !due {
                        { follow_up }
                    }
                    <Visit desk={desk.clone()} listed={listed.clone()} failed={failed.clone()} />
                    <div class="actions-inline">
                        { for others.iter().map(|card| html! {
                            <button type="button" class="button button-second" key={card.id.to_string()} onclick={give(card)}>
                                { texts.fill("caseload.hand-over", &[("name", &card.name)]) }
                            </button>
                        }) }
                    </div>
                    <p role="status">
                        if let Some(name) = &*handed {
                            { texts.fill("caseload.handed-over", &[("name", name)]) }
                        }
                    </p>
                    <AskTwice {asking} class={classes!("button-quiet", "button-danger")}
                        text={texts.say("caseload.remove")} ask={texts.say("caseload.remove-ask")} question={texts.say("caseload.remove-ask")}
                        yes={texts.say("caseload.remove-yes")} onyes={remove} then={HEADING} />
                </div>
            </details>
        </article>
    }
}

/// Who else was seen in the same visit.
fn together(texts: &Texts, desk: &Desk, listed: &Listed) -> Html {
    let Some(visit) = listed.head.visit else { return Html::default() };
    let others: Vec<String> = desk
        .keeping()
        .drafts()
        .into_iter()
        .filter(|one| one.head.visit == Some(visit) && one.draft != listed.draft)
        .map(|one| one.head.person.unwrap_or_else(|| desk.title(&one.head.form, texts.tag())))
        .collect();
    if others.is_empty() {
        return Html::default();
    }
    let names = others.join(&*texts.say("list.join"));
    html! { <p class="quiet">{ texts.fill("caseload.together", &[("names", &names)]) }</p> }
}

fn state_text(texts: &Texts, head: &Head, missing: &[String]) -> AttrValue {
    if head.state != State::Open && head.profile.as_ref().is_some_and(|known| known.withdrawn) {
        return texts.say("caseload.withdrawn");
    }
    match head.state {
        State::Open => {
            if head.of == 0 {
                return texts.say("caseload.begun");
            }
            let (answered, of) = (head.answered.to_string(), head.of.to_string());
            texts.fill("caseload.going-on", &[("answered", &answered), ("of", &of)])
        }
        State::Finished => texts.say("caseload.finished"),
        State::Sent if !missing.is_empty() => sent_partly(texts, head.state, missing),
        State::Sent => texts.say("caseload.sent"),
    }
}

fn times(texts: &Texts, head: &Head) -> AttrValue {
    let ago = |moment: &str| {
        let then = moment.parse::<DateTime>().ok();
        then.map(|then| (clock::now().unix_seconds() - then.unix_seconds()) / 3600).unwrap_or(0).max(0)
    };
    let hours = ago(&head.changed);
    let days = hours / 24;
    match hours {
        0 => texts.say("caseload.now"),
        1..=47 => texts.fill("caseload.hours", &[("n", &hours.to_string())]),
        _ => texts.fill("caseload.days", &[("n", &days.to_string())]),
    }
}

/// What somebody must heed: alerts, and a review that is due.
fn marks(texts: &Texts, desk: &Desk, head: &Head) -> Html {
    let review = head.review.as_deref().and_then(|date| date.parse::<PartialDate>().ok());
    let due = is_due(desk, head);
    html! {
        <>
            if head.alerts > 0 {
                <p class="message message-error">
                    { icon(Icon::Warning, Classes::new()) }
                    <span>{ texts.fill("caseload.alerts", &[("n", &head.alerts.to_string())]) }</span>
                </p>
            }
            if is_followed(desk, head) {
                <p class="message message-info">
                    { icon(Icon::Complete, Classes::new()) }<span>{ texts.say("caseload.followed") }</span>
                </p>
            } else if let Some(date) = review {
                <p class={classes!("message", if due { "message-warning" } else { "message-info" })}>
                    { icon(Icon::Clock, Classes::new()) }
                    <span>{ texts.fill(
                        if due { "caseload.review-due" } else { "caseload.review" },
                        &[("date", &spoken_date(texts, date))],
                    ) }</span>
                </p>
            }
        </>
    }
}

/// Whether it is time to look again at what came out, and nobody does.
fn is_due(desk: &Desk, head: &Head) -> bool {
    let today = clock::today().to_string();
    let due = head.review.as_deref().is_some_and(|date| *date <= *today);
    due && !is_followed(desk, head) && !matches!(head.state, State::Open)
}

/// Whether an interview that is on this tablet goes on from this one: one that was removed does not.
fn is_followed(desk: &Desk, head: &Head) -> bool {
    head.followed.is_some_and(|next| desk.keeping().drafts().iter().any(|one| one.draft == next))
}

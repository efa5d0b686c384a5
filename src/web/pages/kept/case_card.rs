use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::follow_up::FollowUp;
use super::outbox::sent_partly;
use super::person_name::PersonName;
use super::visit::Visit;
use crate::value::{DateTime, PartialDate};
use crate::vault::message::{Card, Failure, Listed};
use crate::vault::{Head, Id, State};
use crate::web::components::{AskTwice, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::use_texts;
use crate::web::host::clock;
use crate::web::host::focus::HEADING;
use crate::web::text::{Texts, spoken_date};

/// The id of the button that opens an interview.
pub(super) fn open_id(draft: Id) -> String {
    format!("open-{draft}")
}

/// What [`CaseCard`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct CaseCardProps {
    /// The desk.
    pub(super) desk: Desk,
    /// The interview, as the list has it.
    pub(super) listed: Listed,
    /// The other workers of this tablet.
    pub(super) others: Rc<[Card]>,
    /// The names of those to whom it does not go, once it goes to somebody.
    pub(super) missing: Vec<String>,
    /// Who else was seen in the same visit.
    pub(super) together: Option<AttrValue>,
    /// Whether an interview that is on this tablet goes on from this one.
    pub(super) followed: bool,
    /// Whether something of it waits to be sent.
    pub(super) waits: bool,
    /// Told why something could not be done.
    pub(super) failed: Callback<Option<Failure>>,
}

/// An interview: whose, how far, how old; and what can be done with it.
#[component]
pub(super) fn CaseCard(props: &CaseCardProps) -> Html {
    let CaseCardProps { desk, listed, others, missing, together, followed, waits, failed } = props;
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
        Callback::from(move |()| {
            let (desk, failed, handed, to) = (desk.clone(), failed.clone(), handed.clone(), to.clone());
            spawn_local(async move {
                desk.forget(draft);
                let why = desk.sending().hand_over(draft, to.id).await.err();
                handed.set(why.is_none().then_some(to.name));
                failed.emit(why);
                desk.keeping().list().await;
            });
        })
    };
    let remove = {
        let (desk, failed) = (desk.clone(), failed.clone());
        move |_: MouseEvent| {
            let (desk, failed) = (desk.clone(), failed.clone());
            spawn_local(async move {
                failed.emit(desk.remove(draft).await.err());
            });
        }
    };
    let title = desk.title(&head.form, texts.tag());
    let person = head.person.clone().unwrap_or_else(|| texts.say("caseload.nobody").to_string());
    let label = texts.fill("caseload.open-label", &[("person", &person), ("form", &title)]);
    let told = AttrValue::from(format!("handed-{draft}"));
    let due = !followed && is_due(&head);
    let finished = !matches!(head.state, State::Open);
    let follow_up = html! {
        <FollowUp desk={desk.clone()} listed={listed.clone()} {due} failed={failed.clone()} />
    };
    html! {
        <article class="sheet form-card">
            <h2 class={classes!(head.person.is_none().then_some("quiet"))} translate="no">{ person }</h2>
            <p>{ title }{ " · " }{ state_text(&texts, &head, missing) }</p>
            <p class="quiet small">{ times(&texts, &head) }</p>
            { marks(&texts, &head, *followed, due) }
            if let Some(names) = together {
                <p class="quiet">{ texts.fill("caseload.together", &[("names", names)]) }</p>
            }
            <div class="form-card-foot">
                <button type="button" class="button" id={open_id(draft)} onclick={open} aria-label={label}>
                    { texts.say("caseload.open") }{ icon(Icon::Next, Classes::new()) }
                </button>
                if due {
                    { follow_up.clone() }
                }
            </div>
            <details class="panel-list">
                <summary><span>{ texts.say("caseload.more") }</span>{ icon(Icon::Down, "turn") }</summary>
                <div class="stack">
                    <PersonName desk={desk.clone()} {draft} name={head.person.clone()} failed={failed.clone()} />
                    if finished && !due {
                        { follow_up }
                    }
                    <Visit desk={desk.clone()} listed={listed.clone()} failed={failed.clone()} />
                    <div class="actions-inline">
                        { for others.iter().map(|card| html! {
                            <HandOver key={card.id.to_string()} name={card.name.clone()} ongive={give(card)}
                                told={told.clone()} />
                        }) }
                    </div>
                    <p role="status" id={told} tabindex="-1" class="quiet-focus">
                        if let Some(name) = &*handed {
                            { texts.fill("caseload.handed-over", &[("name", name)]) }
                        }
                    </p>
                    if *waits {
                        <p class="hint">{ texts.say("caseload.remove-waiting") }</p>
                    }
                    <AskTwice {asking} class={classes!("button-quiet", "button-danger")}
                        text={texts.say("caseload.remove")} ask={texts.say("caseload.remove-ask")} question={texts.say("caseload.remove-ask")}
                        yes={texts.say("caseload.remove-yes")} onyes={remove} then={HEADING} />
                </div>
            </details>
        </article>
    }
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
fn marks(texts: &Texts, head: &Head, followed: bool, due: bool) -> Html {
    let review = head.review.as_deref().and_then(|date| date.parse::<PartialDate>().ok());
    html! {
        <>
            if head.alerts > 0 {
                <p class="message message-error">
                    { icon(Icon::Warning, Classes::new()) }
                    <span>{ texts.fill("caseload.alerts", &[("n", &head.alerts.to_string())]) }</span>
                </p>
            }
            if followed {
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

/// Whether it is time to look again at what came out.
fn is_due(head: &Head) -> bool {
    let today = clock::today().to_string();
    head.review.as_deref().is_some_and(|date| *date <= *today) && !matches!(head.state, State::Open)
}

#[derive(PartialEq, Properties)]
struct HandOverProps {
    /// What the other worker is called.
    name: String,
    ongive: Callback<()>,
    /// The id of where it is said what came of it.
    told: AttrValue,
}

/// Gives an interview to somebody else: asked twice, for only they can give it back.
#[component]
fn HandOver(props: &HandOverProps) -> Html {
    let HandOverProps { name, ongive, told } = props;
    let texts = use_texts();
    let asking = use_state(|| false);
    let ask = texts.fill("caseload.hand-over-ask", &[("name", name)]);
    let onyes = {
        let (asking, ongive) = (asking.clone(), ongive.clone());
        move |_: MouseEvent| {
            asking.set(false);
            ongive.emit(());
        }
    };
    html! {
        <AskTwice {asking} class="button-second" text={texts.fill("caseload.hand-over", &[("name", name)])}
            ask={ask.clone()} question={ask} yes={texts.say("caseload.hand-over-yes")}
            {onyes} then={told.clone()} />
    }
}

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::before::Before;
use super::failure_panel;
use super::follow_up::FollowUp;
use super::outbox::sent_partly;
use super::person_name::PersonName;
use super::visit::Visit;
use crate::value::{DateTime, PartialDate};
use crate::vault::message::{Card, Failure, Listed};
use crate::vault::{Head, Id, State};
use crate::web::components::{AskTwice, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_keeping, use_page, use_sending, use_texts};
use crate::web::host::focus::{self, HEADING};
use crate::web::host::{clock, field};
use crate::web::keeping::Access;
use crate::web::route::Route;
use crate::web::text::{Texts, spoken_date};

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
    let refocus = use_mut_ref(|| None::<String>);
    {
        let refocus = refocus.clone();
        use_effect_with(*most, move |_| {
            if let Some(id) = refocus.take() {
                focus::element(&id);
            }
        });
    }
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
            refocus.replace(first.clone());
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

/// The id of the button that opens an interview.
fn open_id(draft: Id) -> String {
    format!("open-{draft}")
}

#[derive(PartialEq, Properties)]
struct CaseCardProps {
    desk: Desk,
    listed: Listed,
    /// The other workers of this tablet.
    others: Rc<[Card]>,
    /// The names of those to whom it does not go, once it goes to somebody.
    missing: Vec<String>,
    /// Who else was seen in the same visit.
    together: Option<AttrValue>,
    /// Whether an interview that is on this tablet goes on from this one.
    followed: bool,
    /// Whether something of it waits to be sent.
    waits: bool,
    failed: Callback<Option<Failure>>,
}

/// An interview: whose, how far, how old; and what can be done with it.
#[component]
fn CaseCard(props: &CaseCardProps) -> Html {
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

/// What the list says of an interview because of the others in it; looked up once for all of them.
struct Around<'l> {
    visits: BTreeMap<Id, Vec<&'l Listed>>,
    here: BTreeSet<Id>,
}

impl<'l> Around<'l> {
    fn of(all: &'l [Listed]) -> Self {
        let mut visits: BTreeMap<Id, Vec<&Listed>> = BTreeMap::new();
        for one in all {
            if let Some(visit) = one.head.visit {
                visits.entry(visit).or_default().push(one);
            }
        }
        Self { visits, here: all.iter().map(|one| one.draft).collect() }
    }

    /// Who else was seen in the same visit.
    fn together(&self, texts: &Texts, desk: &Desk, listed: &Listed) -> Option<AttrValue> {
        let visit = self.visits.get(&listed.head.visit?)?;
        let name = |one: &&Listed| match &one.head.person {
            Some(person) => person.clone(),
            None => desk.title(&one.head.form, texts.tag()),
        };
        let others = visit.iter().filter(|one| one.draft != listed.draft);
        let names = others.map(name).collect::<Vec<_>>();
        (!names.is_empty()).then(|| names.join(&*texts.say("list.join")).into())
    }

    /// Whether an interview that is on this tablet goes on from this one: one that was removed does not.
    fn is_followed(&self, listed: &Listed) -> bool {
        listed.head.followed.is_some_and(|next| self.here.contains(&next))
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

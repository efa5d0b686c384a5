use std::rc::Rc;

use yew::prelude::*;

use crate::vault::message::{Failure, Listed};
use crate::web::components::{BusyButton, Icon, icon};
use crate::web::desk::{Companion, Desk};
use crate::web::hooks::{use_busy, use_texts};
use crate::web::host::{address, field, focus};
use crate::web::route::Route;
use crate::web::visit::Fact;

/// What [`Visit`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct VisitProps {
    /// The desk.
    pub(crate) desk: Desk,
    /// An interview of the visit.
    pub(crate) listed: Listed,
    /// Told why it could not be begun.
    pub(crate) failed: Callback<Option<Failure>>,
}

/// Another person of the same visit: which form, and then which answers hold for them too. Nothing begins before the
/// last button is pressed.
#[component]
pub(crate) fn Visit(props: &VisitProps) -> Html {
    let VisitProps { desk, listed, failed } = props;
    let texts = use_texts();
    let next_one = use_state(|| None::<Rc<Companion>>);
    let taken = use_state(Vec::<usize>::new);
    let member = use_state(|| None::<usize>);
    let form = use_node_ref();
    let busy = use_busy();
    let heading = format!("visit-with-{}", listed.draft);
    let list = format!("visit-{}", listed.draft);
    // To choose is not to begin yet: whoever goes through the list by keyboard passes by all of them.
    let next = {
        let (desk, failed, next_one, texts) = (desk.clone(), failed.clone(), next_one.clone(), texts.clone());
        let (draft, form, busy) = (listed.draft, form.clone(), busy.clone());
        move |_: MouseEvent| {
            let Some(list) = form.get() else { return };
            let form = field::read(&list).unwrap_or_default();
            if form.is_empty() {
                focus::node(&list);
                return;
            }
            let (desk, failed, next_one, texts) =
                (desk.clone(), failed.clone(), next_one.clone(), texts.clone());
            busy.begin(async move {
                match desk.companion(draft, &form, &texts).await {
                    Ok(companion) => next_one.set(Some(companion.into())),
                    Err(why) => failed.emit(Some(why)),
                }
            });
        }
    };
    {
        let (heading, list) = (heading.clone(), list.clone());
        let before = use_mut_ref(|| false);
        use_effect_with(next_one.is_some(), move |&chosen| {
            if before.replace(chosen) != chosen {
                focus::element(if chosen { &heading } else { &list });
            }
        });
    }
    let Some(companion) = (*next_one).clone() else {
        return html! {
            <div class="field">
                <label for={list.clone()}>{ texts.say("visit.another") }</label>
                <select ref={form} id={list} class="box">
                    <option value="">{ texts.say("visit.choose") }</option>
                    <>{ for desk.forms().iter().map(|form| html! {
                        <option value={form.id.clone()}>{ desk.title(&form.id, texts.tag()) }</option>
                    }) }</>
                </select>
                <BusyButton class="button-second" text={texts.say("visit.next")} doing={texts.say("interview.opening")}
                    working={busy.is_working()} onclick={next} />
            </div>
        };
    };
    let offer = &companion.offer;
    let facts = &offer.facts;
    let choose = |place: Option<usize>| {
        let member = member.clone();
        move |_: Event| member.set(place)
    };
    let toggle = |place: usize| {
        let taken = taken.clone();
        move |_: Event| {
            let mut now = (*taken).clone();
            match now.iter().position(|one| *one == place) {
                Some(at) => drop(now.remove(at)),
                None => now.push(place),
            }
            taken.set(now);
        }
    };
    let all = {
        let (taken, count) = (taken.clone(), facts.len());
        move |_: MouseEvent| taken.set((0..count).collect())
    };
    let on = {
        let (desk, failed, texts, companion) =
            (desk.clone(), failed.clone(), texts.clone(), Rc::clone(&companion));
        let (taken, member, busy) = (taken.clone(), member.clone(), busy.clone());
        move |_: MouseEvent| {
            let offer = &companion.offer;
            let of_member = member.and_then(|place| offer.members.get(place));
            let of_member = of_member.iter().flat_map(|member| member.facts.iter());
            let places = offer.facts.iter().enumerate();
            let shared = places.filter(|(place, _)| taken.contains(place)).map(|(_, fact)| fact);
            let chosen: Vec<Fact> = of_member.chain(shared).cloned().collect();
            let (desk, failed, texts, companion) =
                (desk.clone(), failed.clone(), texts.clone(), Rc::clone(&companion));
            busy.begin(async move {
                match desk.begin_companion(&companion, texts.tag(), &chosen).await {
                    Ok(()) => {
                        address::go(&Route::Fill { form: companion.form.clone(), section: 0 }.href());
                    }
                    Err(why) => failed.emit(Some(why)),
                }
            });
        }
    };
    let back = {
        let (next_one, taken, member) = (next_one.clone(), taken.clone(), member.clone());
        move |_: MouseEvent| {
            taken.set(Vec::new());
            member.set(None);
            next_one.set(None);
        }
    };
    html! {
        <div class="panel stack">
            <h3 id={heading} tabindex="-1" class="quiet-focus">
                { texts.say("visit.another") }{ " · " }{ desk.title(&companion.form, texts.tag()) }
            </h3>
            <>{ for offer.unread.iter().map(|head| {
                let person = head.person.clone().unwrap_or_else(|| texts.say("caseload.nobody").to_string());
                let form = desk.title(&head.form, texts.tag());
                html! {
                    <p class="message" role="alert" key={head.began.clone()}>
                        { icon(Icon::Warning, Classes::new()) }
                        <span>{ texts.fill("visit.unread", &[("person", &person), ("form", &form)]) }</span>
                    </p>
                }
            }) }</>
            if offer.is_empty() {
                <p>{ texts.say("visit.nothing") }</p>
            }
            if !offer.members.is_empty() {
                <fieldset>
                    <legend class="legend">{ texts.say("visit.who") }</legend>
                    <p class="hint small">{ texts.say("visit.who-hint") }</p>
                    <div class="choices">
                        <>{ for offer.members.iter().enumerate().map(|(place, one)| html! {
                            <label class="choice" key={place}>
                                <input type="radio" name="visit-member" checked={*member == Some(place)}
                                    onchange={choose(Some(place))} autocomplete="off" />
                                <span translate="no">{ one.label.clone() }</span>
                            </label>
                        }) }</>
                        <label class="choice">
                            <input type="radio" name="visit-member" checked={member.is_none()}
                                onchange={choose(None)} autocomplete="off" />
                            <span>{ texts.say("visit.somebody-else") }</span>
                        </label>
                    </div>
                </fieldset>
            }
            if !facts.is_empty() {
                <fieldset>
                    <legend class="legend">{ texts.say("visit.facts") }</legend>
                    <div class="choices">
                        { for facts.iter().enumerate().map(|(place, fact)| html! {
                            <label class="choice" key={place}>
                                <input type="checkbox" checked={taken.contains(&place)} onchange={toggle(place)} />
                                <span>{ fact.title.clone() }{ ": " }<strong translate="no">{ fact.answer.clone() }</strong></span>
                            </label>
                        }) }
                    </div>
                </fieldset>
                <button type="button" class="button button-quiet" onclick={all}>{ texts.say("visit.all") }</button>
            }
            <div class="actions-inline">
                <BusyButton text={texts.say("visit.go-on")} doing={texts.say("interview.opening")} working={busy.is_working()}
                    onclick={on} />
                <button type="button" class="button button-quiet" onclick={back}>{ texts.say("visit.back") }</button>
            </div>
        </div>
    }
}

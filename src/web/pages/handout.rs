use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::instead::Instead;
use super::profile::{step_details, strength_words, words};
use crate::plan::{LanguageId, ListEntry, Localised, Plan};
use crate::profile::AtHome;
use crate::profile::wire::{Need, Profile};
use crate::web::components::{Icon, NotSaved, icon, writing};
use crate::web::desk::Desk;
use crate::web::display::{date_text, need_label, service_name};
use crate::web::hooks::{use_appearance, use_outcome, use_page, use_texts};
use crate::web::host::focus::{self, HEADING};
use crate::web::host::printing;
use crate::web::route::Route;
use crate::web::store::{Earlier, Finished, Handout, Outcome, Store};
use crate::web::text::Texts;

/// The id of the heading of what is printed.
const PAPER: &str = "handout-heading";

/// What [`HandoutPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct HandoutProps {
    /// Where the questionnaire of the time before is.
    pub(crate) desk: Desk,
    /// The interview.
    pub(crate) store: Store,
}

/// A page to leave with the person, in their language: what matters to them, what can be done, whom to call.
///
/// It lies on a table at home. No score stands on it, no level, no alert, and nothing that was asked in confidence or
/// follows from it. The worker sees what will be printed, and can leave out more.
#[component]
pub(crate) fn HandoutPage(props: &HandoutProps) -> Html {
    let HandoutProps { desk, store } = props;
    use_page("title.handout", (), true);
    let texts = use_texts();
    let appearance = use_appearance();
    let session = store.session();
    let plan = session.plan();
    let redraw = use_force_update();
    {
        let (desk, store, redraw) = (desk.clone(), store.clone(), redraw.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                if desk.look_back(&store).await {
                    redraw.force_update();
                }
            });
        });
    }
    let outcome = use_outcome(store);
    let at_home = {
        let finished = match &outcome {
            Outcome::Finished(finished) => Some(finished.clone()),
            Outcome::Open | Outcome::Checking(_) | Outcome::Refused(_) => None,
        };
        let before = store.earlier().and_then(Earlier::before);
        use_memo(Told { finished, before: before.is_some() }, |told| {
            told.finished.as_ref().map(|finished| AtHome::new(plan, &finished.profile, before))
        })
    };
    let handout = store.handout();
    let set = {
        let store = store.clone();
        move |new: Handout| {
            store.set_handout(new);
            redraw.force_update();
        }
    };
    let (Outcome::Finished(finished), Some(at_home)) = (outcome, &*at_home) else {
        // There is nothing to hand out while the interview goes on.
        return html! { <Instead route={Route::Review { form: store.form().to_string() }} /> };
    };
    let tag = handout.language.as_ref().map_or_else(
        || finished.record.language.clone().unwrap_or_else(|| texts.tag().to_owned()),
        ToString::to_string,
    );
    let words = appearance.languages.texts(&tag);
    let sheet = Sheet {
        plan,
        at_home,
        profile: &finished.profile,
        texts: &words,
        language: plan.language(&tag).unwrap_or_default(),
        left_out: &handout.left_out,
        leave_out: {
            let (set, handout) = (set.clone(), handout.clone());
            Callback::from(move |line: Vec<String>| {
                // The button that was pressed goes with its line.
                focus::element(PAPER);
                let mut new = handout.clone();
                new.left_out.extend(line);
                set(new);
            })
        },
        leave_out_label: texts.say("handout.leave-out"),
    };
    let back = Route::Profile { form: store.form().to_string() }.href();
    let all_again = {
        let (set, handout) = (set.clone(), handout.clone());
        move |_: MouseEvent| set(Handout { left_out: BTreeSet::new(), ..handout.clone() })
    };
    let languages = html! {
        <div class="languages" role="group" aria-label={texts.say("handout.language")}>
            { for appearance.languages.names().map(|(one, name)| {
                let onclick = {
                    let (set, handout) = (set.clone(), handout.clone());
                    let language = Some(one.to_owned());
                    move |_: MouseEvent| {
                        set(Handout { language: language.clone(), ..handout.clone() });
                    }
                };
                html! {
                    <button type="button" key={one.to_owned()} lang={one.to_owned()} {onclick}
                        aria-pressed={(words.tag() == one).to_string()}>{ name.to_owned() }</button>
                }
            }) }
        </div>
    };
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack no-print">
                <h1 id={HEADING} tabindex="-1">{ texts.say("handout.title") }</h1>
                <p class="lead">{ texts.say("handout.lead") }</p>
                { writing(store, languages) }
            </div>
            { writing(store, sheet.draw()) }
            <NotSaved store={store.clone()} />
            <div class="actions no-print">
                <button type="button" class="button button-large" onclick={|_: MouseEvent| printing::print()}>
                    { icon(Icon::Print, Classes::new()) }{ texts.say("handout.print") }
                </button>
                if !handout.left_out.is_empty() {
                    { writing(store, html! {
                        <button type="button" class="button button-second button-large" onclick={all_again}>
                            { texts.say("handout.all-again") }
                        </button>
                    }) }
                }
                <a class="button button-quiet" href={back}>
                    { icon(Icon::Previous, Classes::new()) }{ texts.say("handout.back") }
                </a>
            </div>
        </main>
    }
}

/// The profile of which something may be told, as long as it is the same one.
struct Told {
    finished: Option<Rc<Finished>>,
    /// Whether it is known what may be told of the one before.
    before: bool,
}

impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.finished, &other.finished) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same && self.before == other.before
    }
}

/// A line that can be left out. What it stands for is the same in every language.
struct Line {
    stands_for: Vec<String>,
    words: String,
}

impl Line {
    /// The line of a goal, a step or a strength.
    fn of(name: &str, entry: &Value, words: String) -> Self {
        Self { stands_for: vec![Handout::line(name, entry)], words }
    }
}

struct Sheet<'a> {
    plan: &'a Plan,
    /// What may lie on a table.
    at_home: &'a AtHome,
    profile: &'a Profile,
    /// The page's words in the person's language.
    texts: &'a Texts,
    /// The questionnaire's words in it.
    language: LanguageId,
    left_out: &'a BTreeSet<String>,
    leave_out: Callback<Vec<String>>,
    /// Said by the page to the worker, so in the worker's language.
    leave_out_label: AttrValue,
}

impl Sheet<'_> {
    fn draw(&self) -> Html {
        let texts = self.texts;
        let date = date_text(texts, &self.profile.assessed_on);
        let agreed = |name: &str, entries: &[Value], say: &dyn Fn(&Value) -> String| {
            let told = entries.iter().filter(|entry| self.at_home.may_tell(entry));
            told.map(|entry| Line::of(name, entry, say(entry))).collect::<Vec<_>>()
        };
        let goals = agreed("goal", &self.profile.goals, &words);
        let strengths = agreed("strength", &self.profile.strengths, &|one| {
            strength_words(self.plan, one, |label| self.say(label))
        });
        let steps = agreed("step", &self.profile.plan, &|step| self.step(step));
        let next = self.at_home.next_on().map(|day| date_text(texts, day));
        html! {
            <article class="sheet handout" lang={texts.tag().to_owned()} dir={texts.direction().to_owned()}>
                <header>
                    <h2 id={PAPER} tabindex="-1">{ texts.say("handout.heading") }</h2>
                    <p>{ texts.fill("handout.on", &[("date", &date)]) }</p>
                    <p>{ texts.say("handout.thanks") }</p>
                </header>
                { self.list("handout.strengths", strengths) }
                { self.list("handout.goals", goals) }
                { self.list("handout.needs", self.needs()) }
                { self.list("handout.plan", steps) }
                if let Some(next) = next {
                    <section>
                        <h3>{ texts.say("handout.next") }</h3>
                        <p>{ texts.fill("handout.next-on", &[("date", &next)]) }</p>
                    </section>
                }
                { self.contacts() }
                <footer><p>{ texts.say("handout.rights") }</p></footer>
            </article>
        }
    }

    /// The lines of a list; those that say the same are one.
    fn list(&self, title: &str, lines: Vec<Line>) -> Html {
        let mut shown = Vec::<Line>::new();
        for mut line in lines {
            match shown.iter_mut().find(|one| one.words == line.words) {
                Some(same) => same.stands_for.append(&mut line.stands_for),
                None => shown.push(line),
            }
        }
        let is_out = |line: &Line| line.stands_for.iter().any(|one| self.left_out.contains(one));
        shown.retain(|line| !line.words.is_empty() && !is_out(line));
        if shown.is_empty() {
            return Html::default();
        }
        html! {
            <section>
                <h3>{ self.texts.say(title) }</h3>
                <ul class="dots">
                    { for shown.into_iter().map(|line| {
                        let key = line.words.clone();
                        let leave = self.leave_out.reform(move |_: MouseEvent| line.stands_for.clone());
                        let label = format!("{}: {}", self.leave_out_label, line.words);
                        html! {
                            <li {key}>
                                <span>{ line.words }</span>
                                <button type="button" class="button button-quiet no-print" onclick={leave}
                                    aria-label={label}>{ icon(Icon::Remove, Classes::new()) }</button>
                            </li>
                        }
                    }) }
                </ul>
            </section>
        }
    }

    fn contacts(&self) -> Html {
        let list = self.plan.lists.iter().find(|list| &*list.id == "contacts");
        let entries = list.map(|list| list.entries.as_slice()).unwrap_or_default();
        let called: Vec<(&ListEntry, String)> = entries
            .iter()
            .filter_map(|entry| Some((entry, entry.columns.get("phone")?.to_string())))
            .filter(|(_, number)| !number.is_empty())
            .collect();
        if called.is_empty() {
            return Html::default();
        }
        html! {
            <section>
                <h3>{ self.texts.say("handout.contacts") }</h3>
                <dl class="handout-contacts">
                    { for called.into_iter().map(|(entry, number)| html! {
                        <div key={&*entry.choice.code}><dt>{ self.say(&entry.choice.label) }</dt><dd>{ number }</dd></div>
                    }) }
                </dl>
            </section>
        }
    }

    fn step(&self, step: &Value) -> String {
        let service = step.get("service").and_then(Value::as_str);
        let name = service
            .map_or_else(|| words(step), |code| service_name(self.plan, code, |label| self.say(label)));
        let details = step_details(self.texts, step);
        if details.is_empty() { name } else { format!("{name} ({details})") }
    }

    fn needs(&self) -> Vec<Line> {
        let needs = self.at_home.needs().iter();
        let line = |need: &Need| Line {
            stands_for: vec![format!("need {}", need.id)],
            words: need_label(self.plan, need, |label| self.say(label)),
        };
        needs.map(line).collect()
    }

    /// A text of the questionnaire, in the person's language. What an answer would fill in stays open.
    fn say(&self, text: &Localised) -> String {
        text.text(self.language).to_string()
    }
}

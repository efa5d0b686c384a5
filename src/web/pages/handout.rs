use std::collections::BTreeSet;

use serde_json::Value;
use yew::prelude::*;

use super::profile::{step_details, words};
use crate::plan::{Domain, LanguageId, Localised, Outcome as RuleOutcome, Plan, Sensitivity};
use crate::profile::wire::{AnswerEvidence, Need, Profile};
use crate::session::Session;
use crate::web::components::{Icon, NotSaved, icon, writing};
use crate::web::display::date_text;
use crate::web::hooks::{use_appearance, use_outcome, use_page, use_texts};
use crate::web::host::focus::{self, HEADING};
use crate::web::host::{address, printing};
use crate::web::route::Route;
use crate::web::store::{Handout, Outcome, Store};
use crate::web::text::Texts;

/// The id of the heading of what is printed.
const PAPER: &str = "handout-heading";

/// What [`HandoutPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct HandoutProps {
    /// The interview.
    pub(crate) store: Store,
}

/// A page to leave with the person, in their language: what matters to them, what can be done, whom to call.
///
/// It lies on a table at home. No score stands on it, no level, no alert, and nothing that was asked in confidence or
/// follows from it. The worker sees what will be printed, and can leave out more.
#[component]
pub(crate) fn HandoutPage(props: &HandoutProps) -> Html {
    let store = &props.store;
    use_page("title.handout", (), true);
    let texts = use_texts();
    let appearance = use_appearance();
    let session = store.session();
    let plan = session.plan();
    let redraw = use_force_update();
    let handout = store.handout();
    let set = {
        let store = store.clone();
        move |new: Handout| {
            store.set_handout(new);
            redraw.force_update();
        }
    };
    let Outcome::Finished(finished) = use_outcome(store) else {
        return html! { <Elsewhere store={store.clone()} /> };
    };
    let tag = handout.language.as_ref().map_or_else(
        || finished.record.language.clone().unwrap_or_else(|| texts.tag().to_owned()),
        ToString::to_string,
    );
    let words = appearance.languages.texts(&tag);
    let sheet = Sheet {
        plan,
        session: &session,
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
    session: &'a Session,
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
        let goals = self.profile.goals.iter().filter(|goal| self.may_show(goal));
        let goals = goals.map(|goal| Line::of("goal", goal, words(goal))).collect();
        let strengths =
            self.profile.strengths.iter().map(|one| Line::of("strength", one, words(one))).collect();
        let steps = self.profile.plan.iter().filter(|step| self.may_show(step));
        let steps = steps.map(|step| Line::of("step", step, self.step(step))).collect();
        let next = self.profile.reassessment.next_on.as_deref().map(|day| date_text(texts, day));
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

    fn list(&self, title: &str, mut lines: Vec<Line>) -> Html {
        let is_out = |line: &Line| line.stands_for.iter().any(|one| self.left_out.contains(one));
        lines.retain(|line| !line.words.is_empty() && !is_out(line));
        if lines.is_empty() {
            return Html::default();
        }
        html! {
            <section>
                <h3>{ self.texts.say(title) }</h3>
                <ul class="dots">
                    { for lines.into_iter().map(|line| {
                        let key = line.stands_for.join(" ");
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
        let called: Vec<(String, String)> = entries
            .iter()
            .filter_map(|entry| {
                let number = entry.columns.get("phone")?.to_string();
                Some((entry.choice.label.text(self.language).to_string(), number))
            })
            .filter(|(_, number)| !number.is_empty())
            .collect();
        if called.is_empty() {
            return Html::default();
        }
        html! {
            <section>
                <h3>{ self.texts.say("handout.contacts") }</h3>
                <dl class="handout-contacts">
                    { for called.into_iter().map(|(name, number)| html! {
                        <div key={name.clone()}><dt>{ name }</dt><dd>{ number }</dd></div>
                    }) }
                </dl>
            </section>
        }
    }

    fn step(&self, step: &Value) -> String {
        let service = step.get("service").and_then(Value::as_str);
        let name = service.map_or_else(|| words(step), |code| self.service(code));
        let details = step_details(self.texts, step);
        if details.is_empty() { name } else { format!("{name} ({details})") }
    }

    fn service(&self, code: &str) -> String {
        let list = self.plan.lists.iter().find(|list| &*list.id == "services");
        let entry = list.and_then(|list| list.entry(code));
        entry.map_or_else(|| code.to_owned(), |entry| entry.choice.label.text(self.language).to_string())
    }

    /// The needs that may be shown; those that are called the same stand on one line.
    fn needs(&self) -> Vec<Line> {
        let mut lines = Vec::<Line>::new();
        for need in self.profile.needs.iter().filter(|need| self.is_open(need)) {
            let (id, words) = (format!("need {}", need.id), self.need_label(need));
            match lines.iter_mut().find(|line| line.words == words) {
                Some(line) => line.stands_for.push(id),
                None => lines.push(Line { stands_for: vec![id], words }),
            }
        }
        lines
    }

    /// Whether a need may lie on a table: it is not about safety, and one of its rules at least rests on nothing that
    /// was asked in confidence.
    fn is_open(&self, need: &Need) -> bool {
        need.domain.0 != Domain::D01
            && need
                .evidence
                .iter()
                .any(|evidence| evidence.answers.iter().all(|answer| self.is_plain(answer)))
    }

    /// Whether a question may be asked with others in the room.
    fn is_plain(&self, answer: &AnswerEvidence) -> bool {
        self.session.node_at(&answer.field).is_some_and(|node| {
            let question = self.plan.question(node.question());
            !question.safety
                && !question.ask_alone
                && !self.plan.section(question.section).ask_alone
                && question.sensitivity < Sensitivity::Sensitive
        })
    }

    /// Whether something that was agreed may: its need may, and its service is not one that only such needs ask for.
    fn may_show(&self, agreed: &Value) -> bool {
        let text = |name: &str| agreed.get(name).and_then(Value::as_str);
        let of_closed = |need: &Need| !self.is_open(need);
        let closed_need = text("need")
            .is_some_and(|id| self.profile.needs.iter().any(|need| need.id == id && of_closed(need)));
        let asks = |need: &&Need, code: &str| need.services.iter().any(|service| service == code);
        let closed_service = text("service").is_some_and(|code| {
            let mut asking = self.profile.needs.iter().filter(|need| asks(need, code)).peekable();
            asking.peek().is_some() && asking.all(of_closed)
        });
        !closed_need && !closed_service
    }

    fn need_label(&self, need: &Need) -> String {
        let rules = self.plan.rules.iter().filter(|rule| need.rules.iter().any(|id| **id == *rule.id));
        let own = rules.filter_map(|rule| match &rule.outcome {
            RuleOutcome::Need(raised) if *raised.code == *need.code => Some(&raised.label),
            _ => None,
        });
        let say = |label: &Localised| label.text(self.language).to_string();
        own.map(say).next().unwrap_or_else(|| need.label.clone())
    }
}

/// There is nothing to hand out while the interview goes on.
#[component]
fn Elsewhere(props: &HandoutProps) -> Html {
    let form = props.store.form().to_string();
    use_effect_with((), move |()| address::go_instead(&Route::Review { form }.href()));
    Html::default()
}

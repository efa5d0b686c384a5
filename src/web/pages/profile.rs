use std::rc::Rc;

use yew::prelude::*;

use super::need::need_card;
use super::scores::scores_table;
use crate::plan::{Domain, Outcome as RuleOutcome, Rule};
use crate::profile::wire::{Age, Alert, DomainStatus, MandatoryReport, NotAssessed, Profile, ProfileStatus};
use crate::session::Session;
use crate::value::Word;
use crate::web::components::{Icon, domain_level, icon};
use crate::web::desk::Desk;
use crate::web::display::date_text;
use crate::web::finish::finish;
use crate::web::hooks::{use_outcome, use_page, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::host::{address, download};
use crate::web::route::Route;
use crate::web::store::{Finished, Outcome, Store};
use crate::web::text::Texts;

/// What [`ProfilePage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ProfileProps {
    /// Where the second check is.
    pub(crate) desk: Desk,
    /// The interview.
    pub(crate) store: Store,
}

/// What came out: what cannot wait first, then needs by domain, each with its why, then the scores.
#[component]
pub(crate) fn ProfilePage(props: &ProfileProps) -> Html {
    let ProfileProps { desk, store } = props;
    use_page("title.profile", (), true);
    let texts = use_texts();
    let failed = use_state(|| false);
    let finished = match use_outcome(store) {
        Outcome::Finished(finished) => finished,
        Outcome::Open | Outcome::Checking | Outcome::Refused(_) => {
            return html! { <Unfinished store={store.clone()} /> };
        }
    };
    let recheck = {
        let (desk, store) = (desk.clone(), store.clone());
        Callback::from(move |_: MouseEvent| {
            address::go(&Route::Review { form: store.form().to_string() }.href());
            finish(&desk, &store);
        })
    };
    let save = {
        let (store, finished, failed) = (store.clone(), Rc::clone(&finished), failed.setter());
        Callback::from(move |kind: &'static str| failed.set(!saved(&store, &finished, kind)))
    };
    let view = ProfileView {
        store,
        session: &store.session(),
        texts: &texts,
        finished: &finished,
        recheck,
        save,
        failed: *failed,
    };
    store.later().draw_profile(&view)
}

/// What the page is drawn from.
pub(crate) struct ProfileView<'a> {
    store: &'a Store,
    session: &'a Session,
    texts: &'a Texts,
    finished: &'a Finished,
    recheck: Callback<MouseEvent>,
    save: Callback<&'static str>,
    failed: bool,
}

/// The page itself, once there is a profile.
pub(crate) fn draw_profile(view: &ProfileView<'_>) -> Html {
    let ProfileView { store, session, texts, finished, recheck, save, failed } = view;
    let profile = &finished.profile;
    let save = |kind: &'static str| save.reform(move |_: MouseEvent| kind);
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("profile.title") }</h1>
                { key_facts(session, texts, profile) }
            </div>
            if profile.status.0 == ProfileStatus::InProgress {
                <div class="panel panel-warning"><p>{ texts.say("profile.in-progress") }</p></div>
            }
            if !finished.verified {
                <div class="panel panel-warning">
                    <h2>{ icon(Icon::Warning, Classes::new()) }{ texts.say("profile.unverified") }</h2>
                    <p>{ texts.say("profile.unverified-text") }</p>
                    <button type="button" class="button button-second" onclick={recheck.clone()}>
                        { texts.say("profile.recheck") }
                    </button>
                </div>
            }
            { alerts(session, texts, profile) }
            { domains(session, texts, profile) }
            { scores_table(session, texts, profile) }
            { legal_flags(texts, profile) }
            <div class="sheet sheet-padded stack">
                <h2>{ texts.say("profile.keep") }</h2>
                <p>{ texts.say("profile.keep-text") }</p>
                <div class="actions-inline">
                    <button type="button" class="button button-large" onclick={save("profile")}>
                        { icon(Icon::Download, Classes::new()) }{ texts.say("profile.download") }
                    </button>
                    <button type="button" class="button button-second button-large" onclick={save("record")}>
                        { icon(Icon::Download, Classes::new()) }{ texts.say("profile.download-record") }
                    </button>
                </div>
                if *failed {
                    <p class="message message-error" role="alert">{ texts.say("profile.download-failed") }</p>
                }
            </div>
            <div class="actions">
                <a class="button button-second" href={Route::Review { form: store.form().to_string() }.href()}>
                    { icon(Icon::Previous, Classes::new()) }{ texts.say("profile.back") }
                </a>
                <a class="button button-quiet" href={Route::Start.href()}>{ texts.say("profile.home") }</a>
            </div>
        </main>
    }
}

#[derive(PartialEq, Properties)]
struct UnfinishedProps {
    store: Store,
}

/// There is no profile of an interview that goes on: its review is the way to one.
#[component]
fn Unfinished(props: &UnfinishedProps) -> Html {
    let form = props.store.form().to_string();
    use_effect_with((), move |()| address::go(&Route::Review { form }.href()));
    Html::default()
}

/// Hands the profile or the record to the person; whether the browser took it. The name of the file tells the form and
/// the day, and whether the second check has seen it: nothing about the person.
fn saved(store: &Store, finished: &Finished, kind: &str) -> bool {
    let date = finished.record.assessed_on;
    let mark = if finished.verified { "" } else { "-unverified" };
    let name = format!("{kind}-{}-{date}{mark}.json", store.form());
    let text = match kind {
        "profile" => format!("{}\n", finished.profile_text),
        _ => format!("{}\n", store.later().record_text(&finished.record)),
    };
    let taken = download::json(&name, &text).is_ok();
    if taken {
        store.saved();
    }
    taken
}

fn key_facts(session: &Session, texts: &Texts, profile: &Profile) -> Html {
    let fact =
        |key: &str, value: AttrValue| html! { <div><dt>{ texts.say(key) }</dt><dd>{ value }</dd></div> };
    let age = profile.subject.age_years.as_ref().map(|age| match age {
        Age::Years(years) => years.to_string(),
        Age::Between([min, max]) => format!("{min}–{max}"),
    });
    let (answered, asked) =
        (profile.data_quality.answered.to_string(), profile.data_quality.asked.to_string());
    html! {
        <dl class="key-facts">
            { fact("profile.form", session.text(&session.plan().title, crate::expression::RowId::FORM).into()) }
            { fact("profile.assessed-on", date_text(texts, &profile.assessed_on)) }
            if let Some(age) = age {
                { fact("profile.age", texts.fill("age.years", &[("age", &age)])) }
            }
            { fact("profile.answered", texts.fill("scores.answered", &[("answered", &answered), ("of", &asked)])) }
            if let Some(next) = &profile.reassessment.next_on {
                { fact("profile.next", date_text(texts, next)) }
            }
        </dl>
    }
}

/// What cannot wait. The words come from the questionnaire, in the language of the page; the alerts of safety
/// questions without an answer are the engine's own, and are told as one.
fn alerts(session: &Session, texts: &Texts, profile: &Profile) -> Html {
    let told: Vec<Html> =
        profile.alerts.iter().filter_map(|alert| alert_card(session, texts, alert)).collect();
    if told.is_empty() && profile.unscreened.is_empty() {
        return Html::default();
    }
    html! {
        <section class="stack">
            <h2>{ texts.say("profile.alerts") }</h2>
            { told }
            { unscreened(session, texts, profile) }
        </section>
    }
}

fn alert_card(session: &Session, texts: &Texts, alert: &Alert) -> Option<Html> {
    let say = |text: &crate::plan::Localised| session.text(text, crate::expression::RowId::FORM);
    let Some(RuleOutcome::Alert { label, script, .. }) = rule(session, &alert.rule).map(|rule| &rule.outcome)
    else {
        return None;
    };
    let grade = alert.grade.0.word();
    let question = alert.field.as_deref().and_then(|pointer| session.node_at(pointer));
    Some(html! {
        <article class={classes!("alert", format!("alert-{grade}"))}>
            <h3>{ icon(Icon::Error, Classes::new()) }{ say(label) }</h3>
            if let Some(node) = question {
                <p>{ session.text(&session.plan().question(node.question()).title, node.row) }</p>
            }
            { due(texts, grade) }
            if let Some(script) = script {
                <p class="preserved">{ say(script) }</p>
            }
            if alert.mandatory_report.0 == MandatoryReport::Required {
                <p class="urgency">{ icon(Icon::Warning, Classes::new()) }{ texts.say("alert.report") }</p>
            }
        </article>
    })
}

fn due(texts: &Texts, grade: &str) -> Html {
    html! {
        <p class="urgency">{ icon(Icon::Clock, Classes::new()) }{ texts.say(&format!("grade.{grade}")) }</p>
    }
}

fn unscreened(session: &Session, texts: &Texts, profile: &Profile) -> Html {
    if profile.unscreened.is_empty() {
        return Html::default();
    }
    let own = |alert: &&Alert| rule(session, &alert.rule).is_none();
    let grade = profile.alerts.iter().filter(own).map(|alert| alert.grade.0).min();
    html! {
        <article class="alert alert-R2">
            <h3>{ icon(Icon::Warning, Classes::new()) }{ texts.say("profile.unscreened") }</h3>
            if let Some(grade) = grade {
                { due(texts, grade.word()) }
            }
            <p>{ texts.say("profile.unscreened-text") }</p>
            <ul class="dots">
                { for profile.unscreened.iter().map(|name| {
                    let title = session.node_at(name).map(|node| {
                        session.text(&session.plan().question(node.question()).title, node.row)
                    });
                    html! { <li>{ title.unwrap_or_else(|| name.clone()) }</li> }
                }) }
            </ul>
        </article>
    }
}

/// Every domain, the most pressing first; among equals those with something to say before those without.
fn domains(session: &Session, texts: &Texts, profile: &Profile) -> Html {
    let mut domains: Vec<Domain> = Domain::ALL.to_vec();
    let level = |domain: Domain| profile.domain_levels.get(&Word(domain)).copied().flatten();
    let partial = |domain: Domain| {
        profile.domain_status.get(&Word(domain)).is_some_and(|status| status.0 == DomainStatus::Partial)
    };
    domains.sort_by_key(|&domain| {
        let place = match level(domain) {
            Some(0) if partial(domain) => 1,
            Some(0) => 0,
            Some(level) => i16::from(level) + 2,
            None => 2,
        };
        (std::cmp::Reverse(place), domain)
    });
    html! {
        <section class="stack">
            <h2>{ texts.say("profile.needs") }</h2>
            <div class="sheet">
                { for domains.into_iter().map(|domain| {
                    let needs: Vec<_> = profile.needs.iter().filter(|need| need.domain.0 == domain).collect();
                    let reasons = profile.not_assessed.iter().filter(|one| one.domain.0 == domain);
                    html! {
                        <section class="domain" key={domain.word()}>
                            <div class="domain-head">
                                <h3>{ texts.say(&format!("domain.{}", domain.word())) }</h3>
                                { domain_level(texts, level(domain), partial(domain)) }
                            </div>
                            if level(domain).is_some_and(|level| level > 0) && partial(domain) {
                                <p class="quiet small">{ texts.say("domain.partial") }</p>
                            }
                            { for reasons.map(|one| html! { <p class="quiet small">{ not_assessed(session, one) }</p> }) }
                            { for needs.iter().map(|need| need_card(session, texts, need, needs.len() > 1)) }
                        </section>
                    }
                }) }
            </div>
        </section>
    }
}

fn not_assessed(session: &Session, one: &NotAssessed) -> String {
    match rule(session, &one.rule).map(|rule| &rule.outcome) {
        Some(RuleOutcome::NotAssessed { reason, .. }) => session.text(reason, crate::expression::RowId::FORM),
        _ => one.reason.clone(),
    }
}

fn legal_flags(texts: &Texts, profile: &Profile) -> Html {
    let flags = &profile.subject.legal_flags;
    if flags.is_empty() {
        return Html::default();
    }
    html! {
        <section class="sheet sheet-padded stack">
            <h2>{ texts.say("profile.legal") }</h2>
            <dl class="key-facts">
                { for flags.iter().map(|(name, flag)| {
                    let word = match flag {
                        Some(true) => "answer.yes",
                        Some(false) => "answer.no",
                        None => "answer.unknown",
                    };
                    html! { <div key={&**name}><dt>{ texts.say_or(&format!("flag.{name}"), name) }</dt><dd>{ texts.say(word) }</dd></div> }
                }) }
            </dl>
        </section>
    }
}

/// The rule of an id: its texts are there in every language, while a profile holds those of one.
pub(super) fn rule<'a>(session: &'a Session, id: &str) -> Option<&'a Rule> {
    session.plan().rules.iter().find(|rule| *rule.id == *id)
}

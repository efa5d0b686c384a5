use yew::prelude::*;

use super::need::need_card;
use super::rule;
use crate::expression::RowId;
use crate::plan::{Basis, Domain, Outcome as RuleOutcome, Urgency};
use crate::profile::is_void;
use crate::profile::wire::{Delta, DeltaKind, DomainStatus, Need, NotAssessed, Profile};
use crate::session::Session;
use crate::value::Word;
use crate::web::components::{Icon, SetLevel, domain_level, icon, level_is_begun, writing};
use crate::web::store::{Finished, Store};
use crate::web::text::Texts;

/// The needs as a picture, a line for each area of life, the most pressing first: how much, how soon, who sees it,
/// and which way it has gone. A line opens to its needs.
pub(super) fn areas(store: &Store, session: &Session, texts: &Texts, finished: &Finished) -> Html {
    let profile = &finished.profile;
    let mut domains: Vec<Domain> = Domain::ALL.to_vec();
    domains.sort_by_key(|&domain| (std::cmp::Reverse(pressing(profile, domain)), domain));
    let compared = domain_deltas(profile).next().is_some();
    html! {
        <section class="stack">
            <h2>{ texts.say("profile.needs") }</h2>
            <ol class="sheet areas">
                { for domains.into_iter().map(|domain| {
                    html! { <li key={domain.word()}>{ area(store, session, texts, finished, domain, compared) }</li> }
                }) }
            </ol>
            <p class="quiet small areas-key">
                <span>{ icon(Icon::Person, Classes::new()) }{ texts.say("areas.key-person") }</span>
                <span>{ icon(Icon::Rule, Classes::new()) }{ texts.say("areas.key-rule") }</span>
            </p>
        </section>
    }
}

/// The place of a domain in the order. What was looked at in part comes before what surely needs nothing.
fn pressing(profile: &Profile, domain: Domain) -> u8 {
    match level(profile, domain) {
        Some(0) if is_partial(profile, domain) => 1,
        Some(0) => 0,
        None => 2,
        Some(level) => level.saturating_add(2),
    }
}

fn level(profile: &Profile, domain: Domain) -> Option<u8> {
    profile.domain_levels.get(&Word(domain)).copied().flatten()
}

fn is_partial(profile: &Profile, domain: Domain) -> bool {
    profile.domain_status.get(&Word(domain)).is_some_and(|status| status.0 == DomainStatus::Partial)
}

fn area(
    store: &Store,
    session: &Session,
    texts: &Texts,
    finished: &Finished,
    domain: Domain,
    compared: bool,
) -> Html {
    let profile = &finished.profile;
    let (level, partial) = (level(profile, domain), is_partial(profile, domain));
    let needs: Vec<&Need> = profile.needs.iter().filter(|need| need.domain.0 == domain).collect();
    let reasons: Vec<String> = profile
        .not_assessed
        .iter()
        .filter(|one| one.domain.0 == domain)
        .map(|one| not_assessed(session, one))
        .collect();
    let soonest = needs.iter().map(|need| need.urgency.0).min();
    let head = html! {
        <>
            <h3 class="area-name">{ texts.say(&format!("domain.{}", domain.word())) }</h3>
            <span class="area-level">{ meter(level.filter(|&level| level > 0 || !partial)) }{ domain_level(texts, level, partial) }</span>
            <span class="area-when">{ when(texts, soonest) }</span>
            <span class="area-who">{ seen_by(texts, &needs) }</span>
            if compared {
                <span class="area-trend">{ direction(texts, profile, domain) }</span>
            }
        </>
    };
    let part = level.is_some_and(|level| level > 0) && partial;
    let changed = override_of(texts, finished, domain);
    let computed = profile.computed_domain_levels.as_ref().unwrap_or(&profile.domain_levels);
    let computed = computed.get(&Word(domain)).copied().flatten();
    html! {
        <Area {head} begun={level_is_begun(store, domain)}>
            if part {
                <p class="quiet small">{ texts.say("domain.partial") }</p>
            }
            if let Some(changed) = changed {
                <p class="small">{ changed }</p>
            }
            <>{ for reasons.into_iter().map(|reason| html! { <p class="quiet small">{ reason }</p> }) }</>
            <>{ for needs.iter().map(|need| need_card(store, session, texts, need)) }</>
            { writing(store, html! { <SetLevel store={store.clone()} {domain} {computed} /> }) }
        </Area>
    }
}

/// What [`Area`] is told.
#[derive(PartialEq, Properties)]
struct AreaProps {
    /// What is seen of a line that is closed.
    head: Html,
    /// Whether a level was begun and not saved.
    begun: bool,
    children: Html,
}

/// A line that opens. Whoever comes back finds open what was begun; from then on it is theirs to open and to close.
#[component]
fn Area(props: &AreaProps) -> Html {
    let AreaProps { head, begun, children } = props;
    let open = use_memo((), |()| *begun);
    html! {
        <details class="area" open={*open}>
            <summary class="area-head">{ head.clone() }{ icon(Icon::Down, "turn") }</summary>
            <div class="area-body">{ children.clone() }</div>
        </details>
    }
}

/// The level as three fields, of which so many are filled: read at a glance, and told in words beside it. What was not
/// looked at, or only in part, has no fields that could be taken for empty ones.
fn meter(level: Option<u8>) -> Html {
    let class = match level {
        None => "meter-none",
        Some(0) => "meter-0",
        Some(1) => "meter-1",
        Some(2) => "meter-2",
        Some(_) => "meter-3",
    };
    html! { <span class={classes!("meter", class)} aria-hidden="true"><i></i><i></i><i></i></span> }
}

fn when(texts: &Texts, soonest: Option<Urgency>) -> Html {
    let Some(urgency) = soonest else { return Html::default() };
    html! {
        <span class={classes!("urgency", format!("urgency-{}", urgency.word()))}>
            { icon(Icon::Clock, Classes::new()) }{ texts.say(&format!("urgency.{}", urgency.word())) }
        </span>
    }
}

/// Whether the person wants it, a rule says so, or both: the two need not agree, and either is worth knowing.
fn seen_by(texts: &Texts, needs: &[&Need]) -> Html {
    let has = |bases: &[Basis]| needs.iter().any(|need| bases.contains(&need.basis.0));
    let (person, by_rule) = (has(&[Basis::Felt, Basis::Expressed]), has(&[Basis::Normative]));
    let mark = |there: bool, picture: Icon, key: &str| {
        there.then(|| {
            html! {
                <span class="seen-by">
                    { icon(picture, Classes::new()) }<span class="visually-hidden">{ texts.say(key) }</span>
                </span>
            }
        })
    };
    html! {
        <>
            { mark(person, Icon::Person, "areas.by-person") }
            { mark(by_rule, Icon::Rule, "areas.by-rule") }
        </>
    }
}

fn domain_deltas(profile: &Profile) -> impl Iterator<Item = Delta> + '_ {
    let all = profile.reassessment.deltas.iter();
    let read = all.filter_map(|delta| serde_json::from_value::<Delta>(delta.clone()).ok());
    read.filter(|delta| delta.kind.0 == DeltaKind::Domain)
}

/// Which way a level has gone since the last profile.
fn direction(texts: &Texts, profile: &Profile, domain: Domain) -> Html {
    let Some(delta) = domain_deltas(profile).find(|delta| delta.id == domain.word()) else {
        return Html::default();
    };
    let change = delta.change.as_ref().and_then(|change| change.decimal());
    let (class, picture, key) = match change {
        Some(change) if change.is_zero() => ("trend-same", Icon::Same, "trend.same"),
        Some(change) if change.is_sign_negative() => ("trend-better", Icon::Down, "trend.less"),
        Some(_) => ("trend-worse", Icon::Up, "trend.more"),
        None => ("trend-none", Icon::DontKnow, "trend.not-comparable"),
    };
    html! {
        <span class={classes!("trend", class)}>
            { icon(picture, Classes::new()) }<span class="small">{ texts.say(key) }</span>
        </span>
    }
}

/// A level that a worker set: the computed one is told beside it.
fn override_of(texts: &Texts, finished: &Finished, domain: Domain) -> Option<AttrValue> {
    let set = finished.record.overrides.iter().find(|one| one.domain == domain)?;
    let profile = &finished.profile;
    let computed = profile.computed_domain_levels.as_ref().unwrap_or(&profile.domain_levels);
    let computed = computed.get(&Word(domain)).copied().flatten();
    let word = |level: Option<u8>| match level {
        None => texts.say("level.null"),
        Some(level) => texts.say(&format!("level.{}", level.min(3))),
    };
    if is_void(set, computed) {
        let level = word(Some(set.level));
        return Some(texts.fill("areas.overtaken", &[("level", &level), ("computed", &word(computed))]));
    }
    // Nothing differs.
    profile.computed_domain_levels.as_ref()?;
    let reason = set.reason.clone().unwrap_or_default();
    Some(texts.fill("areas.override", &[("computed", &word(computed)), ("reason", &reason)]))
}

fn not_assessed(session: &Session, one: &NotAssessed) -> String {
    match rule(session, &one.rule).map(|rule| &rule.outcome) {
        Some(RuleOutcome::NotAssessed { reason, .. }) => session.text(reason, RowId::FORM),
        _ => one.reason.clone(),
    }
}

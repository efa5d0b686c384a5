use serde_json::Value;

use super::field::{Asked, Control, Field, OPEN, Options};
use super::kind::{Kind, text, words};
use super::need::{need_name, needs};
use crate::expression::RowId;
use crate::plan::Localised;
use crate::web::components::Icon;
use crate::web::display::{date_text, service_name};
use crate::web::store::Store;
use crate::web::text::Texts;

/// What is to be done: a service, how often, by whom and from when.
pub(in crate::web::pages::profile) const STEP: Kind = Kind {
    list: "plan",
    name: "step",
    named: None,
    picture: Icon::Tick,
    none: "agreed.no-plan",
    add: "agreed.add-step",
    fields: &[
        Field {
            member: "service",
            label: "agreed.service",
            control: Control::Choice(services),
            missing: Some("agreed.no-service"),
            ..OPEN
        },
        Field {
            member: "text",
            label: "agreed.step-text",
            missing: Some("agreed.no-words"),
            asked: Asked::WhereStated,
            ..OPEN
        },
        Field { member: "need", label: "agreed.need", control: Control::Choice(needs), ..OPEN },
        Field { member: "frequency", label: "agreed.frequency", ..OPEN },
        Field { member: "provider", label: "agreed.provider", ..OPEN },
        Field { member: "start", label: "agreed.start", control: Control::Day, ..OPEN },
    ],
    settle: |_, _, _| (),
    title: |session, step| {
        let say = |text: &Localised| session.text(text, RowId::FORM);
        text(step, "service").map_or_else(|| words(step), |code| service_name(session.plan(), code, say))
    },
    details: |store, texts, step| {
        // Where a service is named, what else was written stays to be read.
        let more = text(step, "service").map(|_| words(step)).filter(|words| !words.is_empty());
        let need = text(step, "need").map(|need| need_name(store, texts, need));
        let need = need.map(|need| texts.fill("agreed.for", &[("need", &need)]).to_string());
        let how = Some(step_details(texts, step)).filter(|how| !how.is_empty());
        more.into_iter().chain(how).chain(need).collect()
    },
};

fn services(store: &Store, texts: &Texts, stated: &str) -> Options {
    let session = store.session();
    let lists = session.plan().lists.iter().filter(|list| &*list.id == "services");
    let entries = lists.flat_map(|list| &list.entries);
    let named = entries
        .map(|entry| (entry.choice.code.to_string(), session.text(&entry.choice.label, RowId::FORM).into()));
    let mut options: Options = [(String::new(), texts.say("choice.none"))].into_iter().chain(named).collect();
    if !options.iter().any(|(code, _)| code == stated) {
        // Agreed when the list still had it.
        options.push((stated.to_owned(), stated.to_owned().into()));
    }
    options
}

/// How often, by whom and from when.
pub(crate) fn step_details(texts: &Texts, step: &Value) -> String {
    let start =
        text(step, "start").map(|start| texts.fill("agreed.from", &[("date", &date_text(texts, start))]));
    let parts = [text(step, "frequency").map(str::to_owned), text(step, "provider").map(str::to_owned)];
    let parts = parts.into_iter().chain([start.map(|start| start.to_string())]).flatten();
    parts.collect::<Vec<_>>().join(&texts.say("scores.separator"))
}

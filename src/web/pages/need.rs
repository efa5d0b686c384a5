use yew::prelude::*;

use super::evidence::evidence;
use super::profile::rule;
use crate::expression::RowId;
use crate::plan::Outcome;
use crate::profile::wire::Need;
use crate::session::Session;
use crate::web::components::{Icon, icon, level_badge};
use crate::web::text::Texts;

/// A need: what, how soon, and, opened in place, why. Its level is told again where a domain has several.
pub(super) fn need_card(session: &Session, texts: &Texts, need: &Need, with_level: bool) -> Html {
    let label = need
        .rules
        .iter()
        .filter_map(|id| rule(session, id))
        .find_map(|rule| match &rule.outcome {
            Outcome::Need(raised) if *raised.code == *need.code => {
                Some(session.text(&raised.label, RowId::FORM))
            }
            _ => None,
        })
        .unwrap_or_else(|| need.label.clone());
    let services: Vec<String> = need.services.iter().map(|code| service(session, code)).collect();
    let services = services.join(&texts.say("list.join"));
    html! {
        <article class={classes!("need", format!("need-{}", need.level))} key={&*need.id}>
            <div class="need-head">
                <h4>{ label }</h4>
                if with_level {
                    { level_badge(texts, need.level) }
                }
                <span class="urgency">
                    { icon(Icon::Clock, Classes::new()) }{ texts.say(&format!("urgency.{}", need.urgency.0.word())) }
                </span>
            </div>
            <details class="why">
                <summary>{ icon(Icon::Down, "turn") }<span>{ texts.say("need.why") }</span></summary>
                <div class="why-body">
                    { for need.evidence.iter().map(|one| evidence(session, texts, one)) }
                    if need.provisional {
                        <p class="quiet">{ texts.say("need.provisional") }</p>
                    }
                    if !services.is_empty() {
                        <p>{ texts.fill("need.services", &[("services", &services)]) }</p>
                    }
                    <p class="quiet small">{ texts.say(&format!("basis.{}", need.basis.0.word())) }</p>
                </div>
            </details>
        </article>
    }
}

/// The name of a service, from the questionnaire's list of them.
fn service(session: &Session, code: &str) -> String {
    let plan = session.plan();
    let list = plan.lists.iter().find(|list| &*list.id == "services");
    let entry = list.and_then(|list| list.entry(code));
    entry.map_or_else(|| code.to_owned(), |entry| session.text(&entry.choice.label, RowId::FORM))
}

use yew::prelude::*;

use super::change::WouldChange;
use super::evidence::evidence;
use super::rule;
use crate::expression::RowId;
use crate::plan::Outcome;
use crate::profile::wire::Need;
use crate::session::Session;
use crate::web::components::{Icon, icon, level_badge};
use crate::web::store::Store;
use crate::web::text::Texts;

/// A need: what, how much, how soon, who can help; and, opened in place, why, and what would change it.
pub(super) fn need_card(store: &Store, session: &Session, texts: &Texts, need: &Need) -> Html {
    let services: Vec<String> = need.services.iter().map(|code| service_text(session, code)).collect();
    let services = services.join(&texts.say("list.join"));
    html! {
        <article class={classes!("need", format!("need-{}", need.level))} key={&*need.id}>
            <div class="need-head">
                <h4>{ need_label(session, need) }</h4>
                { level_badge(texts, need.level) }
                <span class="urgency">
                    { icon(Icon::Clock, Classes::new()) }{ texts.say(&format!("urgency.{}", need.urgency.0.word())) }
                </span>
            </div>
            <div class="need-body">
                <p class="quiet small">{ texts.say(&format!("basis.{}", need.basis.0.word())) }</p>
                if !services.is_empty() {
                    <p>{ texts.fill("need.services", &[("services", &services)]) }</p>
                }
                if need.provisional {
                    <p class="quiet">{ texts.say("need.provisional") }</p>
                }
            </div>
            <details class="why">
                <summary>{ icon(Icon::Down, "turn") }<span>{ texts.say("need.why") }</span></summary>
                <div class="why-body">
                    <>{ for need.evidence.iter().map(|one| evidence(session, texts, one)) }</>
                    <WouldChange store={store.clone()} need={need.id.clone()} />
                </div>
            </details>
        </article>
    }
}

/// What a need is called, in the language of the page.
pub(crate) fn need_label(session: &Session, need: &Need) -> String {
    let rules = need.rules.iter().filter_map(|id| rule(session, id));
    let own = rules.filter_map(|rule| match &rule.outcome {
        Outcome::Need(raised) if *raised.code == *need.code => Some(&raised.label),
        _ => None,
    });
    own.map(|label| session.text(label, RowId::FORM)).next().unwrap_or_else(|| need.label.clone())
}

/// The name of a service, from the questionnaire's list of them.
pub(crate) fn service_text(session: &Session, code: &str) -> String {
    let plan = session.plan();
    let list = plan.lists.iter().find(|list| &*list.id == "services");
    let entry = list.and_then(|list| list.entry(code));
    entry.map_or_else(|| code.to_owned(), |entry| session.text(&entry.choice.label, RowId::FORM))
}

use yew::prelude::*;

use super::change::WouldChange;
use super::evidence::evidence;
use crate::expression::RowId;
use crate::plan::Localised;
use crate::profile::wire::Need;
use crate::session::Session;
use crate::web::components::{Icon, icon, level_badge};
use crate::web::display::{need_label, service_name};
use crate::web::store::Store;
use crate::web::text::Texts;

/// A need: what, how much, how soon, who can help; and, opened in place, why, and what would change it.
pub(super) fn need_card(store: &Store, session: &Session, texts: &Texts, need: &Need) -> Html {
    let plan = session.plan();
    let say = |text: &Localised| session.text(text, RowId::FORM);
    let services: Vec<String> = need.services.iter().map(|code| service_name(plan, code, say)).collect();
    let services = services.join(&texts.say("list.join"));
    html! {
        <article class={classes!("need", format!("need-{}", need.level))} key={&*need.id}>
            <div class="need-head">
                <h4>{ need_label(plan, need, say) }</h4>
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

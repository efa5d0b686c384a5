use serde_json::Value;
use yew::prelude::*;

use super::act_form::ActForm;
use crate::profile::wire::{Alert, AlertStatus, MandatoryReport};
use crate::session::AlertAct;
use crate::web::components::{Icon, action_text, icon};
use crate::web::display::moment_text;
use crate::web::finish::state;
use crate::web::hooks::{use_refocus, use_texts};
use crate::web::store::{Action, Store};
use crate::web::text::Texts;

/// What [`Acted`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct ActedProps {
    /// The interview.
    pub(super) store: Store,
    /// What is acted on at once: nearly always one alert; of refused safety questions, all about which the same was done.
    pub(super) alerts: Vec<Alert>,
}

/// The id of what was done about some alerts.
pub(super) fn acted_id(alerts: &[Alert]) -> String {
    let (rule, field) = alerts
        .first()
        .map(|first| (&*first.rule, first.field.as_deref().unwrap_or_default()))
        .unwrap_or_default();
    format!("acted-{rule}-{}", field.replace('/', "-"))
}

/// Who took an alert on and what they did; and, while nobody has, the way to say so. It is an act of the record: an
/// alert that becomes more urgent afterwards is open again, and what was done before stays where it was.
#[component]
pub(super) fn Acted(props: &ActedProps) -> Html {
    let ActedProps { store, alerts } = props;
    let texts = use_texts();
    // What is acted on moves down among the others: the focus comes once all is drawn.
    let refocus = use_refocus(None);
    let Some(alert) = alerts.first() else { return Html::default() };
    let id = acted_id(alerts);
    let onsave = {
        let place = id.clone();
        Callback::from(move |()| refocus.to(place.clone()))
    };
    let onreport = {
        let (store, alerts) = (store.clone(), alerts.clone());
        let onsave = onsave.clone();
        move |_: MouseEvent| {
            onsave.emit(());
            state(&store, |acts| {
                for alert in &alerts {
                    let made = |act: &mut AlertAct| act.mandatory_report_made = true;
                    acts.act_on_alert(&alert.rule, alert.field.as_deref(), made);
                }
            });
        }
    };
    let done = alert.earlier.iter().map(|before| &before.acknowledged).chain([&alert.acknowledged]);
    html! {
        <div id={id.clone()} class="stack quiet-focus" tabindex="-1">
            <>{ for done.flatten().map(|done| acknowledged(&texts, done)) }</>
            if alert.mandatory_report.0 == MandatoryReport::Made {
                <p>{ icon(Icon::Tick, Classes::new()) }{ " " }{ texts.say("alert.report-made") }</p>
            }
            if alert.mandatory_report.0 == MandatoryReport::Required {
                <div class="no-print">
                    <button type="button" class="button button-second" onclick={onreport}>
                        { texts.say("alert.report-done") }
                    </button>
                </div>
            }
            if alert.status.0 == AlertStatus::Open {
                <ActForm key={id.clone()} store={store.clone()} alerts={alerts.clone()} id={id.clone()}
                    {onsave} />
            }
        </div>
    }
}

/// Who acted, when, and what they did: chosen on the spot or written here.
fn acknowledged(texts: &Texts, done: &Value) -> Html {
    let text = |name: &str| done.get(name).and_then(Value::as_str).unwrap_or_default();
    let moment = moment_text(texts, text("at")).unwrap_or_default();
    let head = match text("by") {
        "" => moment,
        who => texts.fill("alert.by", &[("who", who), ("moment", &moment)]),
    };
    let codes = done.get("actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let chosen = Action::ALL.into_iter().filter(|action| codes.iter().any(|code| code == action.code()));
    let mut lines: Vec<AttrValue> = chosen.map(|action| action_text(texts, action)).collect();
    lines.extend(
        [text("action"), text("note")]
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| line.to_owned().into()),
    );
    html! {
        <div class="acted-done">
            { icon(Icon::Tick, Classes::new()) }
            <div>
                <strong>{ head }</strong>
                <>{ for lines.into_iter().map(|line| html! { <p>{ line }</p> }) }</>
            </div>
        </div>
    }
}

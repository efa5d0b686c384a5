use serde_json::Value;
use yew::prelude::*;

use super::act_form::ActForm;
use crate::plan::AlertGrade;
use crate::web::components::{Icon, action_text, icon};
use crate::web::display::moment_text;
use crate::web::finish::state;
use crate::web::hooks::use_texts;
use crate::web::host::focus;
use crate::web::store::{Action, Store};
use crate::web::text::Texts;

/// What [`Acted`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct ActedProps {
    /// The interview.
    pub(super) store: Store,
    /// The rule of the alert.
    pub(super) rule: String,
    /// The path of its question, where it has one.
    #[prop_or_default]
    pub(super) question: Option<String>,
    /// How much it cannot wait.
    pub(super) grade: AlertGrade,
    /// Whether somebody has to act on it.
    pub(super) open: bool,
    /// Whether the law asks for a report.
    pub(super) report: bool,
}

/// Who took an alert on and what they did; and, while nobody has, the way to say so. It is an act of the record: an
/// alert that becomes more urgent afterwards is open again.
#[component]
pub(super) fn Acted(props: &ActedProps) -> Html {
    let ActedProps { store, rule, question, grade, open, report } = props;
    let grade = *grade;
    let texts = use_texts();
    let id = format!("acted-{rule}-{}", question.as_deref().unwrap_or_default().replace('/', "-"));
    let acts = store.acts();
    let act = acts.alert(rule, question.as_deref());
    let done = act.and_then(|act| act.acknowledged.as_ref());
    let onreport = {
        let (store, rule, question) = (store.clone(), rule.clone(), question.clone());
        let place = id.clone();
        move |_: MouseEvent| {
            focus::element(&place);
            state(&store, |acts| {
                acts.act_on_alert(&rule, question.as_deref(), |act| act.mandatory_report_made = true);
            });
        }
    };
    html! {
        <div id={id.clone()} class="stack quiet-focus" tabindex="-1">
            if let Some(done) = done {
                { acknowledged(&texts, done) }
            }
            if act.is_some_and(|act| act.mandatory_report_made) {
                <p>{ icon(Icon::Tick, Classes::new()) }{ " " }{ texts.say("alert.report-made") }</p>
            }
            if *report {
                <div class="no-print">
                    <button type="button" class="button button-second" onclick={onreport}>
                        { texts.say("alert.report-done") }
                    </button>
                </div>
            }
            if *open {
                <ActForm key={id.clone()} store={store.clone()} rule={rule.clone()} question={question.clone()} {grade}
                    id={id.clone()} />
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

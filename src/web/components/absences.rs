use yew::prelude::*;

use super::ids::Ids;
use super::{ControlProps, Icon, icon};
use crate::plan::Question;
use crate::session::Command;
use crate::value::Absence;
use crate::web::text::Texts;

/// Why there is no answer: radio buttons apart from the answers, none chosen at the start. Choosing the chosen one
/// again takes it back.
pub(crate) fn absences(texts: &Texts, question: &Question, props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props.clone();
    let chosen = store.session().absence(node);
    // What can only be read offers no reasons; the one that was given stays.
    let offered = |absence: &Absence| !read_only || chosen == Some(*absence);
    let offered: Vec<Absence> = question.absences.iter().copied().filter(offered).collect();
    if offered.is_empty() {
        return Html::default();
    }
    let option = |absence: Absence| {
        let checked = chosen == Some(absence);
        let onchange = {
            let store = store.clone();
            move |_: Event| store.dispatch(Command::Absent { node, absence: Some(absence) })
        };
        let onclick = {
            let store = store.clone();
            move |_: MouseEvent| {
                // The click on another one comes before its change: only that on the chosen one is taken here.
                if checked {
                    store.dispatch(Command::Absent { node, absence: None });
                }
            }
        };
        html! {
            <label class="chip" key={absence.code()} title={absence_text(texts, absence)}>
                <input type="radio" name={Ids(node).absence_group()} {checked} disabled={read_only} {onchange} {onclick}
                    autocomplete="off" />
                { icon(Icon::of_absence(absence), Classes::new()) }
                <span>{ absence_text(texts, absence) }</span>
            </label>
        }
    };
    html! {
        <div class="absences" role="radiogroup" aria-label={texts.say("absence.group")}>
            { for offered.into_iter().map(option) }
        </div>
    }
}

/// The word for a reason why there is no answer.
pub(crate) fn absence_text(texts: &Texts, absence: Absence) -> AttrValue {
    texts.say(match absence {
        Absence::Declined => "absence.declined",
        Absence::DontKnow => "absence.dont-know",
        Absence::NotApplicable => "absence.not-applicable",
        Absence::NotAsked => "absence.not-asked",
        Absence::Unable => "absence.unable",
    })
}

use yew::prelude::*;

use super::{Icon, absence_text, icon};
use crate::session::{Node, answer_from_json};
use crate::web::display::value_text;
use crate::web::store::Store;
use crate::web::text::Texts;

/// What was answered to a question the time before, with its age. It is shown and never taken over: whoever asks again
/// hears today's answer.
pub(super) fn last_time(store: &Store, texts: &Texts, node: Node) -> Html {
    let session = store.session();
    let Some(then) = store.earlier().and_then(|earlier| earlier.answer(node.question())) else {
        return Html::default();
    };
    let value =
        then.value.as_ref().and_then(|value| answer_from_json(session.plan(), node.question(), value));
    let answer = match (value, then.absent) {
        (Some(value), _) => value_text(&session, texts, node, &value),
        (None, Some(absence)) => texts.fill("last.absent", &[("why", &absence_text(texts, absence))]),
        (None, None) => return Html::default(),
    };
    let age = match then.days {
        Some(0) => Some(texts.say("last.today")),
        Some(days) => Some(texts.fill("last.days", &[("n", &days.to_string())])),
        None => None,
    };
    html! {
        <p class="last-time">
            { icon(Icon::Clock, Classes::new()) }
            <span>
                { texts.fill("last.title", &[("answer", &answer)]) }
                if let Some(age) = age {
                    <span class="quiet">{ texts.say("scores.separator") }{ age }</span>
                }
                if !then.comparable {
                    <span class="quiet">{ texts.say("scores.separator") }{ texts.say("last.changed") }</span>
                }
            </span>
        </p>
    }
}

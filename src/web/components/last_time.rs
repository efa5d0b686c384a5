use yew::prelude::*;

use super::{Icon, absence_text, icon};
use crate::expression::RowId;
use crate::session::{Node, answer_from_json};
use crate::web::display::{ago_text, value_text};
use crate::web::host::document;
use crate::web::store::Store;
use crate::web::text::Texts;

/// What was answered to a question the time before, with its age. It becomes today's answer only by a touch, when the
/// person has said that it is still so.
pub(super) fn last_time(store: &Store, texts: &Texts, node: Node, read_only: bool) -> Html {
    let session = store.session();
    let earlier = store.earlier().filter(|_| node.row == RowId::FORM);
    let Some(then) = earlier.and_then(|earlier| earlier.answer(node.question())) else {
        return Html::default();
    };
    let value =
        then.value.as_ref().and_then(|value| answer_from_json(session.plan(), node.question(), value));
    let answer = match (&value, then.absent) {
        (Some(value), _) => value_text(&session, texts, node, value),
        (None, Some(absence)) => texts.fill("last.absent", &[("why", &absence_text(texts, absence))]),
        (None, None) => return Html::default(),
    };
    let still = value.filter(|value| then.comparable && !read_only && session.value(node) != Some(value));
    let onclick = still.map(|value| {
        let store = store.clone();
        move |_: MouseEvent| {
            store.answer(node, Some(value.clone()));
            // The button that was pressed goes. A finger has no need of the focus, and a box that takes it calls up keys.
            if !document::by_touch() {
                store.focus_now(node);
            }
        }
    });
    html! {
        <div class="last-time">
            { icon(Icon::Clock, Classes::new()) }
            <span>
                { texts.fill("last.title", &[("answer", &answer)]) }
                if let Some(days) = then.days {
                    <span class="quiet">{ texts.say("scores.separator") }{ ago_text(texts, days) }</span>
                }
                if !then.comparable {
                    <span class="quiet">{ texts.say("scores.separator") }{ texts.say("last.changed") }</span>
                }
            </span>
            if let Some(onclick) = onclick {
                <button type="button" class="button button-quiet" {onclick}>{ texts.say("last.still") }</button>
            }
        </div>
    }
}

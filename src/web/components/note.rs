use yew::prelude::*;

use crate::plan::Question;
use crate::session::{Node, Session};

/// A text between questions.
pub(crate) fn note(session: &Session, question: &Question, node: Node) -> Html {
    html! {
        <div class="note">
            <p class="question-title">{ session.text(&question.title, node.row) }</p>
            if let Some(text) = &question.description {
                <p>{ session.text(text, node.row) }</p>
            }
        </div>
    }
}

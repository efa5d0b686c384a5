use yew::prelude::*;

use crate::web::hooks::{use_texts, use_topic};
use crate::web::store::{Store, Topic};

/// What [`Progress`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ProgressProps {
    /// The interview.
    pub(crate) store: Store,
}

/// How many of the questions that wait for an answer have one; of all questions, where none ever waits.
#[component]
pub(crate) fn Progress(props: &ProgressProps) -> Html {
    use_topic(&props.store, Topic::Progress);
    let texts = use_texts();
    let Some((answered, of)) = props.store.progress() else { return Html::default() };
    let (answered, of) = (answered.to_string(), of.to_string());
    let text = texts.fill("progress.answered", &[("answered", &answered), ("of", &of)]);
    html! {
        <div class="progress">
            <p class="progress-label" aria-hidden="true">{ text.clone() }</p>
            <progress aria-label={text} max={of} value={answered}></progress>
        </div>
    }
}

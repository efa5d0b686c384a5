use yew::prelude::*;

use crate::expression::RowId;
use crate::plan::SectionId;
use crate::session::Node;
use crate::web::components::{Icon, ProblemLink, absence_text, icon, informant_text, section_mark};
use crate::web::display::{Shown, shown};
use crate::web::hooks::{use_texts, use_topic};
use crate::web::store::{SectionState, Store, Topic, section_nodes};
use crate::web::text::Texts;

/// What [`SectionAnswers`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct SectionAnswersProps {
    /// The interview.
    pub(crate) store: Store,
    /// The section.
    pub(crate) section: SectionId,
}

/// The answers of a section, each with a way to change it.
#[component]
pub(crate) fn SectionAnswers(props: &SectionAnswersProps) -> Html {
    let SectionAnswersProps { store, section } = props;
    use_topic(store, Topic::Section(*section));
    let texts = use_texts();
    let tally = store.tally(*section);
    let session = store.session();
    let Some(title) = session.plan().sections.get(section.index()).map(|section| &section.title) else {
        return Html::default();
    };
    html! {
        <details class="sheet answers" open={tally.state() == SectionState::Errors}>
            <summary>
                { section_mark(&texts, tally.state()) }
                <h3>{ session.text(title, RowId::FORM) }</h3>
                <span class="quiet">{ format!("{}/{}", tally.answered, tally.of) }</span>
                { icon(Icon::Down, "turn") }
            </summary>
            <dl>
                { for section_nodes(&session, *section).into_iter().map(|node| answer(store, &texts, node)) }
            </dl>
        </details>
    }
}

fn answer(store: &Store, texts: &Texts, node: Node) -> Html {
    let session = store.session();
    let title = session.text(&session.plan().question(node.question()).title, node.row);
    let informant = session.informant(node);
    let shown =
        if store.drafts().unreadable(node).is_some() { Shown::Open } else { shown(&session, texts, node) };
    let (class, text) = match shown {
        Shown::Answer(text) => ("answer-value", text),
        Shown::Absent(absence) => ("answer-none", absence_text(texts, absence)),
        Shown::Open => ("answer-none", texts.say("answer.open")),
    };
    let label = texts.fill("review.change-label", &[("question", &title)]);
    html! {
        <div class="answer" key={format!("{}-{}", node.field.0, node.row.0)}>
            <dt>{ title }</dt>
            <dd {class}>
                { text }
                if informant != crate::value::Informant::Own {
                    { " " }<span class="tag">{ informant_text(texts, informant) }</span>
                }
            </dd>
            <dd>
                <ProblemLink store={store.clone()} {node} class="answer-change" text={texts.say("review.change")}
                    {label} />
            </dd>
        </div>
    }
}

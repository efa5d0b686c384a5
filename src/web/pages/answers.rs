use yew::prelude::*;

use crate::expression::RowId;
use crate::plan::SectionId;
use crate::session::Node;
use crate::web::components::{
    Attached, Icon, ProblemLink, absence_text, account_text, icon, informant_text, picture_of, section_mark,
};
use crate::web::display::{Shown, question_title, shown};
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
                if let Some(figure) = tally.figure() {
                    <span class="quiet">{ figure }</span>
                }
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
    let title = question_title(&session, texts, node);
    let informant = session.informant(node);
    let shown =
        if store.drafts().unreadable(node).is_some() { Shown::Open } else { shown(&session, texts, node) };
    let (class, text) = match shown {
        Shown::Answer(text) => ("answer-value", text),
        Shown::Absent(absence) => ("answer-none", absence_text(texts, absence)),
        Shown::Open => ("answer-none", texts.say("answer.open")),
    };
    let picture =
        picture_of(session.plan().question(node.question())).filter(|_| session.value(node).is_some());
    let differs = session.differs(node);
    let others = session.accounts(node).iter().map(|(who, account)| {
        html! {
            <span class="account" key={who.code()}>
                <span class="tag">{ informant_text(texts, *who) }</span>
                <span>{ account_text(&session, texts, node, account) }</span>
            </span>
        }
    });
    let others: Vec<Html> = others.collect();
    let label = texts.fill("review.change-label", &[("question", &title)]);
    html! {
        <div class="answer" key={format!("{}-{}", node.field.0, node.row.0)}>
            <dt>{ title }</dt>
            <dd {class}>
                if let Some(picture) = picture {
                    <Attached store={store.clone()} {node} {picture} saves=true />
                } else {
                    { text }
                }
                if informant != crate::value::Informant::Own {
                    { " " }<span class="tag">{ informant_text(texts, informant) }</span>
                }
                if !others.is_empty() {
                    <span class="accounts-also">
                        if differs {
                            <strong>{ icon(Icon::Warning, Classes::new()) }{ texts.say("accounts.differ-short") }</strong>
                        }
                        { others }
                    </span>
                }
            </dd>
            <dd>
                <ProblemLink store={store.clone()} {node} class="answer-change" text={texts.say("review.change")}
                    {label} />
            </dd>
        </div>
    }
}

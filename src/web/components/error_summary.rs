use yew::prelude::*;

use super::ids::Ids;
use super::{Icon, icon};
use crate::session::Node;
use crate::web::display::Problem;
use crate::web::hooks::use_texts;
use crate::web::host::{address, focus};
use crate::web::store::Store;

/// What [`ErrorSummary`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ErrorSummaryProps {
    /// The interview.
    pub(crate) store: Store,
    /// What is to be put right.
    pub(crate) problems: Vec<Problem>,
    /// Counts the attempts: at each the summary takes the focus.
    pub(crate) attempt: u32,
    /// What else can be done.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// What keeps the worker from going on, each with a link to where it can be put right.
#[component]
pub(crate) fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let ErrorSummaryProps { store, problems, attempt, children } = props;
    let texts = use_texts();
    use_effect_with(*attempt, |_| {
        focus::element("error-summary");
    });
    html! {
        <div class="summary" id="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title">
            <h2 id="error-summary-title">
                { icon(Icon::Error, Classes::new()) }{ texts.say("problems.title") }
            </h2>
            <ul>
                { for problems.iter().map(|problem| html! {
                    <li key={format!("{}-{}", problem.node.field.0, problem.node.row.0)}>
                        <ProblemLink store={store.clone()} node={problem.node}
                            text={texts.fill("problems.link", &[("question", &problem.title), ("problem", &problem.text)])} />
                    </li>
                }) }
            </ul>
            { children.clone() }
        </div>
    }
}

/// What [`ProblemLink`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ProblemLinkProps {
    /// The interview.
    pub(crate) store: Store,
    /// The question.
    pub(crate) node: Node,
    /// What the link says.
    pub(crate) text: AttrValue,
    /// What a screen reader says, where the words alone do not tell where it leads.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    /// How it looks.
    #[prop_or_default]
    pub(crate) class: Classes,
}

/// A link to a question, on this page or on another. The address names only the section.
#[component]
pub(crate) fn ProblemLink(props: &ProblemLinkProps) -> Html {
    let ProblemLinkProps { store, node, text, label, class } = props;
    let href = store.address_of(*node).href();
    let onclick = {
        let (store, node, href) = (store.clone(), *node, href.clone());
        move |event: MouseEvent| {
            event.prevent_default();
            if !focus::first_control(&Ids(node).question()) {
                store.focus_next(node);
                address::go(&href);
            }
        }
    };
    html! { <a class={class.clone()} {href} {onclick} aria-label={label.clone()}>{ text.clone() }</a> }
}

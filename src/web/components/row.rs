use yew::prelude::*;

use super::{AskTwice, Icon, Question};
use crate::expression::RowId;
use crate::plan::QuestionId;
use crate::session::Node;
use crate::web::display::row_title;
use crate::web::hooks::{use_node, use_texts};
use crate::web::store::Store;

/// What [`Row`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct RowProps {
    /// The interview.
    pub(super) store: Store,
    /// The repeat.
    pub(super) repeat: Node,
    /// The row.
    pub(super) row: RowId,
    /// Its place, from 0: only to show.
    pub(super) index: usize,
    /// What is shown of it.
    pub(super) columns: Vec<QuestionId>,
    /// Whether it may not be removed.
    pub(super) fixed: bool,
    /// Asks for its removal.
    pub(super) onremove: Callback<RowId>,
}

/// A row of a repeat, as a card.
#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let RowProps { store, repeat, row, index, columns, fixed, onremove } = props;
    use_node(store, *repeat);
    let texts = use_texts();
    let title = row_title(&store.session(), &texts, *repeat, *row, *index);
    let heading = format!("r{}-{}", repeat.field.0, row.0);
    html! {
        <section class="row" aria-labelledby={heading.clone()}>
            <div class="row-head">
                <h3 id={heading}>{ title }</h3>
                if !fixed {
                    <RemoveRow store={store.clone()} repeat={*repeat} row={*row} index={*index}
                        onremove={onremove.clone()} />
                }
            </div>
            <div class="question-children">
                { for columns.iter().map(|&column| {
                    html! { <Question key={column.0} store={store.clone()} node={Node::new(column, *row)} /> }
                }) }
            </div>
        </section>
    }
}

/// What [`RemoveRow`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct RemoveRowProps {
    /// The interview.
    pub(super) store: Store,
    /// The repeat.
    pub(super) repeat: Node,
    /// The row.
    pub(super) row: RowId,
    /// Its place, from 0: only to show.
    pub(super) index: usize,
    /// Asks for its removal.
    pub(super) onremove: Callback<RowId>,
}

/// The removal of a row, asked twice, in place: what stood in it goes with it.
#[component]
pub(super) fn RemoveRow(props: &RemoveRowProps) -> Html {
    let RemoveRowProps { store, repeat, row, index, onremove } = props;
    use_node(store, *repeat);
    let texts = use_texts();
    let asking = use_state(|| false);
    let title = row_title(&store.session(), &texts, *repeat, *row, *index);
    let remove = {
        let (onremove, row) = (onremove.clone(), *row);
        move |_: MouseEvent| onremove.emit(row)
    };
    html! {
        <AskTwice {asking} class="button-quiet" text={texts.say("rows.remove")} picture={Icon::Remove}
            label={texts.fill("rows.remove-label", &[("row", &title)])}
            ask={texts.fill("rows.remove-label", &[("row", &title)])}
            yes={texts.fill("rows.remove-yes", &[("row", &title)])} no={texts.say("rows.remove-no")} onyes={remove} />
    }
}

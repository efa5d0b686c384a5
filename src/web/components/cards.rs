use yew::prelude::*;

use super::ControlProps;
use super::row::Row;
use super::rows::{AddRow, Rows, use_rows};

/// Rows of questions, as cards: one for each person, child, debt.
#[component]
pub(crate) fn CardsControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props;
    let Some(Rows { rows, columns, fixed, onremove }) = use_rows(store, *node, *read_only) else {
        return Html::default();
    };
    html! {
        <div class="rows">
            <>{ for rows.iter().enumerate().map(|(index, &row)| html! {
                <Row key={row.0} store={store.clone()} repeat={*node} {row} {index} columns={columns.clone()} {fixed}
                    onremove={onremove.clone()} />
            }) }</>
            if !fixed {
                <AddRow store={store.clone()} repeat={*node} />
            }
        </div>
    }
}

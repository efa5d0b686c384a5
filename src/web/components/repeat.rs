use yew::prelude::*;

use super::ids::Ids;
use super::row::Row;
use super::{ControlProps, Icon, icon};
use crate::session::{Command, Node};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::focus;

/// Rows of questions, as cards: one for each person, child, debt.
#[component]
pub(crate) fn RepeatControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let session = store.session();
    let question = session.plan().question(node.question());
    let Some(repeat) = question.repeat() else { return Html::default() };
    let rows = session.rows(node).to_vec();
    let add_id = Ids(node).control();
    let full = question.constraints.max_items.is_some_and(|most| rows.len() >= most as usize);
    let onadd = {
        let store = store.clone();
        let first = repeat.columns.first().copied();
        move |_: MouseEvent| {
            store.dispatch(Command::AddRow { repeat: node, at: None });
            let added = store.session().rows(node).last().copied();
            if let (Some(column), Some(row)) = (first, added) {
                store.focus_next(Node::new(column, row));
            }
        }
    };
    let onremoved = {
        let (store, add_id) = (store.clone(), add_id.clone());
        Callback::from(move |row| {
            // The button that was pressed goes with its row.
            focus::element(&add_id);
            store.dispatch(Command::RemoveRow { row });
        })
    };
    html! {
        <div class="rows">
            <>{ for rows.iter().enumerate().map(|(index, &row)| html! {
                <Row key={row.0} store={store.clone()} repeat={node} {row} {index} {read_only} onremove={onremoved.clone()} />
            }) }</>
            if !read_only {
                <div>
                    <button type="button" class="button button-second" id={add_id} onclick={onadd} disabled={full}>
                        { icon(Icon::Plus, Classes::new()) }{ texts.say("rows.add") }
                    </button>
                </div>
            }
        </div>
    }
}

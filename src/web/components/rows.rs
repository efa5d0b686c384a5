//! What cards and a table of rows have in common: their rows, adding one, and removing one.

use yew::prelude::*;

use super::ids::Ids;
use super::{Icon, icon};
use crate::expression::RowId;
use crate::plan::QuestionId;
use crate::session::{Command, Node};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::focus;
use crate::web::store::Store;

/// The rows of a repeat, as they are now.
pub(super) struct Rows {
    /// The rows, in order.
    pub(super) rows: Vec<RowId>,
    /// What is shown of each.
    pub(super) columns: Vec<QuestionId>,
    /// Whether none may be added or removed: the page only reads, or another answer says how many there are.
    pub(super) fixed: bool,
    /// Removes a row. What had the focus goes with it, so the button that adds one takes it.
    pub(super) onremove: Callback<RowId>,
}

/// Follows the rows of a repeat.
#[hook]
pub(super) fn use_rows(store: &Store, node: Node, read_only: bool) -> Option<Rows> {
    use_node(store, node);
    let removed = use_mut_ref(|| false);
    {
        let removed = removed.clone();
        // A list that was full has no button that takes the focus before the row is gone.
        use_effect(move || {
            if removed.replace(false) && focus::is_nowhere() {
                focus::element(&Ids(node).control());
            }
        });
    }
    let onremove = use_callback((store.clone(), node), move |row, (store, node)| {
        focus::element(&Ids(*node).control());
        removed.replace(true);
        store.dispatch(Command::RemoveRow { row });
    });
    let session = store.session();
    let plan = session.plan();
    let repeat = plan.question(node.question()).repeat()?;
    let is_shown = |column: &QuestionId| !plan.question(*column).is_hidden();
    Some(Rows {
        rows: session.rows(node).to_vec(),
        columns: repeat.columns.iter().copied().filter(is_shown).collect(),
        fixed: read_only || repeat.count_from.is_some(),
        onremove,
    })
}

/// What [`AddRow`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct AddRowProps {
    /// The interview.
    pub(super) store: Store,
    /// The repeat.
    pub(super) repeat: Node,
    /// Told which row was added.
    #[prop_or_default]
    pub(super) onadded: Callback<RowId>,
}

/// The button that adds a row, and leads to its first question.
#[component]
pub(super) fn AddRow(props: &AddRowProps) -> Html {
    let AddRowProps { store, repeat, onadded } = props;
    let repeat = *repeat;
    use_node(store, repeat);
    let texts = use_texts();
    let session = store.session();
    let most = session.plan().question(repeat.question()).constraints.max_items;
    let full = most.is_some_and(|most| session.rows(repeat).len() >= most as usize);
    let onclick = {
        let (store, onadded) = (store.clone(), onadded.clone());
        move |_: MouseEvent| {
            store.dispatch(Command::AddRow { repeat, at: None });
            let added = store.session().rows(repeat).last().copied();
            let Some(row) = added else { return };
            onadded.emit(row);
            store.focus_row(repeat, row);
        }
    };
    html! {
        <div>
            <button type="button" class="button button-second" id={Ids(repeat).control()} {onclick} disabled={full}>
                { icon(Icon::Plus, Classes::new()) }{ texts.say("rows.add") }
            </button>
        </div>
    }
}

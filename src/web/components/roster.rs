use yew::prelude::*;

use super::ids::Ids;
use super::row::RemoveRow;
use super::rows::{AddRow, Rows, use_rows};
use super::{ControlProps, Icon, Question, absence_text, icon};
use crate::expression::RowId;
use crate::plan::QuestionId;
use crate::session::Node;
use crate::web::display::{Shown, row_title, shown};
use crate::web::hooks::{use_node, use_texts};
use crate::web::store::{Store, blocks};

/// Rows of questions as a table: everybody at a glance, and one row open at a time to be filled in.
#[component]
pub(crate) fn RosterControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props;
    let node = *node;
    let texts = use_texts();
    let open = use_state(|| None::<RowId>);
    // A link may lead to a question in a row that is closed.
    let awaited = store.awaited_row(node);
    {
        let open = open.clone();
        use_effect_with(awaited, move |awaited| {
            if awaited.is_some() {
                open.set(*awaited);
            }
        });
    }
    let Some(Rows { rows, columns, fixed, onremove }) = use_rows(store, node, *read_only) else {
        return Html::default();
    };
    let session = store.session();
    let onadded = {
        let open = open.setter();
        Callback::from(move |row| open.set(Some(row)))
    };
    html! {
        <div class="rows">
            if !rows.is_empty() {
                <div class="scroll-x">
                    <table class="roster" aria-labelledby={Ids(node).title()}>
                        <thead>
                            <tr>
                                <th scope="col"><span class="visually-hidden">{ texts.say("roster.open") }</span></th>
                                <>{ for columns.iter().map(|&column| html! {
                                    <th scope="col" key={column.0}>
                                        { session.text(&session.plan().question(column).title, RowId::FORM) }
                                    </th>
                                }) }</>
                            </tr>
                        </thead>
                        <tbody>
                            { for rows.iter().enumerate().flat_map(|(index, &row)| {
                                let is_open = *open == Some(row);
                                let ontoggle = {
                                    let open = open.setter();
                                    Callback::from(move |()| open.set((!is_open).then_some(row)))
                                };
                                let line = html! {
                                    <RosterLine key={format!("line-{}", row.0)} store={store.clone()} repeat={node} {row}
                                        {index} columns={columns.clone()} open={is_open} {ontoggle} />
                                };
                                let body = is_open.then(|| html! {
                                    <tr key={format!("body-{}", row.0)} class="roster-body">
                                        <td colspan={(columns.len() + 1).to_string()}>
                                            <div class="question-children">
                                                { for columns.iter().map(|&column| html! {
                                                    <Question key={column.0} store={store.clone()}
                                                        node={Node::new(column, row)} />
                                                }) }
                                            </div>
                                            if !fixed {
                                                <RemoveRow store={store.clone()} repeat={node} {row} {index}
                                                    onremove={onremove.clone()} />
                                            }
                                        </td>
                                    </tr>
                                });
                                std::iter::once(line).chain(body)
                            }) }
                        </tbody>
                    </table>
                </div>
            }
            if !fixed {
                <AddRow store={store.clone()} repeat={node} {onadded} />
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RosterLineProps {
    store: Store,
    repeat: Node,
    row: RowId,
    index: usize,
    columns: Vec<QuestionId>,
    open: bool,
    ontoggle: Callback<()>,
}

/// A row of the table: a touch anywhere on it opens it.
#[component]
fn RosterLine(props: &RosterLineProps) -> Html {
    let RosterLineProps { store, repeat, row, index, columns, open, ontoggle } = props;
    use_node(store, *repeat);
    let texts = use_texts();
    let title = row_title(&store.session(), &texts, *repeat, *row, *index);
    let onclick = {
        let ontoggle = ontoggle.clone();
        move |_: MouseEvent| ontoggle.emit(())
    };
    html! {
        <tr class={classes!("roster-line", open.then_some("roster-line-open"))} {onclick}>
            <th scope="row">
                <button type="button" class="chip chip-icon" aria-expanded={open.to_string()}
                    aria-label={texts.fill("roster.open-label", &[("row", &title)])}>
                    { icon(if *open { Icon::Up } else { Icon::Down }, Classes::new()) }
                </button>
            </th>
            <>{ for columns.iter().map(|column| html! {
                <RosterCell key={column.0} store={store.clone()} node={Node::new(*column, *row)} />
            }) }</>
        </tr>
    }
}

#[derive(PartialEq, Properties)]
struct RosterCellProps {
    store: Store,
    node: Node,
}

/// An answer in the table.
#[component]
fn RosterCell(props: &RosterCellProps) -> Html {
    let RosterCellProps { store, node } = props;
    use_node(store, *node);
    let texts = use_texts();
    let session = store.session();
    if !session.relevant(*node) {
        return html! { <td class="roster-none">{ "–" }</td> };
    }
    let wrong = store.drafts().unreadable(*node).is_some()
        || session.issues(*node).iter().any(|issue| issue.severity == crate::diagnostic::Severity::Error);
    let needed = session.missing(*node).is_some_and(blocks);
    match shown(&session, &texts, *node) {
        _ if wrong => html! { <td class="roster-wrong">{ icon(Icon::Error, Classes::new()) }
        <span class="visually-hidden">{ texts.say("sections.errors") }</span></td> },
        Shown::Answer(text) => html! { <td>{ text }</td> },
        Shown::Absent(absence) => html! { <td class="roster-none">{ absence_text(&texts, absence) }</td> },
        Shown::Open if needed => html! { <td class="roster-none">{ texts.say("question.needed") }</td> },
        Shown::Open => {
            html! { <td class="roster-none"><span class="visually-hidden">{ texts.say("answer.open") }</span></td> }
        }
    }
}

use yew::prelude::*;

use super::more::informant_text;
use super::{Icon, absence_text, icon};
use crate::session::{Account, Node, Session};
use crate::value::Informant;
use crate::web::display::{self, Shown};
use crate::web::store::Store;
use crate::web::text::Texts;

/// What others said to the same question, under the answer that counts: whether they differ, and which of them counts.
pub(super) fn accounts(store: &Store, texts: &Texts, node: Node, read_only: bool) -> Html {
    let session = store.session();
    let others = session.accounts(node);
    if others.is_empty() {
        return Html::default();
    }
    let waits = display::shown(&session, texts, node) == Shown::Open;
    let (symbol, key) = match (waits, session.differs(node)) {
        (true, _) => (Icon::Info, "accounts.waiting"),
        (false, true) => (Icon::Warning, "accounts.differ"),
        (false, false) => (Icon::Tick, "accounts.agree"),
    };
    let line = |(who, account): (&Informant, &Account)| {
        let who = *who;
        let name = informant_text(texts, who);
        let act = |command: fn(&Session, Node, Informant) -> Option<crate::session::Command>| {
            let store = store.clone();
            move |_: MouseEvent| {
                let command = command(&store.session(), node, who);
                if let Some(command) = command {
                    store.dispatch(command);
                    // The button that was pressed may be gone.
                    store.focus_now(node);
                }
            }
        };
        html! {
            <li key={who.code()}>
                <span class="account">
                    <span class="tag">{ name.clone() }</span>
                    <span>{ account_text(&session, texts, node, account) }</span>
                </span>
                if !read_only {
                    <span class="actions-inline">
                        <button type="button" class="button button-second button-small"
                            onclick={act(Session::let_count)}
                            aria-label={texts.fill("accounts.count-label", &[("who", &name)])}>
                            { texts.say("accounts.count") }
                        </button>
                        <button type="button" class="button button-quiet button-small"
                            onclick={act(Session::drop_account)}
                            aria-label={texts.fill("accounts.remove-label", &[("who", &name)])}>
                            { icon(Icon::Remove, Classes::new()) }
                        </button>
                    </span>
                }
            </li>
        }
    };
    html! {
        <div class="accounts" role="group" aria-label={texts.say("accounts.title")}>
            <p class="accounts-verdict" role="status">{ icon(symbol, Classes::new()) }{ texts.say(key) }</p>
            <ul>{ for others.iter().map(line) }</ul>
        </div>
    }
}

/// What somebody said, in words.
pub(crate) fn account_text(session: &Session, texts: &Texts, node: Node, account: &Account) -> AttrValue {
    match account {
        Account::Answer(value) => display::value_text(session, texts, node, value),
        Account::Absent(absence) => absence_text(texts, *absence),
    }
}

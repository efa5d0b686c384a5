use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::session::Node;
use crate::web::store::{Store, Topic};

/// Calls back a moment after a question was answered by a touch: what is drawn by then is what the answer has made of
/// the page, and the person has seen what was chosen. Another touch meanwhile begins the moment anew.
#[hook]
pub(crate) fn use_chosen(store: &Store, moment_ms: u32, callback: Callback<Node>) {
    use_effect_with((store.clone(), callback), move |(store, callback)| {
        let waiting: Rc<RefCell<Option<Timeout>>> = Rc::default();
        let subscription = {
            let (told, callback, waiting) = (store.clone(), callback.clone(), Rc::clone(&waiting));
            store.subscribe(
                Topic::Chosen,
                Rc::new(move || {
                    let Some(node) = told.take_chosen() else { return };
                    let callback = callback.clone();
                    let later = Timeout::new(moment_ms, move || callback.emit(node));
                    *waiting.borrow_mut() = Some(later);
                }),
            )
        };
        move || {
            drop(subscription);
            waiting.borrow_mut().take();
        }
    });
}

//! The moment after the page was painted.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Something that waits for the page to be painted. It is not done any more once this is dropped.
pub(crate) struct AfterPaint {
    frame: i32,
    _begun: Closure<dyn FnMut()>,
    _timer: Rc<RefCell<Option<Timeout>>>,
}

/// Calls back once what is drawn now can be seen: a frame is painted right after what was asked for before it, so that
/// whatever comes next comes after it.
pub(crate) fn after_paint(callback: impl FnOnce() + 'static) -> Option<AfterPaint> {
    let timer = Rc::new(RefCell::new(None));
    let begun = {
        let timer = Rc::clone(&timer);
        Closure::once(move || *timer.borrow_mut() = Some(Timeout::new(0, callback)))
    };
    let frame = window().request_animation_frame(begun.as_ref().unchecked_ref()).ok()?;
    Some(AfterPaint { frame, _begun: begun, _timer: timer })
}

impl Drop for AfterPaint {
    fn drop(&mut self) {
        // It fails for no number.
        let _ = window().cancel_animation_frame(self.frame);
    }
}

//! Where the tablet is, when the worker asks for it and never else.

use std::cell::Cell;
use std::rc::Rc;

use gloo::utils::window;
use js_sys::Reflect;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::PositionOptions;

/// How long the worker waits for the satellites.
const PATIENCE_MS: u32 = 30_000;

/// A place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Position {
    /// Degrees north.
    pub(crate) latitude: f64,
    /// Degrees east.
    pub(crate) longitude: f64,
    /// Within so many metres.
    pub(crate) metres: f64,
}

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// The person or the tablet forbids it.
    Forbidden,
    /// It could not be found out.
    NotFound,
}

/// Finds out where the tablet is, and calls back once.
pub(crate) fn find(done: impl FnOnce(Result<Position, Lost>) + 'static) {
    let done = Rc::new(Cell::new(Some(done)));
    let Ok(service) = window().navigator().geolocation() else {
        if let Some(done) = done.take() {
            done(Err(Lost::NotFound));
        }
        return;
    };
    let found = {
        let done = Rc::clone(&done);
        Closure::once_into_js(move |value: JsValue| {
            if let Some(done) = done.take() {
                done(read(&value).ok_or(Lost::NotFound));
            }
        })
    };
    let lost = Closure::once_into_js(move |error: JsValue| {
        let code = Reflect::get(&error, &"code".into()).ok().and_then(|code| code.as_f64());
        if let Some(done) = done.take() {
            done(Err(if code == Some(1.0) { Lost::Forbidden } else { Lost::NotFound }));
        }
    });
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(PATIENCE_MS);
    // One of the two is called, or neither where the browser asks the person and gets no answer.
    let _ = service.get_current_position_with_error_callback_and_options(
        found.unchecked_ref(),
        Some(lost.unchecked_ref()),
        &options,
    );
}

fn read(value: &JsValue) -> Option<Position> {
    let place = Reflect::get(value, &"coords".into()).ok()?;
    let number = |name: &str| Reflect::get(&place, &name.into()).ok()?.as_f64();
    Some(Position {
        latitude: number("latitude")?,
        longitude: number("longitude")?,
        metres: number("accuracy")?,
    })
}

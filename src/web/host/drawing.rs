//! A surface to sign on or to press a thumb on.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

use super::bytes;

/// What a finger leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A line.
    Pen,
    /// The print of what presses.
    Thumb,
}

/// The media type of what is drawn.
pub(crate) const MEDIA_TYPE: &str = "image/png";

/// The narrowest half of a thumb's print, in CSS pixels: many screens do not tell how wide a finger is.
const THUMB: f64 = 34.0;

/// A canvas that is drawn on. It listens until it is dropped.
pub(crate) struct Drawing {
    canvas: HtmlCanvasElement,
    /// Whether anything was drawn.
    inked: Rc<Cell<bool>>,
    _listeners: [EventListener; 4],
}

impl Drawing {
    /// Lets a canvas be drawn on, and calls back with the picture whenever a finger is lifted.
    pub(crate) fn on(
        element: &web_sys::Node,
        ink: Ink,
        done: impl Fn(Vec<u8>) + Clone + 'static,
    ) -> Option<Self> {
        let canvas: HtmlCanvasElement = element.clone().dyn_into().ok()?;
        let context = paper(&canvas)?;
        // Where the finger was last, and which: a palm that rests beside it draws nothing.
        let last = Rc::new(Cell::new(None::<(i32, (f64, f64))>));
        let inked = Rc::new(Cell::new(false));
        let listen = |name: &'static str, act: Box<dyn Fn(&PointerEvent)>| {
            // A finger that draws must not move the page.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&canvas, name, options, move |event| {
                if let Some(event) = event.dyn_ref::<PointerEvent>() {
                    act(event);
                }
            })
        };
        let down = {
            let (canvas, context, last, inked) =
                (canvas.clone(), context.clone(), Rc::clone(&last), Rc::clone(&inked));
            listen(
                "pointerdown",
                Box::new(move |event| {
                    event.prevent_default();
                    // A second finger draws nothing. A pen, or a touch that begins anew, takes over from a hand that rests, or
                    // from a finger of which nobody was told that it was lifted.
                    if last.get().is_some() && !event.is_primary() {
                        return;
                    }
                    // The tablet may have been turned since: what is still empty takes its new size.
                    if !inked.replace(true) && size(&canvas) != (canvas.width(), canvas.height()) {
                        paper(&canvas);
                    }
                    // Without it a finger that slips off the edge is never lifted; a pointer made up by a test has none.
                    let _ = canvas.set_pointer_capture(event.pointer_id());
                    let at = place(&canvas, event);
                    last.set(Some((event.pointer_id(), at)));
                    draw(&context, ink, at, at, event);
                }),
            )
        };
        let moved = {
            let (canvas, context, last) = (canvas.clone(), context.clone(), Rc::clone(&last));
            listen(
                "pointermove",
                Box::new(move |event| {
                    if let Some((_, from)) = last.get().filter(|(pointer, _)| *pointer == event.pointer_id())
                    {
                        event.prevent_default();
                        let at = place(&canvas, event);
                        last.set(Some((event.pointer_id(), at)));
                        draw(&context, ink, from, at, event);
                    }
                }),
            )
        };
        let lifted = |name| {
            let (canvas, last, done, inked) =
                (canvas.clone(), Rc::clone(&last), done.clone(), Rc::clone(&inked));
            listen(
                name,
                Box::new(move |event| {
                    if last.get().is_none_or(|(pointer, _)| pointer != event.pointer_id()) {
                        return;
                    }
                    last.set(None);
                    let (canvas, done, inked) = (canvas.clone(), done.clone(), Rc::clone(&inked));
                    spawn_local(async move {
                        // What was cleared while the picture was made is nobody's mark.
                        if let Some(picture) = bytes::of_canvas(&canvas, MEDIA_TYPE, 1.0).await
                            && inked.get()
                        {
                            done(picture);
                        }
                    });
                }),
            )
        };
        let listeners = [down, moved, lifted("pointerup"), lifted("pointercancel")];
        Some(Self { canvas, inked, _listeners: listeners })
    }

    /// Empties the surface.
    pub(crate) fn clear(&self) {
        self.inked.set(false);
        paper(&self.canvas);
    }
}

/// White paper of the size that the canvas has on the screen, and a pen with black ink.
fn paper(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
    let (wide, high) = size(canvas);
    canvas.set_width(wide);
    canvas.set_height(high);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.scale(sharp(), sharp()).ok()?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.set_fill_style_str("#111");
    context.set_stroke_style_str("#111");
    context.set_line_cap("round");
    context.set_line_join("round");
    Some(context)
}

/// How many pixels of a picture stand for a pixel of the page.
fn sharp() -> f64 {
    window().device_pixel_ratio().clamp(1.0, 2.0)
}

/// The size in pixels of a picture that is as large as the canvas is on the screen.
fn size(canvas: &HtmlCanvasElement) -> (u32, u32) {
    let pixels = |length: i32| {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a screen's length is neither"
        )]
        let pixels = (f64::from(length) * sharp()).round().clamp(1.0, 8192.0) as u32;
        pixels
    };
    (pixels(canvas.client_width()), pixels(canvas.client_height()))
}

/// Where on the surface a finger is, also where the surface has become wider or narrower than what was drawn on it. Measured here, for WebKit counts an event's own offset from where the surface stood
/// before the page was last scrolled.
fn place(canvas: &HtmlCanvasElement, event: &PointerEvent) -> (f64, f64) {
    let edge = canvas.get_bounding_client_rect();
    let from = |client: i32, edge: f64, border: i32| f64::from(client) - edge - f64::from(border);
    let stretched = |drawn: u32, shown: i32| f64::from(drawn) / sharp() / f64::from(shown.max(1));
    (
        from(event.client_x(), edge.left(), canvas.client_left())
            * stretched(canvas.width(), canvas.client_width()),
        from(event.client_y(), edge.top(), canvas.client_top())
            * stretched(canvas.height(), canvas.client_height()),
    )
}

fn draw(
    context: &CanvasRenderingContext2d,
    ink: Ink,
    from: (f64, f64),
    to: (f64, f64),
    event: &PointerEvent,
) {
    match ink {
        Ink::Pen => {
            // A mouse says half the pressure, a finger says what it likes: the line stays legible.
            context.set_line_width(1.5 + 2.5 * f64::from(event.pressure()).clamp(0.2, 1.0));
            context.begin_path();
            context.move_to(from.0, from.1);
            context.line_to(to.0, to.1);
            context.stroke();
        }
        Ink::Thumb => print(context, to, event),
    }
}

/// Rings as wide as what presses.
fn print(context: &CanvasRenderingContext2d, at: (f64, f64), event: &PointerEvent) {
    let half = |length: i32| (f64::from(length) / 2.0).clamp(THUMB, THUMB * 2.0);
    let (wide, high) = (half(event.width()), half(event.height()) * 1.3);
    context.set_line_width(1.6);
    for ring in 1..=9 {
        let share = f64::from(ring) / 9.0;
        context.begin_path();
        // A ring without a size cannot be drawn; these have one.
        let _ = context.ellipse(at.0, at.1, wide * share, high * share, 0.0, 0.0, std::f64::consts::TAU);
        context.stroke();
    }
}

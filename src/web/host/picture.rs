//! Photographs: taken by the tablet's camera or chosen from its files, and made small.

use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, Event, File, HtmlCanvasElement, HtmlInputElement, ImageBitmap};

use super::bytes;

/// The media type of a photograph that was made small.
pub(crate) const MEDIA_TYPE: &str = "image/jpeg";

/// The longest side, in pixels: a page of writing stays legible.
const LONGEST: f64 = 1600.0;
const QUALITY: f64 = 0.8;

/// The file that somebody has chosen. The box is emptied, so that the same file can be chosen again.
pub(crate) fn chosen(event: &Event) -> Option<File> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(file)
}

/// Draws a photograph anew, smaller: what else its file holds (time, place, the telephone) is gone. Nothing if it is no
/// picture that this browser knows.
pub(crate) async fn shrunk(file: File) -> Option<Vec<u8>> {
    let picture = window().create_image_bitmap_with_blob(&file).ok()?;
    let picture: ImageBitmap = JsFuture::from(picture).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let share = (LONGEST / width.max(height)).min(1.0);
    let (width, height) = ((width * share).round().max(1.0), (height * share).round().max(1.0));
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both lie between 1 and 1600")]
    let (columns, rows) = (width as u32, height as u32);
    canvas.set_width(columns);
    canvas.set_height(rows);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // What is see-through would turn black in a photograph.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(&picture, 0.0, 0.0, width, height).ok()?;
    picture.close();
    bytes::of_canvas(&canvas, MEDIA_TYPE, QUALITY).await
}

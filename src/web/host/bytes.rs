//! Bytes that the browser holds: pictures made of what was drawn or photographed, and pictures to look at.

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlCanvasElement, Url};

/// The picture on a canvas as a file: nothing but what was drawn is in it, neither time nor place.
pub(super) async fn of_canvas(canvas: &HtmlCanvasElement, media_type: &str, quality: f64) -> Option<Vec<u8>> {
    let canvas = canvas.clone();
    let media_type = media_type.to_owned();
    let made = Promise::new(&mut |resolve: Function, _| {
        // A canvas without a size makes no picture, and then the promise is answered with nothing.
        if canvas.to_blob_with_type_and_encoder_options(&resolve, &media_type, &quality.into()).is_err() {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    let blob: Blob = JsFuture::from(made).await.ok()?.dyn_into().ok()?;
    of_blob(&blob).await
}

/// The bytes of a file.
pub(super) async fn of_blob(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// An address under which the page can show bytes, until it is dropped.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    address: String,
    extension: String,
}

impl Shown {
    /// Makes bytes showable.
    pub(crate) fn new(bytes: &[u8], media_type: &str) -> Option<Self> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let parts = js_sys::Array::of1(&Uint8Array::from(bytes).into());
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        let address = Url::create_object_url_with_blob(&blob).ok()?;
        let extension = media_type.rsplit('/').next().unwrap_or_default().to_owned();
        Some(Self { address, extension })
    }

    /// The address.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What a file of this kind ends in.
    pub(crate) fn extension(&self) -> &str {
        &self.extension
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.address);
    }
}

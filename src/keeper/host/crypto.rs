//! AES-256-GCM and chance, from the browser.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, Crypto, CryptoKey, SubtleCrypto, WorkerGlobalScope};

use crate::vault::frame::NONCE_BYTES;
use crate::vault::message::Failure;
use crate::vault::{Frame, Kind, Place};

/// A key that the browser keeps and gives out to nobody, not even to this program.
#[derive(Clone, Debug)]
pub(in crate::keeper) struct Key(CryptoKey);

const AES_GCM: &str = "AES-GCM";

fn crypto() -> Result<Crypto, Failure> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    scope.crypto().map_err(|_| Failure::NoStorage)
}

fn subtle() -> Result<SubtleCrypto, Failure> {
    Ok(crypto()?.subtle())
}

/// Fills bytes by chance.
pub(in crate::keeper) fn random(bytes: &mut [u8]) -> Result<(), Failure> {
    // The browser gives at most 65,536 at once; nobody asks for more.
    crypto()?.get_random_values_with_u8_array(bytes).map(|_| ()).map_err(|_| Failure::NoStorage)
}

/// Bytes by chance.
pub(in crate::keeper) fn chance<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    random(&mut bytes)?;
    Ok(bytes)
}

impl Key {
    /// Gives a key to the browser, which does not give it back.
    pub(in crate::keeper) async fn import(raw: &[u8; 32]) -> Result<Self, Failure> {
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        let made =
            subtle()?.import_key_with_str("raw", &Uint8Array::from(raw.as_slice()), AES_GCM, false, &uses);
        let key = JsFuture::from(made.map_err(refused)?).await.map_err(refused)?;
        Ok(Self(key.unchecked_into()))
    }

    /// Seals a piece, bound to its place.
    pub(in crate::keeper) async fn seal(&self, place: Place, plain: &[u8]) -> Result<Vec<u8>, Failure> {
        let nonce: [u8; NONCE_BYTES] = chance()?;
        let sealed = subtle()?
            .encrypt_with_object_and_u8_array(&parameters(&nonce, place), &self.0, plain)
            .map_err(refused)?;
        let sealed = JsFuture::from(sealed).await.map_err(refused)?;
        Ok(place.frame(nonce, &Uint8Array::new(&sealed).to_vec()))
    }

    /// Opens a piece from its place. Whatever was changed about it, or if it stood elsewhere, it does not open.
    pub(in crate::keeper) async fn open(&self, place: Place, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        let frame = Frame::read_at(place, bytes).map_err(|_| Failure::Damaged)?;
        let opened = subtle()?
            .decrypt_with_object_and_u8_array(&parameters(&frame.nonce, place), &self.0, frame.sealed)
            .map_err(refused)?;
        let opened = JsFuture::from(opened).await.map_err(|_| Failure::Damaged)?;
        Ok(Uint8Array::new(&opened).to_vec())
    }

    /// The same for a piece that is text.
    pub(in crate::keeper) async fn open_text(&self, place: Place, bytes: &[u8]) -> Result<String, Failure> {
        String::from_utf8(self.open(place, bytes).await?).map_err(|_| Failure::Damaged)
    }

    /// A numbered piece of a draft: the number that it says it has is vouched for by the seal.
    pub(in crate::keeper) async fn open_numbered(
        &self,
        kind: Kind,
        of: crate::vault::Id,
        bytes: &[u8],
    ) -> Result<(u64, String), Failure> {
        let number = Frame::read_as(kind, bytes).map_err(|_| Failure::Damaged)?.number;
        Ok((number, self.open_text(Place::numbered(kind, of, number), bytes).await?))
    }
}

fn parameters(nonce: &[u8], place: Place) -> AesGcmParams {
    let parameters = AesGcmParams::new(AES_GCM, &Uint8Array::from(nonce));
    parameters.set_additional_data(&Uint8Array::from(place.associated_data().as_slice()));
    parameters
}

#[allow(clippy::needless_pass_by_value, reason = "the shape that `map_err` wants")]
fn refused(error: JsValue) -> Failure {
    let name = js_sys::Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
    Failure::Refused(name.unwrap_or_else(|| "error".to_owned()))
}

//! Other places for the site's databases than the one that every site has: *storage buckets*, where the browser has them.
//! Each has its own files, so that one whose files do not open does not keep another from opening.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

/// What the names of the places begin with; a number follows.
const NAME: &str = "intake-";

/// The newest place to which the database was moved; none if it is where every site has its own.
pub(in crate::keeper) async fn newest() -> Option<u32> {
    let names = call(&manager()?, "keys", &Array::new()).await?;
    let names = Array::from(&names);
    names.iter().filter_map(|name| name.as_string()?.strip_prefix(NAME)?.parse().ok()).max()
}

/// From now on databases are opened in this place, which is made if there is none; none if the browser has no places.
pub(in crate::keeper) async fn enter(number: u32) -> Option<()> {
    let options = Object::new();
    for (name, value) in [("persisted", JsValue::TRUE), ("durability", JsValue::from_str("strict"))] {
        Reflect::set(&options, &name.into(), &value).ok()?;
    }
    let arguments = Array::of2(&format!("{NAME}{number}").into(), &options);
    let bucket = call(&manager()?, "open", &arguments).await?;
    let databases = Reflect::get(&bucket, &"indexedDB".into()).ok().filter(JsValue::is_object)?;
    // Whoever opens a database asks the worker's global object for the way to them.
    let property = Object::new();
    Reflect::set(&property, &"value".into(), &databases).ok()?;
    Reflect::set(&property, &"configurable".into(), &JsValue::TRUE).ok()?;
    Reflect::define_property(&js_sys::global(), &"indexedDB".into(), &property).ok()?.then_some(())
}

fn manager() -> Option<JsValue> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    Reflect::get(&scope.navigator(), &"storageBuckets".into()).ok().filter(JsValue::is_object)
}

async fn call(of: &JsValue, name: &str, arguments: &Array) -> Option<JsValue> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = function.apply(of, arguments).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

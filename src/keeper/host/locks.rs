//! One writer for a draft, among all tabs of the site.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::WorkerGlobalScope;

/// The right to write, until it is dropped or another tab takes it.
#[derive(Debug)]
pub(in crate::keeper) struct Hold {
    release: Option<Function>,
    /// Whether another tab has taken it.
    lost: Rc<Cell<bool>>,
}

impl Hold {
    /// Whether it still is the right to write.
    pub(in crate::keeper) fn holds(&self) -> bool {
        !self.lost.get()
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Takes the right to write: none if another tab has it and it is not to be taken from there. `lost` is called when
/// another takes it from here.
///
/// A browser without locks gives it to everybody: two that write the same number are then told apart by the database,
/// which takes an entry only where none stands.
pub(in crate::keeper) async fn take(name: &str, steal: bool, lost: impl FnOnce() + 'static) -> Option<Hold> {
    let Some(manager) = manager() else {
        return Some(Hold { release: None, lost: Rc::default() });
    };
    let options = Object::new();
    // It fails only for objects that are frozen.
    let _ = Reflect::set(&options, &(if steal { "steal" } else { "ifAvailable" }).into(), &true.into());
    // The lock is held for as long as the promise that the callback gives is open.
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let mut told: Option<Function> = None;
    let decided = Promise::new(&mut |resolve, _| told = Some(resolve));
    let told = told?;
    let granted = {
        let release = Rc::clone(&release);
        Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let has = !lock.is_null() && !lock.is_undefined();
            let open = has.then(|| {
                Promise::new(&mut |resolve, _| {
                    release.borrow_mut().replace(resolve);
                })
            });
            let _ = told.call1(&JsValue::UNDEFINED, &has.into());
            open.map_or(JsValue::UNDEFINED, Into::into)
        })
    };
    let request: Function = Reflect::get(&manager, &"request".into()).ok()?.dyn_into().ok()?;
    let request = request.call3(&manager, &name.into(), &options, &granted).ok()?;
    let request: Promise = request.dyn_into().ok()?;
    let taken_away = Rc::<Cell<bool>>::default();
    let noted = Rc::clone(&taken_away);
    spawn_local(async move {
        // It ends with an error only when the lock was taken away.
        if JsFuture::from(request).await.is_err() {
            noted.set(true);
            lost();
        }
    });
    let has = JsFuture::from(decided).await.ok()? == true;
    let release = release.borrow_mut().take();
    has.then_some(Hold { release, lost: taken_away })
}

/// `navigator.locks`, which `web_sys` still calls unstable.
fn manager() -> Option<JsValue> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let found = Reflect::get(&scope.navigator(), &"locks".into()).ok()?;
    (!found.is_undefined()).then_some(found)
}

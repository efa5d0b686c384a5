//! The service worker: it keeps the site on this tablet, and the next version until there is time for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::window;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerUpdateViaCache,
};

use super::document;

/// Whether the site works without a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Installed {
    /// Not known yet, or on its way.
    #[default]
    Loading,
    /// It never will: the browser has no service workers, or not at this address.
    Never,
    /// It could not be loaded. The next visit tries again.
    Failed,
    /// It does.
    Ready,
    /// It does, and a newer version waits for its turn.
    Newer,
}

/// Has the site kept, and tells how far that is, now and whenever it changes.
pub(crate) fn keep(told: impl Fn(Installed) + 'static) {
    let Some(container) = container() else { return told(Installed::Never) };
    let Some(address) = document::meta("intake-service-worker") else { return told(Installed::Never) };
    let told: Rc<dyn Fn(Installed)> = Rc::new(told);
    spawn_local(async move {
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = JsFuture::from(container.register_with_options(&address, &options)).await;
        match registered.map(ServiceWorkerRegistration::from) {
            Ok(registration) => follow(&registration, &told),
            // Without a network the one that is there goes on.
            Err(_) => {
                told(if container.controller().is_some() { Installed::Ready } else { Installed::Failed })
            }
        }
    });
}

/// What the newer version says when it may not take its turn: see `www/service-worker.js`.
const REFUSED: &str = "other pages are open";

/// Lets the newer version take its turn, and loads the page again with it; or calls back when other pages are open, in
/// which an interview may be going on.
pub(crate) fn take_newer(refused: impl Fn() + 'static) {
    let Some(container) = container() else { return };
    thread_local! {
        static LISTENERS: RefCell<Vec<EventListener>> = const { RefCell::new(Vec::new()) };
    }
    let reloaded = Cell::new(false);
    let changed = EventListener::new(&container, "controllerchange", move |_| {
        if !reloaded.replace(true) {
            // It fails only while the page is being left.
            let _ = window().location().reload();
        }
    });
    let heard = EventListener::new(&container, "message", move |event| {
        let said = Reflect::get(event, &"data".into()).ok().and_then(|data| data.as_string());
        if said.as_deref() == Some(REFUSED) {
            refused();
        }
    });
    // Those of an attempt before have had their answer.
    LISTENERS.replace(vec![changed, heard]);
    spawn_local(async move {
        let Ok(found) = JsFuture::from(container.get_registration()).await else { return };
        if let Some(waiting) = ServiceWorkerRegistration::from(found).waiting() {
            let _ = waiting.post_message(&JsValue::from_str("take over"));
        }
    });
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let there = Reflect::get(&navigator, &"serviceWorker".into()).is_ok_and(|found| !found.is_undefined());
    there.then(|| navigator.service_worker())
}

fn follow(registration: &ServiceWorkerRegistration, told: &Rc<dyn Fn(Installed)>) {
    tell(registration, told);
    watch(registration, told);
    let (registration, told) = (registration.clone(), Rc::clone(told));
    EventListener::new(&registration.clone(), "updatefound", move |_| {
        tell(&registration, &told);
        watch(&registration, &told);
    })
    .forget();
}

/// Follows the one that is on its way.
fn watch(registration: &ServiceWorkerRegistration, told: &Rc<dyn Fn(Installed)>) {
    let Some(coming) = registration.installing() else { return };
    let (registration, told) = (registration.clone(), Rc::clone(told));
    EventListener::new(&coming, "statechange", move |_| tell(&registration, &told)).forget();
}

fn tell(registration: &ServiceWorkerRegistration, told: &Rc<dyn Fn(Installed)>) {
    let works = registration.active().is_some();
    told(if works && registration.waiting().is_some() {
        Installed::Newer
    } else if works {
        Installed::Ready
    } else if registration.installing().is_some() || registration.waiting().is_some() {
        Installed::Loading
    } else {
        Installed::Failed
    });
    // With this page alone open, what is left of older versions is no longer needed by anybody.
    if let Some(active) = registration.active() {
        let _ = active.post_message(&JsValue::from_str("tidy"));
    }
}

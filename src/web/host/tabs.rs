//! The other tabs of the site: what is locked in one is locked in all of them.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

const CHANNEL: &str = "intake-lock";
const LOCK: &str = "lock";

/// The way to the other tabs. It ends when it is dropped.
pub(crate) struct Tabs {
    channel: BroadcastChannel,
    _heard: EventListener,
}

impl Tabs {
    /// Calls back when another tab says that the tablet is to be locked; none in a browser in which tabs do not hear of
    /// each other.
    pub(crate) fn listen(lock: impl Fn() + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let heard = EventListener::new(&channel, "message", move |event| {
            let said = js_sys::Reflect::get(event, &"data".into()).ok();
            if said.and_then(|said| said.as_string()).as_deref() == Some(LOCK) {
                lock();
            }
        });
        Some(Self { channel, _heard: heard })
    }

    /// Has the others lock.
    pub(crate) fn lock(&self) {
        // It fails only for a channel that was closed.
        let _ = self.channel.post_message(&JsValue::from_str(LOCK));
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.close();
    }
}

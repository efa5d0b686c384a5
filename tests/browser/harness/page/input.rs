//! What a hand does to the page: touches and keys.

use fantoccini::actions::{InputSource, KeyAction, KeyActions, PointerAction, TouchActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::json;

use super::Page;
use crate::harness::{Control, Engine};

#[allow(dead_code, reason = "not every test needs all of them")]
impl Page {
    /// Touches something with a finger, after scrolling it into view.
    pub(crate) fn tap(&self, control: &Control<'_>) {
        if self.engine != Engine::Chromium {
            return self.tap_by_standard(control);
        }
        self.protocol("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }));
        self.steady(control.element());
        let place = self.run_on(
            "const box = arguments[0].getBoundingClientRect();
             return [box.left + box.width / 2, box.top + box.height / 2];",
            control.element(),
        );
        let finger = json!([{ "x": place[0], "y": place[1] }]);
        self.protocol("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": finger }));
        self.protocol("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
    }

    /// The same by the WebDriver standard alone.
    fn tap_by_standard(&self, control: &Control<'_>) {
        self.steady(control.element());
        let place = self.run_on(
            "const box = arguments[0].getBoundingClientRect();
             return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];",
            control.element(),
        );
        let at = |index: usize| place[index].as_f64().unwrap_or_default();
        let there = PointerAction::MoveTo { duration: None, x: at(0), y: at(1) };
        let finger = TouchActions::new("finger".into())
            .then(there)
            .then(PointerAction::Down { button: 0 })
            .then(PointerAction::Up { button: 0 });
        self.wait(self.client.perform_actions(finger)).expect("a touch");
    }

    /// Presses and releases a key, wherever the focus is.
    pub(crate) fn press(&self, key: Key) {
        self.strokes(&[], &[char::from(key)]);
    }

    /// Presses and releases a key several times.
    pub(crate) fn press_often(&self, key: Key, times: usize) {
        self.strokes(&[], &vec![char::from(key); times]);
    }

    /// Presses a key while others are held, such as Shift and Tab.
    pub(crate) fn press_with(&self, held: &[Key], key: impl Into<char>) {
        let held: Vec<char> = held.iter().map(|key| char::from(*key)).collect();
        self.strokes(&held, &[key.into()]);
    }

    /// Types text, wherever the focus is.
    pub(crate) fn keys(&self, text: &str) {
        self.strokes(&[], &text.chars().collect::<Vec<_>>());
    }

    /// Types the parts of a day into a box of the browser's own: a full part leads to the next, in WebKit the arrow does.
    pub(crate) fn day_keys(&self, parts: &[&str]) {
        for (place, part) in parts.iter().enumerate() {
            if place > 0 && self.engine == Engine::WebKitGtk {
                self.press(Key::Right);
            }
            self.keys(part);
        }
    }

    fn strokes(&self, held: &[char], keys: &[char]) {
        let mut actions = KeyActions::new("keyboard".into());
        for value in held.iter().copied() {
            actions = actions.then(KeyAction::Down { value });
        }
        for value in keys.iter().copied() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        for value in held.iter().rev().copied() {
            actions = actions.then(KeyAction::Up { value });
        }
        self.wait(self.client.perform_actions(actions)).expect("keys");
    }

    /// Brings an element into view and waits until it stands still: questions off the screen get their true height when
    /// they are scrolled to, and a driver that looks where an element is and then presses would press what came there.
    pub(in crate::harness) fn steady(&self, element: &Element) {
        let element = serde_json::to_value(element).expect("an element");
        let script = "const [element, done] = arguments;
             const place = () => { const { left, top, width, height } = element.getBoundingClientRect();
               return [left, top, width, height].join(); };
             const centre = () => { const { top, bottom } = element.getBoundingClientRect();
               if (top < innerHeight * 0.15 || bottom > innerHeight * 0.85)
                 element.scrollIntoView({ block: 'center', behavior: 'instant' }); };
             let still = 0, looks = 0, last = '';
             const look = () => { centre(); const now = place(); still = now === last ? still + 1 : 0; last = now;
               if (still > 1 || ++looks > 60) done(); else setTimeout(look, 17); };
             look();";
        self.wait(self.client.execute_async(script, vec![element])).expect("an element that stands still");
    }
}

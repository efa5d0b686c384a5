use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::web::components::waiting;
use crate::web::hooks::use_texts;

/// A check is done sooner, unless its module is still to be loaded.
const SLOW_MS: u32 = 1_500;

/// Shown while the second check is at work. If that takes its time, it says why, how long it is waited for, and that
/// nothing depends on it.
#[component]
pub(crate) fn Checking() -> Html {
    let texts = use_texts();
    let slow = use_state(|| false);
    {
        let slow = slow.setter();
        use_effect_with((), move |()| {
            let timer = Timeout::new(SLOW_MS, move || slow.set(true));
            move || drop(timer)
        });
    }
    waiting(texts.say(if *slow { "review.checking-slow" } else { "review.checking" }))
}

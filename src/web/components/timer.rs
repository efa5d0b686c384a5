use gloo::timers::callback::Interval;
use yew::prelude::*;

use super::ids::Ids;
use super::number::NumberControl;
use super::{ControlProps, Icon, icon};
use crate::value::{Decimal, Value};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::clock;

/// How often the running time is drawn, in milliseconds.
const STEP_MS: u32 = 100;

/// A stop watch, to a tenth of a second, with a box under it: a time from another watch can be written too.
#[component]
pub(crate) fn TimerControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let started = store.stop_watch(node).filter(|_| !read_only);
    let now = use_state(clock::milliseconds);
    {
        let now = now.setter();
        use_effect_with(started.is_some(), move |&running| {
            let ticking = running.then(|| Interval::new(STEP_MS, move || now.set(clock::milliseconds())));
            move || drop(ticking)
        });
    }
    let onclick = {
        let (store, now) = (store.clone(), now.setter());
        move |_: MouseEvent| {
            // The moment of the touch, not of the next drawing.
            let moment = clock::milliseconds();
            now.set(moment);
            match store.stop_the_watch(node) {
                None => store.start_watch(node, moment),
                Some(start) => store.answer(node, Some(Value::Number(tenths(moment - start)))),
            }
        }
    };
    let answered = store.session().value(node).is_some();
    let running = started.map(|start| tenths((*now - start).max(0.0)));
    let (label, picture) = match (running, answered) {
        (Some(_), _) => ("timer.stop", Icon::Stop),
        (None, false) => ("timer.start", Icon::Clock),
        (None, true) => ("timer.again", Icon::Clock),
    };
    html! {
        <div class="timer">
            if !read_only {
                <button type="button" {onclick}
                    class={classes!("button",  "timer-button", (running.is_none() && answered).then_some("button-second"))}>
                    { icon(picture, Classes::new()) }{ texts.say(label) }
                </button>
            }
            if let Some(running) = running {
                <p class="timer-face" role="timer">{ format!("{running:.1}") }</p>
            } else {
                <label class="visually-hidden" for={Ids(node).control()}>{ texts.say("timer.box") }</label>
                <NumberControl ..props.clone() />
            }
        </div>
    }
}

/// Milliseconds as seconds with one digit after the point. A watch of the hand is no more exact.
fn tenths(milliseconds: f64) -> Decimal {
    #[allow(clippy::cast_possible_truncation, reason = "a float is cut to the bounds of the integer")]
    let tenths = (milliseconds / 100.0).round() as i64;
    Decimal::new(tenths, 1).normalize()
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn a_time_is_told_to_a_tenth_of_a_second() {
        for (milliseconds, seconds) in [(0.0, "0"), (14_249.0, "14.2"), (14_250.1, "14.3"), (59_999.0, "60")]
        {
            assert_eq!(tenths(milliseconds).to_string(), seconds);
        }
    }
}

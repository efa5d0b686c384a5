use yew::prelude::*;

use crate::vault::message::Failure;
use crate::vault::worker::Weak;
use crate::web::components::{Icon, icon};
use crate::web::text::Texts;

/// Why something was not done, and what to do.
pub(crate) fn failure_text(texts: &Texts, failure: &Failure) -> AttrValue {
    match failure {
        Failure::NoStorage => texts.say("failure.no-storage"),
        Failure::Full => texts.say("failure.full"),
        Failure::Locked => texts.say("failure.locked"),
        Failure::WrongPassphrase => texts.say("failure.wrong-passphrase"),
        Failure::Weak(Weak::Short) => texts.say("failure.short"),
        Failure::Weak(Weak::Simple) => texts.say("failure.simple"),
        Failure::NotFound => texts.say("failure.not-found"),
        Failure::OfAnother => texts.say("failure.of-another"),
        Failure::ReadOnly => texts.say("failure.read-only"),
        Failure::NotKeptYet => texts.say("failure.not-kept-yet"),
        Failure::NotAKey => texts.say("failure.not-a-key"),
        Failure::NoStation => texts.say("failure.no-station"),
        Failure::NotThatFile => texts.say("failure.not-that-file"),
        Failure::Damaged => texts.say("failure.damaged"),
        Failure::Unreachable => texts.say("failure.unreachable"),
        Failure::Refused(name) => texts.fill("failure.refused", &[("name", name)]),
    }
}

/// The same, as a panel that is read out at once.
pub(crate) fn failure_panel(texts: &Texts, failure: Option<&Failure>) -> Html {
    let Some(failure) = failure else { return Html::default() };
    html! {
        <div class="panel panel-error" role="alert">
            <p class="message">{ icon(Icon::Error, Classes::new()) }<span>{ failure_text(texts, failure) }</span></p>
        </div>
    }
}

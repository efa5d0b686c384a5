use yew::prelude::*;

use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::text::Texts;

/// Instead of a page that could not be opened: why, each fault that is known, and the ways on.
pub(crate) fn not_opened(texts: &Texts, why: &str, faults: &[String], again: Callback<MouseEvent>) -> Html {
    html! {
        <main class="page page-narrow stack" id="main">
            <div class="stack" role="alert">
                <h1 id={HEADING} tabindex="-1">{ texts.say("interview.failed") }</h1>
                <p>{ texts.say(why) }</p>
                if !faults.is_empty() {
                    <div class="scroll-x">
                        { for faults.iter().map(|fault| html! { <pre class="small">{ fault.clone() }</pre> }) }
                    </div>
                }
            </div>
            <div class="actions">
                <button type="button" class="button" onclick={again}>{ texts.say("interview.again") }</button>
                <a class="button button-second" href={Route::Start.href()}>{ texts.say("interview.back") }</a>
            </div>
        </main>
    }
}

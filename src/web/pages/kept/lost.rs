use yew::prelude::*;

use super::new_worker::NewWorker;
use crate::vault::message::Unlocked;
use crate::web::components::{Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::use_texts;
use crate::web::keeping::SetUp;
use crate::web::route::Route;
use crate::web::text::spoken_date;

/// What [`Lost`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct LostProps {
    /// The desk.
    pub(super) desk: Desk,
    /// What is known of the tablet.
    pub(super) before: SetUp,
    /// Called when a worker is at work.
    pub(super) unlocked: Callback<Unlocked>,
}

/// A tablet that was set up, and whose database is empty: what that means and what to do, before it is set up anew.
#[component]
pub(super) fn Lost(props: &LostProps) -> Html {
    let LostProps { desk, before, unlocked } = props;
    let texts = use_texts();
    let date = spoken_date(&texts, before.on.0);
    html! {
        <>
            <div class="panel panel-error stack" role="alert" data-lost="yes">
                <h2>{ icon(Icon::Error, Classes::new()) }{ texts.say("lost.title") }</h2>
                <p>{ texts.fill("lost.text", &[("date", &date)]) }</p>
                <p>{ texts.say("lost.gone") }</p>
                <h3>{ texts.say("lost.do") }</h3>
                <ol class="steps">
                    <li>{ texts.say("lost.do-restore") }</li>
                    <li>{ texts.say("lost.do-tell") }</li>
                    <li>{ texts.say("lost.do-anew") }</li>
                </ol>
                <div class="actions">
                    <a class="button" href={Route::Tablet.href()}>{ texts.say("restore.title") }</a>
                </div>
            </div>
            <NewWorker desk={desk.clone()} {unlocked} first={false} anew=true station={before.station.clone()} />
        </>
    }
}

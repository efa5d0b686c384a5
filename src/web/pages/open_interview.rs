use yew::prelude::*;

use super::kept::failure_panel;
use crate::vault::message::Failure;
use crate::web::catalogue::Form;
use crate::web::components::{AskTwice, BusyButton, Icon, Progress, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_busy, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::store::Store;

/// What [`OpenInterview`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct OpenInterviewProps {
    /// Where the interviews are.
    pub(crate) desk: Desk,
    /// The interview.
    pub(crate) store: Store,
    /// Its questionnaire.
    pub(crate) form: Form,
    /// Called when it was thrown away.
    pub(crate) changed: Callback<()>,
}

/// How far an interview is, and the way back to it. One that is kept makes room for the next, and is removed from the list
/// of interviews alone; one that is not is thrown away here, asked twice.
#[component]
pub(crate) fn OpenInterview(props: &OpenInterviewProps) -> Html {
    let OpenInterviewProps { desk, store, form, changed } = props;
    let texts = use_texts();
    let asking = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let busy = use_busy();
    let section = store.last_section().map_or(0, |section| section.index());
    let href = Route::Fill { form: form.id.clone(), section }.href();
    let title = form.text(&form.title, texts.tag()).unwrap_or(&form.id);
    let label = texts.fill("start.continue-label", &[("form", title)]);
    let discard = {
        let (desk, id, changed) = (desk.clone(), form.id.clone(), changed.clone());
        move |_: MouseEvent| {
            desk.discard(&id);
            changed.emit(());
        }
    };
    let kept = store.writer().is_some();
    let person = store.writer().and_then(|writer| writer.head().person);
    let another = {
        let (desk, id) = (desk.clone(), form.id.clone());
        let (failure, busy) = (failure.setter(), busy.clone());
        move |_: MouseEvent| {
            let (desk, id, failure) = (desk.clone(), id.clone(), failure.clone());
            failure.set(None);
            busy.begin(async move {
                if let Err(why) = desk.begin_another(&id).await {
                    failure.set(Some(why));
                }
            });
        }
    };
    html! {
        <>
            if let Some(person) = person {
                <p translate="no"><strong>{ person }</strong></p>
            }
            <Progress store={store.clone()} />
            { failure_panel(&texts, failure.as_ref()) }
            <div class="form-card-foot">
                <a class="button" {href} aria-label={label}>
                    { texts.say("start.continue") }{ icon(Icon::Next, Classes::new()) }
                </a>
                if kept {
                    <BusyButton class="button-second" text={texts.say("start.another")} doing={texts.say("saved.writing")}
                        label={texts.fill("start.another-label", &[("form", title)])} working={busy.is_working()}
                        onclick={another} />
                } else {
                    <AskTwice {asking} class="button-quiet" text={texts.say("start.discard")}
                        ask={texts.say("start.discard-ask")} question={texts.say("start.discard-ask")} yes={texts.say("start.discard-yes")} onyes={discard} then={HEADING} />
                }
                <span class="quiet small">{ texts.fill("start.version", &[("version", &form.version)]) }</span>
            </div>
        </>
    }
}

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::vault::message::{Failure, Listed};
use crate::web::components::{Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::use_texts;
use crate::web::host::address;
use crate::web::route::Route;

/// What [`FollowUp`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct FollowUpProps {
    /// The desk.
    pub(super) desk: Desk,
    /// An interview with a profile.
    pub(super) listed: Listed,
    /// Whether it is time to look again.
    pub(super) due: bool,
    /// Told why it could not be begun.
    pub(super) failed: Callback<Option<Failure>>,
}

/// The ways to look again: with a questionnaire that is made to follow up, or with the same one. The profile of last
/// time is at hand in both.
#[component]
pub(super) fn FollowUp(props: &FollowUpProps) -> Html {
    let FollowUpProps { desk, listed, due, failed } = props;
    let texts = use_texts();
    let forms = desk.forms().iter().filter(|form| form.follows || form.id == listed.head.form);
    let begin = |form: &str| {
        let (desk, failed, form) = (desk.clone(), failed.clone(), form.to_owned());
        let (draft, tag) = (listed.draft, texts.tag().to_owned());
        move |_: MouseEvent| {
            let (desk, failed, form, tag) = (desk.clone(), failed.clone(), form.clone(), tag.clone());
            spawn_local(async move {
                match desk.follow_up(draft, &form, &tag).await {
                    Ok(()) => address::go(&Route::Fill { form, section: 0 }.href()),
                    Err(why) => failed.emit(Some(why)),
                }
            });
        }
    };
    html! {
        <>{ for forms.map(|form| {
            let title = desk.title(&form.id, texts.tag());
            let key = if form.follows { "caseload.follow-up" } else { "caseload.again" };
            let class = if *due && form.follows { "button" } else { "button button-second" };
            html! {
                <button type="button" {class} key={form.id.clone()} onclick={begin(&form.id)}>
                    { icon(Icon::Clock, Classes::new()) }{ texts.fill(key, &[("form", &title)]) }
                </button>
            }
        }) }</>
    }
}

//! The desk as the first part of the page knows it.

use std::pin::Pin;

use yew::prelude::*;

use super::Desk;
use crate::web::catalogue::Form;
use crate::web::components::QuickHide;
use crate::web::later::Office;
use crate::web::pages::{
    CaseloadPage, FollowPage, GalleryPage, InterviewPage, Lamp, OpenInterview, OutboxPage, SettingsPage,
    StillHere, TabletPage, UnlockPage,
};
use crate::web::route::Route;
use crate::web::store::Store;

impl Office for Desk {
    fn page(&self, route: &Route) -> Html {
        match route {
            // Its list is in the first part.
            Route::Start => Html::default(),
            Route::Unlock => html! { <UnlockPage desk={self.clone()} /> },
            Route::Caseload => html! { <CaseloadPage desk={self.clone()} /> },
            Route::Outbox => html! { <OutboxPage desk={self.clone()} /> },
            Route::Tablet => html! { <TabletPage desk={self.clone()} /> },
            Route::Settings => html! { <SettingsPage /> },
            Route::Gallery => html! { <GalleryPage /> },
            Route::Follow { form } => html! { <FollowPage desk={self.clone()} form={form.clone()} /> },
            Route::Fill { .. }
            | Route::Ask { .. }
            | Route::Review { .. }
            | Route::Profile { .. }
            | Route::Handout { .. } => {
                html! { <InterviewPage desk={self.clone()} route={route.clone()} /> }
            }
        }
    }

    fn beside(&self) -> Html {
        // Names stand on some pages, and on all of them what the tablet is for.
        html! { <><QuickHide /><StillHere desk={self.clone()} /></> }
    }

    fn prepare(&self, route: &Route, tag: &str) -> Pin<Box<dyn Future<Output = ()>>> {
        let form = match route {
            Route::Fill { form, .. }
            | Route::Ask { form, .. }
            | Route::Review { form }
            | Route::Profile { form }
            | Route::Handout { form } => form.clone(),
            _ => return Box::pin(std::future::ready(())),
        };
        let (this, tag, begins) = (self.clone(), tag.to_owned(), route.begins());
        Box::pin(async move {
            // What stands in the way is found once more by the page, which says it.
            let _ = this.open(&form, &tag, begins).await;
        })
    }

    fn interview_card(&self, form: &Form, changed: Callback<()>) -> Option<Html> {
        let store = self.interview(&form.id)?;
        Some(html! { <OpenInterview desk={self.clone()} {store} form={form.clone()} {changed} /> })
    }

    fn speak(&self, tag: &str) {
        for store in self.0.interviews.borrow().values() {
            store.speak(tag);
        }
    }

    fn lamp(&self) -> Html {
        html! { <Lamp desk={self.clone()} /> }
    }

    fn would_lose(&self) -> bool {
        if self.keeping().is_locking() {
            return false;
        }
        let in_memory = |store: &Store| store.writer().is_none() && store.is_unsaved();
        let on_desk = self.0.interviews.borrow().values().any(in_memory);
        self.keeping().would_lose() || on_desk || self.count_aside() > 0
    }
}

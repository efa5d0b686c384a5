use yew::prelude::*;

use crate::web::catalogue::Form;
use crate::web::components::{Icon, Progress, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_page, use_texts};
use crate::web::host::focus::HEADING;
use crate::web::route::Route;
use crate::web::store::Store;

/// What [`StartPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct StartProps {
    /// What there is to do.
    pub(crate) desk: Desk,
}

/// The list of questionnaires.
#[component]
pub(crate) fn StartPage(props: &StartProps) -> Html {
    use_page("title.start", (), true);
    let texts = use_texts();
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("start.title") }</h1>
                <p class="lead">{ texts.say("start.lead") }</p>
            </div>
            <ul class="stack">
                { for props.desk.forms().iter().map(|form| html! {
                    <li key={&*form.id}><FormCard desk={props.desk.clone()} form={form.clone()} /></li>
                }) }
            </ul>
            <div class="panel panel-info">
                <h2>{ icon(Icon::Info, Classes::new()) }{ texts.say("start.kept-title") }</h2>
                <p>{ texts.say("start.kept") }</p>
            </div>
        </main>
    }
}

#[derive(PartialEq, Properties)]
struct FormCardProps {
    desk: Desk,
    form: Form,
}

/// A questionnaire, with its interview if one is open.
#[component]
fn FormCard(props: &FormCardProps) -> Html {
    let FormCardProps { desk, form } = props;
    let texts = use_texts();
    let asking = use_state(|| false);
    let open = desk.interview(&form.id);
    let title = form.text(&form.title, texts.tag()).unwrap_or(&form.id).to_owned();
    let description = form.text(&form.description, texts.tag()).map(str::to_owned);
    let href = |store: Option<&Store>| {
        let section = store.and_then(|store| store.last_section()).map_or(0, |section| section.index());
        Route::Fill { form: form.id.clone(), section }.href()
    };
    let ask = |asked: bool| {
        let asking = asking.clone();
        move |_: MouseEvent| asking.set(asked)
    };
    let discard = {
        let (desk, id, asking) = (desk.clone(), form.id.clone(), asking.clone());
        move |_: MouseEvent| {
            desk.discard(&id);
            asking.set(false);
        }
    };
    let label = |key: &str| Some(texts.fill(key, &[("form", &title)]));
    html! {
        <article class="sheet form-card">
            <h2>{ title.clone() }</h2>
            if let Some(description) = description {
                <p class="quiet">{ description }</p>
            }
            if let Some(store) = &open {
                <Progress store={store.clone()} />
            }
            <div class="form-card-foot">
                if let Some(store) = &open {
                    <a class="button" href={href(Some(store))} aria-label={label("start.continue-label")}>
                        { texts.say("start.continue") }{ icon(Icon::Next, Classes::new()) }
                    </a>
                    if *asking {
                        <span class="actions-inline" role="group" aria-label={texts.say("start.discard-ask")}>
                            <span>{ texts.say("start.discard-ask") }</span>
                            <button type="button" class="button button-quiet button-danger" onclick={discard}>
                                { texts.say("start.discard-yes") }
                            </button>
                            <button type="button" class="button button-quiet" onclick={ask(false)}>
                                { texts.say("start.discard-no") }
                            </button>
                        </span>
                    } else {
                        <button type="button" class="button button-quiet" onclick={ask(true)}>
                            { texts.say("start.discard") }
                        </button>
                    }
                } else {
                    <a class="button" href={href(None)} aria-label={label("start.begin-label")}>
                        { texts.say("start.begin") }{ icon(Icon::Next, Classes::new()) }
                    </a>
                }
                <span class="quiet small">{ texts.fill("start.version", &[("version", &form.version)]) }</span>
            </div>
        </article>
    }
}

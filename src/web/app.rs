use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::catalogue::Catalogue;
use super::components::{Bar, waiting};
use super::desk::Desk;
use super::host::{address, document, fetch, leaving};
use super::later::Later;
use super::pages::{InterviewPage, StartPage};
use super::route::Route;
use super::text::{Languages, TextFile, Texts};

/// What the page needs before it can show anything.
struct Site {
    desk: Desk,
    languages: Languages,
}

#[derive(Clone)]
enum State {
    Loading,
    Failed,
    Ready(Rc<Site>),
}

/// The whole page.
#[component]
pub(crate) fn App() -> Html {
    let state = use_state(|| State::Loading);
    let attempt = use_state(|| 0_u32);
    {
        let state = state.clone();
        use_effect_with(*attempt, move |_| {
            spawn_local(async move {
                state.set(load().await.map_or(State::Failed, |site| State::Ready(Rc::new(site))));
            });
        });
    }
    match &*state {
        State::Loading => html! { <main class="page">{ waiting("… ".into()) }</main> },
        State::Failed => {
            let again = {
                let (state, attempt) = (state.clone(), attempt.clone());
                move |_: MouseEvent| {
                    state.set(State::Loading);
                    attempt.set(*attempt + 1);
                }
            };
            // The page has no words yet: these two languages stand here in the code.
            html! {
                <main class="page page-narrow stack" role="alert">
                    <h1>{ "This page could not be loaded" }</h1>
                    <p lang="zh">{ "页面没有加载成功，请检查网络后再试。" }</p>
                    <button type="button" class="button" onclick={again}>
                        { "Try again" }<span lang="zh">{ " · 再试一次" }</span>
                    </button>
                </main>
            }
        }
        State::Ready(site) => html! { <Frame site={Shared(Rc::clone(site))} /> },
    }
}

/// Loads what the first page does without as soon as that one is drawn. A failure is told when it is needed.
fn load_the_rest() {
    spawn_local(async {
        let _ = Later::load().await;
    });
}

async fn load() -> Result<Site, fetch::FetchError> {
    let file = document::meta("intake-catalogue").ok_or(fetch::FetchError::Missing)?;
    let catalogue: Catalogue = fetch::json(&file).await?;
    let mut files = Vec::new();
    for file in catalogue.texts.values() {
        files.push(fetch::json::<TextFile>(file).await?);
    }
    Ok(Site { desk: Desk::new(catalogue), languages: Languages::new(files) })
}

/// Equal only to itself.
#[derive(Clone)]
struct Shared(Rc<Site>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(PartialEq, Properties)]
struct FrameProps {
    site: Shared,
}

/// The bar, and under it the page of the address.
#[component]
fn Frame(props: &FrameProps) -> Html {
    let Site { desk, languages } = &*props.site.0;
    let texts =
        use_state(|| languages.texts(languages.choose(&document::preferred_languages()).unwrap_or("en")));
    let route = use_state(|| Route::read(&address::current()));
    {
        let route = route.setter();
        use_effect_with((), move |()| {
            let listener = address::on_change(move |address| route.set(Route::read(&address)));
            move || drop(listener)
        });
    }
    {
        let desk = desk.clone();
        use_effect_with((), move |()| {
            let listener = leaving::ask_first(move || desk.would_lose());
            move || drop(listener)
        });
    }
    use_effect_with((), |()| load_the_rest());
    use_effect_with((*texts).clone(), |texts| document::set_language(texts.tag(), texts.direction()));
    let onlanguage = {
        let (site, texts) = (props.site.clone(), texts.setter());
        use_callback((), move |tag: AttrValue, ()| {
            // The interviews first: what is drawn for the new words reads them.
            site.0.desk.speak(&tag);
            texts.set(site.0.languages.texts(&tag));
        })
    };
    let names = languages.names().map(|(tag, name)| (tag.to_owned().into(), name.to_owned().into()));
    let names: Vec<(AttrValue, AttrValue)> = names.collect();
    let page = match (*route).clone() {
        Route::Start => html! { <StartPage desk={desk.clone()} /> },
        route => html! { <InterviewPage desk={desk.clone()} {route} /> },
    };
    html! {
        <ContextProvider<Texts> context={(*texts).clone()}>
            <a class="skip" href="#main" onclick={skip()}>{ texts.say("bar.skip") }</a>
            <Bar languages={names} {onlanguage} />
            { page }
        </ContextProvider<Texts>>
    }
}

/// The part after `#` is the page's address, so the skip link moves the focus itself.
fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        super::host::focus::heading();
    })
}

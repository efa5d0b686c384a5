use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::catalogue::Catalogue;
use super::components::{Bar, waiting};
use super::hooks::use_hidden;
use super::host::{address, document, fetch, hiding, leaving, patience, settings};
use super::later::Rooms;
use super::pages::{StartPage, not_opened};
use super::route::Route;
use super::settings::{Appearance, Settings, Theme};
use super::text::{Languages, TextFile, Texts};

/// How long nothing but a sign of waiting is shown, in milliseconds, for what comes soon need not be drawn twice: first
/// as a page that waits, and then as itself.
const PATIENCE_MS: u32 = 500;

/// What the page needs before it can show anything.
struct Site {
    catalogue: Rc<Catalogue>,
    languages: Rc<Languages>,
}

impl Site {
    /// The language to begin with.
    fn language(&self, settings: &Settings) -> String {
        let preferred = || self.languages.choose(&document::preferred_languages()).unwrap_or("en");
        settings.language.as_deref().unwrap_or_else(preferred).to_owned()
    }
}

#[derive(Clone)]
enum State {
    Loading,
    Failed,
    Ready(Rc<Site>),
}

/// The second part of the page's module: not there yet, there, or why not.
type Second = Option<Result<Rooms, fetch::FetchError>>;

/// The whole page.
#[component]
pub(crate) fn App() -> Html {
    let state = use_state(|| State::Loading);
    let attempt = use_state(|| 0_u32);
    let rooms = use_state(|| Second::None);
    // Whether the second part is there or under way.
    let begun = use_mut_ref(|| false);
    {
        let (state, rooms, begun) = (state.setter(), rooms.setter(), Rc::clone(&begun));
        use_effect_with(*attempt, move |_| {
            spawn_local(async move {
                let Ok(site) = load().await else { return state.set(State::Failed) };
                let site = Rc::new(site);
                let settings = kept_settings();
                let texts = site.languages.texts(&site.language(&settings));
                // What is drawn first must find them: whatever measures itself, and whoever reads aloud.
                document::set_language(texts.tag(), texts.direction());
                appear(settings.theme, settings.text);
                if first_route() != Route::Start && !begun.replace(true) {
                    let ready = {
                        let site = Rc::clone(&site);
                        async move {
                            if let Some(rooms) = open(&site, &rooms, &begun).await {
                                // Whoever went elsewhere meanwhile waits for nothing.
                                rooms.prepare(&first_route(), texts.tag()).await;
                            }
                        }
                    };
                    patience::at_most(PATIENCE_MS, ready).await;
                }
                state.set(State::Ready(site));
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
                <main class="page page-narrow stack">
                    <div class="stack" role="alert">
                        <h1>{ "This page could not be loaded" }</h1>
                        <p lang="zh">{ "页面没有加载成功，请检查网络后再试。" }</p>
                    </div>
                    <button type="button" class="button" onclick={again}>
                        { "Try again" }<span lang="zh">{ " · 再试一次" }</span>
                    </button>
                </main>
            }
        }
        State::Ready(site) => {
            let ask = {
                let (site, rooms) = (Rc::clone(site), rooms.clone());
                Callback::from(move |()| {
                    if !begun.replace(true) {
                        rooms.set(None);
                        let (site, rooms, begun) = (Rc::clone(&site), rooms.setter(), Rc::clone(&begun));
                        spawn_local(async move { drop(open(&site, &rooms, &begun).await) });
                    }
                })
            };
            html! { <Frame site={Shared(Rc::clone(site))} rooms={(*rooms).clone()} {ask} /> }
        }
    }
}

async fn load() -> Result<Site, fetch::FetchError> {
    let file = document::meta("intake-catalogue").ok_or(fetch::FetchError::Missing)?;
    let catalogue: Catalogue = fetch::json(&file).await?;
    let route = Route::read(&address::current());
    // The questionnaire that the address speaks of is wanted as soon as the second part is there.
    if let Some(form) = catalogue.forms.iter().find(|form| route.form() == Some(form.id.as_str())) {
        document::preload(&form.file);
    }
    // All of them are on their way before the first is waited for.
    let coming: Vec<_> = catalogue.texts.values().map(|file| fetch::text(file)).collect();
    let mut files = Vec::new();
    for file in coming {
        files.push(TextFile::read(file.await?).map_err(|_| fetch::FetchError::Unreadable)?);
    }
    Ok(Site { catalogue: Rc::new(catalogue), languages: Rc::new(Languages::new(files)) })
}

/// Loads the second part, and says what became of it. What failed may be begun again.
async fn open(site: &Site, rooms: &UseStateSetter<Second>, begun: &RefCell<bool>) -> Option<Rooms> {
    let opened = Rooms::load(Rc::clone(&site.catalogue)).await;
    begun.replace(opened.is_ok());
    rooms.set(Some(opened.clone()));
    opened.ok()
}

/// The page that the address names.
fn first_route() -> Route {
    Route::first(&address::current(), address::named_form().is_some())
}

fn appear(theme: Theme, text: u16) {
    let theme = if theme == Theme::System { document::preferred_theme() } else { theme.word() };
    document::set_appearance(theme, text);
}

fn kept_settings() -> Settings {
    settings::load().map_or_else(Settings::default, |kept| Settings::read(&kept))
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
    rooms: Second,
    /// Loads the second part, unless that was done or is under way.
    ask: Callback<()>,
}

/// The bar, and under it the page of the address.
#[component]
fn Frame(props: &FrameProps) -> Html {
    let FrameProps { site, rooms, ask } = props;
    let Site { catalogue, languages } = &*site.0;
    let settings = use_state(kept_settings);
    let texts = use_memo(settings.language.clone(), |_| languages.texts(&site.0.language(&settings)));
    let route = use_state(first_route);
    let hidden = use_hidden();
    // Where the address has led while the page was hidden. It is drawn when it is seen again, for something might come with
    // it that stands over everything, as an alert does, and over the calendar too.
    let led_to = use_mut_ref(|| None::<Route>);
    {
        let (route, drawn, led_to) = (route.setter(), (*route).clone(), Rc::clone(&led_to));
        use_effect_with((), move |()| {
            // A page that is drawn together with this one may have led elsewhere before anybody listened.
            let now = first_route();
            if now != drawn {
                route.set(now);
            }
            let changes = address::on_change(move |address| {
                let now = Route::read(&address);
                if hiding::is_hidden() {
                    led_to.replace(Some(now));
                } else {
                    led_to.take();
                    route.set(now);
                }
            });
            let links = address::follow_links();
            move || drop((changes, links))
        });
    }
    {
        let route = route.setter();
        use_effect_with(hidden, move |&hidden| {
            if !hidden && let Some(now) = led_to.take() {
                route.set(now);
            }
        });
    }
    use_effect_with((hidden, texts.say("hide.title")), |(_, title)| document::show_title(title));
    // One that was hidden when it was loaded (the tablet has locked itself, say) has nothing under the calendar, and shows
    // nothing before that is there.
    let is_drawn = use_mut_ref(|| false);
    let is_drawn = {
        let mut is_drawn = is_drawn.borrow_mut();
        *is_drawn |= !hidden;
        *is_drawn
    };
    // What the list does without is loaded as soon as that one is drawn; a failure is told when it is needed.
    {
        let wanted = rooms.is_none().then(|| ask.clone());
        use_effect_with((), move |()| wanted.iter().for_each(|ask| ask.emit(())));
    }
    // Without its second part the page has no calendar, and nothing to hide either: nobody is to be caught behind it.
    use_effect_with(matches!(rooms, Some(Err(_))), |failed| {
        if *failed {
            hiding::set(false);
        }
    });
    let opened = rooms.as_ref().and_then(|rooms| rooms.as_ref().ok()).cloned();
    use_effect_with(opened.clone(), |rooms| {
        let listener = rooms.clone().map(|rooms| leaving::ask_first(move || rooms.would_lose()));
        move || drop(listener)
    });
    use_effect_with((*texts).clone(), |texts| document::set_language(texts.tag(), texts.direction()));
    use_effect_with((settings.theme, settings.text), |&(theme, text)| {
        let show = move || appear(theme, text);
        show();
        let listeners = document::on_preferred_theme(show);
        move || drop(listeners)
    });
    let set = {
        let (site, settings) = (site.clone(), settings.clone());
        use_callback((opened.clone(), (*settings).clone()), move |new: Settings, (rooms, old)| {
            // The interviews first: what is drawn for the new words reads them.
            if let (Some(rooms), Some(tag)) =
                (rooms, new.language.as_ref().filter(|_| new.language != old.language))
            {
                rooms.speak(site.0.languages.texts(tag).tag());
            }
            settings::save(&new.write());
            settings.set(new);
        })
    };
    let onlanguage = {
        let (set, settings) = (set.clone(), (*settings).clone());
        Callback::from(move |tag: AttrValue| {
            set.emit(Settings { language: Some(tag.to_string()), ..settings.clone() });
        })
    };
    let names = languages.names().map(|(tag, name)| (tag.to_owned().into(), name.to_owned().into()));
    let names: Vec<(AttrValue, AttrValue)> = names.collect();
    let appearance = Appearance { settings: (*settings).clone(), set, languages: Rc::clone(languages) };
    let lamp = opened.as_ref().map(|rooms| rooms.lamp()).unwrap_or_default();
    let page = match (&*route, rooms) {
        (Route::Start, _) => {
            html! { <StartPage catalogue={Rc::clone(catalogue)} rooms={opened.clone()} /> }
        }
        (route, Some(Ok(rooms))) => rooms.page(route),
        (_, None) => html! { <main class="page">{ waiting(texts.say("interview.opening")) }</main> },
        (_, Some(Err(_))) => not_opened(&texts, "interview.unreachable", &[], ask.reform(|_| ())),
    };
    // Its place is there from the first: a sibling that appears later would have the list built anew, under a finger.
    let beside = opened.as_ref().map(|rooms| rooms.beside()).unwrap_or_default();
    html! {
        <ContextProvider<Texts> context={(*texts).clone()}>
            <ContextProvider<Appearance> context={appearance}>
                if is_drawn {
                    <a class="skip" href="#main" onclick={skip()}>{ texts.say("bar.skip") }</a>
                    <Bar languages={names} {onlanguage} {lamp} />
                    { page }
                }
                { beside }
            </ContextProvider<Appearance>>
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

//! The page's module.

use gloo::worker::Spawnable;
use yew::prelude::*;

#[path = "echo/mod.rs"]
mod echo;

#[component]
fn App() -> Html {
    let said = use_state(String::new);
    {
        let said = said.clone();
        use_effect_with((), move |()| {
            let bridge = gloo::utils::document()
                .query_selector("meta[name=intake-worker]")
                .ok()
                .flatten()
                .and_then(|meta| meta.get_attribute("content"))
                .map(|address| {
                    let bridge = echo::Echo::spawner()
                        .callback(move |text| said.set(text))
                        .with_loader(true)
                        .as_module(true)
                        .spawn(&address);
                    bridge.send("hello".into());
                    bridge
                });
            move || drop(bridge)
        });
    }
    html! { <main><h1>{ "Intake" }</h1><p id="worker">{ (*said).clone() }</p></main> }
}

fn main() {
    if let Ok(Some(root)) = gloo::utils::document().query_selector("#app") {
        yew::Renderer::<App>::with_root(root).render();
    }
}

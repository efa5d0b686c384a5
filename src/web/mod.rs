//! The page: questionnaires, interviews, profiles, in the browser.
//!
//! State lives in [`store`], outside of the components, and is told by topic; [`host`] alone touches the browser;
//! [`text`] holds the page's words; [`display`] turns values into words and back; [`components`] and [`pages`] draw.

mod app;
mod catalogue;
mod components;
mod desk;
mod display;
mod finish;
mod hooks;
mod host;
mod keeping;
mod later;
mod pages;
mod route;
mod sending;
mod settings;
mod store;
#[cfg(test)]
mod testing;
mod text;
mod visit;

/// Draws the page into the element `app` of the document, or into its body.
pub fn run() {
    match gloo::utils::document().get_element_by_id("app") {
        Some(root) => yew::Renderer::<app::App>::with_root(root).render(),
        None => yew::Renderer::<app::App>::new().render(),
    };
}

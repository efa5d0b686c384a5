//! An element of the page.

use fantoccini::elements::Element;

use super::Page;

/// An element, and the page that it is on.
pub(crate) struct Control<'page> {
    page: &'page Page,
    element: Element,
}

#[allow(dead_code, reason = "not every test needs all of them")]
impl<'page> Control<'page> {
    pub(super) fn new(page: &'page Page, element: Element) -> Self {
        Self { page, element }
    }

    pub(super) const fn element(&self) -> &Element {
        &self.element
    }

    /// Clicks it, after scrolling it into view and waiting until it stands still, as a person does.
    pub(crate) fn click(&self) {
        self.page.steady(&self.element);
        self.page.wait(self.element.click()).expect("a click");
    }

    /// Gives it the focus, without a click.
    pub(crate) fn focus(&self) {
        self.page.run_on("arguments[0].focus()", &self.element);
    }

    /// Whether it has the focus.
    pub(crate) fn has_focus(&self) -> bool {
        self.page.run_on("return document.activeElement === arguments[0]", &self.element) == true
    }

    /// Types into it.
    pub(crate) fn send(&self, text: &str) {
        self.page.wait(self.element.send_keys(text)).expect("typing");
    }

    /// Empties a box.
    pub(crate) fn clear(&self) {
        self.page.wait(self.element.clear()).expect("clearing");
    }

    /// The text that a person sees.
    pub(crate) fn text(&self) -> String {
        self.page.wait(self.element.text()).expect("the text")
    }

    /// Its name as assistive technology knows it.
    pub(crate) fn name(&self) -> String {
        self.page.name_of(&self.element)
    }

    /// What stands in a box.
    pub(crate) fn value(&self) -> String {
        self.page.wait(self.element.prop("value")).expect("the value").unwrap_or_default()
    }

    /// An attribute as it is written.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.page.wait(self.element.attr(name)).expect("an attribute")
    }

    /// Whether a box is ticked or an option chosen.
    pub(crate) fn is_selected(&self) -> bool {
        self.page.wait(self.element.is_selected()).expect("whether it is chosen")
    }

    /// Whether it can be used.
    pub(crate) fn is_enabled(&self) -> bool {
        self.page.wait(self.element.is_enabled()).expect("whether it can be used")
    }

    /// Whether it can be seen.
    pub(crate) fn is_displayed(&self) -> bool {
        self.page.wait(self.element.is_displayed()).expect("whether it can be seen")
    }

    /// Left, top, width and height in CSS pixels.
    pub(crate) fn rectangle(&self) -> (f64, f64, f64, f64) {
        self.page.wait(self.element.rectangle()).expect("a rectangle")
    }
}

//! Every page with something on it: what is looked at and measured page by page goes on this tour.

use crate::elder::Elder;

/// The languages of the page: how the button is called, and the tag.
pub(crate) const LANGUAGES: [(&str, &str); 2] = [("English", "en"), ("中文", "zh-CN")];

/// A page of the tour.
pub(crate) struct Stop {
    /// What it is called in file names and messages.
    pub(crate) name: &'static str,
    /// Its address.
    pub(crate) address: String,
}

/// An elder interview that is filled in and finished, and its profile worked on.
pub(crate) fn finished() -> Elder {
    let elder = Elder::open(1);
    let page = &elder.page;
    for section in 1..=elder.plan.sections.len() {
        // The keyboard opens what is to be asked alone, and stands at its first question then.
        elder.go_before(section);
        elder.fill_section();
    }
    elder.finish();
    page.wait_for("the needs", || !page.texts(".area").is_empty());
    elder
}

/// Its pages.
pub(crate) fn stops() -> Vec<Stop> {
    let stop = |name: &'static str, address: &str| Stop { name, address: address.to_owned() };
    vec![
        stop("start", "#/"),
        stop("settings", "#/settings"),
        stop("gallery", "#/gallery"),
        stop("follow", "#/follow/follow-up"),
        stop("living", "#/fill/elder-needs/2"),
        stop("daily-life", "#/fill/elder-needs/4"),
        stop("mood", "#/fill/elder-needs/9"),
        stop("review", "#/review/elder-needs"),
        stop("profile", "#/profile/elder-needs"),
        stop("handout", "#/handout/elder-needs"),
    ]
}

/// Goes to a page of the tour, and waits until it is drawn.
pub(crate) fn visit(elder: &Elder, stop: &Stop) {
    let page = &elder.page;
    page.goto(&stop.address);
    page.wait_for("the page is drawn", || {
        page.script("return location.hash") == stop.address.as_str()
            && page.texts("main h1").iter().any(|title| !title.is_empty())
    });
}

/// Switches the language of the page.
pub(crate) fn speak(elder: &Elder, (name, tag): (&str, &str)) {
    let page = &elder.page;
    let buttons = page.all(".bar .languages button");
    let button = buttons.iter().find(|button| button.text() == name).expect("a button for the language");
    button.click();
    page.wait_for("the language", || page.css("html").attribute("lang").as_deref() == Some(tag));
}

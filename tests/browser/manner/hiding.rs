use crate::elder::Elder;

#[test]
fn one_touch_makes_the_page_a_calendar_and_one_brings_it_back_as_it_was() {
    let elder = Elder::open(2);
    let page = &elder.page;
    elder.type_into("floor", "6");
    page.script("scrollTo(0, 300)");
    let button = page.find("button", "Hide this page");
    page.tap(&button);
    page.wait_for("the calendar", || page.title() == "Calendar");
    let seen = page.script(
        "const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
         const corner = document.elementFromPoint(5, 5);
         return [middle, corner].every((one) => one.closest('dialog.calendar') !== null)",
    );
    assert_eq!(seen, true, "it covers everything");
    let buttons = page.names("button");
    assert_eq!(buttons.len(), 1, "nothing says that there is anything else: {buttons:?}");
    page.press(crate::harness::Key::Escape);
    page.press(crate::harness::Key::Escape);
    page.wait_for("no key opens it", || page.title() == "Calendar" && !page.texts("dialog[open]").is_empty());
    let today = page.css(".calendar-today");
    page.tap(&today);
    page.wait_for("the page is back", || page.title() == "Interview – intake");
    assert_eq!(elder.box_of("floor").value(), "6");
    assert_eq!(page.script("return scrollY"), 300, "where it was");
    for address in [
        "#/",
        "#/review/elder-needs",
        "#/caseload",
        "#/outbox",
        "#/tablet",
        "#/unlock",
        "#/settings",
        "#/follow/follow-up",
    ] {
        let before = page.texts("h1");
        page.goto(address);
        page.wait_for(address, || page.texts("h1") != before && page.texts("h1").len() == 1);
        page.find("button", "Hide this page").click();
        page.wait_for(address, || page.title() == "Calendar");
        page.css(".calendar-today").click();
        page.wait_for(address, || page.title() != "Calendar" && page.texts("dialog[open]").is_empty());
    }
    page.assert_no_faults();
}

//! What can be measured of how the page looks: nothing sticks out, nothing is too small to hit.

use crate::elder::Elder;
use crate::harness::Page;

/// What stands further right than the page, or has hardly any room, at whatever width and size of text: how wide the page
/// is, and the element.
pub(crate) fn sticks_out(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    // The last is a small telephone, and a tablet that is zoomed in.
    for (width, height, text) in [(800, 1280, 200), (1280, 800, 200), (390, 800, 100)] {
        page.resize(width, height);
        page.script(&format!("document.documentElement.style.fontSize = '{text}%'"));
        let out = page.script(
            "const wide = document.documentElement.clientWidth;
             const narrow = [...document.querySelectorAll('main .sheet, main h1')]
               .filter((one) => one.checkVisibility() && one.closest('.interview-aside') === null)
               .map((one) => [one, one.parentElement.getBoundingClientRect().width])
               .filter(([one, width]) => width < Math.min(wide, 600) / 2)
               .map(([one, width]) => `only ${width} pixels: ${one.outerHTML.slice(0, 120)}`);
             if (narrow.length) return narrow;
             if (document.documentElement.scrollWidth <= wide) return [];
             return [...document.querySelectorAll('body *')]
               .filter((one) => one.getBoundingClientRect().right > wide + 1 && !one.closest('.scroll-x'))
               .map((one) => one.outerHTML.slice(0, 120));",
        );
        let out: Vec<String> = serde_json::from_value(out).expect("a list of elements");
        found.extend(out.into_iter().map(|one| format!("{width} pixels wide: {one}")));
    }
    page.script("document.documentElement.style.fontSize = ''");
    page.resize(820, 1180);
    found
}

/// What a finger must hit and is smaller than a finger: how large it is, and the element.
pub(crate) fn too_small(page: &Page) -> Vec<String> {
    let small = page.script(
        "const targets = 'button, summary, .choice, .chip, .box, select, a.button, .section-link, .answer-change';
         return [...document.querySelectorAll(targets)]
           .map((one) => [one, one.getBoundingClientRect()])
           .filter(([one, box]) => box.width > 0 && (box.height < 47.5 || box.width < 47.5))
           .map(([one, box]) => `${box.width}×${box.height} ${one.outerHTML.slice(0, 120)}`);",
    );
    serde_json::from_value(small).expect("a list of elements")
}

/// Every page of a form that is filled in a little.
fn visit(elder: &Elder, check: impl Fn(&str)) {
    let page = &elder.page;
    check("the list of questionnaires");
    for section in 1..=elder.plan.sections.len() {
        elder.go_to(section);
        check(&format!("section {section}"));
    }
    elder.go_to(elder.section_of("elder_hit"));
    for name in ["elder_hit", "elder_neglect", "elder_money_taken", "elder_afraid"] {
        elder.choose(name, false);
    }
    elder.go_on();
    page.wait_for("the list of errors", || !page.texts("#error-summary").is_empty());
    check("a section with errors");
    elder.choose("elder_scammed", true);
    elder.act_on_alert();
    page.goto("#/review/elder-needs");
    page.wait_for("the review", || page.texts("h1") == ["Check the answers"]);
    page.script("for (const one of document.querySelectorAll('details')) one.open = true");
    check("the review");
    elder.finish();
    page.script("for (const one of document.querySelectorAll('details')) one.open = true");
    check("the profile");
}

#[test]
fn nothing_sticks_out_with_text_of_twice_the_size() {
    let elder = Elder::at_start();
    let page = &elder.page;
    visit(&elder, |place| {
        assert_eq!(sticks_out(page), Vec::<String>::new(), "{place}");
    });
    page.assert_no_faults();
}

#[test]
fn whatever_a_finger_must_hit_is_large_enough() {
    let elder = Elder::at_start();
    let page = &elder.page;
    visit(&elder, |place| {
        assert_eq!(too_small(page), Vec::<String>::new(), "{place}");
    });
}

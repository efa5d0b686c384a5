//! Photographs on a tablet that has room for answers, and for no picture.

use super::keeper::{fail, make_failing, with_keeper};
use super::outbox::{Agency, OwnForm};
use super::{PASSPHRASE, TEXT, enter, is_kept, lock, press, text_in, unlock};
use crate::harness::Page;

pub(super) const DOOR: OwnForm<'_> = OwnForm { id: "door", title: ["The door", "门"], text: DOOR_TEXT };

const DOOR_TEXT: &str = r#"{
  "$schema": "https://example.org/questionnaire-1.schema.json",
  "id": "door", "version": "1.0.0", "title": "The door", "languages": ["en"], "type": "object",
  "unevaluatedProperties": false, "allOf": [{"id": "door", "title": "The door", "properties": {
    "picture": {"title": "The door", "type": "string", "format": "attachment", "widget": "photo"},
    "said": {"title": "What was said?", "type": "string", "maxLength": 40}
  }}]}"#;

/// Li's interview, on a tablet that has room for all that is small.
fn without_room(agency: &Agency) -> Page {
    let changed = make_failing(&agency.site());
    agency.relist(&[changed]);
    let page = Page::open_site(&agency.site());
    enter(&page, "Li", None);
    page.goto("#/fill/door/1");
    page.wait_for("it is kept", || is_kept(&page) && !page.all("input[type=file]").is_empty());
    fail(&page, 0, "no pictures");
    page
}

/// Takes a photograph of a colour, as a camera that is asked for one.
pub(super) fn photograph(page: &Page, colour: &str) {
    page.script_async(&format!(
        "const canvas = document.createElement('canvas');
         canvas.width = 400; canvas.height = 300;
         const context = canvas.getContext('2d');
         context.fillStyle = '{colour}';
         context.fillRect(0, 0, 400, 300);
         const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
         const files = new DataTransfer();
         files.items.add(new File([blob], 'IMG_0001.png', {{ type: 'image/png' }}));
         const input = document.querySelector('.question input[type=file]');
         input.files = files.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }}));
         return blob.size;"
    ));
}

/// Whether it is told that a picture is not saved, and that the answers are.
fn only_the_picture_is_not_saved(page: &Page) -> bool {
    let told = page.texts("[data-saved=not]").join(" ");
    told.contains("A picture is not saved") && told.contains("no room left")
}

/// How many lines of journals are on the disk.
fn lines(page: &Page) -> u64 {
    with_keeper(page, "return (await all('entries')).length").as_u64().unwrap()
}

/// The address of the picture that is shown; nothing where none is.
pub(super) fn shown(page: &Page) -> String {
    let address = page.script(
        "const one = document.querySelector('.question img'); return one?.naturalWidth > 100 ? one.src : ''",
    );
    address.as_str().unwrap().to_owned()
}

#[test]
fn a_photograph_that_finds_no_room_keeps_no_answer_from_the_disk_and_goes_when_it_is_removed() {
    let agency = Agency::asking(&DOOR);
    let page = without_room(&agency);
    photograph(&page, "red");
    page.wait_for("it is told", || only_the_picture_is_not_saved(&page) && !shown(&page).is_empty());
    let before = lines(&page);
    page.css(TEXT).send("come in");
    page.wait_for("the answer is on the disk", || {
        lines(&page) > before && only_the_picture_is_not_saved(&page)
    });
    assert!(page.texts(".lamp").iter().any(|lamp| lamp == "No room"), "{:?}", page.texts(".lamp"));
    // Another one finds no more room, and nobody waits for the first.
    let first = shown(&page);
    photograph(&page, "blue");
    page.wait_for("the other is shown", || !["", &*first].contains(&&*shown(&page)));
    page.wait_for("it is told of the other too", || only_the_picture_is_not_saved(&page));
    press(&page, "Remove");
    page.wait_for("nothing is left to be saved", || is_kept(&page));
    assert!(page.texts(".lamp").iter().all(|lamp| lamp != "No room"), "{:?}", page.texts(".lamp"));
    page.css(TEXT).send(" please");
    page.wait_for("it is kept", || is_kept(&page));
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "come in please");
    assert!(page.all(".question img").is_empty() && page.all("[data-damaged]").is_empty());
}

#[test]
fn what_was_answered_after_a_photograph_that_found_no_room_outlives_the_lock() {
    let agency = Agency::asking(&DOOR);
    let page = without_room(&agency);
    photograph(&page, "red");
    page.wait_for("it is told", || only_the_picture_is_not_saved(&page));
    page.css(TEXT).send("come in");
    page.wait_for("the answer is on the disk", || only_the_picture_is_not_saved(&page));
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "come in");
    assert!(page.all("[data-damaged]").is_empty());
    // Once there is room it is kept by itself.
    fail(&page, 0, "no pictures");
    photograph(&page, "green");
    page.wait_for("it is told", || only_the_picture_is_not_saved(&page));
    fail(&page, 0, "full");
    page.wait_for("it is kept after all", || is_kept(&page));
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the picture", || !shown(&page).is_empty());
}

#[test]
fn an_interview_of_which_a_picture_is_not_kept_gives_way_to_no_other_one() {
    let agency = Agency::asking(&DOOR);
    let page = without_room(&agency);
    photograph(&page, "red");
    page.wait_for("it is told", || only_the_picture_is_not_saved(&page) && !shown(&page).is_empty());
    page.goto("#/");
    page.find("button", "With somebody else: The door").click();
    page.wait_for("it is said why not", || {
        page.texts("main [role=alert]").concat().contains("is not on the tablet yet")
    });
    assert!(page.address().ends_with("#/"), "and leads into nobody's interview");
    page.find("link", "Continue: The door").click();
    page.wait_for("the picture is there", || !shown(&page).is_empty());
    fail(&page, 0, "full");
    page.wait_for("there is room again", || is_kept(&page));
    page.goto("#/");
    page.find("button", "With somebody else: The door").click();
    page.wait_for("an empty one", || page.address().ends_with("#/fill/door/1") && shown(&page).is_empty());
    page.assert_no_faults();
}

use super::form::Form;
use crate::harness::Key;

#[test]
fn a_choice_of_many_is_found_by_any_part_of_its_words() {
    let form = Form::open(2);
    let page = &form.page;
    form.css("people", "[role=combobox]").click();
    page.wait_for("all of them are on offer", || form.texts("people", "[role=option]").len() == 15);
    form.css("people", "[role=combobox]").send("佬");
    page.wait_for("those with the word", || form.texts("people", "[role=option]") == ["仡佬族", "仫佬族"]);
    form.press("people", "[role=option]", "仫佬族");
    page.wait_for("it is the answer", || form.css("people", "[role=combobox]").value() == "仫佬族");
    assert!(form.texts("people", "[role=option]").is_empty(), "the list is closed");

    form.css("people", "[role=combobox]").click();
    form.css("people", "[role=combobox]").send("仡");
    page.press(Key::Escape);
    page.wait_for("Escape changes nothing", || form.css("people", "[role=combobox]").value() == "仫佬族");
    page.press(Key::Down);
    for _ in 0..14 {
        page.press(Key::Down);
    }
    page.wait_for("the list scrolls along", || {
        page.script(
            "const option = document.querySelector('[role=option][aria-selected=true]').getBoundingClientRect();
             const list = document.querySelector('[role=listbox]:not([hidden])').getBoundingClientRect();
             return option.top >= list.top - 1 && option.bottom <= list.bottom + 1 && option.bottom <= innerHeight;",
        ) == true
    });
    page.press(Key::Escape);
    page.press(Key::Down);
    page.press(Key::Down);
    page.press(Key::Enter);
    page.wait_for("keys choose too", || form.css("people", "[role=combobox]").value() == "苗族");
    page.assert_no_faults();
}

#[test]
fn ticks_of_a_long_list_stay_in_view_while_somebody_searches() {
    let form = Form::open(2);
    let page = &form.page;
    form.css("friends", ".search-box").send("苗");
    page.wait_for("one is found", || form.texts("friends", ".choice") == ["苗族"]);
    form.press("friends", ".choice", "苗族");
    form.css("friends", ".search-box").click();
    page.press_with(&[Key::Control], 'a');
    page.keys("瑶");
    page.wait_for("what is ticked stays", || form.texts("friends", ".choice") == ["苗族", "瑶族"]);
    form.press("friends", ".choice", "瑶族");
    assert_eq!(form.reviewed("Whose friends?"), "苗族, 瑶族");
}

#[test]
fn a_choice_hangs_on_the_one_before() {
    let form = Form::open(2);
    let page = &form.page;
    assert_eq!(form.texts("city", ".quiet")[0], "Answer the question above first: the choices hang on it.");
    form.press("province", ".choice", "贵州");
    page.wait_for("its cities", || form.texts("city", ".choice") == ["贵阳市", "遵义市"]);
    form.press("province", ".choice", "四川");
    page.wait_for("the other's cities", || form.texts("city", ".choice") == ["成都市"]);
}

#[test]
fn cards_have_their_pictures_and_an_order_takes_a_touch_each() {
    let form = Form::open(2);
    let page = &form.page;
    let pictures = page.all(&format!("#{} .choices-cards .picture", form.id("home"))).len();
    assert_eq!(pictures, 1, "only where the author drew one");
    for thing in ["Talk", "Food"] {
        form.press("first_things", ".rank-add", thing);
    }
    page.wait_for("the order", || {
        form.texts("first_things", ".rank-in span:nth-of-type(2)") == ["Talk", "Food"]
    });
    assert_eq!(form.reviewed("What first?"), "1. Talk, 2. Food");
}

#[test]
fn like_questions_stand_in_a_grid() {
    let form = Form::open(2);
    let page = &form.page;
    page.resize(1280, 800);
    assert_eq!(page.texts(".grid-cells span"), ["0", "1", "2", "3"], "the answers stand over it once");
    assert_eq!(page.all(".grid .question-line").len(), 3);
    page.all(&format!("#{} .choice", form.id("tired")))[2].click();
    page.wait_for("one touch answers", || form.css("tired", "input[value='2']").is_selected());
    form.css("eat", ".line .absences .chip[title='Does not want to say']").click();
    page.wait_for("one touch gives a reason, which stands in the line", || {
        form.texts("eat", ".line .chip:has(input:checked) span") == ["Does not want to say"]
    });
    page.resize(600, 1000);
    page.wait_for("on a narrow page each line has its words", || {
        page.script(&format!(
            "return document.querySelector('#{} .choice span').getBoundingClientRect().width > 4",
            form.id("sleep")
        )) == true
    });
    page.assert_no_faults();
}

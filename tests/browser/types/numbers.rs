use serde_json::json;

use super::form::Form;
use crate::harness::{Feature, Key, lacks};

#[test]
fn a_number_is_written_with_keys_of_the_page() {
    let form = Form::open(1);
    let page = &form.page;
    form.press("floor", ".key", "1");
    form.press("floor", ".key", "2");
    page.wait_for("the digits stand in the box", || form.css("floor", ".box").value() == "12");
    assert_eq!(
        form.css("floor", ".box").attribute("inputmode").as_deref(),
        Some("none"),
        "no second keyboard"
    );
    form.press("floor", ".key", "±");
    page.wait_for("the sign", || form.css("floor", ".box").value() == "-12");
    let keys = form.texts("floor", ".key");
    assert!(!keys.contains(&".".to_owned()), "a floor has no fraction");
    page.all(&format!("#{} .key", form.id("floor"))).last().unwrap().click();
    page.wait_for("the last digit is gone", || form.css("floor", ".box").value() == "-1");
    page.wait_for("what is worked out follows", || form.texts("fixed", ".output") == ["-2"]);
    assert!(form.texts("weight", ".key").is_empty(), "no keys where nobody asked for them");
    form.page.assert_no_faults();
}

#[test]
fn a_finger_brings_the_keys_and_a_keyboard_does_not() {
    if lacks(Feature::Touch) {
        return;
    }
    let form = Form::open(1);
    let page = &form.page;
    form.css("weight", ".box").click();
    page.keys("61.5");
    assert!(form.texts("weight", ".key").is_empty(), "a mouse comes with a keyboard");
    page.tap(&form.css("weight", ".box"));
    page.wait_for("the keys come", || form.texts("weight", ".key").len() == 12);
    assert_eq!(form.texts("weight", ".beside"), ["kg"]);
    assert_eq!(form.reviewed("Weight?"), "61.5 kg");
}

#[test]
fn a_remark_that_comes_while_one_writes_leaves_the_box_alone() {
    let form = Form::open(1);
    let page = &form.page;
    let weight = form.css("weight", ".box");
    weight.click();
    page.keys("61");
    assert!(page.texts(".message-warning").is_empty());
    page.keys("0");
    page.wait_for("the remark", || {
        page.texts(".message-warning").iter().any(|text| text.ends_with("Is the weight right?"))
    });
    // Each fails on an element that was built anew.
    assert!(weight.has_focus(), "the focus stays");
    assert_eq!(weight.value(), "610");
    page.assert_no_faults();
}

#[test]
fn faces_go_with_what_the_scale_means() {
    let form = Form::open(1);
    let mouths = |name: &str| {
        form.page.script(&format!(
            "return [...document.querySelectorAll('#{} .face path:last-child')].map((one) => {{
               const [, corner, middle] = one.getAttribute('d').match(/ ([\\d.]+)Q12 ([\\d.]+)/).map(Number);
               return Math.sign(middle - corner);
             }})",
            form.id(name)
        ))
    };
    assert_eq!(mouths("content"), serde_json::json!([-1, -1, 0, 1, 1]), "more is better");
    assert_eq!(mouths("pain"), serde_json::json!([1, 1, 0, -1, -1]), "more is worse");
    form.press("content", ".choice", "4");
    form.page.wait_for("one touch answers", || form.texts("content", ".choice:has(input:checked)") == ["4"]);
}

#[test]
fn a_stop_watch_measures_and_can_be_corrected() {
    let form = Form::open(1);
    let page = &form.page;
    form.press("rise", "button", "Start");
    page.wait_for("it runs", || {
        form.texts("rise", "[role=timer]").first().is_some_and(|text| text.parse::<f64>().unwrap() >= 0.4)
    });
    // Whoever looks at another page meanwhile finds it running.
    page.css("a[href='#/settings']").click();
    page.wait_for("the settings", || page.texts("h1") == ["Settings"]);
    page.script("history.back()");
    page.wait_for("it runs on", || {
        form.texts("rise", "[role=timer]").first().is_some_and(|text| text.parse::<f64>().unwrap() >= 0.8)
    });
    form.press("rise", "button", "Stop");
    page.wait_for("the time is the answer", || form.css("rise", ".box").value().parse::<f64>().is_ok());
    let seconds: f64 = form.css("rise", ".box").value().parse().unwrap();
    assert!((0.4..20.0).contains(&seconds), "{seconds}");
    assert!((seconds * 10.0 - (seconds * 10.0).round()).abs() < 1e-6, "to a tenth: {seconds}");
    form.css("rise", ".box").click();
    page.press_with(&[Key::Control], 'a');
    page.keys("14.2");
    assert_eq!(form.reviewed("Five rises"), "14.2 seconds");
}

#[test]
fn nought_to_ten_stands_in_rows_of_like_length() {
    let form = Form::asking(&json!({
        "pain": { "title": "How bad is it?", "type": "integer", "minimum": 0, "maximum": 10, "widget": "buttons" }
    }));
    let page = &form.page;
    page.wait_for("the scale", || page.texts(".scale .choice").len() == 11);
    let rows = || -> Vec<usize> {
        let tops = page.script(
            "return [...document.querySelectorAll('.scale .choice')].map((one) => Math.round(one.offsetTop))",
        );
        let tops: Vec<i64> = serde_json::from_value(tops).unwrap();
        tops.chunk_by(|one, next| one == next).map(<[i64]>::len).collect()
    };
    for (width, height, text) in
        [(1280, 800, 100), (800, 1280, 100), (390, 840, 100), (1280, 800, 200), (800, 1280, 200)]
    {
        page.resize(width, height);
        page.script(&format!("document.documentElement.style.fontSize = '{text}%'"));
        let rows = rows();
        let (most, least) = (rows.iter().max().unwrap(), rows.iter().min().unwrap());
        assert!(rows.len() <= 3 && most - least <= 1, "{width} pixels at {text} %: {rows:?}");
        let fits = page.script("return document.documentElement.scrollWidth <= innerWidth");
        assert_eq!(fits, true, "{width} pixels at {text} %: nothing sticks out");
    }
}

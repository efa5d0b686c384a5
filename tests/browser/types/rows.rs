use serde_json::json;

use super::form::Form;
use crate::harness::{Feature, lacks};

#[test]
fn a_date_may_be_no_more_than_a_year_and_an_estimated_one() {
    let form = Form::open(3);
    let page = &form.page;
    assert_eq!(form.texts("born", ".date-part label"), ["Day", "Month", "Year"]);
    form.press("born", ".segment", "About this year");
    page.wait_for("only the year is asked", || form.texts("born", ".date-part label") == ["Year"]);
    form.css("born", ".box-year").send("1947");
    page.wait_for("the age is told", || {
        form.texts("born", ".hint").iter().any(|text| text.ends_with("years old"))
    });
    page.wait_for("how sure it is was answered with it", || {
        form.texts("born_precision", ".choice:has(input:checked)") == ["Estimated"]
    });
    form.press("born", ".segment", "The whole date");
    page.wait_for("all of it again", || form.texts("born", ".date-part label").len() == 3);
    assert_eq!(form.css("born", ".box-year").value(), "1947", "what was written stays");
    page.assert_no_faults();
}

#[test]
fn no_box_of_a_date_goes_while_one_of_them_is_corrected() {
    let form = Form::open(3);
    let page = &form.page;
    for (part, text) in [(0, "9"), (1, "11"), (2, "1947")] {
        page.all(&format!("#{} .date-part input", form.id("born")))[part].send(text);
    }
    page.wait_for("the age is told", || {
        form.texts("born", ".hint").iter().any(|text| text.ends_with("years old"))
    });
    let month = &page.all(&format!("#{} .date-part input", form.id("born")))[1];
    // Backspace, twice.
    month.send("\u{e003}\u{e003}");
    assert_eq!(form.texts("born", ".date-part label"), ["Day", "Month", "Year"]);
    month.send("12");
    assert_eq!(form.reviewed("Born?"), "9 December 1947");
}

#[test]
fn on_glass_a_full_box_leads_to_the_next() {
    if lacks(Feature::Touch) {
        return;
    }
    let form = Form::open(3);
    let page = &form.page;
    let boxes = page.all(&format!("#{} .date-part input", form.id("born")));
    page.tap(&boxes[0]);
    page.keys("9");
    page.wait_for("the month has the focus", || boxes[1].has_focus());
    page.keys("11");
    page.wait_for("the year has the focus", || boxes[2].has_focus());
    page.keys("1947");
    assert_eq!(form.reviewed("Born?"), "9 November 1947");
}

#[test]
fn people_stand_in_a_table_and_one_is_open_at_a_time() {
    let form = Form::open(3);
    let page = &form.page;
    page.find("button", "Add an entry").click();
    page.wait_for("the new row is open, in its first question", || {
        page.script("return document.activeElement.closest('.roster-body') !== null") == true
    });
    page.keys("Wang");
    page.all(".roster-body .choice")[0].click();
    page.wait_for("the table tells it", || page.texts(".roster-line td") == ["Wang", "Yes"]);
    page.find("button", "Add an entry").click();
    page.wait_for("the other is open", || page.texts(".roster-line").len() == 2);
    assert_eq!(page.all(".roster-body").len(), 1, "and the first is closed");
    page.keys("Li");
    page.find("button", "Open Wang").click();
    page.wait_for("the first is open again", || page.css(".roster-body .box").value() == "Wang");
    page.find("button", "Remove Wang").click();
    page.find("button", "Yes, remove Wang").click();
    page.wait_for("one is left", || page.texts(".roster-line td")[0] == "Li");
    page.assert_no_faults();
}

#[test]
fn a_link_leads_into_a_row_that_is_closed() {
    let form = Form::asking(&json!({
        "before": { "title": "Before?", "type": "string" },
        "members": { "title": "Who lives here?", "type": "array", "widget": "roster", "items": {
            "type": "object", "unevaluatedProperties": false, "required": ["works"], "properties": {
                "name": { "title": "Name", "type": "string" }, "works": { "title": "Works at?", "type": "string" } } } }
    }));
    let page = &form.page;
    for lines in [1, 2] {
        page.find("button", "Add an entry").click();
        page.wait_for("a row", || page.texts(".roster-line").len() == lines);
        page.keys("Wang");
    }
    page.find("button", "Check the answers").click();
    page.wait_for("what is missing", || page.all("#error-summary li a").len() == 2);
    page.all("#error-summary li a")[0].click();
    page.wait_for("the first row is open, in the question that is missing", || {
        page.script(
            "const body = document.activeElement.closest('.roster-body');
             return body?.previousElementSibling === document.querySelector('.roster-line')
               && document.activeElement.value === ''",
        ) == true
    });
    page.assert_no_faults();
}

#[test]
fn rows_that_another_answer_counts_can_be_neither_added_nor_removed() {
    let rows = |title: &str, widget: Option<&str>| {
        let mut rows = json!({ "title": title, "type": "array", "countFrom": "many", "items": {
            "type": "object", "unevaluatedProperties": false,
            "properties": { "name": { "title": "Name", "type": "string" } } } });
        if let Some(widget) = widget {
            rows["widget"] = json!(widget);
        }
        rows
    };
    let form = Form::asking(&json!({
        "many": { "title": "How many?", "type": "integer", "minimum": 0, "maximum": 9 },
        "cards": rows("One by one?", None), "table": rows("All of them?", Some("roster")),
    }));
    let page = &form.page;
    form.css("many", ".box").send("2");
    page.wait_for("two of each", || {
        page.all("section.row").len() == 2 && page.all(".roster-line").len() == 2
    });
    page.all(".roster-line button")[0].click();
    page.wait_for("a line is open", || page.all(".roster-body").len() == 1);
    let offered = page.texts(".rows button");
    assert!(offered.iter().all(|text| !text.contains("Add") && !text.contains("Remove")), "{offered:?}");
    page.assert_no_faults();
}

#[test]
fn the_focus_is_on_the_way_to_add_a_row_after_one_of_a_full_list_went() {
    let form = Form::asking(&json!({
        "members": { "title": "Who?", "type": "array", "maxItems": 1, "items": {
            "type": "object", "unevaluatedProperties": false, "properties": {
                "full": { "title": "Both", "type": "string", "calculate": "name & '!'" },
                "name": { "title": "Name", "type": "string" } } } },
    }));
    let page = &form.page;
    page.find("button", "Add an entry").click();
    page.wait_for("the first question that is asked has the focus", || {
        page.script("return document.activeElement.matches('.row input')") == true
    });
    page.keys("Wang");
    assert!(!page.find("button", "Add an entry").is_enabled(), "one is all there may be");
    page.find("button", "Remove Entry 1").click();
    page.find("button", "Yes, remove Entry 1").click();
    page.wait_for("none is left", || page.all(".row").is_empty());
    page.wait_for("the button has the focus", || page.find("button", "Add an entry").has_focus());
    page.assert_no_faults();
}

use serde_json::json;

use crate::elder::{Elder, SAFETY};

#[test]
fn a_level_is_raised_freely_and_lowered_with_a_reason_and_a_supervisor_only() {
    let elder = Elder::at("elder_hit");
    let page = &elder.page;
    for name in SAFETY {
        elder.choose(name, false);
    }
    elder.go_to(elder.section_of("iadl_medicines"));
    // Out from under the scores that stand at the bottom.
    page.script(&format!(
        "document.getElementById('{}').scrollIntoView({{ block: 'center', behavior: 'instant' }})",
        elder.id("iadl_medicines")
    ));
    elder.choose("iadl_medicines", "cannot");
    elder.finish();
    // Health: level 2 as worked out, for the medicines.
    let area = "li:has(input[name='level-D04'])";
    page.script(&format!("for (const one of document.querySelectorAll(\"{area} details\")) one.open = true"));
    let choose = |level: usize| page.all(&format!("{area} .set-level .choice"))[level].click();
    let set = || page.css(&format!("{area} .set-level .button")).click();
    let level = || page.texts(&format!("{area} .area-level")).concat();
    let before = level();
    choose(0);
    page.wait_for("to lower it takes two more words", || {
        page.texts(&format!("{area} .set-level .entry-field")).len() == 2
    });
    set();
    page.wait_for("both are asked for", || {
        page.texts(&format!("{area} .set-level .message-error")).len() == 2
    });
    page.wait_for("the first of them has the focus", || page.focused_id() == "level-D04-reason");
    assert_eq!(level(), before, "nothing without them");
    let boxes = page.all(&format!("{area} .set-level .box"));
    boxes[0].send("The daughter gives them every day");
    boxes[1].send("sup-7");
    set();
    page.wait_for("it is set", || level() != before);
    let told = || page.texts(&format!("{area} .set-level [role=status]")).concat();
    page.wait_for("it is said, wherever the line has moved to", || told() == "It stands at: No need found");
    page.wait_for("and the focus is with it", || page.focused_id() == "level-D04-set");
    page.find("button", "Back to the level as worked out").click();
    page.wait_for("and taken back", || level() == before);
    page.wait_for("the focus is not lost with the button", || page.focused_id() == "level-D04-set");
    choose(3);
    set();
    page.wait_for("it is raised", || level() != before);
    page.find("button", "Download the answers").click();
    let record = page.downloaded("record-elder-needs-*.json");
    let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
    let set = &record["overrides"][0];
    assert_eq!((&set["domain"], &set["level"], &set["computed"]), (&json!("D04"), &json!(3), &json!(2)));
    page.assert_no_faults();
}

#[test]
fn a_level_that_somebody_set_hides_no_worse_one_that_answers_come_to_later() {
    let elder = Elder::at("elder_hit");
    let page = &elder.page;
    for name in SAFETY {
        elder.choose(name, false);
    }
    elder.go_and_choose("iadl_medicines", json!("alone"));
    elder.finish();
    let area = "li:has(input[name='level-D04'])";
    let open = || {
        page.script(&format!(
            "for (const one of document.querySelectorAll(\"{area} details\")) one.open = true"
        ));
    };
    let level = || page.texts(&format!("{area} .area-level")).concat();
    open();
    page.all(&format!("{area} .set-level .choice"))[1].click();
    page.css(&format!("{area} .set-level .button")).click();
    page.wait_for("it is raised", || level().contains("Keep an eye on it"));
    elder.go_and_choose("iadl_medicines", json!("cannot"));
    elder.finish();
    page.wait_for("what the answers come to holds", || level() == "Help needed");
    open();
    let words = page.texts(area).concat();
    assert!(words.contains("A worker had set: Keep an eye on it"), "{words}");
    page.assert_no_faults();
}

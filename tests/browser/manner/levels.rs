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
        page.texts(&format!("{area} .set-level label:has(.box)")).len() == 2
    });
    set();
    assert_eq!(level(), before, "nothing without them");
    let boxes = page.all(&format!("{area} .set-level .box"));
    boxes[0].send("The daughter gives them every day");
    boxes[1].send("sup-7");
    set();
    page.wait_for("it is set", || level() != before);
    page.find("button", "Back to the level as worked out").click();
    page.wait_for("and taken back", || level() == before);
    choose(3);
    set();
    page.wait_for("it is raised", || level() != before);
    page.find("button", "Download the answers").click();
    let record = page.downloaded("record-elder-needs-*.json");
    let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
    let set = &record["overrides"][0];
    assert_eq!((&set["domain"], &set["level"]), (&json!("D04"), &json!(3)));
    page.assert_no_faults();
}

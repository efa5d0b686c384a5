//! Two people answer the same question.

use crate::elder::{Elder, SAFETY};

#[test]
fn two_answers_stand_side_by_side_and_the_worker_says_which_counts() {
    let elder = Elder::at_start();
    let page = &elder.page;
    elder.go_to(elder.section_of("adl_eating"));
    let id = elder.id("adl_eating");
    elder.choose("adl_eating", "independent");
    page.css(&format!("#{id} .chip-icon")).click();
    let daughter = "Someone who answers for the person";
    let also = format!("#{id} .more-body .actions-inline .chip");
    page.wait_for("others can be asked", || page.texts(&also).iter().any(|text| text == daughter));
    let place = page.texts(&also).iter().position(|text| text == daughter).unwrap();
    // Clear of the scores, which stay at the foot of the screen.
    page.script(&format!("document.querySelector('#{id} .more-body').scrollIntoView({{ block: 'center', behavior: 'instant' }})"));
    page.all(&also)[place].click();

    let verdict = format!("#{id} .accounts-verdict");
    page.wait_for("the first answer is put aside", || page.texts(&verdict).len() == 1);
    assert_eq!(page.texts(&verdict), ["The one above counts once it is given."]);
    assert!(elder.chosen("adl_eating").is_empty(), "the second answer is not copied from the first");
    elder.choose("adl_eating", "dependent");
    page.wait_for("they differ", || page.texts(&verdict) == ["The answers differ. The one above counts."]);
    let aside = page.texts(&format!("#{id} .account")).concat();
    assert!(aside.contains("The person"), "{aside}");

    page.find("button", "Let this one count: The person").click();
    page.wait_for("the person's own counts", || {
        !page.texts(&format!("#{id} .account")).concat().contains("The person")
    });
    elder.go_to(elder.section_of("elder_hit"));
    for name in SAFETY {
        elder.choose(name, false);
    }
    let record = elder.finished_record();
    assert_eq!(record["answers"]["adl_eating"], "independent");
    assert_eq!(record["accounts"]["/adl_eating"], serde_json::json!({ "proxy": { "value": "dependent" } }));
    page.assert_no_faults();
}

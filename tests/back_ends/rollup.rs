//! The roll-ups of the guide, made and looked at.

use serde_json::{Value, json};

use super::sandbox::Sandbox;

#[test]
fn counts_are_published_once_and_small_ones_never() {
    let sandbox = Sandbox::new();
    sandbox.profiles(600);
    let published = sandbox.run("intake rollup --period 2026 profiles.jsonl");
    let published: Value = serde_json::from_str(&published).unwrap();
    let tables = published["sets"][0]["tables"].as_array().unwrap();
    let domain = tables.iter().find(|table| table["measure"] == "domain.D05").unwrap();
    let rows = domain["rows"].as_array().unwrap();
    assert!(rows.len() > 30, "all, counties and stations: {}", rows.len());
    let all = &rows[0];
    let shown: u64 = all["counts"].as_array().unwrap().iter().filter_map(Value::as_u64).sum();
    assert!(shown <= all["people"].as_u64().unwrap());
    let mut hidden = 0;
    for count in tables.iter().flat_map(|table| table["rows"].as_array().unwrap()).flat_map(|row| {
        assert!(row["people"].as_u64().unwrap() >= 5, "{row}");
        row["counts"].as_array().unwrap()
    }) {
        assert!(!count.as_u64().is_some_and(|count| (1..5).contains(&count)));
        hidden += usize::from(count.is_null());
    }
    assert!(hidden > 0);
    let table = |measure: &str| tables.iter().find(|table| table["measure"] == measure).unwrap();
    assert_eq!(
        table("item.adl_eating")["rows"].as_array().unwrap().len(),
        1,
        "questions: for all people only"
    );
    assert!(table("service.S05")["rows"].as_array().unwrap().len() > 30, "services: place by place");

    // Stations send counts upward; put together, they are published as if all had been counted in one place.
    sandbox.run("intake rollup --period 2026 profiles.jsonl --upward > all.json");
    sandbox.run(
        "grep -E '\"station\":\"st[0-2]' profiles.jsonl | intake rollup --period 2026 --upward > low.json",
    );
    sandbox.run(
        "grep -vE '\"station\":\"st[0-2]' profiles.jsonl | intake rollup --period 2026 --upward > high.json",
    );
    assert_eq!(
        sandbox.run("intake rollup --combine low.json high.json --upward"),
        sandbox.run("cat all.json")
    );
    assert_eq!(
        sandbox.run("intake rollup --combine low.json high.json"),
        sandbox.run("intake rollup --period 2026 profiles.jsonl")
    );
    let twice = sandbox.shell("intake rollup --combine low.json low.json").output().unwrap();
    assert_eq!(twice.status.code(), Some(2));

    let csv = sandbox.run("intake rollup --period 2026 profiles.jsonl --to csv");
    assert!(csv.starts_with('\u{feff}') && csv.contains(",domain.D05,"));
    for (language, word) in [("en", "S05 Health calls"), ("zh-CN", "日常生活能力")] {
        let page = sandbox.run(&format!(
            "intake rollup --period 2026 profiles.jsonl --to html --language {language} \
             --questionnaires schemas/questionnaires"
        ));
        assert!(page.contains(word) && page.contains("<svg") && page.contains("@media print"), "{language}");
        assert!(
            !page.contains("<script") && !page.contains("http://") && !page.contains("https://"),
            "{language}"
        );
    }
}

#[test]
fn what_is_due_is_judged_as_of_the_end_of_the_period() {
    let sandbox = Sandbox::new();
    let profile = |id: &str, form: &str, person: &str, on: &str, more: Value| {
        let mut profile = json!({
            "profile_version": 1, "profile_id": id, "questionnaire": {"id": form, "version": "1"}, "assessed_on": on,
            "subject": {"person_ref": person}, "provenance": {"station": "st1"},
            "consent": {"anonymous_statistics": "granted"},
        });
        profile.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        profile.to_string()
    };
    let due = |next_on: &str| json!({"reassessment": {"next_on": next_on}});
    let lines = [
        profile("1", "elder", "a", "2026-03-01", due("2026-04-01")),
        // With another questionnaire, but it is the next assessment of the same person.
        profile("2", "follow-up", "a", "2026-03-20", due("2027-01-15")),
        profile("3", "elder", "b", "2026-03-01", due("2026-04-01")),
        // After the period: whoever counts later comes to the same.
        profile("4", "follow-up", "b", "2027-01-02", due("2027-04-01")),
        profile("5", "elder", "c", "2026-12-01", due("2027-01-15")),
        profile(
            "6",
            "elder",
            "d",
            "2026-12-01",
            json!({"kind": "closure", "reassessment": {"next_on": "2026-12-02"}}),
        ),
        profile(
            "7",
            "elder",
            "e",
            "2026-12-01",
            json!({
                "alerts": [{"grade": "R1", "status": "open", "due": "2026-12-02T00:00:00Z", "acknowledged": null}],
                "plan": [{"service": "S01"}], "answers": {"mood": 1}, "absent": {"/income": "declined"},
            }),
        ),
    ];
    sandbox.write("few.jsonl", &lines.join("\n"));
    let counts = sandbox.run("intake rollup --period 2026 few.jsonl --upward");
    let counts: Value = serde_json::from_str(&counts).unwrap();
    let elder =
        counts["units"].as_array().unwrap().iter().find(|unit| unit["questionnaire"] == "elder").unwrap();
    let measures = &elder["measures"];
    assert_eq!(measures["review"], json!({"done": 1, "overdue": 1, "not_due": 1, "none": 2}));
    assert_eq!(measures["alert_acted"], json!({"overdue": 1, "none": 4}));
    assert_eq!(measures["service.S01"], json!({"agreed": 1}));
    assert_eq!(measures["item.income"], json!({"declined": 1}));
    assert_eq!(measures["item.mood"], json!({"answered": 1}));
}

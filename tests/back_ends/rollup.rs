//! The roll-ups of the guide, made and looked at.

use serde_json::Value;

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
    for (language, word) in [("en", "Daily function"), ("zh-CN", "日常生活能力")] {
        let page = sandbox
            .run(&format!("intake rollup --period 2026 profiles.jsonl --to html --language {language}"));
        assert!(page.contains(word) && page.contains("<svg") && page.contains("@media print"), "{language}");
        assert!(
            !page.contains("<script") && !page.contains("http://") && !page.contains("https://"),
            "{language}"
        );
    }
}

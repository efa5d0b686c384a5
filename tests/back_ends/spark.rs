use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::sandbox::{Sandbox, has, installed, succeeded};
use super::{full, left_out};

/// A Python with PySpark, if there is one or may be.
fn python() -> Option<PathBuf> {
    let folder = installed().join("spark");
    let python = folder.join("bin/python");
    let works = || {
        Command::new(&python).args(["-c", "import pyspark"]).output().is_ok_and(|run| run.status.success())
    };
    if !works() && full() && has("python3") {
        let _ = Command::new("python3").args(["-m", "venv"]).arg(&folder).output();
        let _ = Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "pyspark>=4,<5", "duckdb"])
            .output();
    }
    works().then_some(python)
}

/// How many records: 20,000 in a full run, so that the ordinary one stays short.
fn count() -> usize {
    std::env::var("INTAKE_SPARK_RECORDS").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000)
}

#[test]
fn spark_scores_records_again_under_a_changed_rule() {
    if !has("java") {
        return left_out("Spark", "java (Debian: openjdk-17-jre-headless)");
    }
    let Some(python) = python() else { return left_out("Spark", "pyspark (pip)") };
    let sandbox = Sandbox::new();
    let form = "schemas/questionnaires/elder-needs/questionnaire.json";
    sandbox.run(&format!("intake simulate {form} --count {} > records.jsonl", count()));
    // A fall in a year is now a need of level 3 where it was one of 1, in a copy of the questionnaires.
    sandbox.run("cp -rL schemas changed && sed -i 's/\"questionnaire\":{[^}]*},//' records.jsonl");
    let changed = sandbox.at("changed/questionnaires/elder-needs/questionnaire.json");
    let text = std::fs::read_to_string(&changed).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let rule =
        document["rules"].as_array_mut().unwrap().iter_mut().find(|rule| rule["id"] == "ELD-R06").unwrap();
    for level in rule["levels"].as_array_mut().unwrap() {
        level["level"] = 3.into();
    }
    std::fs::write(&changed, document.to_string()).unwrap();
    let mut command = sandbox.shell(&format!(
        "{} examples/spark/rescore.py --questionnaire changed/questionnaires/elder-needs/questionnaire.json \
         --without-profile records.jsonl --out rescored.parquet",
        python.display()
    ));
    let said = succeeded(&command.output().unwrap(), "rescore.py");
    assert!(said.contains(&format!("{} records, 0 refused", count())), "{said}");
    // DuckDB reads what Spark wrote; the numbers are those of the engine alone.
    let query = "import duckdb, json; rows = duckdb.sql(\"SELECT coalesce(d01::text, 'null'), count(*) FROM \
                 'rescored.parquet/*.parquet' GROUP BY 1\").fetchall(); print(json.dumps(dict(rows)))";
    let by_spark = succeeded(
        &Command::new(&python).args(["-c", query]).current_dir(sandbox.at(".")).output().unwrap(),
        "duckdb",
    );
    let by_spark: BTreeMap<String, u64> = serde_json::from_str(&by_spark).unwrap();
    let alone = |form: &str| {
        let script = format!(
            "intake assess {form} records.jsonl | grep -o '\"domain_levels\":{{\"D01\":[^,]*' | sed 's/.*://' | sort | uniq -c"
        );
        let counts: BTreeMap<String, u64> = sandbox
            .run(&script)
            .lines()
            .map(|line| {
                let (count, level) = line.trim().split_once(' ').unwrap();
                (level.to_owned(), count.parse().unwrap())
            })
            .collect();
        counts
    };
    assert_eq!(by_spark, alone("changed/questionnaires/elder-needs/questionnaire.json"));
    assert_ne!(by_spark, alone(form), "the changed rule changes something");
}

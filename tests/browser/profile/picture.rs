//! The needs as a picture: the fields that are filled, who sees a need, how soon, and which way it has gone, all as the
//! profile says.

use serde_json::{Value, json};

use crate::agreed::told_of;
use crate::harness::Page;
use crate::kept::outbox::{Agency, OwnForm};

/// Questions whose answer is how much is needed: of one area what the person says, of others what a rule says, of one
/// both; and areas of which something stays open.
fn form() -> String {
    let level = |name: &str, area: &str, basis: &str, least: i64| {
        let levels: Vec<Value> = (least..=3)
            .map(|level| json!({ "when": format!("{name} >= {level}"), "level": level }))
            .collect();
        json!({
            "id": format!("{area}-{basis}-{name}"), "title": "How much", "levels": levels,
            "need": { "domain": area, "code": format!("{name}_{basis}"), "label": "Help", "basis": basis },
        })
    };
    let rules = [
        level("a_wish", "D01", "felt", 1),
        level("b_rule", "D02", "normative", 1),
        level("c_both", "D03", "expressed", 1),
        level("c_both", "D03", "normative", 2),
        level("d_some", "D04", "normative", 1),
        level("e_open", "D04", "normative", 3),
        level("f_none", "D05", "normative", 1),
        level("f_none", "D06", "normative", 1),
        level("e_open", "D06", "normative", 1),
        level("g_late", "D07", "normative", 1),
        level("h_fell", "D08", "normative", 1),
        level("i_beside", "D08", "normative", 1),
        level("j_rose", "D10", "normative", 1),
        level("k_beside", "D10", "normative", 1),
    ];
    // In the order of their names, as they are asked.
    let names = [
        "a_wish", "b_rule", "c_both", "d_some", "e_open", "f_none", "g_late", "h_fell", "i_beside", "j_rose",
        "k_beside",
    ];
    let question =
        |name: &str| json!({ "title": format!("{name}?"), "type": "integer", "minimum": 0, "maximum": 50 });
    let questions: Value = names.iter().map(|name| ((*name).to_owned(), question(name))).collect();
    json!({
        "$schema": "https://example.org/questionnaire-1.schema.json", "id": "levels", "version": "1.0.0",
        "title": "How much", "languages": ["en"], "type": "object", "unevaluatedProperties": false,
        "allOf": [{ "id": "all", "title": "All", "properties": questions }], "rules": rules,
    })
    .to_string()
}

/// A line of the picture, as it is drawn and as it is read aloud.
#[derive(Debug)]
struct Line {
    name: String,
    /// The three fields: whether each is filled, and whether its edge is dashed.
    fields: Vec<(bool, bool)>,
    level: String,
    when: String,
    seen_by: Vec<String>,
    trend: String,
}

/// What is drawn, from the top. Each field has its neighbour beside it and is as long; each picture is the one that the key
/// below explains, and the arrow of a trend points where its words say.
fn picture(page: &Page) -> Vec<Line> {
    let drawn = page.script(
        "const text = (one) => one?.innerText.trim().replace(/\\s+/g, ' ') ?? '';
         const shape = (one) => one?.querySelector('svg')?.innerHTML;
         const key = [...document.querySelectorAll('.areas-key span')].map(shape);
         const boxes = (line) => [...line.querySelectorAll('.meter i')].map((one) => one.getBoundingClientRect());
         return [...document.querySelectorAll('.areas > li')].map((line) => ({
           top: line.getBoundingClientRect().top,
           name: text(line.querySelector('h3')),
           row: boxes(line).every((box, place, all) => place === 0
             || box.top === all[0].top && box.left >= all[place - 1].right && Math.abs(box.width - all[0].width) < 0.5),
           fields: [...line.querySelectorAll('.meter i')].map((one) => {
             const style = getComputedStyle(one);
             return [!/^rgba\\(.*, 0\\)$|^transparent$/.test(style.backgroundColor), style.borderStyle === 'dashed'];
           }),
           level: text(line.querySelector('.area-level .level')),
           when: text(line.querySelector('.area-when')),
           seen: [...line.querySelectorAll('.seen-by')].map((one) => one.textContent.trim()),
           pictures: [...line.querySelectorAll('.seen-by')].map((one) => key.indexOf(shape(one))),
           trend: text(line.querySelector('.area-trend')),
           arrow: shape(line.querySelector('.area-trend')),
         }));",
    );
    let drawn = drawn.as_array().unwrap();
    let text = |one: &Value| one.as_str().unwrap_or_default().to_owned();
    let tops: Vec<f64> = drawn.iter().map(|line| line["top"].as_f64().unwrap()).collect();
    assert!(tops.is_sorted(), "{tops:?}");
    // Words and drawing go together: one drawing to each.
    let mut arrows: Vec<(String, String)> =
        drawn.iter().map(|line| (text(&line["trend"]), text(&line["arrow"]))).collect();
    arrows.sort();
    arrows.dedup();
    let mut drawings: Vec<&String> = arrows.iter().map(|(_, arrow)| arrow).collect();
    drawings.sort();
    drawings.dedup();
    assert_eq!(drawings.len(), arrows.len(), "{arrows:?}");
    let read = |line: &Value| {
        assert_eq!(line["row"], true, "{line}");
        let seen_by: Vec<String> = line["seen"].as_array().unwrap().iter().map(text).collect();
        let pictures: Vec<i64> =
            line["pictures"].as_array().unwrap().iter().filter_map(Value::as_i64).collect();
        let named: Vec<i64> = seen_by.iter().map(|words| i64::from(words == "Seen by a rule.")).collect();
        assert_eq!(pictures, named, "as the key says: {line}");
        let field = |one: &Value| (one[0] == true, one[1] == true);
        let fields = line["fields"].as_array().unwrap().iter().map(field).collect();
        let (name, level, when) = (text(&line["name"]), text(&line["level"]), text(&line["when"]));
        Line { name, fields, level, when, seen_by, trend: text(&line["trend"]) }
    };
    drawn.iter().map(read).collect()
}

/// What the profile says of an area.
struct Area {
    level: Option<u64>,
    partial: bool,
    urgency: Option<usize>,
    seen_by: Vec<&'static str>,
    change: Option<Option<f64>>,
}

const URGENCIES: [&str; 6] = ["now", "24h", "72h", "14d", "30d", "routine"];
const SOON: [&str; 6] = [
    "at once",
    "within 24 hours",
    "within 72 hours",
    "within two weeks",
    "within a month",
    "at the next regular visit",
];
const LEVELS: [&str; 4] = ["No need found", "Keep an eye on it", "Help needed", "Help needed now"];

fn area(profile: &Value, id: &str) -> Area {
    let needs: Vec<&Value> =
        profile["needs"].as_array().unwrap().iter().filter(|need| need["domain"] == id).collect();
    let has = |bases: &[&str]| needs.iter().any(|need| bases.iter().any(|basis| need["basis"] == *basis));
    let urgency = |need: &&Value| URGENCIES.iter().position(|one| need["urgency"] == *one);
    let deltas = profile["reassessment"]["deltas"].as_array().unwrap();
    let delta = deltas.iter().find(|delta| delta["kind"] == "domain" && delta["id"] == id);
    Area {
        level: profile["domain_levels"][id].as_u64(),
        partial: profile["domain_status"][id] == "partial",
        urgency: needs.iter().filter_map(urgency).min(),
        seen_by: [
            (has(&["felt", "expressed"]), "Seen by the person."),
            (has(&["normative"]), "Seen by a rule."),
        ]
        .into_iter()
        .filter_map(|(there, words)| there.then_some(words))
        .collect(),
        change: delta.map(|delta| delta["change"].as_f64()),
    }
}

/// Holds every line of the picture to the profile.
fn hold(page: &Page, profile: &Value) {
    let lines = picture(page);
    assert_eq!(lines.len(), 12);
    let words: Value = serde_json::from_str(include_str!("../../../www/text/en.json")).unwrap();
    let mut pressing = Vec::new();
    for line in &lines {
        let id = (1..=12).map(|number| format!("D{number:02}"));
        let id = id.clone().find(|id| words["texts"][format!("domain.{id}")] == line.name).expect("an area");
        let said = area(profile, &id);
        let looked_at = said.level.filter(|level| *level > 0 || !said.partial);
        let fields: Vec<(bool, bool)> =
            (0..3).map(|place| (looked_at.is_some_and(|level| place < level), looked_at.is_none())).collect();
        assert_eq!(line.fields, fields, "{id} {line:?}");
        let level = match said.level {
            None => "Not looked at",
            Some(0) if said.partial => "Looked at in part",
            Some(level) => LEVELS[usize::try_from(level).unwrap()],
        };
        assert_eq!(line.level, level, "{id}");
        assert_eq!(line.when, said.urgency.map(|place| SOON[place]).unwrap_or_default(), "{id}");
        assert_eq!(line.seen_by, said.seen_by, "{id}");
        let trend = match said.change {
            None => "",
            Some(None) => "not comparable",
            Some(Some(0.0)) => "the same",
            Some(Some(change)) if change < 0.0 => "less than last time",
            Some(Some(_)) => "more than last time",
        };
        assert_eq!(line.trend, trend, "{id}");
        // What is open now could only add to it: nobody is told that somebody needs less because a question was not
        // answered this time.
        let open = said.partial && said.level.is_some_and(|level| level < 3);
        assert!(!(open && ["less than last time", "the same"].contains(&trend)), "{id}: {trend}");
        // The most pressing stands on top; what surely needs nothing, at the foot.
        pressing.push(match said.level {
            Some(0) => u64::from(said.partial),
            None => 2,
            Some(level) => level + 2,
        });
    }
    assert!(pressing.is_sorted_by(|above, below| above >= below), "{pressing:?}");
}

/// Answers from the first question on; those without a number stay open.
fn answer(page: &Page, answers: &[Option<u8>]) {
    page.goto("#/fill/levels/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == answers.len());
    for (field, answer) in page.all(".question input.box").iter().zip(answers) {
        if let Some(answer) = answer {
            field.send(&answer.to_string());
        }
    }
    page.goto("#/review/levels");
    page.find("button", "Finish and see the needs").click();
    page.wait_for("the profile", || page.texts("h1") == ["Needs profile"]);
}

#[test]
fn the_picture_shows_what_the_profile_says_and_which_way_it_has_gone() {
    let text = form();
    let agency = Agency::asking(&OwnForm { id: "levels", title: ["How much", "多少"], text: &text });
    let page = &Page::open_site(&agency.site());
    let first_time =
        [Some(3), Some(1), Some(2), Some(1), None, Some(0), None, Some(3), Some(0), Some(1), Some(0)];
    answer(page, &first_time);
    let first = told_of(page, "levels", 0);
    hold(page, &first);
    // All that can be shown is there.
    let seen = |id: &str| area(&first, id).seen_by.len();
    assert_eq!((seen("D01"), seen("D02"), seen("D03"), seen("D05")), (1, 1, 2, 0));
    assert_eq!(first["domain_status"]["D04"], "partial");
    assert_eq!(
        (&first["domain_levels"]["D06"], &first["domain_status"]["D06"]),
        (&json!(0), &json!("partial"))
    );

    let file = page.own_folder("last-time").join("profile.json");
    std::fs::write(&file, first.to_string()).unwrap();
    page.goto("#/follow/levels");
    page.css("#follow-file").send(&file.display().to_string());
    page.find("button", "Begin").click();
    page.wait_for("the interview begins", || page.script("return location.hash") == "#/fill/levels/1");
    let second_time =
        [Some(1), Some(3), Some(2), Some(2), Some(0), Some(0), Some(2), None, Some(0), Some(2), None];
    answer(page, &second_time);
    let second = told_of(page, "levels", 1);
    hold(page, &second);
    let change = |id: &str| area(&second, id).change;
    assert_eq!(
        [change("D01"), change("D02"), change("D03")],
        [Some(Some(-2.0)), Some(Some(2.0)), Some(Some(0.0))]
    );
    assert_eq!(change("D07"), Some(None), "nobody had looked at it");
    let status = |id: &str| (&second["domain_levels"][id], &second["domain_status"][id]);
    assert_eq!((status("D08"), change("D08")), ((&json!(0), &json!("partial")), Some(None)));
    assert_eq!((status("D10"), change("D10")), ((&json!(2), &json!("partial")), Some(Some(1.0))));
    assert_eq!(change("D04"), Some(None), "of the time before it is only known that it was at least so much");
    page.assert_no_faults();
}

//! Counts of people, station by station, as they go upward: wire format `counts-1`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Period, measure};
use crate::json::{canonical, sha256};
use crate::value::{DateTime, PartialDate};

/// The version of the format that is written, and the only one that is read.
pub const COUNTS_VERSION: u32 = 1;

/// Measure → category → people.
type Measures = BTreeMap<String, BTreeMap<String, u64>>;

/// Counts that are not for publication: small ones are among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Always [`COUNTS_VERSION`].
    pub counts_version: u32,
    /// The period.
    pub period: String,
    /// Always true: whoever publishes this publishes people.
    pub not_for_publication: bool,
    /// The stations, by questionnaire, county and name.
    pub units: Vec<Unit>,
    /// Profiles that are not counted, and why.
    pub left_out: Left,
}

/// What was counted at a station with one questionnaire. Questionnaires are never added up: who is in one table and
/// not in the other would be the difference of two totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The id of the questionnaire.
    pub questionnaire: String,
    /// The county.
    pub county: String,
    /// The station.
    pub station: String,
    /// How many people.
    pub people: u64,
    /// The people, by measure and category.
    pub measures: Measures,
}

/// How many profiles are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// The person did not agree to anonymous statistics.
    pub without_consent: u64,
    /// Assessed outside of the period.
    pub outside_period: u64,
    /// A newer profile of the person, or one that amends it, is counted instead.
    pub replaced: u64,
}

/// What is kept of a profile until all were seen: no more than is counted.
#[derive(Clone, Debug)]
struct Kept {
    /// Fingerprint of its id, for amendments.
    id: Option<String>,
    assessed_on: String,
    /// How many were seen before it: of two on one day the later counts.
    order: u64,
    unit: Place,
    measures: Vec<(String, String)>,
    /// Fingerprint of the person, where one is named.
    person: Option<String>,
    /// By when the next assessment was to be.
    next_on: Option<PartialDate>,
}

/// Counts profiles one by one.
#[derive(Debug)]
pub struct Counter {
    period: Period,
    /// By whom and what: the person where one is named, else the profile alone.
    newest: BTreeMap<String, Kept>,
    superseded: BTreeSet<String>,
    /// When each person was assessed last before the end of the period, with whatever questionnaire: a follow-up is the
    /// next assessment of whoever was assessed with another one.
    latest: BTreeMap<String, String>,
    seen: u64,
    left: Left,
}

/// Questionnaire, county and station.
type Place = (String, String, String);

/// Without a station or a county.
const UNNAMED: &str = "-";

impl Counter {
    /// Nothing counted yet.
    #[must_use]
    pub const fn new(period: Period) -> Self {
        Self {
            period,
            newest: BTreeMap::new(),
            superseded: BTreeSet::new(),
            latest: BTreeMap::new(),
            seen: 0,
            left: Left { without_consent: 0, outside_period: 0, replaced: 0 },
        }
    }

    /// Counts a profile.
    pub fn add(&mut self, profile: &Value) {
        self.seen += 1;
        let text = |pointer: &str| profile.pointer(pointer).and_then(Value::as_str);
        if let Some(amended) = text("/supersedes") {
            self.superseded.insert(sha256(amended));
        }
        if text("/consent/anonymous_statistics") != Some("granted") {
            self.left.without_consent += 1;
            return;
        }
        let assessed_on = text("/assessed_on").unwrap_or_default();
        let (county, station) = place(profile);
        let person = text("/subject/person_ref").or_else(|| text("/subject/household_ref"));
        let known = person.map(|person| sha256(&format!("person {station} {person}")));
        if let (Some(known), Ok(day)) = (&known, assessed_on.parse::<PartialDate>())
            && self.ends().is_none_or(|end| day.day_number() < end.day_number())
        {
            let latest = self.latest.entry(known.clone()).or_default();
            if latest.as_str() < assessed_on {
                assessed_on.clone_into(latest);
            }
        }
        if !assessed_on.parse().is_ok_and(|day| self.period.holds(day)) {
            self.left.outside_period += 1;
            return;
        }
        let questionnaire = text("/questionnaire/id").unwrap_or_default();
        let whose = match (person, text("/profile_id")) {
            (Some(person), _) => format!("person {questionnaire} {station} {person}"),
            (None, Some(id)) => format!("profile {id}"),
            (None, None) => format!("nobody {}", self.seen),
        };
        let kept = Kept {
            id: text("/profile_id").map(sha256),
            assessed_on: assessed_on.to_owned(),
            order: self.seen,
            unit: (questionnaire.to_owned(), county, station),
            measures: measure::of(profile, self.ends().and_then(DateTime::start_of)),
            person: known,
            next_on: match text("/kind") {
                Some("closure") => None,
                _ => text("/reassessment/next_on").and_then(|day| day.parse().ok()),
            },
        };
        let key = sha256(&whose);
        let newer = self
            .newest
            .get(&key)
            .is_none_or(|known| (&known.assessed_on, known.order) <= (&kept.assessed_on, kept.order));
        self.left.replaced += u64::from(self.newest.contains_key(&key));
        if newer {
            self.newest.insert(key, kept);
        }
    }

    /// The day after the period.
    fn ends(&self) -> Option<PartialDate> {
        self.period.next_day()
    }

    /// Whether the assessment that was to follow came, as the end of the period finds it.
    fn review(&self, kept: &Kept) -> &'static str {
        let Some(next_on) = kept.next_on else { return "none" };
        let latest = kept.person.as_ref().and_then(|person| self.latest.get(person));
        if latest.is_some_and(|latest| *latest > kept.assessed_on) {
            return "done";
        }
        let overdue = self.ends().is_some_and(|end| next_on.day_number() < end.day_number());
        if overdue { "overdue" } else { "not_due" }
    }

    /// The counts.
    #[must_use]
    pub fn finish(mut self) -> Counts {
        let mut units: BTreeMap<Place, (u64, Measures)> = BTreeMap::new();
        for mut kept in std::mem::take(&mut self.newest).into_values() {
            if kept.id.as_ref().is_some_and(|id| self.superseded.contains(id)) {
                self.left.replaced += 1;
                continue;
            }
            kept.measures.push((measure::REVIEW.to_owned(), self.review(&kept).to_owned()));
            let (people, measures) = units.entry(kept.unit).or_default();
            *people += 1;
            for (measure, category) in kept.measures {
                *measures.entry(measure).or_default().entry(category).or_default() += 1;
            }
        }
        Counts {
            counts_version: COUNTS_VERSION,
            period: self.period.to_string(),
            not_for_publication: true,
            units: units
                .into_iter()
                .map(|((questionnaire, county, station), (people, measures))| Unit {
                    questionnaire,
                    county,
                    station,
                    people,
                    measures,
                })
                .collect(),
            left_out: self.left,
        }
    }
}

/// The county and the station. The path of the organisation goes from the top down and ends with the station.
fn place(profile: &Value) -> (String, String) {
    let path: Vec<&str> = profile
        .pointer("/provenance/org_path")
        .and_then(Value::as_array)
        .map(|path| path.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let stated = profile.pointer("/provenance/station").and_then(Value::as_str);
    let station = stated.or_else(|| path.last().copied()).unwrap_or(UNNAMED);
    let above = path.iter().rev().find(|name| **name != station);
    (above.copied().unwrap_or(UNNAMED).to_owned(), station.to_owned())
}

impl Unit {
    fn place(&self) -> Place {
        (self.questionnaire.clone(), self.county.clone(), self.station.clone())
    }
}

impl Counts {
    /// Reads counts that came up from below.
    ///
    /// # Errors
    /// What is wrong with them, in one sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let counts: Self = serde_json::from_str(text).map_err(|error| {
            format!(
                "these are no counts of version {COUNTS_VERSION} (line {}, column {})",
                error.line(),
                error.column()
            )
        })?;
        if counts.counts_version != COUNTS_VERSION {
            return Err(format!("this engine reads counts of version {COUNTS_VERSION}"));
        }
        Ok(counts)
    }

    /// Adds the counts of other stations for the same period.
    ///
    /// # Errors
    /// If the periods differ, or a station is in both: its people would count twice.
    pub fn combine(mut self, other: Self) -> Result<Self, String> {
        if self.period != other.period {
            return Err(format!("the periods differ: {} and {}", self.period, other.period));
        }
        let known: BTreeSet<Place> = self.units.iter().map(Unit::place).collect();
        if let Some(twice) = other.units.iter().find(|unit| known.contains(&unit.place())) {
            return Err(format!("the station `{}` is counted in two files", twice.station));
        }
        self.units.extend(other.units);
        self.units.sort_by_key(Unit::place);
        self.left_out.without_consent += other.left_out.without_consent;
        self.left_out.outside_period += other.left_out.outside_period;
        self.left_out.replaced += other.left_out.replaced;
        Ok(self)
    }

    /// As canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not text could fail, and there is none.
        canonical::of(self).unwrap_or_default()
    }
}

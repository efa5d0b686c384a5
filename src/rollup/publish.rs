//! From counts to tables that may be shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::counts::{Counts, Left, Unit};
use super::{THRESHOLD, measure, suppress};

/// A number of people; none where it is suppressed, whether it is small itself or would give a small one away.
pub type Count = Option<u64>;

/// Tables that may be shown to anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Always 1.
    pub rollup_version: u32,
    /// The period.
    pub period: String,
    /// Counts from 1 up to below this are not shown.
    pub threshold: u64,
    /// One for each questionnaire with enough people.
    pub sets: Vec<Set>,
    /// Profiles that are not counted, by reason.
    pub left_out: BTreeMap<&'static str, Count>,
}

/// The tables of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Set {
    /// The id of the questionnaire.
    pub questionnaire: String,
    /// How many people.
    pub people: u64,
    /// One for each measure.
    pub tables: Vec<Table>,
}

/// The people by category, for all, for each county and for each station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What is counted, such as `domain.D05`.
    pub measure: String,
    /// The categories, in order.
    pub categories: Vec<String>,
    /// All people first, then each county with its stations.
    pub rows: Vec<Row>,
    /// Whether nothing of it can be shown.
    pub withheld: bool,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Whose people.
    pub place: Place,
    /// How many.
    pub people: u64,
    /// By category.
    pub counts: Vec<Count>,
}

/// Whose people a row counts. Stations and counties with few people are put together under no name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// Everybody.
    All,
    /// A county.
    County {
        /// Its name; none for the small ones together.
        county: Option<String>,
    },
    /// A station.
    Station {
        /// The county.
        county: Option<String>,
        /// Its name; none for the small ones together.
        station: Option<String>,
    },
}

/// A station, or several together, with its counts by measure.
#[derive(Clone, Debug)]
struct Group<'a> {
    station: Option<String>,
    units: Vec<&'a Unit>,
}

/// A county, or several together.
#[derive(Clone, Debug)]
struct County<'a> {
    name: Option<String>,
    groups: Vec<Group<'a>>,
}

/// Makes the tables that may be shown.
#[must_use]
pub fn publish(counts: &Counts) -> Published {
    let questionnaires: BTreeSet<&String> = counts.units.iter().map(|unit| &unit.questionnaire).collect();
    let sets = questionnaires.into_iter().filter_map(|questionnaire| {
        let units: Vec<&Unit> =
            counts.units.iter().filter(|unit| unit.questionnaire == *questionnaire).collect();
        let people = units.iter().map(|unit| unit.people).sum();
        // Of fewer people than the threshold nothing can be said.
        (people >= THRESHOLD).then(|| set(questionnaire, people, &units))
    });
    let Left { without_consent, outside_period, replaced } = counts.left_out;
    let shown = |count: u64| (count == 0 || count >= THRESHOLD).then_some(count);
    Published {
        rollup_version: 1,
        period: counts.period.clone(),
        threshold: THRESHOLD,
        sets: sets.collect(),
        left_out: [
            ("without_consent", shown(without_consent)),
            ("outside_period", shown(outside_period)),
            ("replaced", shown(replaced)),
        ]
        .into(),
    }
}

fn set(questionnaire: &str, people: u64, units: &[&Unit]) -> Set {
    let counties = counties(units);
    let measures: BTreeSet<&String> = units.iter().flat_map(|unit| unit.measures.keys()).collect();
    let tables = measures.into_iter().map(|measure| table(measure, people, units, &counties)).collect();
    Set { questionnaire: questionnaire.to_owned(), people, tables }
}

impl Group<'_> {
    fn people(&self) -> u64 {
        self.units.iter().map(|unit| unit.people).sum()
    }
}

impl County<'_> {
    fn people(&self) -> u64 {
        self.groups.iter().map(Group::people).sum()
    }
}

/// The counties with their stations, so that each has enough people for its number to be shown.
fn counties<'a>(units: &[&'a Unit]) -> Vec<County<'a>> {
    let mut by_name: BTreeMap<&str, Vec<Group<'a>>> = BTreeMap::new();
    for unit in units {
        let group = Group { station: Some(unit.station.clone()), units: vec![*unit] };
        by_name.entry(&unit.county).or_default().push(group);
    }
    let named = by_name.into_iter().map(|(name, groups)| County { name: Some(name.to_owned()), groups });
    let join = |a: County<'a>, b: County<'a>| County { name: None, groups: [a.groups, b.groups].concat() };
    let mut counties = merged(named.collect(), County::people, join);
    for county in &mut counties {
        let join = |a: Group<'a>, b: Group<'a>| Group { station: None, units: [a.units, b.units].concat() };
        // Among counties that are put together a station's name would tell which they are.
        let groups = std::mem::take(&mut county.groups);
        county.groups = match county.name {
            Some(_) => merged(groups, Group::people, join),
            None => groups.into_iter().reduce(join).into_iter().collect(),
        };
        if county.name.is_none() {
            for group in &mut county.groups {
                group.station = None;
            }
        }
    }
    counties
}

/// Puts the small ones together until each has enough people; the names of those are gone.
fn merged<T>(all: Vec<T>, people: impl Fn(&T) -> u64, join: impl Fn(T, T) -> T) -> Vec<T> {
    let (mut large, mut small): (Vec<T>, Vec<T>) = all.into_iter().partition(|one| people(one) >= THRESHOLD);
    while !small.is_empty() && (small.iter().map(&people).sum::<u64>() < THRESHOLD || small.len() == 1) {
        // One alone would be named by those that are shown: it is joined with the smallest of the others.
        let smallest = (0..large.len()).min_by_key(|&index| large.get(index).map(&people));
        let Some(index) = smallest else { break };
        small.push(large.remove(index));
    }
    large.extend(small.into_iter().reduce(join));
    large
}

fn table(measure: &str, people: u64, units: &[&Unit], counties: &[County<'_>]) -> Table {
    let found: BTreeSet<&String> =
        units.iter().filter_map(|unit| unit.measures.get(measure)).flat_map(BTreeMap::keys).collect();
    let known = measure::categories(measure);
    let mut categories: Vec<String> = known.iter().map(|category| (*category).to_owned()).collect();
    categories.extend(found.into_iter().filter(|category| !known.contains(&category.as_str())).cloned());
    // For all people only, there is one place, in which everybody is.
    let everybody;
    let counties = if measure::is_for_all_only(measure) {
        everybody = [County { name: None, groups: vec![Group { station: None, units: units.to_vec() }] }];
        &everybody[..]
    } else {
        counties
    };
    let stations: Vec<Vec<Vec<u64>>> = counties
        .iter()
        .map(|county| county.groups.iter().map(|group| counts_of(group, measure, &categories)).collect())
        .collect();
    let hidden = suppress::suppress(&stations, THRESHOLD);
    let withheld = hidden.is_none();
    let show = |count: u64, hidden: Option<bool>| (hidden == Some(false)).then_some(count);
    let shown = |counts: &[u64], hidden: Option<&Vec<bool>>| -> Vec<Count> {
        let hides = |index: usize| hidden.and_then(|hidden| hidden.get(index).copied());
        counts.iter().enumerate().map(|(index, count)| show(*count, hides(index))).collect()
    };
    let sum = |rows: &[Vec<u64>]| -> Vec<u64> {
        (0..categories.len()).map(|index| rows.iter().filter_map(|row| row.get(index)).sum()).collect()
    };
    let county_sums: Vec<Vec<u64>> = stations.iter().map(|rows| sum(rows)).collect();
    let mut rows = vec![Row {
        place: Place::All,
        people,
        counts: shown(&sum(&county_sums), hidden.as_ref().map(|hidden| &hidden.all)),
    }];
    let shown_places = if measure::is_for_all_only(measure) { &[] } else { counties };
    for (at, county) in shown_places.iter().enumerate() {
        let hidden_county = hidden.as_ref().and_then(|hidden| hidden.counties.get(at));
        rows.push(Row {
            place: Place::County { county: county.name.clone() },
            people: county.people(),
            counts: shown(county_sums.get(at).map_or(&[][..], Vec::as_slice), hidden_county),
        });
        for (station_at, group) in county.groups.iter().enumerate() {
            let hidden_station = hidden
                .as_ref()
                .and_then(|hidden| hidden.stations.get(at))
                .and_then(|rows| rows.get(station_at));
            let counts =
                stations.get(at).and_then(|rows| rows.get(station_at)).map_or(&[][..], Vec::as_slice);
            rows.push(Row {
                place: Place::Station { county: county.name.clone(), station: group.station.clone() },
                people: group.people(),
                counts: shown(counts, hidden_station),
            });
        }
    }
    Table { measure: measure.to_owned(), categories, rows, withheld }
}

/// The people of a station by category. Whom a profile of another version says nothing about is in the last category,
/// so that every table has the same people.
fn counts_of(group: &Group<'_>, measure: &str, categories: &[String]) -> Vec<u64> {
    let in_unit = |unit: &Unit, category: &String| {
        unit.measures.get(measure).and_then(|counts| counts.get(category)).copied().unwrap_or(0)
    };
    let mut counts: Vec<u64> = categories
        .iter()
        .map(|category| group.units.iter().map(|unit| in_unit(unit, category)).sum())
        .collect();
    let missing = group.people().saturating_sub(counts.iter().sum());
    if let Some(last) = counts.last_mut() {
        *last += missing;
    }
    counts
}

//! Which counts of a table are not shown.

use super::network::{EdgeIndex, Network};

/// What is hidden of a table: by category, for all, each county and each station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) all: Vec<bool>,
    pub(super) counties: Vec<Vec<bool>>,
    pub(super) stations: Vec<Vec<Vec<bool>>>,
}

/// Hides every count from 1 up to below the threshold, and as many others as it takes that from all that is shown,
/// sums included, nobody can tell that one of them is below it. None if that cannot be.
///
/// The numbers of people of a station, a county and of all are shown, and must be at least the threshold.
pub(super) fn suppress(stations: &[Vec<Vec<u64>>], threshold: u64) -> Option<Hidden> {
    let categories = stations.iter().flatten().map(Vec::len).max().unwrap_or(0);
    let mut network = Network::default();
    let top = network.node();
    let by_category: Vec<_> = (0..categories).map(|_| network.node()).collect();
    let sum =
        |rows: &[Vec<u64>], category: usize| -> u64 { rows.iter().filter_map(|row| row.get(category)).sum() };
    let all: Vec<EdgeIndex> = by_category
        .iter()
        .enumerate()
        .map(|(category, node)| {
            let count = stations.iter().map(|rows| sum(rows, category)).sum();
            network.edge(top, *node, count)
        })
        .collect();
    let (mut county_edges, mut station_edges) = (Vec::new(), Vec::new());
    for rows in stations {
        let nodes: Vec<_> = by_category.iter().map(|_| network.node()).collect();
        let edges: Vec<EdgeIndex> = by_category
            .iter()
            .zip(&nodes)
            .enumerate()
            .map(|(category, (from, to))| network.edge(*from, *to, sum(rows, category)))
            .collect();
        county_edges.push(edges);
        let mut of_county = Vec::new();
        for row in rows {
            let station = network.node();
            let edges: Vec<EdgeIndex> =
                nodes.iter().zip(row).map(|(from, count)| network.edge(*from, station, *count)).collect();
            of_county.push(edges);
        }
        station_edges.push(of_county);
    }
    let mut small: Vec<(u64, EdgeIndex)> = network
        .edges
        .iter()
        .enumerate()
        .filter(|(_, edge)| (1..threshold).contains(&edge.count))
        .map(|(index, edge)| (edge.count, index))
        .collect();
    for (_, edge) in &small {
        network.hide(*edge);
    }
    // The smallest need the most room; what is hidden for them serves the others.
    small.sort_unstable();
    for (count, edge) in small {
        if !network.protect(edge, threshold - count) {
            return None;
        }
    }
    let hidden = |edges: &Vec<EdgeIndex>| -> Vec<bool> {
        edges.iter().map(|edge| network.edges.get(*edge).is_none_or(|edge| edge.hidden)).collect()
    };
    Some(Hidden {
        all: hidden(&all),
        counties: county_edges.iter().map(hidden).collect(),
        stations: station_edges.iter().map(|rows| rows.iter().map(hidden).collect()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const THRESHOLD: u64 = 5;

    /// A table as a reader sees it: the counts of stations that are hidden are unknowns, and so are hidden sums.
    struct Reader<'t> {
        stations: &'t [Vec<Vec<u64>>],
        hidden: &'t Hidden,
    }

    impl Reader<'_> {
        /// Every value up to `most` that one cell can have, found by trying all numbers that keep what is shown. This
        /// shares nothing with the network.
        fn values(&self, wanted: (usize, usize, usize), most: u64) -> std::collections::BTreeSet<u64> {
            let mut cells = Vec::new();
            for (county, rows) in self.stations.iter().enumerate() {
                for (station, row) in rows.iter().enumerate() {
                    cells.extend((0..row.len()).map(|category| (county, station, category)));
                }
            }
            let mut found = std::collections::BTreeSet::new();
            for value in 0..=most {
                let mut table = self.stations.to_vec();
                if self.fill(&cells, 0, &mut table, wanted, value) {
                    found.insert(value);
                }
            }
            found
        }

        fn fill(
            &self,
            cells: &[(usize, usize, usize)],
            at: usize,
            table: &mut Vec<Vec<Vec<u64>>>,
            wanted: (usize, usize, usize),
            value: u64,
        ) -> bool {
            let Some(&(county, station, category)) = cells.get(at) else { return self.keeps(table) };
            let row_sum: u64 = self.stations[county][station].iter().sum();
            let last = category + 1 == self.stations[county][station].len();
            let before: u64 = table[county][station][..category].iter().sum();
            if before > row_sum {
                return false;
            }
            let actual = self.stations[county][station][category];
            let candidates: Vec<u64> = if (county, station, category) == wanted {
                vec![value]
            } else if !self.hidden.stations[county][station][category] {
                vec![actual]
            } else if last {
                vec![row_sum - before]
            } else {
                (0..=row_sum - before).collect()
            };
            for candidate in candidates {
                if (before + candidate > row_sum) || (last && before + candidate != row_sum) {
                    continue;
                }
                table[county][station][category] = candidate;
                // A county's sums are known when its last station is filled.
                let county_done = last && station + 1 == self.stations[county].len();
                if county_done && !self.county_keeps(county, &table[county]) {
                    continue;
                }
                if self.fill(cells, at + 1, table, wanted, value) {
                    return true;
                }
            }
            table[county][station][category] = actual;
            false
        }

        fn county_keeps(&self, county: usize, rows: &[Vec<u64>]) -> bool {
            (0..self.hidden.all.len()).all(|category| {
                let sum = |rows: &[Vec<u64>]| rows.iter().map(|row| row[category]).sum::<u64>();
                self.hidden.counties[county][category] || sum(rows) == sum(&self.stations[county])
            })
        }

        fn keeps(&self, table: &[Vec<Vec<u64>>]) -> bool {
            (0..self.hidden.all.len()).all(|category| {
                let sum =
                    |table: &[Vec<Vec<u64>>]| table.iter().flatten().map(|row| row[category]).sum::<u64>();
                self.hidden.all[category] || sum(table) == sum(self.stations)
            })
        }
    }

    /// Up to three stations with few people: all tables that fit can be tried.
    fn tables() -> impl Strategy<Value = Vec<Vec<Vec<u64>>>> {
        let row = || {
            prop::collection::vec(0_u64..6, 3).prop_filter("a station has enough people", |row| {
                (THRESHOLD..=10).contains(&row.iter().sum())
            })
        };
        prop_oneof![
            (row(), row(), row()).prop_map(|(a, b, c)| vec![vec![a, b], vec![c]]),
            (row(), row()).prop_map(|(a, b)| vec![vec![a], vec![b]]),
            (row(), row(), row()).prop_map(|(a, b, c)| vec![vec![a, b, c]]),
            row().prop_map(|row| vec![vec![row]]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn from_what_is_shown_nobody_can_tell_that_a_count_is_small(stations in tables()) {
            let Some(hidden) = suppress(&stations, THRESHOLD) else { return Ok(()) };
            let reader = Reader { stations: &stations, hidden: &hidden };
            for (county, rows) in stations.iter().enumerate() {
                for (station, row) in rows.iter().enumerate() {
                    for (category, &count) in row.iter().enumerate() {
                        let hides = hidden.stations[county][station][category];
                        let small = (1..THRESHOLD).contains(&count);
                        prop_assert!(hides || !small);
                        if hides {
                            let values = reader.values((county, station, category), row.iter().sum());
                            prop_assert!(values.contains(&count));
                            prop_assert!(values.len() > 1, "found again: {values:?}");
                            prop_assert!(!small || values.last() >= Some(&THRESHOLD), "{count}: {values:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_small_count_takes_others_with_it_and_large_tables_stay() {
        let stations = vec![vec![vec![20, 3, 30], vec![25, 12, 40]]];
        let hidden = suppress(&stations, THRESHOLD).unwrap();
        assert!(hidden.stations[0][0][1], "the small one");
        let many = hidden.stations[0].iter().flatten().filter(|hidden| **hidden).count();
        assert_eq!(many, 4, "a rectangle of four, and the sums stay: {hidden:?}");
        assert!(!hidden.all.contains(&true) && !hidden.counties[0].contains(&true));
        let large = vec![vec![vec![20, 0, 30]], vec![vec![25, 12, 40]]];
        let hidden = suppress(&large, THRESHOLD).unwrap();
        assert!(!hidden.stations.iter().flatten().flatten().any(|hidden| *hidden));
    }
}

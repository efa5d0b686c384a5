//! The worked cases of the scales that the project ships, by their structure alone.

use super::*;
use crate::plan::{Band, Fidelity, Item, ItemPoints, Localised, QuestionId};
use crate::scoring::band::place;
use crate::scoring::{ScoreResult, ScoreStatus};

fn number(value: i64) -> Decimal {
    Decimal::from(value)
}

/// An item worth `lo` to `hi` points.
pub(in crate::scoring) fn item(lo: i64, hi: i64) -> Item {
    Item {
        id: "item".into(),
        points: ItemPoints::Question(QuestionId(0)),
        weight: Decimal::ONE,
        reverse: false,
        range: Interval::new(number(lo), number(hi)),
    }
}

fn scale(method: Method, missing: MissingRule, range: (i64, i64), step: i64, bands: &[(i64, i64)]) -> Score {
    Score {
        id: "scale".into(),
        title: Localised::plain("Scale"),
        description: None,
        items: Vec::new(),
        method,
        missing,
        range: Interval::new(number(range.0), number(range.1)),
        step: number(step),
        rounding: None,
        bands: bands
            .iter()
            .zip(0..)
            .map(|(&(from, to), level)| Band {
                id: format!("b{from}_{to}").into(),
                from: number(from),
                to: number(to),
                title: None,
                level: Some(level),
                place: Default::default(),
            })
            .collect(),
        alternative_bands: Vec::new(),
        adjustments: None,
        structure: None,
        source: None,
        licence: None,
        fidelity: Fidelity::Adapted,
        definition: "".into(),
        show: false,
        questions: Vec::new(),
        place: Default::default(),
    }
}

/// Scores items that all have the same range; none stands for a missing one.
fn score(scale: &Score, range: (i64, i64), points: &[Option<i64>]) -> ScoreResult {
    let parts: Vec<Part> = points
        .iter()
        .map(|points| Part {
            stands: false,
            points: points.map(number),
            range: Interval::new(number(range.0), number(range.1)),
            weight: Decimal::ONE,
        })
        .collect();
    place(scale, of_items(scale, &parts))
}

fn all(points: &[i64]) -> Vec<Option<i64>> {
    points.iter().copied().map(Some).collect()
}

fn band<'a>(scale: &'a Score, result: &ScoreResult) -> Option<&'a str> {
    result.band_in(scale).map(|band| &*band.id)
}

fn adl10() -> Score {
    scale(Method::Sum, MissingRule::Interval, (0, 100), 5, &[(0, 40), (41, 60), (61, 99), (100, 100)])
}

/// The items of `adl10` with their own maxima; the last `missing` are not answered.
fn score_adl10(points: [i64; 10], missing: usize) -> ScoreResult {
    let parts: Vec<Part> = points
        .iter()
        .zip([10, 5, 5, 10, 10, 10, 10, 15, 15, 10])
        .enumerate()
        .map(|(index, (&points, most))| Part {
            stands: false,
            points: (index < 10 - missing).then(|| number(points)),
            range: Interval::new(number(0), number(most)),
            weight: Decimal::ONE,
        })
        .collect();
    place(&adl10(), of_items(&adl10(), &parts))
}

#[test]
fn everyday_activities_add_up_and_the_bands_know_the_step() {
    let result = score_adl10([10, 0, 5, 5, 10, 5, 5, 10, 10, 0], 0);
    assert_eq!(result.value, Some(number(60)));
    assert_eq!((result.status, band(&adl10(), &result)), (ScoreStatus::Complete, Some("b41_60")));
    let dressed = score_adl10([10, 0, 5, 10, 10, 5, 5, 10, 10, 0], 0);
    assert_eq!((dressed.value, band(&adl10(), &dressed)), (Some(number(65)), Some("b61_99")));
}

#[test]
fn a_missing_item_leaves_an_interval_that_may_still_decide_the_band() {
    let open = score_adl10([10, 0, 5, 5, 10, 5, 5, 10, 5, 0], 1);
    assert_eq!((open.value, open.interval), (None, Interval::new(number(55), number(65))));
    assert_eq!((open.status, open.band), (ScoreStatus::Indeterminate, None));
    let certain = score_adl10([10, 0, 5, 5, 10, 5, 0, 10, 5, 0], 1);
    assert_eq!(certain.interval, Interval::new(number(50), number(60)));
    assert_eq!((certain.status, band(&adl10(), &certain)), (ScoreStatus::Determined, Some("b41_60")));
    let nothing = score_adl10([0; 10], 10);
    assert_eq!((nothing.status, nothing.band, nothing.answered), (ScoreStatus::NotAssessed, None, 0));
    assert_eq!(nothing.interval, Interval::new(number(0), number(100)));
}

#[test]
fn function_is_the_worst_of_its_domains() {
    let scale = scale(Method::Max, MissingRule::Interval, (1, 4), 1, &[(1, 2), (3, 4)]);
    let yes = |points: &[Option<i64>]| {
        let result = score(&scale, (1, 4), points);
        (band(&scale, &result).map(|band| band == "b3_4"), result.status)
    };
    assert_eq!(yes(&all(&[2, 2, 2, 2, 2, 2])), (Some(false), ScoreStatus::Complete));
    assert_eq!(yes(&all(&[1, 1, 3, 1, 1, 1])), (Some(true), ScoreStatus::Complete));
    let unknown = [Some(1), Some(1), None, Some(1), Some(1), Some(1)];
    assert_eq!(yes(&unknown), (None, ScoreStatus::Indeterminate));
    let decided = [Some(1), Some(4), None, Some(1), Some(1), Some(1)];
    assert_eq!(yes(&decided), (Some(true), ScoreStatus::Determined));
}

#[test]
fn food_with_one_declined_straddles_two_bands() {
    let scale = scale(Method::Sum, MissingRule::Interval, (0, 8), 1, &[(0, 0), (1, 3), (4, 6), (7, 8)]);
    let three = score(&scale, (0, 1), &all(&[1, 1, 1, 0, 0, 0, 0, 0]));
    assert_eq!((three.value, three.level), (Some(number(3)), Some(1)));
    let four = score(&scale, (0, 1), &all(&[1, 1, 1, 0, 1, 0, 0, 0]));
    assert_eq!((four.value, four.level), (Some(number(4)), Some(2)));
    let mut declined = all(&[1, 1, 1, 0, 0, 0, 0, 0]);
    declined[4] = None;
    let open = score(&scale, (0, 1), &declined);
    assert_eq!((open.value, open.interval), (None, Interval::new(number(3), number(4))));
    assert_eq!((open.status, open.answered, open.of), (ScoreStatus::Indeterminate, 7, 8));
}

#[test]
fn mood_is_prorated_from_seven_and_provisional_where_the_interval_leaves_the_band() {
    let bands = [(0, 4), (5, 9), (10, 14), (15, 19), (20, 27)];
    let scale = scale(Method::Sum, MissingRule::Prorate { min_answered: 7 }, (0, 27), 1, &bands);
    let mut points = all(&[1, 1, 1, 1, 1, 1, 1, 1, 1]);
    points[7] = None;
    points[8] = None;
    let result = score(&scale, (0, 3), &points);
    assert_eq!((result.value, result.status), (Some(number(9)), ScoreStatus::Prorated));
    assert_eq!(result.interval, Interval::new(number(7), number(13)));
    assert!(result.band_provisional);
    points[6] = None;
    let too_few = score(&scale, (0, 3), &points);
    assert_eq!((too_few.value, too_few.status), (None, ScoreStatus::Indeterminate));
    let mut high = all(&[3, 3, 3, 3, 3, 3, 3, 0, 0]);
    high[8] = None;
    let high = score(&scale, (0, 3), &high);
    // 21 from eight items: 23.6, rounded to 24, and [21, 24] stays in the highest band.
    assert_eq!((high.value, high.band_provisional), (Some(number(24)), false));
}

#[test]
fn a_prorated_value_rounds_to_the_step_half_away_from_zero_before_banding() {
    let scale = scale(
        Method::Sum,
        MissingRule::Prorate { min_answered: 11 },
        (0, 15),
        1,
        &[(0, 4), (5, 9), (10, 15)],
    );
    // 12 answered: 15 × 3 ÷ 12 = 3.75 → 4; 15 × 6 ÷ 12 = 7.5 → 8.
    for (yes, expected) in [(3, 4), (6, 8)] {
        let points: Vec<_> = (0..15).map(|index| (index < 12).then(|| i64::from(index < yes))).collect();
        assert_eq!(score(&scale, (0, 1), &points).value, Some(number(expected)));
    }
    assert_eq!(to_step(Decimal::new(625, 1), Decimal::ZERO, number(5)), Some(number(65)));
    assert_eq!(to_step(number(6), number(3), number(4)), Some(number(7)));
}

#[test]
fn twenty_six_items_are_all_answered_or_there_is_no_value_and_no_band() {
    let bands = [(0, 29), (30, 45), (46, 65), (66, 89), (90, 90)];
    let scale = scale(Method::Sum, MissingRule::None, (0, 90), 1, &bands);
    let points = [4, 3, 2, 3, 3, 3, 3, 3, 3, 3, 2, 1, 3, 3, 4, 3, 3, 3, 1, 1, 2, 1, 1, 3, 2, 3];
    let most = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 1, 1, 2, 2, 2, 4, 3, 4];
    let parts = |answered: usize| -> Vec<Part> {
        points
            .iter()
            .zip(most)
            .enumerate()
            .map(|(index, (&points, most))| Part {
                stands: false,
                points: (index < answered).then(|| number(points)),
                range: Interval::new(number(0), number(most)),
                weight: Decimal::ONE,
            })
            .collect()
    };
    let complete = place(&scale, of_items(&scale, &parts(26)));
    assert_eq!((complete.value, band(&scale, &complete)), (Some(number(66)), Some("b66_89")));
    let partial = place(&scale, of_items(&scale, &parts(25)));
    assert_eq!((partial.value, partial.band, partial.level), (None, None, None));
    assert_eq!(partial.status, ScoreStatus::Indeterminate);
    assert_eq!(partial.interval, Interval::new(number(63), number(67)));
}

#[test]
fn a_few_blanks_count_as_nothing_and_too_many_spoil_the_score() {
    let scale = scale(Method::Sum, MissingRule::BlankZero { max_blank: 3 }, (0, 34), 1, &[(0, 14), (15, 34)]);
    let mut points = vec![Some(1); 17];
    points[..3].fill(None);
    let result = score(&scale, (0, 2), &points);
    assert_eq!((result.value, result.status, result.answered), (Some(number(14)), ScoreStatus::Complete, 14));
    assert_eq!(result.interval, Interval::new(number(14), number(20)));
    points[3] = None;
    let spoilt = score(&scale, (0, 2), &points);
    assert_eq!((spoilt.value, spoilt.band, spoilt.status), (None, None, ScoreStatus::Invalid));
}

#[test]
fn social_ties_and_belonging_are_plain_sums() {
    let network = scale(Method::Sum, MissingRule::Interval, (0, 30), 1, &[(0, 11), (12, 30)]);
    assert_eq!(score(&network, (0, 5), &all(&[2, 2, 2, 2, 2, 1])).level, Some(0));
    assert_eq!(score(&network, (0, 5), &all(&[2, 2, 2, 2, 2, 2])).level, Some(1));
    let lonely = scale(Method::Sum, MissingRule::Interval, (3, 9), 1, &[(3, 5), (6, 9)]);
    assert_eq!(score(&lonely, (1, 3), &all(&[2, 2, 2])).level, Some(1));
    let belonging = scale(Method::Sum, MissingRule::Interval, (0, 24), 1, &[(0, 9), (10, 15), (16, 24)]);
    assert_eq!(score(&belonging, (0, 4), &all(&[1, 1, 2, 0, 1, 2])).value, Some(number(7)));
}

#[test]
fn a_count_counts_the_items_that_have_points() {
    let scale = scale(Method::Count, MissingRule::Interval, (0, 3), 1, &[(0, 0), (1, 3)]);
    assert_eq!(score(&scale, (0, 1), &all(&[1, 0, 1])).value, Some(number(2)));
    let open = score(&scale, (0, 1), &[Some(1), None, Some(0)]);
    assert_eq!((open.value, open.interval), (None, Interval::new(number(1), number(2))));
    assert_eq!(band(&scale, &open), Some("b1_3"));
}

#[test]
fn weights_scale_points_and_a_negative_one_turns_the_range_round() {
    let sum = scale(Method::Sum, MissingRule::Interval, (-3, 6), 1, &[]);
    let part = |points: Option<i64>, weight| Part {
        stands: false,
        points: points.map(number),
        range: Interval::new(number(0), number(3)),
        weight: number(weight),
    };
    let total = of_items(&sum, &[part(Some(2), 2), part(None, -1)]);
    assert_eq!((total.value, total.interval), (None, Interval::new(number(1), number(4))));
    let mean = scale(Method::Mean, MissingRule::Interval, (0, 3), 1, &[]);
    let total = of_items(&mean, &[part(Some(3), 2), part(Some(0), 1)]);
    assert_eq!(total.value, Some(number(2)));
}

#[test]
fn numbers_that_are_too_large_to_add_leave_the_score_open() {
    let scale = scale(Method::Sum, MissingRule::Interval, (0, 10), 1, &[]);
    let part = Part {
        stands: false,
        points: Some(Decimal::MAX),
        range: Interval::point(Decimal::MAX),
        weight: Decimal::ONE,
    };
    let total = of_items(&scale, &[part, part]);
    assert_eq!((total.value, total.kind), (None, TotalKind::Open));
}

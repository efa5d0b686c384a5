use super::bands::bands;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;

rule! {
    /// Finds a value that a score can have and that lies in no band: below the first, above the last, or between two
    /// though they are only a step apart.
    ///
    /// # Why
    /// Somebody with this value has no band and no level, and rules that ask for them stay undecided.
    ///
    /// # Example
    /// A score from 0 to 8 with
    /// ```json
    /// "bands": [ { "id": "low", "from": 1, "to": 3 }, { "id": "high", "from": 4, "to": 8 } ]
    /// ```
    /// has no band for 0.
    ///
    /// # Instead
    /// Let the bands hold every value, here with a band from 0 to 0.
    LINT_BAND_MISSING, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for bands in bands(form) {
        let held = |value| bands.bands.iter().any(|band| (band.from..=band.to).contains(value));
        let missing = bands.values.iter().find(|value| {
            // A wide gap between two bands was told when the score was compiled.
            let told = bands.bands.windows(2).any(|pair| match pair {
                [below, above] => {
                    below.to < **value
                        && **value < above.from
                        && above.from.checked_sub(below.to).is_none_or(|gap| gap > bands.score.step)
                }
                _ => false,
            });
            !held(value) && !told
        });
        let Some(value) = missing else { continue };
        let message = format!("the score can be {}, which lies in no band", value.normalize());
        let help = "let one of the bands hold it, or add a band";
        findings.add(findings.of(message).help(help).at(bands.list.key_place()), bands.list, &[]);
    }
}

use super::bands::bands;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;

rule! {
    /// Finds a band in which no value of the score can lie, counted out from the points of its items.
    ///
    /// # Why
    /// Nobody will ever be in it. Mostly a bound was mistyped, and the people meant for it are in a neighbouring band.
    ///
    /// # Example
    /// A score of three items with 0 or 5 points each is 0, 5, 10 or 15, and never in
    /// ```json
    /// { "id": "some", "from": 6, "to": 9 }
    /// ```
    ///
    /// # Instead
    /// Correct the bounds, or the points of the choices.
    LINT_BAND_UNREACHABLE, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for bands in bands(form) {
        for band in bands.bands {
            let reached = if bands.listed {
                bands.values.iter().any(|value| (band.from..=band.to).contains(value))
            } else {
                band.from <= bands.score.range.hi && band.to >= bands.score.range.lo
            };
            let Some(item) = bands.item(band).filter(|_| !reached) else { continue };
            let below = bands.values.iter().rev().find(|value| **value < band.from);
            let above = bands.values.iter().find(|value| **value > band.to);
            let help = match (below, above) {
                (Some(below), Some(above)) => {
                    format!("the score goes from {} straight to {}", below.normalize(), above.normalize())
                }
                (Some(below), None) => format!("the score is at most {}", below.normalize()),
                (None, Some(above)) => format!("the score is at least {}", above.normalize()),
                (None, None) => "the score has no values".to_owned(),
            };
            let message = format!("no value of the score lies in the band `{}`", band.id);
            findings.add(findings.of(message).help(help), item, &[]);
        }
    }
}

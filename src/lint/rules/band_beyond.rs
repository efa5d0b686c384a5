use super::bands::bands;
use crate::diagnostic::Fix;
use crate::json::edit;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;

rule! {
    /// Finds a band that reaches beyond what the score can be.
    ///
    /// # Why
    /// The bound says that there are points to be had that no item gives: an item is missing, or the bound is wrong.
    ///
    /// # Example
    /// Eight items of one point each make at most 8:
    /// ```json
    /// { "id": "high", "from": 4, "to": 10 }
    /// ```
    ///
    /// # Instead
    /// End the band where the score ends, here at 8, or add the missing item.
    LINT_BAND_BEYOND, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for bands in bands(form) {
        let (Some(least), Some(most)) = (bands.values.first(), bands.values.last()) else { continue };
        for band in bands.bands {
            let Some(item) = bands.item(band) else { continue };
            // A band that is wholly beyond is unreachable, which is another finding.
            if band.to < *least || band.from > *most {
                continue;
            }
            for (keyword, beyond, end) in
                [("from", band.from < *least, *least), ("to", band.to > *most, *most)]
            {
                let Some(bound) = item.get(keyword).filter(|_| beyond) else { continue };
                let end = end.normalize();
                let word = if keyword == "from" { "least" } else { "most" };
                let fix = Fix::safe(format!("write {end}"), edit::replace(bound, &end.to_string()));
                let message = format!("the band `{}` goes on, but the score is at {word} {end}", band.id);
                let help = format!("write {end}, or add the item that is missing");
                findings.add(findings.of(message).help(help).fix(fix), bound, &[]);
            }
        }
    }
}

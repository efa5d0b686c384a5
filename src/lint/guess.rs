use crate::diagnostic::{Diagnostic, Edit, Fix, Sources};

/// The change that a message guesses at: "there is no question named `aeg`: did you mean `age`?" where `aeg` stands.
///
/// Only where the misspelt word itself is the place, in quotes or bare, so that nothing else can be replaced.
pub(super) fn of(diagnostic: &Diagnostic, sources: &Sources) -> Option<Fix> {
    let (said, meant) = diagnostic.message.rsplit_once("did you mean ")?;
    let meant = meant.strip_suffix('?')?;
    let place = diagnostic.place.as_ref()?;
    let offset = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let written = sources.text(place.source).get(offset(place.span.start)..offset(place.span.end))?;
    let (mark, meant) = match (meant.strip_prefix('`'), meant.strip_prefix('\'')) {
        (Some(rest), _) => ('`', rest.strip_suffix('`')?),
        (_, Some(rest)) => ('\'', rest.strip_suffix('\'')?),
        _ => return None,
    };
    // `power(…)` says what to look for, not what to write.
    if meant.contains('…') || meant.contains(['"', '\\', '(']) {
        return None;
    }
    let quote = written.chars().next().filter(|first| matches!(first, '"' | '\'') && written.len() > 1);
    let word = match quote {
        Some(quote) => written.strip_prefix(quote)?.strip_suffix(quote)?,
        None => written,
    };
    if !said.contains(&format!("{mark}{word}{mark}")) {
        return None;
    }
    let text = match quote {
        Some(quote) => format!("{quote}{meant}{quote}"),
        None => meant.to_owned(),
    };
    let edit = Edit { source: place.source, span: place.span, text };
    Some(Fix::suggestion(format!("write `{meant}`"), edit))
}

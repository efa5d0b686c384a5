use crate::diagnostic::{Diagnostic, Place};

/// The faults of a text that holds answers, so that they hold none.
///
/// Where the text is broken, what was read as a name may be the rest of an answer (`"Ma"ria Li"`), and a pointer would
/// repeat it. The names on the way to the first fault were read before anything was wrong; a pointer keeps those, and
/// loses what it has beyond them.
#[must_use]
pub fn discreet(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let broken = faults.iter().filter(|fault| fault.is_error() && fault.code.as_str().starts_with("json."));
    let first = broken.filter_map(|fault| fault.place.as_ref()).min_by_key(|place| place.span.start);
    let Some(first) = first.cloned() else { return faults };
    for fault in &mut faults {
        let places = fault.place.iter_mut().chain(fault.related.iter_mut().map(|(place, _)| place));
        for place in places.filter(|place| place.span.start >= first.span.start) {
            shorten(place, &first.pointer);
        }
    }
    faults
}

fn shorten(place: &mut Place, trusted: &str) {
    let shared = place.pointer.split('/').zip(trusted.split('/')).take_while(|(own, trusted)| own == trusted);
    let kept: Vec<&str> = shared.map(|(own, _)| own).collect();
    place.pointer = kept.join("/");
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceId;

    fn pointers(text: &str) -> Vec<String> {
        let faults = super::discreet(crate::json::read(text, SourceId(0)).1);
        faults.into_iter().map(|fault| fault.place.unwrap().pointer).collect()
    }

    #[test]
    fn what_follows_a_break_is_not_taken_for_a_name() {
        for text in [
            r#"{"answers": {"name": "Ma"ria Li", "age": 1}}"#,
            r#"{"answers": {"name": "Ma" ria: {"li": [1,]}, 1 2}}"#,
            r#"{"answers": {"name": "Ma"}} ria {"li": }"#,
        ] {
            let found = pointers(text);
            assert!(!found.is_empty());
            for pointer in found {
                assert!(["", "/answers", "/answers/name"].contains(&pointer.as_str()), "{text}: {pointer}");
            }
        }
    }

    #[test]
    fn the_way_to_the_first_fault_is_kept() {
        assert_eq!(pointers(r#"{"answers": {"rows": [{"n": 01}]}}"#), ["/answers/rows/0/n"]);
        assert_eq!(pointers(r#"{"answers": {"n": 1, "n": 2}}"#), ["/answers"]);
    }
}

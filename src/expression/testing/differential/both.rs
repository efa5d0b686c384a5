//! A text in both languages, and templates that are filled in both at once.

/// An expression in both languages.
#[derive(Clone, Debug)]
pub(super) struct Both {
    pub(super) ours: String,
    pub(super) theirs: String,
}

/// The same text in both.
pub(super) fn same(text: impl Into<String>) -> Both {
    let ours = text.into();
    Both { theirs: ours.clone(), ours }
}

/// Different texts.
pub(super) fn apart(ours: impl Into<String>, theirs: impl Into<String>) -> Both {
    Both { ours: ours.into(), theirs: theirs.into() }
}

/// Two templates in which `{}` stands for the parts in turn, and `{0}` for a part by its number.
pub(super) fn fill(ours: &str, theirs: &str, parts: &[&Both]) -> Both {
    let write = |template: &str, text: fn(&Both) -> &str| {
        let mut written = String::new();
        let mut rest = template;
        let mut next = 0;
        while let Some((before, after)) = rest.split_once('{') {
            let (hole, after) = after.split_once('}').unwrap();
            written.push_str(before);
            match hole {
                "" => {
                    written.push_str(text(parts[next]));
                    next += 1;
                }
                number => match number.parse::<usize>() {
                    Ok(number) => written.push_str(text(parts[number])),
                    // `{}` that is meant as it stands is written `{nothing}`.
                    Err(_) => written.push_str("{}"),
                },
            }
            rest = after;
        }
        written + rest
    };
    Both { ours: write(ours, |both| &both.ours), theirs: write(theirs, |both| &both.theirs) }
}

/// The same template in both.
pub(super) fn both(template: &str, parts: &[&Both]) -> Both {
    fill(template, template, parts)
}

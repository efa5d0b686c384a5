//! Lists in the markup of the pages.

/// The places, as lines from 1, of lists that stand among siblings.
///
/// Yew matches siblings without keys from the last one backwards, and puts the elements of a `{ for … }` among its
/// siblings: one more of them, and everything that stands before is built anew. The focus and a finger are lost with it.
pub(crate) fn among_siblings(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("{ for ") {
        let (before, rest) = text.split_at(start);
        let Some(length) = length_of_block(rest) else { continue };
        let is_first = is_opened(before.trim_end());
        let is_last = rest.get(length..).is_some_and(|after| after.trim_start().starts_with("</"));
        if !(is_first && is_last) {
            found.push(before.matches('\n').count() + 1);
        }
    }
    found
}

/// Whether markup ends with the tag that opens an element or a fragment.
fn is_opened(markup: &str) -> bool {
    let closes = || markup.rsplit('<').next().is_some_and(|tag| tag.starts_with('/'));
    let other = ["/>", "=>", "->"].iter().any(|end| markup.ends_with(end));
    markup.ends_with('>') && !other && !closes()
}

/// The length of a block, from its `{` to after its `}`.
fn length_of_block(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(place + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[test]
fn a_list_among_siblings_is_found() {
    assert_eq!(among_siblings("<ul>{ for rows }</ul>"), []);
    assert_eq!(among_siblings("<p/>\n<>{ for rows.map(|one| html! { <i>{ one }</i> }) }</>"), []);
    assert_eq!(among_siblings("<ul>\n<li></li>\n{ for rows }</ul>"), [3]);
    assert_eq!(among_siblings("<ul>{ for rows }<li/></ul>"), [1]);
}

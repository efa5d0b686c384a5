use std::borrow::Cow;

/// What begins a formula in one spreadsheet or another, the wide forms of Chinese and Japanese keyboards too.
const ALWAYS: [char; 7] = ['=', '@', '\t', '\r', '\n', '＝', '＠'];
/// What begins a formula or a number.
const SIGNS: [char; 4] = ['+', '-', '＋', '－'];
/// Where a program that takes the file for one with other separators begins a new cell.
const SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];

/// A text that no spreadsheet takes for a formula: an apostrophe, which spreadsheets read as "this is text", stands
/// before whatever could be one. A number with its sign and a telephone number with its country stay as they are, and
/// so does every text that could not be taken for anything else.
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    let mut at_start = true;
    for (at, letter) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        let dangerous = if at == 0 { begins_formula(rest) } else { at_start && hides_formula(rest) };
        if dangerous {
            out.push_str(text.get(kept..at).unwrap_or_default());
            out.push('\'');
            kept = at;
        }
        // Blanks and quotes do not keep a spreadsheet from looking at what follows.
        at_start = SEPARATORS.contains(&letter) || (at_start && at > 0 && matches!(letter, ' ' | '"'));
    }
    if kept == 0 && out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// Whether a cell that begins so may be a formula.
fn begins_formula(cell: &str) -> bool {
    let Some(first) = cell.chars().next() else { return false };
    ALWAYS.contains(&first) || (SIGNS.contains(&first) && !is_number(cell))
}

/// Whether a part of a text would be a formula for a program that reads it as a cell of its own. A dash that begins an
/// item of a list is none.
fn hides_formula(part: &str) -> bool {
    let part = part.split(SEPARATORS).next().unwrap_or_default();
    let Some(first) = part.chars().next() else { return false };
    let calls = |letter: char| matches!(letter, '(' | '|' | '!');
    matches!(first, '=' | '@' | '＝' | '＠') || (SIGNS.contains(&first) && part.contains(calls))
}

/// `-5`, `+0.5`, `+86 138 0013 8000`: a sign, then digits in groups. What could be added up is none.
fn is_number(cell: &str) -> bool {
    let Some(digits) = cell.strip_prefix(['+', '-']) else { return false };
    let groups: Vec<&str> = digits.split(' ').collect();
    let whole = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    match groups.as_slice() {
        [one] => {
            one.split_once('.').map_or_else(|| whole(one), |(before, after)| whole(&before) && whole(&after))
        }
        several => several.iter().all(whole),
    }
}

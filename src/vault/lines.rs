//! The lines of a draft's journal, from the pieces that hold them: single entries, and packs of many.
//!
//! Packing saves the room and the time that a thousand small pieces take. Nothing is left out of it: who answered what
//! and when is what an audit asks for. Nor does it put answers at risk: what is packed stands before the last snapshot,
//! which repeats all that was answered until then, and the first lines stay as they are. A pack that was damaged later
//! costs history, and no answer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// So many entries are worth packing.
pub const WORTH_PACKING: usize = 400;
/// The header, the profile from which the interview goes on and the first snapshot stay by themselves.
const FIRST_STAY: u64 = 3;
/// A pack holds so many lines at most: damage to it costs no more.
const MOST_PACKED: usize = 200;
/// Fewer are not worth a pack of their own.
const LEAST_PACKED: usize = 20;
/// How a line of a snapshot is told. Within an answer the quotes would stand behind a backslash.
const SNAPSHOT: &str = "\"do\":\"snapshot\"";

/// The lines that could be read, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(BTreeMap<u64, String>);

impl Lines {
    /// Adds the lines of a pack, from the number of its last one. What is no pack adds nothing: its lines are missing.
    pub fn add_pack(&mut self, last: u64, text: &str) {
        let Ok(packed) = serde_json::from_str::<Vec<String>>(text) else { return };
        let first = last.checked_add(1).and_then(|end| end.checked_sub(packed.len() as u64));
        if let Some(first) = first {
            self.0.extend((first..).zip(packed));
        }
    }

    /// Adds a line that stands by itself.
    pub fn add(&mut self, number: u64, line: String) {
        self.0.insert(number, line);
    }

    /// A line.
    #[must_use]
    pub fn get(&self, number: u64) -> Option<&str> {
        self.0.get(&number).map(String::as_str)
    }

    /// The number after the last.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.0.last_key_value().map_or(0, |(number, _)| number + 1)
    }

    /// The numbers below one that are missing: lost, or damaged.
    #[must_use]
    pub fn missing(&self, until: u64) -> Vec<u64> {
        (0..until).filter(|number| !self.0.contains_key(number)).collect()
    }

    /// All of them with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &str)> {
        self.0.iter().map(|(number, line)| (*number, line.as_str()))
    }

    /// All of them, in order.
    #[must_use]
    pub fn into_texts(self) -> Vec<String> {
        self.0.into_values().collect()
    }
}

/// The packs to make of the entries that stand by themselves and could be read, in the order of their numbers. None
/// reaches over a gap: what could not be read stays where it is.
#[must_use]
pub fn packs(entries: &[(u64, String)]) -> Vec<&[(u64, String)]> {
    let is_snapshot = |(_, line): &(u64, String)| line.contains(SNAPSHOT);
    let Some(end) = entries.iter().rposition(is_snapshot) else { return Vec::new() };
    let begin = entries.iter().position(|(number, _)| *number >= FIRST_STAY).unwrap_or(end).min(end);
    let before = entries.get(begin..end).unwrap_or_default();
    before
        .chunk_by(|(one, _), (next, _)| one + 1 == *next)
        .flat_map(|run| run.chunks(MOST_PACKED))
        .filter(|chunk| chunk.len() >= LEAST_PACKED)
        .collect()
}

/// A line as it goes into the audit trail: without what was begun in a form and is not stated. The trail says what people
/// did, and they have not done that.
#[must_use]
pub fn for_the_trail(line: &str) -> Cow<'_, str> {
    const BEGUN: &str = "begun";
    if !line.contains("\"begun\":") {
        return line.into();
    }
    match serde_json::from_str::<Map<String, Value>>(line) {
        // In an entry of the journal it is the name of an answer.
        Ok(mut members) if members.contains_key("stated") => {
            members.remove(BEGUN);
            Value::from(members).to_string().into()
        }
        _ => line.into(),
    }
}

/// The text of a pack.
///
/// # Errors
/// Never in practice: texts can always be written.
pub fn pack_text(lines: &[(u64, String)]) -> serde_json::Result<Vec<u8>> {
    let lines: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
    serde_json::to_vec(&lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(numbers: impl IntoIterator<Item = u64>, snapshot: u64) -> Vec<(u64, String)> {
        let line = |number| match number == snapshot {
            true => format!(r#"{{"seq":{number},"do":"snapshot"}}"#),
            false => format!(r#"{{"seq":{number},"value":"\"do\":\"snapshot\""}}"#),
        };
        numbers.into_iter().map(|number| (number, line(number))).collect()
    }

    #[test]
    fn what_stands_before_the_last_snapshot_is_packed_and_nothing_else() {
        let numbers = |entries: &[(u64, String)]| -> Vec<(u64, u64)> {
            packs(entries).iter().map(|pack| (pack[0].0, pack[pack.len() - 1].0)).collect()
        };
        assert_eq!(numbers(&entries(0..600, 510)), [(3, 202), (203, 402), (403, 509)]);
        assert!(numbers(&entries(0..600, 700)).is_empty(), "no snapshot, nothing packed");
        assert!(numbers(&entries(0..600, 2)).is_empty());
        assert!(numbers(&entries(0..600, 10)).is_empty(), "not worth it");
        let gap = entries((0..100).chain(102..300), 299);
        assert_eq!(numbers(&gap), [(3, 99), (102, 298)]);
        assert!(packs(&[]).is_empty());
    }

    #[test]
    fn what_was_begun_is_in_no_trail() {
        let line =
            r#"{"stated":{"goals":[{"text":"a"}]},"begun":{"goals":{"another":{"text":"b"}}},"by":"w"}"#;
        let cut: Value = serde_json::from_str(&for_the_trail(line)).unwrap();
        assert_eq!(cut, serde_json::json!({ "stated": { "goals": [{ "text": "a" }] }, "by": "w" }));
        for line in
            [r#"{"seq":1,"value":{"begun":1,"stated":2}}"#, r#"{"seq":1,"value":"\"begun\":"}"#, "\"begun\":"]
        {
            assert_eq!(for_the_trail(line), line);
        }
    }

    #[test]
    fn packs_are_read_again_and_what_is_none_is_missing() {
        let all = entries(0..300, 299);
        let mut lines = Lines::default();
        for pack in packs(&all) {
            let text = String::from_utf8(pack_text(pack).unwrap()).unwrap();
            lines.add_pack(pack[pack.len() - 1].0, &text);
        }
        assert_eq!(lines.missing(300), [0, 1, 2, 299]);
        for (number, line) in &all {
            assert!(lines.get(*number).is_none_or(|one| one == line));
            lines.add(*number, line.clone());
        }
        assert_eq!((lines.missing(300), lines.next()), (vec![], 300));
        assert_eq!(lines.clone().into_texts().len(), lines.iter().count());
        let mut lines = Lines::default();
        lines.add_pack(1, r#"["a","b","c"]"#);
        lines.add_pack(u64::MAX, r#"["a"]"#);
        lines.add_pack(7, "not a list");
        assert_eq!(lines, Lines::default(), "more lines than numbers, or none");
    }
}

/// A half-open range of bytes in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Which file of a [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// A text that was read.
#[derive(Clone, Debug)]
struct File {
    name: String,
    text: String,
    /// The byte with which each line begins: looked up for every diagnostic, and there may be very many.
    lines: Vec<usize>,
    confidential: bool,
}

/// The texts that were read, by the names under which they are shown.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<File>,
}

impl Sources {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; the same name twice is the same file, with the text it had first.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.put(name.into(), text.into(), false)
    }

    /// Adds a file that holds what people answered: its places are shown, its lines never.
    pub fn add_confidential(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.put(name.into(), text.into(), true)
    }

    fn put(&mut self, name: String, text: String, confidential: bool) -> SourceId {
        if let Some(known) = self.find(&name) {
            return known;
        }
        let id = SourceId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        self.files.push(File { name, text, lines, confidential });
        id
    }

    /// The same files under other names.
    #[must_use]
    pub fn renamed(mut self, rename: impl Fn(&str) -> String) -> Self {
        for file in &mut self.files {
            file.name = rename(&file.name);
        }
        self
    }

    fn file(&self, source: SourceId) -> Option<&File> {
        self.files.get(usize::from(source.0))
    }

    /// The file of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<SourceId> {
        let index = self.files.iter().position(|file| file.name == name)?;
        u16::try_from(index).ok().map(SourceId)
    }

    /// The name of a file.
    #[must_use]
    pub fn name(&self, source: SourceId) -> &str {
        self.file(source).map_or("", |file| &file.name)
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, source: SourceId) -> &str {
        self.file(source).map_or("", |file| &file.text)
    }

    /// A line of a file, from 1, as it may be shown; none if it may not, or if there is no such line.
    #[must_use]
    pub fn line(&self, source: SourceId, line: usize) -> Option<&str> {
        let file = self.file(source).filter(|file| !file.confidential)?;
        let start = *file.lines.get(line.checked_sub(1)?)?;
        let end = file.lines.get(line).map_or(file.text.len(), |next| next - 1);
        file.text.get(start..end).map(|text| text.trim_end_matches('\r'))
    }

    /// Every file's name and text, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|file| (file.name.as_str(), file.text.as_str()))
    }

    /// Line and column, both from 1, of a byte; a column counts characters.
    #[must_use]
    pub fn line_column(&self, source: SourceId, byte: u32) -> (usize, usize) {
        let Some(file) = self.file(source) else { return (1, 1) };
        let mut end = usize::try_from(byte).unwrap_or(usize::MAX).min(file.text.len());
        while !file.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = file.lines.partition_point(|&start| start <= end).max(1);
        let start = file.lines.get(line - 1).copied().unwrap_or(0);
        let column = file.text.get(start..end).unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_by_character() {
        let mut sources = Sources::new();
        let source = sources.add("a.json", "{\r\n  \"名\": 1,\n}");
        let places =
            [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (9, (2, 5)), (13, (2, 9)), (15, (3, 1)), (99, (3, 2))];
        for (byte, place) in places {
            assert_eq!(sources.line_column(source, byte), place, "{byte}");
        }
        assert_eq!(sources.line(source, 1), Some("{"));
        assert_eq!(sources.line(source, 2), Some("  \"名\": 1,"));
        assert_eq!(sources.line(source, 3), Some("}"));
        assert_eq!((sources.line(source, 0), sources.line(source, 4)), (None, None));
    }

    #[test]
    fn what_people_answered_is_not_shown() {
        let mut sources = Sources::new();
        let source = sources.add_confidential("record.json", "{\"name\": \"Ma\"}");
        assert_eq!(sources.line_column(source, 9), (1, 10));
        assert_eq!(sources.line(source, 1), None);
        assert_eq!(sources.renamed(|name| format!("x/{name}")).line(source, 1), None);
    }
}

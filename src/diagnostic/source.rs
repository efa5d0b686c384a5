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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// The texts that were read, by the names under which they are shown.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<(String, String)>,
}

impl Sources {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; the same name twice is the same file, with the text it had first.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let name = name.into();
        if let Some(known) = self.find(&name) {
            return known;
        }
        let id = SourceId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.files.push((name, text.into()));
        id
    }

    /// The file of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<SourceId> {
        let index = self.files.iter().position(|(known, _)| known == name)?;
        u16::try_from(index).ok().map(SourceId)
    }

    /// The name of a file.
    #[must_use]
    pub fn name(&self, source: SourceId) -> &str {
        self.files.get(usize::from(source.0)).map_or("", |(name, _)| name)
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, source: SourceId) -> &str {
        self.files.get(usize::from(source.0)).map_or("", |(_, text)| text)
    }

    /// Every file's name and text, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Line and column, both from 1, of a byte; a column counts characters.
    #[must_use]
    pub fn line_column(&self, source: SourceId, byte: u32) -> (usize, usize) {
        let text = self.text(source);
        let mut end = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(..end).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

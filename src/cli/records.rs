//! Records and profiles as they come in: JSON Lines from files or standard input, or one JSON text over several lines.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use super::folder::unusable;
use super::outcome::Stop;
use crate::json;

/// A JSON text of the input.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Framed {
    /// The number of the line on which it begins, from 1.
    pub(super) line: usize,
    /// Its bytes, without the line break at its end.
    pub(super) bytes: Vec<u8>,
    /// Whether it is longer than is read; then the bytes are only its beginning.
    pub(super) too_long: bool,
}

/// Where texts come from.
pub(super) struct Input {
    /// Its name, if there are several: then a message has to tell them apart.
    pub(super) name: Option<String>,
    pub(super) bytes: Source,
}

/// The bytes of an input. What is in its buffer can be had without waiting.
pub(super) type Source = BufReader<Box<dyn Read + Send>>;

/// Enough for some dozen records, so that there is something for every processor.
const BUFFER: usize = 512 * 1024;

/// The inputs that a command line names: `-` or none is standard input.
///
/// All are opened before the first is read: a name that is mistyped is told before any work is done.
pub(super) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Stop> {
    let standard = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &standard[..] } else { paths };
    let name = |path: &Path| (paths.len() > 1).then(|| path.display().to_string());
    paths.iter().map(|path| Ok(Input { name: name(path), bytes: open(path)? })).collect()
}

fn open(path: &Path) -> Result<Source, Stop> {
    if path == Path::new("-") {
        return Ok(BufReader::with_capacity(BUFFER, Box::new(io::stdin())));
    }
    let file = File::open(path).map_err(|error| unusable(path, &error))?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(Stop::Unusable(format!("{} is a folder: name the files in it", path.display())));
    }
    Ok(BufReader::with_capacity(BUFFER, Box::new(file)))
}

/// Cuts an input into JSON texts.
///
/// A line is one text. Only if its brackets are open at its end, and the lines after it are indented or begin with a
/// closing bracket, as printers of JSON write it, do they belong to it: so a line that was cut off spoils no other.
pub(super) struct Frames {
    input: Source,
    lines: usize,
    ahead: VecDeque<Framed>,
}

impl Frames {
    pub(super) fn new(input: Source) -> Self {
        Self { input, lines: 0, ahead: VecDeque::new() }
    }

    /// The next text that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Option<Framed>> {
        loop {
            let Some(mut text) = self.line()? else { return Ok(None) };
            if text.bytes.trim_ascii().is_empty() && !text.too_long {
                continue;
            }
            // Of the next line nearly always so much is at hand that the brackets need not be counted.
            if self.next_byte().is_some_and(|byte| !goes_on(Some(byte))) {
                return Ok(Some(text));
            }
            let mut open = Brackets::default();
            open.count(&text.bytes);
            while open.are_open() && !text.too_long {
                let Some(next) = self.line()? else { break };
                if !goes_on(next.bytes.first()) {
                    self.ahead.push_front(next);
                    break;
                }
                open.count(&next.bytes);
                text.bytes.push(b'\n');
                text.bytes.extend_from_slice(&next.bytes);
                text.too_long = next.too_long || text.bytes.len() > json::MAX_BYTES;
            }
            return Ok(Some(text));
        }
    }

    /// The first byte of the next line, if it can be had without waiting for it.
    fn next_byte(&self) -> Option<&u8> {
        match self.ahead.front() {
            Some(line) => line.bytes.first(),
            None => self.input.buffer().first(),
        }
    }

    /// Whether a further line can be had without waiting for it.
    pub(super) fn has_line(&self) -> bool {
        !self.ahead.is_empty() || self.input.buffer().contains(&b'\n')
    }

    fn line(&mut self) -> io::Result<Option<Framed>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let limit = json::MAX_BYTES as u64 + 1;
        let mut bytes = Vec::new();
        if self.input.by_ref().take(limit).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        self.lines += 1;
        let ended = bytes.last() == Some(&b'\n');
        if ended {
            bytes.pop();
        }
        let too_long = !ended && bytes.len() as u64 == limit;
        if too_long {
            self.skip_line()?;
            bytes.truncate(0);
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(Framed { line: self.lines, bytes, too_long }))
    }

    /// Passes over the rest of a line without keeping it.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            let (length, ended) = match buffer.iter().position(|&byte| byte == b'\n') {
                Some(end) => (end + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.input.consume(length);
            if ended {
                return Ok(());
            }
        }
    }
}

/// Whether a line that begins so belongs to the text before it, if that is open. An empty line does.
fn goes_on(first: Option<&u8>) -> bool {
    matches!(first, None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'}' | b']'))
}

/// How many brackets are open, outside of texts.
#[derive(Default)]
struct Brackets {
    open: usize,
}

impl Brackets {
    fn count(&mut self, line: &[u8]) {
        let mut bytes = line.iter();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' => pass_text(&mut bytes),
                b'{' | b'[' => self.open += 1,
                b'}' | b']' => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn are_open(&self) -> bool {
        self.open > 0
    }
}

/// Passes over a text, of which the first quotation mark is passed. JSON has no text over several lines: an open one ends
/// with its line, and is a fault of that.
fn pass_text(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(b'\\') = bytes.find(|byte| matches!(byte, b'"' | b'\\')) {
        // What is escaped ends nothing.
        bytes.next();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn texts(input: &str) -> Vec<(usize, String)> {
        let bytes = io::Cursor::new(input.to_owned().into_bytes());
        let mut frames = Frames::new(BufReader::new(Box::new(bytes)));
        let mut all = Vec::new();
        while let Some(text) = frames.next().unwrap() {
            all.push((text.line, String::from_utf8(text.bytes).unwrap()));
        }
        all
    }

    #[test]
    fn each_line_is_a_text_and_blank_lines_are_none() {
        assert_eq!(texts("{\"a\":1}\n\n \r\n{\"b\":2}"), [(1, "{\"a\":1}".into()), (4, "{\"b\":2}".into())]);
        assert_eq!(texts(""), []);
    }

    #[test]
    fn a_printed_text_goes_over_several_lines() {
        let printed = "{\n  \"a\": [\n    1\n  ]\n}";
        assert_eq!(texts(&format!("{printed}\n{printed}\n")), [(1, printed.into()), (6, printed.into())]);
    }

    #[test]
    fn a_line_that_was_cut_off_spoils_no_other() {
        let cut = "{\"a\": {\"b\": \"c";
        assert_eq!(texts(&format!("{cut}\n{{}}\n")), [(1, cut.into()), (2, "{}".into())]);
    }

    #[test]
    fn it_is_the_same_whether_the_next_line_is_at_hand_or_not() {
        let all = "{\"a\": [\n1]}\n{\n\n  \"b\": 2\r\n}\n{\"c\": {\n{}\n]\n[\n";
        let whole = texts(all);
        for room in 1..all.len() {
            let bytes =
                BufReader::with_capacity(room, Box::new(io::Cursor::new(all)) as Box<dyn Read + Send>);
            let mut frames = Frames::new(bytes);
            let cut = std::iter::from_fn(|| frames.next().unwrap());
            let cut: Vec<_> = cut.map(|text| (text.line, String::from_utf8(text.bytes).unwrap())).collect();
            assert_eq!(cut, whole, "{room}");
        }
    }
}

use super::document::{Document, Kind, Node, NodeId, Slice, push_index, push_name};
use crate::diagnostic::{Code, Diagnostic, Place, SourceId, Span, codes};

/// How deeply arrays and objects are read inside of each other. What is deeper is passed over with an error.
pub const MAX_DEPTH: usize = 128;

/// How many bytes a file may have.
pub const MAX_BYTES: usize = 100 * 1024 * 1024;

/// How many values a file may have: what a list of a million entries needs, and no more memory than a tablet has.
pub const MAX_NODES: usize = 5_000_000;

/// How many faults of one file are listed.
pub const MAX_FAULTS: usize = 100;

/// Reads a text as JSON. What could be understood is in the document, whatever the faults; without any error it is
/// the document that every JSON reader sees. Faults come in the order of the file.
#[must_use]
pub fn read(text: &str, source: SourceId) -> (Document, Vec<Diagnostic>) {
    let mut reader = Reader {
        text,
        at: 0,
        document: Document::new(source, text.len()),
        path: Vec::new(),
        open: Vec::new(),
        last_end: 0,
        forgive_comma: false,
        end_reported: false,
        faults: Vec::new(),
        uncounted: false,
    };
    if text.len() > MAX_BYTES {
        let message = format!("the file has more than {} MB", MAX_BYTES / (1024 * 1024));
        reader.fault(codes::JSON_LIMIT, Span::new(0, 0), message, Some("split it into several files"));
    } else {
        reader.file();
    }
    reader.finish()
}

/// A step of the way from the root to where the reader is.
pub(super) enum Step {
    Name(u32),
    Index(usize),
}

/// Reads one text. Every method leaves `at` between two characters, and every loop moves it.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) document: Document,
    pub(super) path: Vec<Step>,
    /// The opening brackets of what is being read, outermost first, with where they stand.
    pub(super) open: Vec<(u8, usize)>,
    /// Where the last value ended: there a missing comma belongs.
    pub(super) last_end: usize,
    /// A text that was not closed has swallowed its comma.
    pub(super) forgive_comma: bool,
    /// That the file ends too early is said once.
    pub(super) end_reported: bool,
    faults: Vec<Diagnostic>,
    uncounted: bool,
}

impl Reader<'_> {
    fn file(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        self.skip_blanks();
        if self.at_end() {
            let message = "the file is empty";
            self.fault(
                codes::JSON_SYNTAX,
                self.span_from(self.at),
                message,
                Some("JSON holds exactly one value"),
            );
            return;
        }
        let mut root = None;
        while root.is_none() && !self.at_end() {
            root = self.value();
            self.skip_blanks();
        }
        self.document.root = root;
        if !self.at_end() {
            let help =
                "a file holds one value; remove what follows it, or look for a bracket that closes too early";
            let span =
                Span::new(offset(self.at), offset(self.at + self.peek_char().map_or(0, char::len_utf8)));
            self.fault(
                codes::JSON_TRAILING,
                span,
                "something stands after the end of the document",
                Some(help),
            );
        }
    }

    /// A value, after blanks. None if nothing here can be one; then what cannot was passed over and reported.
    pub(super) fn value(&mut self) -> Option<NodeId> {
        if self.document.nodes.len() >= MAX_NODES {
            let message = format!("the file has more than {MAX_NODES} values");
            self.fault(
                codes::JSON_LIMIT,
                self.span_from(self.at),
                message,
                Some("split it into several files"),
            );
            self.stop();
            return None;
        }
        let start = self.at;
        let id = match self.peek_char()? {
            '{' | '[' if self.open.len() >= MAX_DEPTH => {
                self.skip_nested();
                return None;
            }
            '{' => self.object(),
            '[' => self.array(),
            '"' | '\'' | '`' | '\u{201c}' | '\u{201d}' | '\u{2018}' => {
                let text = self.quoted();
                self.add(Kind::String(text), start)
            }
            '-' | '+' | '.' | '0'..='9' => self.number(),
            character if character.is_alphabetic() || character == '_' || character == '$' => {
                self.word_value()
            }
            _ => {
                self.skip_unknown();
                return None;
            }
        };
        self.last_end = self.at;
        Some(id)
    }

    /// Adds a value that stands from `start` to where the reader is.
    pub(super) fn add(&mut self, kind: Kind, start: usize) -> NodeId {
        let id = NodeId(offset(self.document.nodes.len()));
        let span = self.span_from(start);
        self.document.nodes.push(Node { kind, span, parent: None, index: 0, name: None });
        id
    }

    /// Keeps a decoded text.
    pub(super) fn keep(&mut self, text: &str) -> Slice {
        let start = offset(self.document.texts.len());
        self.document.texts.push_str(text);
        Slice(start, offset(self.document.texts.len()))
    }

    /// Passes over an array or object that is nested too deeply, in one go.
    #[cold]
    #[inline(never)]
    fn skip_nested(&mut self) {
        let start = self.at;
        let message = format!("nested more than {MAX_DEPTH} deep");
        let help = "what is deeper is not read";
        self.fault(codes::JSON_LIMIT, Span::new(offset(start), offset(start + 1)), message, Some(help));
        let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
        for (index, byte) in self.text.bytes().enumerate().skip(start) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at = index + 1;
                self.last_end = self.at;
                return;
            }
        }
        self.stop();
    }

    /// Passes over characters that begin nothing.
    #[cold]
    #[inline(never)]
    fn skip_unknown(&mut self) {
        let start = self.at;
        while let Some(character) = self.peek_char() {
            let known = matches!(character, ',' | ':' | '{' | '}' | '[' | ']' | '"');
            if self.at > start && (known || character.is_whitespace()) {
                break;
            }
            self.at += character.len_utf8();
        }
        let help = "a value is a text in double quotes, a number, true, false, null, [ … ] or { … }";
        self.fault(codes::JSON_SYNTAX, self.span_from(start), "no value begins like this", Some(help));
        self.last_end = self.at;
    }

    /// Ends the reading here: what comes after cannot be told apart any more.
    pub(super) fn stop(&mut self) {
        self.at = self.text.len();
        self.last_end = self.at;
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn peek_char(&self) -> Option<char> {
        match self.peek() {
            // Most are ASCII.
            Some(byte) if byte.is_ascii() => Some(char::from(byte)),
            _ => self.rest().chars().next(),
        }
    }

    /// From a byte to where the reader is.
    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::new(offset(start), offset(self.at))
    }

    /// Notes an error at a place inside of the value that is being read.
    pub(super) fn fault(&mut self, code: Code, span: Span, message: impl Into<String>, help: Option<&str>) {
        self.fault_with(code, span, message, help, None);
    }

    /// The same, with another place that takes part.
    pub(super) fn fault_with(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: Option<&str>,
        other: Option<(Span, &str)>,
    ) {
        // One is kept for saying that there are more.
        if self.faults.len() + 1 >= MAX_FAULTS {
            self.uncounted = true;
            return;
        }
        let pointer = self.pointer();
        let mut fault = Diagnostic::error(code, message).at(self.place(span, pointer.clone()));
        fault.help = help.map(str::to_owned);
        if let Some((span, what)) = other {
            fault = fault.related(self.place(span, pointer), what);
        }
        self.faults.push(fault);
    }

    fn place(&self, span: Span, pointer: String) -> Place {
        Place { source: self.document.source, span, pointer }
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            match step {
                Step::Name(index) => {
                    let name = self.document.names.get(*index as usize);
                    push_name(&mut pointer, name.map_or("", |name| self.document.slice(name.text)));
                }
                Step::Index(index) => push_index(&mut pointer, *index),
            }
        }
        pointer
    }

    fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        self.faults.sort_by_key(|fault| fault.place.as_ref().map(|place| place.span));
        if self.uncounted {
            let message = format!("there are more faults than the {} listed", self.faults.len());
            let end = Span::new(offset(self.text.len()), offset(self.text.len()));
            let help = "put these right first";
            let more =
                Diagnostic::error(codes::JSON_LIMIT, message).at(self.place(end, String::new())).help(help);
            self.faults.push(more);
        }
        (self.document, self.faults)
    }
}

/// Positions fit into 32 bits: a text is at most [`MAX_BYTES`] long.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

//! Arrays and objects: where commas, colons and brackets go missing, and how the reader finds its way back.

use super::document::{Document, Kind, Name, NodeId, Slice, Text};
use super::reader::{Reader, Step, offset};
use crate::diagnostic::{Span, codes};

/// Objects with more members than this are looked up in a sorted index.
const FEW: usize = 12;

/// What stands between two parts of a container.
enum Between {
    /// Another part begins here.
    Part,
    /// The end: it was passed over, or it is missing and that was reported.
    End,
}

impl Reader<'_> {
    /// An array; the reader stands before its bracket.
    #[inline(never)]
    pub(super) fn array(&mut self) -> NodeId {
        let start = self.open_bracket(b'[');
        let id = self.add(Kind::Null, start);
        let mut items = Vec::new();
        let mut parts = 0;
        while let Between::Part = self.between(b']', parts) {
            parts += 1;
            self.path.push(Step::Index(items.len()));
            items.extend(self.value());
            self.path.pop();
        }
        self.open.pop();
        for (index, &item) in (0u32..).zip(&items) {
            if let Some(node) = self.document.nodes.get_mut(item.0 as usize) {
                node.parent = Some(id);
                node.index = index;
            }
        }
        let items = self.keep_children(&items);
        self.close(id, Kind::Array(items))
    }

    /// An object; the reader stands before its bracket.
    #[inline(never)]
    pub(super) fn object(&mut self) -> NodeId {
        let start = self.open_bracket(b'{');
        let id = self.add(Kind::Null, start);
        let mut members = Vec::new();
        let mut parts = 0;
        while let Between::Part = self.between(b'}', parts) {
            parts += 1;
            if let Some(member) = self.member() {
                members.push(member);
            }
        }
        self.open.pop();
        for &member in &members {
            if let Some(node) = self.document.nodes.get_mut(member.0 as usize) {
                node.parent = Some(id);
            }
        }
        let (members, sorted) = self.without_doubles(members);
        let members = self.keep_children(&members);
        let sorted = self.keep_children(if sorted.len() > FEW { &sorted } else { &[] });
        self.close(id, Kind::Object(members, sorted))
    }

    fn open_bracket(&mut self, bracket: u8) -> usize {
        let start = self.at;
        self.open.push((bracket, start));
        self.at += 1;
        self.last_end = self.at;
        start
    }

    fn close(&mut self, id: NodeId, kind: Kind) -> NodeId {
        let end = offset(self.at);
        if let Some(node) = self.document.nodes.get_mut(id.0 as usize) {
            node.kind = kind;
            node.span.end = end;
        }
        id
    }

    fn keep_children(&mut self, children: &[NodeId]) -> Slice {
        let start = offset(self.document.children.len());
        self.document.children.extend_from_slice(children);
        Slice(start, offset(self.document.children.len()))
    }

    /// Passes over what stands before the next item or member: exactly one comma, or the closing bracket.
    fn between(&mut self, closing: u8, parts: usize) -> Between {
        let mut comma: Option<Span> = None;
        let mut complained = false;
        loop {
            self.skip_blanks();
            if self.at_end() {
                self.unclosed_bracket();
                return Between::End;
            }
            let start = self.at;
            let Some(mark) = self.mark() else { break };
            match mark.mark {
                b',' => {
                    self.take(mark);
                    let span = self.span_from(start);
                    if (comma.is_some() || parts == 0) && !complained {
                        complained = true;
                        let help = "take out this comma, or write what is missing before it";
                        self.fault(codes::JSON_COMMA, span, "a comma too many", Some(help));
                    }
                    comma = Some(span);
                }
                b':' => {
                    self.take(mark);
                    let help = if closing == b']' {
                        "names and colons belong into { … }, not into [ … ]"
                    } else {
                        "write a name in double quotes before the colon"
                    };
                    let message = "no colon belongs here";
                    self.fault(codes::JSON_SYNTAX, self.span_from(start), message, Some(help));
                    if closing == b']' {
                        // What follows is taken as the next item: `["a": 1]` has one fault, not two.
                        comma = Some(self.span_from(start));
                        complained = true;
                    }
                }
                found if found == closing => {
                    if let (Some(span), false) = (comma, complained) {
                        let help = "JSON has no comma after the last item";
                        self.fault(codes::JSON_COMMA, span, "a comma too many", Some(help));
                    }
                    self.at += 1;
                    self.forgive_comma = false;
                    return Between::End;
                }
                found => {
                    let opening = if found == b'}' { b'{' } else { b'[' };
                    let outer = self.open.len().saturating_sub(1);
                    if self.open.iter().take(outer).any(|(bracket, _)| *bracket == opening) {
                        // It closes something around this, so that it is this one's bracket that is missing.
                        self.unclosed_bracket();
                        return Between::End;
                    }
                    self.at += 1;
                    let (message, help) = if closing == b']' {
                        ("`}` closes nothing here", "the array is closed with `]`")
                    } else {
                        ("`]` closes nothing here", "the object is closed with `}`")
                    };
                    self.fault(codes::JSON_SYNTAX, self.span_from(start), message, Some(help));
                }
            }
        }
        if parts > 0 && comma.is_none() && !complained && !self.forgive_comma {
            let span = Span::new(offset(self.last_end), offset(self.last_end));
            let next = Span::new(offset(self.at), offset(self.at + 1));
            let help = "write a comma between two items or members";
            self.fault_with(
                codes::JSON_COMMA,
                span,
                "a comma is missing",
                Some(help),
                Some((next, "the next begins here")),
            );
        }
        self.forgive_comma = false;
        Between::Part
    }

    /// The bracket that was opened last is never closed. At the end of the file it is said once, for the innermost.
    fn unclosed_bracket(&mut self) {
        let Some(&(bracket, opened)) = self.open.last() else { return };
        let opening = Span::new(offset(opened), offset(opened + 1));
        let (message, help) = if bracket == b'{' {
            ("the object that begins here is not closed", "close it with `}`")
        } else {
            ("the array that begins here is not closed", "close it with `]`")
        };
        if !self.at_end() {
            let here = Span::new(offset(self.at), offset(self.at + 1));
            let what = "this closes what is around it";
            self.fault_with(codes::JSON_SYNTAX, opening, message, Some(help), Some((here, what)));
        } else if !self.end_reported {
            self.end_reported = true;
            self.fault(codes::JSON_SYNTAX, opening, message, Some(help));
        }
    }

    /// A name, a colon and a value. None if there is no name or no value; that was reported.
    #[inline(never)]
    fn member(&mut self) -> Option<NodeId> {
        let start = self.at;
        let name = self.member_name()?;
        let span = self.span_from(start);
        let index = offset(self.document.names.len());
        self.document.names.push(Name { text: name.text, span });
        self.last_end = self.at;
        self.path.push(Step::Name(index));
        let value = self.member_value(span);
        self.path.pop();
        if let Some(node) = value.and_then(|value| self.document.nodes.get_mut(value.0 as usize)) {
            node.name = Some(index);
        }
        value
    }

    fn member_name(&mut self) -> Option<Text> {
        match self.peek_char()? {
            '"' | '\'' | '`' | '\u{201c}' | '\u{201d}' | '\u{2018}' => Some(self.quoted()),
            first if first.is_alphabetic() || first == '_' || first == '$' => Some(self.bare_name()),
            _ => {
                // A number, an array, an object or nothing that JSON knows: read it, so as to come after it.
                let start = self.at;
                if self.value().is_some() {
                    let help = "a member of an object is written \"name\": value";
                    let message = "a name in double quotes should stand here";
                    self.fault(codes::JSON_SYNTAX, self.span_from(start), message, Some(help));
                }
                self.skip_blanks();
                if let Some(colon) = self.mark().filter(|mark| mark.mark == b':') {
                    self.take(colon);
                    self.skip_blanks();
                    if self.mark().is_none() {
                        let _ = self.value();
                    }
                }
                None
            }
        }
    }

    #[inline(never)]
    fn member_value(&mut self, name: Span) -> Option<NodeId> {
        let help = "a member of an object is written \"name\": value";
        // A name that was not closed has swallowed its colon and perhaps its value.
        let swallowed = std::mem::take(&mut self.forgive_comma);
        self.skip_blanks();
        match self.mark() {
            Some(colon) if colon.mark == b':' => self.take(colon),
            Some(_) if !swallowed => {
                self.fault(codes::JSON_SYNTAX, name, "a name without a value", Some(help));
                return None;
            }
            _ if swallowed || self.at_end() => {
                self.forgive_comma = swallowed;
                return None;
            }
            _ => self.fault(codes::JSON_SYNTAX, name, "a colon is missing after this name", Some(help)),
        }
        self.skip_blanks();
        if self.at_end() || self.mark().is_some() {
            let span = Span::new(offset(self.at.saturating_sub(1)), offset(self.at));
            self.fault(codes::JSON_SYNTAX, span, "a value is missing after the colon", Some(help));
            return None;
        }
        self.value()
    }

    /// The members in document order without those whose name stood before, which is an error, and sorted by name.
    #[inline(never)]
    fn without_doubles(&mut self, mut members: Vec<NodeId>) -> (Vec<NodeId>, Vec<NodeId>) {
        // As programs write them.
        if members.is_sorted_by(|&a, &b| self.document.name(a) < self.document.name(b)) {
            return (members.clone(), members);
        }
        let mut sorted = members.clone();
        // Ids grow along the file, so that the first of equal names comes first.
        sorted.sort_by(|&a, &b| (self.document.name(a), a).cmp(&(self.document.name(b), b)));
        let mut doubles = Vec::new();
        sorted.dedup_by(|later, first| {
            let same = self.document.name(*later) == self.document.name(*first);
            if same {
                doubles.push((*first, *later));
            }
            same
        });
        doubles.sort_by_key(|&(_, later)| later);
        for &(first, later) in &doubles {
            let name_span = |document: &Document, id: NodeId| document.key_place(id).span;
            let (here, before) = (name_span(&self.document, later), name_span(&self.document, first));
            let message = "the name stands twice in this object";
            let help = "rename or remove one of the two";
            self.fault_with(
                codes::JSON_DUPLICATE_NAME,
                here,
                message,
                Some(help),
                Some((before, "first here")),
            );
        }
        if !doubles.is_empty() {
            let gone: std::collections::BTreeSet<NodeId> =
                doubles.into_iter().map(|(_, later)| later).collect();
            members.retain(|member| !gone.contains(member));
        }
        (members, sorted)
    }
}

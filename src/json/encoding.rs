use crate::diagnostic::{Diagnostic, Place, SourceId, Span, codes};

/// The most places of a file at which its encoding is complained about.
const MAX_PLACES: usize = 10;

/// The text of a file, whatever its bytes are.
///
/// Bytes that are no UTF-8 become U+FFFD and an error each, up to ten, at its place in the text that is returned. A
/// byte order mark stays in the text; [`super::read`] passes over it.
#[must_use]
pub fn decode(bytes: Vec<u8>, source: SourceId) -> (String, Vec<Diagnostic>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, Vec::new()),
        Err(error) => error.into_bytes(),
    };
    let help = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "the file seems to be UTF-16: save it as UTF-8"
    } else {
        "save the file as UTF-8; editors offer it under \"encoding\""
    };
    let mut text = String::with_capacity(bytes.len());
    let mut faults = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
        text.push(char::REPLACEMENT_CHARACTER);
        if faults.len() < MAX_PLACES {
            let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let place = Place { source, span: Span::new(start, end), pointer: String::new() };
            let message = "these bytes are not UTF-8, the encoding of JSON";
            faults.push(Diagnostic::error(codes::JSON_ENCODING, message).at(place).help(help));
        }
    }
    (text, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_in_another_encoding_are_shown_where_they_stand() {
        let (text, faults) = decode(b"{\"a\": \"\xc4\xe3\"}".to_vec(), SourceId(0));
        assert_eq!(text, "{\"a\": \"\u{fffd}\u{fffd}\"}");
        let starts: Vec<_> =
            faults.iter().filter_map(|fault| Some(fault.place.as_ref()?.span.start)).collect();
        assert_eq!(starts, [7, 10]);
    }
}

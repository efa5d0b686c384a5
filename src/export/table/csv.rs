//! CSV after RFC 4180, for people who open it by a double click: a byte order mark tells that it is UTF-8, every text
//! is quoted, and no text is a formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::cell::Cell;
use super::column::Column;
use super::neutral::neutral;

/// What the file begins with: without it, spreadsheets read Chinese as something else.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The beginning of a table: the mark and the names of the columns.
#[must_use]
pub fn header(columns: &[Column]) -> Vec<u8> {
    let mut bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
    bytes.extend(line(&columns.iter().map(|column| Cell::text(column.name.as_str())).collect::<Vec<_>>()));
    bytes
}

/// A line of a table.
#[must_use]
pub fn line(cells: &[Cell]) -> Vec<u8> {
    // What is not quoted is a number, a truth value or nothing: the writer tells numbers by themselves.
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::NonNumeric)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for cell in cells {
        // A vector takes whatever is written to it.
        let _ = match cell {
            Cell::Text(text) => writer.write_field(neutral(text).as_bytes()),
            other => writer.write_field(other.to_text()),
        };
    }
    let _ = writer.write_record(None::<&[u8]>);
    writer.into_inner().unwrap_or_default()
}

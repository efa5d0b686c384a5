//! A workbook. Texts are cells of type text, which no spreadsheet computes; one that would be a formula if it were typed
//! in again is marked as text besides, so that it stays what it is.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook as Book, XlsxError};

use super::cell::Cell;
use super::neutral::neutral;
use super::{Row, Tables};

/// The most characters of a cell, columns and rows of a sheet.
const MOST_CHARACTERS: usize = 32_767;
const MOST_COLUMNS: usize = 16_384;
const MOST_ROWS: u32 = 1_048_576;

/// A workbook with a sheet for each table.
pub struct Workbook {
    book: Book,
    /// The next row of each sheet.
    next: Vec<u32>,
    marked: Format,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook").field("next", &self.next).finish_non_exhaustive()
    }
}

impl Workbook {
    /// A workbook with the names of the columns.
    ///
    /// # Errors
    /// That there are more columns than a sheet has.
    pub fn new(tables: &Tables) -> Result<Self, String> {
        let mut book = Book::new();
        // The same profiles give the same bytes, whenever they are written.
        let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| error.to_string())?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let mut names = BTreeSet::new();
        let head = Format::new().set_bold();
        for table in &tables.tables {
            if table.columns.len() > MOST_COLUMNS {
                return Err(format!("the table {} has more columns than a sheet: take CSV", table.name));
            }
            let sheet = book.add_worksheet();
            let told = |error: XlsxError| error.to_string();
            sheet.set_name(sheet_name(&table.name, &mut names)).map_err(told)?;
            for (index, column) in (0_u16..).zip(&table.columns) {
                sheet.write_string_with_format(0, index, &column.name, &head).map_err(told)?;
            }
            sheet.set_freeze_panes(1, 1).map_err(told)?;
        }
        Ok(Self { next: vec![1; tables.tables.len()], book, marked: Format::new().set_quote_prefix() })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// That the sheet is full, or a text longer than a cell.
    pub fn add(&mut self, row: &Row) -> Result<(), String> {
        let told = |error: XlsxError| error.to_string();
        let Some(next) = self.next.get_mut(row.table) else { return Ok(()) };
        if *next >= MOST_ROWS {
            return Err("a sheet has room for 1,048,575 rows: take CSV".to_owned());
        }
        let sheet = self.book.worksheet_from_index(row.table).map_err(told)?;
        for (index, cell) in (0_u16..).zip(&row.cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) if text.encode_utf16().count() > MOST_CHARACTERS => {
                    return Err("a text is longer than the 32,767 characters of a cell: take CSV".to_owned());
                }
                Cell::Text(text) if matches!(neutral(text), std::borrow::Cow::Owned(_)) => {
                    sheet.write_string_with_format(*next, index, text, &self.marked).map_err(told)?;
                }
                Cell::Text(text) => {
                    sheet.write_string(*next, index, text).map_err(told)?;
                }
                Cell::Number(number) => match number.parse::<f64>() {
                    Ok(number) => {
                        sheet.write_number(*next, index, number).map_err(told)?;
                    }
                    Err(_) => {
                        sheet.write_string(*next, index, number).map_err(told)?;
                    }
                },
                // A text, as in CSV: LibreOffice makes a formula of a cell of type boolean.
                Cell::Boolean(answer) => {
                    sheet.write_string(*next, index, answer.to_string()).map_err(told)?;
                }
            }
        }
        *next += 1;
        Ok(())
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// What the library cannot write.
    pub fn finish(mut self) -> Result<Vec<u8>, String> {
        self.book.save_to_buffer().map_err(|error| error.to_string())
    }
}

/// The name of a sheet: at most 31 characters, without those that a reference cannot hold, and each once.
fn sheet_name(table: &str, taken: &mut BTreeSet<String>) -> String {
    let safe: String = table
        .chars()
        .map(|letter| if "[]:*?/\\'".contains(letter) { '_' } else { letter })
        .take(28)
        .collect();
    let mut name = safe.clone();
    let mut number = 1;
    while !taken.insert(name.to_lowercase()) {
        number += 1;
        name = format!("{safe}~{number}");
    }
    name
}

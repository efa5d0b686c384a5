//! Profiles as tables: a main table with a row for each profile, one for each repeat, and lists of needs, alerts,
//! consents and informants. A dictionary says what each column is.
//!
//! The columns follow from the questionnaire alone, so that a table can be appended to, and two people's rows differ in
//! nothing but what was told of them. Codes stand beside labels, and beside every answer how it came to be missing.

mod cell;
mod column;
mod csv;
mod dictionary;
mod neutral;
mod row;
mod xlsx;

pub use cell::Cell;
pub use column::{Column, Table};
pub use csv::{header, line};
pub use neutral::neutral;
pub use xlsx::Workbook;

use column::tables;

use super::Leaving;
use super::document::{Document, Made};
use super::loss::Loss;
use crate::diagnostic::codes;
use crate::plan::Plan;
use crate::session::Finding;

/// The tables of a questionnaire.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The main table first, the dictionary last.
    pub tables: Vec<Table>,
}

/// A row for one of the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which table.
    pub table: usize,
    /// A cell for each of its columns.
    pub cells: Vec<Cell>,
}

impl Tables {
    /// The tables of a questionnaire, empty.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self { tables: tables(plan) }
    }

    /// The rows of the dictionary: what each column is.
    #[must_use]
    pub fn dictionary(&self, plan: &Plan) -> Vec<Row> {
        dictionary::rows(self, plan)
    }

    /// The rows of a profile, and what of it has no place in a table.
    #[must_use]
    pub fn rows(&self, leaving: &Leaving) -> (Vec<Row>, Vec<Loss>) {
        row::rows(self, leaving)
    }
}

/// The tables of one profile as CSV files: the main table, and beside it the others.
pub(super) fn csv_document(leaving: &Leaving) -> Made {
    let tables = Tables::new(&leaving.plan);
    let (rows, losses) = tables.rows(leaving);
    let mut texts: Vec<Vec<u8>> = tables.tables.iter().map(|table| header(&table.columns)).collect();
    for row in rows.iter().chain(&tables.dictionary(&leaving.plan)) {
        if let Some(text) = texts.get_mut(row.table) {
            text.extend(line(&row.cells));
        }
    }
    let mut documents = tables.tables.iter().zip(texts).map(|(table, bytes)| Document {
        name: format!("{}.{}", leaving.name(), table.name),
        extension: "csv",
        media_type: "text/csv; charset=utf-8",
        bytes,
    });
    let main = documents.next().unwrap_or_else(|| Document {
        name: leaving.name(),
        extension: "csv",
        media_type: "text/csv; charset=utf-8",
        bytes: Vec::new(),
    });
    Made { beside: documents.collect(), losses, ..Made::new(main) }
}

/// The tables of one profile as a workbook.
pub(super) fn xlsx_document(leaving: &Leaving) -> Result<Made, Vec<Finding>> {
    let tables = Tables::new(&leaving.plan);
    let unusable = |fault: String| {
        vec![Finding::new(codes::EXPORT_FORMAT, "", format!("no workbook can hold this: {fault}"))]
    };
    let mut workbook = Workbook::new(&tables).map_err(unusable)?;
    let (rows, losses) = tables.rows(leaving);
    for row in rows.iter().chain(&tables.dictionary(&leaving.plan)) {
        workbook.add(row).map_err(unusable)?;
    }
    let bytes = workbook.finish().map_err(unusable)?;
    let document = Document {
        name: leaving.name(),
        extension: "xlsx",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes,
    };
    let mut made = Made::new(document);
    made.losses = losses;
    Ok(made)
}

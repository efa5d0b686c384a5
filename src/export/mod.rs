//! Profiles on their way out: what may leave for a purpose and a recipient, in the form that a target takes.
//!
//! [`Leaving`] is what of a profile may be told: consent and sensitivity decide ([`Policy`]), and what is withheld is
//! left out with all that follows from it. Every format is made from it alone. A format is one file or folder with the
//! same skeleton: what leaves in, bytes and a list of losses out ([`Made`]). Nothing here reads a file, a clock or a
//! network, so that the same runs on the command line and in the browser's worker.

mod consent;
mod difference;
mod document;
mod identity;
mod key;
mod leaving;
mod loss;
mod policy;
mod portable;
mod signature;
mod table;

pub use document::{Document, Made};
pub use identity::Identity;
pub use key::{PrivateKey, PublicKey};
pub use leaving::{Leaving, Terms};
pub use loss::{Loss, Why};
pub use policy::{Allowance, Identifying, Minors, Policy, Purpose, Recipient};
pub use portable::{PORTABLE_VERSION, profile_of};
pub use signature::{Signed, check, sign};
pub use table::{Cell, Column, Row, Table, Tables, Workbook, header, line, neutral};

use serde_json::Value;

use crate::session::Finding;
use crate::value::words;

words! {
    /// A form in which a profile leaves, one document for each.
    Format {
        /// Portable JSON.
        Json = "json",
        /// Comma-separated tables.
        Csv = "csv",
        /// A workbook.
        Xlsx = "xlsx",
    }
}

impl Format {
    /// Whether its documents are JSON, so that a pipe takes them line by line.
    #[must_use]
    pub const fn is_json(self) -> bool {
        match self {
            Self::Json => true,
            Self::Csv | Self::Xlsx => false,
        }
    }

    /// Whether it is tables, to which every profile of a run adds its rows.
    #[must_use]
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx)
    }
}

/// What an exporter takes beside the profile.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The key that signs, where the format has a place for a signature.
    pub key: Option<&'a PrivateKey>,
    /// How the target names things, where it has names of its own.
    pub mapping: Option<&'a Value>,
}

/// What of a profile leaves, in the form that a target takes.
///
/// # Errors
/// What is wrong with the mapping, or what the format needs and the profile does not have.
pub fn export(format: Format, leaving: &Leaving, options: Options<'_>) -> Result<Made, Vec<Finding>> {
    match format {
        Format::Json => Ok(portable::document(leaving, options.key)),
        Format::Csv => Ok(table::csv_document(leaving)),
        Format::Xlsx => table::xlsx_document(leaving),
    }
}

//! Profiles on their way out: what may leave for a purpose and a recipient, in the form that a target takes.
//!
//! [`Leaving`] is what of a profile may be told: consent and sensitivity decide ([`Policy`]), and what is withheld is
//! left out with all that follows from it. Every format is made from it alone. A format is one file or folder with the
//! same skeleton: what leaves in, bytes and a list of losses out ([`Made`]). Nothing here reads a file, a clock or a
//! network, so that the same runs on the command line and in the browser's worker.

mod consent;
mod couchdb;
mod dhis2;
mod difference;
mod document;
mod events;
mod fhir;
mod identity;
mod key;
mod leaving;
mod loss;
mod mapped;
mod openrosa;
mod policy;
mod portable;
mod sending;
mod signature;
mod table;

#[cfg(feature = "worker")]
pub(crate) use consent::has_ended;
pub use document::{Document, Made};
pub use fhir::{Lowered, LoweredForm, Lowering, lowered, response};
pub use identity::Identity;
pub use key::{PrivateKey, PublicKey};
pub use leaving::{Leaving, Terms};
pub use loss::{Loss, Why};
pub use policy::{Allowance, Identifying, Minors, Policy, Purpose, Recipient};
pub use portable::{PORTABLE_VERSION, identity_document, profile_of};
pub use sending::{Form, Sending, sending};
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
        /// A transaction of HL7 FHIR R4.
        Fhir = "fhir",
        /// A payload for the tracker of DHIS2.
        Dhis2 = "dhis2",
        /// A submission to ODK and its kin.
        OpenRosa = "openrosa",
        /// A CloudEvent.
        CloudEvents = "cloudevents",
        /// A document for CouchDB.
        CouchDb = "couchdb",
    }
}

impl Format {
    /// Whether its documents are JSON, so that a pipe takes them line by line.
    #[must_use]
    pub const fn is_json(self) -> bool {
        match self {
            Self::Json | Self::Fhir | Self::Dhis2 | Self::CloudEvents | Self::CouchDb => true,
            Self::Csv | Self::Xlsx | Self::OpenRosa => false,
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
    let mut made = match format {
        Format::Json => portable::document(leaving, options.key),
        Format::Csv => table::csv_document(leaving),
        Format::Xlsx => table::xlsx_document(leaving)?,
        Format::Fhir => fhir::document(leaving, options)?,
        Format::Dhis2 => dhis2::document(leaving, options)?,
        Format::OpenRosa => openrosa::document(leaving, options)?,
        Format::CloudEvents => events::document(leaving, options)?,
        Format::CouchDb => couchdb::document(leaving, options),
    };
    made.identity = identity_document(leaving, options.key);
    Ok(made)
}

/// A text as a part of an address.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.extend(
                    [byte >> 4, byte & 15]
                        .map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase()),
                );
            }
        }
    }
    out
}

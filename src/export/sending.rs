//! What a destination is sent of a profile: whatever sends, the command line or a tablet, asks here and nowhere else.

use std::sync::Arc;

use serde_json::Value;

use super::document::Document;
use super::leaving::{Leaving, Terms};
use super::loss::Loss;
use super::{Format, Options, export};
use crate::diagnostic::codes;
use crate::plan::Plan;
use crate::profile::{self, Profile};
use crate::session::Finding;

/// The form in which a destination takes profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The profile itself, for a destination that assesses it again: nothing of it may be left out.
    Whole,
    /// A format.
    Format(Format),
}

impl Form {
    /// The form of a name. Tables are of many profiles, so that none is sent.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "profile" => Some(Self::Whole),
            name => name.parse().ok().filter(|format: &Format| !format.is_table()).map(Self::Format),
        }
    }

    /// The names of all of them.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let formats = Format::ALL.iter().filter(|format| !format.is_table()).map(|format| format.word());
        std::iter::once("profile").chain(formats).collect()
    }

    /// Whether there is a place for a signature in it.
    #[must_use]
    pub const fn can_be_signed(self) -> bool {
        matches!(self, Self::Format(Format::Json | Format::CloudEvents | Format::CouchDb))
    }
}

/// A profile as a destination is sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The document.
    pub document: Document,
    /// The identity part, where it leaves apart. It does not go to the destination.
    pub identity: Option<Document>,
    /// How many items of the questionnaire are withheld. The destination is told no more.
    pub withheld: usize,
    /// Everything that does not reach the destination, and why. It stays at home.
    pub losses: Vec<Loss>,
}

/// Makes of a whole profile what may be sent on some terms, in a form. The profile is assessed again first: what is not
/// what its record makes of it does not leave.
///
/// # Errors
/// Every reason for which nothing may leave, or nothing can be made.
pub fn sending(
    plan: &Arc<Plan>,
    profile: &Value,
    terms: Terms<'_>,
    form: Form,
    options: Options<'_>,
) -> Result<Sending, Vec<Finding>> {
    let findings = profile::verify(&|_, _| Some(Arc::clone(plan)), profile);
    if !findings.is_empty() {
        return Err(findings);
    }
    // The reader's own words may quote an answer.
    let shape = || vec![Finding::new(codes::VERIFY_SHAPE, "", "this is no profile of version 1")];
    let read: Profile = serde_json::from_value(profile.clone()).map_err(|_| shape())?;
    let leaving = Leaving::new(plan, &read, terms)?;
    let reduced = leaving.profile.redacted == Some(true) || leaving.profile.identity_detached == Some(true);
    if reduced && form == Form::Whole {
        let message =
            "something of this profile may not be told to this recipient, who takes whole profiles only";
        return Err(vec![Finding::new(codes::SEND_WHOLE, "", message)]);
    }
    if reduced && form.can_be_signed() && options.key.is_none() {
        let message = "something of this profile is left out, so that nothing but a signature vouches for it, and there is no key";
        return Err(vec![Finding::new(codes::SEND_KEY, "", message)]);
    }
    let (document, lost, identity) = match form {
        Form::Whole => (Document::json(leaving.name(), leaving.profile.to_value()), Vec::new(), None),
        Form::Format(format) => {
            let made = export(format, &leaving, options)?;
            (made.document, made.losses, made.identity)
        }
    };
    let losses = leaving.kept_back.iter().cloned().chain(lost).collect();
    Ok(Sending { document, identity, withheld: leaving.withheld, losses })
}

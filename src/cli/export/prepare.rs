use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::Args;
use crate::cli::folder::unusable;
use crate::cli::library::Library;
use crate::cli::loader::read_bounded;
use crate::cli::outcome::Stop;
use crate::cli::pool::Text;
use crate::cli::refusal::Fault;
use crate::cli::verify::read;
use crate::diagnostic::codes;
use crate::export::{self, Document, Format, Leaving, Made, Options, Policy, PrivateKey, Signed, Terms};
use crate::plan::Plan;
use crate::profile::{self, Profile};
use crate::session::Finding;
use crate::value::PartialDate;

/// Makes of each profile what leaves. Profiles do not depend on each other here, so that all processors take part; where
/// things are written is for the one thread that has them in order.
pub(super) struct Preparer {
    library: Library,
    format: Format,
    purpose: Option<String>,
    recipient: Option<String>,
    policy: Policy,
    key: Option<PrivateKey>,
    mapping: Option<Value>,
    today: Option<PartialDate>,
}

/// A profile of the input, ready to be written, or why it does not leave.
pub(super) struct Prepared {
    pub(super) file: Option<Arc<str>>,
    pub(super) line: usize,
    pub(super) made: Result<(Leaving, Form), Vec<Fault>>,
}

/// In which form a profile leaves.
pub(super) enum Form {
    Document(Made),
    /// As rows of the tables to which all profiles add theirs, and its identity part.
    Rows(Option<Document>),
}

impl Preparer {
    pub(super) fn open(args: &Args, library: Library) -> Result<Self, Stop> {
        let text = |path: &Path| {
            let bytes = read_bounded(path).map_err(|error| unusable(path, &error))?;
            String::from_utf8(bytes).map_err(|_| Stop::Unusable(format!("{} is not UTF-8", path.display())))
        };
        let policy = match &args.policy {
            Some(path) => Policy::read(&text(path)?).map_err(|fault| {
                Stop::Unusable(format!("{} cannot be used: {}", path.display(), fault.message))
            })?,
            None => Policy::shipped().map_err(|fault| Stop::Unusable(fault.message))?,
        };
        if let (Some(purpose), Some(recipient)) = (&args.purpose, &args.recipient) {
            policy.purpose(purpose, recipient).map_err(|fault| Stop::Unusable(fault.message))?;
        }
        let key = match &args.key {
            Some(path) => Some(PrivateKey::from_pem(&text(path)?).ok_or_else(|| {
                Stop::Unusable(format!(
                    "{} holds no private Ed25519 key in PEM: see `intake key`",
                    path.display()
                ))
            })?),
            None => None,
        };
        let mapping = match &args.mapping {
            Some(path) => Some(
                serde_json::from_str(&text(path)?)
                    .map_err(|error| Stop::Unusable(format!("{} is not JSON: {error}", path.display())))?,
            ),
            None => None,
        };
        let (purpose, recipient) = (args.purpose.clone(), args.recipient.clone());
        Ok(Self { library, format: args.to, purpose, recipient, policy, key, mapping, today: today() })
    }

    pub(super) fn prepare(&self, Text { file, line, text }: Text) -> Prepared {
        let document = text.and_then(|text| read(&text));
        Prepared { file, line, made: document.and_then(|document| self.made(&document)) }
    }

    fn made(&self, document: &Value) -> Result<(Leaving, Form), Vec<Fault>> {
        let leaving = self.leaving(document)?;
        let form = if self.format.is_table() {
            Form::Rows(export::identity_document(&leaving, self.key.as_ref()))
        } else {
            let options = Options { key: self.key.as_ref(), mapping: self.mapping.as_ref() };
            Form::Document(export::export(self.format, &leaving, options).map_err(faults)?)
        };
        Ok((leaving, form))
    }

    /// What of a profile, or of a document in which one came, may leave.
    fn leaving(&self, document: &Value) -> Result<Leaving, Vec<Fault>> {
        let shape = || vec![Fault::new(codes::VERIFY_SHAPE, "there is no profile in this document")];
        if document.as_object().is_some_and(|members| export::check(members) == Signed::Broken) {
            let message = "the signature is not that of this document";
            return Err(vec![Fault::new(codes::VERIFY_SIGNATURE, message)]);
        }
        let value = export::profile_of(document).ok_or_else(shape)?;
        let plan = plan_of(&self.library, value)?;
        let left_before = ["redacted", "identity_detached"].iter().any(|mark| value.get(mark).is_some());
        if !left_before {
            let lookup = |id: &str, hash: &str| self.library.find(id, hash);
            let findings = profile::verify(&lookup, value);
            if !findings.is_empty() {
                return Err(faults(findings));
            }
        }
        // The reader's own words may quote an answer.
        let profile: Profile = serde_json::from_value(value.clone()).map_err(|_| shape())?;
        match (&self.purpose, &self.recipient) {
            (Some(purpose), Some(recipient)) => {
                let terms = Terms { policy: &self.policy, purpose, recipient, on: self.today };
                Leaving::new(&plan, &profile, terms).map_err(faults)
            }
            _ if left_before => {
                // How much was withheld is passed on with what is left.
                let count = document.get("withheld").and_then(Value::as_u64).unwrap_or_default();
                let withheld = usize::try_from(count).unwrap_or(usize::MAX);
                Ok(Leaving { withheld, ..Leaving::as_received(&plan, profile) })
            }
            _ => {
                let message = "a whole profile leaves for a purpose and a recipient: name them with --purpose and --recipient";
                Err(vec![Fault::new(codes::EXPORT_PURPOSE, message)])
            }
        }
    }
}

/// The questionnaire of a profile.
pub(in crate::cli) fn plan_of(library: &Library, profile: &Value) -> Result<Arc<Plan>, Vec<Fault>> {
    let identity = |name: &str| profile.pointer(&format!("/questionnaire/{name}")).and_then(Value::as_str);
    let found = identity("id").zip(identity("content_hash")).and_then(|(id, hash)| library.find(id, hash));
    found.ok_or_else(|| {
        let message = "no questionnaire of this id and content is in the folder that --questionnaires names";
        vec![Fault::new(codes::VERIFY_UNKNOWN_QUESTIONNAIRE, message)]
    })
}

fn faults(findings: Vec<Finding>) -> Vec<Fault> {
    findings.into_iter().map(Fault::from).collect()
}

/// The day by the machine's clock, in UTC.
fn today() -> Option<PartialDate> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    PartialDate::EPOCH.plus_days(i32::try_from(seconds / 86_400).ok()?)
}

//! Makes of profiles what destinations take, and notes at home what they do not get.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::{Args, now};
use crate::cli::export::plan_of;
use crate::cli::folder::unusable;
use crate::cli::library::Library;
use crate::cli::loader::read_bounded;
use crate::cli::outcome::{Stop, complain};
use crate::cli::refusal::Fault;
use crate::diagnostic::codes;
use crate::export::{Form, Options, Policy, PrivateKey, Sending, Terms, sending};
use crate::outbox::Destination;
use crate::value::DateTime;

/// What it takes to make something of a profile, and where to note what was left out.
pub(super) struct Maker {
    library: Library,
    policy: Policy,
    key: Option<PrivateKey>,
    losses: Option<File>,
    identities: Option<File>,
    /// Losses for which there was no file.
    unlisted: usize,
    /// Identity parts for which there was no file.
    left_out: usize,
}

impl Maker {
    /// Reads what it takes, and holds every destination to the policy before anything is put into the outbox.
    pub(super) fn open(args: &Args, questionnaires: &Path, chosen: &[Destination]) -> Result<Self, Stop> {
        let policy = match &args.policy {
            Some(path) => Policy::read(&text(path)?).map_err(|fault| {
                Stop::Unusable(format!("{} cannot be used: {}", path.display(), fault.message))
            })?,
            None => Policy::shipped().map_err(|fault| Stop::Unusable(fault.message))?,
        };
        for one in chosen {
            let named = |why: String| Stop::Unusable(format!("the destination `{}`: {why}", one.id));
            policy.purpose(&one.purpose, &one.recipient).map_err(|fault| named(fault.message))?;
            if Form::named(&one.format).is_none() {
                let names = Form::names().join(", ");
                return Err(named(format!("there is no format `{}` to send: there are {names}", one.format)));
            }
        }
        let key = match &args.key {
            Some(path) => Some(PrivateKey::from_pem(&text(path)?).ok_or_else(|| {
                let path = path.display();
                Stop::Unusable(format!("{path} holds no private Ed25519 key in PEM: see `intake key`"))
            })?),
            None => None,
        };
        let library = Library::open(questionnaires)?;
        let (losses, identities) = (args.losses.as_deref(), args.identity.as_deref());
        Ok(Self {
            library,
            policy,
            key,
            losses: losses.map(appended).transpose()?,
            identities: identities.map(appended).transpose()?,
            unlisted: 0,
            left_out: 0,
        })
    }

    /// A profile as a destination takes it, or why it does not leave.
    pub(super) fn make(&self, to: &Destination, profile: &Value) -> Result<Sending, Vec<Fault>> {
        let Some(form) = Form::named(&to.format) else {
            return Err(vec![Fault::new(codes::SEND_FORMAT, "this format is none that is sent")]);
        };
        let plan = plan_of(&self.library, profile)?;
        let on = DateTime::from_unix_seconds(now()).map(DateTime::date);
        let terms = Terms { policy: &self.policy, purpose: &to.purpose, recipient: &to.recipient, on };
        let mapping = Value::Object(to.mapping.clone());
        let mapping = (!to.mapping.is_empty()).then_some(&mapping);
        let options = Options { key: self.key.as_ref(), mapping };
        let about = |finding| Fault::from(finding).about(&to.id);
        sending(&plan, profile, terms, form, options)
            .map_err(|findings| findings.into_iter().map(about).collect())
    }

    /// Notes what of a profile does not reach its destination, once it is in the outbox.
    pub(super) fn note(&mut self, to: &Destination, id: &str, made: &Sending) -> Result<(), Stop> {
        match &mut self.losses {
            Some(file) => {
                let report = json!({
                    "destination": to.id, "profile_id": id, "purpose": to.purpose,
                    "recipient": to.recipient, "format": to.format, "withheld": made.withheld,
                    "losses": made.losses,
                });
                writeln!(file, "{report}")?;
            }
            None => self.unlisted += made.losses.len(),
        }
        let Some(identity) = &made.identity else { return Ok(()) };
        match &mut self.identities {
            Some(file) => {
                file.write_all(&identity.bytes)?;
                file.write_all(b"\n")?;
            }
            None => self.left_out += 1,
        }
        Ok(())
    }

    /// Says what was not noted for want of a file.
    pub(super) fn finish(self) {
        if self.unlisted > 0 {
            complain(&format!(
                "{} parts of profiles do not reach their destination: --losses FILE lists them, for home",
                self.unlisted
            ));
        }
        if self.left_out > 0 {
            complain(&format!(
                "{} identity parts do not leave: --identity FILE gives them a way of their own",
                self.left_out
            ));
        }
    }
}

fn text(path: &Path) -> Result<String, Stop> {
    let bytes = read_bounded(path).map_err(|error| unusable(path, &error))?;
    String::from_utf8(bytes).map_err(|_| Stop::Unusable(format!("{} is not UTF-8", path.display())))
}

/// A file to which lines are added: an outbox outlives a run, and so does what was noted of it.
fn appended(path: &Path) -> Result<File, Stop> {
    let opened = OpenOptions::new().create(true).append(true).open(path);
    opened.map_err(|error| Stop::Unusable(format!("cannot write {}: {error}", path.display())))
}

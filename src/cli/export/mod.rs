mod tables;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::PossibleValue;
use serde_json::{Value, json};

use self::tables::TableRun;
use crate::cli::assess::each;
use crate::cli::folder::unusable;
use crate::cli::library::Library;
use crate::cli::loader::read_bounded;
use crate::cli::outcome::{Status, Stop, complain};
use crate::cli::refusal::{Fault, refusal};
use crate::cli::verify::read;
use crate::diagnostic::codes;
use crate::export::{
    self, Document, Format, Leaving, Loss, Made, Options, Policy, PrivateKey, Signed, Terms,
};
use crate::plan::Plan;
use crate::profile::{self, Profile};
use crate::session::Finding;
use crate::value::PartialDate;

/// Exports profiles for a purpose and a recipient, in the form that a target takes.
///
/// What consent or the policy forbids is left out, with all that follows from it. Without --out, the documents come
/// out as JSON Lines. A profile that may not leave, or does not stand up to `intake verify`, comes out as {"error": …}.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files with one profile a line, or one profile over several lines; `-` or none is standard input.
    profiles: Vec<PathBuf>,
    /// The form.
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// The folder of the questionnaires with which the profiles were made.
    #[arg(long, value_name = "DIR")]
    questionnaires: PathBuf,
    /// A purpose of the policy. Only what has left before, redacted or without its identity, is passed on without one.
    #[arg(long, requires = "recipient")]
    purpose: Option<String>,
    /// A recipient of the policy.
    #[arg(long, requires = "purpose")]
    recipient: Option<String>,
    /// What may leave for which purpose, in place of the policy that ships with the program.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The private key that signs (see `intake key`).
    #[arg(long, value_name = "PEM")]
    key: Option<PathBuf>,
    /// How the target names things, for the formats that need it.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The folder for the documents, each with a list of what it could not carry, which may go with it.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where to write the identity parts that leave apart, a line for each profile. Without it they go to the folder of
    /// --out, beside the documents; in a pipe, where they would take the same way, they are left out.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Where to write everything that does not leave, and why, a line for each profile. It stays at home.
    #[arg(long, value_name = "FILE")]
    losses: Option<PathBuf>,
}

impl clap::ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let mut exporter = Exporter::open(args)?;
    let library = Library::open(&args.questionnaires)?;
    let status = each(&args.profiles, |file, line, text| {
        let refused = |out: &mut dyn Write, faults: &[Fault]| {
            writeln!(out, "{}", refusal(file, line, faults))?;
            Ok(Status::Findings)
        };
        let document = text.and_then(|text| read(&text));
        let leaving = match document.and_then(|document| exporter.leaving(&library, &document)) {
            Ok(leaving) => leaving,
            Err(faults) => return refused(out, &faults),
        };
        let (files, losses) = match exporter.deliver(&leaving, out)? {
            Ok(delivered) => delivered,
            Err(faults) => return refused(out, &faults),
        };
        exporter.note_losses(file, line, &leaving, &losses)?;
        if args.out.is_some() {
            let mut told = json!({
                "exported": files, "line": line, "withheld": leaving.withheld, "losses": losses.len(),
            });
            add_file(file, &mut told);
            writeln!(out, "{told}")?;
        }
        Ok(Status::Clean)
    })?;
    exporter.finish()?;
    Ok(status.max(library.status))
}

/// The names of the files that were written, and what the target could not carry; or why nothing could be made.
type Delivered = Result<(Vec<String>, Vec<Loss>), Vec<Fault>>;

struct Exporter<'a> {
    args: &'a Args,
    policy: Policy,
    key: Option<PrivateKey>,
    mapping: Option<Value>,
    today: Option<PartialDate>,
    losses: Option<fs::File>,
    identities: Option<fs::File>,
    tables: Option<TableRun>,
    written: BTreeSet<String>,
    kept_back: usize,
    lost: usize,
    /// Identity parts for which there was no place.
    left_out: usize,
}

impl<'a> Exporter<'a> {
    fn open(args: &'a Args) -> Result<Self, Stop> {
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
        if args.out.is_none() && !args.to.is_json() {
            return Err(Stop::Unusable(format!(
                "`{}` is not JSON, which a pipe takes line by line: name a folder with --out",
                args.to
            )));
        }
        if let Some(folder) = &args.out {
            fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        }
        let create = |path: &PathBuf| fs::File::create(path).map_err(|error| unwritable(path, &error));
        let losses = args.losses.as_ref().map(create).transpose()?;
        let identities = args.identity.as_ref().map(create).transpose()?;
        let tables = args.out.as_ref().filter(|_| args.to.is_table());
        let tables = tables.map(|folder| TableRun::new(args.to, folder));
        let today = today();
        Ok(Self {
            args,
            policy,
            key,
            mapping,
            today,
            losses,
            identities,
            tables,
            written: BTreeSet::new(),
            kept_back: 0,
            lost: 0,
            left_out: 0,
        })
    }

    /// What of a profile, or of a document in which one came, may leave.
    fn leaving(&self, library: &Library, document: &Value) -> Result<Leaving, Vec<Fault>> {
        let faults = |findings: Vec<Finding>| findings.into_iter().map(Fault::from).collect::<Vec<_>>();
        let shape = || vec![Fault::new(codes::VERIFY_SHAPE, "there is no profile in this document")];
        if document.as_object().is_some_and(|members| export::check(members) == Signed::Broken) {
            let message = "the signature is not that of this document";
            return Err(vec![Fault::new(codes::VERIFY_SIGNATURE, message)]);
        }
        let value = export::profile_of(document).ok_or_else(shape)?;
        let plan = plan_of(library, value)?;
        let left_before = ["redacted", "identity_detached"].iter().any(|mark| value.get(mark).is_some());
        if !left_before {
            let lookup = |id: &str, hash: &str| library.find(id, hash);
            let findings = profile::verify(&lookup, value);
            if !findings.is_empty() {
                return Err(faults(findings));
            }
        }
        // The reader's own words may quote an answer.
        let profile: Profile = serde_json::from_value(value.clone()).map_err(|_| shape())?;
        match (&self.args.purpose, &self.args.recipient) {
            (Some(purpose), Some(recipient)) => {
                let terms = Terms { policy: &self.policy, purpose, recipient, on: self.today };
                Leaving::new(&plan, &profile, terms).map_err(faults)
            }
            _ if left_before => Ok(Leaving::as_received(&plan, profile)),
            _ => {
                let message = "a whole profile leaves for a purpose and a recipient: name them with --purpose and --recipient";
                Err(vec![Fault::new(codes::EXPORT_PURPOSE, message)])
            }
        }
    }

    /// Writes a profile in the form of the target.
    fn deliver(&mut self, leaving: &Leaving, out: &mut dyn Write) -> Result<Delivered, Stop> {
        if let Some(tables) = &mut self.tables {
            let (mut files, losses) = tables.add(leaving)?;
            if let Some(identity) = export::identity_document(leaving, self.key.as_ref()) {
                files.extend(self.put_identity(&identity)?);
            }
            return Ok(Ok((files, losses)));
        }
        let options = Options { key: self.key.as_ref(), mapping: self.mapping.as_ref() };
        let made = match export::export(self.args.to, leaving, options) {
            Ok(made) => made,
            Err(findings) => return Ok(Err(findings.into_iter().map(Fault::from).collect())),
        };
        let mut files = Vec::new();
        match &self.args.out {
            None => {
                out.write_all(&made.document.bytes)?;
                writeln!(out)?;
            }
            Some(folder) => files = self.write(folder, leaving, &made)?,
        }
        if let Some(identity) = &made.identity {
            files.extend(self.put_identity(identity)?);
        }
        Ok(Ok((files, made.losses)))
    }

    /// Writes an identity part on a way of its own; the name of its file, if it has one to itself.
    fn put_identity(&mut self, identity: &Document) -> Result<Option<String>, Stop> {
        if let Some(file) = &mut self.identities {
            file.write_all(&identity.bytes)?;
            file.write_all(b"\n")?;
            return Ok(None);
        }
        let Some(folder) = &self.args.out else {
            self.left_out += 1;
            return Ok(None);
        };
        self.put(folder, identity).map(Some)
    }

    /// Writes what stays at home.
    fn note_losses(
        &mut self,
        file: Option<&str>,
        line: usize,
        leaving: &Leaving,
        lost: &[Loss],
    ) -> Result<(), Stop> {
        self.kept_back += leaving.kept_back.len();
        self.lost += lost.len();
        let Some(losses) = &mut self.losses else { return Ok(()) };
        let all: Vec<&Loss> = leaving.kept_back.iter().chain(lost).collect();
        let mut report = json!({
            "line": line, "profile_id": leaving.profile.profile_id, "purpose": leaving.purpose,
            "recipient": leaving.recipient, "format": self.args.to.word(), "withheld": leaving.withheld,
            "losses": all,
        });
        add_file(file, &mut report);
        writeln!(losses, "{report}").map_err(Stop::from)
    }

    /// Writes a document with what goes beside it; the names of the files.
    fn write(&mut self, folder: &Path, leaving: &Leaving, made: &Made) -> Result<Vec<String>, Stop> {
        let mut files = Vec::new();
        for document in std::iter::once(&made.document).chain(&made.beside) {
            files.push(self.put(folder, document)?);
        }
        if leaving.withheld > 0 || !made.losses.is_empty() {
            let report = json!({ "withheld": leaving.withheld, "losses": made.losses });
            files.push(self.put(
                folder,
                &Document {
                    name: format!("{}.losses", made.document.name),
                    extension: "json",
                    media_type: "application/json",
                    bytes: report.to_string().into_bytes(),
                },
            )?);
        }
        Ok(files)
    }

    fn put(&mut self, folder: &Path, document: &Document) -> Result<String, Stop> {
        let name = format!("{}.{}", file_name(&document.name), document.extension);
        if !self.written.insert(name.clone()) {
            return Err(Stop::Unusable(format!(
                "two profiles of this run have one id, and the second would overwrite {name}: export them apart"
            )));
        }
        let path = folder.join(&name);
        fs::write(&path, &document.bytes).map_err(|error| unwritable(&path, &error))?;
        Ok(name)
    }

    fn finish(mut self) -> Result<(), Stop> {
        if let Some(tables) = self.tables.take() {
            tables.finish()?;
        }
        if self.left_out > 0 {
            complain(&format!(
                "{} identity parts did not leave: --identity FILE gives them a way of their own",
                self.left_out
            ));
        }
        if let Some(losses) = &mut self.losses {
            losses.flush()?;
        } else if self.kept_back + self.lost > 0 {
            complain(&format!(
                "{} parts of profiles were kept back and {} could not be carried: --losses FILE lists them",
                self.kept_back, self.lost
            ));
        }
        Ok(())
    }
}

pub(in crate::cli) fn plan_of(library: &Library, profile: &Value) -> Result<Arc<Plan>, Vec<Fault>> {
    let identity = |name: &str| profile.pointer(&format!("/questionnaire/{name}")).and_then(Value::as_str);
    let found = identity("id").zip(identity("content_hash")).and_then(|(id, hash)| library.find(id, hash));
    found.ok_or_else(|| {
        let message = "no questionnaire of this id and content is in the folder that --questionnaires names";
        vec![Fault::new(codes::VERIFY_UNKNOWN_QUESTIONNAIRE, message)]
    })
}

/// Adds from which file something came, where there are several.
fn add_file(file: Option<&str>, told: &mut Value) {
    if let (Some(file), Some(members)) = (file, told.as_object_mut()) {
        members.insert("file".into(), file.into());
    }
}

/// A name that every file system takes and that leads nowhere else. Two ids that would come to the same are kept
/// apart by a part of their fingerprint.
fn file_name(name: &str) -> String {
    let safe = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let short: String =
        name.chars().map(|letter| if safe(letter) { letter } else { '_' }).take(120).collect();
    if short == name && !name.starts_with('.') {
        return short;
    }
    let print = crate::json::sha256(name);
    format!("_{}-{}", short.trim_start_matches('.'), print.chars().skip(7).take(12).collect::<String>())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Unusable(format!("cannot write {}: {error}", path.display()))
}

/// The day by the machine's clock, in UTC.
fn today() -> Option<PartialDate> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    PartialDate::EPOCH.plus_days(i32::try_from(seconds / 86_400).ok()?)
}

mod prepare;
mod tables;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use serde_json::{Value, json};

#[cfg(feature = "send")]
pub(in crate::cli) use self::prepare::plan_of;
use self::prepare::{Form, Prepared, Preparer};
use self::tables::TableRun;
use crate::cli::library::Library;
use crate::cli::outcome::{Status, Stop, complain};
use crate::cli::pool::{self, Jobs, Text};
use crate::cli::refusal::refusal;
use crate::export::{Document, Format, Leaving, Loss, Made};

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
    #[command(flatten)]
    jobs: Jobs,
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
    let library = Library::open(&args.questionnaires)?;
    let status = library.status;
    let preparer = Preparer::open(args, library)?;
    let mut exporter = Exporter::open(args)?;
    let prepare = move |lot: Vec<Text>| -> Vec<Prepared> {
        lot.into_iter().map(|text| preparer.prepare(text)).collect()
    };
    let exported = pool::each_lot(&args.profiles, args.jobs, prepare, |lot| {
        let mut worst = Status::Clean;
        for prepared in lot {
            worst = worst.max(exporter.take(prepared, out)?);
        }
        Ok(worst)
    })?;
    exporter.finish()?;
    Ok(exported.max(status))
}

struct Exporter<'a> {
    args: &'a Args,
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
        Ok(Self {
            args,
            losses,
            identities,
            tables,
            written: BTreeSet::new(),
            kept_back: 0,
            lost: 0,
            left_out: 0,
        })
    }

    /// Writes a profile in the form of the target, or why it does not leave.
    fn take(&mut self, prepared: Prepared, out: &mut dyn Write) -> Result<Status, Stop> {
        let Prepared { file, line, made } = prepared;
        let file = file.as_deref();
        let (leaving, form) = match made {
            Ok(made) => made,
            Err(faults) => {
                writeln!(out, "{}", refusal(file, line, &faults))?;
                return Ok(Status::Findings);
            }
        };
        let (files, losses) = self.deliver(&leaving, form, out)?;
        self.note_losses(file, line, &leaving, &losses)?;
        if self.args.out.is_some() {
            let mut told = json!({
                "exported": files, "line": line, "withheld": leaving.withheld, "losses": losses.len(),
            });
            add_file(file, &mut told);
            writeln!(out, "{told}")?;
        }
        Ok(Status::Clean)
    }

    /// The names of the files that were written, and what the target could not carry.
    fn deliver(
        &mut self,
        leaving: &Leaving,
        form: Form,
        out: &mut dyn Write,
    ) -> Result<(Vec<String>, Vec<Loss>), Stop> {
        let (mut files, losses, identity) = match (form, &mut self.tables) {
            (Form::Rows(identity), Some(tables)) => {
                let (files, losses) = tables.add(leaving)?;
                (files, losses, identity)
            }
            (Form::Rows(identity), None) => (Vec::new(), Vec::new(), identity),
            (Form::Document(made), _) => {
                let files = match &self.args.out {
                    None => {
                        out.write_all(&made.document.bytes)?;
                        writeln!(out)?;
                        Vec::new()
                    }
                    Some(folder) => self.write(folder, leaving, &made)?,
                };
                (files, made.losses, made.identity)
            }
        };
        if let Some(identity) = &identity {
            files.extend(self.put_identity(identity)?);
        }
        Ok((files, losses))
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

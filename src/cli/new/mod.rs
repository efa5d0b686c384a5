use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::outcome::{Status, Stop};
use crate::questionnaire::FileKind;

/// Starts a questionnaire: three questions, a rule and its scenarios, ready to be checked, tested and changed.
///
/// The folder gets the name of the questionnaire. If no dialect folder lies above it, one is written beside it, so that
/// an editor completes and checks from the first line on.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to make; its last part is the questionnaire's id, such as `home-visit`.
    folder: PathBuf,
    /// The name that people read.
    #[arg(long)]
    title: Option<String>,
    /// The languages, the one in which you write first.
    #[arg(long, value_delimiter = ',', default_value = "en,zh-CN")]
    languages: Vec<Language>,
}

/// A language in which the beginning is there already. Others are added to the finished questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Language {
    #[value(name = "en")]
    English,
    #[value(name = "zh-CN", alias = "zh-cn")]
    Chinese,
}

impl Language {
    const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    const fn questionnaire(self) -> &'static str {
        match self {
            Self::English => include_str!("questionnaire.en.json"),
            Self::Chinese => include_str!("questionnaire.zh-CN.json"),
        }
    }

    const fn pack(self) -> &'static str {
        match self {
            Self::English => include_str!("pack.en.json"),
            Self::Chinese => include_str!("pack.zh-CN.json"),
        }
    }
}

/// The meta-schemas from which an editor completes.
const DIALECT: [(FileKind, &str); 5] = [
    (FileKind::Questionnaire, include_str!("../../../schemas/dialect/questionnaire-1.schema.json")),
    (FileKind::Instrument, include_str!("../../../schemas/dialect/instrument-1.schema.json")),
    (FileKind::List, include_str!("../../../schemas/dialect/list-1.schema.json")),
    (FileKind::LanguagePack, include_str!("../../../schemas/dialect/language-pack-1.schema.json")),
    (FileKind::Scenarios, include_str!("../../../schemas/dialect/scenarios-1.schema.json")),
];

/// How many folders up a dialect folder is looked for.
const FARTHEST: usize = 6;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let id = id_of(&args.folder)?;
    let [first, further @ ..] = args.languages.as_slice() else {
        return Err(Stop::Unusable("a questionnaire needs a language".into()));
    };
    if further.contains(first) {
        return Err(Stop::Unusable("a language is named twice".into()));
    }
    if args.folder.exists() {
        let why = format!("{} is there already; nothing was changed", args.folder.display());
        return Err(Stop::Unusable(why));
    }
    fs::create_dir_all(&args.folder).map_err(|error| cannot_write(&args.folder, &error))?;
    let dialect = dialect_above(&args.folder);
    if dialect.is_none() {
        write_dialect(&args.folder)?;
    }
    let title = args.title.clone().unwrap_or_else(|| id.replace(['-', '_', '.'], " "));
    let tags: Vec<&str> = args.languages.iter().map(|language| language.tag()).collect();
    let filled = |template: &str| {
        template
            .replace("__DIALECT__", dialect.as_deref().unwrap_or("../dialect"))
            .replace("__ID__", &id)
            .replace("__LANGUAGES__", &json!(tags).to_string())
            .replace("__TITLE__", &json!(title).to_string())
    };
    let mut files = vec![("questionnaire.json".to_owned(), filled(first.questionnaire()))];
    for language in further {
        files.push((format!("{}.json", language.tag()), filled(language.pack())));
    }
    files.push(("scenarios.json".to_owned(), filled(include_str!("scenarios.json"))));
    for (name, text) in files {
        let path = args.folder.join(name);
        fs::write(&path, text).map_err(|error| cannot_write(&path, &error))?;
        writeln!(out, "wrote {}", path.display())?;
    }
    let folder = args.folder.display();
    writeln!(
        out,
        "\nNow open {folder} in an editor, then:\n  intake check {folder}\n  intake test {folder}"
    )?;
    Ok(Status::Clean)
}

/// The id: the last part of the folder's name.
fn id_of(folder: &Path) -> Result<String, Stop> {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let good = name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if good {
        return Ok(name.to_owned());
    }
    let why = "the folder's name is the questionnaire's id: small letters a to z, digits and `-`, such as `home-visit`";
    Err(Stop::Unusable(why.into()))
}

/// The way from a folder to the dialect folder above it, as `$schema` writes it.
fn dialect_above(folder: &Path) -> Option<String> {
    let name = FileKind::Questionnaire.schema_name();
    let mut up = fs::canonicalize(folder).ok()?;
    let mut way = String::new();
    for _ in 0..FARTHEST {
        up = up.parent()?.to_path_buf();
        way.push_str("../");
        if up.join("dialect").join(name).is_file() {
            return Some(format!("{way}dialect"));
        }
    }
    None
}

fn write_dialect(folder: &Path) -> Result<(), Stop> {
    let dialect = folder.join("..").join("dialect");
    fs::create_dir_all(&dialect).map_err(|error| cannot_write(&dialect, &error))?;
    for (kind, text) in DIALECT {
        let path = dialect.join(kind.schema_name());
        fs::write(&path, text).map_err(|error| cannot_write(&path, &error))?;
    }
    Ok(())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Unusable(format!("cannot write {}: {error}", path.display()))
}

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Diagnostic, Sources};
use crate::json;
use crate::questionnaire::Loader;

/// Files of this machine, under absolute paths, so that a reference may climb above the working folder.
///
/// Paths are shown as they were named on the command line: relative to the working folder, unless they were absolute.
#[derive(Clone, Debug)]
pub(super) struct Files {
    /// The working folder with a `/` at its end; empty if paths are to be shown in full.
    base: String,
    /// The path that was named on the command line. All others are named by files, whoever has written those.
    named: String,
}

impl Files {
    /// The loader for what a path on the command line leads to, and that path as the loader knows it.
    pub(super) fn from_argument(path: &Path) -> (Self, String) {
        let folder = std::env::current_dir().unwrap_or_default();
        let full = with_slashes(&normalised(&folder.join(path)));
        let base = if path.is_absolute() { String::new() } else { format!("{}/", with_slashes(&folder)) };
        (Self { base, named: full.clone() }, full)
    }

    /// A path as it is shown: one that leads out of the working folder climbs from there.
    pub(super) fn shown(&self, path: &str) -> String {
        if self.base.is_empty() {
            return path.to_owned();
        }
        let mut climbs = String::new();
        let mut base = self.base.as_str();
        loop {
            match path.strip_prefix(base) {
                Some(rest) => return climbs + rest,
                // At the root of the file system nothing is shared: the path says more by itself.
                None => match base.trim_end_matches('/').rfind('/') {
                    Some(end @ 1..) => base = base.get(..=end).unwrap_or(""),
                    _ => return path.to_owned(),
                },
            }
            climbs.push_str("../");
        }
    }

    /// The sources under the names by which they are shown.
    pub(super) fn rename(&self, sources: Sources) -> Sources {
        sources.renamed(|name| self.shown(name))
    }

    /// The same with paths in its message as they are shown.
    pub(super) fn reworded(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if !self.base.is_empty() {
            diagnostic.message = diagnostic.message.replace(&self.base, "");
        }
        diagnostic
    }
}

impl Loader for Files {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        let file = Path::new(path);
        // A message shows a line of what was read. What a questionnaire from elsewhere refers to must not be a password.
        if path != self.named {
            if file.extension().is_none_or(|extension| extension != "json") {
                return Err("only files whose names end in .json can be referred to".to_owned());
            }
            if file.metadata().is_ok_and(|about| !about.is_file()) {
                return Err("it is no file".to_owned());
            }
        }
        match read_bounded(file) {
            Ok(bytes) => {
                String::from_utf8(bytes).map(Some).map_err(|_| "it is not UTF-8: save it as UTF-8".to_owned())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The bytes of a file that is not larger than any JSON that is read.
pub(super) fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let limit = json::MAX_BYTES as u64;
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!("it has more than {} MB", limit / (1024 * 1024))));
    }
    Ok(bytes)
}

/// `a/./b/../c` as `a/c`, without asking the file system.
fn normalised(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

fn with_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_they_were_named() {
        let (files, full) = Files::from_argument(Path::new("./forms/../forms/a.json"));
        assert_eq!(files.shown(&full), "forms/a.json");
        let (files, full) = Files::from_argument(Path::new("/srv/./forms/a.json"));
        assert_eq!(files.shown(&full), "/srv/forms/a.json");
        let files = Files { base: "/work/forms/elder/".to_owned(), named: String::new() };
        assert_eq!(files.shown("/work/forms/elder/a.json"), "a.json");
        assert_eq!(files.shown("/work/lists/a.json"), "../../lists/a.json");
        assert_eq!(files.shown("/srv/a.json"), "/srv/a.json");
    }

    #[test]
    fn a_questionnaire_refers_to_json_files_only() {
        let folder = std::env::temp_dir().join(format!("intake-loader-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("folder.json")).unwrap();
        for name in ["form.txt", "list.json", "secret"] {
            std::fs::write(folder.join(name), "{}").unwrap();
        }
        let (files, named) = Files::from_argument(&folder.join("form.txt"));
        let load = |name: &str| files.load(&folder.join(name).display().to_string());
        assert_eq!(files.load(&named), Ok(Some("{}".to_owned())));
        assert_eq!(load("list.json"), Ok(Some("{}".to_owned())));
        assert_eq!(load("nothing.json"), Ok(None));
        assert!(load("secret").is_err() && load("folder.json").is_err() && load("secret/../secret").is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}

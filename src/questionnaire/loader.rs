use std::collections::BTreeMap;

/// Where the files of a questionnaire come from: a folder, a bundle that a page fetched, a test.
pub trait Loader {
    /// The text of a file, `None` if there is no such file, or why it could not be read.
    ///
    /// # Errors
    /// A sentence that says why the file is there but cannot be read, such as that it is not UTF-8.
    fn load(&self, path: &str) -> Result<Option<String>, String>;
}

/// Files in memory, by path.
impl Loader for BTreeMap<String, String> {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        Ok(self.get(path).cloned())
    }
}

/// A path relative to the file that names it, with `.` and `..` resolved; `None` if it is absolute, is an address
/// with a scheme, or climbs above where `base` begins while `base` is relative.
pub(super) fn resolve(base: &str, relative: &str) -> Option<String> {
    if relative.is_empty() || relative.starts_with('/') || relative.contains([':', '\\', '\0']) {
        return None;
    }
    let (root, base) = base.strip_prefix('/').map_or(("", base), |rest| ("/", rest));
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            // A base such as `../forms/x.json` may be left further upwards: the caller named it itself.
            ".." => match parts.last() {
                Some(&"..") => parts.push(".."),
                Some(_) => {
                    parts.pop();
                }
                None => return None,
            },
            part => parts.push(part),
        }
    }
    Some(format!("{root}{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn a_reference_stays_among_files() {
        let base = "questionnaires/elder-needs/questionnaire.json";
        assert_eq!(resolve(base, "../../instruments/adl10.json").as_deref(), Some("instruments/adl10.json"));
        assert_eq!(resolve(base, "zh-CN.json").as_deref(), Some("questionnaires/elder-needs/zh-CN.json"));
        assert_eq!(resolve("/a/b.json", "../c.json").as_deref(), Some("/c.json"));
        for outside in
            ["../../../etc/passwd", "/etc/passwd", "https://example.org/x.json", "file:x", "..\\x", ""]
        {
            assert_eq!(resolve(base, outside), None, "{outside}");
        }
    }
}

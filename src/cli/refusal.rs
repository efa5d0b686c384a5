use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostic, codes, remedy};
use crate::session::Finding;

/// Why one text of the input is not processed. It says where and what kind, never what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    code: Code,
    pointer: String,
    message: String,
    help: String,
}

impl Fault {
    /// That a text is not UTF-8.
    pub(super) fn encoding() -> Self {
        Self::new(codes::JSON_ENCODING, "the line is not UTF-8, the encoding of JSON")
    }

    /// That a text is longer than is read.
    pub(super) fn too_long() -> Self {
        Self::new(codes::JSON_LIMIT, "the line is longer than is read")
    }

    pub(super) fn new(code: Code, message: &str) -> Self {
        Self { code, pointer: String::new(), message: message.to_owned(), help: remedy(code).to_owned() }
    }

    /// With what it is about, where there are several.
    #[cfg(feature = "send")]
    pub(super) fn about(mut self, name: &str) -> Self {
        self.message = format!("`{name}`: {}", self.message);
        self
    }
}

impl From<Diagnostic> for Fault {
    fn from(diagnostic: Diagnostic) -> Self {
        let help = diagnostic.remedy();
        let Diagnostic { code, message, place, .. } = diagnostic;
        Self { code, pointer: place.map(|place| place.pointer).unwrap_or_default(), message, help }
    }
}

impl From<Finding> for Fault {
    fn from(finding: Finding) -> Self {
        let Finding { code, pointer, message } = finding;
        Self { code, pointer, message, help: remedy(code).to_owned() }
    }
}

/// The output line for a text that is refused: `{"error": {…}, "line": n}`.
///
/// The first fault is the error; were there more, they stand under `further`, so that one look is enough to put all
/// of them right. `file` is there if there are several inputs.
pub(super) fn refusal(file: Option<&str>, line: usize, faults: &[Fault]) -> Value {
    let mut objects = faults.iter().map(|fault| {
        let mut object = Map::new();
        object.insert("code".into(), fault.code.as_str().into());
        object.insert("pointer".into(), fault.pointer.as_str().into());
        object.insert("message".into(), fault.message.as_str().into());
        object.insert("help".into(), fault.help.as_str().into());
        Value::Object(object)
    });
    let mut refusal = json!({ "error": objects.next(), "line": line });
    let further: Vec<Value> = objects.collect();
    if let Some(members) = refusal.as_object_mut() {
        if !further.is_empty() {
            members.insert("further".into(), further.into());
        }
        if let Some(file) = file {
            members.insert("file".into(), file.into());
        }
    }
    refusal
}

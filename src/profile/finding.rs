use crate::diagnostic::Code;

/// One thing for which a record or a profile is refused. It says where and what kind, never what was answered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What kind of fault.
    pub code: Code,
    /// JSON Pointer into the record or profile.
    pub pointer: String,
    /// What is wrong, in one sentence that begins small and has no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Finding {
    /// A fault at a place.
    #[must_use]
    pub fn new(code: Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, pointer: pointer.into(), message: message.into(), help: None }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

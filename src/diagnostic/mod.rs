//! How anything tells what is wrong: where, what, why and what to do.
//!
//! A [`Diagnostic`] carries ids and byte offsets; files, lines and carets are looked up only when it is shown
//! ([`Sources::render`]). Codes are dotted words, registered in [`codes`], and never used again for something else.

pub mod codes;
pub mod fix;
mod remedy;
mod render;
mod source;
mod suggest;

pub use codes::Code;
pub use fix::{Edit, Fix};
pub use remedy::remedy;
pub use source::{SourceId, Sources, Span};
pub use suggest::did_you_mean;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Works, but probably not as meant.
    Warning,
    /// Cannot be used as it stands.
    Error,
}

impl Severity {
    /// The word for it in texts and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a source file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which file.
    pub source: SourceId,
    /// Which bytes of it.
    pub span: Span,
    /// JSON Pointer (RFC 6901) of the value that this is in.
    pub pointer: String,
}

/// One thing that is wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault, for programs and for looking it up.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence that begins small and has no full stop.
    pub message: String,
    /// What to do about it, in one sentence.
    pub help: Option<String>,
    /// Where; none only for what concerns no file, such as a missing one.
    pub place: Option<Place>,
    /// Other places that take part, each with what it is.
    pub related: Vec<(Place, String)>,
    /// A change that puts it right.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// One of a severity.
    #[must_use]
    pub fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, severity, message, help: None, place: None, related: Vec::new(), fix: None }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same with another place that takes part.
    #[must_use]
    pub fn related(mut self, place: Place, what: impl Into<String>) -> Self {
        self.related.push((place, what.into()));
        self
    }

    /// What to do about it: its own help, or else what the code stands for in general.
    #[must_use]
    pub fn remedy(&self) -> String {
        if let Some(help) = &self.help {
            return help.clone();
        }
        match self.message.rsplit_once("did you mean `").and_then(|(_, rest)| rest.strip_suffix("`?")) {
            Some(meant) => format!("write `{meant}`"),
            None => remedy(self.code).to_owned(),
        }
    }

    /// The same with a change that puts it right.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }

    /// Whether this keeps the document from being used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Whether any of them keeps the document from being used.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

use crate::diagnostic::{Code, Severity, Span};

/// One thing that is wrong or doubtful in an expression; offsets are bytes of the expression's own text.
///
/// Whoever knows in which document the expression stands turns it into a
/// [`Diagnostic`](crate::diagnostic::Diagnostic).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of fault.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where in the expression's text.
    pub span: Span,
    /// What is wrong, in one sentence that begins small and has no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    pub(super) fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, span, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether this keeps the expression from being used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

use crate::diagnostic::Span;

/// What a token is. Words, numbers and texts are looked at again by the parser, which knows where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Nothing is left.
    End,
    /// A name, a keyword or a function.
    Word,
    /// A name in backticks, which is never a keyword.
    Quoted,
    /// Text in single quotes.
    Text,
    /// A number.
    Number,
    /// `@2026-11-23` or `@T12:30`.
    Date,
    /// `%form`, `%choice`.
    Variable,
    /// `$this`, `$index`.
    Special,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenIndex,
    /// `]`
    CloseIndex,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `&`
    Ampersand,
    /// `|`
    Bar,
    /// `=`, `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `~`
    Equivalent,
    /// `!~`
    NotEquivalent,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `!`
    Not,
    /// A sign that is none of this language, and for which nothing can stand; it has been reported.
    Foreign,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

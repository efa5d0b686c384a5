/// What stands between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::expression) enum Operator {
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `div`: the whole part of the quotient
    Div,
    /// `mod`: the remainder, with the sign of the left side
    Mod,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `&`: texts after each other, a missing one as nothing
    Concat,
    /// `|`: both lists, each value once
    Union,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `~`
    Equivalent,
    /// `!~`
    NotEquivalent,
    /// `in`
    In,
    /// `contains`
    Contains,
    /// `and`
    And,
    /// `or`
    Or,
    /// `xor`
    Xor,
    /// `implies`
    Implies,
}

impl Operator {
    /// The operators that are words.
    pub(in crate::expression) const WORDS: [Self; 8] =
        [Self::Div, Self::Mod, Self::In, Self::Contains, Self::And, Self::Or, Self::Xor, Self::Implies];

    /// How it is written.
    pub(in crate::expression) const fn symbol(self) -> &'static str {
        match self {
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Div => "div",
            Self::Mod => "mod",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Concat => "&",
            Self::Union => "|",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Equivalent => "~",
            Self::NotEquivalent => "!~",
            Self::In => "in",
            Self::Contains => "contains",
            Self::And => "and",
            Self::Or => "or",
            Self::Xor => "xor",
            Self::Implies => "implies",
        }
    }

    /// How tightly it binds, as FHIRPath has it: all group to the left.
    pub(super) const fn power(self) -> u8 {
        match self {
            Self::Implies => 1,
            Self::Or | Self::Xor => 2,
            Self::And => 3,
            Self::In | Self::Contains => 4,
            Self::Equal | Self::NotEqual | Self::Equivalent | Self::NotEquivalent => 5,
            Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual => 6,
            Self::Union => 7,
            Self::Add | Self::Subtract | Self::Concat => 8,
            Self::Multiply | Self::Divide | Self::Div | Self::Mod => 9,
        }
    }

    /// Whether it compares two values, so that two of them in a row would be a chain.
    pub(super) const fn compares(self) -> bool {
        matches!(self.power(), 5 | 6)
    }
}

/// How tightly a sign binds: more than any operator, less than `.` and `[…]`.
pub(super) const SIGN_POWER: u8 = 10;
/// How tightly what stands by itself binds.
pub(super) const VALUE_POWER: u8 = 11;

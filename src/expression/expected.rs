use super::Type;

/// What the place where an expression stands needs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A condition: one boolean. A bare number or choice is an error, never "true because it is there".
    Truth,
    /// A value that can be kept in a field of this type.
    Value(Type),
    /// Any value, or any list of texts.
    Any,
}

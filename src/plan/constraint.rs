use super::Pattern;
use crate::value::Decimal;

/// What JSON Schema's keywords demand of a value: the page's own copy, checked at every keystroke.
///
/// The `jsonschema` crate remains the authority over a finished record; a property test holds these to its verdict.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
    /// `minimum`
    pub minimum: Option<Decimal>,
    /// `maximum`
    pub maximum: Option<Decimal>,
    /// `exclusiveMinimum`
    pub exclusive_minimum: Option<Decimal>,
    /// `exclusiveMaximum`
    pub exclusive_maximum: Option<Decimal>,
    /// `multipleOf`
    pub multiple_of: Option<Decimal>,
    /// `minLength`, in characters
    pub min_length: Option<u32>,
    /// `maxLength`, in characters; 100,000 for a free text whose question says nothing
    pub max_length: Option<u32>,
    /// `pattern`
    pub pattern: Option<Pattern>,
    /// `minItems`: of a multiple choice or of rows
    pub min_items: Option<u32>,
    /// `maxItems`: of a multiple choice or of rows
    pub max_items: Option<u32>,
}

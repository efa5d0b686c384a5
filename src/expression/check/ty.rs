use crate::expression::syntax::Unit;
use crate::expression::{Kind, Type};

/// What is known of the type of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::expression) enum Ty {
    /// It is wrong, and that has been reported.
    Wrong,
    /// `{}`: nothing, of no kind.
    Nothing,
    Of(Type),
}

impl Ty {
    pub(in crate::expression) const fn many(&self) -> bool {
        matches!(self, Self::Of(Type { many: true, .. }))
    }

    pub(in crate::expression) const fn kind(&self) -> Option<&Kind> {
        match self {
            Self::Of(ty) => Some(&ty.kind),
            Self::Wrong | Self::Nothing => None,
        }
    }

    /// The type that holds the values of both; none if their kinds cannot stand in one list.
    pub(in crate::expression) fn unified(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Wrong, _) | (_, Self::Wrong) => Some(Self::Wrong),
            (Self::Nothing, known) | (known, Self::Nothing) => Some(known.clone()),
            (Self::Of(a), Self::Of(b)) => {
                let kind = match (&a.kind, &b.kind) {
                    (Kind::Number { integer: a }, Kind::Number { integer: b }) => {
                        Kind::Number { integer: *a && *b }
                    }
                    (Kind::Text(a), Kind::Text(b)) => Kind::Text(if a == b { a.clone() } else { None }),
                    (a, b) if a == b => a.clone(),
                    _ => return None,
                };
                Some(Self::Of(Type { kind, many: a.many || b.many }))
            }
        }
    }
}

impl Kind {
    /// Whether values of the two can be equal at all.
    pub(in crate::expression) fn same_family(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number { .. }, Self::Number { .. }) | (Self::Text(_), Self::Text(_)) => true,
            (a, b) => a == b,
        }
    }
}

/// A type in words, for a message.
pub(in crate::expression) fn describe(ty: &Type) -> &'static str {
    match (&ty.kind, ty.many) {
        (Kind::Boolean, false) => "a yes or no",
        (Kind::Boolean, true) => "a list of yes or no",
        (Kind::Number { .. }, false) => "a number",
        (Kind::Number { .. }, true) => "a list of numbers",
        (Kind::Text(None), false) => "a text",
        (Kind::Text(None), true) => "a list of texts",
        (Kind::Text(Some(_)), false) => "a choice",
        (Kind::Text(Some(_)), true) => "a list of choices",
        (Kind::Date, false) => "a date",
        (Kind::Date, true) => "a list of dates",
        (Kind::DateTime, false) => "a moment",
        (Kind::DateTime, true) => "a list of moments",
        (Kind::Time, false) => "a time of day",
        (Kind::Time, true) => "a list of times",
        (Kind::Quantity, _) => "a time span",
        (Kind::Rows(_), false) => "a row",
        (Kind::Rows(_), true) => "rows",
    }
}

/// A unit in the plural, for a message.
pub(in crate::expression) const fn plural(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "seconds",
        Unit::Minute => "minutes",
        Unit::Hour => "hours",
        Unit::Day => "days",
        Unit::Week => "weeks",
        Unit::Month => "months",
        Unit::Year => "years",
    }
}

use super::Compiler;
use crate::diagnostic::codes;
use crate::json::Item;
use crate::plan::{AnswerKind, Constraints, Pattern, TextShape};
use crate::value::Decimal;

/// Characters of a text that is an answer, whatever its question says: a book's chapter. A record can come from anybody.
const MOST_CHARACTERS: u32 = 100_000;

/// Which of JSON Schema's keywords mean something for which kind of answer.
const FOR_NUMBERS: [&str; 5] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
const FOR_TEXTS: [&str; 3] = ["minLength", "maxLength", "pattern"];
const FOR_LISTS: [&str; 2] = ["minItems", "maxItems"];

impl Compiler<'_> {
    /// Reads the constraints of a question and checks that they fit its kind and each other.
    #[inline(never)]
    pub(super) fn constraints(&mut self, item: Item<'_>, kind: &AnswerKind) -> Constraints {
        let fitting: &[&str] = match kind {
            AnswerKind::Number { .. } => &FOR_NUMBERS,
            AnswerKind::Text(TextShape::Plain) => &FOR_TEXTS,
            AnswerKind::Choices { .. } | AnswerKind::Repeat(_) => &FOR_LISTS,
            _ => &[],
        };
        for keyword in FOR_NUMBERS.iter().chain(&FOR_TEXTS).chain(&FOR_LISTS) {
            if let (Some(value), false) = (item.get(keyword), fitting.contains(keyword)) {
                let message = format!("`{keyword}` means nothing for this kind of question");
                self.error(codes::PLAN_CONSTRAINT, message, value.key_place()).help =
                    Some("remove it, or correct `type`".into());
            }
        }
        let decimal = |keyword: &str| item.get(keyword).and_then(Item::decimal);
        let whole = |keyword: &str| item.get(keyword).and_then(Item::whole);
        let constraints = Constraints {
            minimum: decimal("minimum"),
            maximum: decimal("maximum"),
            exclusive_minimum: decimal("exclusiveMinimum"),
            exclusive_maximum: decimal("exclusiveMaximum"),
            multiple_of: decimal("multipleOf"),
            min_length: whole("minLength"),
            max_length: match kind {
                AnswerKind::Text(TextShape::Plain) => {
                    Some(whole("maxLength").map_or(MOST_CHARACTERS, |most| most.min(MOST_CHARACTERS)))
                }
                _ => None,
            },
            pattern: self.pattern(item),
            min_items: whole("minItems"),
            max_items: whole("maxItems"),
        };
        if constraints.multiple_of.is_some_and(|step| step <= Decimal::ZERO)
            && let Some(place) = item.get("multipleOf")
        {
            self.error(codes::PLAN_CONSTRAINT, "`multipleOf` is greater than 0", place.place());
        }
        for (least, most) in [
            ("minimum", "maximum"),
            ("exclusiveMinimum", "exclusiveMaximum"),
            ("minLength", "maxLength"),
            ("minItems", "maxItems"),
        ] {
            if let (Some(low), Some(high), Some(place)) = (decimal(least), decimal(most), item.get(most))
                && (low > high || (least == "exclusiveMinimum" && low == high))
            {
                let message = format!("no answer can satisfy both `{least}` and `{most}`");
                self.error(codes::PLAN_CONSTRAINT, message, place.place());
            }
        }
        constraints
    }

    fn pattern(&mut self, item: Item<'_>) -> Option<Pattern> {
        let pattern = item.get("pattern")?;
        match Pattern::new(pattern.text()?) {
            Ok(pattern) => Some(pattern),
            Err(why) => {
                self.error(codes::PLAN_PATTERN, format!("this pattern cannot be used: {why}"), pattern.place())
                    .help = Some(
                    "patterns have no look-around, back references, flags, `\\b` or `\\p{…}`, so that none can hang \
                     and all validators agree"
                        .into(),
                );
                None
            }
        }
    }
}

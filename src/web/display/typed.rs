use std::str::FromStr;

use crate::plan::DateShape;
use crate::value::{Decimal, PartialDate, TimeOfDay, Value};
use crate::web::store::Unreadable;

use super::number_text;

/// How a box's text and an answer become each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BoxFormat {
    /// Text as it stands.
    Text,
    /// A number.
    Number,
    /// A number without a fraction.
    WholeNumber,
    /// A time of day.
    Time,
}

impl BoxFormat {
    /// What a text means; nothing for a blank one.
    ///
    /// # Errors
    /// Why it means nothing.
    pub(crate) fn read(self, text: &str) -> Result<Option<Value>, Unreadable> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        match self {
            Self::Text => Ok(Some(Value::text(trimmed))),
            Self::Number => {
                number(trimmed).map(|number| Some(Value::Number(number))).ok_or(Unreadable::Number)
            }
            Self::WholeNumber => match number(trimmed) {
                Some(number) if number.is_integer() => Ok(Some(Value::Number(number.normalize()))),
                Some(_) => Err(Unreadable::WholeNumber),
                None => Err(Unreadable::Number),
            },
            Self::Time => TimeOfDay::from_str(&plain(trimmed))
                .map(|time| Some(Value::Time(time)))
                .map_err(|()| Unreadable::Time),
        }
    }

    /// What the box holds for an answer.
    pub(crate) fn write(self, value: Option<&Value>) -> String {
        match value {
            Some(Value::Text(text)) => text.to_string(),
            Some(Value::Number(number)) => number_text(*number),
            Some(Value::Time(time)) => time.to_string(),
            Some(Value::Boolean(_) | Value::Codes(_) | Value::Date(_)) | None => String::new(),
        }
    }
}

/// What three boxes of a date mean; nothing if all are blank.
///
/// # Errors
/// Why they mean no date.
pub(crate) fn read_date(
    year: &str,
    month: &str,
    day: &str,
    shape: DateShape,
) -> Result<Option<Value>, Unreadable> {
    let part = |text: &str| {
        let text = plain(text.trim());
        if text.is_empty() { Ok(None) } else { text.parse::<u16>().map(Some).map_err(|_| Unreadable::Date) }
    };
    let small = |part: u16| u8::try_from(part).map_err(|_| Unreadable::Date);
    let date = match (part(year)?, part(month)?, part(day)?) {
        (None, None, None) => return Ok(None),
        // A year of two digits is a guess between centuries.
        (Some(..100), _, _) => None,
        (Some(year), Some(month), Some(day)) => PartialDate::day(year, small(month)?, small(day)?),
        (Some(year), Some(month), None) if shape == DateShape::Partial => {
            PartialDate::month(year, small(month)?)
        }
        (Some(year), None, None) if shape == DateShape::Partial => PartialDate::year(year),
        (None, _, _) | (Some(_), None, _) | (Some(_), Some(_), None) => {
            return Err(Unreadable::DateIncomplete);
        }
    };
    date.map(|date| Some(Value::Date(date))).ok_or(Unreadable::Date)
}

/// What the boxes of a date hold: year, month, day.
pub(crate) fn date_boxes(value: Option<&Value>) -> [String; 3] {
    let Some(Value::Date(date)) = value else { return Default::default() };
    let part = |part: Option<u8>| part.map(|part| part.to_string()).unwrap_or_default();
    [date.year_number().to_string(), part(date.month_number()), part(date.day_of_month())]
}

fn number(text: &str) -> Option<Decimal> {
    let text = plain(text);
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    let shaped = digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    // A record's numbers have at most 15 significant digits: more would not survive a JSON reader.
    let significant = digits.bytes().filter(u8::is_ascii_digit).skip_while(|&byte| byte == b'0').count();
    (shaped && significant <= 15).then(|| Decimal::from_str(&text).ok()).flatten()
}

/// The text with the wide digits, points, colons and minus signs of Chinese keyboards as their ASCII forms.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '０'..='９' => {
                char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')).unwrap_or(letter)
            }
            '．' | '。' => '.',
            '：' => ':',
            '－' | '−' => '-',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: BoxFormat, text: &str) -> Result<String, Unreadable> {
        format.read(text).map(|value| format.write(value.as_ref()))
    }

    #[test]
    fn numbers_are_read_from_any_keyboard() {
        for (typed, kept) in
            [("7", "7"), (" 007 ", "7"), ("７２．５", "72.5"), ("-3", "-3"), ("1.50", "1.5"), ("", "")]
        {
            assert_eq!(read(BoxFormat::Number, typed), Ok(kept.to_owned()), "{typed}");
        }
        for typed in ["seven", "1,5", "1.2.3", "-", ".", "1e3", "1234567890123456", "12 kg"] {
            assert_eq!(read(BoxFormat::Number, typed), Err(Unreadable::Number), "{typed}");
        }
        assert_eq!(read(BoxFormat::WholeNumber, "2.5"), Err(Unreadable::WholeNumber));
        assert_eq!(read(BoxFormat::WholeNumber, "2.0"), Ok("2".to_owned()));
    }

    #[test]
    fn a_date_may_lack_its_day_and_month_only_where_the_question_allows() {
        let partial = |year, month, day| read_date(year, month, day, DateShape::Partial);
        let date = |text: &str| Ok(text.parse().ok().map(Value::Date));
        assert_eq!(partial("1947", "2", "11"), date("1947-02-11"));
        assert_eq!(partial("１９４７", "", ""), date("1947"));
        assert_eq!(partial("1947", "12", ""), date("1947-12"));
        assert_eq!(partial("", "", ""), Ok(None));
        assert_eq!(partial("47", "", ""), Err(Unreadable::Date));
        assert_eq!(partial("1947", "", "11"), Err(Unreadable::DateIncomplete));
        assert_eq!(partial("1947", "2", "30"), Err(Unreadable::Date));
        assert_eq!(read_date("1947", "2", "", DateShape::Full), Err(Unreadable::DateIncomplete));
    }
}

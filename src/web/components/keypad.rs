use yew::prelude::*;

use super::{Icon, icon};
use crate::web::text::Texts;

/// A key of the pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PadKey {
    /// A digit.
    Digit(u8),
    /// The point before a fraction.
    Point,
    /// Plus becomes minus and back.
    Sign,
    /// Takes the last character back.
    Back,
}

/// Which keys a question needs beside the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PadKeys {
    /// Its numbers can have a fraction.
    pub(super) point: bool,
    /// Its numbers can be below zero.
    pub(super) sign: bool,
}

/// What stands in the box after a key.
pub(super) fn pressed(text: &str, key: PadKey) -> String {
    match key {
        PadKey::Digit(digit) => format!("{text}{digit}"),
        PadKey::Point if text.contains('.') => text.to_owned(),
        PadKey::Point if text.is_empty() || text == "-" => format!("{text}0."),
        PadKey::Point => format!("{text}."),
        PadKey::Sign => match text.strip_prefix('-') {
            Some(rest) => rest.to_owned(),
            None => format!("-{text}"),
        },
        PadKey::Back => {
            let mut letters = text.chars();
            letters.next_back();
            letters.as_str().to_owned()
        }
    }
}

/// Digits in a row: a number of one digit takes one touch, without a keyboard that covers half of the questions.
///
/// The keys are passed over by the Tab key: whoever has that one has digits too. Pressing one leaves the focus where it
/// is.
pub(super) fn keypad(texts: &Texts, keys: PadKeys, onkey: &Callback<PadKey>) -> Html {
    let key = |key: PadKey, label: Option<AttrValue>, face: Html| {
        let onclick = {
            let onkey = onkey.clone();
            move |_: MouseEvent| onkey.emit(key)
        };
        let stay = |event: MouseEvent| event.prevent_default();
        html! {
            <button type="button" class="key" tabindex="-1" aria-label={label} {onclick} onmousedown={stay}>{ face }</button>
        }
    };
    let digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];
    html! {
        <div class="keypad" role="group" aria-label={texts.say("keypad.title")}>
            <>{ for digits.into_iter().map(|digit| key(PadKey::Digit(digit), None, html! { { digit } })) }</>
            if keys.point {
                { key(PadKey::Point, Some(texts.say("keypad.point")), html! { { "." } }) }
            }
            if keys.sign {
                { key(PadKey::Sign, Some(texts.say("keypad.sign")), html! { { "±" } }) }
            }
            { key(PadKey::Back, Some(texts.say("keypad.back")), icon(Icon::Backspace, Classes::new())) }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[PadKey]) -> String {
        keys.iter().fold(String::new(), |text, &key| pressed(&text, key))
    }

    #[test]
    fn the_keys_write_a_number_as_a_person_would() {
        use PadKey::{Back, Digit, Point, Sign};
        assert_eq!(typed(&[Digit(7), Digit(2), Point, Digit(5)]), "72.5");
        assert_eq!(typed(&[Point, Digit(5)]), "0.5");
        assert_eq!(typed(&[Digit(1), Point, Point, Digit(5)]), "1.5");
        assert_eq!(typed(&[Digit(2), Sign]), "-2");
        assert_eq!(typed(&[Sign, Digit(2), Sign]), "2");
        assert_eq!(typed(&[Digit(1), Back, Back, Digit(3)]), "3");
    }
}

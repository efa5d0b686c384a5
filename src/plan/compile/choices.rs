use std::collections::BTreeSet;
use std::sync::Arc;

use super::Compiler;
use crate::diagnostic::{codes, did_you_mean};
use crate::json::Item;
use crate::plan::{Choice, ChoiceSource, Localised};
use crate::value::Value;

/// How many choices may be written at a question. They are looked through one after the other, which a shared list is
/// not: with 250,000 entries it takes no longer than with ten.
const MOST_OWN: usize = 1_000;

/// The choices that a question or its `items` offer.
pub(super) struct Offered {
    pub(super) source: ChoiceSource,
    /// Whether the codes are whole numbers.
    pub(super) numbers: bool,
}

impl Compiler<'_> {
    /// Reads `oneOf`, `enum` or `choicesFrom`; none if there is none of them.
    pub(super) fn offered(&mut self, item: Item<'_>, file: usize, name: &str) -> Option<Offered> {
        let keywords = ["oneOf", "enum", "choicesFrom"].map(|keyword| item.get(keyword));
        if keywords.iter().flatten().count() > 1 {
            let message = "choices come from one of `oneOf`, `enum` and `choicesFrom`";
            self.error(codes::DIALECT_KIND, message, item.place());
        }
        let own = keywords.iter().take(2).flatten().find_map(|list| list.items().nth(MOST_OWN));
        if let Some(item) = own {
            let message = format!("a question has at most {MOST_OWN} choices of its own");
            self.error(codes::PLAN_LIMIT, message, item.place()).help =
                Some("put them into a list, and name it with `choicesFrom`".into());
            return Some(Offered { source: ChoiceSource::Own(Vec::new()), numbers: false });
        }
        match keywords {
            [Some(list), ..] => Some(self.own_choices(list, file, name)),
            [_, Some(list), _] => Some(self.bare_choices(list)),
            [_, _, Some(list)] => self.choices_from(list),
            _ => None,
        }
    }

    fn choices_from(&mut self, item: Item<'_>) -> Option<Offered> {
        let name = item.text()?;
        if let Some(list) = self.find_list(name) {
            return Some(Offered { source: ChoiceSource::List(list), numbers: false });
        }
        let known = did_you_mean(name, self.lists.iter().map(|list| &*list.id));
        let meant = known.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
        self.error(
            codes::PLAN_UNKNOWN_NAME,
            format!("there is no list named `{name}`{meant}"),
            item.place(),
        )
        .help = Some("lists are named under `lists` at the root of the questionnaire".into());
        Some(Offered { source: ChoiceSource::Own(Vec::new()), numbers: false })
    }

    fn own_choices(&mut self, list: Item<'_>, file: usize, name: &str) -> Offered {
        let mut choices = Vec::new();
        for item in list.items() {
            let (Some(constant), Some(title)) = (item.get("const"), item.get("title")) else { continue };
            let Some(value) = code_value(constant) else {
                let message = "a choice is a text or a whole number";
                self.error(codes::PLAN_CHOICES, message, constant.place());
                continue;
            };
            let code = code_text(&value);
            let Some(label) = self.text(Some(title), file, &["questions", name, "choices", &code], None)
            else {
                continue;
            };
            choices.push((
                constant,
                Choice {
                    value,
                    code,
                    label,
                    score: item.get("score").and_then(Item::decimal),
                    picture: item.text_of("picture").map(Arc::from),
                },
            ));
        }
        self.distinct(list, choices)
    }

    fn bare_choices(&mut self, list: Item<'_>) -> Offered {
        let choices = list
            .items()
            .filter_map(|item| {
                let value = code_value(item)?;
                let code = code_text(&value);
                let label = Localised::plain(&code);
                Some((item, Choice { value, code, label, score: None, picture: None }))
            })
            .collect();
        self.distinct(list, choices)
    }

    fn distinct(&mut self, list: Item<'_>, choices: Vec<(Item<'_>, Choice)>) -> Offered {
        if choices.is_empty() {
            self.error(codes::PLAN_CHOICES, "there is nothing to choose from", list.place());
        }
        let numbers = choices.iter().filter(|(_, choice)| matches!(choice.value, Value::Number(_))).count();
        if numbers > 0 && numbers < choices.len() {
            let message = "the choices are partly texts and partly numbers";
            self.error(codes::PLAN_CHOICES, message, list.place());
        }
        let mut seen = BTreeSet::new();
        for (item, choice) in &choices {
            if !seen.insert(&choice.code) {
                let message = format!("the choice `{}` stands here twice", choice.code);
                self.error(codes::PLAN_CHOICES, message, item.place());
            }
        }
        let choices = choices.into_iter().map(|(_, choice)| choice).collect();
        Offered { source: ChoiceSource::Own(choices), numbers: numbers > 0 }
    }
}

fn code_value(item: Item<'_>) -> Option<Value> {
    match (item.text(), item.decimal()) {
        (Some(text), _) if !text.trim().is_empty() => Some(Value::text(text)),
        (_, Some(number)) if number.is_integer() => Some(Value::Number(number.normalize())),
        _ => None,
    }
}

fn code_text(value: &Value) -> Arc<str> {
    match value {
        Value::Text(text) => Arc::clone(text),
        Value::Number(number) => number.to_string().into(),
        _ => "".into(),
    }
}

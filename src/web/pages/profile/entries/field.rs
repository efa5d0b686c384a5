use serde_json::{Value, json};
use yew::prelude::*;

use crate::diagnostic::Severity;
use crate::value::PartialDate;
use crate::web::components::message;
use crate::web::host::field;
use crate::web::store::Store;
use crate::web::text::Texts;

/// Codes and what they are called.
pub(super) type Options = Vec<(String, AttrValue)>;

/// What can be said of an entry: a member of it, and the box in which that is written.
pub(super) struct Field {
    /// The name of the member.
    pub(super) member: &'static str,
    /// The words over the box.
    pub(super) label: &'static str,
    /// What kind of box it is.
    pub(super) control: Control,
    /// What is said where it stays empty and must not.
    pub(super) missing: Option<&'static str>,
    /// Of which entries it is asked.
    pub(super) asked: Asked,
    /// What stands in the box of a new entry.
    pub(super) first: &'static str,
}

/// Of which entries something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Of all.
    Always,
    /// Of one that is there: it can be known only after a while.
    Afterwards,
    /// Of one that says it already, as another program may have written it.
    WhereStated,
}

/// A kind of box.
pub(super) enum Control {
    /// Sentences.
    Area,
    /// A few words.
    Line,
    /// A day.
    Day,
    /// One of several codes; the function also gets the code that is stated, so that what is no longer offered stays.
    Choice(fn(&Store, &Texts, &str) -> Options),
    /// The same, where the codes are numbers on the wire.
    Grade(fn(&Store, &Texts, &str) -> Options),
}

/// A box whose member may be left open and is known from the beginning.
pub(super) const OPEN: Field =
    Field { member: "", label: "", control: Control::Line, missing: None, asked: Asked::Always, first: "" };

impl Field {
    /// What an entry says, as it stands in the box.
    pub(super) fn text(&self, entry: &Value) -> String {
        match entry.get(self.member) {
            Some(Value::String(text)) => text.clone(),
            Some(number @ Value::Number(_)) => number.to_string(),
            // An entry may be no more than its words.
            None if self.member == "text" => entry.as_str().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    /// What a text in the box states.
    pub(super) fn value(&self, text: String) -> Option<Value> {
        match self.control {
            _ if text.is_empty() => None,
            Control::Grade(_) => text.parse::<i64>().ok().map(|number| json!(number)),
            Control::Area | Control::Line | Control::Day | Control::Choice(_) => Some(text.into()),
        }
    }

    /// What is wrong with what stands in the box: the key of a sentence. An entry that was there without it may stay so.
    pub(super) fn problem(
        &self,
        element: &NodeRef,
        text: &str,
        before: Option<&Value>,
    ) -> Option<&'static str> {
        // A box for a day hands out nothing where half a day stands in it.
        let half = || element.get().is_some_and(|element| field::is_unreadable(&element));
        let no_day = || !text.is_empty() && text.parse::<PartialDate>().is_err();
        match self.control {
            Control::Day if half() || no_day() => Some("agreed.no-day"),
            _ if text.is_empty() && before.is_some_and(|entry| self.text(entry).is_empty()) => None,
            _ if text.is_empty() => self.missing,
            _ => None,
        }
    }

    /// The box with the words over it and, where something is wrong, what that is under it. A choice of nothing is none.
    pub(super) fn draw(&self, store: &Store, texts: &Texts, shown: &Shown) -> Html {
        let Shown { id, element, first, problem } = shown;
        let error = problem.map(|_| format!("{id}-error"));
        let invalid = problem.map(|_| "true");
        let options = match self.control {
            Control::Choice(options) | Control::Grade(options) => options(store, texts, first),
            Control::Area | Control::Line | Control::Day => Vec::new(),
        };
        let control = match self.control {
            Control::Area => html! {
                <textarea ref={element.clone()} id={id.clone()} class="box" rows="2" autocomplete="off"
                    spellcheck="false" translate="no" aria-describedby={error.clone()} aria-invalid={invalid} />
            },
            Control::Line => html! {
                <input ref={element.clone()} id={id.clone()} class="box" type="text" autocomplete="off"
                    spellcheck="false" translate="no" aria-describedby={error.clone()} aria-invalid={invalid} />
            },
            // The browser's box for a day knows no month by itself, as another program may have stated it.
            Control::Day => {
                let kind = if matches!(first.len(), 0 | 10) { "date" } else { "text" };
                html! {
                    <input ref={element.clone()} id={id.clone()} class="box box-time" type={kind} autocomplete="off"
                        aria-describedby={error.clone()} aria-invalid={invalid} />
                }
            }
            Control::Choice(_) | Control::Grade(_) if options.len() < 2 && self.missing.is_none() => {
                return Html::default();
            }
            Control::Choice(_) | Control::Grade(_) => html! {
                <select ref={element.clone()} id={id.clone()} class="box" autocomplete="off"
                    aria-describedby={error.clone()} aria-invalid={invalid}>
                    { for options.into_iter().map(|(code, name)| html! {
                        <option key={code.clone()} value={code}>{ name }</option>
                    }) }
                </select>
            },
        };
        html! {
            <div class="entry-field">
                <label for={id.clone()}>{ texts.say(self.label) }</label>
                { control }
                if let Some(problem) = problem {
                    <div id={error}>{ message(texts, Severity::Error, texts.say(problem)) }</div>
                }
            </div>
        }
    }
}

/// How a box is shown.
pub(super) struct Shown {
    pub(super) id: String,
    pub(super) element: NodeRef,
    /// What stood in it when the form was opened.
    pub(super) first: String,
    pub(super) problem: Option<&'static str>,
}

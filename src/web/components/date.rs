use std::rc::Rc;

use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use crate::expression::Reading;
use crate::plan::{AnswerKind, DateShape};
use crate::session::{Node, Session};
use crate::value::Value;
use crate::web::display::{date_boxes, interval_text, number_text, read_date};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::field;
use crate::web::store::Store;
use crate::web::text::Texts;

/// The boxes of a date, as an index into what is typed.
const PARTS: [(&str, char, &str); 3] =
    [("date.box.year", 'y', "4"), ("date.box.month", 'm', "2"), ("date.box.day", 'd', "2")];

/// A date in three boxes, in the order of the page's language: quicker than a calendar for a birth date, and the day
/// or the month may stay empty where the question allows.
#[component]
pub(crate) fn DateControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let boxes: Rc<[NodeRef; 3]> = use_memo((), |()| std::array::from_fn(|_| NodeRef::default()));
    let shape = shape(&store.session(), node);
    let shown: Rc<[String]> = {
        let typed = store.drafts().typed(node);
        typed.unwrap_or_else(|| Rc::from(date_boxes(store.session().value(node))))
    };
    {
        let boxes = Rc::clone(&boxes);
        use_effect(move || {
            // The three are one answer: while one of them is typed into, all of them are left alone.
            let elements: Vec<_> = boxes.iter().filter_map(NodeRef::get).collect();
            if !elements.iter().any(crate::web::host::focus::is_within) {
                for (element, text) in elements.iter().zip(shown.iter()) {
                    field::write(element, text);
                }
            }
        });
    }
    let oninput = {
        let (store, boxes) = (store.clone(), Rc::clone(&boxes));
        Callback::from(move |_: InputEvent| send(&store, node, &boxes, shape))
    };
    let order = texts.say("date.order");
    let mut parts: Vec<_> = PARTS.into_iter().zip(boxes.iter()).enumerate().collect();
    parts.sort_by_key(|(_, ((_, letter, _), _))| order.find(*letter));
    let age = age(&store.session(), &texts, node);
    html! {
        <>
            <div class="date-parts">
                { for parts.into_iter().map(|(part, ((label, letter, length), element))| {
                    let id = Ids(node).nth(part);
                    html! {
                        <div class="date-part" key={part}>
                            <label for={id.clone()}>{ texts.say(label) }</label>
                            <input ref={element.clone()} {id} type="text" inputmode="numeric" maxlength={length}
                                class={classes!("box", (letter == 'y').then_some("box-year"))} readonly={read_only}
                                oninput={oninput.clone()} autocomplete="off" spellcheck="false" translate="no"
                                aria-describedby={described_by.clone()} aria-invalid={invalid.to_string()} />
                        </div>
                    }
                }) }
            </div>
            if let Some(age) = age {
                <p class="hint">{ age }</p>
            }
        </>
    }
}

fn send(store: &Store, node: Node, boxes: &[NodeRef; 3], shape: DateShape) {
    let typed = boxes
        .each_ref()
        .map(|element| element.get().and_then(|element| field::read(&element)).unwrap_or_default());
    let [year, month, day] = &typed;
    match read_date(year, month, day, shape) {
        Ok(value) => store.answer(node, value),
        Err(why) => store.keep_draft(node, Rc::from(typed), why),
    }
}

fn shape(session: &Session, node: Node) -> DateShape {
    match session.plan().question(node.question()).kind {
        AnswerKind::Date(shape) => shape,
        _ => DateShape::Full,
    }
}

/// The age, under the date that it is computed from.
fn age(session: &Session, texts: &Texts, node: Node) -> Option<AttrValue> {
    let plan = session.plan();
    if plan.subject.birth_date != Some(node.question()) {
        return None;
    }
    let age = match session.age() {
        Reading::Known(Value::Number(age)) => number_text(*age),
        Reading::Within(ages) => interval_text(ages),
        Reading::Known(_) | Reading::Missing => return None,
    };
    Some(texts.fill("age.years", &[("age", &age)]))
}

use std::rc::Rc;

use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use super::precision::{Precision, Precisions};
use crate::expression::Reading;
use crate::plan::{AnswerKind, DateShape};
use crate::session::{Node, Session};
use crate::value::Value;
use crate::web::display::{date_boxes, interval_text, number_text, read_date};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::{field, focus};
use crate::web::store::Store;
use crate::web::text::Texts;

/// The boxes of a date, as an index into what is typed.
const PARTS: [(&str, char, &str); 3] =
    [("date.box.year", 'y', "4"), ("date.box.month", 'm', "2"), ("date.box.day", 'd', "2")];

/// A date in three boxes, in the order of the page's language: quicker than a calendar for a birth date. Where the day
/// or the month may be unknown, a touch says so, and the boxes that are then of no use go.
#[component]
pub(crate) fn DateControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let boxes: Rc<[NodeRef; 3]> = use_memo((), |()| std::array::from_fn(|_| NodeRef::default()));
    let shape = shape(&store.session(), node);
    let precision = use_state(|| Precision::of(&store.session(), node));
    {
        // An answer from elsewhere, such as last time's, may be more exact than what was chosen here: all of it is shown, and
        // no box goes while it is corrected.
        let answered = Precision::answered(&store.session(), node);
        let precision = precision.clone();
        use_effect_with(answered, move |answered| {
            if let Some(answered) = answered.filter(|answered| answered.boxes() > precision.boxes()) {
                precision.set(answered);
            }
        });
    }
    let touched = use_mut_ref(|| false);
    let shown: Rc<[String]> = {
        let typed = store.drafts().typed(node);
        typed.unwrap_or_else(|| Rc::from(date_boxes(store.session().value(node))))
    };
    {
        let boxes = Rc::clone(&boxes);
        use_effect(move || {
            // The three are one answer: while one of them is typed into, all of them are left alone.
            let elements: Vec<_> = boxes.iter().map(NodeRef::get).collect();
            if !elements.iter().flatten().any(focus::is_within) {
                for (element, text) in elements.iter().zip(shown.iter()) {
                    if let Some(element) = element {
                        field::write(element, text);
                    }
                }
            }
        });
    }
    let order = texts.say("date.order");
    let mut parts: Vec<_> = PARTS.into_iter().zip(boxes.iter()).enumerate().collect();
    parts.retain(|(part, _)| *part < precision.boxes());
    parts.sort_by_key(|(_, ((_, letter, _), _))| order.find(*letter));
    let places: Vec<usize> = parts.iter().map(|(part, _)| *part).collect();
    let oninput = {
        let (store, boxes, touched) = (store.clone(), Rc::clone(&boxes), Rc::clone(&touched));
        Callback::from(move |event: InputEvent| {
            send(&store, node, &boxes, shape);
            // On glass the next box is a touch away; a keyboard has its Tab key, and a box that is left by itself
            // would be left twice.
            if *touched.borrow() {
                go_on(&boxes, &places, &event);
            }
        })
    };
    let onpointerdown = {
        let touched = Rc::clone(&touched);
        Callback::from(move |event: PointerEvent| *touched.borrow_mut() = event.pointer_type() == "touch")
    };
    let onprecision = {
        let (store, boxes, precision) = (store.clone(), Rc::clone(&boxes), precision.clone());
        Callback::from(move |chosen: Precision| {
            for element in boxes.iter().skip(chosen.boxes()).filter_map(NodeRef::get) {
                field::write(&element, "");
            }
            precision.set(chosen);
            send(&store, node, &boxes, shape);
            chosen.tell(&store, node);
        })
    };
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
                                oninput={oninput.clone()} onpointerdown={onpointerdown.clone()} autocomplete="off"
                                spellcheck="false" translate="no" aria-describedby={described_by.clone()}
                                aria-invalid={invalid.then_some("true")} />
                        </div>
                    }
                }) }
            </div>
            if let Some(age) = age {
                <p class="hint">{ age }</p>
            }
            if shape == DateShape::Partial {
                <Precisions store={store.clone()} {node} chosen={*precision} {read_only} onchoose={onprecision} />
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

/// Goes to the next box once the one that was typed into can take no more digits.
fn go_on(boxes: &[NodeRef; 3], places: &[usize], event: &InputEvent) {
    let is_here = |place: &usize| {
        boxes.get(*place).and_then(NodeRef::get).is_some_and(|element| focus::is_within(&element))
    };
    let Some(here) = places.iter().position(is_here) else { return };
    let text = field::text_of(event).unwrap_or_default();
    let full = match places.get(here) {
        Some(0) => text.len() >= 4,
        // No month begins with a higher digit, and no day.
        Some(1) => text.len() >= 2 || matches!(text.as_str(), "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9"),
        _ => text.len() >= 2 || matches!(text.as_str(), "4" | "5" | "6" | "7" | "8" | "9"),
    };
    let next = places.get(here + 1).and_then(|place| boxes.get(*place)).and_then(NodeRef::get);
    if let Some(next) = next.filter(|next| full && field::read(next).is_some_and(|text| text.is_empty())) {
        focus::node(&next);
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

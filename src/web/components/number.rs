use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use super::keypad::{PadKey, PadKeys, keypad, pressed};
use crate::plan::AnswerKind;
use crate::value::Decimal;
use crate::web::display::BoxFormat;
use crate::web::hooks::{TextBox, use_box, use_texts};
use crate::web::host::{document, field, focus};

/// A number with its unit. The box is of type `text`: one of type `number` drops what it cannot read without a word,
/// and changes its value when somebody scrolls over it.
///
/// Where the author asks for a keypad, or a finger is at work or comes to the box, digits stand under it, and the
/// tablet's own keyboard stays away.
#[component]
pub(crate) fn NumberControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only, .. } = props.clone();
    let texts = use_texts();
    let touched = use_state(document::by_touch);
    let integer = {
        let session = store.session();
        matches!(session.plan().question(node.question()).kind, AnswerKind::Number { integer: true })
    };
    let format = if integer { BoxFormat::WholeNumber } else { BoxFormat::Number };
    let TextBox { element, oninput, onblur, write } = use_box(&store, node, format);
    let session = store.session();
    let question = session.plan().question(node.question());
    let least = question.constraints.minimum.or(question.constraints.exclusive_minimum);
    let positive = least.is_some_and(|least| least >= Decimal::ZERO);
    let padded = !read_only && (*touched || question.widget.as_deref() == Some("keypad"));
    // The keypads of some tablets have no minus sign: only where none is needed.
    let inputmode = match (padded, positive) {
        (true, _) => Some("none"),
        (false, true) => Some(if integer { "numeric" } else { "decimal" }),
        (false, false) => None,
    };
    let onpointerdown = move |event: PointerEvent| {
        if event.pointer_type() == "touch" && !*touched {
            touched.set(true);
        }
    };
    let onkey = {
        let (element, id) = (element.clone(), Ids(node).control());
        Callback::from(move |key: PadKey| {
            // What is typed is typed into the box: leaving it shows what is wrong.
            focus::element(&id);
            let text = element.get().and_then(|element| field::read(&element)).unwrap_or_default();
            write.emit(pressed(&text, key));
        })
    };
    let unit = question.unit.as_ref().map(|unit| session.text(unit, node.row));
    let placeholder = question.placeholder.as_ref().map(|text| session.text(text, node.row));
    let input = html! {
        <input ref={element} id={Ids(node).control()} class="box box-number" type="text" {inputmode}
            {placeholder} readonly={read_only} {oninput} {onblur} {onpointerdown} autocomplete="off"
            spellcheck="false" translate="no" aria-describedby={described_by}
            aria-invalid={invalid.then_some("true")} />
    };
    html! {
        <>
            if let Some(unit) = unit {
                <div class="with-unit">{ input }<span class="beside">{ unit }</span></div>
            } else {
                { input }
            }
            if padded {
                { keypad(&texts, PadKeys { point: !integer, sign: !positive }, &onkey) }
            }
        </>
    }
}

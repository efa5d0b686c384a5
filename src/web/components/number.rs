use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use crate::plan::AnswerKind;
use crate::value::Decimal;
use crate::web::display::BoxFormat;
use crate::web::hooks::{TextBox, use_box};

/// A number with its unit. The box is of type `text`: one of type `number` drops what it cannot read without a word,
/// and changes its value when somebody scrolls over it.
#[component]
pub(crate) fn NumberControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only } = props.clone();
    let integer = {
        let session = store.session();
        matches!(session.plan().question(node.question()).kind, AnswerKind::Number { integer: true })
    };
    let format = if integer { BoxFormat::WholeNumber } else { BoxFormat::Number };
    let TextBox { element, oninput, onblur } = use_box(&store, node, format);
    let session = store.session();
    let question = session.plan().question(node.question());
    // The keypads of some tablets have no minus sign: only where none is needed.
    let inputmode = match question.constraints.minimum {
        Some(least) if least >= Decimal::ZERO => Some(if integer { "numeric" } else { "decimal" }),
        _ => None,
    };
    let unit = question.unit.as_ref().map(|unit| session.text(unit, node.row));
    let placeholder = question.placeholder.as_ref().map(|text| session.text(text, node.row));
    html! {
        <div class="with-unit">
            <input ref={element} id={Ids(node).control()} class="box box-number" type="text" {inputmode} {placeholder}
                readonly={read_only} {oninput} {onblur} autocomplete="off" spellcheck="false"
                translate="no" aria-describedby={described_by} aria-invalid={invalid.to_string()} />
            if let Some(unit) = unit {
                <span class="beside">{ unit }</span>
            }
        </div>
    }
}

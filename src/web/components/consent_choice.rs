use yew::prelude::*;

use super::ids::Ids;
use super::{ControlProps, Icon, icon};
use crate::value::Value;
use crate::web::hooks::{use_node, use_texts, use_topic};
use crate::web::store::{TeachBack, Topic, purpose_of};

/// Consent to a purpose: three large answers, and after a "yes" the person says in their own words what it is to. Only
/// then does the interview go on by itself.
#[component]
pub(crate) fn ConsentChoice(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, onchosen, .. } = props.clone();
    use_node(&store, node);
    use_topic(&store, Topic::Acts);
    let texts = use_texts();
    let session = store.session();
    let question = session.plan().question(node.question());
    let Some(purpose) = purpose_of(question).map(str::to_owned) else { return Html::default() };
    let value = session.value(node);
    let granted = value == Some(&Value::text("granted"));
    let teach_back = store.acts().teach_back(&purpose);
    // To take back what was granted is no answer to the question: it is done at the list of consents.
    let offered = session
        .choices(node)
        .into_iter()
        .filter(|choice| &*choice.code != "withdrawn" || value == Some(&choice.value));
    let say = |how: TeachBack| {
        let (store, purpose, onchosen) = (store.clone(), purpose.clone(), onchosen.clone());
        move |event: MouseEvent| {
            store.say_teach_back(&purpose, Some(how));
            if how == TeachBack::Understood {
                onchosen.emit(event);
            }
        }
    };
    html! {
        <>
            <div class="choices-across consent">
                { for offered.map(|choice| {
                    let onchange = {
                        let (store, value, purpose) = (store.clone(), choice.value.clone(), purpose.clone());
                        move |_: Event| store.answer_consent(node, &purpose, value.clone())
                    };
                    let onclick = if &*choice.code == "granted" { Callback::noop() } else { onchosen.clone() };
                    html! {
                        <label class="choice" key={&*choice.code}>
                            <input type="radio" name={Ids(node).group()} value={choice.code.to_string()}
                                checked={value == Some(&choice.value)} disabled={read_only} {onchange} {onclick}
                                autocomplete="off" />
                            <span>{ session.text(&choice.label, node.row) }</span>
                        </label>
                    }
                }) }
            </div>
            if granted && !read_only {
                <div class="teach-back" role="group" aria-labelledby={Ids(node).nth(0)}>
                    <p id={Ids(node).nth(0)}>{ texts.say("teach-back.ask") }</p>
                    <div class="actions-inline">
                        <button type="button" class="button button-second" onclick={say(TeachBack::Understood)}
                            aria-pressed={(teach_back == Some(TeachBack::Understood)).to_string()}>
                            { icon(Icon::Tick, Classes::new()) }{ texts.say("teach-back.understood") }
                        </button>
                        <button type="button" class="button button-second" onclick={say(TeachBack::ExplainedAgain)}
                            aria-pressed={(teach_back == Some(TeachBack::ExplainedAgain)).to_string()}>
                            { texts.say("teach-back.again") }
                        </button>
                    </div>
                    if teach_back == Some(TeachBack::ExplainedAgain) {
                        <p class="hint" role="status">{ texts.say("teach-back.then") }</p>
                    }
                </div>
            }
        </>
    }
}

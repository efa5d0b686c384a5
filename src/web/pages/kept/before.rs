use yew::prelude::*;

use crate::web::components::{AskTwice, BusyButton, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_busy, use_keeping, use_texts};
use crate::web::host::focus::{self, HEADING};

/// The id of the heading.
const BEFORE: &str = "begun-before";

/// What [`Before`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct BeforeProps {
    /// The desk.
    pub(super) desk: Desk,
    /// Called when they were thrown away.
    #[prop_or_default]
    pub(super) thrown: Callback<()>,
}

/// Asks whoever works whether what was begun before anybody was unlocked is theirs. It may be another person's: nothing of
/// it is shown, not even of which questionnaire it is.
#[component]
pub(super) fn Before(props: &BeforeProps) -> Html {
    let BeforeProps { desk, thrown } = props;
    use_keeping(desk.keeping());
    let texts = use_texts();
    let asking = use_state(|| false);
    let busy = use_busy();
    let count = desk.count_aside();
    let keep = {
        let (desk, busy) = (desk.clone(), busy.clone());
        move |_: MouseEvent| {
            let desk = desk.clone();
            busy.begin(async move { desk.take_as_own().await });
        }
    };
    let throw = {
        let (desk, asking, thrown) = (desk.clone(), asking.clone(), thrown.clone());
        move |_: MouseEvent| {
            asking.set(false);
            desk.throw_away_aside();
            thrown.emit(());
        }
    };
    // Whoever has just unlocked has pressed what is there no more.
    use_effect_with(count > 0, |asks| {
        if *asks && focus::is_nowhere() {
            focus::element(BEFORE);
        }
    });
    if count == 0 {
        return Html::default();
    }
    html! {
        <section class="panel panel-warning stack" data-before={count.to_string()}>
            <h2 id={BEFORE} tabindex="-1" class="quiet-focus">
                { icon(Icon::Warning, Classes::new()) }{ texts.fill("before.n", &[("n", &count.to_string())]) }
            </h2>
            <p>{ texts.say("before.text") }</p>
            <div class="actions">
                <BusyButton text={texts.say("before.mine")} doing={texts.say("saved.writing")} working={busy.is_working()}
                    onclick={keep} />
                if !busy.is_working() {
                    <AskTwice {asking} class={classes!("button-quiet", "button-danger")} text={texts.say("before.throw")}
                        ask={texts.say("before.throw-ask")} question={texts.say("before.throw-ask")}
                        yes={texts.say("before.throw-yes")} no={texts.say("before.back")} onyes={throw} then={HEADING} />
                }
            </div>
        </section>
    }
}

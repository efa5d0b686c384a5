use yew::prelude::*;

use super::{Icon, icon};
use crate::value::PartialDate;
use crate::web::hooks::{use_dialog, use_hidden, use_texts};
use crate::web::host::{clock, hiding};

/// One touch, and the page is a calendar. Nothing on it says that there is anything else; a touch on today's date
/// brings the page back as it was. It stands beside the pages and in none of them: whatever becomes of the page meanwhile,
/// and of its address, the calendar stays.
#[component]
pub(crate) fn QuickHide() -> Html {
    let hidden = use_hidden();
    html! {
        <>
            <HideButton />
            if hidden {
                <Calendar />
            }
        </>
    }
}

/// The button alone, for what stands over the page and would keep the page's own from a finger.
#[component]
pub(crate) fn HideButton() -> Html {
    let texts = use_texts();
    let onclick = |_: MouseEvent| hiding::set(true);
    html! {
        <button type="button" class="quick-hide" {onclick} aria-label={texts.say("hide.button")}>
            { icon(Icon::Hide, Classes::new()) }
        </button>
    }
}

/// A month, as any calendar shows it.
#[component]
fn Calendar() -> Html {
    let texts = use_texts();
    let element = use_dialog();
    let onreturn = |_: MouseEvent| hiding::set(false);
    let today = clock::today();
    let (year, month) = (today.year_number(), today.month_number().unwrap_or(1));
    let name = texts.say(&format!("month.{month}"));
    let head = texts.fill("date.month", &[("year", &year.to_string()), ("month", &name)]);
    html! {
        <dialog ref={element} class="calendar" closedby="none">
            <p class="calendar-month">{ head }</p>
            <div class="calendar-days">
                <>{ for weekdays(&texts.say("hide.weekdays")).into_iter().map(|day| html! { <span class="calendar-head">{ day }</span> }) }</>
                <>{ for (0..blanks(today)).map(|_| html! { <span></span> }) }</>
                <>{ for (1..=days(today)).map(|day| html! {
                    if Some(day) == today.day_of_month() {
                        <button type="button" class="calendar-today" onclick={onreturn}>{ day }</button>
                    } else {
                        <span>{ day }</span>
                    }
                }) }</>
            </div>
        </dialog>
    }
}

fn weekdays(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// The days of the month.
fn days(today: PartialDate) -> u8 {
    let month = PartialDate::month(today.year_number(), today.month_number().unwrap_or(1));
    month.and_then(|month| month.latest().day_of_month()).unwrap_or(30)
}

/// The places before the first day, in weeks that begin on Monday.
fn blanks(today: PartialDate) -> i32 {
    let month = PartialDate::month(today.year_number(), today.month_number().unwrap_or(1));
    // The first of January 1970 was a Thursday.
    month.and_then(|month| month.earliest().day_number()).map_or(0, |number| (number + 3).rem_euclid(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_on_its_weekday_and_has_its_days() {
        for (date, before, length) in [("2026-11-26", 6, 30), ("2026-06-01", 0, 30), ("2028-02-29", 1, 29)] {
            let date: PartialDate = date.parse().unwrap();
            assert_eq!((blanks(date), days(date)), (before, length), "{date}");
        }
    }
}

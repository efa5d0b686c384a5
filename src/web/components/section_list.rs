use yew::prelude::*;

use super::{Icon, Progress, icon};
use crate::plan::SectionId;
use crate::web::hooks::{use_painted, use_texts, use_topic};
use crate::web::host::document;
use crate::web::route::Route;
use crate::web::store::{SectionState, Store, Topic};
use crate::web::text::Texts;

/// What [`SectionList`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct SectionListProps {
    /// The interview.
    pub(crate) store: Store,
    /// The section on the screen.
    pub(crate) section: SectionId,
}

/// The sections with how far each is. Beside the questions it is open; above them it opens on demand.
#[component]
pub(crate) fn SectionList(props: &SectionListProps) -> Html {
    let SectionListProps { store, section } = props;
    use_topic(store, Topic::Progress);
    let texts = use_texts();
    let open = use_state(document::is_wide);
    {
        // A tablet that is turned has room for the list, or no longer.
        let open = open.setter();
        use_effect_with((), move |()| {
            let listener = document::on_wide(move |wide| open.set(wide));
            move || drop(listener)
        });
    }
    // The questions come first: what is closed, or beside them, is drawn when they are on the screen.
    let drawn = use_painted();
    let asked = store.sections();
    let place = asked.iter().position(|one| one == section).map_or(0, |index| index + 1);
    let heading =
        texts.fill("sections.place", &[("place", &place.to_string()), ("of", &asked.len().to_string())]);
    let count = store.session().plan().sections.len();
    html! {
        <nav class="sheet" aria-label={texts.say("sections.title")}>
            <Progress store={store.clone()} />
            <details open={*open}>
                <summary class="sections-toggle"><span>{ heading }</span>{ icon(Icon::Down, "turn") }</summary>
                if drawn {
                    <ol class="sections-list">
                        { for (0..count).map(|index| {
                            let one = crate::web::store::section_id(index);
                            html! {
                                <SectionLink key={index} store={store.clone()} section={one}
                                    current={one == *section} />
                            }
                        }) }
                    </ol>
                }
            </details>
        </nav>
    }
}

#[derive(PartialEq, Properties)]
struct SectionLinkProps {
    store: Store,
    section: SectionId,
    current: bool,
}

#[component]
fn SectionLink(props: &SectionLinkProps) -> Html {
    let SectionLinkProps { store, section, current } = props;
    use_topic(store, Topic::Section(*section));
    let texts = use_texts();
    let tally = store.tally(*section);
    let session = store.session();
    let Some(title) = session.plan().sections.get(section.index()).map(|section| &section.title) else {
        return Html::default();
    };
    if !tally.asked {
        return Html::default();
    }
    let href = Route::Fill { form: store.form().to_string(), section: section.index() }.href();
    html! {
        <li>
            <a class="section-link" {href} aria-current={current.then_some("step")}>
                { section_mark(&texts, tally.state()) }
                <span>{ session.text(title, crate::expression::RowId::FORM) }</span>
                if let Some(figure) = tally.figure() {
                    <span class="count">{ figure }</span>
                }
            </a>
        </li>
    }
}

/// How far a section is, as a picture and, for screen readers, in words.
pub(crate) fn section_mark(texts: &Texts, state: SectionState) -> Html {
    let (class, word) = match state {
        SectionState::Untouched => ("state-untouched", "sections.untouched"),
        SectionState::Partly => ("state-partly", "sections.partly"),
        SectionState::Complete => ("state-complete", "sections.complete"),
        SectionState::Errors => ("state-errors", "sections.errors"),
    };
    html! {
        <span>
            { icon(Icon::of_section(state), class) }
            <span class="visually-hidden">{ texts.say(word) }</span>
        </span>
    }
}

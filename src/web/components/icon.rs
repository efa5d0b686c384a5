use yew::prelude::*;

use crate::value::Absence;
use crate::web::store::SectionState;

/// The page's pictures: lines on a grid of 24, in the colour of the text beside them. None stands without a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Mark,
    Down,
    Up,
    Next,
    Previous,
    Error,
    Warning,
    Info,
    Clock,
    Download,
    Plus,
    Remove,
    Untouched,
    Partly,
    Complete,
    Declined,
    DontKnow,
    NotApplicable,
    Unable,
    Diamond,
    Triangle,
    Dot,
    Tick,
    Dashed,
    Backspace,
    Camera,
    Hide,
    Lock,
    Place,
    Stop,
    Person,
    Rule,
    Same,
    Swap,
    Flag,
    Plant,
    Print,
    Settings,
}

impl Icon {
    /// The picture of a reason for no answer.
    pub(crate) fn of_absence(absence: Absence) -> Self {
        match absence {
            Absence::Declined => Self::Declined,
            Absence::DontKnow => Self::DontKnow,
            Absence::NotApplicable => Self::NotApplicable,
            Absence::NotAsked => Self::Clock,
            Absence::Unable => Self::Unable,
        }
    }

    /// The picture of how far a section is.
    pub(crate) fn of_section(state: SectionState) -> Self {
        match state {
            SectionState::Untouched => Self::Untouched,
            SectionState::Partly => Self::Partly,
            SectionState::Complete => Self::Complete,
            SectionState::Errors => Self::Error,
        }
    }

    /// Whether it points along the line of writing, and so turns where that runs from the right.
    fn is_directed(self) -> bool {
        matches!(self, Self::Next | Self::Previous)
    }
}

/// Draws an icon. It is hidden from screen readers: the word beside it says the same.
pub(crate) fn icon(icon: Icon, class: impl Into<Classes>) -> Html {
    let class = classes!("icon", icon.is_directed().then_some("icon-directed"), class.into());
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ shape(icon) }</svg>
    }
}

fn shape(icon: Icon) -> Html {
    let line = |d: &'static str| html! { <path {d} /> };
    let circle = html! { <circle cx="12" cy="12" r="9" /> };
    match icon {
        Icon::Mark => line("M5 4h14v16H5zM8.5 9.5l1.5 1.5 3-3M8.5 15.5h7"),
        Icon::Down => line("M6 9l6 6 6-6"),
        Icon::Up => line("M6 15l6-6 6 6"),
        Icon::Next => line("M5 12h14M13 6l6 6-6 6"),
        Icon::Previous => line("M19 12H5M11 6l-6 6 6 6"),
        Icon::Error => html! {
            <><path class="solid" d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8z" /><path class="cut" d="M12 7v6M12 16.5v.1" /></>
        },
        Icon::Warning => line("M12 3.5L2.5 20h19zM12 10v4.5M12 17.2v.1"),
        Icon::Info => html! { <>{ circle }{ line("M12 11v6M12 7.5v.1") }</> },
        Icon::Clock => html! { <>{ circle }{ line("M12 7v5l3.5 2") }</> },
        Icon::Download => line("M12 4v11M7 10.5l5 5 5-5M4 20h16"),
        Icon::Plus => line("M12 5v14M5 12h14"),
        Icon::Remove => line("M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13"),
        Icon::Untouched => circle,
        Icon::Partly => html! { <>{ circle }<path class="solid" d="M12 3a9 9 0 0 1 0 18z" /></> },
        Icon::Complete => html! {
            <><circle class="solid" cx="12" cy="12" r="9.5" /><path class="cut" d="M7.5 12.5l3 3 6-6.5" /></>
        },
        Icon::Declined => line("M4 5h16v11H11l-5 4v-4H4zM9 8l6 5M15 8l-6 5"),
        Icon::DontKnow => line("M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3M12 18.5v.1"),
        Icon::NotApplicable => html! { <>{ circle }{ line("M8 12h8") }</> },
        Icon::Unable => html! { <>{ circle }{ line("M6 6l12 12") }</> },
        Icon::Diamond => html! {
            <><path class="solid" d="M12 2l10 10-10 10L2 12z" /><path class="cut" d="M12 7.5v5.5M12 16.3v.1" /></>
        },
        Icon::Triangle => html! { <path class="solid" d="M12 3L2 20.5h20z" /> },
        Icon::Dot => html! { <circle class="solid" cx="12" cy="12" r="8" /> },
        Icon::Tick => line("M4.5 12.5l5 5 10-11"),
        Icon::Person => {
            html! { <><circle cx="12" cy="8" r="4" />{ line("M4.5 20.5c1-4.5 4-6.5 7.5-6.5s6.5 2 7.5 6.5") }</> }
        }
        Icon::Rule => line("M12 4v16M6 20h12M5 7h14M5 7l-2.5 6a3 3 0 0 0 5 0zM19 7l-2.5 6a3 3 0 0 0 5 0z"),
        Icon::Same => line("M5 9.5h14M5 14.5h14"),
        Icon::Swap => line("M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"),
        Icon::Flag => line("M6 21V4M6 4.5c5-2.5 7 2.5 12 0v9c-5 2.5-7-2.5-12 0"),
        Icon::Plant => {
            line("M12 21V11M12 13c0-4-3-6-7.5-6C4.5 11 7 13 12 13zM12 10c0-3.5 3-6 7.5-6 0 4-2.5 6-7.5 6z")
        }
        Icon::Print => line("M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z"),
        Icon::Settings => html! {
            <>{ line("M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1") }<circle cx="15" cy="7" r="2" /><circle cx="9" cy="12" r="2" /><circle cx="17" cy="17" r="2" /></>
        },
        Icon::Backspace => line("M9 5h11v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5"),
        Icon::Camera => html! { <>{ line("M3 7h4l2-3h6l2 3h4v13H3z") }<circle cx="12" cy="13" r="4" /></> },
        Icon::Hide => {
            line("M3 12c2.5-4.5 5.5-6.5 9-6.5s6.5 2 9 6.5c-2.5 4.5-5.5 6.5-9 6.5S5.5 16.5 3 12zM4 4l16 16")
        }
        Icon::Lock => line("M5 11h14v10H5zM8 11V7.5a4 4 0 0 1 8 0V11M12 15v2.5"),
        Icon::Place => {
            html! { <>{ line("M12 21.5c-4.5-5-7-8.6-7-12a7 7 0 0 1 14 0c0 3.400-2.5 7-7 12z") }<circle cx="12" cy="9.5" r="2.5" /></> }
        }
        Icon::Stop => html! { <rect class="solid" x="6" y="6" width="12" height="12" rx="1" /> },
        Icon::Dashed => html! { <circle cx="12" cy="12" r="9" stroke-dasharray="3 3.3" /> },
    }
}

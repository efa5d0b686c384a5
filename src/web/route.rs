//! Where in the page the person is, as it stands in the address after `#`.
//!
//! Addresses are seen by others and kept by browsers: they name a form and the place of a section, never a person, a
//! question or what a section is about.

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The list of questionnaires.
    Start,
    /// A section of an interview.
    Fill {
        /// The id of the form.
        form: String,
        /// The place of the section in the questionnaire, from 0.
        section: usize,
    },
    /// A single question of an interview.
    Ask {
        /// The id of the form.
        form: String,
        /// The place of the section in the questionnaire, from 0.
        section: usize,
        /// The place of the question in the section, from 0.
        place: usize,
    },
    /// What is open or wrong, and every answer.
    Review {
        /// The id of the form.
        form: String,
    },
    /// What came out.
    Profile {
        /// The id of the form.
        form: String,
    },
    /// What came out, in short and in plain words, for the person.
    Handout {
        /// The id of the form.
        form: String,
    },
    /// How to go on from the profile of the time before.
    Follow {
        /// The id of the form.
        form: String,
    },
    /// Who works on this tablet.
    Unlock,
    /// The interviews that are on it.
    Caseload,
    /// What is on its way to back ends.
    Outbox,
    /// Whether it can be relied upon.
    Tablet,
    /// How the page looks and behaves.
    Settings,
    /// Every kind of question in every state.
    Gallery,
}

/// The form of a questionnaire that the page's own address names: it is shown, and nothing else.
pub(crate) const PREVIEW: &str = "preview";

impl Route {
    /// The page with which the site opens: that of the address, or the questionnaire that the address names.
    pub(crate) fn first(address: &str, names_form: bool) -> Self {
        match Self::read(address) {
            Self::Start if names_form => Self::Fill { form: PREVIEW.to_owned(), section: 0 },
            route => route,
        }
    }

    /// The page of an address (without `#`); whatever is unknown leads to the start.
    pub(crate) fn read(address: &str) -> Self {
        let mut parts = address.trim_start_matches('/').split('/');
        let (page, form) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match page {
            "unlock" => return Self::Unlock,
            "caseload" => return Self::Caseload,
            "outbox" => return Self::Outbox,
            "tablet" => return Self::Tablet,
            "settings" => return Self::Settings,
            "gallery" => return Self::Gallery,
            _ if form.is_empty() => return Self::Start,
            _ => {}
        }
        let form = form.to_owned();
        match page {
            "fill" => {
                let mut place = || parts.next()?.parse::<usize>().ok().map(|place| place.saturating_sub(1));
                let section = place().unwrap_or_default();
                match place() {
                    Some(place) => Self::Ask { form, section, place },
                    None => Self::Fill { form, section },
                }
            }
            "review" => Self::Review { form },
            "profile" => Self::Profile { form },
            "handout" => Self::Handout { form },
            "follow" => Self::Follow { form },
            _ => Self::Start,
        }
    }

    /// The address, with `#`, as a link needs it.
    pub(crate) fn href(&self) -> String {
        match self {
            Self::Start => "#/".to_owned(),
            Self::Fill { form, section } => format!("#/fill/{form}/{}", section + 1),
            Self::Ask { form, section, place } => format!("#/fill/{form}/{}/{}", section + 1, place + 1),
            Self::Review { form } => format!("#/review/{form}"),
            Self::Profile { form } => format!("#/profile/{form}"),
            Self::Handout { form } => format!("#/handout/{form}"),
            Self::Follow { form } => format!("#/follow/{form}"),
            Self::Unlock => "#/unlock".to_owned(),
            Self::Caseload => "#/caseload".to_owned(),
            Self::Outbox => "#/outbox".to_owned(),
            Self::Tablet => "#/tablet".to_owned(),
            Self::Settings => "#/settings".to_owned(),
            Self::Gallery => "#/gallery".to_owned(),
        }
    }

    /// Whether an interview may begin here: at its first section, and not in the middle of one that is not there.
    pub(crate) const fn begins(&self) -> bool {
        matches!(self, Self::Fill { section: 0, .. } | Self::Ask { section: 0, .. })
    }

    /// The form that the page is about.
    pub(crate) fn form(&self) -> Option<&str> {
        match self {
            Self::Start
            | Self::Unlock
            | Self::Caseload
            | Self::Outbox
            | Self::Tablet
            | Self::Settings
            | Self::Gallery => None,
            Self::Fill { form, .. }
            | Self::Ask { form, .. }
            | Self::Review { form }
            | Self::Profile { form }
            | Self::Handout { form }
            | Self::Follow { form } => Some(form),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_page() {
        let form = || "elder-needs".to_owned();
        for route in [
            Route::Start,
            Route::Fill { form: form(), section: 3 },
            Route::Ask { form: form(), section: 3, place: 0 },
            Route::Review { form: form() },
            Route::Profile { form: form() },
            Route::Handout { form: form() },
            Route::Follow { form: form() },
            Route::Unlock,
            Route::Caseload,
            Route::Outbox,
            Route::Tablet,
            Route::Settings,
            Route::Gallery,
        ] {
            assert_eq!(Route::read(route.href().trim_start_matches('#')), route);
        }
        for address in ["", "/", "/fill", "/elsewhere/x", "/review/"] {
            assert_eq!(Route::read(address), Route::Start, "{address}");
        }
    }
}

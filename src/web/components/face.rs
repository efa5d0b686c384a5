use yew::prelude::*;

/// A face for a step of a scale: how content it looks goes from 0, unhappy, to 1, happy.
///
/// The mouth alone changes, and no colour does: a red face would tell the person what not to say.
pub(super) fn face(content: f64) -> Html {
    // The corners of the mouth stay, its middle goes down for a smile and up for the contrary.
    let middle = 15.5 + 5.0 * (content.clamp(0.0, 1.0) - 0.5) * 2.0;
    let corners = 15.5 - 1.5 * (content.clamp(0.0, 1.0) - 0.5) * 2.0;
    html! {
        <svg class="face" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="12" cy="12" r="10" />
            <path d="M8.5 9v.1M15.5 9v.1" stroke-width="2.4" />
            <path d={format!("M7.5 {corners:.2}Q12 {middle:.2} 16.5 {corners:.2}")} />
        </svg>
    }
}

/// How content the face of a step looks, where the widget asks for faces.
pub(super) fn content_of(widget: Option<&str>, step: usize, steps: usize) -> Option<f64> {
    let last = u32::try_from(steps.saturating_sub(1)).ok().filter(|&last| last > 0)?;
    let share = f64::from(u32::try_from(step).ok()?) / f64::from(last);
    match widget {
        Some("faces") => Some(share),
        Some("faces-worse") => Some(1.0 - share),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::content_of;

    #[test]
    fn faces_go_from_unhappy_to_happy_or_the_other_way() {
        let faces = |widget| (0..3).map(|step| content_of(Some(widget), step, 3)).collect::<Vec<_>>();
        assert_eq!(faces("faces"), [Some(0.0), Some(0.5), Some(1.0)]);
        assert_eq!(faces("faces-worse"), [Some(1.0), Some(0.5), Some(0.0)]);
        assert_eq!(faces("buttons"), [None, None, None]);
        assert_eq!(content_of(Some("faces"), 0, 1), None, "one step is no scale");
    }
}

/// How much is on the screen at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pace {
    /// A section.
    #[default]
    Section,
    /// A question.
    Question,
}

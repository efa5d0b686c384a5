/// What the questions show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing yet, and what was answered the time before.
    Empty,
    /// An answer each, of two people where there can be two.
    Answered,
    /// Answers that can hardly be right.
    Doubtful,
    /// Answers that cannot be, and none where one is needed.
    Wrong,
    /// A reason for no answer.
    Absent,
    /// Answers that can be read only.
    Fixed,
}

impl State {
    pub(super) const ALL: [Self; 6] =
        [Self::Empty, Self::Answered, Self::Doubtful, Self::Wrong, Self::Absent, Self::Fixed];

    /// The key of its name.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Empty => "gallery.empty",
            Self::Answered => "gallery.answered",
            Self::Doubtful => "gallery.doubtful",
            Self::Wrong => "gallery.wrong",
            Self::Absent => "gallery.absent",
            Self::Fixed => "gallery.fixed",
        }
    }
}

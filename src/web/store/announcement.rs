/// What to tell whoever cannot see it happen. The words are chosen where it is shown, in the language of the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Announcement {
    /// Counts up, so that the same news twice is told twice.
    pub(crate) number: u32,
    /// Questions that came.
    pub(crate) shown: u32,
    /// Questions that went.
    pub(crate) hidden: u32,
}

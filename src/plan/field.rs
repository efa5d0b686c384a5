use super::{QuestionId, ScoreId};

/// What a [`FieldId`](crate::expression::FieldId) of a plan stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A question or a calculation.
    Question(QuestionId),
    /// The value of a score.
    Score(ScoreId),
    /// The level of the band in which a score lies, after adjustments.
    ScoreLevel(ScoreId),
    /// The id of the band in which a score lies.
    ScoreBand(ScoreId),
    /// The person's age in whole years at the assessment date.
    Age,
}

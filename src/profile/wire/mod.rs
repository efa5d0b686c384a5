//! The profile as it stands in a file: closed objects, one version number, published schema
//! (`schemas/wire/profile-1.schema.json`).
//!
//! These types only carry data between programs. Nothing is computed here, and nothing that is live is serialised.

mod alert;
mod delta;
mod domain;
mod need;
mod number;
mod quality;
mod root;
mod score;
mod subject;

pub use alert::{Alert, AlertStatus, EarlierAct, MandatoryReport};
pub use delta::{Delta, DeltaKind, Incomparable};
pub use domain::{DomainStatus, Levels, NotAssessed, Recommendation, Statuses, Undetermined};
pub use need::{AnswerEvidence, Change, Evidence, Need, ScoreEvidence};
pub use number::Number;
pub use quality::{DataQuality, Missing, MissingDemand, Reassessment};
pub use root::{
    Engine, Kind, PROFILE_MEMBERS, PROFILE_VERSION, Profile, ProfileStatus, Provenance, QuestionnaireIdentity,
};
pub use score::{Score, ScoreBand};
pub use subject::{Age, Subject};

//! That something is withheld, and how much: a receiver must not take what is there for all that there is.

use serde_json::{Value, json};

use super::naming::Naming;
use crate::export::Leaving;

/// The label by which FHIR says that a resource is not complete for the sake of privacy. The response keeps it on the
/// server; the bundle, which no server keeps, tells whoever takes it in.
pub(super) fn meta(leaving: &Leaving) -> Value {
    if leaving.withheld == 0 && leaving.profile.redacted != Some(true) {
        return Value::Null;
    }
    json!({ "security": [{
        "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "REDACTED", "display": "redacted",
    }] })
}

/// How many items of the questionnaire are withheld: FHIR has no element for it.
pub(super) fn extension(leaving: &Leaving, naming: &Naming) -> Value {
    match leaving.withheld {
        0 => Value::Null,
        count => json!([{ "url": naming.system("withheld"), "valueUnsignedInt": count }]),
    }
}

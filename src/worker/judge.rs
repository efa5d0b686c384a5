use super::{Bundle, Remark, Request, Verdict};
use crate::authority::Authority;
use crate::diagnostic::{SourceId, codes};
use crate::session::{Finding, check_record, read_record};

/// Judges one record.
pub(super) fn verdict(request: &Request) -> Verdict {
    let Ok(plan) = Bundle::open(&request.bundle) else { return Verdict::Unable };
    let Ok(authority) = Authority::new(&plan) else { return Verdict::Unable };
    let (record, faults) = read_record(&request.record, SourceId(0));
    let mut remarks: Vec<Remark> =
        faults.iter().filter(|fault| fault.is_error()).map(Remark::of_text).collect();
    if let Some(record) = record.filter(|_| remarks.is_empty()) {
        remarks.extend(check_record(&plan, &record).iter().map(Remark::of_record));
        let answers = serde_json::Value::Object(record.answers);
        remarks.extend(authority.violations(&answers).into_iter().map(|violation| {
            let pointer = format!("/answers{}", violation.pointer);
            Remark::of_record(&Finding::new(codes::RECORD_SCHEMA, pointer, violation.message()))
        }));
    }
    if remarks.is_empty() { Verdict::Accepted } else { Verdict::Refused(remarks) }
}

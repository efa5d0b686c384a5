use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use gloo::worker::oneshot::Oneshot;

use super::{Request, Verdict};

/// Judges one record. It is done at the first poll: nothing in it waits.
#[derive(Debug)]
pub struct Judge(Option<Request>);

impl Oneshot for Judge {
    type Input = Request;

    fn create(input: Request) -> Self {
        Self(Some(input))
    }
}

impl Future for Judge {
    type Output = Verdict;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Verdict> {
        Poll::Ready(self.0.take().map_or(Verdict::Unable, |request| verdict(&request)))
    }
}

/// The page's module knows the messages and not the work.
#[cfg(not(feature = "worker"))]
fn verdict(_: &Request) -> Verdict {
    Verdict::Unable
}

#[cfg(feature = "worker")]
fn verdict(request: &Request) -> Verdict {
    use super::{Bundle, Remark};
    use crate::authority::Authority;
    use crate::diagnostic::{SourceId, codes};
    use crate::session::{Finding, check_record, read_record};

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

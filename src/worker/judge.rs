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
    use crate::{authority, session};

    let Ok(plan) = Bundle::open(&request.bundle) else { return Verdict::Unable };
    let mut sources = crate::diagnostic::Sources::new();
    let source = sources.add("record", request.record.clone());
    let (record, faults) = session::read_record(&request.record, source);
    let Some(record) = record else {
        let remark = |fault: &crate::diagnostic::Diagnostic| Remark {
            code: fault.code.to_string(),
            pointer: fault.place.as_ref().map(|place| place.pointer.clone()),
            message: fault.message.clone(),
        };
        return Verdict::Refused(faults.iter().map(remark).collect());
    };
    let Ok(validator) = authority::validator(&plan) else { return Verdict::Unable };
    let remarks: Vec<Remark> = validator.check(&record).into_iter().map(Remark::from).collect();
    if remarks.is_empty() { Verdict::Accepted } else { Verdict::Refused(remarks) }
}

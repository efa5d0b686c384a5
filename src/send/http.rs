use std::io::Read as _;
use std::time::Duration;

use crate::outbox::{Answer, Failure, Request, Transport};

/// Requests over HTTP with `ureq`: one connection each, no redirection, no second try. TLS is `rustls`.
#[derive(Clone, Debug)]
pub struct Http {
    agent: ureq::Agent,
}

/// No more of an answer is read than this: what says whether a profile arrived is short.
const MOST_ANSWER: u64 = 64 * 1024;

impl Http {
    /// A client that says nothing of this machine but the name and version of the program.
    #[must_use]
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into() }
    }

    fn answer(&self, request: &Request) -> Result<Answer, ureq::Error> {
        let mut builder =
            ureq::http::Request::builder().method(request.method.as_str()).uri(&request.address);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let built = builder.body(request.body.as_slice())?;
        let timeout = Duration::from_secs(request.timeout_seconds.into());
        let configured = self.agent.configure_request(built).timeout_global(Some(timeout)).build();
        let response = self.agent.run(configured)?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        let mut answer = Answer {
            status: response.status().as_u16(),
            content_type: header("content-type").map(str::to_owned),
            retry_after: header("retry-after").and_then(|seconds| seconds.trim().parse().ok()),
            body: Vec::new(),
        };
        response.into_body().into_reader().take(MOST_ANSWER).read_to_end(&mut answer.body)?;
        Ok(answer)
    }
}

impl Default for Http {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for Http {
    async fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
        self.answer(request).map_err(|error| match error {
            ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => Failure::Offline,
            ureq::Error::Io(cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
                Failure::Offline
            }
            _ => Failure::NoAnswer,
        })
    }
}

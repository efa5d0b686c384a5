//! The collector over HTTP: `docs/collector.md` has the reference.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Query, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router, middleware};
use serde_json::{Value, json};
use tower_http::cors::CorsLayer;

use super::{Origin, stream};
use crate::collector::{Bearer, CollectError, Collector, Outcome, Rates, Received, Role, Standing, Wanted};
use crate::diagnostic::{Code, codes, remedy};
use crate::value::DateTime;

/// What the requests share.
#[derive(Debug)]
pub(super) struct Api {
    pub(super) collector: Arc<Collector>,
    /// How often a token may ask.
    tokens: Rates,
    /// How often an address may come without a token that is known.
    strangers: Rates,
}

/// Tries without a known token, of one address in a minute: enough for a slip, too few to guess.
const STRANGERS: u32 = 20;

/// The media types of one JSON text a line.
const LINES: [&str; 3] = ["application/x-ndjson", "application/jsonl", "application/json-lines"];

const MOST_LISTED: usize = 1_000;

/// For how long a browser need not ask again whether it may send.
const REMEMBERED: Duration = Duration::from_secs(60 * 60);

pub(super) fn router(collector: Arc<Collector>, origins: &[Origin]) -> Router {
    let limits = collector.limits();
    let api =
        Arc::new(Api { collector, tokens: Rates::new(limits.per_minute), strangers: Rates::new(STRANGERS) });
    let router = Router::new()
        .route("/api/v1/profiles", get(list).post(take))
        .route("/api/v1/profiles.jsonl", get(profiles))
        .layer(DefaultBodyLimit::max(limits.request_bytes))
        .layer(middleware::from_fn_with_state(Arc::clone(&api), admit))
        .route("/api/v1", get(about))
        .with_state(api);
    // Outermost: a browser asks without a token whether it may send at all. With no origin no answer tells of any, so
    // that browsers keep what is answered from every page but those of this site.
    if origins.is_empty() { router } else { router.layer(shared_with(origins)) }
}

/// Lets the pages of some origins send, and read what became of it.
fn shared_with(origins: &[Origin]) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origins.iter().map(Origin::header).collect::<Vec<_>>())
        .allow_methods([Method::POST])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, HeaderName::from_static("idempotency-key")])
        .expose_headers([RETRY_AFTER])
        .max_age(REMEMBERED)
}

/// Who answers here: by this a sender tells the collector from the page of a captive portal.
async fn about() -> Json<Value> {
    Json(json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION"), "api": 1 }))
}

/// Lets in whoever has a token, as often as that may be.
async fn admit(State(api): State<Arc<Api>>, mut request: Request, next: Next) -> Response {
    let (now, stamp) = now();
    let address =
        request.extensions().get::<ConnectInfo<std::net::SocketAddr>>().map(|from| from.0.ip().to_string());
    let token = bearer_token(request.headers()).map(str::to_owned);
    let shared = Arc::clone(&api);
    let found = blocking(move || match token {
        Some(token) => shared.collector.bearer(&token),
        None => Ok(None),
    })
    .await;
    let bearer = match found {
        Ok(Some(bearer)) => bearer,
        Ok(None) => {
            if let Err(seconds) = api.strangers.take(address.as_deref().unwrap_or_default(), now) {
                return too_often(seconds);
            }
            let _ = blocking(move || {
                api.collector.note(&stamp, None, "request", "refused", Some(codes::COLLECT_TOKEN.as_str()))
            })
            .await;
            let mut response =
                refusal(StatusCode::UNAUTHORIZED, codes::COLLECT_TOKEN, "there is no token that is known");
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            return response;
        }
        Err(error) => return broken(&error),
    };
    if let Err(seconds) = api.tokens.take(&format!("{} {}", bearer.role, bearer.station), now) {
        return too_often(seconds);
    }
    request.extensions_mut().insert(bearer);
    next.run(request).await
}

fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Takes one item, or one a line.
async fn take(
    State(api): State<Arc<Api>>,
    Extension(bearer): Extension<Bearer>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Response {
    if bearer.role == Role::Read {
        return forbidden();
    }
    let Ok(body) = body else {
        let message = "the request is larger than is taken, or ended early";
        return refusal(StatusCode::PAYLOAD_TOO_LARGE, codes::COLLECT_LIMIT, message);
    };
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let lines = LINES.contains(&kind.as_str());
    if !lines && kind != "application/json" {
        let message = "the request is neither `application/json` nor `application/x-ndjson`";
        return refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, codes::COLLECT_SHAPE, message);
    }
    let Ok(text) = String::from_utf8(body.to_vec()) else {
        return refusal(StatusCode::BAD_REQUEST, codes::JSON_ENCODING, "the request is not UTF-8");
    };
    let most = api.collector.limits().items;
    let (_, stamp) = now();
    let received = blocking(move || {
        let items: Vec<&str> = match lines {
            true => text.lines().filter(|line| !line.trim().is_empty()).collect(),
            false => vec![&text],
        };
        if items.len() > most {
            return Ok(None);
        }
        api.collector.take(&bearer, &items, &stamp).map(Some)
    })
    .await;
    match received {
        Ok(Some(received)) if lines => answer_lines(&received),
        Ok(Some(received)) => answer_one(received.first()),
        Ok(None) => {
            let message = format!("a request has at most {most} items");
            refusal(StatusCode::PAYLOAD_TOO_LARGE, codes::COLLECT_LIMIT, &message)
        }
        Err(error) => broken(&error),
    }
}

fn answer_one(received: Option<&Received>) -> Response {
    let Some(received) = received else {
        return refusal(StatusCode::BAD_REQUEST, codes::COLLECT_SHAPE, "the request is empty");
    };
    let status = match &received.outcome {
        Outcome::Accepted => StatusCode::CREATED,
        Outcome::Duplicate => StatusCode::OK,
        Outcome::Refused(findings) => {
            let conflict = [codes::COLLECT_CONFLICT, codes::COLLECT_WITHDRAWN, codes::COLLECT_SUPERSEDED];
            match findings.first() {
                Some(finding) if conflict.contains(&finding.code) => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            }
        }
    };
    (status, Json(received.to_value())).into_response()
}

/// One line for each item, in their order, whatever became of it.
fn answer_lines(received: &[Received]) -> Response {
    let mut lines = String::new();
    for (index, received) in received.iter().enumerate() {
        let mut value = received.to_value();
        if let Some(members) = value.as_object_mut() {
            members.insert("item".to_owned(), (index + 1).into());
        }
        lines.push_str(&value.to_string());
        lines.push('\n');
    }
    ([(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"))], lines).into_response()
}

/// What part of the collection is asked for.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    #[serde(default)]
    after: i64,
    limit: Option<usize>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    verified: Option<String>,
}

async fn list(
    State(api): State<Arc<Api>>,
    Extension(bearer): Extension<Bearer>,
    part: Result<Query<Part>, axum::extract::rejection::QueryRejection>,
) -> Response {
    if bearer.role != Role::Read {
        return forbidden();
    }
    let Ok(Query(part)) = part else { return wrong_query() };
    let limit = part.limit.unwrap_or(MOST_LISTED).clamp(1, MOST_LISTED);
    let (_, stamp) = now();
    let listed = blocking(move || {
        api.collector.note(&stamp, Some(&bearer.station), "list", "done", None)?;
        api.collector.list(part.after, limit)
    })
    .await;
    match listed {
        Ok(page) => Json(json!({ "profiles": page.entries, "next": page.next })).into_response(),
        Err(error) => broken(&error),
    }
}

async fn profiles(
    State(api): State<Arc<Api>>,
    Extension(bearer): Extension<Bearer>,
    part: Result<Query<Part>, axum::extract::rejection::QueryRejection>,
) -> Response {
    if bearer.role != Role::Read {
        return forbidden();
    }
    let Ok(Query(part)) = part else { return wrong_query() };
    let wanted = match part.state.as_deref() {
        None | Some("current") => Wanted::Current,
        Some("all") => Wanted::All,
        Some(_) => return wrong_query(),
    };
    let standing = match part.verified.as_deref() {
        None => Standing::Any,
        Some("replay") => Standing::Replay,
        Some("signature") => Standing::Signature,
        Some(_) => return wrong_query(),
    };
    let (_, stamp) = now();
    let shared = Arc::clone(&api);
    let noted =
        blocking(move || shared.collector.note(&stamp, Some(&bearer.station), "stream", "done", None)).await;
    if let Err(error) = noted {
        return broken(&error);
    }
    let body = Body::from_stream(stream::profiles(
        Arc::clone(&api.collector),
        (wanted, standing),
        part.after,
        part.limit,
    ));
    ([(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"))], body).into_response()
}

/// Does what waits for the disk or takes long on a thread for such work.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CollectError> + Send + 'static,
) -> Result<T, CollectError> {
    // A task that ended early has changed nothing: SQLite takes an open transaction back.
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(CollectError::Interrupted))
}

/// The time in thousandths of a second, and as it is written down.
pub(super) fn now() -> (u64, String) {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let stamp =
        i64::try_from(since.as_secs()).ok().and_then(DateTime::from_unix_seconds).unwrap_or(DateTime::EPOCH);
    (u64::try_from(since.as_millis()).unwrap_or(u64::MAX), stamp.to_string())
}

fn refusal(status: StatusCode, code: Code, message: &str) -> Response {
    let error = json!({ "code": code.as_str(), "pointer": "", "message": message, "help": remedy(code) });
    (status, Json(json!({ "status": "refused", "error": error }))).into_response()
}

fn forbidden() -> Response {
    refusal(StatusCode::FORBIDDEN, codes::COLLECT_FORBIDDEN, "the token does not allow this")
}

fn wrong_query() -> Response {
    let message = "`after` and `limit` are whole numbers, `state` is `current` or `all`, `verified` is `replay` or `signature`";
    refusal(StatusCode::BAD_REQUEST, codes::COLLECT_SHAPE, message)
}

fn too_often(seconds: u64) -> Response {
    let mut response =
        refusal(StatusCode::TOO_MANY_REQUESTS, codes::COLLECT_RATE, "there are too many requests");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// What went wrong is for whoever runs the collector, not for whoever asks.
fn broken(error: &CollectError) -> Response {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "intake: {error}");
    refusal(
        StatusCode::INTERNAL_SERVER_ERROR,
        codes::COLLECT_INTERNAL,
        "the collector has a fault of its own",
    )
}

//! Which path is answered with what.

use std::path::Path;
use std::sync::Arc;

use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::any;
use axum::{Router, middleware};
use tower_http::services::ServeDir;

use super::headers::{self, Headers};
use super::{Origin, ServeError, api};
use crate::collector::Collector;

/// The collector, if there is one, and the files of the site, each in its compressed form where the browser takes it
/// and one lies beside it.
pub(super) fn router(
    site: &Path,
    collector: Option<Arc<Collector>>,
    origins: &[Origin],
) -> Result<Router, ServeError> {
    let missing = any(missing).with_state::<()>(());
    let files = ServeDir::new(site).precompressed_br().precompressed_gzip().fallback(missing);
    let headers = Headers::new(site)?;
    let api = collector.map(|collector| api::router(collector, origins)).unwrap_or_default();
    Ok(api.fallback_service(files).layer(middleware::from_fn_with_state(headers, headers::set)))
}

/// What is not there. A path without a dot was meant for the app, which keeps its own places behind the `#`: the
/// browser is sent to the page, because the page's addresses are relative and would be wrong further down.
async fn missing(uri: Uri) -> Response {
    let is_page = uri.path() != "/" && !uri.path().contains('.');
    if is_page {
        Redirect::to("/").into_response()
    } else {
        (StatusCode::NOT_FOUND, "not found\n").into_response()
    }
}

//! The two doors for other systems.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::{Report, actions, alert, alertmanager};
use crate::account::right;
use crate::account::{By, May};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;

type App = (web::Data<Db>, web::Data<Clock>);

/// Takes a message of Alertmanager or Grafana.
pub async fn alertmanager(
    request: HttpRequest,
    app: App,
    By(by, sent): By<right::Report, web::Bytes>,
) -> Result<HttpResponse, Error> {
    let report = alertmanager::read(&request, &sent, app.1.now())?;
    take(&app, &by, report).await
}

/// Takes an alert of any other system.
pub async fn alert(
    request: HttpRequest,
    app: App,
    By(by, sent): By<right::Report, web::Bytes>,
) -> Result<HttpResponse, Error> {
    let report = alert::read(&request, &sent, app.1.now())?;
    take(&app, &by, report).await
}

async fn take((db, clock): &App, by: &May<right::Report>, report: Report) -> Result<HttpResponse, Error> {
    let taken = actions::take(db, by, report, clock.now()).await?;
    let status = if taken.outcome == "opened" { StatusCode::CREATED } else { StatusCode::OK };
    Ok(HttpResponse::build(status).json(json!({ "outcome": taken.outcome, "reference": taken.reference })))
}

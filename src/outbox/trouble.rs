//! Stub.
use crate::db::Conn;
use crate::error::Error;
use chrono::{DateTime, Utc};
pub fn raise(_: &mut Conn, _: &str, _: &str, _: DateTime<Utc>) -> Result<(), Error> {
    Ok(())
}
pub fn clear(_: &mut Conn, _: &str) -> Result<(), Error> {
    Ok(())
}

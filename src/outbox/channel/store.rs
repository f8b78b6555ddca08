//! Stub.
use crate::db::{Conn, Id};
use crate::error::Error;
pub struct Channel {
    pub id: Id,
    pub name: String,
    pub kind: String,
    pub language: String,
}
pub fn channels_for(_: &mut Conn, _: &str, _: &str) -> Result<Vec<Channel>, Error> {
    Ok(vec![])
}
pub fn gateway(_: &mut Conn) -> Result<Option<Id>, Error> {
    Ok(None)
}

//! Column types that mean the same on both engines: an instant, an id, a JSON value.

use chrono::{DateTime, SecondsFormat, Utc};
use diesel::backend::Backend as Engine;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, Jsonb, SqlOrd, SqlType, Text, Timestamptz, Uuid as PgUuid};
use diesel::sqlite::Sqlite;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;
use uuid::Uuid;

use super::Backend;
use crate::clock::to_micros;

/// The SQL type of an [`Instant`].
#[derive(SqlType, diesel::query_builder::QueryId)]
#[diesel(sqlite_type(name = "Text"), postgres_type(oid = 1184, array_oid = 1185))]
pub struct InstantText;

/// The SQL type of an [`Id`].
#[derive(SqlType, diesel::query_builder::QueryId)]
#[diesel(sqlite_type(name = "Text"), postgres_type(oid = 2950, array_oid = 2951))]
pub struct UuidText;

/// The SQL type of a [`Json`].
#[derive(SqlType, diesel::query_builder::QueryId)]
#[diesel(sqlite_type(name = "Text"), postgres_type(oid = 3802, array_oid = 3807))]
pub struct JsonText;

impl SqlOrd for InstantText {}
impl SqlOrd for UuidText {}

/// Lets a type of ours be read and written whichever engine answers, and on PostgreSQL as the type it has there.
macro_rules! on_both {
    ($rust:ident as $ours:ident, $inner:ident => $native:ident) => {
        impl HasSqlType<$ours> for Backend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                Self::lookup_sql_type::<$ours>(lookup)
            }
        }

        impl FromSql<$ours, Backend> for $rust {
            fn from_sql(value: <Backend as Engine>::RawValue<'_>) -> deserialize::Result<Self> {
                value.from_sql::<Self, $ours>()
            }
        }

        impl ToSql<$ours, Backend> for $rust {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Backend>) -> serialize::Result {
                out.set_value(($ours, self));
                Ok(IsNull::No)
            }
        }

        impl FromSql<$ours, Pg> for $rust {
            fn from_sql(value: <Pg as Engine>::RawValue<'_>) -> deserialize::Result<Self> {
                <$inner as FromSql<$native, Pg>>::from_sql(value).map(Self)
            }
        }

        impl ToSql<$ours, Pg> for $rust {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                ToSql::<$native, Pg>::to_sql(&self.0, out)
            }
        }
    };
}

type Moment = DateTime<Utc>;
on_both!(Instant as InstantText, Moment => Timestamptz);
on_both!(Id as UuidText, Uuid => PgUuid);
on_both!(Json as JsonText, JsonValue => Jsonb);

/// A moment in UTC with whole microseconds; its text sorts as time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow, Serialize)]
#[diesel(sql_type = InstantText)]
#[serde(into = "String")]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// Answers the moment for arithmetic.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self(to_micros(at))
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text).map(|at| at.to_utc().into()).map_err(serde::de::Error::custom)
    }
}

impl From<Instant> for String {
    fn from(at: Instant) -> Self {
        at.0.to_rfc3339_opts(SecondsFormat::Micros, true)
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from(*self))
    }
}

impl ToSql<InstantText, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(String::from(*self));
        Ok(IsNull::No)
    }
}

impl FromSql<InstantText, Sqlite> for Instant {
    fn from_sql(value: <Sqlite as Engine>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(Self(DateTime::parse_from_rfc3339(&text)?.with_timezone(&Utc)))
    }
}

/// The inner name of a row: a UUID of version 7, so that later ones sort after earlier ones.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow, Serialize, Deserialize,
)]
#[diesel(sql_type = UuidText)]
pub struct Id(Uuid);

impl Id {
    /// Makes a new one that no other row has.
    #[expect(clippy::new_without_default, reason = "a default id would not be one and the same")]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The one that no row has.
    pub const fn nil() -> Self {
        Self(Uuid::nil())
    }

    /// Its bytes, for whoever wants no text.
    pub const fn bytes(self) -> [u8; 16] {
        self.0.into_bytes()
    }

    /// Reads an id as people and URLs write it.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.as_hyphenated())
    }
}

impl ToSql<UuidText, Sqlite> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.to_string());
        Ok(IsNull::No)
    }
}

impl FromSql<UuidText, Sqlite> for Id {
    fn from_sql(value: <Sqlite as Engine>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(Self(Uuid::try_parse(&text)?))
    }
}

/// A JSON value kept as it came.
#[derive(Clone, Debug, PartialEq, AsExpression, FromSqlRow, Serialize, Deserialize)]
#[diesel(sql_type = JsonText)]
#[serde(transparent)]
pub struct Json(pub JsonValue);

impl ToSql<JsonText, Sqlite> for Json {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}

impl FromSql<JsonText, Sqlite> for Json {
    fn from_sql(value: <Sqlite as Engine>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(Self(serde_json::from_str(&text)?))
    }
}

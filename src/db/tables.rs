//! The tables as `schema.rs` has them: it is read as text, so that whatever walks over every table forgets none.

use std::sync::LazyLock;

const SCHEMA: &str = include_str!("../schema.rs");

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Whole,
    /// Yes or no.
    YesNo,
    /// A text.
    Text,
    /// A moment.
    Instant,
    /// A UUID.
    Id,
    /// A JSON value.
    Json,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The type that PostgreSQL knows it by.
    pub(super) native: &'static str,
    /// Whether it may be empty.
    pub nullable: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns of its primary key.
    pub key: Vec<&'static str>,
    /// Its columns, in the order of `schema.rs`.
    pub columns: Vec<Column>,
}

impl Table {
    /// The same table with these of its columns, as an earlier level has it; none if one is unknown or out of its order.
    pub fn with(&self, names: &[String]) -> Option<Self> {
        let mut ours = self.columns.iter();
        let columns = names.iter().map(|name| ours.find(|column| column.name == name).cloned());
        Some(Self { columns: columns.collect::<Option<_>>()?, ..self.clone() })
    }
}

/// Every table of the program; one that refers to another stands after it.
pub fn tables() -> &'static [Table] {
    static ALL: LazyLock<Vec<Table>> = LazyLock::new(|| read(SCHEMA));
    &ALL
}

/// The table of this name.
pub fn table(name: &str) -> Option<&'static Table> {
    tables().iter().find(|table| table.name == name)
}

fn read(schema: &'static str) -> Vec<Table> {
    let mut all: Vec<Table> = Vec::new();
    for line in schema.lines().map(str::trim) {
        if let Some((name, key)) = line.strip_suffix(") {").and_then(|head| head.split_once(" (")) {
            all.push(Table { name, key: key.split(", ").collect(), columns: Vec::new() });
        } else if let (Some((name, of)), Some(table)) = (line.split_once(" -> "), all.last_mut())
            && let Some(column) = column(name, of.trim_end_matches(','))
        {
            table.columns.push(column);
        }
    }
    all
}

fn column(name: &'static str, of: &str) -> Option<Column> {
    let inner = of.strip_prefix("Nullable<").and_then(|of| of.strip_suffix('>'));
    let (kind, native) = match inner.unwrap_or(of) {
        "Integer" => (Kind::Whole, "integer"),
        "BigInt" => (Kind::Whole, "bigint"),
        "Bool" => (Kind::YesNo, "boolean"),
        "Text" => (Kind::Text, "text"),
        "InstantText" => (Kind::Instant, "timestamptz"),
        "UuidText" => (Kind::Id, "uuid"),
        "JsonText" => (Kind::Json, "jsonb"),
        _ => return None,
    };
    Some(Column { name, kind, native, nullable: inner.is_some() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_and_column_of_the_schema_is_read() {
        assert_eq!(tables().len(), SCHEMA.matches("diesel::table! {").count());
        let columns: usize = tables().iter().map(|table| table.columns.len()).sum();
        assert_eq!(columns, SCHEMA.matches(" -> ").count() - SCHEMA.matches("joinable!(").count());
        let incident = table("incident").unwrap();
        assert_eq!((incident.key.as_slice(), incident.columns.len()), (["seq"].as_slice(), 25));
        assert!(incident.columns.iter().any(|c| c.name == "owner" && c.nullable && c.kind == Kind::Id));
        assert_eq!(table("idempotency_key").unwrap().key, ["account_id", "key"]);
    }

    #[test]
    fn a_table_of_an_earlier_level_has_some_of_its_columns_in_their_order() {
        let table = table("incident").unwrap();
        let with = |names: &[&str]| table.with(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(with(&["seq", "title"]).unwrap().columns.len(), 2);
        assert_eq!(with(&["title", "seq"]), None);
        assert_eq!(with(&["seq", "colour"]), None);
    }

    #[test]
    fn no_column_of_json_may_be_empty_since_nothing_and_null_are_written_alike() {
        for table in tables() {
            assert!(table.columns.iter().all(|c| c.kind != Kind::Json || !c.nullable), "{}", table.name);
        }
    }
}

//! What a catalogue says, in the same words for both engines, and what sets two of them apart.

use std::collections::{BTreeMap, BTreeSet};

/// Diesel's own table, which is none of ours.
pub const DIESELS: &str = "__diesel_schema_migrations";

/// Every table, and whatever else lies there: functions, views, sequences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    pub tables: BTreeMap<String, Table>,
    pub others: BTreeSet<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub primary: Vec<String>,
    pub unique: BTreeSet<Vec<String>>,
    pub foreign: BTreeSet<Foreign>,
    pub checks: BTreeSet<String>,
    /// Every index that has a name of ours, as the engine words it.
    pub indexes: BTreeMap<String, String>,
    /// The columns of every index, those of keys too, and what rows it is limited to.
    pub leads: BTreeSet<(Vec<String>, Option<String>)>,
    /// When each acts, as `BEFORE UPDATE`.
    pub triggers: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub kind: String,
    pub nullable: bool,
    pub default: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Foreign {
    pub columns: Vec<String>,
    pub table: String,
    pub to: Vec<String>,
    pub rules: String,
}

/// The types of columns: as diesel reads them, on SQLite, on PostgreSQL.
pub const KINDS: &[(&str, &str, &str)] = &[
    ("Text", "TEXT", "text"),
    ("Integer", "INTEGER", "integer"),
    ("BigInt", "INTEGER", "bigint"),
    ("Bool", "INTEGER", "boolean"),
    ("Double", "REAL", "double precision"),
    ("Binary", "BLOB", "bytea"),
    ("InstantText", "TEXT", "timestamp(6) with time zone"),
    ("UuidText", "TEXT", "uuid"),
    ("JsonText", "TEXT", "jsonb"),
];

impl Table {
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl Schema {
    pub fn table(&mut self, name: &str) -> &mut Table {
        self.tables.get_mut(name).unwrap_or_else(|| panic!("there is no table {name}"))
    }
}

/// What is not the same before and after, where it should be.
pub fn changed(before: &Schema, after: &Schema) -> Vec<String> {
    let mut faults = only("before", &before.others, "after", &after.others);
    let none = Table::default();
    for name in before.tables.keys().chain(after.tables.keys()).collect::<BTreeSet<_>>() {
        let (was, is) = (before.tables.get(name).unwrap_or(&none), after.tables.get(name).unwrap_or(&none));
        if was != is {
            faults.push(format!("{name}: it was {was:#?}\nand is {is:#?}"));
        }
    }
    faults
}

/// What sets the engines apart. `twin` has SQLite's checks, indexes and defaults in PostgreSQL's words. Each line
/// begins with the name of what differs.
pub fn apart(sqlite: &Schema, postgres: &Schema, twin: &Schema) -> Vec<String> {
    let mut faults = Vec::new();
    for name in sqlite.tables.keys().chain(postgres.tables.keys()).collect::<BTreeSet<_>>() {
        match (sqlite.tables.get(name), postgres.tables.get(name)) {
            (Some(lite), Some(pg)) => {
                tables_apart(name, lite, pg, &mut faults);
                if let Some(twin) = twin.tables.get(name) {
                    words_apart(name, twin, pg, &mut faults);
                }
            }
            (Some(_), None) => faults.push(format!("{name}: a table on SQLite only")),
            _ => faults.push(format!("{name}: a table on PostgreSQL only")),
        }
    }
    faults
}

fn tables_apart(name: &str, lite: &Table, pg: &Table, faults: &mut Vec<String>) {
    let names = |table: &Table| table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
    if names(lite) != names(pg) {
        faults.push(format!("{name}: the columns are {:?} and {:?}", names(lite), names(pg)));
    }
    for (one, other) in lite.columns.iter().filter_map(|column| Some((column, pg.column(&column.name)?))) {
        let at = format!("{name}.{}", one.name);
        if one.nullable != other.nullable {
            faults.push(format!("{at}: only one engine lets it be empty"));
        }
        if !KINDS.iter().any(|(_, lite, pg)| *lite == one.kind && *pg == other.kind) {
            faults.push(format!("{at}: {} is not {}", one.kind, other.kind));
        }
    }
    if lite.primary != pg.primary {
        faults.push(format!("{name}: the primary keys are {:?} and {:?}", lite.primary, pg.primary));
    }
    let word = |set: &BTreeSet<Vec<String>>| set.iter().map(|columns| format!("{columns:?} unique")).collect();
    let mut unlike = only("SQLite", &word(&lite.unique), "PostgreSQL", &word(&pg.unique));
    let word = |set: &BTreeSet<Foreign>| set.iter().map(|key| format!("{key:?}")).collect();
    unlike.extend(only("SQLite", &word(&lite.foreign), "PostgreSQL", &word(&pg.foreign)));
    faults.extend(unlike.into_iter().map(|fault| format!("{name}: {fault}")));

    // SQLite has no TRUNCATE: whatever may not be deleted may not be emptied either.
    let (emptied, mut acts): (Vec<_>, Vec<_>) =
        pg.triggers.iter().partition(|(_, when)| when.as_str() == "BEFORE TRUNCATE, once a statement");
    acts.sort();
    let stays = pg.triggers.values().any(|when| when == "BEFORE DELETE");
    if stays == emptied.is_empty() {
        faults.push(format!("{name}: TRUNCATE is not refused as DELETE is"));
    }
    let word = |(trigger, when): (&String, &String)| format!("{trigger}: acts {when}");
    let acts = acts.into_iter().map(word).collect();
    faults.extend(only("SQLite", &lite.triggers.iter().map(word).collect(), "PostgreSQL", &acts));
}

fn words_apart(name: &str, twin: &Table, pg: &Table, faults: &mut Vec<String>) {
    for (one, other) in twin.columns.iter().filter_map(|column| Some((column, pg.column(&column.name)?))) {
        if one.default != other.default {
            faults.push(format!("{name}.{}: the defaults are {:?} and {:?}", one.name, one.default, other.default));
        }
    }
    let unlike = only("SQLite", &twin.checks, "PostgreSQL", &pg.checks);
    faults.extend(unlike.into_iter().map(|fault| format!("{name}: {fault}")));
    let word = |(index, words): (&String, &String)| format!("{index}: {words}");
    let (one, other) = (twin.indexes.iter().map(word).collect(), pg.indexes.iter().map(word).collect());
    faults.extend(only("SQLite", &one, "PostgreSQL", &other));
}

fn only(one: &str, ones: &BTreeSet<String>, other: &str, others: &BTreeSet<String>) -> Vec<String> {
    let first = ones.difference(others).map(|what| format!("{what} ({one} only)"));
    first.chain(others.difference(ones).map(|what| format!("{what} ({other} only)"))).collect()
}

/// Every foreign key that no index begins with; one may leave out the rows where the key is empty.
pub fn unindexed(schema: &Schema) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, table) in &schema.tables {
        for key in &table.foreign {
            let wanted: BTreeSet<_> = key.columns.iter().collect();
            let serves = |(columns, rows): &(Vec<String>, Option<String>)| {
                let begins = columns.iter().take(wanted.len()).collect::<BTreeSet<_>>() == wanted;
                let filled = |rows: &String| rows.to_lowercase() == format!("{} is not null", key.columns[0]);
                begins && rows.as_ref().is_none_or(filled)
            };
            if !table.leads.iter().any(serves) {
                faults.push(format!("{name}.{}", key.columns.join("+")));
            }
        }
    }
    faults
}

//! What was written stays: the triggers refuse to change, delete or empty it on both engines.

use diesel::{PgConnection, SqliteConnection};

use crate::engine::Engine;
use crate::postgres::Cluster;
use crate::{folder, is_apart, memory, rows};

/// Tables that are more than history: what may be done to them, and why. Every other one is only added to.
const CHANGES: &[(&str, &[&str], &str)] = &[
    (
        "account",
        &["UPDATE", "DELETE"],
        "a name and a password change; whoever left a trace is held by its foreign keys",
    ),
    ("account_role", &["UPDATE", "DELETE"], "what a person may do now"),
    ("alert", &["UPDATE"], "whether it still fires"),
    ("api_token", &["UPDATE", "DELETE"], "used again, and revoked; a backup leaves it behind"),
    (
        "attachment_part",
        &["DELETE", "NOT AT ONCE"],
        "the content of a file that was taken away; its digest and the reason stay",
    ),
    ("affected", &["UPDATE", "DELETE"], "where a person stands now; names go when they are no longer needed"),
    ("affected_bad", &["UPDATE", "DELETE"], "kept until the row is put right"),
    ("affected_import", &["UPDATE", "DELETE"], "how far a file has been read"),
    ("affected_part", &["UPDATE", "DELETE"], "goes when the file has been read"),
    ("calendar_token", &["UPDATE", "DELETE"], "fetched again, and ended; a backup leaves it behind"),
    ("channel", &["UPDATE", "DELETE"], "how it is set up now; one that was used is held by its messages"),
    ("drill_inject", &["UPDATE"], "whether it has been told, and when to look again"),
    ("duty", &["UPDATE"], "where a duty stands now"),
    ("figure", &["UPDATE", "DELETE"], "what figures count by is read off the facts anew with every change"),
    ("figure_sum", &["UPDATE", "DELETE"], "the sums of the rows of figure, kept by the engine"),
    ("idempotency_key", &["UPDATE", "DELETE"], "kept for some days only"),
    ("half_sign_in", &["UPDATE", "DELETE"], "over when the code is given or the time is out"),
    ("incident", &["UPDATE"], "the head of a case shows how it stands now"),
    ("incident_reader", &["UPDATE", "DELETE"], "who may see a case now; the timeline keeps who could before"),
    ("incident_text", &["UPDATE", "DELETE"], "what is searched is read off the rows anew with every change"),
    (
        "saved_view",
        &["UPDATE", "DELETE"],
        "a name for a filter, as long as somebody wants it; the audit chain tells of it",
    ),
    ("first_view", &["UPDATE", "DELETE"], "what the list opens with now"),
    ("message", &["UPDATE"], "how far it has come"),
    ("occasion", &["UPDATE", "DELETE"], "what has been done this week is of no interest in a year"),
    ("one_time_link", &["UPDATE", "DELETE"], "used once, and then of no worth"),
    ("passkey", &["UPDATE", "DELETE"], "another use, or none any more; the audit chain tells of it"),
    ("passkey_try", &["UPDATE", "DELETE"], "answered once, within minutes"),
    ("presence", &["UPDATE", "DELETE"], "who has a page open now"),
    ("recovery_code", &["UPDATE", "DELETE"], "used once, and replaced all together"),
    ("reference_counter", &["UPDATE", "DELETE"], "counts"),
    ("second_factor", &["UPDATE", "DELETE"], "another telephone, or none; the audit chain tells of it"),
    ("session", &["UPDATE", "DELETE"], "seen again, and ended"),
    ("task", &["UPDATE"], "who does it by when, and whether it is done; the audit chain tells of each change"),
    ("trouble", &["UPDATE", "DELETE"], "goes when it works again"),
    ("openid_try", &["UPDATE", "DELETE"], "taken once, within minutes"),
    ("openid_subject", &["UPDATE", "DELETE"], "who signs in as whom now"),
    ("wave", &["UPDATE", "DELETE"], "what it says now, and whether it goes; what was approved is held by its digest"),
];

fn allowed(table: &str, what: &str) -> bool {
    let at_once = what == "TRUNCATE";
    let what = if at_once { "DELETE" } else { what };
    let fits = |ways: &[&str]| ways.contains(&what) && !(at_once && ways.contains(&"NOT AT ONCE"));
    CHANGES.iter().any(|(name, ways, _)| *name == table && fits(ways))
}

/// The tables where what is refused is not what should be. They must have rows.
fn faults(conn: &mut impl Engine, truncates: bool, allowed: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let schema = conn.schema();
    let mut faults = Vec::new();
    for (name, table) in schema.tables.iter().filter(|(name, _)| !is_apart(name)) {
        let column = &table.columns[0].name;
        let mut tries = vec![
            ("UPDATE", format!("UPDATE {name} SET {column} = {column}")),
            ("DELETE", format!("DELETE FROM {name}")),
        ];
        if truncates {
            tries.push(("TRUNCATE", format!("TRUNCATE {name} CASCADE")));
        }
        for (what, sql) in tries {
            conn.run("BEGIN").unwrap();
            let answer = conn.run(&sql);
            conn.run("ROLLBACK").unwrap();
            let why = answer.err().unwrap_or_default();
            let refused = why == refusal(name, allowed(name, "UPDATE"));
            if refused == allowed(name, what) {
                faults.push(format!("{name}: {what} is {} {why:?}", if refused { "refused" } else { "not refused" }));
            }
        }
    }
    faults
}

/// The sentence of a trigger: it says no more than what it refuses.
fn refusal(table: &str, changes: bool) -> String {
    let called = if table == "incident" { "case" } else { table };
    let article = if called.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    if changes { format!("{article} {called} is never deleted") } else { format!("{table} is append-only") }
}

fn fill(conn: &mut impl Engine) {
    let schema = conn.schema();
    rows::fill(conn, &schema, 0, is_apart);
}

#[test]
fn what_was_written_is_not_changed_deleted_or_emptied() {
    let mut sqlite = memory();
    sqlite.up_all(&folder::<SqliteConnection>());
    fill(&mut sqlite);
    assert_eq!(faults(&mut sqlite, false, allowed), Vec::<String>::new());
    let database = Cluster::shared().database();
    let mut postgres = database.connect();
    postgres.up_all(&folder::<PgConnection>());
    fill(&mut postgres);
    assert_eq!(faults(&mut postgres, true, allowed), Vec::<String>::new());
    let schema = sqlite.schema();
    for (name, _, reason) in CHANGES {
        assert!(schema.tables.contains_key(*name) && !reason.is_empty(), "{name} is gone");
    }
}

#[test]
fn a_table_that_lets_its_history_be_changed_is_caught() {
    let table = "CREATE TABLE told (seq integer PRIMARY KEY NOT NULL, what text NOT NULL);";
    let mut sqlite = memory();
    sqlite.run(table).unwrap();
    fill(&mut sqlite);
    assert_eq!(faults(&mut sqlite, false, allowed).len(), 2);
    assert_eq!(faults(&mut sqlite, false, |_, _| true), Vec::<String>::new());

    let database = Cluster::shared().database();
    let mut postgres = database.connect();
    postgres.run(table).unwrap();
    fill(&mut postgres);
    assert_eq!(faults(&mut postgres, true, allowed).len(), 3);
    // A refusal for another reason is none, and one that does not reach the rows is none either.
    postgres
        .run(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE '%', TG_ARGV[0]; END $$;
             CREATE TRIGGER told_keep BEFORE UPDATE ON told FOR EACH ROW EXECUTE FUNCTION refuse_change('told is append-only');
             CREATE TRIGGER told_stay BEFORE DELETE ON told FOR EACH ROW EXECUTE FUNCTION refuse_change('out of order');
             CREATE TRIGGER told_none BEFORE TRUNCATE ON told FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('x is append-only');",
        )
        .unwrap();
    let found = faults(&mut postgres, true, allowed);
    assert!(found.len() == 2 && found[0].contains("DELETE") && found[1].contains("TRUNCATE"), "{found:?}");
    assert_eq!(faults(&mut postgres, true, |_, what| what != "UPDATE"), Vec::<String>::new());
}

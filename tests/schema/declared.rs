//! What `src/schema.rs` tells diesel, read off its text.

use std::collections::BTreeMap;

/// A table as diesel sees it.
#[derive(Debug, PartialEq)]
pub struct Declared {
    pub primary: Vec<String>,
    /// The name, the type, and whether it may be empty.
    pub columns: Vec<(String, String, bool)>,
}

/// Every `diesel::table!` of a source.
pub fn tables(source: &str) -> BTreeMap<String, Declared> {
    let code: String =
        source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    code.split("table! {").skip(1).map(table).collect()
}

fn table(block: &str) -> (String, Declared) {
    let head = |line: &&str| line.ends_with(") {");
    let mut lines = block.lines().map(str::trim).skip_while(|line| !head(line));
    let (name, primary) = lines.next().expect("a table has a name").trim_end_matches(") {").split_once(" (").unwrap();
    let primary = primary.split(',').map(|column| column.trim().to_owned()).collect();
    let mut columns = Vec::new();
    let mut named = None;
    for line in lines.take_while(|line| *line != "}") {
        if let Some(name) = line.strip_prefix("#[sql_name = \"") {
            named = Some(name.trim_end_matches("\"]").to_owned());
        }
        let Some((name, kind)) = line.trim_end_matches(',').split_once(" -> ") else { continue };
        let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
        let name = named.take().unwrap_or_else(|| name.trim_start_matches("r#").to_owned());
        columns.push((name, inner.unwrap_or(kind).to_owned(), inner.is_some()));
    }
    (name.to_owned(), Declared { primary, columns })
}

#[test]
fn a_table_is_read_as_it_is_declared() {
    let source = "diesel::table! {\n    use a::{B};\n\n    /// Says (a) {\n    x (id, key) {\n        id -> BigInt,\n        \
                  #[sql_name = \"type\"]\n        kind -> Nullable<Text>, // why\n    }\n}\ndiesel::joinable!(x -> y (id));";
    let column = |name: &str, kind: &str, empty| (name.to_owned(), kind.to_owned(), empty);
    let x = Declared {
        primary: vec!["id".to_owned(), "key".to_owned()],
        columns: vec![column("id", "BigInt", false), column("type", "Text", true)],
    };
    assert_eq!(tables(source), BTreeMap::from([("x".to_owned(), x)]));
}

//! What differs between two sets of ladders, field by field, as the history and the comparison of versions hold it.

use serde_json::{Value, json};

use super::Ladders;
use super::plan::{KEYS, LADDERS};

/// The paths of everything that is set: a list of rungs is one field, since it is given whole.
pub fn paths() -> Vec<String> {
    let of = |ladder: &str| KEYS.map(|key| format!("{ladder}.{key}"));
    LADDERS.into_iter().flat_map(of).chain(["idle_every".to_owned()]).collect()
}

/// The value at a path, null where there is none.
pub fn at<'a>(tree: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(tree, |tree, key| &tree[key])
}

impl Ladders {
    /// The fields that differ, each with its path, what it is here and what it is there.
    #[must_use]
    pub fn changes(&self, to: &Ladders) -> Vec<Value> {
        let tree = |ladders: &Ladders| serde_json::to_value(ladders).unwrap_or_default();
        let (from, to) = (tree(self), tree(to));
        let change = |path: String| {
            let (from, to) = (at(&from, &path), at(&to, &path));
            (from != to).then(|| json!({ "path": path, "from": from, "to": to }))
        };
        paths().into_iter().filter_map(change).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_a_change() {
        let stands = Ladders::default();
        assert!(stands.changes(&stands).is_empty());
        let other = stands.with(&json!({ "hours72": { "again_every": 60 }, "idle_every": 1440 })).unwrap();
        assert_eq!(
            stands.changes(&other),
            [
                json!({ "path": "hours72.again_every", "from": 240, "to": 60 }),
                json!({ "path": "idle_every", "from": 10080, "to": 1440 }),
            ]
        );
    }
}

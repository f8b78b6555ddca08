//! Reads JSON strictly: a key given twice is an error, for one of the two would be dropped in silence.

use super::fault::{FactError, Problem};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};
use std::fmt;

/// Reads JSON, refusing a key that stands twice in one object.
///
/// # Errors
/// What is wrong and where: the text is not JSON, is nested too deep, or repeats a key.
pub fn read(bytes: &[u8]) -> Result<Json, FactError> {
    // Some editors begin a file with a byte order mark, which RFC 8259 section 8.1 lets a reader pass over.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut duplicate = None;
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let tree = Tree { path: String::new(), duplicate: &mut duplicate }.deserialize(&mut deserializer);
    match (tree.and_then(|tree| deserializer.end().map(|()| tree)), duplicate) {
        (_, Some(path)) => Err(FactError::new(path, Problem::DuplicateKey)),
        (Ok(tree), None) => Ok(tree),
        (Err(error), None) => {
            let text = error.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
            Err(FactError::new("", Problem::NotJson { line: error.line(), column: error.column(), reason }))
        }
    }
}

struct Tree<'a> {
    path: String,
    duplicate: &'a mut Option<String>,
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Json;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Json;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, yes: bool) -> Result<Json, E> {
        Ok(Json::Bool(yes))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::from(number))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::from(number))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::from(number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::from(text))
    }
    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        loop {
            let path = format!("{}[{}]", self.path, list.len());
            match seq.next_element_seed(Tree { path, duplicate: self.duplicate })? {
                Some(element) => list.push(element),
                None => return Ok(Json::Array(list)),
            }
        }
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let path = if self.path.is_empty() { key.clone() } else { format!("{}.{key}", self.path) };
            if object.contains_key(&key) {
                *self.duplicate = Some(path);
                return Err(de::Error::custom("duplicate key"));
            }
            let value = map.next_value_seed(Tree { path, duplicate: self.duplicate })?;
            object.insert(key, value);
        }
        Ok(Json::Object(object))
    }
}

//! The assessment as text for a person.
use crate::assess::Assess;
use crate::i18n::Lang;
use crate::law::{Assessment, FactError, Facts};
pub fn print(_f: &Facts, a: &Assessment, _l: Lang) -> String { format!("{a:?}") }
pub fn error(e: &FactError, _a: &Assess) -> String { e.to_string() }

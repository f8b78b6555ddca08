//! The verbs of reminding: say what is due, take an answer, save the ladders. Each is one transaction.

mod answer;
mod inject;
mod say;
mod week;

pub use answer::{Reply, answer, save_ladders};
pub(super) use say::watched;
pub use say::{Book, round};

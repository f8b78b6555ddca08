//! Saying something about a case, and telling those whom it mentions.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{MOST, mention, store};
use crate::account::right::Read;
use crate::account::{Desk, Sight};
use crate::db::{Db, Id};
use crate::digest::sha256;
use crate::error::Error;
use crate::incident::actions::{tell_beside, words};
use crate::incident::letter::{self, Letter};
use crate::incident::store::{self as cases, Head, People};

/// What somebody says.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The words.
    pub words: String,
    /// Whom it is meant for, beside those whom the words mention.
    pub to: Vec<String>,
    /// The comment it corrects.
    pub replaces: Option<String>,
}

/// Adds a comment. Whoever it mentions gets a mail, if they may see the case; of a correction, only who did not before.
pub async fn comment(
    db: &Db,
    desk: Arc<Desk>,
    by: Id,
    (key, said): (String, Said),
    now: DateTime<Utc>,
) -> Result<(Head, Id), Error> {
    let text = words("words", &said.words, MOST)?;
    db.write(move |conn| {
        let head = cases::head(conn, &key, Sight::of(by))?;
        let people = People::all(conn)?;
        let readers = cases::readers(conn, head.seq)?;
        let may_see = people.among::<Read>(&readers, &head);
        let all = store::list(conn, head.seq)?;
        let replaced = said.replaces.as_deref().map(|id| store::find(conn, head.seq, id)).transpose()?;
        if let Some(replaced) = &replaced {
            if replaced.by_id != by {
                return Err(Error::conflict("comment-not-yours"));
            }
            if all.iter().any(|other| other.replaces == Some(replaced.seq)) {
                return Err(Error::conflict("comment-replaced"));
            }
        }
        let mut told = mention::named(&text, &may_see);
        for id in &said.to {
            let known = Id::parse(id).filter(|id| may_see.iter().any(|(known, _)| known == id));
            let known = known.ok_or_else(|| Error::field("mentions", "mention_unknown"))?;
            if !told.contains(&known) {
                told.push(known);
            }
        }
        told.retain(|id| *id != by);
        let id =
            store::insert(conn, head.seq, (&text, replaced.as_ref().map(|replaced| replaced.seq)), (by, now.into()))?;
        let first = replaced.as_ref().map_or(id, |replaced| store::root(&all, replaced));
        let names: Vec<String> = people.named(&told).into_iter().map(|(_, name)| name).collect();
        let detail = json!({
            "comment": id, "replaces": replaced.as_ref().map(|replaced| replaced.id), "told": names,
            "sha256": sha256(text.as_bytes()),
        });
        tell_beside(conn, &head, ("comment.added", detail), (by, now))?;
        for to in told {
            let letter = Letter {
                kind: "mention",
                key: format!("mention-{first}-{to}"),
                to,
                head: &head,
                place: format!("/comments#comment-{id}"),
                more: json!({ "by": people.name(by) }),
            };
            letter::put(conn, desk.pen(), letter, now)?;
        }
        Ok((head, id))
    })
    .await
}

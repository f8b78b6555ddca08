//! A text as a document of its own: the draft, what was approved, or what left, and nothing that its reader may not see.

use serde_json::Value;

use super::desk::Desk;
use super::store::{Sent, Version};
use super::{Notices, store};
use crate::db::Instant;
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::pdf::{self, Block, Document};

/// A text on paper.
pub struct Paper {
    lang: Lang,
    subject: String,
    body: String,
    sms: String,
    /// Where it stands; the word is `draft`, `approved` or `sent`.
    state: &'static str,
    /// Labels with what is told of it.
    about: Vec<(&'static str, String)>,
    at: Instant,
    /// What stands above everything where nothing of it happened.
    mark: Option<String>,
}

/// The text of a desk: what left under a number, else the newest version, else what the program writes.
///
/// # Errors
/// When nothing left under that number.
pub fn paper(desk: &Desk, notices: &Notices, which: (Option<Lang>, Option<i64>)) -> Result<Paper, Error> {
    let paper = unmarked(desk, notices, which)?;
    let mark = pdf::mark(paper.lang, desk.case.head.is_drill(), notices.0.is_demo());
    Ok(Paper { mark, ..paper })
}

fn unmarked(desk: &Desk, notices: &Notices, (lang, sent): (Option<Lang>, Option<i64>)) -> Result<Paper, Error> {
    if let Some(seq) = sent {
        let sent = desk.left().find(|sent| sent.seq == seq && sent.notice_seq.is_some()).ok_or(Error::NotFound)?;
        return as_sent(sent);
    }
    let kept = desk.latest().filter(|version| lang.is_none_or(|lang| version.lang() == lang));
    match kept {
        Some(version) => Ok(as_saved(version, desk.approval.as_ref())),
        None => {
            let lang = lang.unwrap_or_default();
            let draft = desk.draft(notices, lang, desk.usual_stage(), desk.typed())?;
            let (subject, body, sms) = (draft.subject, draft.body, draft.sms.unwrap_or_default());
            let at = desk.case.head.updated_at;
            Ok(Paper { lang, subject, body, sms, state: "draft", about: Vec::new(), at, mark: None })
        }
    }
}

fn as_saved(version: &Version, approval: Option<&store::Approval>) -> Paper {
    let lang = version.lang();
    let approval = approval.filter(|approval| approval.digest == version.digest);
    let mut about = vec![
        ("notice-paper-version", version.version.to_string()),
        ("notice-paper-written", by(lang, &version.by, version.at)),
    ];
    if let Some(approval) = approval {
        about.push(("notice-paper-approved-by", by(lang, &approval.by, approval.at)));
    }
    about.push(("notice-paper-digest", version.digest.clone()));
    Paper {
        lang,
        subject: version.subject.clone(),
        body: version.body.clone(),
        sms: version.sms.clone(),
        state: if approval.is_some() { "approved" } else { "draft" },
        about,
        at: approval.map_or(version.at, |approval| approval.at),
        mark: None,
    }
}

fn as_sent(sent: &Sent) -> Result<Paper, Error> {
    let content: Value = serde_json::from_str(&sent.content).map_err(Error::internal)?;
    let text = |name: &str| content["text"][name].as_str().unwrap_or_default().to_owned();
    let lang = Lang::parse(&text("lang")).unwrap_or_default();
    let how = i18n::text(lang, &format!("channel-{}", sent.how));
    let to = if sent.recipient.is_empty() { how } else { format!("{how}: {}", sent.recipient) };
    let mut about = vec![("notice-paper-way", to), ("notice-paper-sent-by", by(lang, &sent.by, sent.at))];
    about.extend(sent.reference.clone().map(|reference| ("notice-paper-reference", reference)));
    if let Some(arrived) = sent.arrived_at {
        let receipt = sent.receipt.as_deref().unwrap_or_default();
        let when = i18n::instant(lang, arrived.utc());
        about.push(("notice-paper-arrived", format!("{when} {receipt}").trim().to_owned()));
    }
    about.push(("notice-paper-digest", text("digest")));
    let (subject, body, sms) = (text("subject"), text("body"), text("sms"));
    Ok(Paper { lang, subject, body, sms, state: "sent", about, at: sent.at, mark: None })
}

fn by(lang: Lang, who: &str, at: Instant) -> String {
    format!("{who}, {}", i18n::instant(lang, at.utc()))
}

/// The longest line that is taken for a heading.
const LONGEST_HEADING: usize = 70;

/// A letter as blocks: its parts between blank lines, lines of dashes as lists, and what stands above a part as a heading
/// of this level.
#[must_use]
pub fn letter(body: &str, level: u8) -> Vec<Block> {
    let body = body.replace("\r\n", "\n");
    let parts: Vec<&str> = body.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut blocks = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let mut lines: Vec<&str> = part.lines().map(str::trim).collect();
        let below = if lines.len() > 1 { lines.get(1..) } else { parts.get(at + 1..) };
        let is_above = below.is_some_and(|below| below.iter().any(|line| line.ends_with(['.', ':', '?'])));
        if at > 0 && is_above && lines.first().is_some_and(|line| is_heading(line)) {
            blocks.push(Block::Heading(level, lines.remove(0).to_owned()));
        }
        for run in lines.chunk_by(|one, next| one.starts_with("- ") == next.starts_with("- ")) {
            let items: Option<Vec<String>> =
                run.iter().map(|line| line.strip_prefix("- ").map(str::to_owned)).collect();
            blocks.push(items.map_or_else(|| Block::Paragraph(run.join("\n")), Block::Items));
        }
    }
    blocks
}

/// Whether a line is no sentence, and no date or telephone number.
fn is_heading(line: &str) -> bool {
    let ends_as_one = |c: char| c.is_alphabetic() || matches!(c, '?' | ')' | '»');
    line.chars().count() <= LONGEST_HEADING
        && line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && line.ends_with(ends_as_one)
        && !line.contains(": ")
}

impl Paper {
    /// The language it is written in.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Where it stands: `draft`, `approved` or `sent`.
    #[must_use]
    pub fn state(&self) -> &'static str {
        self.state
    }

    fn said(&self, key: &str) -> String {
        i18n::text(self.lang, key)
    }

    /// As plain text; a draft says in its first line that it is one.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts: Vec<String> = self.mark.iter().cloned().collect();
        if self.state == "draft" {
            parts.push(self.said("notice-paper-is-draft"));
        }
        parts.extend([self.subject.clone(), self.body.trim_end().to_owned()]);
        if !self.sms.is_empty() {
            parts.push(format!("{}\n{}", self.said("notice-field-sms"), self.sms));
        }
        format!("{}\n", parts.join("\n\n"))
    }

    /// As a document.
    #[must_use]
    pub fn document(&self, desk: &Desk) -> Document {
        let (company, duty) = (&desk.settings.company, &desk.status().duty);
        let lines = [&company.name, &company.address, &i18n::org_number(&company.org_number)];
        let sender: Vec<&str> = lines.into_iter().map(String::as_str).filter(|line| !line.trim().is_empty()).collect();
        let mut blocks = vec![Block::Paragraph(sender.join("\n"))];
        let recipient = match duty.for_whom.as_deref() {
            Some(name) => name.to_owned(),
            None => self.said(&format!("recipient-{}", duty.recipient)),
        };
        blocks.push(Block::Pairs(vec![
            (self.said("notice-paper-to"), recipient),
            (self.said("notice-paper-about"), desk.case.head.reference.clone()),
            (self.said("notice-paper-state"), self.said(&format!("notice-paper-{}", self.state))),
        ]));
        if self.state == "draft" {
            blocks.push(Block::Notice(self.said("notice-paper-is-draft")));
        }
        blocks.push(Block::Heading(1, self.subject.clone()));
        blocks.extend(letter(&self.body, 2));
        if !self.sms.is_empty() {
            blocks.push(Block::Heading(2, self.said("notice-field-sms")));
            blocks.push(Block::Paragraph(self.sms.clone()));
        }
        if !self.about.is_empty() {
            blocks.push(Block::Heading(2, self.said("notice-paper-itself")));
            let about = self.about.iter().map(|(key, said)| (self.said(key), said.clone()));
            blocks.push(Block::Pairs(about.collect()));
        }
        let title = i18n::text_with(
            self.lang,
            "notice-paper-title",
            &[("reference", Arg::from(desk.case.head.reference.clone())), ("subject", self.subject.clone().into())],
        );
        Document {
            title,
            author: company.name.clone(),
            lang: self.lang,
            made: self.at.utc(),
            running: format!("{} · {} · {}", company.name, desk.case.head.reference, self.subject),
            across: (self.state == "draft").then(|| if self.lang == Lang::En { "DRAFT" } else { "UTKAST" }),
            mark: self.mark.clone(),
            bare: false,
            blocks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_its_headings_and_lists_and_its_signature_is_none() {
        let body = "Til Vidda Bygg AS\n\nDet har skjedd et brudd.\n\nHva har skjedd?\n\nEn logg lå åpen.\nDette gjelder:\n- navn\n- adresse\n\n1. Varighet\nTo timer.\n\nKontakt: Kari.\n\nAlle klokkeslett er norsk tid.\n\nSMB Mobil AS\nmandag 5. oktober 2026";
        let text = |said: &str| Block::Paragraph(said.to_owned());
        assert_eq!(
            letter(body, 2),
            [
                text("Til Vidda Bygg AS"),
                text("Det har skjedd et brudd."),
                Block::Heading(2, "Hva har skjedd?".to_owned()),
                text("En logg lå åpen.\nDette gjelder:"),
                Block::Items(vec!["navn".to_owned(), "adresse".to_owned()]),
                Block::Heading(2, "1. Varighet".to_owned()),
                text("To timer."),
                text("Kontakt: Kari."),
                text("Alle klokkeslett er norsk tid."),
                text("SMB Mobil AS\nmandag 5. oktober 2026"),
            ]
        );
    }
}

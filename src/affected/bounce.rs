//! Reports of mail servers on mail that did not arrive (RFC 3464).

use mail_parser::{MessageParser, MimeHeaders};

use super::read_key;
use crate::db::Id;

/// What a report says of one receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The person, where the report brings the mail's identity back.
    pub person: Option<Id>,
    /// The address.
    pub recipient: String,
    /// Whether it will never arrive; else it has.
    pub failed: bool,
    /// The status and what the other server said, without the address.
    pub status: String,
}

/// Reads a report; none where it is something else. What is only late says nothing.
pub fn read(raw: &[u8]) -> Option<Vec<Report>> {
    let message = MessageParser::default().parse(raw)?;
    let is_status = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("delivery-status"))
        })
    };
    let status = message.parts.iter().find(is_status)?;
    let text = String::from_utf8_lossy(status.contents()).replace("\r\n", "\n");
    let person = identity(&String::from_utf8_lossy(raw));
    let blocks = text.split("\n\n").filter_map(|block| one(block, person));
    Some(blocks.collect())
}

fn one(block: &str, person: Option<Id>) -> Option<Report> {
    let unfolded = block.replace("\n ", " ").replace("\n\t", " ");
    let field = |name: &str| {
        let found = unfolded.lines().filter_map(|line| line.split_once(':'));
        found
            .into_iter()
            .find(|(own, _)| own.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
    };
    let recipient = field("Original-Recipient").or_else(|| field("Final-Recipient"))?;
    let recipient = recipient.rsplit(';').next()?.trim().trim_matches(['<', '>']).to_owned();
    let failed = match field("Action")?.to_lowercase().as_str() {
        "failed" => true,
        "delivered" | "relayed" | "expanded" => false,
        _ => return None,
    };
    let said = [field("Status"), field("Diagnostic-Code")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let status = said.replace(&recipient, "…");
    Some(Report { person, recipient, failed, status })
}

/// The person whose key stands in the identity of the mail that the report brings back.
fn identity(raw: &str) -> Option<Id> {
    let at = raw.find("<affected-")? + 1;
    let key = raw[at..].split('@').next()?;
    read_key(key).map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "From: MAILER-DAEMON@mx.example\r\nTo: varsel@smbmobil.example\r\nSubject: Undelivered\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
        --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
        Final-Recipient: rfc822; kari@x.example\r\nAction: ACTION\r\nStatus: 5.1.1\r\n\
        Diagnostic-Code: smtp; 550 5.1.1 <kari@x.example>:\r\n no such user\r\n\r\n\
        --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <affected-0192f0c1-2d3e-7abc-8def-0123456789ab-email@smbmobil.example>\r\n\r\n--b--\r\n";

    #[test]
    fn a_report_names_the_person_and_keeps_the_address_out_of_what_was_said() {
        let reports = read(REPORT.replace("ACTION", "failed").as_bytes()).unwrap();
        assert_eq!(reports.len(), 1);
        let report = &reports[0];
        assert_eq!((report.failed, report.recipient.as_str()), (true, "kari@x.example"));
        assert_eq!(report.person, Id::parse("0192f0c1-2d3e-7abc-8def-0123456789ab"));
        assert!(report.status.starts_with("5.1.1") && !report.status.contains("kari"), "{}", report.status);
        assert!(!read(REPORT.replace("ACTION", "delivered").as_bytes()).unwrap()[0].failed);
        assert!(read(REPORT.replace("ACTION", "delayed").as_bytes()).unwrap().is_empty());
        assert!(read(b"From: a@b\r\n\r\nI am on holiday.").is_none());
    }
}

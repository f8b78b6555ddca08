//! Microsoft Teams: an Adaptive Card to the address of a workflow («When a Teams webhook request is received»).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::http::{Request, Web};
use super::line::{cut, flat, readable};
use super::secret::Secret;
use super::{Letter, Outcome};

/// A workflow posts no message above 28 KB; some room is left for what it adds itself.
const MOST_BYTES: usize = 24 * 1024;
const MOST_LINES: usize = 80;
const LONGEST_TITLE: usize = 200;
const LONGEST_TEXT: usize = 12_000;

pub(super) async fn send(web: &Web, url: &Secret, letter: &Letter, now: DateTime<Utc>) -> Outcome {
    web.send(Request::json(url, message(letter).to_string().into_bytes()), now).await
}

/// The message: as much of the text as a workflow takes.
fn message(letter: &Letter) -> Value {
    let mut room = LONGEST_TEXT;
    loop {
        let message = message_of(letter, room);
        if message.to_string().len() <= MOST_BYTES || room == 0 {
            return message;
        }
        room /= 2;
    }
}

/// Every line is a run of text of its own, for runs know no Markdown: what people have written can neither
/// dress itself up nor hide a link.
fn message_of(letter: &Letter, room: usize) -> Value {
    let colour = if letter.urgent { "Attention" } else { "Default" };
    let mut body = vec![json!({
        "type": "RichTextBlock",
        "inlines": [{ "type": "TextRun", "text": cut(&flat(&letter.subject), LONGEST_TITLE, "…"),
            "weight": "Bolder", "size": "Large", "color": colour }],
    })];
    let text = cut(readable(&letter.text).trim(), room, "…");
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        lines.push("…");
    }
    let mut apart = true;
    for line in lines {
        if line.is_empty() {
            apart = true;
            continue;
        }
        let spacing = if apart { "Medium" } else { "None" };
        body.push(
            json!({ "type": "RichTextBlock", "spacing": spacing, "inlines": [{ "type": "TextRun", "text": line }] }),
        );
        apart = false;
    }
    let actions: Vec<Value> = letter
        .button()
        .map(|(title, url)| json!({ "type": "Action.OpenUrl", "title": title, "url": url }))
        .into_iter()
        .collect();
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "lang": letter.lang,
                "msteams": { "width": "Full" },
                "body": body,
                "actions": actions,
            },
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::transport::tests::letter;

    #[test]
    fn the_card_carries_subject_lines_and_link_and_no_markup() {
        let mut letter = letter();
        letter.subject = "Frist\r\nom 4 timer".into();
        letter.text = "Meld til **Nkom** <at>alle</at>.\n\n[her](https://x.example)\nSlutt 📞".into();
        letter.urgent = true;
        let message = message(&letter);
        assert_eq!(message["type"], "message");
        let card = &message["attachments"][0]["content"];
        assert_eq!((&card["type"], &card["version"]), (&json!("AdaptiveCard"), &json!("1.4")));
        let run = |at: usize| &card["body"][at]["inlines"][0];
        assert_eq!((&run(0)["text"], &run(0)["color"]), (&json!("Frist om 4 timer"), &json!("Attention")));
        assert_eq!(run(1)["text"], "Meld til **Nkom** <at>alle</at>.");
        assert_eq!(run(2)["text"], "[her](https://x.example)");
        assert_eq!(run(3)["text"], "Slutt 📞");
        assert!(card["body"].as_array().unwrap().iter().all(|block| block["type"] == "RichTextBlock"));
        assert_eq!(card["actions"][0]["url"], "https://varsel.example/incidents/7");
    }

    #[test]
    fn the_longest_letters_stay_below_what_a_workflow_takes() {
        for text in ["å".repeat(100_000), "📞".repeat(100_000), "\"\\".repeat(50_000), "a\n".repeat(50_000)] {
            let mut letter = letter();
            (letter.subject, letter.text) = (text.clone(), text.clone());
            let sent = message(&letter).to_string();
            assert!(sent.len() <= MOST_BYTES, "{}", sent.len());
            assert!(sent.contains('…') && sent.contains("Action.OpenUrl"));
        }
    }
}

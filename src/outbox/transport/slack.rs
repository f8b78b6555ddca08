//! Slack: blocks to the address of an incoming webhook.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::http::{Request, Web};
use super::line::{cut, flat, readable};
use super::secret::Secret;
use super::{Letter, Outcome};

/// What Slack takes, in characters.
const LONGEST_HEADER: usize = 150;
const LONGEST_SECTION: usize = 3000;
const LONGEST_ADDRESS: usize = 3000;

pub(super) async fn send(web: &Web, url: &Secret, letter: &Letter, now: DateTime<Utc>) -> Outcome {
    web.send(Request::json(url, message(letter).to_string().into_bytes()), now).await
}

fn message(letter: &Letter) -> Value {
    let subject = flat(&letter.subject);
    let mut blocks = Vec::new();
    if !subject.is_empty() {
        let title = cut(&subject, LONGEST_HEADER, "…");
        blocks.push(json!({ "type": "header", "text": { "type": "plain_text", "text": title, "emoji": false } }));
    }
    let text = escaped(readable(&letter.text).trim(), LONGEST_SECTION);
    if !text.is_empty() {
        // Verbatim, so that a # or an @ in the text calls on nobody.
        blocks.push(json!({ "type": "section", "text": { "type": "mrkdwn", "text": text, "verbatim": true } }));
    }
    if let Some((title, url)) = letter.button().filter(|(_, url)| url.chars().count() <= LONGEST_ADDRESS) {
        let button = json!({ "type": "button", "text": { "type": "plain_text", "text": title }, "url": url });
        blocks.push(json!({ "type": "actions", "elements": [button] }));
    }
    json!({ "text": escaped(&subject, LONGEST_SECTION), "blocks": blocks })
}

/// Takes the meaning from the three signs that have one, and cuts between signs, never inside one.
fn escaped(text: &str, most: usize) -> String {
    let sign = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        c => c.to_string(),
    };
    let whole: String = text.chars().map(sign).collect();
    if whole.chars().count() <= most {
        return whole;
    }
    let mut kept = String::new();
    let mut length = 1;
    for piece in text.chars().map(sign) {
        length += piece.chars().count();
        if length > most {
            break;
        }
        kept.push_str(&piece);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::transport::tests::letter;

    #[test]
    fn the_blocks_carry_header_text_and_button_and_call_on_nobody() {
        let mut letter = letter();
        letter.subject = "Frist < 4 timer & <!here>".into();
        letter.text = "Se <https://x.example|her> & meld <!channel>".into();
        let message = message(&letter);
        assert_eq!(message["text"], "Frist &lt; 4 timer &amp; &lt;!here&gt;");
        assert_eq!(message["blocks"][0]["text"]["text"], "Frist < 4 timer & <!here>");
        let section = &message["blocks"][1]["text"];
        assert_eq!(section["text"], "Se &lt;https://x.example|her&gt; &amp; meld &lt;!channel&gt;");
        assert_eq!((&section["type"], &section["verbatim"]), (&json!("mrkdwn"), &json!(true)));
        let button = &message["blocks"][2]["elements"][0];
        assert_eq!(button["url"], "https://varsel.example/incidents/7");
        assert_eq!(button["text"]["text"], "Åpne i varsel");
    }

    #[test]
    fn long_texts_are_cut_to_what_slack_takes_and_empty_ones_left_out() {
        for text in ["å".repeat(9000), "&".repeat(9000), "📞".repeat(9000)] {
            let mut letter = letter();
            (letter.subject, letter.text) = (text.clone(), text.clone());
            let message = message(&letter);
            let length = |value: &Value| value.as_str().unwrap().chars().count();
            assert_eq!(length(&message["blocks"][0]["text"]["text"]), LONGEST_HEADER);
            let section = &message["blocks"][1]["text"]["text"];
            assert!((LONGEST_SECTION - 5..=LONGEST_SECTION).contains(&length(section)));
            assert!(section.as_str().unwrap().ends_with('…') && !section.as_str().unwrap().ends_with("&…"));
        }
        let mut letter = letter();
        (letter.subject, letter.text, letter.link) = (String::new(), " \n".into(), Some("javascript:alert()".into()));
        assert_eq!(message(&letter)["blocks"], json!([]));
    }
}

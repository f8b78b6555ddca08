//! Who must be told: every duty as a card, with its clock, its reasons and what can be done about it.

use chrono::{DateTime, DurationRound, SecondsFormat, Utc};
use chrono_tz::Europe::Oslo;
use serde_json::{Value, json};

use super::field::Field;
use super::show::View;
use super::side::prefix;
use super::told;
use super::typed::Typed;
use super::words;
use crate::account::right::Work;
use crate::i18n::{self, Arg, Lang};
use crate::incident::actions::can_cover;
use crate::incident::explain::{self, Step};
use crate::incident::{DutyStatus, store};
use crate::law::{Fact, State};

/// How many of the facts that decide a duty are named before it is unfolded.
const DECIDING: usize = 4;
/// How many open duties have their forms on the page, and how many their reasons and steps: those due first. Those of the
/// others stand one address away, so that a page with many duties stays light.
const WITH_FORMS: usize = 3;
const EXPLAINED: usize = 8;
/// How a notification may have gone out.
const CHANNELS: [&str; 10] =
    ["email", "phone", "email_and_phone", "altinn", "sms", "letter", "web", "internal", "mixed", "other"];

/// The cards: what must be done, what is not decided, what is done, and the rest to be folded.
pub fn all(view: &View<'_>) -> Value {
    let of =
        |wanted: State| -> Vec<&DutyStatus> { view.case.duties.iter().filter(|duty| duty.state == wanted).collect() };
    let open = view.case.open_duties();
    let cards = |list: Vec<&DutyStatus>| list.into_iter().map(|duty| card(view, duty)).collect::<Vec<_>>();
    let section = |title: &str, lead: Option<String>, list: Vec<&DutyStatus>| {
        let (shown, others) = parted(view, list);
        let link = |duty: &DutyStatus| json!({ "title": self::title(view, duty), "anchor": super::anchor(duty.duty.id, duty.duty.for_whom.as_deref()) });
        let unnamed = others.len() > NAMED && view.acting != EVERY;
        let more =
            (!others.is_empty()).then(|| i18n::text_with(view.lang, "page-and-more", &[("n", others.len().into())]));
        json!({ "title": view.text(title), "lead": lead, "cards": cards(shown), "more": more, "every": unnamed.then_some(EVERY), "others": others.into_iter().take(if view.acting == EVERY { usize::MAX } else { NAMED }).map(link).collect::<Vec<_>>() })
    };
    let required: Vec<&DutyStatus> = open.iter().copied().filter(|duty| duty.state == State::Required).collect();
    let undetermined: Vec<&DutyStatus> =
        open.iter().copied().filter(|duty| duty.state == State::Undetermined).collect();
    let folded: Vec<&DutyStatus> = of(State::Exempt)
        .into_iter()
        .chain(of(State::NotRequired).into_iter().filter(|duty| is_of_interest(duty)))
        .collect();
    let never = of(State::NotRequired)
        .into_iter()
        .filter(|duty| !is_of_interest(duty))
        .map(|duty| title(view, duty))
        .collect::<Vec<_>>();
    json!({
        "sections": [
            section("page-duties-required", None, required),
            section("page-duties-undetermined", Some(view.text("page-duties-undetermined-help")), undetermined),
            section("page-duties-fulfilled", None, of(State::Fulfilled)),
        ],
        "none_open": open.is_empty(), "folded": cards(parted(view, folded).0), "never": never,
    })
}

/// How many cards a section shows; a processor for thousands of customers has as many duties.
const SHOWN: usize = 10;
const SHOWN_DONE: usize = 6;
/// How many of the others a section names, and what is asked for to have them all named.
const NAMED: usize = 60;
const EVERY: &str = "every";

/// The duties that get a card, the one that is acted on among them, and those that are only named.
fn parted<'a>(view: &View<'_>, list: Vec<&'a DutyStatus>) -> (Vec<&'a DutyStatus>, Vec<&'a DutyStatus>) {
    let acted_on = |duty: &DutyStatus| {
        let key = key(duty);
        [format!("sent:{key}"), format!("settle:{key}")].iter().any(|form| view.is_refused(form))
            || (!view.acting.is_empty() && view.acting == super::anchor(duty.duty.id, duty.duty.for_whom.as_deref()))
    };
    let (mut shown, mut others) = (Vec::new(), Vec::new());
    for (at, duty) in list.into_iter().enumerate() {
        let most = if duty.state.is_open() { SHOWN } else { SHOWN_DONE };
        if at < most || acted_on(duty) { shown.push(duty) } else { others.push(duty) }
    }
    (shown, others)
}

/// A duty that does not apply is worth a card when a person or the case once had to do with it.
fn is_of_interest(duty: &DutyStatus) -> bool {
    duty.opened_at.is_some() || duty.settlement.is_some() || !duty.submissions.is_empty()
}

/// The title of a duty, and for whom.
pub fn title(view: &View<'_>, duty: &DutyStatus) -> String {
    let title = words::duty(view.lang, duty.duty.id);
    duty.duty.for_whom.as_deref().map_or(title.clone(), |name| format!("{title}: {name}"))
}

/// Names a card's forms and its place on the page.
fn key(duty: &DutyStatus) -> String {
    match duty.duty.for_whom.as_deref() {
        Some(name) => format!("{}:{name}", duty.duty.id),
        None => duty.duty.id.to_owned(),
    }
}

fn card(view: &View<'_>, status: &DutyStatus) -> Value {
    let duty = &status.duty;
    let place = |path: &crate::law::Path| words::known(view.lang, &view.case.facts, *path);
    let next = status.next_at();
    let key = key(status);
    let state = status.state.word();
    let can = view.is_open() && status.state.is_open();
    let anchor = super::anchor(duty.id, duty.for_whom.as_deref());
    let refused = [format!("sent:{key}"), format!("settle:{key}")].iter().any(|form| view.is_refused(form));
    // The forms of what is not decided yet stand one address away, too.
    let act = can && view.by.may::<Work>();
    let asked_for = refused || view.acting == anchor;
    let open = view.case.open_duties();
    let is_near = |place: Option<usize>, most: usize| place.is_none_or(|place| place < most);
    let mut required = open.iter().filter(|open| open.state == State::Required);
    let first =
        status.state == State::Required && is_near(required.position(|open| std::ptr::eq(*open, status)), WITH_FORMS);
    // When all are told, the form stands filled in.
    let acting = act && !view.editing && (asked_for || first || told::is_ready(view.case, status));
    let explained = asked_for || is_near(open.iter().position(|open| std::ptr::eq(*open, status)), EXPLAINED);
    let unknown: Vec<String> =
        duty.decided_by.iter().map(|path| words::place(view.lang, &view.case.facts, *path)).collect();
    json!({
        "anchor": anchor, "id": duty.id, "title": title(view, status), "help": view.text(&format!("duty-{}-help", duty.id)),
        "state": state, "state_words": view.text(&format!("state-{state}")), "state_help": view.text(&format!("state-{state}-help")),
        "recipient": view.text(&format!("recipient-{}", duty.recipient)), "channel": view.text(&format!("channel-{}", duty.channel)),
        "basis": words::cite(view.lang, duty.basis), "for": duty.for_whom, "for_query": duty.for_whom.as_deref().map(in_address),
        "next": next.map(|at| at.to_rfc3339()), "waits": (next.is_none() && status.state.is_open() && duty.clock.starts_at.is_none() && duty.deadline.kind != "none").then(|| view.text("page-clock-not-started")),
        "over": next.is_some_and(|at| at < view.case.now), "clock": clock(view, status),
        "because": duty.because.iter().map(place).collect::<Vec<_>>(),
        "can": can, "act": act, "unfolded": acting || (can && status.state == State::Required),
        "told": crate::law::question::TELLING.contains(&duty.id).then(|| super::side::figures(view)).flatten(),
        "unknown": unknown, "decided_by": unknown.iter().take(DECIDING).collect::<Vec<_>>(),
        "decided_more": (unknown.len() > DECIDING).then(|| i18n::text_with(view.lang, "page-and-more", &[("n", (unknown.len() - DECIDING).into())])),
        "rule": rule(view, status),
        "explained": explained,
        "steps": if view.editing || !explained { Vec::new() } else { explain::steps(view.case, status).iter().filter_map(|one| step(view, one)).collect::<Vec<_>>() },
        "settlement": status.settlement.as_ref().map(|settled| settlement(view, settled)),
        "submissions": status.submissions.iter().map(|sent| submission(view, sent)).collect::<Vec<_>>(),
        "send": acting.then(|| send(view, status, &key)), "settle": acting.then(|| settle(view, status, &key)),
        "record": view.text(if matches!(duty.recipient, "register" | "management") { "page-record-done" } else { "page-record-sent" }),
        // Every duty that leaves the house has a letter; a test in tests/architecture.rs holds to that.
        "draft": can && duty.recipient != "register", "reminders": status.state.is_open() && view.is_open(),
    })
}

/// The deadline in a sentence under the countdown.
pub fn clock(view: &View<'_>, status: &DutyStatus) -> String {
    let duty = &status.duty;
    let kind = capital(&view.text(&format!("deadline-{}", duty.deadline.kind)));
    let with = |key: &str, at: DateTime<Utc>| {
        i18n::text_with(
            view.lang,
            key,
            &[("when", Arg::from(i18n::instant(view.lang, at))), ("kind", kind.clone().into())],
        )
    };
    match (duty.deadline.due_at, duty.deadline.target_at, duty.clock.starts_at) {
        (Some(due), _, _) => with("page-clock-due", due),
        (None, Some(target), _) => with("page-clock-target", target),
        (None, None, None) if duty.deadline.kind != "none" => {
            let fact = words::place(view.lang, &view.case.facts, duty.clock.from);
            i18n::text_with(view.lang, "page-clock-waits", &[("kind", kind.into()), ("fact", fact.into())])
        }
        _ => i18n::text_with(view.lang, "page-clock-kind", &[("kind", kind.into())]),
    }
}

/// The same words with a large first letter.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The rule behind a duty, in a sentence.
pub fn rule(view: &View<'_>, status: &DutyStatus) -> String {
    let rule = status.duty.rule;
    let from = i18n::day(view.lang, rule.from);
    let read = rule.verified_on.map_or_else(|| view.text("page-rule-unread"), |on| i18n::day(view.lang, on));
    let args = [
        ("basis", Arg::from(words::cite(view.lang, rule.basis))),
        ("from", from.into()),
        ("read", read.into()),
        ("version", view.case.assessment.rules_version.into()),
    ];
    i18n::text_with(view.lang, "page-rule", &args)
}

/// A step of the explained deadline: a sentence, and the instant in both times.
pub fn step(view: &View<'_>, step: &Step) -> Option<Value> {
    let more = &step.more;
    let text = |name: &str| more[name].as_str().unwrap_or_default().to_owned();
    let passed = more["elapsed_minutes"].as_i64().map_or_else(String::new, |n| elapsed(view.lang, n));
    let say = |key: &str, args: &[(&str, Arg<'_>)]| i18n::text_with(view.lang, key, args);
    let words = match step.step {
        "moment" => {
            let fact = fact_of(&text("fact")).map_or_else(|| text("fact"), |fact| i18n::fact(view.lang, fact.path()));
            let key = match (&step.at, more["stated_by"].as_str()) {
                (None, _) => "step-moment-unknown",
                (Some(_), None) => "step-moment",
                (Some(_), Some(_)) if more["corrections"].as_i64() == Some(0) => "step-moment-stated",
                (Some(_), Some(_)) => "step-moment-corrected",
            };
            let held = chrono::DateTime::parse_from_rfc3339(&text("value")).ok().map(|at| at.to_utc());
            if let Some((at, held)) = step.at.as_ref().map(|both| both.utc).zip(held).filter(|(at, held)| at != held) {
                let span = elapsed(view.lang, (at - held).num_minutes());
                let words = say(
                    "step-moment-mark",
                    &[
                        ("fact", fact.into()),
                        ("when", i18n::instant_short(view.lang, held).into()),
                        ("span", span.into()),
                    ],
                );
                return Some(json!({ "words": words, "at": both(view, at) }));
            }
            let recorded =
                more["recorded_at"].as_str().and_then(|at| words::instant(view.lang, at)).unwrap_or_default();
            say(
                key,
                &[
                    ("fact", fact.into()),
                    ("by", text("stated_by").into()),
                    ("when", recorded.into()),
                    ("corrections", more["corrections"].as_i64().unwrap_or(0).into()),
                ],
            )
        }
        "rule" => {
            let day = |name: &str| text(name).parse().map(|on| i18n::day(view.lang, on)).unwrap_or_default();
            let key = if more["selected_by_date"].is_null() { "step-rule-now" } else { "step-rule" };
            let args = [
                ("basis", Arg::from(words::cite(view.lang, &text("basis")))),
                ("from", day("in_force_from").into()),
                ("on", day("selected_by_date").into()),
                ("version", text("rules_version").into()),
            ];
            say(key, &args)
        }
        "deadline" if step.at.is_some() => say(
            "step-deadline",
            &[("kind", view.text(&format!("deadline-{}", text("kind"))).into()), ("span", passed.into())],
        ),
        "deadline" if text("kind") == "none" => view.text("step-deadline-absent"),
        "deadline" => say("step-deadline-none", &[("kind", view.text(&format!("deadline-{}", text("kind"))).into())]),
        "target" => say("step-target", &[("span", passed.into())]),
        "also" => say(&format!("step-also-{}", text("name")), &[("span", passed.into())]),
        "settlement" => say(
            "step-settlement",
            &[("answer", view.text(&format!("state-{}", text("answer"))).into()), ("by", text("by").into())],
        ),
        "submission" => say("step-submission", &[("by", text("by").into())]),
        _ => return None,
    };
    Some(json!({ "words": words, "at": step.at.as_ref().map(|at| both(view, at.utc)) }))
}

/// An instant in words, and as Oslo and UTC write it.
fn both(view: &View<'_>, at: DateTime<Utc>) -> Value {
    let oslo = at.with_timezone(&Oslo).to_rfc3339_opts(SecondsFormat::Secs, false);
    json!({ "words": i18n::instant(view.lang, at), "utc": at.to_rfc3339_opts(SecondsFormat::Secs, true), "oslo": oslo })
}

/// Elapsed time as the rules count it, in hours and minutes: «72 t», «30 min».
fn elapsed(lang: Lang, minutes: i64) -> String {
    let part = |key: &str, n: i64| (n > 0).then(|| i18n::text_with(lang, key, &[("n", n.into())]));
    let parts: Vec<String> =
        [part("span-hours", minutes / 60), part("span-minutes", minutes % 60)].into_iter().flatten().collect();
    if parts.is_empty() { i18n::text(lang, "span-nothing") } else { parts.join(" ") }
}

/// The fact behind a path with its index: `orders[0].ordered_at`.
fn fact_of(path: &str) -> Option<Fact> {
    let plain = path.split_once('[').and_then(|(list, rest)| Some(format!("{list}[]{}", rest.split_once(']')?.1)));
    Fact::by_path(plain.as_deref().unwrap_or(path))
}

/// A person's answer, and the questions and answers it rested on.
pub fn settlement(view: &View<'_>, settled: &store::Settlement) -> Value {
    let asked = &settled.questions.0;
    let known = |entry: &Value| {
        let fact = fact_of(entry["path"].as_str()?)?;
        Some(
            json!({ "label": words::before(&i18n::fact(view.lang, fact.path())), "value": words::of_json(view.lang, fact, &entry["value"]) }),
        )
    };
    let unknown = |path: &Value| {
        Some(json!({ "label": words::before(&i18n::fact(view.lang, fact_of(path.as_str()?)?.path())), "value": null }))
    };
    let list = |name: &str| asked[name].as_array().cloned().unwrap_or_default();
    let all: Vec<Value> =
        list("because").iter().filter_map(known).chain(list("unknown").iter().filter_map(unknown)).collect();
    let args = [
        ("answer", Arg::from(view.text(&format!("state-{}", settled.answer)))),
        ("by", settled.by.clone().into()),
        ("when", i18n::instant_short(view.lang, settled.at.utc()).into()),
        ("version", settled.rules_version.clone().into()),
    ];
    json!({ "words": i18n::text_with(view.lang, "page-settled", &args), "reason": settled.reason, "asked": all })
}

/// What was sent, in a sentence.
pub fn submission(view: &View<'_>, sent: &store::Submission) -> String {
    let how = match (sent.channel.as_deref(), sent.reference.as_deref()) {
        (None, None) => String::new(),
        (channel, reference) => {
            let channel = channel
                .map(|word| i18n::find(view.lang, &format!("channel-{word}"), &[]).unwrap_or_else(|| word.to_owned()));
            let reference =
                reference.map(|given| i18n::text_with(view.lang, "page-sent-reference", &[("given", given.into())]));
            format!(" {}", channel.into_iter().chain(reference).collect::<Vec<_>>().join(", "))
        }
    };
    let key = if sent.complete { "page-sent-complete" } else { "page-sent-in-part" };
    let when = i18n::instant_short(view.lang, sent.sent_at.utc());
    let said =
        i18n::text_with(view.lang, key, &[("when", when.into()), ("how", how.into()), ("by", sent.by.clone().into())]);
    if view.case.head.is_drill() { format!("{}: {said}", i18n::text(view.lang, "drill-mark")) } else { said }
}

/// The form to record a sending with.
fn send(view: &View<'_>, status: &DutyStatus, key: &str) -> Value {
    let form = format!("sent:{key}");
    let prefix = prefix(&form);
    let mut usual = Typed::default();
    usual.put_time("sent_at", view.case.now.duration_trunc(chrono::Duration::minutes(1)).unwrap_or(view.case.now));
    usual.set(
        "channel",
        CHANNELS.iter().find(|word| status.duty.channel.starts_with(**word)).copied().unwrap_or_default(),
    );
    usual.set("complete", "yes");
    let all_told = told::all_told(view.case, status);
    if let Some(figures) = all_told {
        told::fill(view.lang, &mut usual, figures, view.case.now);
    }
    let filling = view.filling(&form, &prefix, &usual);
    let channels: Vec<(&str, String)> =
        CHANNELS.iter().map(|word| (*word, view.text(&format!("channel-{word}")))).collect();
    let complete = [("yes", view.text("page-complete-yes")), ("no", view.text("page-complete-no"))];
    let mut fields = vec![
        filling.own("sent_at", Field::at),
        filling.select("channel", &channels),
        filling.own("reference", Field::one_line),
        filling.choose("complete", &complete),
    ];
    let others: Vec<(&str, String)> = view
        .case
        .duties
        .iter()
        .filter(|other| can_cover(&status.duty, other))
        .map(|other| (other.duty.id, words::duty(view.lang, other.duty.id)))
        .collect();
    // Shown when one was refused, too, even if none is left.
    if !others.is_empty() || (view.is_refused(&form) && filling.is_wrong("covers")) {
        fields.push(filling.tick("covers", &others));
    }
    json!({ "form": form, "fields": fields, "refused": view.is_refused(&form), "ready": told::is_ready(view.case, status) })
}

/// The form to settle a duty with.
fn settle(view: &View<'_>, status: &DutyStatus, key: &str) -> Value {
    let form = format!("settle:{key}");
    let prefix = prefix(&form);
    let mut usual = Typed::default();
    usual.set("answer", "not_required");
    let filling = view.filling(&form, &prefix, &usual);
    let mut answers = vec![("not_required", view.text("page-settle-not-required"))];
    if status.state == State::Undetermined {
        answers.push(("required", view.text("page-settle-required")));
    }
    let fields = [filling.choose("answer", &answers), filling.own("reason", Field::lines)];
    json!({ "form": form, "fields": fields, "refused": view.is_refused(&form) })
}

/// A text as part of an address, every byte escaped.
fn in_address(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

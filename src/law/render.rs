//! The rule book printed for a lawyer: `LAW.md`, from the same constants that judge.

use super::book::factors::WAYS;
use super::book::{self, DUTY_IDS};
use super::cond::{Cond, Number, Term};
use super::deadline::Deadline;
use super::fact::{ALL, Fact, Kind};
use super::risk::Effect;
use super::rule::{Also, Clock, Rule, Target};
use super::severity::{CLASSES, LEVELS};
use std::fmt::Write;

/// The whole book as Markdown.
pub fn law_md() -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_book(&mut out);
    out
}

const HEAD: &str = "# The rule book\n\n\
    Rendered from the constants in `src/law/` by `cargo test --test law`; don't edit it by hand. It is the company's own \
    reading of its duties, not legal advice. Each condition names facts of an incident as `varsel assess` takes them; a \
    fact nobody has stated leaves the condition open. Hours are elapsed hours.\n";

fn write_book(out: &mut String) -> std::fmt::Result {
    writeln!(out, "{HEAD}\nVersion {}, covering {} to {}.\n", book::VERSION, book::FIRST_DAY, book::LAST_DAY)?;
    writeln!(out, "## Duties")?;
    for id in DUTY_IDS {
        writeln!(out, "\n### `{id}`")?;
        let mut versions: Vec<&Rule> = book::rules().filter(|rule| rule.duty == *id).collect();
        versions.sort_by_key(|rule| std::cmp::Reverse(rule.from));
        for rule in versions {
            write_rule(out, rule)?;
        }
    }
    writeln!(out, "\n## Named conditions\n")?;
    for term in terms() {
        writeln!(out, "- **{}** ({}): {}.", term.id, term.source, words(&term.cond))?;
    }
    writeln!(
        out,
        "\n## Severity\n\nThe highest that applies; a person's class overrules. Company settings are marked with ⚙ and shown with their defaults.\n"
    )?;
    for class in CLASSES {
        let level = LEVELS.get(usize::from(class.level)).unwrap_or(&"");
        writeln!(out, "- `{level}` – **{}** ({}): {}.", class.term.id, class.term.source, words(&class.term.cond))?;
    }
    writeln!(
        out,
        "\n## Risk to the persons\n\nEach way a breach can hurt is judged by itself and the worst counts: unlikely where a lifting factor holds, high where an aggravating one does, else a risk. ENISA's score SE = DPC × EI + CB is one input."
    )?;
    for way in WAYS {
        writeln!(out, "\n### {}\n\nIs touched when {}.\n", way.name, words(&way.present))?;
        for factor in way.factors {
            let effect = match factor.effect {
                Effect::Harmless => "unlikely",
                Effect::High => "high",
            };
            writeln!(
                out,
                "- `{effect}` – **{}** ({}): {}.",
                factor.term.id,
                factor.term.source,
                words(&factor.term.cond)
            )?;
        }
    }
    write_facts(out)
}

/// The vocabulary: every fact as `varsel assess` and the API take it.
fn write_facts(out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Facts\n\nA fact that is absent or null is unknown. One marked † counts only when somebody states it. E is its field in the EDPB's common art. 33 template.\n"
    )?;
    writeln!(out, "| fact | takes | E |\n|---|---|---|")?;
    for fact in ALL {
        let takes = match fact.def().kind {
            Kind::Text(most) => format!("text, at most {most} characters"),
            Kind::Bool => "true or false".to_owned(),
            Kind::Whole => "a whole number, nought or more".to_owned(),
            Kind::Number => "a number, nought or more".to_owned(),
            Kind::Time => "an instant, RFC 3339 with an offset".to_owned(),
            Kind::Choice(words) => format!("one of {}", quoted(words)),
            Kind::Choices(words) => format!("a list of {}", quoted(words)),
            Kind::Countries => "a list of ISO 3166-1 alpha-2 codes".to_owned(),
            Kind::Items => "a list of objects".to_owned(),
        };
        let claim = if fact.def().claim { " †" } else { "" };
        let edpb = fact.def().edpb.map_or(String::new(), |field| field.to_string());
        writeln!(out, "| `{fact}`{claim} | {takes} | {edpb} |")?;
    }
    Ok(())
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
}

fn write_rule(out: &mut String, rule: &Rule) -> std::fmt::Result {
    let until = rule.until.map_or(String::new(), |until| format!(" until {until}"));
    let read = rule.verified_on.map_or("the text has not been looked up".to_owned(), |day| format!("text read {day}"));
    writeln!(out, "\n**From {}{until}** · {} · {read}\n", rule.from, rule.basis)?;
    writeln!(out, "- To: {} ({})", rule.recipient, rule.channel)?;
    writeln!(out, "- When: {}", words(&rule.trigger))?;
    if let Some(lifted_by) = &rule.lifted_by {
        writeln!(out, "- Lifted by: {}", words(lifted_by))?;
    }
    writeln!(out, "- Clock: {}", clock(&rule.clock))?;
    writeln!(out, "- Deadline: {}{}", deadline(rule.deadline), target(rule.target))?;
    for also in rule.also {
        writeln!(out, "- Beside it: {}", beside(*also))?;
    }
    if !rule.note.is_empty() {
        writeln!(out, "- Note: {}", rule.note)?;
    }
    Ok(())
}

/// A length of time in words.
fn span(minutes: i64) -> String {
    if minutes % 60 == 0 { format!("{} h", minutes / 60) } else { format!("{minutes} min") }
}

fn deadline(deadline: Deadline) -> String {
    match deadline {
        Deadline::Fixed(minutes) => format!("at the latest {} after the clock starts", span(minutes)),
        Deadline::Immediate => "at once, no number".to_owned(),
        Deadline::WithoutUndueDelay => "without undue delay, no number".to_owned(),
        Deadline::Before => "before".to_owned(),
        Deadline::Ordered => "as the order says".to_owned(),
        Deadline::Contract => "the hours of the contract with the controller, else without undue delay".to_owned(),
        Deadline::None => "none, but it must exist".to_owned(),
    }
}

fn target(target: Target) -> String {
    match target {
        Target::None => String::new(),
        Target::Minutes(minutes) => format!("; own target {}", span(minutes)),
        Target::BySeverity(critical, below) => {
            format!("; own target {} (critical), {} (serious)", span(critical), span(below))
        }
    }
}

fn clock(clock: &Clock) -> String {
    match clock {
        Clock::Moment(facts) => facts.iter().map(|fact| format!("`{fact}`")).collect::<Vec<_>>().join(", else "),
        Clock::Order(kinds) => format!("the order ({})", list(Fact::OrderKind, *kinds)),
        Clock::FirstSending(duties) => format!("the first sending of {}", list(Fact::SentDuty, *duties)),
        Clock::Mark(fact, minutes) => format!("{} after `{fact}`", span(*minutes)),
    }
}

fn beside(also: Also) -> String {
    match also {
        Also::Reg1182 => "the period counted by Regulation 1182/71 art. 3(1), for information".to_owned(),
        Also::Update(minutes) => format!("an update {} after the clock starts", span(minutes)),
        Also::SecondNotice(minutes) => format!("a second notice {} after the first", span(minutes)),
        Also::ReportInAMonth => "a report one month after the first notice".to_owned(),
    }
}

fn list(fact: Fact, bits: u64) -> String {
    let chosen = fact.choices().iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
    chosen.map(|(_, word)| format!("`{word}`")).collect::<Vec<_>>().join(" or ")
}

fn number(number: Number) -> String {
    let defaults = super::Thresholds::default();
    let plain = number.of(&defaults).to_string();
    match number {
        Number::Law(_) => plain,
        Number::Setting(_) => format!("{plain} ⚙"),
    }
}

/// A condition in words.
pub fn words(cond: &Cond) -> String {
    match *cond {
        Cond::All([]) => "always".to_owned(),
        Cond::Any([]) => "never".to_owned(),
        Cond::All(conds) => join(conds, " and "),
        Cond::Any(conds) => join(conds, " or "),
        Cond::Not(cond) => format!("not ({})", words(cond)),
        Cond::Term(term) => format!("*{}*", term.id),
        Cond::Yes(fact) => format!("`{fact}`"),
        Cond::Stated(fact) => format!("`{fact}` (open until stated)"),
        Cond::Is(fact, bits) => format!("`{fact}` is {}", list(fact, bits)),
        Cond::Has(fact, bits) => format!("`{fact}` has {}", list(fact, bits)),
        Cond::MayBe(fact, bits, open) => {
            format!("`{fact}` is or has {} ({} leaves it open)", list(fact, bits), list(fact, open))
        }
        Cond::OfKind(kind, fact, 0) => {
            format!("`personal_data.kinds` has {} (not read from `{fact}`)", list(Fact::BreachKinds, 1 << kind))
        }
        Cond::OfKind(kind, fact, bits) => format!(
            "`personal_data.kinds` has {}, or is unknown while `{fact}` is {}",
            list(Fact::BreachKinds, 1 << kind),
            list(fact, bits)
        ),
        Cond::Known(fact) => format!("`{fact}` is known"),
        Cond::AtLeast(fact, floor) => format!("`{fact}` is at least {}", number(floor)),
        Cond::MoreThan(fact, limit) => format!("`{fact}` is more than {}", number(limit)),
        Cond::ShareOver(part, whole, share) => format!("`{part}` is more than {} % of `{whole}`", number(share)),
        Cond::UserHoursOver(limit) => format!("customers affected × hours is more than {}", number(limit)),
        Cond::AnyItem(list, cond) => format!("one of `{list}` has {}", words(cond)),
        Cond::Severity(level) => format!("severity is at least `{}`", LEVELS.get(usize::from(level)).unwrap_or(&"")),
        Cond::Risk(level) => {
            format!("risk is at least `{}`", super::risk::LEVELS.get(usize::from(level)).unwrap_or(&""))
        }
        Cond::Score(floor) => format!("SE is at least {floor}"),
        Cond::Context(floor) => format!("DPC is at least {floor}"),
        Cond::Ordered(kinds) => format!("an order {}", list(Fact::OrderKind, kinds)),
        Cond::Sent(duties) => format!("something was sent for {}", list(Fact::SentDuty, duties)),
        Cond::SentBefore(duties, fact) => {
            format!("something was sent for {} before `{fact}`", list(Fact::SentDuty, duties))
        }
        Cond::SentIncomplete(duties) => {
            format!("the first sending for {} was incomplete", list(Fact::SentDuty, duties))
        }
        Cond::LateBy(fact, minutes, duties) => {
            format!("{} has not been sent within {} of `{fact}`", list(Fact::SentDuty, duties), span(minutes))
        }
        Cond::AnyPersonalData => "a breach is not ruled out and some other fact of `personal_data` is known".to_owned(),
    }
}

fn join(conds: &[Cond], with: &str) -> String {
    let part = |cond: &Cond| match cond {
        Cond::All([_, _, ..]) | Cond::Any([_, _, ..]) => format!("({})", words(cond)),
        _ => words(cond),
    };
    conds.iter().map(part).collect::<Vec<_>>().join(with)
}

/// Every named condition that the book's rules use, once, in order of first use.
fn terms() -> Vec<&'static Term> {
    fn collect(cond: &Cond, found: &mut Vec<&'static Term>) {
        match *cond {
            Cond::Term(term) if !found.iter().any(|known| known.id == term.id) => {
                found.push(term);
                collect(&term.cond, found);
            }
            Cond::All(conds) | Cond::Any(conds) => conds.iter().for_each(|cond| collect(cond, found)),
            Cond::Not(cond) | Cond::AnyItem(_, cond) => collect(cond, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    let factors = WAYS.iter().flat_map(|way| way.factors).map(|factor| &factor.term.cond);
    let conds =
        book::rules().map(|rule| &rule.trigger).chain(CLASSES.iter().map(|class| &class.term.cond)).chain(factors);
    conds.for_each(|cond| collect(cond, &mut found));
    found
}

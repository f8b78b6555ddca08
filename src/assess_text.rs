//! The assessment as text for a person: severity, risk, duties by deadline, what to ask next.

use crate::error::FieldError;
use crate::i18n::{self, Arg, Lang};
use crate::law::enisa::Score;
use crate::law::risk::{self, Reason};
use crate::law::severity;
use crate::law::{Assessment, Duty, FactError, Facts, Path, Problem, State};
use chrono::{DateTime, Utc};
use std::fmt::Write;

/// One line for standard error: the field's path, what was wrong and what would be right.
pub fn error(error: &FactError, lang: Lang) -> String {
    let other = match &error.problem {
        Problem::Contradiction { other, .. } => format!(" ({other})"),
        _ => String::new(),
    };
    let field = FieldError::from(error.clone());
    let path = if error.path.is_empty() { i18n::text(lang, "error-document") } else { error.path.clone() };
    format!("{path}: {}{other}", field.message(lang))
}

/// The whole assessment, in the reader's language, instants in Norwegian time.
pub fn print(facts: &Facts, assessment: &Assessment, lang: Lang) -> String {
    let page = Page { assessment, lang };
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = page.write(facts, &mut out);
    out
}

/// How many facts a line names before it says how many more there are.
const MOST_FACTS: usize = 6;

struct Page<'a> {
    assessment: &'a Assessment,
    lang: Lang,
}

impl Page<'_> {
    fn text(&self, key: &str, args: &[(&str, String)]) -> String {
        let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        i18n::text_with(self.lang, key, &args)
    }

    fn instant(&self, at: DateTime<Utc>) -> String {
        i18n::instant(self.lang, at)
    }

    fn left(&self, at: DateTime<Utc>) -> String {
        i18n::left(self.lang, self.assessment.assessed_at, at)
    }

    fn facts(&self, paths: &[Path]) -> String {
        let mut labels: Vec<String> = Vec::new();
        for path in paths {
            let label = i18n::quoted(self.lang, &i18n::fact(self.lang, &path.to_string()));
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let more = labels.len().saturating_sub(MOST_FACTS);
        labels.truncate(MOST_FACTS);
        if more > 0 {
            labels.push(self.text("assess-more", &[("count", more.to_string())]));
        }
        i18n::list(self.lang, &labels)
    }

    fn duties(&self, ids: &[&str]) -> String {
        let titles: Vec<String> = ids.iter().map(|id| self.text(&format!("duty-{id}"), &[])).collect();
        i18n::list(self.lang, &titles)
    }

    fn write(&self, facts: &Facts, out: &mut String) -> std::fmt::Result {
        let a = self.assessment;
        writeln!(out, "{}", self.text("assess-title", &[("title", facts.title().to_owned())]))?;
        let version = ("version", a.rules_version.to_owned());
        writeln!(out, "{}\n", self.text("assess-at", &[("when", self.instant(a.assessed_at)), version]))?;
        self.severity(out)?;
        self.risk(out)?;
        let told = a.affected_users.must_be_told;
        let duties = ("duties", self.duties(&a.affected_users.duties));
        writeln!(out, "{}\n", self.text(&format!("assess-told-{told}"), &[duties]))?;
        self.open_duties(out)?;
        self.settled_duties(out)?;
        self.questions(out)?;
        writeln!(out, "\n{}", self.text("assess-not-advice", &[]))
    }

    fn reasons(&self, out: &mut String, reasons: &[Reason]) -> std::fmt::Result {
        for reason in reasons {
            let words = self.text(&format!("reason-{}", reason.rule), &[]);
            writeln!(out, "  - {words} [{}]", i18n::cite(self.lang, reason.source))?;
        }
        Ok(())
    }

    fn level(&self, kind: &str, levels: &[&str], at: u8) -> String {
        self.text(&format!("{kind}-{}", levels.get(usize::from(at)).unwrap_or(&"undetermined")), &[])
    }

    fn severity(&self, out: &mut String) -> std::fmt::Result {
        let severity = &self.assessment.severity;
        let name = |at| self.level("severity", severity::LEVELS, at);
        let key = if severity.high > severity.low { "assess-severity-may_rise" } else { "assess-severity" };
        let line = self.text(key, &[("level", name(severity.low)), ("highest", name(severity.high))]);
        let overruled = severity.stated && severity.proposed != (severity.low, severity.high);
        let aside = if overruled {
            format!(" ({})", self.text("assess-proposed", &[("level", name(severity.proposed.0))]))
        } else {
            String::new()
        };
        writeln!(out, "{line}{aside}")?;
        self.reasons(out, &severity.reasons)
    }

    fn risk(&self, out: &mut String) -> std::fmt::Result {
        let risk = &self.assessment.risk;
        let name = |at| self.level("risk", risk::LEVELS, at);
        let line = if risk.low == risk.high {
            self.text("assess-risk", &[("level", name(risk.low))])
        } else {
            self.text("assess-risk-open", &[("lowest", name(risk.low)), ("highest", name(risk.high))])
        };
        let overruled = risk.stated && risk.proposed != (risk.low, risk.high);
        let proposed = if risk.proposed.0 == risk.proposed.1 {
            name(risk.proposed.0)
        } else {
            format!("{}–{}", name(risk.proposed.0), name(risk.proposed.1))
        };
        let aside = if overruled {
            format!(" ({})", self.text("assess-proposed", &[("level", proposed)]))
        } else {
            String::new()
        };
        writeln!(out, "{line}{aside}")?;
        self.reasons(out, &risk.reasons)?;
        let score = risk.score;
        if score.total.0 == score.total.1 && !risk.reasons.iter().any(|reason| reason.rule == "no-breach") {
            let decimal = |part: (f64, f64)| i18n::decimal(self.lang, part.0);
            let args = [
                ("score", decimal(score.total)),
                ("band", self.text(&format!("band-{}", Score::band(score.total.0)), &[])),
                ("dpc", decimal(score.context)),
                ("ei", decimal(score.identification)),
                ("cb", decimal(score.circumstances)),
            ];
            writeln!(out, "  {}", self.text("assess-enisa", &args))?;
        }
        Ok(())
    }

    fn open_duties(&self, out: &mut String) -> std::fmt::Result {
        let open = self.assessment.open_duties();
        let heading = if open.is_empty() { "assess-duties-none" } else { "assess-duties" };
        writeln!(out, "{}", self.text(heading, &[]))?;
        for duty in open {
            writeln!(
                out,
                "\n  {} – {}",
                self.text(&format!("state-{}", duty.state.word()), &[]).to_uppercase(),
                self.title(duty)
            )?;
            writeln!(out, "    {}", self.by_when(duty))?;
            let args = [
                ("recipient", self.text(&format!("recipient-{}", duty.recipient), &[])),
                ("channel", self.text(&format!("channel-{}", duty.channel), &[])),
            ];
            writeln!(out, "    {}", self.text("assess-duty-to", &args))?;
            writeln!(out, "    {}", self.text("assess-duty-basis", &[("basis", i18n::cite(self.lang, duty.basis))]))?;
            if !duty.because.is_empty() {
                writeln!(out, "    {}", self.text("assess-duty-because", &[("facts", self.facts(&duty.because))]))?;
            }
            if !duty.decided_by.is_empty() {
                let facts = ("facts", self.facts(&duty.decided_by));
                writeln!(out, "    {}", self.text("assess-duty-decided_by", &[facts]))?;
            }
            if let Some((_, at)) = duty.deadline.also.iter().find(|(name, _)| *name == "reg_1182_71") {
                writeln!(out, "    {}", self.text("assess-also-1182", &[("when", self.instant(*at))]))?;
            }
        }
        Ok(())
    }

    fn title(&self, duty: &Duty) -> String {
        let title = self.text(&format!("duty-{}", duty.id), &[]);
        match &duty.for_whom {
            Some(name) => format!("{title} {}", self.text("assess-duty-for", &[("name", name.to_string())])),
            None => title,
        }
    }

    fn by_when(&self, duty: &Duty) -> String {
        let kind = self.text(&format!("deadline-{}", duty.deadline.kind), &[]);
        let args = |at| [("kind", kind.clone()), ("when", self.instant(at)), ("left", self.left(at))];
        match (duty.deadline.due_at, duty.deadline.target_at) {
            (Some(_), _) if duty.counts_down_to().is_none() => kind,
            (Some(due), _) => self.text("assess-duty-due", &args(due)),
            (None, Some(target)) => self.text("assess-duty-target", &args(target)),
            (None, None) if duty.clock.starts_at.is_none() => {
                let fact = i18n::fact(self.lang, &duty.clock.from.to_string());
                self.text("assess-duty-no-clock", &[("kind", kind), ("fact", fact)])
            }
            (None, None) => kind,
        }
    }

    fn settled_duties(&self, out: &mut String) -> std::fmt::Result {
        for state in [State::Fulfilled, State::Exempt, State::NotRequired] {
            let titles: Vec<String> =
                self.assessment.duties.iter().filter(|duty| duty.state == state).map(|duty| self.title(duty)).collect();
            if !titles.is_empty() {
                let state = self.text(&format!("state-{}", state.word()), &[]);
                writeln!(out, "\n  {}: {}", state.to_uppercase(), titles.join("; "))?;
            }
        }
        Ok(())
    }

    fn questions(&self, out: &mut String) -> std::fmt::Result {
        let questions = &self.assessment.questions;
        let heading = if questions.is_empty() { "assess-questions-none" } else { "assess-questions" };
        writeln!(out, "\n{}", self.text(heading, &[]))?;
        for (place, question) in (1..).zip(questions.iter().take(8)) {
            let args = [("fact", self.facts(&[question.fact])), ("duties", self.duties(&question.decides))];
            writeln!(out, "  {place}. {}", self.text("assess-question", &args))?;
            writeln!(out, "     {}", i18n::fact_help(self.lang, &question.fact.to_string()))?;
        }
        Ok(())
    }
}

//! The report of a month as PDF: the figures of the dashboard as tables, each with how it is reckoned, for whoever wants
//! them on paper or in a case file.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::Period;
use super::pages::{Figures, gather, month_in_words, total};
use super::period::Month;
use super::store::{Due, Persons};
use super::sum::{Months, Sums, Told};
use crate::account::right::Oversee;
use crate::account::{By, language_of};
use crate::clock::Clock;
use crate::db::{Db, is_demo};
use crate::error::Error;
use crate::flow::download;
use crate::i18n::{self, Arg, Lang};
use crate::incident::Settings;
use crate::law::severity::LEVELS;
use crate::pdf::{self, Block, Document};

/// Which month; this one when nothing is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    month: String,
}

impl Asked {
    fn month(&self, now: DateTime<Utc>) -> Result<Month, Error> {
        let asked = if self.month.is_empty() { Some(Month::of(now)) } else { Month::parse(&self.month) };
        asked.ok_or_else(|| Error::field("month", "no_month"))
    }
}

/// The report of a month as a download.
pub async fn pdf(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    By(by, asked): By<Oversee, web::Query<Asked>>,
) -> Result<HttpResponse, Error> {
    let (now, lang) = (clock.now(), language_of(&request));
    let month = asked.month(now)?;
    let (period, sight) = (Period { first: month, last: month }, by.sight());
    let read = db
        .read(move |conn| Ok((gather(conn, sight, period, now)?, Settings::load(conn)?.company.name, is_demo(conn)?)));
    let (figures, company, is_demo) = read.await?;
    let report = Report { lang, period, figures, company, reader: by.name.clone(), now, is_demo };
    let made = web::block(move || pdf::write(&report.document())).await.map_err(Error::internal)??;
    let name = format!("varsel-{month}.pdf");
    Ok(download(&name, &name).content_type("application/pdf").body(made))
}

struct Report {
    lang: Lang,
    period: Period,
    figures: Figures,
    company: String,
    reader: String,
    now: DateTime<Utc>,
    is_demo: bool,
}

impl Report {
    fn text(&self, key: &str) -> String {
        i18n::text(self.lang, key)
    }

    fn with(&self, key: &str, name: &str, value: impl Into<Arg<'static>>) -> String {
        i18n::text_with(self.lang, key, &[(name, value.into())])
    }

    fn number(&self, many: i64) -> String {
        i18n::number(self.lang, many)
    }

    fn document(&self) -> Document {
        let month = month_in_words(self.lang, self.period.first);
        let title = self.with("report-title", "month", month);
        let mut blocks = vec![
            Block::Heading(0, title.clone()),
            Block::Pairs(vec![
                (self.text("report-company"), self.company.clone()),
                (self.text("report-as-of"), i18n::instant(self.lang, self.now)),
                (self.text("report-made-for"), self.reader.clone()),
            ]),
            Block::Notice(self.with("report-sight", "name", self.reader.clone())),
        ];
        blocks.extend(self.standing());
        blocks.extend(self.month());
        blocks.extend(self.reckoned());
        Document {
            title: format!("{} – {title}", self.company),
            author: self.company.clone(),
            lang: self.lang,
            made: self.now,
            running: format!("{} · {title}", self.company),
            across: None,
            mark: pdf::mark(self.lang, false, self.is_demo),
            bare: false,
            blocks,
        }
    }

    /// How it stands at the instant of the report.
    fn standing(&self) -> Vec<Block> {
        let figures = &self.figures;
        let open = |word: &str| figures.open.iter().find(|(known, _)| known == word).map_or(0, |(_, many)| *many);
        let all = figures.open.iter().map(|(_, many)| many).sum();
        let mut rows = vec![vec![self.text("dashboard-open"), self.number(all)]];
        let severities = LEVELS.iter().rev();
        rows.extend(
            severities
                .map(|word| vec![format!("– {}", self.text(&format!("severity-{word}"))), self.number(open(word))]),
        );
        for (key, many) in [
            ("dashboard-late", figures.late.1),
            ("dashboard-next", figures.next.1),
            ("dashboard-unsettled", figures.unsettled.1),
        ] {
            rows.push(vec![self.text(key), self.number(many)]);
        }
        rows.push(vec![self.text("report-to-be-told"), self.persons(figures.to_be_told)]);
        let mut blocks = vec![
            Block::Heading(1, self.text("report-now")),
            self.table(["report-what", "report-many"], rows, &[64, 36]),
        ];
        for (key, due) in [
            ("dashboard-late", &figures.late),
            ("dashboard-next", &figures.next),
            ("dashboard-unsettled", &figures.unsettled),
        ] {
            blocks.extend(self.duties(key, due));
        }
        blocks
    }

    fn persons(&self, persons: Persons) -> String {
        let known = self.number(persons.known);
        if persons.unknown == 0 {
            return known;
        }
        format!("{known} {}", self.with("dashboard-persons-unknown", "n", persons.unknown))
    }

    /// The duties behind a figure, as many as the dashboard names.
    fn duties(&self, key: &str, (due, all): &(Vec<Due>, i64)) -> Vec<Block> {
        if due.is_empty() {
            return Vec::new();
        }
        let row = |one: &Due| {
            let title = self.text(&format!("duty-{}", one.duty));
            let title = if one.for_whom.is_empty() { title } else { format!("{title}: {}", one.for_whom) };
            let at = one.at.map_or_else(String::new, |at| i18n::instant_short(self.lang, at.utc()));
            vec![title, format!("{} {}", one.reference, one.title), at]
        };
        let heads = ["report-duty", "report-incident", "report-due"];
        let rows = due.iter().map(row).collect();
        let mut blocks = vec![Block::Heading(2, self.text(key)), self.table(heads, rows, &[40, 38, 22])];
        let more = all - i64::try_from(due.len()).unwrap_or(0);
        if more > 0 {
            blocks.push(Block::Paragraph(self.with("dashboard-more", "n", more)));
        }
        blocks
    }

    /// How the month went, beside the one before.
    fn month(&self) -> Vec<Block> {
        let (now, before) = (&self.figures.sums, &self.figures.before);
        let months = [self.period.first, self.period.before().first].map(|month| month_in_words(self.lang, month));
        let beside = |key: &str, rows: Vec<(String, i64, i64)>| {
            let mut head = vec![self.text(key)];
            head.extend(months.clone());
            let rows = rows.into_iter().map(|(label, now, before)| vec![label, self.number(now), self.number(before)]);
            Block::Table { head, rows: rows.collect(), widths: vec![50, 25, 25] }
        };
        let of = |key: &str, prefix: &str, pick: fn(&Sums) -> &Months| {
            let (now, before) = (pick(now), pick(before));
            let row = |(word, many): &(&str, Vec<i64>)| {
                let was =
                    before.series.iter().find(|(known, _)| known == word).map_or(0, |(_, many)| many.iter().sum());
                (self.text(&format!("{prefix}{word}")), many.iter().sum(), was)
            };
            beside(key, now.series.iter().map(row).collect())
        };
        let all = vec![
            (self.text("dashboard-all"), now.all, before.all),
            (self.text("dashboard-misses"), now.near_misses, before.near_misses),
            (self.text("dashboard-lost-all"), total(&now.lost), total(&before.lost)),
            (self.text("report-unmeasured"), now.unmeasured, before.unmeasured),
        ];
        let mut blocks = vec![
            Block::Heading(1, self.text("report-month")),
            beside("report-what", all),
            Block::Heading(2, self.text("dashboard-by-kind")),
            of("report-kind", "dashboard-kind-", |sums| &sums.by_kind),
            Block::Heading(2, self.text("dashboard-by-severity")),
            of("page-severity", "severity-", |sums| &sums.by_severity),
            Block::Heading(2, self.text("dashboard-causes")),
            beside("report-cause", self.causes()),
            Block::Heading(2, self.text("dashboard-times")),
            self.times(),
            Block::Paragraph(format!("{}: {}", self.text("report-told"), self.persons(self.figures.told_persons))),
        ];
        blocks.push(Block::Space);
        blocks
    }

    fn causes(&self) -> Vec<(String, i64, i64)> {
        let (now, before) = (&self.figures.sums.causes, &self.figures.before.causes);
        let many =
            |of: &[(String, i64)], cause: &str| of.iter().find(|(known, _)| known == cause).map_or(0, |one| one.1);
        let mut all: Vec<&str> = now.iter().map(|(cause, _)| cause.as_str()).collect();
        all.extend(
            before.iter().map(|(cause, _)| cause.as_str()).filter(|cause| !now.iter().any(|one| one.0 == *cause)),
        );
        let label = |cause: &str| match cause {
            "" => self.text("dashboard-cause-unknown"),
            known => i18n::choice(self.lang, "cause.root_cause", known),
        };
        all.into_iter().map(|cause| (label(cause), many(now, cause), many(before, cause))).collect()
    }

    /// How fast each receiver was told.
    fn times(&self) -> Block {
        let span = |minutes: Option<i64>| {
            minutes.map_or_else(|| "–".to_owned(), |minutes| i18n::span(self.lang, TimeDelta::minutes(minutes)))
        };
        let share = |told: &Told| told.share(self.lang).unwrap_or_else(|| "–".to_owned());
        let row = |((who, told), (_, was)): (&(&str, Told), &(&str, Told))| {
            let of = [("in_time", Arg::from(told.in_time)), ("measured", Arg::from(told.measured))];
            vec![
                self.text(&format!("dashboard-to-{who}")),
                self.number(told.many),
                format!("{} ({})", share(told), i18n::text_with(self.lang, "dashboard-in-time-of", &of)),
                span(told.median),
                span(told.longest),
                share(was),
            ]
        };
        let heads = [
            "dashboard-who",
            "dashboard-sent",
            "dashboard-share",
            "dashboard-median",
            "dashboard-longest",
            "report-share-before",
        ];
        let rows = self.figures.told.iter().zip(&self.figures.told_before).map(row).collect();
        self.table(heads, rows, &[24, 9, 25, 14, 14, 14])
    }

    /// How each figure is reckoned, and from which rows.
    fn reckoned(&self) -> Vec<Block> {
        let one = |(label, why): (&str, &str)| (self.text(label), self.text(why));
        let all = [
            ("dashboard-open", "dashboard-open-why"),
            ("dashboard-late", "dashboard-late-why"),
            ("dashboard-next", "dashboard-next-why"),
            ("dashboard-unsettled", "dashboard-unsettled-why"),
            ("dashboard-persons", "dashboard-persons-why"),
            ("dashboard-all", "dashboard-all-why"),
            ("dashboard-misses", "dashboard-misses-why"),
            ("dashboard-lost-all", "dashboard-lost-why"),
            ("dashboard-by-kind", "dashboard-by-kind-why"),
            ("dashboard-by-severity", "dashboard-by-severity-why"),
            ("dashboard-causes", "dashboard-causes-why"),
            ("dashboard-times", "dashboard-times-why"),
        ];
        vec![Block::Heading(1, self.text("dashboard-why")), Block::Pairs(all.into_iter().map(one).collect())]
    }

    fn table<const N: usize>(&self, heads: [&str; N], rows: Vec<Vec<String>>, widths: &[u16]) -> Block {
        Block::Table { head: heads.map(|key| self.text(key)).to_vec(), rows, widths: widths.to_vec() }
    }
}

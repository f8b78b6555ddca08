//! What reminders say, in each language.

use super::{minutes, time};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::LazyLock;
use varsel::i18n::{self, Lang};
use varsel::law::book::{self, DUTY_IDS};
use varsel::reminder::{Circle, Due, Item, Rearm, Said, Step, compose, plain, short, step_words};
use varsel::templates::Templates;

static MAILS: LazyLock<Templates> = LazyLock::new(|| Templates::mails().unwrap());

fn friday() -> DateTime<Utc> {
    time("2026-11-06T16:30:00+01:00")
}

fn hours(n: i64) -> TimeDelta {
    TimeDelta::hours(n)
}

fn due(step: Step) -> Due {
    let circle = Circle::Owner;
    Due { step, circle, since: friday(), late_by: None, missed: Vec::new(), escalated: false, again: false }
}

fn item(duty_id: &str) -> Item {
    Item {
        reference: "2026-0017".into(),
        title: "Samtalelogger lå åpne på nettet".into(),
        duty_id: duty_id.into(),
        for_whom: None,
        basis: book::in_force(duty_id, book::LAST_DAY).unwrap().basis.into(),
        undetermined: false,
        decided_by: Vec::new(),
        deadline: Some(friday() + hours(72)),
        is_target: false,
        link: format!("https://varsel.smbmobil.example/incidents/2026-0017#{duty_id}"),
        due: due(Step::AtOnce),
        told: vec!["Kari Nordmann".into()],
        next: Some(friday() + hours(74)),
        armed_again: None,
    }
}

fn authority() -> Item {
    item("gdpr-33-authority")
}

fn say(lang: Lang, now: DateTime<Utc>, items: &[Item]) -> Said {
    compose(&MAILS, lang, now, "Kari Nordmann", items).unwrap()
}

fn subject(now: DateTime<Utc>, item: &Item) -> String {
    let said = say(Lang::Nb, now, std::slice::from_ref(item));
    sound(&said);
    said.subject
}

/// The words of a text, wherever its lines are broken.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What holds for everything that is said.
pub fn sound(said: &Said) {
    let at = format!("{}\n\n{}", said.subject, said.text);
    assert!(said.subject.chars().count() <= 120 && said.subject == flowing(&said.subject), "{at}");
    assert!(!said.text.contains("\n\n\n") && said.text.ends_with('\n') && !said.text.starts_with('\n'), "{at}");
    for line in said.text.lines() {
        assert_eq!(line, line.trim_end(), "{at}");
        assert!(line.chars().count() <= 100 || line.trim_start().starts_with("https://"), "{line}\n{at}");
    }
    let keys = ["reminder-", "summary-", "holiday-", "duty-", "recipient-", "channel-", "fact-", "deadline-", "word-"];
    for word in at.split_whitespace() {
        assert!(!keys.iter().any(|key| word.trim_start_matches(['«', '“', '(']).starts_with(key)), "{word}\n{at}");
        assert!(word.starts_with("https://") || !word.contains(['{', '}', '_', '$']), "{word}\n{at}");
    }
    assert!(!at.contains("&lt;") && !at.contains("&amp;") && !at.contains("&quot;") && !at.contains("&#"), "{at}");
    assert!(!at.contains(" .") && !at.contains(" ,") && !at.contains("..") && !at.contains("()"), "{at}");
}

#[test]
fn every_duty_in_every_state_and_step_is_said_in_each_language() {
    let steps = [Step::AtOnce, Step::Before(0), Step::Over(3), Step::Idle(2)];
    let now = friday() + hours(9) + minutes(7);
    let mut said = 0;
    for id in DUTY_IDS {
        for step in steps {
            for shape in [0, 2, 5, 7, 8, 11, 14, 15_u8] {
                let is = |bit: u8| shape >> bit & 1 == 1;
                let mut item = item(id);
                item.due = Due { escalated: is(0), circle: Circle::Management, ..due(step) };
                item.undetermined = is(1);
                item.decided_by = vec!["personal_data.breach".into(), "personal_data.roles[1].role".into()];
                item.is_target = is(2);
                let late = step == Step::Over(3);
                item.deadline = if late { Some(friday() + hours(1)) } else { item.deadline };
                if is(3) {
                    item.due.late_by = Some(hours(9));
                    item.due.missed = vec![Step::AtOnce, Step::Before(1440), Step::Before(0)];
                    item.deadline = item.deadline.filter(|_| is(0));
                    item.next = None;
                }
                for lang in Lang::ALL {
                    let one = say(lang, now, std::slice::from_ref(&item));
                    let simple = plain(lang, now, std::slice::from_ref(&item));
                    let two = say(lang, now, &[item.clone(), authority()]);
                    for text in [&one, &simple, &two] {
                        sound(text);
                        let flow = flowing(&text.text);
                        assert!(flow.contains(&i18n::instant(lang, now)), "{flow}");
                        let title = i18n::text(lang, &format!("duty-{id}"));
                        assert!(flow.contains(&title) && flow.contains(&item.link), "{flow}");
                        assert!(flow.contains("2026-0017 Samtalelogger lå åpne på nettet"), "{flow}");
                        assert!(flow.contains(&i18n::cite(lang, &item.basis)), "{flow}");
                        if let Some(at) = item.deadline {
                            assert!(flow.contains(&i18n::instant(lang, at)), "date, time and zone: {flow}");
                        }
                        let settles = i18n::fact(lang, "personal_data.breach");
                        assert_eq!(
                            flow.contains(&format!("{settles}»"))
                                || flow.contains(&format!("- {settles}"))
                                || flow.contains(&format!("{settles}”")),
                            is(1),
                            "{flow}"
                        );
                    }
                    assert!(flowing(&one.text).contains(&i18n::text(lang, &format!("duty-{id}-help"))));
                    assert!(short(lang, now, std::slice::from_ref(&item)).chars().count() <= 300);
                    said += 1;
                }
            }
        }
    }
    assert_eq!(said, DUTY_IDS.len() * steps.len() * 8 * 3);
}

#[test]
fn a_reminder_reads_like_this() {
    let mut item = authority();
    item.due = Due { circle: Circle::Management, ..due(Step::Before(240)) };
    item.told = vec!["Kari Nordmann".into(), "Ola Hansen".into(), "Per Berg".into()];
    item.next = Some(friday() + hours(71));
    let said = say(Lang::Nb, friday() + hours(68) + TimeDelta::seconds(5), &[item]);
    assert_eq!(said.subject, "4 t igjen: Melding til Datatilsynet, 2026-0017 (Samtalelogger lå åpne på nettet)");
    assert_eq!(
        said.text,
        "\
Til Kari Nordmann

MÅ GJØRES: Melding til Datatilsynet

Hendelse: 2026-0017 Samtalelogger lå åpne på nettet
Frist: mandag 9. november 2026 kl. 16.30 norsk normaltid (CET, UTC+1)
Det er 4 t igjen. Dette er lovens frist. Den løper døgnet rundt og flyttes ikke for helg eller
helligdag.

Svar at du tar det, utsett påminnelsen, eller før opp at det er gjort:
https://varsel.smbmobil.example/incidents/2026-0017#gdpr-33-authority

Brudd på personopplysningssikkerheten meldes gjennom Altinn uten ugrunnet opphold og innen
72 timer etter kjennskap, om ikke risikoen er usannsynlig.
Mottaker: Datatilsynet. Kanal: Altinn.
Hjemmel: GDPR art. 33(1)

Samme påminnelse går til Ola Hansen og Per Berg.
Svarer ingen, kommer neste påminnelse mandag 9. november 2026 kl. 15.30.

Skrevet av varsel mandag 9. november 2026 kl. 12.30 norsk normaltid (CET, UTC+1).
"
    );
}

#[test]
fn the_subject_says_how_long_is_left_of_what() {
    let left = |minutes_left: i64| friday() + hours(72) - minutes(minutes_left);
    let starts = |now, item: &Item, words: &str| {
        let subject = subject(now, item);
        assert!(subject.starts_with(words), "{subject}");
    };
    let mut one = authority();
    starts(left(130), &one, "2 t 10 min igjen: Melding til Datatilsynet, 2026-0017 (Samtalelogger lå åpne på nettet)");
    starts(left(0), &one, "FRISTEN ER NÅ: Melding");
    starts(left(-15), &one, "15 min OVER FRISTEN: Melding til Datatilsynet, 2026-0017");
    one.is_target = true;
    starts(left(20), &one, "20 min til eget mål: Melding");
    starts(left(-20), &one, "20 min over eget mål: Melding");
    one.undetermined = true;
    starts(left(20), &one, "Avklar: Melding til Datatilsynet, 20 min til eget mål, 2026-0017");
    one.is_target = false;
    one.due.escalated = true;
    starts(left(20), &one, "Ingen har svart, avklar: Melding til Datatilsynet, 20 min igjen, 2026-0017");
    one.undetermined = false;
    starts(left(20), &one, "Ingen har svart: Melding til Datatilsynet, 20 min igjen, 2026-0017");
    one.due.late_by = Some(hours(1));
    starts(left(20), &one, "(Forsinket påminnelse) Ingen har svart: Melding til Datatilsynet, 20 min igjen, 2026-0017");
    one.due.escalated = false;
    starts(left(20), &one, "(Forsinket påminnelse) 20 min igjen: Melding til Datatilsynet, 2026-0017");
    let mut one = authority();
    one.due.again = true;
    starts(left(20), &one, "Utsatt til nå: Melding");
    one.due.again = false;
    one.armed_again = Some(Rearm::Moved { from: None });
    starts(left(20), &one, "Ny frist: Melding til Datatilsynet, 20 min igjen, 2026-0017");
    one.is_target = true;
    starts(left(20), &one, "Nytt mål: Melding");
    one.armed_again = Some(Rearm::Reopened);
    starts(left(20), &one, "Åpen igjen: Melding");
    one.deadline = None;
    one.armed_again = None;
    starts(left(20), &one, "Uten frist: Melding til Datatilsynet, 2026-0017");
}

#[test]
fn some_seconds_of_delay_do_not_change_what_is_left() {
    let at = |seconds: i64| friday() + hours(68) + TimeDelta::seconds(seconds);
    assert!(subject(at(29), &authority()).starts_with("4 t igjen"));
    assert!(subject(at(-29), &authority()).starts_with("4 t igjen"));
    assert!(subject(at(31), &authority()).starts_with("3 t 59 min igjen"));
    assert!(subject(friday() + hours(72) + TimeDelta::seconds(29), &authority()).starts_with("FRISTEN ER NÅ"));
}

#[test]
fn a_long_name_gives_way_to_the_time_and_the_reference() {
    let mut one = item("gdpr-33-2-controller");
    one.for_whom = Some("Bedriftskunde med et svært langt navn og enda flere avdelinger\nAS".repeat(3));
    one.title = "Noe med\r\n  linjeskift".into();
    for lang in Lang::ALL {
        let said = say(lang, friday(), &[one.clone()]);
        sound(&said);
        assert!(said.subject.ends_with(", 2026-0017"), "{}", said.subject);
        sound(&say(lang, friday(), &[one.clone(), one.clone()]));
        assert!(say(lang, friday(), &[one.clone(), one.clone()]).subject.ends_with(", 2026-0017"));
    }
    one.for_whom = None;
    assert!(subject(friday(), &one).ends_with("2026-0017 (Noe med linjeskift)"));
    one.title = "Et langt ord og et til ".repeat(20);
    let cut = subject(friday(), &one);
    assert!(cut.chars().count() <= 120 && cut.ends_with("…)"), "{cut}");
}

#[test]
fn nothing_is_escaped_for_a_web_page() {
    let mut one = authority();
    one.title = "Feil i <R&D> \"x\" 'y' {{now}}".into();
    for lang in Lang::ALL {
        for said in [say(lang, friday(), &[one.clone()]), say(lang, friday(), &[one.clone(), one.clone()])] {
            assert!(said.text.contains("2026-0017 Feil i <R&D> \"x\" 'y' {{now}}"), "{}", said.text);
        }
        assert!(say(lang, friday(), &[one.clone()]).subject.contains("(Feil i <R&D> \"x\" 'y' {{now}})"));
    }
}

#[test]
fn a_late_reminder_says_so_and_names_what_never_came() {
    let mut one = authority();
    one.due = Due {
        since: friday() + hours(60),
        late_by: Some(hours(3)),
        missed: vec![Step::AtOnce, Step::Before(2880), Step::Before(0)],
        ..due(Step::Before(720))
    };
    let text = flowing(&say(Lang::Nb, friday() + hours(63), &[one.clone()]).text);
    assert!(text.contains(
        "Denne påminnelsen er forsinket. Den skulle ha kommet mandag 9. november 2026 kl. 04.30, for 3 t siden. Disse \
         påminnelsene kom aldri: straks plikten oppsto, 2 døgn før fristen og da fristen løp ut."
    ), "{text}");
    let digest = say(Lang::Nb, friday() + hours(63), &[one, authority()]);
    assert!(
        digest.subject.starts_with("(Forsinket påminnelse) 2 frister, den nærmeste om 9 t: "),
        "{}",
        digest.subject
    );
    assert!(flowing(&digest.text).contains("Denne påminnelsen er forsinket."));
}

#[test]
fn the_text_says_why_it_comes_to_more_people_or_again() {
    let why = |change: &dyn Fn(&mut Item)| {
        let mut one = authority();
        change(&mut one);
        flowing(&say(Lang::Nb, friday() + hours(1), &[one]).text)
    };
    let team = |one: &mut Item| one.due = Due { circle: Circle::Team, escalated: true, ..due(Step::AtOnce) };
    assert!(why(&team).contains("Ingen har svart på påminnelsen. Derfor går den nå til hele teamet."));
    let management =
        |one: &mut Item| one.due = Due { circle: Circle::Management, escalated: true, ..due(Step::AtOnce) };
    assert!(why(&management).contains("Derfor går den nå også til ledelsen."));
    assert!(why(&|one| one.due.again = true).contains("Påminnelsen var utsatt til nå, og plikten står fortsatt åpen."));
    let moved = |one: &mut Item| one.armed_again = Some(Rearm::Moved { from: Some(friday() + hours(40)) });
    assert!(why(&moved).contains("Tidspunktet er flyttet. Før var det søndag 8. november 2026 kl. 08.30."));
    let lost = |one: &mut Item| {
        moved(one);
        one.deadline = None;
    };
    assert!(why(&lost).contains("Tidspunktet som gjaldt før, søndag 8. november 2026 kl. 08.30, gjelder ikke lenger."));
    assert!(why(&|one| one.armed_again = Some(Rearm::Moved { from: None })).contains("Tidspunktet er nå kjent."));
    assert!(why(&|one| one.armed_again = Some(Rearm::Confirmed)).contains("Det er nå avklart at dette må gjøres."));
    assert!(why(&|one| one.armed_again = Some(Rearm::Reopened)).contains("svaret holder ikke lenger"));
    let later = |one: &mut Item| {
        one.armed_again = Some(Rearm::Confirmed);
        one.due.step = Step::Before(240);
    };
    assert!(!why(&later).contains("Det er nå avklart"), "that is said once");
    let already = why(&|one| one.deadline = Some(friday() - hours(1)));
    assert!(already.contains("Tiden var allerede ute da dette ble klart."), "{already}");
    assert!(already.contains("Fristen løp ut for 2 t siden. Det var lovens frist, og plikten gjelder fortsatt."));
}

#[test]
fn the_text_says_whose_deadline_it_is() {
    let whose = |id: &str, is_target| {
        let mut one = item(id);
        one.is_target = is_target;
        flowing(&say(Lang::Nb, friday() + hours(1), &[one]).text)
    };
    assert!(whose("gdpr-33-authority", false).contains("Dette er lovens frist."));
    assert!(whose("nkom-incident-report", false).contains("Fristen er satt i et pålegg fra myndigheten."));
    assert!(whose("gdpr-33-2-controller", false).contains("Fristen står i avtalen med kunden."));
    assert!(whose("planned-outage", false).contains("Loven krever at dette er gjort på forhånd."));
    let target = whose("management-report", true);
    assert!(target.contains("Eget mål: mandag 9. november") && !target.contains("Frist:"), "{target}");
    assert!(target.contains("ikke lovens frist. Regelen sier «uten ugrunnet opphold» og har ikke noe tall."));
    for (id, words) in [
        ("gdpr-33-authority", "Fristen kan ikke regnes ut ennå."),
        ("nkom-cia", "Dette skal gjøres uten ugrunnet opphold."),
        ("nkom-availability-risk", "Dette skal gjøres straks."),
        ("planned-outage", "Dette skal gjøres på forhånd."),
        ("gdpr-33-5-register", "Plikten har ingen frist, men må være oppfylt før hendelsen kan lukkes."),
    ] {
        let one = Item { deadline: None, ..item(id) };
        let text = flowing(&say(Lang::Nb, friday(), &[one]).text);
        assert!(text.contains(words) && !text.contains("Frist:"), "{text}");
    }
}

#[test]
fn an_older_rule_is_spoken_of_as_it_was() {
    let old = book::in_force("subscriber-breach", book::FIRST_DAY).unwrap();
    let one = Item { basis: old.basis.into(), ..item("subscriber-breach") };
    let text = flowing(&say(Lang::Nb, friday(), &[one]).text);
    assert!(text.contains("Dette er lovens frist.") && text.contains(old.basis), "{text}");
}

#[test]
fn a_day_off_is_noted_while_there_is_time_to_find_somebody() {
    let note = |deadline: &str, before: i64, lang| {
        let at = time(deadline);
        let one = Item { deadline: Some(at), ..authority() };
        let text = flowing(&say(lang, at - minutes(before), &[one]).text);
        text.split_once("Merk: ")
            .or(text.split_once("Note: "))
            .map(|(_, rest)| rest.split(". ").next().unwrap().to_owned())
    };
    let sunday = "2026-11-08T12:00:00+01:00";
    assert_eq!(note(sunday, 600, Lang::Nb).unwrap(), "Tidspunktet er på en fridag (søndag) og flyttes ikke");
    assert_eq!(note(sunday, -1, Lang::Nb), None);
    let friday = "2027-03-26T12:00:00+01:00";
    assert_eq!(note(friday, 20, Lang::En).unwrap(), "this falls on a day off (Good Friday) and does not move");
    assert_eq!(note("2026-11-09T12:00:00+01:00", 600, Lang::Nb), None);
    let early = "2026-11-09T04:30:00+01:00";
    assert!(note(early, 600, Lang::Nn).unwrap().contains("utanfor vanleg arbeidstid"));
    assert_eq!(note(early, 30, Lang::Nn), None, "too late to plan, and no news");
}

#[test]
fn everybody_sees_who_else_is_told() {
    let mut one = authority();
    let told = |one: &Item| flowing(&say(Lang::Nb, friday(), std::slice::from_ref(one)).text);
    assert!(told(&one).contains("Bare du får denne påminnelsen."));
    one.told = vec!["Ola Hansen".into(), " Kari  Nordmann ".into(), "Per Berg".into()];
    assert!(told(&one).contains("Samme påminnelse går til Ola Hansen og Per Berg."));
}

#[test]
fn what_would_settle_a_duty_is_named_and_the_rest_counted() {
    let mut one = authority();
    one.undetermined = true;
    let paths = varsel::law::fact::ALL.iter().map(|fact| fact.path().to_owned());
    one.decided_by = paths.filter(|path| path.starts_with("services.")).take(11).collect();
    one.decided_by.push(one.decided_by[0].clone());
    let text = say(Lang::Nb, friday(), &[one.clone()]).text;
    assert_eq!(text.lines().filter(|line| line.starts_with("- ")).count(), 9, "{text}");
    assert!(text.contains("\n- 3 til\n"), "{text}");
    let digest = flowing(&say(Lang::Nb, friday(), &[one.clone(), authority()]).text);
    assert!(digest.contains("» og 3 til. "), "{digest}");
    one.undetermined = false;
    assert!(!say(Lang::Nb, friday(), &[one]).text.contains("Dette avgjør det"));
}

#[test]
fn a_digest_has_the_nearest_deadline_first() {
    let now = friday() + hours(72) - minutes(25);
    let later =
        Item { deadline: Some(friday() + hours(90)), reference: "2026-0018".into(), ..item("gdpr-34-subjects") };
    let never = Item { deadline: None, ..item("gdpr-33-5-register") };
    let said = say(Lang::Nb, now, &[never.clone(), later.clone(), authority()]);
    assert_eq!(said.subject, "3 plikter, den nærmeste fristen om 25 min: Melding til Datatilsynet, 2026-0017");
    let places = ["1. GJØR: Melding til Datatilsynet", "2. GJØR: Underretning av de berørte", "3. GJØR: Dokumentasjon"];
    let places: Vec<usize> = places.iter().map(|words| said.text.find(words).unwrap()).collect();
    assert!(places.is_sorted(), "{}", said.text);
    let two = say(Lang::Nb, now, &[later.clone(), authority()]);
    assert_eq!(two.subject, "2 frister, den nærmeste om 25 min: Melding til Datatilsynet, 2026-0017");
    let over = say(Lang::Nb, now + hours(1), &[later, authority()]);
    assert_eq!(over.subject, "2 frister, 1 OVER TIDEN: Melding til Datatilsynet, 2026-0017");
    let without = say(Lang::Nb, now, &[never.clone(), never]);
    assert_eq!(without.subject, "2 åpne plikter uten frist");
}

#[test]
fn without_its_template_a_reminder_is_still_said_with_the_same_facts() {
    let elsewhere = Templates::pages().unwrap();
    let mut one = authority();
    one.undetermined = true;
    one.decided_by = vec!["personal_data.breach".into()];
    one.told = vec!["Kari Nordmann".into(), "Ola Hansen".into()];
    one.due = Due { late_by: Some(hours(1)), ..due(Step::Before(240)) };
    for lang in Lang::ALL {
        assert!(compose(&elsewhere, lang, friday(), "Kari Nordmann", &[one.clone()]).is_err());
        let usual = say(lang, friday() + hours(69), &[one.clone()]);
        let simple = plain(lang, friday() + hours(69), &[one.clone()]);
        assert_eq!(simple.subject, usual.subject);
        let (usual, simple) = (flowing(&usual.text), flowing(&simple.text));
        let rule = book::in_force("gdpr-33-authority", book::LAST_DAY).unwrap();
        for fact in [
            i18n::text(lang, "duty-gdpr-33-authority-help"),
            i18n::instant(lang, friday() + hours(72)),
            i18n::instant_plain(lang, friday() + hours(74)),
            i18n::text(lang, &format!("recipient-{}", rule.recipient)),
            i18n::fact(lang, "personal_data.breach"),
            one.link.clone(),
            "Ola Hansen".into(),
        ] {
            assert!(usual.contains(&fact) && simple.contains(&fact), "{fact}: {simple}");
        }
    }
    let said = plain(Lang::Nb, friday(), &[one, authority()]);
    assert!(said.text.starts_with("Den vanlige teksten kunne ikke lages"));
    assert!(said.text.contains("MÅ GJØRES: ") && said.text.contains("MÅ AVKLARES: "));
}

#[test]
fn a_short_message_keeps_its_link_whole() {
    let now = friday() + hours(70);
    assert_eq!(
        short(Lang::Nb, now, &[authority()]),
        "2 t igjen: Melding til Datatilsynet, 2026-0017 (Samtalelogger lå åpne på nettet). Frist 9.11.2026 kl. 16.30 \
         norsk tid. https://varsel.smbmobil.example/incidents/2026-0017#gdpr-33-authority"
    );
    let mut long = item("gdpr-33-2-controller");
    long.for_whom = Some("Kunde med langt navn ".repeat(30));
    long.title = "Tittel ".repeat(50);
    for lang in Lang::ALL {
        for items in [vec![long.clone()], vec![long.clone(), authority()]] {
            let said = short(lang, now, &items);
            assert!(said.chars().count() <= 300 && said.ends_with(&long.link), "{said}");
            assert!(said.contains("2026-0017"), "{said}");
        }
        let nowhere = Item { link: format!("https://{}", "x".repeat(400)), ..long.clone() };
        let said = short(lang, now, &[nowhere]);
        assert!(said.chars().count() <= 300 && !said.contains("https"), "{said}");
    }
}

#[test]
fn steps_have_words() {
    let said = |lang| {
        [Step::AtOnce, Step::Before(1440), Step::Before(0), Step::Over(3), Step::Idle(2)].map(|s| step_words(lang, s))
    };
    assert_eq!(
        said(Lang::Nb),
        [
            "straks plikten oppsto",
            "24 t før fristen",
            "da fristen løp ut",
            "påminnelse 3 etter fristen",
            "påminnelse 2 uten frist"
        ]
    );
    assert_eq!(said(Lang::Nn)[2], "då fristen gjekk ut");
    assert_eq!(said(Lang::En)[0], "as soon as the duty arose");
}

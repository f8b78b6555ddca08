//! The weekly summary to management.

use super::said::sound;
use super::time;
use chrono::{DateTime, TimeDelta, Utc};
use varsel::i18n::{self, Lang};
use varsel::reminder::{Coming, GivenUp, Open, Said, Sent, Week, summary};
use varsel::templates::Templates;

fn monday() -> DateTime<Utc> {
    time("2026-11-09T08:00:00+01:00")
}

fn coming(duty_id: &str, hours: i64) -> Coming {
    Coming {
        reference: "2026-0017".into(),
        title: "Samtalelogger lå åpne på nettet".into(),
        duty_id: duty_id.into(),
        for_whom: None,
        undetermined: false,
        deadline: monday() + TimeDelta::hours(hours),
        is_target: false,
        link: format!("https://varsel.smbmobil.example/incidents/2026-0017#{duty_id}"),
    }
}

fn sent(duty_id: &str, hours: i64, deadline: Option<i64>) -> Sent {
    let at = |hours| monday() + TimeDelta::hours(hours);
    Sent {
        reference: "2026-0016".into(),
        duty_id: duty_id.into(),
        for_whom: None,
        sent_at: at(hours),
        deadline: deadline.map(at),
        is_target: false,
    }
}

fn week() -> Week {
    let open = |severity: &str, incidents| Open { severity: severity.into(), incidents };
    Week {
        open: vec![open("low", 3), open("critical", 1), open("serious", 0)],
        overdue: vec![coming("gdpr-33-authority", -2)],
        coming: vec![
            Coming { is_target: true, undetermined: true, ..coming("gdpr-34-subjects", 30) },
            Coming { for_whom: Some("Fjellheim Regnskap AS".into()), ..coming("gdpr-33-2-controller", 124) },
        ],
        sent: vec![
            sent("nkom-availability", -100, Some(-99)),
            Sent { is_target: true, ..sent("nkom-cia", -50, Some(-53)) },
            sent("gdpr-33-5-register", -20, None),
        ],
        given_up: vec![GivenUp {
            subject: "Melding til Datatilsynet, 2026-0017".into(),
            to: "Vakttelefonen".into(),
            at: monday() - TimeDelta::hours(3),
        }],
        link: "https://varsel.smbmobil.example/incidents".into(),
    }
}

fn say(lang: Lang, week: &Week) -> Said {
    summary(&Templates::mails().unwrap(), lang, monday(), week).unwrap()
}

#[test]
fn a_summary_reads_like_this() {
    let said = say(Lang::Nb, &week());
    assert_eq!(said.subject, "Ukens status: 4 åpne hendelser, 1 plikt OVER TIDEN, 2 frister de neste sju døgnene");
    assert_eq!(
        said.text,
        "\
Til ledelsen

Slik står det mandag 9. november 2026 kl. 08.00 norsk normaltid (CET, UTC+1).

ÅPNE HENDELSER: 4
- kritisk: 1
- lav: 3

OVER TIDEN
- 2 t OVER FRISTEN: Melding til Datatilsynet, 2026-0017 Samtalelogger lå åpne på nettet
  Frist: mandag 9. november 2026 kl. 06.00 norsk normaltid (CET, UTC+1)
  https://varsel.smbmobil.example/incidents/2026-0017#gdpr-33-authority

FRISTER DE NESTE SJU DØGNENE
- 30 t til eget mål, ikke avklart: Underretning av de berørte, 2026-0017 Samtalelogger lå åpne
  på nettet
  Eget mål: tirsdag 10. november 2026 kl. 14.00 norsk normaltid (CET, UTC+1)
  https://varsel.smbmobil.example/incidents/2026-0017#gdpr-34-subjects
- 5 døgn 4 t igjen: Underretning av den behandlingsansvarlige (Fjellheim Regnskap AS), 2026-0017
  Samtalelogger lå åpne på nettet
  Frist: lørdag 14. november 2026 kl. 12.00 norsk normaltid (CET, UTC+1)
  Merk: Tidspunktet er på en fridag (lørdag) og flyttes ikke. Avtal nå hvem som gjør dette.
  https://varsel.smbmobil.example/incidents/2026-0017#gdpr-33-2-controller

GJORT I TIDE DE SISTE SJU DØGNENE
- Varsel til Nkom om bortfall av tjeneste, 2026-0016: 5.11.2026 kl. 04.00
- Dokumentasjon i avviksregisteret, 2026-0016: 8.11.2026 kl. 12.00

GJORT ETTER FRISTEN ELLER EGET MÅL DE SISTE SJU DØGNENE
- Varsel til Nkom om vesentlig sikkerhetsbrudd, 2026-0016: 7.11.2026 kl. 06.00, 3 t etter eget
  mål

MELDINGER SOM IKKE KOM FRAM
- «Melding til Datatilsynet, 2026-0017» til Vakttelefonen, gitt opp 9.11.2026 kl. 05.00

Alle hendelser:
https://varsel.smbmobil.example/incidents
"
    );
}

#[test]
fn a_week_in_which_nothing_happened_is_told_too() {
    let quiet = Week { link: "https://varsel.smbmobil.example/incidents".into(), ..Week::default() };
    for (lang, words) in [
        (Lang::Nb, "Ukens status: ingen åpne hendelser, ingen plikter over tiden, ingen frister de neste sju døgnene"),
        (Lang::Nn, "Status for veka: ingen opne hendingar, ingen plikter over tida, ingen fristar dei neste sju døgna"),
        (Lang::En, "The week: no open incidents, no duties overdue, no deadlines in the next seven days"),
    ] {
        let said = say(lang, &quiet);
        assert_eq!(said.subject, words);
        sound(&said);
    }
}

#[test]
fn long_lists_are_cut_and_the_rest_counted() {
    let mut week = week();
    week.overdue = (0..40).map(|n| coming("gdpr-33-authority", -n - 1)).collect();
    week.sent = (0..40).map(|n| sent("nkom-cia", -n - 1, None)).collect();
    week.given_up = vec![week.given_up[0].clone(); 26];
    for lang in Lang::ALL {
        let said = say(lang, &week);
        sound(&said);
        let more = |n: u32| format!("- {}", i18n::text_with(lang, "summary-more", &[("n", n.into())]));
        assert_eq!(said.text.matches(&more(15)).count(), 2, "{}", said.text);
        assert!(said.text.contains(&more(1)));
    }
}

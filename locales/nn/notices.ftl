## Subjects
notice-subject-gdpr-33-authority = Melding om brot på personopplysningstryggleiken
notice-subject-gdpr-33-phased = Utfyllande melding om brot på personopplysningstryggleiken
notice-subject-gdpr-33-delay-reasons = Grunngjeving for melding etter 72 timar
notice-subject-nkom-notice = Varsel frå { $sender }: { $title }
notice-subject-nkom-update = Oppdatert varsel frå { $sender }: { $title }
notice-subject-nkom-normalised = Tenesta er normal att hos { $sender }: { $title }
notice-subject-nkom-incident-report = Hendingsrapport frå { $sender }: { $title }
notice-subject-nkom-protection-evidence = Dokumentasjon på teknisk vern frå { $sender }
notice-subject-gdpr-33-2-controller = Underretting om brot på personopplysningstryggleiken
notice-subject-subscriber-breach = Viktig melding frå { $sender } om eit tryggleiksbrot
notice-subject-subscriber-particular-risk = Viktig melding frå { $sender } om ein tryggleiksrisiko
notice-subject-gdpr-34-subjects = Viktig melding frå { $sender } om personopplysningane dine
notice-subject-gdpr-34-public = Kunngjering frå { $sender } om eit brot på personopplysningstryggleiken
notice-subject-planned-outage = Planlagt arbeid hos { $sender }
notice-subject-public-information-order = Informasjon frå { $sender } om ei hending
notice-subject-management-report = Til leiinga: { $title }
notice-subject-reg-611-authority = Varsel frå { $sender } om brot på personopplysningstryggleiken (forordning 611/2013)
notice-subject-reg-611-subscriber = Viktig melding frå { $sender } om opplysningane dine
notice-subject-digital-security-act = Varsel frå { $sender } etter digitalsikkerheitslova: { $title }
notice-subject-security-act = Varsel frå { $sender } etter tryggingslova § 4-5
notice-subject-trust-service = Varsel frå { $sender } om hending i ei tillitsteneste: { $title }

## What may stand where a fact is unknown
notice-unknown = ikkje kjent på noverande tidspunkt
notice-norwegian-time = Alle klokkeslett er norsk tid.
notice-unset = (ikkje oppgjeve)

## Numbers and places
notice-people = { $n ->
    [one] 1 person
   *[other] { $n } personar
    }
notice-people-about = om lag { $n ->
    [one] 1 person
   *[other] { $n } personar
    }
notice-records = om lag { $n ->
    [one] 1 registrering
   *[other] { $n } registreringar
    }
notice-customers = { $part } av { $whole } kundar ({ $percent })
notice-customers-part = { $part } kundar (talet i alt er ikkje kjent)
notice-stations = { $part } av { $whole } basestasjonar ({ $percent })
notice-stations-part = { $part } basestasjonar (talet i alt er ikkje kjent)
notice-municipality = { $name } kommune
notice-urban_area = tettstaden { $name }
notice-unnamed-municipality = kommune { $code }
notice-unnamed-area = eit område utan namn
notice-inhabitants = { $n } innbyggjarar
notice-area = { $place }: { $counts }
notice-case-a = bokstav a, meir enn halvparten i ein kommune: { $numbers }
notice-case-b = bokstav b, meir enn halvparten i ein tettstad med over 20 000 innbyggjarar: { $numbers }
notice-case-c = bokstav c, meir enn ti prosent i landet: { $numbers }
notice-case-d = bokstav d: { $numbers }
notice-case-d-users = brukarar med ansvar for liv og helse er råka
notice-case-d-situation = situasjonen inneber høg fare for liv eller helse
notice-sent = { $duty } ({ $when })

## Our role
notice-role-controller = behandlingsansvarleg
notice-role-joint_controller = felles behandlingsansvarleg med andre
notice-role-processor = databehandlar

## Where the data are now
notice-where-none = Ingen er kjend å ha fått opplysningane.
notice-where-trusted = Opplysningane er hos ein betrudd mottakar som er kjend, bunden av teieplikt og samarbeider.
notice-where-known = Opplysningane er hos ein mottakar vi kjenner, men som ikkje er bunden av teieplikt.
notice-where-unknown = Opplysningane er hos ein mottakar vi ikkje kjenner.
notice-where-public = Opplysningane har lege ope tilgjengelege for alle.
notice-where-attacker = Opplysningane er i hendene på ein angripar.
notice-where-open = Kvar opplysningane er, er ikkje kjent på noverande tidspunkt.
notice-where-deleted = Mottakaren har stadfesta at dei er sletta.
notice-where-recovered = Dei er henta tilbake.
notice-where-ours = Opplysningane er framleis hos oss.
notice-shield-protected = Opplysningane var godt krypterte eller hasha, og nøkkelen er trygg.
notice-shield-subvertible = Opplysningane var verna, men vernet kan brytast.
notice-shield-no = Opplysningane var ikkje krypterte og kan lesast.
notice-shield-not_assessable = Det kan enno ikkje vurderast om opplysningane er leselege for andre.

## What happened, said to the persons
notice-you-disclosed = Uvedkomande har fått tilgang til opplysningar om deg.
notice-you-likely_disclosed = Uvedkomande har truleg fått tilgang til opplysningar om deg.
notice-you-not_assessable = Vi kan ikkje utelukke at uvedkomande har fått tilgang til opplysningar om deg.
notice-you-altered = Opplysningar om deg er endra utan at det skulle skje.
notice-you-temporary = Opplysningar om deg har vore utilgjengelege ei tid.
notice-you-permanent = Opplysningar om deg er tapte og kan ikkje hentast tilbake.
notice-you-open = Tryggleiken for opplysningar om deg er broten.
notice-all-disclosed = Uvedkomande har fått tilgang til personopplysningar.
notice-all-likely_disclosed = Uvedkomande har truleg fått tilgang til personopplysningar.
notice-all-not_assessable = Vi kan ikkje utelukke at uvedkomande har fått tilgang til personopplysningar.
notice-all-altered = Personopplysningar er endra utan at det skulle skje.
notice-all-temporary = Personopplysningar har vore utilgjengelege ei tid.
notice-all-permanent = Personopplysningar er tapte og kan ikkje hentast tilbake.
notice-all-open = Tryggleiken for personopplysningar er broten.

## What it can lead to
harm-credentials = Nokon kan prøve å logge inn på kontoar med passord eller andre innloggingsdata som er komne på avvegar.
harm-identity = Nokon kan gje seg ut for å vere ein annan, til dømes for å ta opp lån eller tinge varer.
harm-money = Betalingsopplysningar eller økonomiske opplysningar kan misbrukast til bedrageri.
harm-contact = Kontaktopplysningar kan brukast til falske oppringingar, SMS-ar og e-postar som ser ekte ut.
harm-movements = Opplysningar om bruk av telefonen kan vise kven ein har hatt kontakt med, når, og kvar ein har vore.
harm-content = Nokon kan ha fått vite kva som er sagt eller skrive i samtalar og meldingar.
harm-sensitive = Opplysningar av svært personleg art kan bli kjende for andre og føre til ubehag, tap av omdømme eller forskjellsbehandling.
harm-loss = Tenester som byggjer på opplysningane, kan bli forseinka eller falle bort.
harm-open = Vi veit enno ikkje nok til å seie kva følgjene kan bli.

## What one should do
advice-credentials = Byt passord hos oss no, og alle andre stader der det same passordet er brukt. Slå på totrinnsinnlogging der det går.
advice-identity = Vurder frivillig kredittsperre hos kredittopplysningsføretaka, og følg med på brev om lån eller avtalar som er ukjende. Meld misbruk til politiet.
advice-money = Sei frå til banken, og følg med på kontoar og fakturaer. Kontroller kontonummeret før noko blir betalt.
advice-contact = Ver på vakt mot oppringingar, SMS-ar og e-postar som ber om kodar, passord eller betaling. Vi spør aldri om slikt.
advice-movements = Tenk over om nokon som får vite om samtalar eller opphaldsstad, kan vere ein fare. Ta i så fall kontakt med oss eller politiet.
advice-content = Tenk over om noko som er sagt eller skrive, bør meldast vidare, til dømes kodar eller avtalar. Byt kodar som er sende i meldingar.
advice-sensitive = Ta kontakt med oss om opplysningane dukkar opp ein stad dei ikkje høyrer heime. Det går òg an å klage til Datatilsynet.
advice-loss = Ta kontakt med oss om noko du ventar frå oss, ikkje kjem, eller om opplysningar manglar.
advice-open = Ver ekstra merksam på uventa førespurnader, og ta kontakt med oss om noko verkar gale.

## Whether the affected were told
notice-told-fulfilled = Dei råka vart underretta { $when }.
notice-told-required = Dei råka er ikkje underretta enno. Dei får ei eiga melding direkte frå oss utan ugrunna opphald.
notice-told-undetermined = Dei råka er ikkje underretta enno. Vi har ikkje avklart om risikoen for dei er høg.
notice-told-not_required = Dei råka er ikkje underretta. Vi vurderer at risikoen for dei ikkje er høg.
notice-told-exempt = Dei råka er ikkje underretta kvar for seg: { $exceptions }.
notice-told-subscribers = Råka abonnentar er underretta { $when }.
notice-exception-protected = opplysningane var verna slik at uvedkomande ikkje kan lese dei (artikkel 34 nr. 3 bokstav a)
notice-exception-later_measures = tiltak etterpå gjer at den høge risikoen neppe blir røyndom (artikkel 34 nr. 3 bokstav b)
notice-exception-disproportionate_effort = det ville krevje ein uforholdsmessig innsats, og ålmenta blir i staden informert (artikkel 34 nr. 3 bokstav c)
notice-exception-secrecy = underrettinga er halden tilbake etter personopplysningslova § 16

## Why a gap matters: the point of the form that asks
why-dt-description = Skjemaet til Datatilsynet, «Beskrivelse av avviket»
why-dt-consequences = Skjemaet til Datatilsynet, «Konsekvenser» (art. 33 nr. 3 bokstav c)
why-dt-measures = Skjemaet til Datatilsynet, «Tiltak» (art. 33 nr. 3 bokstav d)
why-dt-delay = Art. 33 nr. 1: melding etter 72 timar skal grunngjevast
why-dt-countries = Er personar i andre EØS-land råka, kan tilsyn der vere med
why-nkom-1 = Varselet til Nkom, punkt 1: når hendinga oppstod
why-nkom-2 = Varselet til Nkom, punkt 2: kva tenester som er råka
why-nkom-3 = Varselet til Nkom, punkt 3: omfang
why-nkom-4 = Varselet til Nkom, punkt 4: venta varigheit
why-nkom-5 = Varselet til Nkom, punkt 5: årsak
why-nkom-report = Malen til Nkom for hendingsrapport
why-nkom-evidence = Ekomlova § 3-2: vernet må vere dokumentert
why-controller = Kunden må sjølv kunne melde innan sine 72 timar (art. 33 nr. 2 og 3)
why-persons = Dei råka skal få vite dette (art. 34 nr. 2)
why-subscribers = Abonnentane skal få vite dette (ekomlova § 3-2)
why-planned = Kundane skal vite når, kva og kor lenge (ekomforskrifta § 4-17)
why-management = Leiinga må kjenne dette for å kunne handle
why-public = Pålegget skal oppfyllast med klår informasjon
why-611-first = Forordning 611/2013 vedlegg I, del 1: første varsel
why-611-further = Forordning 611/2013 vedlegg I, del 2: andre varsel
why-611-persons = Forordning 611/2013 vedlegg II: den som er råka, skal få vite dette
why-digital-security = Digitalsikkerheitsforskrifta § 17: kva varselet skal seie
why-security-act = Skjemaet til NSM
why-trust-service = Skjemaet til Nkom for tillitstenester

## Countries named in full
country-NO = Noreg
country-SE = Sverige
country-DK = Danmark
country-FI = Finland
country-IS = Island
country-DE = Tyskland
country-PL = Polen
country-LT = Litauen
country-NL = Nederland
country-FR = Frankrike
country-ES = Spania
country-IT = Italia
country-GB = Storbritannia
country-IE = Irland
country-US = USA

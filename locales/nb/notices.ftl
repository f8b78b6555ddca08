## Subjects
notice-subject-gdpr-33-authority = Melding om brudd på personopplysningssikkerheten
notice-subject-gdpr-33-phased = Utfyllende melding om brudd på personopplysningssikkerheten
notice-subject-gdpr-33-delay-reasons = Begrunnelse for melding etter 72 timer
notice-subject-nkom-notice = Varsel fra { $sender }: { $title }
notice-subject-nkom-update = Oppdatert varsel fra { $sender }: { $title }
notice-subject-nkom-normalised = Tjenesten er normal igjen hos { $sender }: { $title }
notice-subject-nkom-incident-report = Hendelsesrapport fra { $sender }: { $title }
notice-subject-nkom-protection-evidence = Dokumentasjon på teknisk beskyttelse fra { $sender }
notice-subject-gdpr-33-2-controller = Underretning om brudd på personopplysningssikkerheten
notice-subject-subscriber-breach = Viktig melding fra { $sender } om et sikkerhetsbrudd
notice-subject-subscriber-particular-risk = Viktig melding fra { $sender } om en sikkerhetsrisiko
notice-subject-gdpr-34-subjects = Viktig melding fra { $sender } om dine personopplysninger
notice-subject-gdpr-34-public = Kunngjøring fra { $sender } om et brudd på personopplysningssikkerheten
notice-subject-planned-outage = Planlagt arbeid hos { $sender }
notice-subject-public-information-order = Informasjon fra { $sender } om en hendelse
notice-subject-management-report = Til ledelsen: { $title }
notice-subject-reg-611-authority = Varsel fra { $sender } om brudd på personopplysningssikkerheten (forordning 611/2013)
notice-subject-reg-611-subscriber = Viktig melding fra { $sender } om opplysningene dine
notice-subject-digital-security-act = Varsel fra { $sender } etter digitalsikkerhetsloven: { $title }
notice-subject-security-act = Varsel fra { $sender } etter sikkerhetsloven § 4-5
notice-subject-trust-service = Varsel fra { $sender } om hendelse i en tillitstjeneste: { $title }

## What may stand where a fact is unknown
notice-unknown = ikke kjent på nåværende tidspunkt
notice-norwegian-time = Alle klokkeslett er norsk tid.
notice-unset = (ikke oppgitt)

## Numbers and places
notice-people = { $n ->
    [one] 1 person
   *[other] { $n } personer
    }
notice-people-about = omtrent { $n ->
    [one] 1 person
   *[other] { $n } personer
    }
notice-records = omtrent { $n ->
    [one] 1 registrering
   *[other] { $n } registreringer
    }
notice-customers = { $part } av { $whole } kunder ({ $percent })
notice-customers-part = { $part } kunder (antallet i alt er ikke kjent)
notice-stations = { $part } av { $whole } basestasjoner ({ $percent })
notice-stations-part = { $part } basestasjoner (antallet i alt er ikke kjent)
notice-municipality = { $name } kommune
notice-urban_area = tettstedet { $name }
notice-unnamed-municipality = kommune { $code }
notice-unnamed-area = et område uten navn
notice-inhabitants = { $n } innbyggere
notice-area = { $place }: { $counts }
notice-case-a = bokstav a, mer enn halvparten i en kommune: { $numbers }
notice-case-b = bokstav b, mer enn halvparten i et tettsted med over 20 000 innbyggere: { $numbers }
notice-case-c = bokstav c, mer enn ti prosent i landet: { $numbers }
notice-case-d = bokstav d: { $numbers }
notice-case-d-users = brukere med ansvar for liv og helse er rammet
notice-case-d-situation = situasjonen innebærer høy fare for liv eller helse
notice-sent = { $duty } ({ $when })

## Our role
notice-role-controller = behandlingsansvarlig
notice-role-joint_controller = felles behandlingsansvarlig med andre
notice-role-processor = databehandler

## Where the data are now
notice-where-none = Ingen er kjent å ha mottatt opplysningene.
notice-where-trusted = Opplysningene er hos en betrodd mottaker som er kjent, bundet av taushet og samarbeider.
notice-where-known = Opplysningene er hos en mottaker vi kjenner, men som ikke er bundet av taushet.
notice-where-unknown = Opplysningene er hos en mottaker vi ikke kjenner.
notice-where-public = Opplysningene har ligget åpent tilgjengelig for alle.
notice-where-attacker = Opplysningene er i hendene på en angriper.
notice-where-open = Hvor opplysningene befinner seg, er ikke kjent på nåværende tidspunkt.
notice-where-deleted = Mottakeren har bekreftet at de er slettet.
notice-where-recovered = De er hentet tilbake.
notice-where-ours = Opplysningene er fortsatt hos oss.
notice-shield-protected = Opplysningene var godt kryptert eller hashet, og nøkkelen er trygg.
notice-shield-subvertible = Opplysningene var beskyttet, men beskyttelsen kan brytes.
notice-shield-no = Opplysningene var ikke kryptert og kan leses.
notice-shield-not_assessable = Det kan ennå ikke vurderes om opplysningene er leselige for andre.

## What happened, said to the persons
notice-you-disclosed = Uvedkommende har fått tilgang til opplysninger om deg.
notice-you-likely_disclosed = Uvedkommende har trolig fått tilgang til opplysninger om deg.
notice-you-not_assessable = Vi kan ikke utelukke at uvedkommende har fått tilgang til opplysninger om deg.
notice-you-altered = Opplysninger om deg er endret uten at det skulle skje.
notice-you-temporary = Opplysninger om deg har vært utilgjengelige for en tid.
notice-you-permanent = Opplysninger om deg er tapt og kan ikke hentes tilbake.
notice-you-open = Sikkerheten for opplysninger om deg er brutt.
notice-all-disclosed = Uvedkommende har fått tilgang til personopplysninger.
notice-all-likely_disclosed = Uvedkommende har trolig fått tilgang til personopplysninger.
notice-all-not_assessable = Vi kan ikke utelukke at uvedkommende har fått tilgang til personopplysninger.
notice-all-altered = Personopplysninger er endret uten at det skulle skje.
notice-all-temporary = Personopplysninger har vært utilgjengelige for en tid.
notice-all-permanent = Personopplysninger er tapt og kan ikke hentes tilbake.
notice-all-open = Sikkerheten for personopplysninger er brutt.

## What it can lead to
harm-credentials = Noen kan prøve å logge inn på kontoer med passord eller andre innloggingsdata som er kommet på avveie.
harm-identity = Noen kan utgi seg for å være en annen, for eksempel for å ta opp lån eller bestille varer.
harm-money = Betalingsopplysninger eller økonomiske opplysninger kan misbrukes til bedrageri.
harm-contact = Kontaktopplysninger kan brukes til falske anrop, SMS-er og e-poster som ser ekte ut.
harm-movements = Opplysninger om bruk av telefonen kan vise hvem man har hatt kontakt med, når, og hvor man har vært.
harm-content = Noen kan ha fått vite hva som er sagt eller skrevet i samtaler og meldinger.
harm-sensitive = Opplysninger av svært personlig art kan bli kjent for andre og føre til ubehag, tap av omdømme eller forskjellsbehandling.
harm-loss = Tjenester som bygger på opplysningene, kan bli forsinket eller falle bort.
harm-open = Vi vet ennå ikke nok til å si hva følgene kan bli.

## What one should do
advice-credentials = Bytt passord hos oss nå, og alle andre steder der det samme passordet er brukt. Slå på totrinnsinnlogging der det går.
advice-identity = Vurder frivillig kredittsperre hos kredittopplysningsforetakene, og følg med på brev om lån eller avtaler som er ukjente. Anmeld misbruk til politiet.
advice-money = Si fra til banken, og følg med på kontoer og fakturaer. Kontroller kontonummeret før noe betales.
advice-contact = Vær på vakt mot anrop, SMS-er og e-poster som ber om koder, passord eller betaling. Vi spør aldri om slikt.
advice-movements = Tenk over om noen som får vite om samtaler eller oppholdssted, kan være en fare. Ta i så fall kontakt med oss eller politiet.
advice-content = Tenk over om noe som er sagt eller skrevet, bør meldes videre, for eksempel koder eller avtaler. Bytt koder som er sendt i meldinger.
advice-sensitive = Ta kontakt med oss om opplysningene dukker opp et sted de ikke hører hjemme. Det er også mulig å klage til Datatilsynet.
advice-loss = Ta kontakt med oss om noe du venter fra oss, ikke kommer, eller om opplysninger mangler.
advice-open = Vær ekstra oppmerksom på uventede henvendelser, og ta kontakt med oss om noe virker galt.

## Whether the affected were told
notice-told-fulfilled = De berørte ble underrettet { $when }.
notice-told-required = De berørte er ikke underrettet ennå. De får en egen melding direkte fra oss uten ugrunnet opphold.
notice-told-undetermined = De berørte er ikke underrettet ennå. Vi har ikke avklart om risikoen for dem er høy.
notice-told-not_required = De berørte er ikke underrettet. Vi vurderer at risikoen for dem ikke er høy.
notice-told-exempt = De berørte er ikke underrettet enkeltvis: { $exceptions }.
notice-told-subscribers = Berørte abonnenter er underrettet { $when }.
notice-exception-protected = opplysningene var beskyttet slik at uvedkommende ikke kan lese dem (artikkel 34 nr. 3 bokstav a)
notice-exception-later_measures = tiltak etterpå gjør at den høye risikoen neppe blir virkelighet (artikkel 34 nr. 3 bokstav b)
notice-exception-disproportionate_effort = det ville kreve en uforholdsmessig innsats, og offentligheten blir i stedet informert (artikkel 34 nr. 3 bokstav c)
notice-exception-secrecy = underretningen er holdt tilbake etter personopplysningsloven § 16

## Why a gap matters: the point of the form that asks
why-dt-description = Datatilsynets skjema, «Beskrivelse av avviket»
why-dt-consequences = Datatilsynets skjema, «Konsekvenser» (art. 33 nr. 3 bokstav c)
why-dt-measures = Datatilsynets skjema, «Tiltak» (art. 33 nr. 3 bokstav d)
why-dt-delay = Art. 33 nr. 1: melding etter 72 timer skal begrunnes
why-dt-countries = Berøres personer i andre EØS-land, kan tilsyn der være med
why-nkom-1 = Nkoms varsel, punkt 1: når hendelsen oppsto
why-nkom-2 = Nkoms varsel, punkt 2: hvilke tjenester som er rammet
why-nkom-3 = Nkoms varsel, punkt 3: omfang
why-nkom-4 = Nkoms varsel, punkt 4: ventet varighet
why-nkom-5 = Nkoms varsel, punkt 5: årsak
why-nkom-report = Nkoms mal for hendelsesrapport
why-nkom-evidence = Ekomloven § 3-2: beskyttelsen må være dokumentert
why-controller = Kunden må selv kunne melde innen sine 72 timer (art. 33 nr. 2 og 3)
why-persons = De berørte skal få vite dette (art. 34 nr. 2)
why-subscribers = Abonnentene skal få vite dette (ekomloven § 3-2)
why-planned = Kundene skal vite når, hva og hvor lenge (ekomforskriften § 4-17)
why-management = Ledelsen må kjenne dette for å kunne handle
why-public = Pålegget skal oppfylles med klar informasjon
why-611-first = Forordning 611/2013 vedlegg I, del 1: første varsel
why-611-further = Forordning 611/2013 vedlegg I, del 2: andre varsel
why-611-persons = Forordning 611/2013 vedlegg II: den berørte skal få vite dette
why-digital-security = Digitalsikkerhetsforskriften § 17: hva varselet skal si
why-security-act = Skjemaet til NSM
why-trust-service = Nkoms skjema for tillitstjenester

## Countries named in full
country-NO = Norge
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

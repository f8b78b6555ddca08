## The audit trail
page-audit = Revisjonsspor
audit-lead = Alt som er gjort, og hver gang noen har tatt ut personopplysninger. Ingenting her kan endres eller slettes uten at det synes.
audit-q = Ord i opplysningene
audit-from = Fra og med
audit-until = Til og med
audit-person = Hvem
audit-what = Handling
audit-subject = Gjelder
audit-cursor = Side
audit-anybody = Alle
audit-anything = Alle handlinger
audit-at-address = fra
audit-about = Gjelder:
audit-withheld = Opplysningene vises ikke, fordi du ikke har tilgang til hendelsen.
audit-particulars = Opplysninger
audit-more = { $n ->
        [one] Én opplysning til står i eksporten.
       *[other] { $n } opplysninger til står i eksporten.
    }
audit-none = Ingen innførsler passer til søket.
audit-none-so-far = Ingen innførsler passer så langt det er lett.
audit-go-on = Let videre før innførsel { $n }
audit-older = Eldre innførsler
audit-export = Eksport
audit-export-help = Eksporten følger søket over. Linjene med JSON kan kontrolleres for seg selv: «varsel audit check FIL». At den er tatt ut, blir ført inn i sporet.
audit-export-jsonl = Last ned som JSON-linjer
audit-export-csv = Last ned som CSV
audit-check = Kontroll
audit-check-help = Hele sporet leses, og hver innførsel holdes opp mot den forrige. Hodet er den siste innførselen: Den som tar vare på det, kan senere vise om sporet er skrevet om.
audit-check-now = Kontroller sporet nå
audit-head-now = Hodet nå:
audit-public-key = Offentlig nøkkel (Ed25519):
audit-no-key = Hodet signeres ikke, for VARSEL_SIGNING_KEY mangler.
audit-holds = { $n ->
        [one] Sporet er helt: én innførsel.
       *[other] Sporet er helt: { $n } innførsler.
    }
audit-broken = Sporet er brutt. Den første innførselen som ikke stemmer, er { $entry }. Det er { $n } i alt.
audit-head-subject = varsel: revisjonssporet { $day } ({ $n } innførsler)
audit-head-subject-broken = varsel: REVISJONSSPORET ER BRUTT, { $day }
message-kind-audit-head = Hodet på revisjonssporet
trouble-audit-chain = Revisjonssporet er brutt ({ $detail }). Ta vare på databasen slik den er.

## What it was done to, where that is no incident and no person
audit-subject-settings = innstillingene
audit-subject-ladders = påminnelsene
audit-subject-retention = lagringstiden
audit-subject-audit = revisjonssporet
audit-subject-audit-head = revisjonssporet
audit-subject-request = en persons forespørsel
audit-subject-first-administrator = den første administratoren
audit-subject-mail = e-post
audit-subject-nobody = ingen kjent konto
audit-subject-messages = meldinger
audit-subject-traces = innloggingsspor
audit-subject-accounts = kontoer til folk som har sluttet

## Every act in words
audit-what-account-added = La til en person
audit-what-account-changed = Endret en person
audit-what-account-left = Førte opp at en person har sluttet
audit-what-account-made = Laget den første kontoen
audit-what-account-returned = Tok en person tilbake
audit-what-assessment-made = Vurderte hendelsen på nytt
audit-what-assessment-renewed = Vurderte hendelsen på nytt fordi tiden gikk
audit-what-audit-checked = Leste gjennom revisjonssporet
audit-what-audit-exported = Tok ut revisjonssporet
audit-what-audit-verified = Kontrollerte revisjonssporet
audit-what-backup-made = Tok en sikkerhetskopi
audit-what-channel-changed = Endret en kanal
audit-what-channel-made = Laget en kanal
audit-what-channel-secret-drawn = Laget ny signeringshemmelighet
audit-what-channel-switched = Slo en kanal av eller på
audit-what-channel-tried = Prøvde en kanal
audit-what-duty-settled = Avgjorde en plikt
audit-what-facts-changed = Endret opplysninger om hendelsen
audit-what-incident-closed = Lukket hendelsen
audit-what-incident-logged = Loggførte hendelsen
audit-what-incident-reopened = Åpnet hendelsen igjen
audit-what-ladders-saved = Lagret påminnelsene
audit-what-link-made = Laget en engangslenke
audit-what-link-used = Brukte en engangslenke
audit-what-message-resent = Sendte en melding på nytt
audit-what-moment-stated = Førte opp et tidspunkt
audit-what-owner-changed = Endret eier
audit-what-password-set = Valgte passord
audit-what-affected-again = Sendte på nytt til berørte som det er uvisst om fikk beskjed
audit-what-affected-answered = Førte at en berørt er underrettet på annen måte eller ikke ønsker det
audit-what-affected-bounced = Tok imot melding om at brev ikke kom fram
audit-what-affected-brought = Leste inn berørte fra en fil
audit-what-affected-counted = Førte tall på berørte
audit-what-affected-decided = Avgjorde hvem som skal underrettes
audit-what-affected-read = Leste opplysninger om berørte
audit-what-affected-removed = Fjernet en fil med berørte
audit-what-attachment-added = La ved en fil
audit-what-attachment-read = Hentet et vedlegg
audit-what-attachment-removed = Fjernet et vedlegg
audit-what-dossier-read = Hentet saksmappen
audit-what-machine-made = Opprettet en maskin
audit-what-machine-retired = Tok en maskin ut av bruk
audit-what-notice-approved = Godkjente en tekst
audit-what-notice-contact = Førte hvor en bedriftskunde får varsel
audit-what-notice-queued = La et varsel til sending
audit-what-notice-saved = Lagret en tekst
audit-what-passkey-added = La til en passnøkkel
audit-what-passkey-removed = Fjernet en passnøkkel
audit-what-passkeys-removed = Fjernet passnøklene
audit-what-password-changed = Byttet passord
audit-what-password-forgotten = Ba om lenke for glemt passord
audit-what-readers-everybody = Åpnet hendelsen for alle
audit-what-readers-named = Begrenset hvem som ser hendelsen
audit-what-readers-passed_on = Ga innsyn videre da ingen var igjen
audit-what-report-remarked = La til noe i egen melding
audit-what-roles-changed = Roller endret av innloggingstjenesten
audit-what-sessions-ended = Avsluttet økter
audit-what-token-made = Laget en tilgangsnøkkel
audit-what-token-revoked = Trakk tilbake en tilgangsnøkkel
audit-what-wave-approved = Godkjente en utsending
audit-what-wave-begun = Startet en utsending
audit-what-wave-changed = Endret en utsending
audit-what-wave-done = En utsending ble ferdig
audit-what-wave-made = Laget en utsending
audit-what-wave-paused = Stanset en utsending
audit-what-recovery-code-used = Brukte en gjenopprettingskode
audit-what-recovery-codes-made = Laget nye gjenopprettingskoder
audit-what-second-factor-refused = Feil kode for andre faktor
audit-what-sign-in-saved = Lagret reglene for innlogging
audit-what-reminder-seen = Kvitterte for en påminnelse
audit-what-reminder-snoozed = Utsatte en påminnelse
audit-what-request-erased = Slettet opplysninger om en person
audit-what-request-exported = Tok ut opplysninger om en person
audit-what-request-searched = Søkte på vegne av en person
audit-what-retention-held = Stanset sletting for hendelsen
audit-what-retention-released = Åpnet for sletting igjen
audit-what-retention-removed = Fjernet personopplysninger etter lagringstiden
audit-what-retention-saved = Lagret lagringstidene
audit-what-risk-overruled = Bestemte risikoen
audit-what-session-begun = Logget inn
audit-what-session-ended = Logget ut
audit-what-session-refused = Ble avvist ved innlogging
audit-what-settings-changed = Vurderte hendelsen etter nye innstillinger
audit-what-settings-saved = Lagret innstillingene
audit-what-severity-overruled = Bestemte alvorlighetsgraden
audit-what-submission-recorded = Førte opp en innsending

## The names of particulars
audit-field-name = Navn
audit-field-email = E-post
audit-field-phone = Telefon
audit-field-language = Språk
audit-field-roles = Roller
audit-field-left-at = Sluttet
audit-field-recipient = Mottaker
audit-field-circle = Krets
audit-field-about = Hører om
audit-field-kind = Type
audit-field-enabled = Slått på
audit-field-route = Adresse og hemmeligheter
audit-field-duty = Plikt
audit-field-for = For
audit-field-step = Trinn
audit-field-until = Til
audit-field-state = Tilstand
audit-field-owner = Eier
audit-field-from = Fra
audit-field-to = Til
audit-field-level = Nivå
audit-field-proposed = Foreslått
audit-field-reason = Begrunnelse
audit-field-version = Versjon
audit-field-head = Hode
audit-field-broken = Brudd
audit-field-receivers = Mottakere
audit-field-format = Format
audit-field-search = Søk
audit-field-asked = Søkte etter
audit-field-hits = Treff
audit-field-removed = Fjernet
audit-field-months = Måneder
audit-field-messages = Meldinger
audit-field-traces = Innloggingsspor
audit-field-accounts = Kontoer
audit-field-head-to = Hodet sendes til
audit-field-head-channels = Hodet sendes på kanaler
audit-field-key = Nøkkel
audit-field-by = Av
audit-field-subject = Emne
audit-field-text = Tekst
audit-field-reply = Svar
audit-field-moment = Tidspunkt
audit-field-value = Verdi
audit-field-consequences = Følger
audit-field-title = Tittel
audit-field-settings = Innstillinger
audit-field-covers = Dekker også
audit-field-sent-at = Sendt
audit-field-channel = Kanal
audit-field-reference = Referanse
audit-field-complete = Fullstendig
audit-field-answer = Svar

## How long personal data are kept
page-retention = Lagringstid
retention-lead = Personopplysninger i varsel slettes når de ikke lenger trengs (personvernforordningen artikkel 5 nr. 1 bokstav e). Det skjer av seg selv én gang i døgnet.
retention-months = Hvor lenge
retention-months-help = Tiden regnes fra hendelsen er lukket, eller fra opplysningen ble til når den ikke hører til en hendelse. Forslagene er våre; dere må selv vurdere hva dere trenger.
retention-usual = Forslag: { $n } måneder.
retention-unit = måneder
retention-stays = Det som skjedde, hva som ble bestemt og hvorfor, og hvor mange som var berørt, blir stående: Brudd skal kunne dokumenteres (personvernforordningen artikkel 33 nr. 5 og 5 nr. 2). Navnet på dem som arbeidet med saken, blir stående der.
retention-messages = Det meldinger sier, og hvem de gikk til
retention-messages-help = At en melding gikk, når og på hvilken måte, blir stående. Ett år etter lukking holder for å svare tilsynet og gå gjennom hendelsen.
retention-traces = Økter, engangslenker og svar på gjentatte forespørsler
retention-traces-help = Tre måneder holder for å se på misbruk. At noen logget inn, blir stående i revisjonssporet, som ingenting tas ut av.
retention-accounts = E-post og telefon til dem som har sluttet
retention-accounts-help = Navnet blir stående ved det personen gjorde og bestemte. Tiden regnes fra personen sluttet.
retention-affected = Opplysninger om berørte personer
retention-affected-help = Tre år etter lukking: Så lenge kan krav om erstatning etter personvernforordningen artikkel 82 vanligvis reises (foreldelsesloven § 9). Tallet på berørte blir stående.
retention-reports = Kontaktopplysninger til dem som meldte fra
retention-reports-help = Ett år etter lukking: Da er det ikke lenger bruk for å spørre dem.
retention-attachments = Vedlegg
retention-attachments-help = Tre år etter lukking. Navn, størrelse og kontrollsum blir stående.
retention-count-messages = { $n ->
        [one] én melding
       *[other] { $n } meldinger
    }
retention-count-traces = { $n ->
        [one] ett innloggingsspor
       *[other] { $n } innloggingsspor
    }
retention-count-accounts = { $n ->
        [one] én konto
       *[other] { $n } kontoer
    }
retention-count-affected = { $n ->
        [one] én berørt person
       *[other] { $n } berørte personer
    }
retention-count-reports = { $n ->
        [one] kontakten til én som meldte fra
       *[other] kontakten til { $n } som meldte fra
    }
retention-count-attachments = { $n ->
        [one] ett vedlegg
       *[other] { $n } vedlegg
    }
retention-save = Lagre
retention-done-saved = Endringen er lagret.
retention-done-held = Ingenting fra hendelsen slettes før noen åpner for det igjen.
retention-done-released = Hendelsen følger lagringstiden igjen.
retention-head = Signert hode på revisjonssporet
retention-head-help = Hver morgen leses revisjonssporet gjennom, og den siste innførselen sendes signert til dem som står her. Ligger hodet utenfor varsel, synes det om sporet blir skrevet om.
retention-head-to = E-postadresser
retention-head-to-help = Én på hver linje, helst utenfor dem som driver varsel: revisor, styret eller et arkiv.
retention-head-channels = Kanaler
retention-holds = Stans i slettingen
retention-holds-help = Trengs opplysningene lenger, for eksempel i en tvist eller en tilsynssak, stanses slettingen for hendelsen.
retention-holds-none = Ingen hendelser er holdt tilbake.
retention-hold = Stans slettingen for en hendelse
retention-release = Åpne for sletting igjen
retention-reference = Hendelsens referanse, som 2026-0001
retention-reason = Begrunnelse
retention-version = Versjon
retention-coming = Dette går de neste tolv månedene
retention-coming-help = Med lagringstidene som gjelder nå. Det som er holdt tilbake, står ikke her.
retention-coming-none = Ingenting er på vei ut.
line-retention-removed = Fjernet etter lagringstiden: { $what }
line-retention-held = Stanset sletting av personopplysninger
line-retention-released = Åpnet for sletting av personopplysninger igjen

## A person's request
page-requests = Innsyn og sletting
inquiry-lead = Når noen ber om innsyn eller sletting (personvernforordningen artikkel 15 og 17): ett søk over alt som kan gjelde personer, og én eksport. Søket føres inn i revisjonssporet, uten hele navnet.
inquiry-sight = Søket ser de hendelsene du selv ser. Hendelser som er begrenset til andre, søker de gjennom som ser dem.
inquiry-q = Navn, e-post eller telefon
inquiry-q-help = Søk gjerne flere ganger: med hele navnet, bare etternavnet, e-posten og telefonen.
inquiry-search = Søk
inquiry-nothing = Ingenting er funnet. Prøv en annen skrivemåte.
inquiry-hidden = { $n ->
        [one] Ett treff til står i eksporten.
       *[other] { $n } treff til står i eksporten.
    }
inquiry-narrow = Det er flere enn søket viser. Søk etter noe mer bestemt.
inquiry-export = Eksport
inquiry-export-help = Alt som er funnet, til den som spør. Les gjennom først: Andres opplysninger skal ikke følge med (artikkel 15 nr. 4).
inquiry-export-lang = Språk i teksten
inquiry-export-text = Last ned som tekst
inquiry-export-json = Last ned som JSON
inquiry-erase = Slett det som er valgt
inquiry-erase-help = Det som er krysset av over, slettes og kan ikke hentes tilbake. Resten må stå, av grunnen som er oppgitt.
inquiry-erase-this = Slett denne
inquiry-erase-now = Slett
inquiry-reason = Begrunnelse
inquiry-reason-help = For eksempel saksnummeret. Skriv ikke navnet: Begrunnelsen blir stående.
inquiry-item = Valgt
inquiry-erased = { $n ->
        [one] Én opplysning er slettet.
       *[other] { $n } opplysninger er slettet.
    }
inquiry-letter-title = Opplysninger i varsel om «{ $q }», { $when }
inquiry-letter-lead = varsel brukes til å håndtere sikkerhetshendelser og varsle myndigheter og berørte. Under står hva som er funnet, hvor, og hvorfor det som må stå, blir stående.
inquiry-accounts = Kontoer
inquiry-accounts-stays = E-post og telefon kan slettes når personen har sluttet. Navnet må stå ved det personen gjorde (artikkel 17 nr. 3 bokstav b).
inquiry-messages = Meldinger
inquiry-messages-stays = Mottaker og tekst kan slettes når meldingen er sendt. At den gikk, må stå.
inquiry-facts = Opplysninger om hendelser
inquiry-facts-stays = Må stå: Brudd skal dokumenteres (artikkel 33 nr. 5), og det som er skrevet, kan ikke endres (artikkel 17 nr. 3 bokstav b og e).
inquiry-timeline = Tidslinjer
inquiry-timeline-stays = Må stå: Tidslinjen er dokumentasjonen av bruddet (artikkel 33 nr. 5 og 17 nr. 3 bokstav b og e).
inquiry-reminders = Påminnelser
inquiry-reminders-stays = Må stå: Her står hvem som ble minnet på hva og når (artikkel 5 nr. 2).
inquiry-attempts = Svar fra tjenere
inquiry-attempts-stays = Må stå: Svaret viser om en melding kom fram (artikkel 5 nr. 2).
inquiry-channels = Kanaler
inquiry-channels-stays = Endres på siden for kanaler, når en annen skal ta imot.
inquiry-settings = Innstillinger
inquiry-settings-stays = Den som er kontakt nå, endres på siden for innstillinger. Eldre versjoner må stå: Brevene ble skrevet etter dem.
inquiry-audit = Revisjonssporet
inquiry-audit-stays = Må stå: Tas noe ut, er ikke sporet noe bevis lenger (artikkel 5 nr. 2 og 17 nr. 3 bokstav b og e).

## What is wrong
error-months_out_of_range = Skriv et helt tall fra 1 til { $expected }.
error-too_many_receivers = Det kan stå høyst { $expected } adresser her.
error-incident_unknown = Ingen hendelse har denne referansen.
error-not_a_day = Skriv en dag som 2026-11-25.
error-needle_too_short = Skriv minst tre tegn.
error-nothing_chosen = Kryss av for det som skal slettes.
problem-held-already = Hendelsen er holdt tilbake allerede
problem-held-already-detail = Slettingen er allerede stanset for denne hendelsen.
problem-not-held = Hendelsen er ikke holdt tilbake
problem-not-held-detail = Slettingen er ikke stanset for denne hendelsen.

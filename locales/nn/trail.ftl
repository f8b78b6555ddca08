## The audit trail
page-audit = Revisjonsspor
audit-lead = Alt som er gjort, og kvar gong nokon har teke ut personopplysningar. Ingenting her kan endrast eller slettast utan at det syner.
audit-q = Ord i opplysningane
audit-from = Frå og med
audit-until = Til og med
audit-person = Kven
audit-what = Handling
audit-subject = Gjeld
audit-cursor = Side
audit-anybody = Alle
audit-anything = Alle handlingar
audit-at-address = frå
audit-about = Gjeld:
audit-withheld = Opplysningane blir ikkje viste, fordi du ikkje har tilgang til hendinga.
audit-particulars = Opplysningar
audit-more = { $n ->
        [one] Éi opplysning til står i eksporten.
       *[other] { $n } opplysningar til står i eksporten.
    }
audit-none = Ingen innførslar passar til søket.
audit-none-so-far = Ingen innførslar passar så langt det er leita.
audit-go-on = Leit vidare før innførsel { $n }
audit-older = Eldre innførslar
audit-export = Eksport
audit-export-help = Eksporten følgjer søket over. Linjene med JSON kan kontrollerast for seg sjølve: «varsel audit check FIL». At han er teken ut, blir ført inn i sporet.
audit-export-jsonl = Last ned som JSON-linjer
audit-export-csv = Last ned som CSV
audit-check = Kontroll
audit-check-help = Heile sporet blir lese, og kvar innførsel blir halden opp mot den førre. Hovudet er den siste innførselen: Den som tek vare på det, kan seinare vise om sporet er skrive om.
audit-check-now = Kontroller sporet no
audit-head-now = Hovudet no:
audit-public-key = Offentleg nøkkel (Ed25519):
audit-no-key = Hovudet blir ikkje signert, for VARSEL_SIGNING_KEY manglar.
audit-holds = { $n ->
        [one] Sporet er heilt: éin innførsel.
       *[other] Sporet er heilt: { $n } innførslar.
    }
audit-broken = Sporet er brote. Den første innførselen som ikkje stemmer, er { $entry }. Det er { $n } i alt.
audit-head-subject = varsel: revisjonssporet { $day } ({ $n } innførslar)
audit-head-subject-broken = varsel: REVISJONSSPORET ER BROTE, { $day }
message-kind-audit-head = Hovudet på revisjonssporet
trouble-audit-chain = Revisjonssporet er brote ({ $detail }). Ta vare på databasen slik han er.

## What it was done to, where that is no incident and no person
audit-subject-settings = innstillingane
audit-subject-ladders = påminningane
audit-subject-retention = lagringstida
audit-subject-audit = revisjonssporet
audit-subject-audit-head = revisjonssporet
audit-subject-request = ein førespurnad frå ein person
audit-subject-first-administrator = den første administratoren
audit-subject-mail = e-post
audit-subject-nobody = ingen kjend konto
audit-subject-messages = meldingar
audit-subject-traces = innloggingsspor
audit-subject-accounts = kontoar til folk som har slutta

## Every act in words
audit-what-account-added = La til ein person
audit-what-account-changed = Endra ein person
audit-what-account-left = Førte opp at ein person har slutta
audit-what-account-made = Laga den første kontoen
audit-what-account-returned = Tok ein person tilbake
audit-what-assessment-made = Vurderte hendinga på nytt
audit-what-assessment-renewed = Vurderte hendinga på nytt fordi tida gjekk
audit-what-audit-checked = Las gjennom revisjonssporet
audit-what-audit-exported = Tok ut revisjonssporet
audit-what-audit-verified = Kontrollerte revisjonssporet
audit-what-backup-made = Tok ein tryggingskopi
audit-what-channel-changed = Endra ein kanal
audit-what-channel-made = Laga ein kanal
audit-what-channel-secret-drawn = Laga ny signeringsløyndom
audit-what-channel-switched = Slo ein kanal av eller på
audit-what-channel-tried = Prøvde ein kanal
audit-what-duty-settled = Avgjorde ei plikt
audit-what-facts-changed = Endra opplysningar om hendinga
audit-what-incident-closed = Lukka hendinga
audit-what-incident-logged = Loggførte hendinga
audit-what-incident-reopened = Opna hendinga igjen
audit-what-ladders-saved = Lagra påminningane
audit-what-link-made = Laga ei eingongslenkje
audit-what-link-used = Brukte ei eingongslenkje
audit-what-message-resent = Sende ei melding på nytt
audit-what-moment-stated = Førte opp eit tidspunkt
audit-what-owner-changed = Endra eigar
audit-what-password-set = Valde passord
audit-what-affected-again = Sende på nytt til råka som det er uvisst om fekk melding
audit-what-affected-answered = Førte at ein råka er underretta på annan måte eller ikkje ønskjer det
audit-what-affected-bounced = Tok imot melding om at brev ikkje kom fram
audit-what-affected-brought = Las inn råka frå ei fil
audit-what-affected-counted = Førte tal på råka
audit-what-affected-decided = Avgjorde kven som skal underrettast
audit-what-affected-read = Las opplysningar om råka
audit-what-affected-removed = Fjerna ei fil med råka
audit-what-attachment-added = La ved ei fil
audit-what-attachment-read = Henta eit vedlegg
audit-what-attachment-removed = Fjerna eit vedlegg
audit-what-dossier-read = Henta saksmappa
audit-what-machine-made = Oppretta ei maskin
audit-what-machine-retired = Tok ei maskin ut av bruk
audit-what-notice-approved = Godkjende ein tekst
audit-what-notice-contact = Førte kvar ein bedriftskunde får varsel
audit-what-notice-queued = La eit varsel til sending
audit-what-notice-saved = Lagra ein tekst
audit-what-passkey-added = La til ein passnøkkel
audit-what-passkey-removed = Fjerna ein passnøkkel
audit-what-passkeys-removed = Fjerna passnøklane
audit-what-password-changed = Bytte passord
audit-what-password-forgotten = Bad om lenkje for gløymt passord
audit-what-readers-everybody = Opna hendinga for alle
audit-what-readers-named = Avgrensa kven som ser hendinga
audit-what-readers-passed_on = Gav innsynet vidare då ingen var att
audit-what-report-remarked = La til noko i eiga melding
audit-what-roles-changed = Roller endra av innloggingstenesta
audit-what-sessions-ended = Avslutta økter
audit-what-token-made = Laga ein tilgangsnøkkel
audit-what-token-revoked = Trekte tilbake ein tilgangsnøkkel
audit-what-wave-approved = Godkjende ei utsending
audit-what-wave-begun = Starta ei utsending
audit-what-wave-changed = Endra ei utsending
audit-what-wave-done = Ei utsending vart ferdig
audit-what-wave-made = Laga ei utsending
audit-what-wave-paused = Stansa ei utsending
audit-what-recovery-code-used = Brukte ein gjenopprettingskode
audit-what-recovery-codes-made = Laga nye gjenopprettingskodar
audit-what-second-factor-refused = Feil kode for andre faktor
audit-what-sign-in-saved = Lagra reglane for innlogging
audit-what-reminder-seen = Kvitterte for ei påminning
audit-what-reminder-snoozed = Utsette ei påminning
audit-what-request-erased = Sletta opplysningar om ein person
audit-what-request-exported = Tok ut opplysningar om ein person
audit-what-request-searched = Søkte på vegner av ein person
audit-what-retention-held = Stansa sletting for hendinga
audit-what-retention-released = Opna for sletting igjen
audit-what-retention-removed = Fjerna personopplysningar etter lagringstida
audit-what-retention-saved = Lagra lagringstidene
audit-what-risk-overruled = Avgjorde risikoen
audit-what-session-begun = Logga inn
audit-what-session-ended = Logga ut
audit-what-session-refused = Vart avvist ved innlogging
audit-what-settings-changed = Vurderte hendinga etter nye innstillingar
audit-what-settings-saved = Lagra innstillingane
audit-what-severity-overruled = Avgjorde alvorsgraden
audit-what-submission-recorded = Førte opp ei innsending

## The names of particulars
audit-field-name = Namn
audit-field-email = E-post
audit-field-phone = Telefon
audit-field-language = Språk
audit-field-roles = Roller
audit-field-left-at = Slutta
audit-field-recipient = Mottakar
audit-field-circle = Krins
audit-field-about = Høyrer om
audit-field-kind = Slag
audit-field-enabled = Slått på
audit-field-route = Adresse og løyndomar
audit-field-duty = Plikt
audit-field-for = For
audit-field-step = Steg
audit-field-until = Til
audit-field-state = Tilstand
audit-field-owner = Eigar
audit-field-from = Frå
audit-field-to = Til
audit-field-level = Nivå
audit-field-proposed = Føreslått
audit-field-reason = Grunngiving
audit-field-version = Versjon
audit-field-head = Hovud
audit-field-broken = Brot
audit-field-receivers = Mottakarar
audit-field-format = Format
audit-field-search = Søk
audit-field-asked = Søkte etter
audit-field-hits = Treff
audit-field-removed = Fjerna
audit-field-months = Månader
audit-field-messages = Meldingar
audit-field-traces = Innloggingsspor
audit-field-accounts = Kontoar
audit-field-head-to = Hovudet blir sendt til
audit-field-head-channels = Hovudet blir sendt på kanalar
audit-field-key = Nøkkel
audit-field-by = Av
audit-field-subject = Emne
audit-field-text = Tekst
audit-field-reply = Svar
audit-field-moment = Tidspunkt
audit-field-value = Verdi
audit-field-consequences = Følgjer
audit-field-title = Tittel
audit-field-settings = Innstillingar
audit-field-covers = Dekkjer òg
audit-field-sent-at = Sendt
audit-field-channel = Kanal
audit-field-reference = Referanse
audit-field-complete = Fullstendig
audit-field-answer = Svar

## How long personal data are kept
page-retention = Lagringstid
retention-lead = Personopplysningar i varsel blir sletta når det ikkje lenger er bruk for dei (personvernforordninga artikkel 5 nr. 1 bokstav e). Det skjer av seg sjølv éin gong i døgnet.
retention-months = Kor lenge
retention-months-help = Tida blir rekna frå hendinga er lukka, eller frå opplysninga vart til når ho ikkje høyrer til ei hending. Framlegga er våre; de må sjølve vurdere kva de treng.
retention-usual = Framlegg: { $n } månader.
retention-unit = månader
retention-stays = Det som hende, kva som vart avgjort og kvifor, og kor mange som var råka, blir ståande: Brot skal kunne dokumenterast (personvernforordninga artikkel 33 nr. 5 og 5 nr. 2). Namnet på dei som arbeidde med saka, blir ståande der.
retention-messages = Det meldingar seier, og kven dei gjekk til
retention-messages-help = At ei melding gjekk, når og på kva måte, blir ståande. Eitt år etter lukking held for å svare tilsynet og gå gjennom hendinga.
retention-traces = Økter, eingongslenkjer og svar på gjentekne førespurnader
retention-traces-help = Tre månader held for å sjå på misbruk. At nokon logga inn, blir ståande i revisjonssporet, som ingenting blir teke ut av.
retention-accounts = E-post og telefon til dei som har slutta
retention-accounts-help = Namnet blir ståande ved det personen gjorde og avgjorde. Tida blir rekna frå personen slutta.
retention-affected = Opplysningar om råka personar
retention-affected-help = Tre år etter lukking: Så lenge kan krav om erstatning etter personvernforordninga artikkel 82 til vanleg reisast (foreldingslova § 9). Talet på råka blir ståande.
retention-reports = Kontaktopplysningar til dei som melde frå
retention-reports-help = Eitt år etter lukking: Då er det ikkje lenger bruk for å spørje dei.
retention-attachments = Vedlegg
retention-attachments-help = Tre år etter lukking. Namn, storleik og kontrollsum blir ståande.
retention-count-messages = { $n ->
        [one] éi melding
       *[other] { $n } meldingar
    }
retention-count-traces = { $n ->
        [one] eitt innloggingsspor
       *[other] { $n } innloggingsspor
    }
retention-count-accounts = { $n ->
        [one] éin konto
       *[other] { $n } kontoar
    }
retention-count-affected = { $n ->
        [one] éin råka person
       *[other] { $n } råka personar
    }
retention-count-reports = { $n ->
        [one] kontakten til éin som melde frå
       *[other] kontakten til { $n } som melde frå
    }
retention-count-attachments = { $n ->
        [one] eitt vedlegg
       *[other] { $n } vedlegg
    }
retention-save = Lagre
retention-done-saved = Endringa er lagra.
retention-done-held = Ingenting frå hendinga blir sletta før nokon opnar for det igjen.
retention-done-released = Hendinga følgjer lagringstida igjen.
retention-head = Signert hovud på revisjonssporet
retention-head-help = Kvar morgon blir revisjonssporet lese gjennom, og den siste innførselen blir send signert til dei som står her. Ligg hovudet utanfor varsel, syner det om sporet blir skrive om.
retention-head-to = E-postadresser
retention-head-to-help = Éi på kvar linje, helst utanfor dei som driv varsel: revisor, styret eller eit arkiv.
retention-head-channels = Kanalar
retention-holds = Stans i slettinga
retention-holds-help = Er det bruk for opplysningane lenger, til dømes i ein tvist eller ei tilsynssak, blir slettinga stansa for hendinga.
retention-holds-none = Ingen hendingar er haldne tilbake.
retention-hold = Stans slettinga for ei hending
retention-release = Opne for sletting igjen
retention-reference = Referansen til hendinga, som 2026-0001
retention-reason = Grunngiving
retention-version = Versjon
retention-coming = Dette går dei neste tolv månadene
retention-coming-help = Med lagringstidene som gjeld no. Det som er halde tilbake, står ikkje her.
retention-coming-none = Ingenting er på veg ut.
line-retention-removed = Fjerna etter lagringstida: { $what }
line-retention-held = Stansa sletting av personopplysningar
line-retention-released = Opna for sletting av personopplysningar igjen

## A person's request
page-requests = Innsyn og sletting
inquiry-lead = Når nokon bed om innsyn eller sletting (personvernforordninga artikkel 15 og 17): eitt søk over alt som kan gjelde personar, og éin eksport. Søket blir ført inn i revisjonssporet, utan heile namnet.
inquiry-sight = Søket ser dei hendingane du sjølv ser. Hendingar som er avgrensa til andre, søkjer dei gjennom som ser dei.
inquiry-q = Namn, e-post eller telefon
inquiry-q-help = Søk gjerne fleire gonger: med heile namnet, berre etternamnet, e-posten og telefonen.
inquiry-search = Søk
inquiry-nothing = Ingenting er funne. Prøv ein annan skrivemåte.
inquiry-hidden = { $n ->
        [one] Eitt treff til står i eksporten.
       *[other] { $n } treff til står i eksporten.
    }
inquiry-narrow = Det er fleire enn søket viser. Søk etter noko meir bestemt.
inquiry-export = Eksport
inquiry-export-help = Alt som er funne, til den som spør. Les gjennom først: Opplysningar om andre skal ikkje følgje med (artikkel 15 nr. 4).
inquiry-export-lang = Språk i teksten
inquiry-export-text = Last ned som tekst
inquiry-export-json = Last ned som JSON
inquiry-erase = Slett det som er valt
inquiry-erase-help = Det som er kryssa av over, blir sletta og kan ikkje hentast tilbake. Resten må stå, av grunnen som er oppgitt.
inquiry-erase-this = Slett denne
inquiry-erase-now = Slett
inquiry-reason = Grunngiving
inquiry-reason-help = Til dømes saksnummeret. Skriv ikkje namnet: Grunngivinga blir ståande.
inquiry-item = Valt
inquiry-erased = { $n ->
        [one] Éi opplysning er sletta.
       *[other] { $n } opplysningar er sletta.
    }
inquiry-letter-title = Opplysningar i varsel om «{ $q }», { $when }
inquiry-letter-lead = varsel blir brukt til å handtere tryggingshendingar og varsle styresmakter og råka. Under står kva som er funne, kvar, og kvifor det som må stå, blir ståande.
inquiry-accounts = Kontoar
inquiry-accounts-stays = E-post og telefon kan slettast når personen har slutta. Namnet må stå ved det personen gjorde (artikkel 17 nr. 3 bokstav b).
inquiry-messages = Meldingar
inquiry-messages-stays = Mottakar og tekst kan slettast når meldinga er send. At ho gjekk, må stå.
inquiry-facts = Opplysningar om hendingar
inquiry-facts-stays = Må stå: Brot skal dokumenterast (artikkel 33 nr. 5), og det som er skrive, kan ikkje endrast (artikkel 17 nr. 3 bokstav b og e).
inquiry-timeline = Tidslinjer
inquiry-timeline-stays = Må stå: Tidslinja er dokumentasjonen av brotet (artikkel 33 nr. 5 og 17 nr. 3 bokstav b og e).
inquiry-reminders = Påminningar
inquiry-reminders-stays = Må stå: Her står kven som vart mint på kva og når (artikkel 5 nr. 2).
inquiry-attempts = Svar frå tenarar
inquiry-attempts-stays = Må stå: Svaret viser om ei melding kom fram (artikkel 5 nr. 2).
inquiry-channels = Kanalar
inquiry-channels-stays = Blir endra på sida for kanalar, når ein annan skal ta imot.
inquiry-settings = Innstillingar
inquiry-settings-stays = Den som er kontakt no, blir endra på sida for innstillingar. Eldre versjonar må stå: Breva vart skrivne etter dei.
inquiry-audit = Revisjonssporet
inquiry-audit-stays = Må stå: Blir noko teke ut, er ikkje sporet noko prov lenger (artikkel 5 nr. 2 og 17 nr. 3 bokstav b og e).

## What is wrong
error-months_out_of_range = Skriv eit heilt tal frå 1 til { $expected }.
error-too_many_receivers = Det kan stå høgst { $expected } adresser her.
error-incident_unknown = Inga hending har denne referansen.
error-not_a_day = Skriv ein dag som 2026-11-25.
error-needle_too_short = Skriv minst tre teikn.
error-nothing_chosen = Kryss av for det som skal slettast.
problem-held-already = Hendinga er halden tilbake alt
problem-held-already-detail = Slettinga er alt stansa for denne hendinga.
problem-not-held = Hendinga er ikkje halden tilbake
problem-not-held-detail = Slettinga er ikkje stansa for denne hendinga.

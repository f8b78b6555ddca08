## The frame of every page
page-skip = Hopp til innholdet
page-menu = Meny
page-incidents = Hendelser
page-log = Ny hendelse
page-sign-out = Logg ut
page-not-advice = varsel regner ut plikter og frister fra det dere har skrevet. Et menneske avgjør.
page-first-administrator-help = Lag kontoen som styrer varsel. Lenken virker én gang.
page-put-right = Rett dette før du går videre
page-forget = Kast det
kept-when = Hentet fram igjen: Du skrev dette { $at }, og det er ikke sendt.
kept-unsure = Det ble sendt, men tjeneren har ikke sagt at den tok imot. Se etter om det er kommet med, før du sender det igjen.
kept-away = Tjeneren svarer ikke. Det du skrev, er tatt vare på. Prøv igjen om litt.
kept-beside = Dette er endret av andre mens du skrev. I feltet står det som gjelder nå. Du skrev:
kept-take = Bruk mitt
unsent-mark = Ikke sendt
unsent-title = Du har skrevet noe som ikke er sendt
unsent-help = Det ligger bare i denne nettleseren, i sju dager, og vises bare for deg når du er logget inn. På en maskin som andre bruker, bør du ikke la opplysninger om personer ligge.
unsent-keep = Behold og logg ut
unsent-drop = Kast alt og logg ut
unsent-stay = Bli her

## Forms
page-yes = Ja
page-no = Nei
page-dont-know = Vet ikke
page-not-claimed = Ikke påberopt
page-none-of-these = Ingen av disse
page-list-is-empty = Ingen
page-list-none = Listen er tom: ingen å føre opp
page-row = Nr. { $n }
page-row-new = Legg til én til (kan stå tom)
page-now = Nå
page-norwegian-time = norsk tid
page-which-hour = Klokken stilles tilbake denne natten, så dette klokkeslettet kommer to ganger. Hvilket mener du?
page-zone-first = Det første, i sommertid (UTC+2)
page-zone-second = Det andre, i normaltid (UTC+1)
error-local_not_a_time = «{ $given }» er ikke et tidspunkt. Skriv dato og klokkeslett, for eksempel 23.10.2026 14:10.
error-local_twice = { $given } kommer to ganger, fordi klokken stilles tilbake. Velg hvilket av dem du mener.
error-local_skipped = { $given } finnes ikke: klokken stilles fram denne natten. Velg en time før eller etter.
page-field-sent_at = Når ble det sendt?
page-field-channel = Hvordan?
page-field-reference = Mottakerens referanse
page-field-reference-help = Saksnummer, kvittering eller navnet på vakten dere snakket med. Kan stå tomt.
page-field-complete = Er alt sendt?
page-complete-yes = Ja, meldingen er fullstendig
page-complete-no = Nei, mer følger
page-field-covers = Samme varsel dekker også
page-field-covers-help = Andre åpne plikter med samme mottaker. Kryss bare av for dem som varselet virkelig svarte på; hver føres for seg.
page-field-answer = Hva er avgjørelsen?
page-field-reason = Begrunnelse
page-field-reason-help = Den blir stående i historikken sammen med navnet ditt.
page-field-at = Tidspunkt
page-field-level = Vår vurdering

## Logging
page-log-title = Ny hendelse
page-log-lead = Skriv det du vet nå. Alt kan rettes og fylles ut etterpå.
page-kind-availability = Tilgjengelighet: Er tjenester nede eller ustabile?
page-kind-security_breach = Sikkerhet: Har noen fått tilgang til noe de ikke skulle, eller er noe tapt?
page-kind-breach = Personopplysninger: Er de på avveie, endret, tapt eller utilgjengelige?
page-what-kind = Hva gjelder det?
page-what-kind-help = Svar på alle tre. «Vet ikke» er et godt svar: da holder varsel pliktene åpne til dere vet.
page-log-rest = Mer, hvis du vet det
page-log-save = Loggfør og se hvem som skal varsles
page-log-by = Føres av { $name }

## The list
page-search = Søk i tekster og referanser
page-filter = Vis
page-clear = Nullstill
page-filter-status = Status
page-filter-severity = Alvorlighetsgrad
page-filter-risk = Risiko
page-any-status = Åpne og lukkede
page-any-severity = Alle grader
page-any-risk = All risiko
page-status-open = Åpen
page-status-closed = Lukket
page-open-cases = Åpne hendelser
page-closed-cases = Lukkede hendelser
page-next-deadline = Nærmeste frist:
page-no-deadline = Ingen frist løper nå
page-closed = Lukket
page-counts-required = { $n } må gjøres
page-counts-open = { $n } ikke avklart
page-counts-done = { $n } oppfylt
page-counts-none = Ingen plikter
page-older = Eldre hendelser
page-no-match = Ingen hendelser passer
page-no-match-help = Prøv færre filtre, eller søk på tre bokstaver i tittelen eller på referansen.
page-none-yet = Ingen hendelser ennå
page-none-yet-help = Når noe skjer, før det opp her. varsel sier med en gang hvem som skal varsles, når og hvorfor. Også nestenhendelser er verdt å føre opp.

## The head of an incident
page-severity-is = Alvorlighetsgrad: { $level }
page-severity-may-rise = Alvorlighetsgrad: { $level }, kan bli { $highest }
page-risk-unlikely = Risiko for personene: usannsynlig
page-risk-risk = Risiko for personene: ja
page-risk-high = Risiko for personene: høy
page-risk-undetermined = Risiko for personene: ikke avklart
page-level-may-rise = { $level }, kan bli { $highest }
page-risk-between = Foreløpig mellom «{ $lowest }» og «{ $highest }»
page-state-open = { $open ->
    [0] { $required } må gjøres nå.
   *[other] { $required } må gjøres nå, { $open } er ikke avklart.
    }
page-state-undecided = { $open ->
    [one] Ingenting er sikkert ennå: én plikt er ikke avklart.
   *[other] Ingenting er sikkert ennå: { $open } plikter er ikke avklart.
    }
page-state-done = Ingen åpne plikter.
page-state-closed = Lukket av { $by } { $when }: { $reason }
page-opened = Loggført av { $by } { $when }
page-on-this-page = På denne siden
page-done-logged = Hendelsen er loggført. Under står hvem som skal varsles, og hva vi må vite først.
page-done-saved = Lagret
page-done-stated = Tidspunktet er ført opp
page-done-sent = Sendingen er ført opp
page-done-settled = Avgjørelsen er ført opp
page-done-overruled = Vurderingen er ført opp
page-done-closed = Hendelsen er lukket
page-done-reopened = Hendelsen er åpnet igjen

## Duties
page-duties = Hvem skal varsles?
page-duties-required = Må gjøres
page-duties-undetermined = Ikke avklart
page-duties-undetermined-help = Klokken går også for disse. Svar på spørsmålene, eller avgjør plikten selv med en begrunnelse.
page-duties-fulfilled = Gjort
page-duties-folded = Unntatt eller avgjort at ikke gjelder
page-duties-never = Gjelder ikke for denne hendelsen
page-duties-never-help = Vilkårene er ikke oppfylt med det dere har skrevet. Endrer fakta seg, vurderes de på nytt.
page-no-open-duties = Ingenting står igjen å varsle om.
page-duties-every = Vis alle
page-recipient = Til
page-basis = Hjemmel
page-decided-by = Avgjøres av
page-and-more = og { $n } til
page-clock-due = { $kind }: { $when }
page-clock-target = { $kind }. Vårt eget mål: { $when }
page-clock-waits = { $kind }. Klokken starter når dere fører opp «{ $fact }».
page-clock-not-started = Klokken har ikke startet
page-clock-kind = { $kind }
page-why = Hvorfor?
page-explain = Forklar fristen
page-rule = Regelen: { $basis }. I kraft fra { $from }, sist lest { $read }. Regelverk { $version }.
page-rule-unread = ikke etterprøvd
page-open-draft = Åpne utkastet
page-record-sent = Før opp som sendt
page-record-done = Før opp som gjort
page-sent-complete = Sendt { $when }{ $how }, fullstendig. Ført av { $by }.
page-sent-in-part = Sendt { $when }{ $how }, mer følger. Ført av { $by }.
page-sent-reference = referanse { $given }
page-act = Før opp som sendt eller avgjør
page-settle = Avgjør plikten selv
page-settle-help = Å ikke varsle er en avgjørelse. Spørsmålene og svarene under lagres sammen med begrunnelsen, som dokumentasjon etter personvernforordningen art. 33 nr. 5.
page-settle-unknown = Dette er ukjent nå:
page-settle-known = Dette bygger plikten på:
page-settle-not-required = Plikten gjelder ikke
page-settle-required = Plikten gjelder
page-settle-save = Lagre avgjørelsen
page-settled = Avgjort: { $answer }. { $by }, { $when }, regelverk { $version }.
page-settled-asked = Spørsmålene og svarene da
step-moment = Klokken starter med «{ $fact }».
step-moment-stated = Klokken starter med «{ $fact }», oppgitt av { $by }, ført { $when }.
step-moment-corrected = Klokken starter med «{ $fact }», oppgitt av { $by }, ført { $when }. Tidspunktet er rettet ({ $corrections }); det siste gjelder.
step-moment-mark = «{ $fact }» er { $when }. Klokken for denne plikten starter { $span } senere:
step-moment-unknown = Klokken starter når «{ $fact }» er kjent.
step-rule = Dagen i Norge ({ $on }) velger regelen: { $basis }, i kraft fra { $from }, regelverk { $version }.
step-rule-now = Regelen som gjelder: { $basis }, i kraft fra { $from }, regelverk { $version }.
step-deadline = Fristen ({ $kind }) er { $span } senere, regnet i medgått tid uten stans for natt, helg eller helligdag:
step-deadline-none = Regelen har ikke noe tall: { $kind }.
step-deadline-absent = Regelen setter ingen frist.
step-target = Vårt eget mål er { $span } etter at klokken startet:
step-also-reg_1182_71 = Til opplysning: etter forordning 1182/71 kan perioden regnes til dette tidspunktet. Bruk den strenge fristen.
step-also-update = En oppdatering skal sendes innen { $span } etter at klokken startet:
step-also-second_notice = Neste varsel etter det første:
step-also-report = Rapporten er ventet en måned etter det første varselet:
step-settlement = Avgjort av { $by }: { $answer }.
step-submission = Sendt, ført opp av { $by }:

## Questions
page-questions = Neste spørsmål
page-questions-help = Det viktigste først. Svar på det dere vet.
page-no-questions = Ingen plikt venter på et svar nå.
page-more-questions = { $n ->
    [one] Ett spørsmål til kan vente.
   *[other] { $n } spørsmål til kan vente.
    }
page-decides = { $n ->
    [one] Avgjør én plikt
   *[other] Avgjør { $n } plikter
    }
page-save-answer = Lagre svar
page-fill-in = Fyll ut under Fakta

## Must the affected be told?
page-told = Må de berørte få beskjed?
page-told-yes = Ja
page-told-no = Nei
page-told-undetermined = Ikke avklart
page-told-yes-help = Disse reglene krever det:
page-told-no-help = Ingen regel krever det med det dere vet nå.
page-told-undetermined-help = Disse reglene kan kreve det:
page-told-undecided = Dette avgjør det:

## Severity and risk
page-severity = Alvorlighetsgrad
page-risk = Risiko for personene
page-could-change = Dette kan endre det
page-enisa = ENISA-tall:
page-enisa-help = Opplysningene ganger gjenkjennelighet, pluss omstendighetene. Tallet er én faktor blant flere og avgjør ikke alene.
page-enisa-dpc = Opplysningene (1–4)
page-enisa-ei = Gjenkjennelighet (0,25–1)
page-enisa-cb = Omstendigheter (tillegg)
page-overrule = Sett en annen vurdering
page-overrule-save = Lagre vurderingen
page-follow-proposal = Følg forslaget igjen
page-proposed-was = Satt av en person. Forslaget er: { $level }.
page-overruled = { $by } satte «{ $level }» { $when }; forslaget var «{ $proposed }».
page-overruled-withdrawn = { $by } gikk tilbake til forslaget { $when } («{ $proposed }»).

## The four moments
page-moments = Kjennskap og andre tidspunkter
page-moments-help = Disse tidspunktene starter fristene. De er bevis: en retting legges ved siden av det som stod, og ingenting slettes.
page-moment-state = Før opp tidspunktet
page-moment-correct = Rett tidspunktet
page-moment-save = Lagre tidspunktet
page-moment-withdraw = Trekk tidspunktet tilbake: det er ikke kjent likevel
page-moment-withdrawn = Trukket tilbake
page-moment-history = Hvem sa det, og hvorfor
page-moment-stated = Oppgitt av { $by }, ført { $when }
page-moment-at-logging = Oppgitt da hendelsen ble loggført.

## Facts
page-facts = Fakta
page-facts-help = Det som er kjent, og det som er ukjent. Ukjent er noe annet enn nei.
page-group-count = { $known } kjent, { $unknown } ukjent
page-edit = Endre
page-save-group = Lagre
page-cancel = Avbryt
page-stale = Noen andre har endret det samme. Ingenting er lagret ennå.
page-stale-since = Noen har endret hendelsen siden du åpnet siden. Ingenting er lagret ennå.
page-stale-stood = Stod da
page-stale-since-help = Se over det som er endret. Det du skrev, står i skjemaet; lagrer du nå, bygger det på det som står nå.
page-stale-fact = Felt
page-stale-yours = Du skrev
page-stale-theirs = Står nå
page-to-the-form = Gå til skjemaet
page-stale-help = Det du skrev, står i skjemaet. Lagrer du nå, gjelder det. Vil du beholde det som står, rett feltet eller avbryt.

## Drafts
page-drafts = Utkast
page-drafts-help = Et første utkast til hver melding, fylt ut fra fakta, med en liste over det som mangler.
page-drafts-open = Se utkastene
page-drafts-none = Ingen plikt trenger et utkast nå.
page-drafts-lead = Les, rett og send selv. Før det deretter opp som sendt. Ingenting sendes herfra.
page-drafts-gaps = Dette mangler
page-drafts-no-gaps = Ingenting mangler.
page-drafts-unset = Opplysninger om virksomheten som ikke er satt: { $names }
page-drafts-language = Utkastets språk
page-drafts-subject = Emne
page-copy = Kopier teksten
page-copy-short = Kopier
page-copied = Kopiert
page-back-to-incident = Tilbake til hendelsen
page-company-name = navn
page-company-org_number = organisasjonsnummer
page-company-contact_name = kontaktperson
page-company-contact_email = kontaktpersonens e-post
page-company-contact_phone = kontaktpersonens telefon
page-company-dpo_name = personvernombud
page-company-dpo_email = personvernombudets e-post
page-company-telephone = telefon

## Timeline
page-timeline = Tidslinje
page-consequences = Det førte til
line-incident-logged = Loggførte hendelsen
line-facts-changed = Endret fakta
line-moment-stated = Førte opp «{ $fact }»: { $when }
line-moment-withdrawn = Trakk tilbake «{ $fact }»
line-severity-overruled = Satte alvorlighetsgraden til «{ $level }»; forslaget var «{ $proposed }»
line-severity-withdrawn = Gikk tilbake til foreslått alvorlighetsgrad («{ $proposed }»)
line-risk-overruled = Satte risikoen til «{ $level }»; forslaget var «{ $proposed }»
line-risk-withdrawn = Gikk tilbake til foreslått risiko («{ $proposed }»)
line-duty-settled = Avgjorde «{ $duty }»: { $answer }
line-submission-recorded = Førte opp som sendt: { $duty }, { $when }
line-assessment-made = Vurderte på nytt
line-assessment-renewed = Vurdert på nytt fordi tiden gikk
line-by-itself = av seg selv
line-incident-closed = Lukket hendelsen
line-incident-reopened = Åpnet hendelsen igjen
line-severity-now = Alvorlighetsgraden er nå «{ $level }».
line-risk-now = Risikoen for personene er nå «{ $level }».
line-due = Frist { $when }.
line-duty-opened = { $duty }: { $state }.
line-duty-confirmed = { $duty }: { $state }, det er nå avklart.
line-duty-loosened = { $duty }: er igjen { $state }.
line-duty-moved = { $duty }: fristen er flyttet ({ $state }).
line-duty-fulfilled = { $duty }: { $state }.
line-duty-exempted = { $duty }: { $state }.
line-duty-lifted = { $duty }: { $state } lenger.
line-duty-settled-by-person = { $duty }: { $state }, avgjort av en person.
line-duty-reopened = { $duty }: { $state } igjen.

## The end
page-closure = Lukk hendelsen
page-closure-help = Lukk når alt er varslet eller avgjort. Hendelsen kan åpnes igjen.
page-closure-open = Disse pliktene er fortsatt åpne, og hendelsen kan ikke lukkes før de er gjort eller avgjort:
page-reopening = Åpne hendelsen igjen
page-reopening-help = Fakta kan endres og plikter avgjøres når hendelsen er åpen.

## Citations: words that differ between the languages
cite-nkom-procedure = Nkoms varslingsrutine
cite-privacy-statement = personvernerklæringen
cite-classes = SMB Mobil: alvorlighetsgrader
cite-paragraph-1-3 = første og tredje ledd
cite-paragraph-1 = første ledd
cite-paragraph-2 = annet ledd
cite-paragraph-3 = tredje ledd
cite-sentence-2 = annet punktum
cite-letter = bokstav
cite-section = punkt
cite-nkom-form = Nkoms skjema
cite-updated = (oppdatert varsel)
cite-normalised = (normalisert)
cite-regulation = forordning (EU)
cite-number = (antall personer)
cite-consequences = (hvor alvorlige følgene er)
cite-nature = (art og følsomhet)
cite-trusted = (betrodd mottaker)
cite-exfiltration = (uttak av data ved en angriper)
cite-template-field = skjemafelt
cite-band-very-high = båndet svært høy
cite-band-high = båndet høy
cite-recital = fortalepunkt
cite-annex-b = vedlegg B
cite-cases = eksempel
cite-case = eksempel
cite-and = og
cite-gdpr = personvernforordningen

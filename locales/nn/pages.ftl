## The frame of every page
page-skip = Hopp til innhaldet
page-menu = Meny
page-incidents = Hendingar
page-log = Ny hending
page-sign-out = Logg ut
page-not-advice = varsel reknar ut plikter og fristar frå det de har skrive. Eit menneske avgjer.
page-first-administrator-help = Lag kontoen som styrer varsel. Lenkja verkar éin gong.
page-put-right = Rett dette før du går vidare
page-forget = Kast det
kept-when = Henta fram att: Du skreiv dette { $at }, og det er ikkje sendt.
kept-unsure = Det vart sendt, men tenaren har ikkje sagt at han tok imot. Sjå etter om det er kome med, før du sender det på nytt.
kept-away = Tenaren svarer ikkje. Det du skreiv, er teke vare på. Prøv igjen om litt.
kept-beside = Dette er endra av andre medan du skreiv. I feltet står det som gjeld no. Du skreiv:
kept-take = Bruk mitt
unsent-mark = Ikkje sendt
unsent-title = Du har skrive noko som ikkje er sendt
unsent-help = Det ligg berre i denne nettlesaren, i sju dagar, og blir berre vist til deg når du er logga inn. På ei maskin som andre bruker, bør du ikkje la opplysningar om personar liggje.
unsent-keep = Behald og logg ut
unsent-drop = Kast alt og logg ut
unsent-stay = Bli her

## Forms
page-yes = Ja
page-no = Nei
page-dont-know = Veit ikkje
page-not-claimed = Ikkje påberopt
page-none-of-these = Ingen av desse
page-list-is-empty = Ingen
page-list-none = Lista er tom: ingen å føre opp
page-row = Nr. { $n }
page-row-new = Legg til éin til (kan stå tom)
page-now = No
page-norwegian-time = norsk tid
page-which-hour = Klokka blir stilt tilbake denne natta, så dette klokkeslettet kjem to gonger. Kva for eitt meiner du?
page-zone-first = Det første, i sommartid (UTC+2)
page-zone-second = Det andre, i normaltid (UTC+1)
error-local_not_a_time = «{ $given }» er ikkje eit tidspunkt. Skriv dato og klokkeslett, til dømes 23.10.2026 14:10.
error-local_twice = { $given } kjem to gonger, fordi klokka blir stilt tilbake. Vel kva for eitt du meiner.
error-local_skipped = { $given } finst ikkje: klokka blir stilt fram denne natta. Vel ein time før eller etter.
page-field-sent_at = Når vart det sendt?
page-field-channel = Korleis?
page-field-reference = Referansen til mottakaren
page-field-reference-help = Saksnummer, kvittering eller namnet på vakta de snakka med. Kan stå tomt.
page-field-complete = Er alt sendt?
page-complete-yes = Ja, meldinga er fullstendig
page-complete-no = Nei, meir følgjer
page-field-covers = Same varsel dekkjer òg
page-field-covers-help = Andre opne plikter med same mottakar. Kryss berre av for dei som varselet verkeleg svara på; kvar blir ført for seg.
page-field-answer = Kva er avgjerda?
page-field-reason = Grunngjeving
page-field-reason-help = Ho blir ståande i historikken saman med namnet ditt.
page-field-at = Tidspunkt
page-field-level = Vår vurdering

## Logging
page-log-title = Ny hending
page-log-lead = Skriv det du veit no. Alt kan rettast og fyllast ut etterpå.
page-kind-availability = Tilgjenge: Er tenester nede eller ustabile?
page-kind-security_breach = Tryggleik: Har nokon fått tilgang til noko dei ikkje skulle, eller er noko tapt?
page-kind-breach = Personopplysningar: Er dei på avvegar, endra, tapte eller utilgjengelege?
page-what-kind = Kva gjeld det?
page-what-kind-help = Svar på alle tre. «Veit ikkje» er eit godt svar: då held varsel pliktene opne til de veit.
page-log-rest = Meir, om du veit det
page-log-save = Loggfør og sjå kven som skal varslast
page-log-by = Blir ført av { $name }

## The list
page-search = Søk i tekstar og referansar
page-filter = Vis
page-clear = Nullstill
page-filter-status = Status
page-filter-severity = Alvorsgrad
page-filter-risk = Risiko
page-any-status = Opne og lukka
page-any-severity = Alle grader
page-any-risk = All risiko
page-status-open = Open
page-status-closed = Lukka
page-open-cases = Opne hendingar
page-closed-cases = Lukka hendingar
page-next-deadline = Næraste frist:
page-no-deadline = Ingen frist går no
page-closed = Lukka
page-counts-required = { $n } må gjerast
page-counts-open = { $n } ikkje avklart
page-counts-done = { $n } oppfylt
page-counts-none = Ingen plikter
page-older = Eldre hendingar
page-no-match = Ingen hendingar passar
page-no-match-help = Prøv færre filter, eller søk på tre bokstavar i tittelen eller på referansen.
page-none-yet = Ingen hendingar enno
page-none-yet-help = Når noko hender, før det opp her. varsel seier med ein gong kven som skal varslast, når og kvifor. Nestenhendingar er òg verde å føre opp.

## The head of an incident
page-severity-is = Alvorsgrad: { $level }
page-severity-may-rise = Alvorsgrad: { $level }, kan bli { $highest }
page-risk-unlikely = Risiko for personane: usannsynleg
page-risk-risk = Risiko for personane: ja
page-risk-high = Risiko for personane: høg
page-risk-undetermined = Risiko for personane: ikkje avklart
page-level-may-rise = { $level }, kan bli { $highest }
page-risk-between = Førebels mellom «{ $lowest }» og «{ $highest }»
page-state-open = { $open ->
    [0] { $required } må gjerast no.
   *[other] { $required } må gjerast no, { $open } er ikkje avklarte.
    }
page-state-undecided = { $open ->
    [one] Ingenting er sikkert enno: éi plikt er ikkje avklart.
   *[other] Ingenting er sikkert enno: { $open } plikter er ikkje avklarte.
    }
page-state-done = Ingen opne plikter.
page-state-closed = Lukka av { $by } { $when }: { $reason }
page-opened = Loggført av { $by } { $when }
page-on-this-page = På denne sida
page-done-logged = Hendinga er loggført. Under står kven som skal varslast, og kva vi må vite først.
page-done-saved = Lagra
page-done-stated = Tidspunktet er ført opp
page-done-sent = Sendinga er ført opp
page-done-settled = Avgjerda er ført opp
page-done-overruled = Vurderinga er ført opp
page-done-closed = Hendinga er lukka
page-done-reopened = Hendinga er opna igjen

## Duties
page-duties = Kven skal varslast?
page-duties-required = Må gjerast
page-duties-undetermined = Ikkje avklart
page-duties-undetermined-help = Klokka går for desse òg. Svar på spørsmåla, eller avgjer plikta sjølv med ei grunngjeving.
page-duties-fulfilled = Gjort
page-duties-folded = Unnateke eller avgjort at ikkje gjeld
page-duties-never = Gjeld ikkje for denne hendinga
page-duties-never-help = Vilkåra er ikkje oppfylte med det de har skrive. Endrar fakta seg, blir dei vurderte på nytt.
page-no-open-duties = Ingenting står att å varsle om.
page-duties-every = Vis alle
page-recipient = Til
page-basis = Heimel
page-decided-by = Blir avgjort av
page-and-more = og { $n } til
page-clock-due = { $kind }: { $when }
page-clock-target = { $kind }. Vårt eige mål: { $when }
page-clock-waits = { $kind }. Klokka startar når de fører opp «{ $fact }».
page-clock-not-started = Klokka har ikkje starta
page-clock-kind = { $kind }
page-why = Kvifor?
page-explain = Forklar fristen
page-rule = Regelen: { $basis }. I kraft frå { $from }, sist lesen { $read }. Regelverk { $version }.
page-rule-unread = ikkje etterprøvd
page-open-draft = Opne utkastet
page-record-sent = Før opp som sendt
page-record-done = Før opp som gjort
page-sent-complete = Sendt { $when }{ $how }, fullstendig. Ført av { $by }.
page-sent-in-part = Sendt { $when }{ $how }, meir følgjer. Ført av { $by }.
page-sent-reference = referanse { $given }
page-act = Før opp som sendt eller avgjer
page-settle = Avgjer plikta sjølv
page-settle-help = Å ikkje varsle er ei avgjerd. Spørsmåla og svara under blir lagra saman med grunngjevinga, som dokumentasjon etter personvernforordninga art. 33 nr. 5.
page-settle-unknown = Dette er ukjent no:
page-settle-known = Dette byggjer plikta på:
page-settle-not-required = Plikta gjeld ikkje
page-settle-required = Plikta gjeld
page-settle-save = Lagre avgjerda
page-settled = Avgjort av { $by } { $when }: { $answer }. Regelverk { $version }.
page-settled-asked = Spørsmåla og svara då
step-moment = Klokka startar med «{ $fact }».
step-moment-stated = Klokka startar med «{ $fact }», oppgitt av { $by }, ført { $when }.
step-moment-corrected = Klokka startar med «{ $fact }», oppgitt av { $by }, ført { $when }. Tidspunktet er retta ({ $corrections }); det siste gjeld.
step-moment-mark = «{ $fact }» er { $when }. Klokka for denne plikta startar { $span } seinare:
step-moment-unknown = Klokka startar når «{ $fact }» er kjend.
step-rule = Dagen i Noreg ({ $on }) vel regelen: { $basis }, i kraft frå { $from }, regelverk { $version }.
step-rule-now = Regelen som gjeld: { $basis }, i kraft frå { $from }, regelverk { $version }.
step-deadline = Fristen ({ $kind }) er { $span } seinare, rekna i medgått tid utan stans for natt, helg eller heilagdag:
step-deadline-none = Regelen har ikkje noko tal: { $kind }.
step-deadline-absent = Regelen set ingen frist.
step-target = Vårt eige mål er { $span } etter at klokka starta:
step-also-reg_1182_71 = Til opplysning: etter forordning 1182/71 kan perioden reknast til dette tidspunktet. Bruk den strenge fristen.
step-also-update = Ei oppdatering skal sendast innan { $span } etter at klokka starta:
step-also-second_notice = Neste varsel etter det første:
step-also-report = Rapporten er venta ein månad etter det første varselet:
step-settlement = Avgjort av { $by }: { $answer }.
step-submission = Sendt, ført opp av { $by }:

## Questions
page-questions = Neste spørsmål
page-questions-help = Det viktigaste først. Svar på det de veit.
page-no-questions = Inga plikt ventar på eit svar no.
page-more-questions = { $n ->
    [one] Eitt spørsmål til kan vente.
   *[other] { $n } spørsmål til kan vente.
    }
page-decides = { $n ->
    [one] Avgjer éi plikt
   *[other] Avgjer { $n } plikter
    }
page-save-answer = Lagre svar
page-fill-in = Fyll ut under Fakta

## Must the affected be told?
page-told = Må dei råka få beskjed?
page-told-yes = Ja
page-told-no = Nei
page-told-undetermined = Ikkje avklart
page-told-yes-help = Desse reglane krev det:
page-told-no-help = Ingen regel krev det med det de veit no.
page-told-undetermined-help = Desse reglane kan krevje det:
page-told-undecided = Dette avgjer det:

## Severity and risk
page-severity = Alvorsgrad
page-risk = Risiko for personane
page-could-change = Dette kan endre det
page-enisa = ENISA-tal:
page-enisa-help = Opplysningane gonger kor lett folk kan kjennast att, pluss omstenda. Talet er éin faktor av fleire og avgjer ikkje åleine.
page-enisa-dpc = Opplysningane (1–4)
page-enisa-ei = Kor lett å kjenne att (0,25–1)
page-enisa-cb = Omstende (tillegg)
page-overrule = Set ei anna vurdering
page-overrule-save = Lagre vurderinga
page-follow-proposal = Følg forslaget igjen
page-proposed-was = Sett av ein person. Forslaget er: { $level }.
page-overruled = { $by } sette «{ $level }» { $when }; forslaget var «{ $proposed }».
page-overruled-withdrawn = { $by } gjekk tilbake til forslaget { $when } («{ $proposed }»).

## The four moments
page-moments = Kjennskap og andre tidspunkt
page-moments-help = Desse tidspunkta startar fristane. Dei er bevis: ei retting blir lagd ved sida av det som stod, og ingenting blir sletta.
page-moment-state = Før opp tidspunktet
page-moment-correct = Rett tidspunktet
page-moment-save = Lagre tidspunktet
page-moment-withdraw = Trekk tidspunktet tilbake: det er ikkje kjent likevel
page-moment-withdrawn = Trekt tilbake
page-moment-history = Kven sa det, og kvifor
page-moment-stated = Oppgitt av { $by }, ført { $when }
page-moment-at-logging = Oppgitt då hendinga vart loggført.

## Facts
page-facts = Fakta
page-facts-help = Det som er kjent, og det som er ukjent. Ukjent er noko anna enn nei.
page-group-count = { $known } kjent, { $unknown } ukjent
page-edit = Endre
page-save-group = Lagre
page-cancel = Avbryt
page-stale = Nokon andre har endra det same. Ingenting er lagra enno.
page-stale-since = Nokon har endra hendinga sidan du opna sida. Ingenting er lagra enno.
page-stale-stood = Stod då
page-stale-since-help = Sjå over det som er endra. Det du skreiv, står i skjemaet; lagrar du no, byggjer det på det som står no.
page-stale-fact = Felt
page-stale-yours = Du skreiv
page-stale-theirs = Står no
page-to-the-form = Gå til skjemaet
page-stale-help = Det du skreiv, står i skjemaet. Lagrar du no, gjeld det. Vil du behalde det som står, rett feltet eller avbryt.

## Drafts
page-drafts = Utkast
page-drafts-help = Eit første utkast til kvar melding, fylt ut frå fakta, med ei liste over det som manglar.
page-drafts-open = Sjå utkasta
page-drafts-none = Inga plikt treng eit utkast no.
page-drafts-lead = Les, rett og send sjølv. Før det så opp som sendt. Ingenting blir sendt herifrå.
page-drafts-gaps = Dette manglar
page-drafts-no-gaps = Ingenting manglar.
page-drafts-unset = Opplysningar om verksemda som ikkje er sette: { $names }
page-drafts-language = Språket i utkastet
page-drafts-subject = Emne
page-copy = Kopier teksten
page-copy-short = Kopier
page-copied = Kopiert
page-back-to-incident = Tilbake til hendinga
page-company-name = namn
page-company-org_number = organisasjonsnummer
page-company-contact_name = kontaktperson
page-company-contact_email = e-posten til kontaktpersonen
page-company-contact_phone = telefonen til kontaktpersonen
page-company-dpo_name = personvernombod
page-company-dpo_email = e-posten til personvernombodet
page-company-telephone = telefon

## Timeline
page-timeline = Tidslinje
page-consequences = Det førte til
line-incident-logged = Loggførte hendinga
line-facts-changed = Endra fakta
line-moment-stated = Førte opp «{ $fact }»: { $when }
line-moment-withdrawn = Trekte tilbake «{ $fact }»
line-severity-overruled = Sette alvorsgraden til «{ $level }»; forslaget var «{ $proposed }»
line-severity-withdrawn = Gjekk tilbake til føreslått alvorsgrad («{ $proposed }»)
line-risk-overruled = Sette risikoen til «{ $level }»; forslaget var «{ $proposed }»
line-risk-withdrawn = Gjekk tilbake til føreslått risiko («{ $proposed }»)
line-duty-settled = Avgjorde «{ $duty }»: { $answer }
line-submission-recorded = Førte opp som sendt: { $duty }, { $when }
line-assessment-made = Vurderte på nytt
line-assessment-renewed = Vurdert på nytt fordi tida gjekk
line-by-itself = av seg sjølv
line-incident-closed = Lukka hendinga
line-incident-reopened = Opna hendinga igjen
line-severity-now = Alvorsgraden er no «{ $level }».
line-risk-now = Risikoen for personane er no «{ $level }».
line-due = Frist { $when }.
line-duty-opened = { $duty }: { $state }.
line-duty-confirmed = { $duty }: { $state }, det er no avklart.
line-duty-loosened = { $duty }: er igjen { $state }.
line-duty-moved = { $duty }: fristen er flytta ({ $state }).
line-duty-fulfilled = { $duty }: { $state }.
line-duty-exempted = { $duty }: { $state }.
line-duty-lifted = { $duty }: { $state } lenger.
line-duty-settled-by-person = { $duty }: { $state }, avgjort av ein person.
line-duty-reopened = { $duty }: { $state } igjen.

## The end
page-closure = Lukk hendinga
page-closure-help = Lukk når alt er varsla eller avgjort. Hendinga kan opnast igjen.
page-closure-open = Desse pliktene er framleis opne, og hendinga kan ikkje lukkast før dei er gjorde eller avgjorde:
page-reopening = Opne hendinga igjen
page-reopening-help = Fakta kan endrast og plikter avgjerast når hendinga er open.

## Citations: words that differ between the languages
cite-nkom-procedure = varslingsrutinen til Nkom
cite-privacy-statement = personvernerklæringa
cite-classes = SMB Mobil: alvorsgrader
cite-paragraph-1-3 = første og tredje ledd
cite-paragraph-1 = første ledd
cite-paragraph-2 = andre ledd
cite-paragraph-3 = tredje ledd
cite-sentence-2 = andre punktum
cite-letter = bokstav
cite-section = punkt
cite-nkom-form = skjemaet til Nkom
cite-updated = (oppdatert varsel)
cite-normalised = (normalisert)
cite-regulation = forordning (EU)
cite-number = (talet på personar)
cite-consequences = (kor alvorlege følgjene er)
cite-nature = (art og kor følsame)
cite-trusted = (mottakar ein kan lite på)
cite-exfiltration = (uttak av data ved ein angripar)
cite-template-field = skjemafelt
cite-band-very-high = bandet svært høg
cite-band-high = bandet høg
cite-recital = fortalepunkt
cite-annex-b = vedlegg B
cite-cases = døme
cite-case = døme
cite-and = og
cite-gdpr = personvernforordninga

## Days on which people are not at work
holiday-new-years-day = første nyttårsdag
holiday-maundy-thursday = skjærtorsdag
holiday-good-friday = langfredag
holiday-easter-sunday = første påskedag
holiday-easter-monday = andre påskedag
holiday-first-of-may = 1. mai
holiday-constitution-day = 17. mai
holiday-ascension = Kristi himmelfartsdag
holiday-whit-sunday = første pinsedag
holiday-whit-monday = andre pinsedag
holiday-christmas-day = første juledag
holiday-second-christmas-day = andre juledag
reminder-day-off = Merk: Tidspunktet er på ein fridag ({ $day }) og blir ikkje flytt. Avtal no kven som gjer dette.
reminder-odd-hour = Merk: Tidspunktet er utanfor vanleg arbeidstid (kl. 8–16). Avtal no kven som gjer dette.

## Subjects; a small first letter is made large where it stands first
reminder-subject = { $left }: { $what }
reminder-subject-head = { $head }: { $what }, { $left }
reminder-head-late = (Forseinka påminning)
reminder-head-unanswered = ingen har svart
reminder-head-again = utsett til no
reminder-head-moved = ny frist
reminder-head-moved-target = nytt mål
reminder-head-confirmed = no avklart
reminder-head-reopened = open att
reminder-head-settle = avklar
reminder-digest = { $n } { $dated ->
    [all] fristar, den næraste
   *[some] plikter, den næraste fristen
    } om { $span }: { $what }
reminder-digest-over = { $n } { $dated ->
    [all] fristar
   *[some] plikter
    }, { $over } OVER TIDA: { $what }
reminder-digest-without = { $n } opne plikter utan frist

## How long is left, as a phrase and as a sentence
reminder-phrase-left-deadline = { $span } att
reminder-phrase-now-deadline = FRISTEN ER NO
reminder-phrase-over-deadline = { $span } OVER FRISTEN
reminder-phrase-left-target = { $span } til eige mål
reminder-phrase-now-target = EIGE MÅL ER NO
reminder-phrase-over-target = { $span } over eige mål
reminder-phrase-none = utan frist
reminder-sentence-left-deadline = Det er { $span } att.
reminder-sentence-now-deadline = Fristen går ut no.
reminder-sentence-over-deadline = Fristen gjekk ut for { $span } sidan.
reminder-sentence-left-target = Det er { $span } att til målet vårt.
reminder-sentence-now-target = Målet vårt er no.
reminder-sentence-over-target = Målet vårt var for { $span } sidan.

## Whose deadline it is
reminder-whose-law = Dette er fristen i lova. Han går døgnet rundt og blir ikkje flytt for helg eller heilagdag.
reminder-whose-law-over = Det var fristen i lova, og plikta gjeld framleis. Gjer det no.
reminder-whose-law-over-open = Det var fristen i lova. Avklar no om plikta gjeld.
reminder-whose-order = Fristen er sett i eit pålegg frå styresmakta.
reminder-whose-contract = Fristen står i avtalen med kunden.
reminder-whose-before = Lova krev at dette er gjort på førehand.
reminder-whose-target = Dette er vårt eige mål, ikkje fristen i lova. Regelen seier «{ $kind }» og har ikkje noko tal.
reminder-without-fixed = Fristen kan ikkje reknast ut enno. Før opp tidspunktet som klokka går frå.
reminder-without-immediate = Dette skal gjerast straks. Målet vårt kan ikkje reknast ut før de fører opp tidspunktet som klokka går frå.
reminder-without-without_undue_delay = Dette skal gjerast utan ugrunna opphald. Målet vårt kan ikkje reknast ut før de fører opp tidspunktet som klokka går frå.
reminder-without-before = Dette skal gjerast på førehand.
reminder-without-none = Plikta har ingen frist, men må vere oppfylt før hendinga kan lukkast.

## Why the reminder comes as it does
reminder-why-late = Denne påminninga er forseinka. Ho skulle ha kome { $when }, for { $span } sidan.
reminder-why-missed = Desse påminningane kom aldri: { $steps }.
reminder-why-team = Ingen har svart på påminninga. Difor går ho no til heile gruppa.
reminder-why-management = Ingen har svart på påminninga. Difor går ho no til leiinga òg.
reminder-why-again = Påminninga var utsett til no, og plikta står framleis open.
reminder-why-moved = Tidspunktet er flytt. Før var det { $from }.
reminder-why-dated = Tidspunktet er no kjent.
reminder-why-without = Tidspunktet som galdt før, { $from }, gjeld ikkje lenger.
reminder-why-confirmed = Det er no avklart at dette må gjerast.
reminder-why-reopened = Plikta hadde fått eit svar, men svaret held ikkje lenger.
reminder-why-already = Tida var alt ute då dette vart klart.
reminder-step-at-once = straks plikta oppstod
reminder-step-at-deadline = då fristen gjekk ut
reminder-step-before = { $span } før fristen
reminder-step-over = påminning { $n } etter fristen
reminder-step-idle = påminning { $n } utan frist
reminder-more = { $n } til

## The simple text, for when a template fails
reminder-plain-lead = Den vanlege teksten let seg ikkje lage, så dette er ei enklare utgåve med dei same opplysningane. Sei frå til den som driftar varsel.
reminder-plain-do = MÅ GJERAST: { $words }
reminder-plain-settle = MÅ AVKLARAST: { $words }
reminder-plain-incident = Hending: { $words }
reminder-plain-deadline = Frist: { $words }
reminder-plain-target = Eige mål: { $words }
reminder-plain-recipient = Mottakar: { $recipient }. Kanal: { $channel }.
reminder-plain-basis = Heimel: { $words }
reminder-plain-facts = Dette avgjer det: { $words }
reminder-plain-told = Påminninga går til: { $words }
reminder-plain-next = Neste påminning om ingen svarar: { $words }
reminder-plain-link = Svar, utset eller før opp som gjort: { $words }
reminder-plain-written = Skrive { $when }.
reminder-short-deadline = Frist { $when } norsk tid
reminder-short-target = Eige mål { $when } norsk tid

## The weekly summary
summary-subject = Status for veka: { $parts }
summary-open = { $n ->
    [0] ingen opne hendingar
    [one] 1 open hending
   *[other] { $n } opne hendingar
    }
summary-overdue = { $n ->
    [0] ingen plikter over tida
    [one] 1 plikt OVER TIDA
   *[other] { $n } plikter OVER TIDA
    }
summary-coming = { $n ->
    [0] ingen fristar dei neste sju døgna
    [one] 1 frist dei neste sju døgna
   *[other] { $n } fristar dei neste sju døgna
    }
summary-severity = { $level }: { $n }
summary-past-deadline = { $span } etter fristen
summary-past-target = { $span } etter eige mål
summary-more = og { $n } til

## Faults in the ladders
error-no_rungs = Stigen må ha minst eitt trinn.
error-too_many_rungs = Stigen kan ha høgst { $expected } trinn, ikkje { $given }.
error-rung_not_falling = Trinna skal stå i rekkjefølgje mot fristen: { $given } minutt før kan ikkje kome etter { $before } minutt før.

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
reminder-day-off = Merk: Tidspunktet er på en fridag ({ $day }) og flyttes ikke. Avtal nå hvem som gjør dette.
reminder-odd-hour = Merk: Tidspunktet er utenfor vanlig arbeidstid (kl. 8–16). Avtal nå hvem som gjør dette.

## Subjects; a small first letter is made large where it stands first
reminder-subject = { $left }: { $what }
reminder-subject-head = { $head }: { $what }, { $left }
reminder-head-late = (Forsinket påminnelse)
reminder-head-unanswered = ingen har svart
reminder-head-again = utsatt til nå
reminder-head-moved = ny frist
reminder-head-moved-target = nytt mål
reminder-head-confirmed = nå avklart
reminder-head-reopened = åpen igjen
reminder-head-settle = avklar
reminder-digest = { $n } { $dated ->
    [all] frister, den nærmeste
   *[some] plikter, den nærmeste fristen
    } om { $span }: { $what }
reminder-digest-over = { $n } { $dated ->
    [all] frister
   *[some] plikter
    }, { $over } OVER TIDEN: { $what }
reminder-digest-without = { $n } åpne plikter uten frist

## How long is left, as a phrase and as a sentence
reminder-phrase-left-deadline = { $span } igjen
reminder-phrase-now-deadline = FRISTEN ER NÅ
reminder-phrase-over-deadline = { $span } OVER FRISTEN
reminder-phrase-left-target = { $span } til eget mål
reminder-phrase-now-target = EGET MÅL ER NÅ
reminder-phrase-over-target = { $span } over eget mål
reminder-phrase-none = uten frist
reminder-sentence-left-deadline = Det er { $span } igjen.
reminder-sentence-now-deadline = Fristen løper ut nå.
reminder-sentence-over-deadline = Fristen løp ut for { $span } siden.
reminder-sentence-left-target = Det er { $span } igjen til målet vårt.
reminder-sentence-now-target = Målet vårt er nå.
reminder-sentence-over-target = Målet vårt var for { $span } siden.

## Whose deadline it is
reminder-whose-law = Dette er lovens frist. Den løper døgnet rundt og flyttes ikke for helg eller helligdag.
reminder-whose-law-over = Det var lovens frist, og plikten gjelder fortsatt. Gjør det nå.
reminder-whose-law-over-open = Det var lovens frist. Avklar nå om plikten gjelder.
reminder-whose-order = Fristen er satt i et pålegg fra myndigheten.
reminder-whose-contract = Fristen står i avtalen med kunden.
reminder-whose-before = Loven krever at dette er gjort på forhånd.
reminder-whose-target = Dette er vårt eget mål, ikke lovens frist. Regelen sier «{ $kind }» og har ikke noe tall.
reminder-without-fixed = Fristen kan ikke regnes ut ennå. Før opp tidspunktet som klokken løper fra.
reminder-without-immediate = Dette skal gjøres straks. Målet vårt kan ikke regnes ut før dere fører opp tidspunktet som klokken løper fra.
reminder-without-without_undue_delay = Dette skal gjøres uten ugrunnet opphold. Målet vårt kan ikke regnes ut før dere fører opp tidspunktet som klokken løper fra.
reminder-without-before = Dette skal gjøres på forhånd.
reminder-without-none = Plikten har ingen frist, men må være oppfylt før hendelsen kan lukkes.

## Why the reminder comes as it does
reminder-why-late = Denne påminnelsen er forsinket. Den skulle ha kommet { $when }, for { $span } siden.
reminder-why-missed = Disse påminnelsene kom aldri: { $steps }.
reminder-why-team = Ingen har svart på påminnelsen. Derfor går den nå til hele teamet.
reminder-why-management = Ingen har svart på påminnelsen. Derfor går den nå også til ledelsen.
reminder-why-again = Påminnelsen var utsatt til nå, og plikten står fortsatt åpen.
reminder-why-moved = Tidspunktet er flyttet. Før var det { $from }.
reminder-why-dated = Tidspunktet er nå kjent.
reminder-why-without = Tidspunktet som gjaldt før, { $from }, gjelder ikke lenger.
reminder-why-confirmed = Det er nå avklart at dette må gjøres.
reminder-why-reopened = Plikten hadde fått et svar, men svaret holder ikke lenger.
reminder-why-already = Tiden var allerede ute da dette ble klart.
reminder-step-at-once = straks plikten oppsto
reminder-step-at-deadline = da fristen løp ut
reminder-step-before = { $span } før fristen
reminder-step-over = påminnelse { $n } etter fristen
reminder-step-idle = påminnelse { $n } uten frist
reminder-more = { $n } til

## The simple text, for when a template fails
reminder-plain-lead = Den vanlige teksten kunne ikke lages, så dette er en enklere utgave med de samme opplysningene. Si fra til den som drifter varsel.
reminder-plain-do = MÅ GJØRES: { $words }
reminder-plain-settle = MÅ AVKLARES: { $words }
reminder-plain-incident = Hendelse: { $words }
reminder-plain-deadline = Frist: { $words }
reminder-plain-target = Eget mål: { $words }
reminder-plain-recipient = Mottaker: { $recipient }. Kanal: { $channel }.
reminder-plain-basis = Hjemmel: { $words }
reminder-plain-facts = Dette avgjør det: { $words }
reminder-plain-told = Påminnelsen går til: { $words }
reminder-plain-next = Neste påminnelse om ingen svarer: { $words }
reminder-plain-link = Svar, utsett eller før opp som gjort: { $words }
reminder-plain-written = Skrevet { $when }.
reminder-short-deadline = Frist { $when } norsk tid
reminder-short-target = Eget mål { $when } norsk tid

## The weekly summary
summary-subject = Ukens status: { $parts }
summary-open = { $n ->
    [0] ingen åpne hendelser
    [one] 1 åpen hendelse
   *[other] { $n } åpne hendelser
    }
summary-overdue = { $n ->
    [0] ingen plikter over tiden
    [one] 1 plikt OVER TIDEN
   *[other] { $n } plikter OVER TIDEN
    }
summary-coming = { $n ->
    [0] ingen frister de neste sju døgnene
    [one] 1 frist de neste sju døgnene
   *[other] { $n } frister de neste sju døgnene
    }
summary-severity = { $level }: { $n }
summary-past-deadline = { $span } etter fristen
summary-past-target = { $span } etter eget mål
summary-more = og { $n } til

## Faults in the ladders
error-no_rungs = Stigen må ha minst ett trinn.
error-too_many_rungs = Stigen kan ha høyst { $expected } trinn, ikke { $given }.
error-rung_not_falling = Trinnene skal stå i rekkefølge mot fristen: { $given } minutter før kan ikke komme etter { $before } minutter før.

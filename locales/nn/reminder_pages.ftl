## The reminders of an incident
page-reminders = Påminningar
page-reminders-help = Kva varsel har sagt frå om, til kven, kva de svara, og når neste påminning kjem.
page-reminders-open = Sjå påminningane
page-reminders-lead = Kva varsel har sagt frå om, til kven, kva de svara, og når neste påminning kjem. Eit svar gjeld berre påminninga. Plikta står open til ho er gjord eller avgjord.
page-reminders-none = Inga plikt er open, og ingen er mint om noko.
page-reminders-more = { $n ->
    [one] Éi plikt til blir ikkje vist her. Gå til ho frå kortet på sida til hendinga.
   *[other] { $n } plikter til blir ikkje viste her. Gå til dei frå korta på sida til hendinga.
    }
page-reminders-to-duty = Gå til plikta
page-reminders-no-deadline = Utan frist
page-reminders-not-yet = Ingenting er sagt enno.
page-reminders-before = Før frist eller tilstand vart endra
page-reminders-next = Neste påminning
page-reminders-next-now = om ein augeblink
page-reminders-next-to = Ho går til { $circle }: { $names }.
page-reminders-next-unanswered = Ho går til fleire fordi ingen har svara.
page-reminders-next-again = Då er utsetjinga over.
page-reminders-nobody = ingen kan nåast
page-reminders-told = Sagt til { $circle }: { $names }.
page-reminders-told-nobody = Skulle til { $circle }, men { $names }.
page-reminders-late = { $span } forseinka
page-reminders-again = Utsetjinga var over.
page-reminders-further = Ingen svara, så ho gjekk til fleire.
page-reminders-seen-by = Sett av { $by }
page-reminders-snoozed-by = Utsett til { $when } av { $by }
page-reminders-seen = Sett
page-reminders-seen-help = Gjer denne påminninga stille. Neste steg kjem likevel.
page-reminders-snooze = Minn meg på att om …
page-reminders-snooze-alone = Minn meg på att
page-reminders-snooze-save = Minn meg på då
page-reminders-bound = Seinast { $when }, for då kjem neste steg.
page-reminders-done-seen = «{ $duty }»: påminninga er sett. Plikta står framleis open.
page-reminders-done-snoozed = «{ $duty }»: påminninga er utsett til { $when }.
page-reminders-done-next = Neste påminning kjem { $when }.
page-field-until = På eit bestemt tidspunkt

## Who is told
circle-owner = den ansvarlege
circle-team = gruppa
circle-management = gruppa og leiinga

## The page of the ladders
page-ladders = Stega i påminningane
page-ladders-lead = Når de blir minte om ei plikt, og kven som får det. Endringar gjeld straks for alle opne plikter.
page-ladders-circles = Den ansvarlege er den som eig hendinga, elles den som loggførte ho. Gruppa er personvern eller drift, etter kva plikta gjeld. Kvar krins får òg det den mindre får.
page-ladders-done = Stega er lagra. Alle opne plikter følgjer dei frå no.
page-ladders-stands = Slik er det no:
page-ladders-save = Lagre stega
page-ladders-idle = Plikter utan frist
page-ladders-idle-help = Berre den ansvarlege blir mint om dei.
page-ladders-defaults = Tilbake til standard
page-ladders-defaults-help = Set alle stigane og pliktene utan frist slik dei var frå byrjinga. Det de har no, blir ståande i historikken.
page-ladders-defaults-save = Set alt tilbake til standard
page-ladders-are-defaults = Alt står som standard.
page-ladders-never = Ingen har lagra steg enno. Standarden gjeld.
page-ladder-hours72 = Lovfristar over fire timar
page-ladder-hours72-help = Til dømes dei 72 timane til Datatilsynet.
page-ladder-minutes30 = Lovfristar på fire timar eller mindre
page-ladder-minutes30-help = Til dømes dei 30 minutta til Nkom.
page-ladder-target_long = Eigne mål over fire timar
page-ladder-target_long-help = Der lova seier «utan ugrunna opphald» og talet er dykkar eige.
page-ladder-target_short = Eigne mål på fire timar eller mindre
page-ladder-target_short-help = Der lova seier «straks» og talet er dykkar eige.
page-ladder-at-once = straks
page-ladder-at-deadline = ved fristen
page-ladder-then-every = deretter kvar { $span }
page-ladder-unanswered = Svarar ingen på { $span }, går ho til fleire.
page-ladder-never = aldri
page-ladder-first = Kven får den første, straks plikta oppstår?
page-ladder-rungs = Steg før fristen
page-ladder-rungs-help = Kor lenge før, og kven som får det. 0 er sjølve fristen. Tøm tida for å ta bort eit steg. Rekkjefølgja ordnar seg sjølv.
page-ladder-rung = Steg { $n }
page-ladder-minutes_before = Tid før fristen
page-ladder-circle = Kven
page-ladder-again_every = Etter fristen, kvar
page-ladder-again = Etter fristen, til kven
page-ladder-unanswered_after = Svarar ingen innan
page-ladder-unanswered_after-help = Då går påminninga til ein større krins. Tomt eller 0 tyder aldri.
page-ladder-idle_every = Minn på kvar
page-ladder-unit = Eining
unit-minutes = minutt
unit-hours = timar
unit-days = døgn

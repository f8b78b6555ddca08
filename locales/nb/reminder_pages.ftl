## The reminders of an incident
page-reminders = Påminnelser
page-reminders-help = Hva varsel har sagt fra om, til hvem, hva dere svarte, og når neste påminnelse kommer.
page-reminders-open = Se påminnelsene
page-reminders-lead = Hva varsel har sagt fra om, til hvem, hva dere svarte, og når neste påminnelse kommer. Et svar gjelder bare påminnelsen. Plikten står åpen til den er gjort eller avgjort.
page-reminders-none = Ingen plikt er åpen, og ingen er minnet om noe.
page-reminders-more = { $n ->
    [one] Én plikt til vises ikke her. Gå til den fra kortet på hendelsens side.
   *[other] { $n } plikter til vises ikke her. Gå til dem fra kortene på hendelsens side.
    }
page-reminders-to-duty = Gå til plikten
page-reminders-no-deadline = Uten frist
page-reminders-not-yet = Ingenting er sagt ennå.
page-reminders-before = Før frist eller tilstand ble endret
page-reminders-next = Neste påminnelse
page-reminders-next-now = om et øyeblikk
page-reminders-next-to = Den går til { $circle }: { $names }.
page-reminders-next-unanswered = Den går til flere fordi ingen har svart.
page-reminders-next-again = Da er utsettelsen over.
page-reminders-nobody = ingen kan nås
page-reminders-told = Sagt til { $circle }: { $names }.
page-reminders-told-nobody = Skulle til { $circle }, men { $names }.
page-reminders-late = { $span } forsinket
page-reminders-again = Utsettelsen var over.
page-reminders-further = Ingen svarte, så den gikk til flere.
page-reminders-seen-by = Sett av { $by }
page-reminders-snoozed-by = Utsatt til { $when } av { $by }
page-reminders-seen = Sett
page-reminders-seen-help = Gjør denne påminnelsen stille. Neste trinn kommer likevel.
page-reminders-snooze = Minn meg på igjen om …
page-reminders-snooze-alone = Minn meg på igjen
page-reminders-snooze-save = Minn meg på da
page-reminders-bound = Senest { $when }, for da kommer neste trinn.
page-reminders-done-seen = «{ $duty }»: påminnelsen er sett. Plikten står fortsatt åpen.
page-reminders-done-snoozed = «{ $duty }»: påminnelsen er utsatt til { $when }.
page-reminders-done-next = Neste påminnelse kommer { $when }.
page-field-until = På et bestemt tidspunkt

## Who is told
circle-owner = den ansvarlige
circle-team = teamet
circle-management = teamet og ledelsen

## The page of the ladders
page-ladders = Påminnelsenes trinn
page-ladders-lead = Når dere blir minnet om en plikt, og hvem som får det. Endringer gjelder straks for alle åpne plikter.
page-ladders-circles = Den ansvarlige er den som eier hendelsen, ellers den som loggførte den. Teamet er personvern eller drift, etter hva plikten gjelder. Hver krets får også det den mindre får.
page-ladders-done = Trinnene er lagret. Alle åpne plikter følger dem fra nå.
page-ladders-stands = Slik er det nå:
page-ladders-save = Lagre trinnene
page-ladders-idle = Plikter uten frist
page-ladders-idle-help = Bare den ansvarlige blir minnet om dem.
page-ladders-defaults = Tilbake til standard
page-ladders-defaults-help = Setter alle stigene og pliktene uten frist slik de var fra begynnelsen. Det dere har nå, blir stående i historikken.
page-ladders-defaults-save = Sett alt tilbake til standard
page-ladders-are-defaults = Alt står som standard.
page-ladders-never = Ingen har lagret trinn ennå. Standarden gjelder.
page-ladder-hours72 = Lovens frister over fire timer
page-ladder-hours72-help = For eksempel de 72 timene til Datatilsynet.
page-ladder-minutes30 = Lovens frister på fire timer eller mindre
page-ladder-minutes30-help = For eksempel de 30 minuttene til Nkom.
page-ladder-target_long = Egne mål over fire timer
page-ladder-target_long-help = Der loven sier «uten ugrunnet opphold» og tallet er deres eget.
page-ladder-target_short = Egne mål på fire timer eller mindre
page-ladder-target_short-help = Der loven sier «straks» og tallet er deres eget.
page-ladder-at-once = straks
page-ladder-at-deadline = ved fristen
page-ladder-then-every = deretter hver { $span }
page-ladder-unanswered = Svarer ingen på { $span }, går den til flere.
page-ladder-never = aldri
page-ladder-first = Hvem får den første, straks plikten oppstår?
page-ladder-rungs = Trinn før fristen
page-ladder-rungs-help = Hvor lenge før, og hvem som får det. 0 er selve fristen. Tøm tiden for å fjerne et trinn. Rekkefølgen ordner seg selv.
page-ladder-rung = Trinn { $n }
page-ladder-minutes_before = Tid før fristen
page-ladder-circle = Hvem
page-ladder-again_every = Etter fristen, hver
page-ladder-again = Etter fristen, til hvem
page-ladder-unanswered_after = Svarer ingen innen
page-ladder-unanswered_after-help = Da går påminnelsen til en større krets. Tomt eller 0 betyr aldri.
page-ladder-idle_every = Minn på hver
page-ladder-unit = Enhet
unit-minutes = minutter
unit-hours = timer
unit-days = døgn

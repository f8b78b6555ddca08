## The dashboard
dashboard-title = Oversikt
dashboard-calm = Ingenting er over fristen, og ingenting forfaller det neste døgnet.
dashboard-soon = { $n ->
    [one] Ingenting er over fristen. Én plikt forfaller det neste døgnet.
   *[other] Ingenting er over fristen. { $n } plikter forfaller det neste døgnet.
}
dashboard-late-now = { $n ->
    [one] Én plikt er over fristen.
   *[other] { $n } plikter er over fristen.
}
dashboard-unsent = Meldinger er gitt opp, eller en kanal virker ikke.
dashboard-late = Over fristen
dashboard-late-why = Plikter som må gjøres, og der den neste fristen eller vårt eget mål er passert. De eldste står først.
dashboard-unsettled = Må avklares innen et døgn
dashboard-unsettled-why = Plikter som ingen har avgjort ennå om gjelder, der fristen er passert eller kommer i de neste 24 timene hvis de gjelder. Svar på spørsmålene i hendelsen, så faller de bort eller blir til noe som må gjøres.
dashboard-next = Forfaller det neste døgnet
dashboard-next-why = Plikter som må gjøres, med frist eller eget mål i de neste 24 timene.
dashboard-open = Åpne hendelser
dashboard-open-why = Hendelser som ikke er lukket, etter alvorlighetsgraden som er sikker nå. Øvelser er ikke med.
dashboard-persons = Berørte personer
dashboard-to-be-told = skal underrettes, men er det ikke ennå
dashboard-told-in-period = er underrettet i perioden nedenfor
dashboard-persons-why = Antallet berørte i hendelser der plikten til å underrette er åpen, og i hendelser der underretningen er ført som fullstendig. Står antallet ikke i hendelsen, telles hendelsen for seg.
dashboard-persons-unknown = { $n ->
    [one] og i én hendelse er antallet ukjent
   *[other] og i { $n } hendelser er antallet ukjent
}
dashboard-more = { $n ->
    [one] Én til
   *[other] { $n } til
}
dashboard-why = Slik er det regnet
dashboard-compared = Sammenlignet med { $before }
dashboard-choose = Velg periode
dashboard-this-month = Denne måneden
dashboard-last-month = Forrige måned
dashboard-this-year = I år
dashboard-last-year = I fjor
dashboard-twelve = Tolv måneder
dashboard-from = Fra
dashboard-to = Til
dashboard-show = Vis
dashboard-reset = Nullstill
dashboard-from-to = { $from } til { $to }
dashboard-no-period = «{ $from }» til «{ $to }» er ikke en periode. Skriv to måneder som 2026-01 og 2026-10, høyst fem år.
error-no_period = Dette er ikke en periode. Skriv to måneder som 2026-01 og 2026-10, høyst fem år.
dashboard-all = Hendelser loggført
dashboard-misses = Nestenhendelser
dashboard-misses-why = Hendelser med særlig risiko eller mulig utfall, der verken personopplysninger, sikkerhet eller tilgjengelighet ble rammet.
dashboard-before = { $n } i perioden før
dashboard-lost-all = Tapte brukertimer
dashboard-unmeasured = { $n ->
    [one] Ett utfall mangler antall brukere eller varighet og er ikke med.
   *[other] { $n } utfall mangler antall brukere eller varighet og er ikke med.
}
dashboard-times = Fra kjennskap til varsel
dashboard-times-why = Hver plikt som ble oppfylt med en sending i perioden, målt fra klokken startet til den første sendingen, mot lovens frist. Setter loven ikke et tall, måles det mot vårt eget mål, og det sies. Forløpte timer, ikke klokketid.
dashboard-who = Mottaker
dashboard-sent = Sendt
dashboard-share = I tide
dashboard-median = Median tid
dashboard-longest = Lengste tid
dashboard-share-before = I tide, perioden før
dashboard-in-time-of = { $in_time } av { $measured } i tide
dashboard-by-target = { $n } målt mot eget mål
dashboard-to-datatilsynet = Datatilsynet
dashboard-to-nkom = Nkom
dashboard-to-controllers = Bedriftskunder (behandlingsansvarlige)
dashboard-to-persons = Berørte personer og abonnenter
dashboard-by-kind = Hendelser etter type
dashboard-by-kind-why = Loggførte hendelser etter måneden de ble loggført i. En hendelse av flere typer telles i hver av dem.
dashboard-kind-privacy = Personopplysninger
dashboard-kind-security = Sikkerhet
dashboard-kind-availability = Tilgjengelighet
dashboard-kind-other = Ikke avklart
dashboard-by-severity = Hendelser etter alvorlighetsgrad
dashboard-by-severity-why = Loggførte hendelser etter den graden som er sikker i dag.
dashboard-lost = Tapte brukertimer etter måned
dashboard-lost-why = Berørte kunder ganger varighet i timer for hvert utfall, lagt sammen i måneden hendelsen ble loggført.
dashboard-hours = Brukertimer
dashboard-causes = Rotårsaker
dashboard-causes-why = Rotårsaken slik den er ført i hendelsene som ble loggført i perioden.
dashboard-cause-unknown = Ikke ført
dashboard-table = Tallene som tabell
dashboard-month = Måned
dashboard-nothing = Ingen hendelser i perioden.
dashboard-as-of = Tallene er slik de var
## The rows behind a figure
dashboard-list-to-be-told = Personer som skal underrettes, men ikke er det ennå
dashboard-list-told = Personer som er underrettet
dashboard-list-sent = Sendt til { $who }
dashboard-list-persons = { $n ->
    [one] én person
   *[other] { $n } personer
}
dashboard-list-unknown = ukjent antall personer
dashboard-list-in-time = { $when }, i tide etter { $span }
dashboard-list-late = { $when }, for sent etter { $span }
dashboard-list-when = { $when }
dashboard-list-none = Ingenting her.
dashboard-list-more = Flere
error-no_figure = Det finnes ikke noe slikt tall. Bruk et av dem på oversikten.
error-no_page = Skriv et sidetall fra 1.

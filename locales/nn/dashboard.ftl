## The dashboard
dashboard-title = Oversyn
dashboard-calm = Ingenting er over fristen, og ingenting forfell det neste døgnet.
dashboard-soon = { $n ->
    [one] Ingenting er over fristen. Éi plikt forfell det neste døgnet.
   *[other] Ingenting er over fristen. { $n } plikter forfell det neste døgnet.
}
dashboard-late-now = { $n ->
    [one] Éi plikt er over fristen.
   *[other] { $n } plikter er over fristen.
}
dashboard-unsent = Meldingar er gjevne opp, eller ein kanal verkar ikkje.
dashboard-late = Over fristen
dashboard-late-why = Plikter som må gjerast, og der den neste fristen eller vårt eige mål er passert. Dei eldste står først.
dashboard-unsettled = Må avklarast innan eit døgn
dashboard-unsettled-why = Plikter som ingen har avgjort enno om gjeld, der fristen er passert eller kjem i dei neste 24 timane om dei gjeld. Svar på spørsmåla i hendinga, så fell dei bort eller blir til noko som må gjerast.
dashboard-next = Forfell det neste døgnet
dashboard-next-why = Plikter som må gjerast, med frist eller eige mål i dei neste 24 timane.
dashboard-open = Opne hendingar
dashboard-open-why = Hendingar som ikkje er lukka, etter alvorsgraden som er sikker no. Øvingar er ikkje med.
dashboard-persons = Råka personar
dashboard-to-be-told = skal underrettast, men er det ikkje enno
dashboard-told-in-period = er underretta i perioden nedanfor
dashboard-persons-why = Talet på råka i hendingar der plikta til å underrette er open, og i hendingar der underrettinga er ført som fullstendig. Står ikkje talet i hendinga, blir hendinga talt for seg.
dashboard-persons-unknown = { $n ->
    [one] og i éi hending er talet ukjent
   *[other] og i { $n } hendingar er talet ukjent
}
dashboard-more = { $n ->
    [one] Éi til
   *[other] { $n } til
}
dashboard-why = Slik er det rekna
dashboard-compared = Samanlikna med { $before }
dashboard-choose = Vel periode
dashboard-this-month = Denne månaden
dashboard-last-month = Førre månad
dashboard-this-year = I år
dashboard-last-year = I fjor
dashboard-twelve = Tolv månader
dashboard-from = Frå
dashboard-to = Til
dashboard-show = Vis
dashboard-reset = Nullstill
dashboard-from-to = { $from } til { $to }
dashboard-no-period = «{ $from }» til «{ $to }» er ikkje ein periode. Skriv to månader som 2026-01 og 2026-10, høgst fem år.
error-no_period = Dette er ikkje ein periode. Skriv to månader som 2026-01 og 2026-10, høgst fem år.
dashboard-all = Hendingar loggførte
dashboard-misses = Nestenhendingar
dashboard-misses-why = Hendingar med særleg risiko eller mogleg utfall, der verken personopplysningar, tryggleik eller tilgjenge vart råka.
dashboard-before = { $n } i perioden før
dashboard-lost-all = Tapte brukartimar
dashboard-unmeasured = { $n ->
    [one] Eitt utfall manglar talet på brukarar eller varigheit og er ikkje med.
   *[other] { $n } utfall manglar talet på brukarar eller varigheit og er ikkje med.
}
dashboard-times = Frå kjennskap til varsel
dashboard-times-why = Kvar plikt som vart oppfylt med ei sending i perioden, målt frå klokka starta til den første sendinga, mot fristen i lova. Set ikkje lova eit tal, blir det målt mot vårt eige mål, og det blir sagt. Gåtte timar, ikkje klokketid.
dashboard-who = Mottakar
dashboard-sent = Sende
dashboard-share = I tide
dashboard-median = Median tid
dashboard-longest = Lengste tid
dashboard-share-before = I tide, perioden før
dashboard-in-time-of = { $in_time } av { $measured } i tide
dashboard-by-target = { $n } målte mot eige mål
dashboard-to-datatilsynet = Datatilsynet
dashboard-to-nkom = Nkom
dashboard-to-controllers = Bedriftskundar (behandlingsansvarlege)
dashboard-to-persons = Råka personar og abonnentar
dashboard-by-kind = Hendingar etter slag
dashboard-by-kind-why = Loggførte hendingar etter månaden dei vart loggførte i. Ei hending av fleire slag blir talt i kvart av dei.
dashboard-kind-privacy = Personopplysningar
dashboard-kind-security = Tryggleik
dashboard-kind-availability = Tilgjenge
dashboard-kind-other = Ikkje avklart
dashboard-by-severity = Hendingar etter alvorsgrad
dashboard-by-severity-why = Loggførte hendingar etter den graden som er sikker i dag.
dashboard-lost = Tapte brukartimar etter månad
dashboard-lost-why = Råka kundar gonger varigheit i timar for kvart utfall, lagt saman i månaden hendinga vart loggført.
dashboard-hours = Brukartimar
dashboard-causes = Rotårsaker
dashboard-causes-why = Rotårsaka slik ho er ført i hendingane som vart loggførte i perioden.
dashboard-cause-unknown = Ikkje ført
dashboard-table = Tala som tabell
dashboard-month = Månad
dashboard-nothing = Ingen hendingar i perioden.
dashboard-as-of = Tala er slik dei var
## The rows behind a figure
dashboard-list-to-be-told = Personar som skal underrettast, men ikkje er det enno
dashboard-list-told = Personar som er underretta
dashboard-list-sent = Sendt til { $who }
dashboard-list-persons = { $n ->
    [one] éin person
   *[other] { $n } personar
}
dashboard-list-unknown = ukjent tal på personar
dashboard-list-in-time = { $when }, i tide etter { $span }
dashboard-list-late = { $when }, for seint etter { $span }
dashboard-list-when = { $when }
dashboard-list-none = Ingenting her.
dashboard-list-more = Fleire
error-no_figure = Det finst ikkje noko slikt tal. Bruk eit av dei på oversikta.
error-no_page = Skriv eit sidetal frå 1.

## The page of messages and reminders, for whoever may not read incidents
message-hidden = Innhaldet blir berre vist for dei som kan lese hendinga
reminder-veiled = (innhaldet blir berre vist for dei som kan lese hendinga)

## Reports
page-report = Meld frå
page-reports = Eigne meldingar
page-report-lead = Fortel med eigne ord kva du har sett. Tryggingsteamet får vite det med ein gong. Meld heller éin gong for mykje.
page-report-send = Send meldinga
page-reports-lead = Det du har meldt frå om, og kor langt det er kome.
page-report-at = Meldt
page-reports-none = Du har ikkje meldt frå om noko enno.
page-report-own = Melding
page-report-done-reported = Takk. Meldinga er komen fram til tryggingsteamet.
page-report-done-added = Det du la til, er sendt til dei som arbeider med saka.
page-report-wrote = Dette melde du
page-report-of = Meldt av { $name }
page-report-more = Legg til noko
page-report-more-help = Har du kome på noko meir, eller har noko endra seg? Skriv det her.
page-report-more-send = Legg til
page-report-remarks = Lagt til seinare
page-field-what = Kva har hendt?
page-field-what-help = Den første linja blir overskrifta. Ikkje skriv passord eller personopplysningane til kundar.
page-field-noticed_at = Når vart det oppdaga?
page-field-system = Kva teneste eller kva system?
page-field-system-help = Kan stå tomt.
page-field-personal_data = Kan personopplysningar vere råka?
page-field-contact = Korleis når vi deg?
page-field-contact-help = Telefonnummer eller anna, om det hastar. Kan stå tomt.
page-field-words = Kva vil du leggje til?
report-involved-yes = Ja, kanskje
report-involved-no = Nei
report-involved-unknown = Veit ikkje
report-received = Motteken
report-received-help = Meldinga er motteken. Dei som har vakt, har fått vite det.
report-in_hand = Under arbeid
report-in_hand-help = Nokon arbeider med saka. Dei tek kontakt om dei treng å vite meir.
report-closed = Avslutta
report-closed-help = Saka er avslutta. Du kan framleis leggje til noko.
line-report-remarked = La noko til det som var meldt

## Who may see an incident
page-readers = Kven som kan sjå hendinga
page-readers-everybody = Alle som kan lese hendingar.
page-readers-named = Berre { $names }. For alle andre finst ikkje hendinga.
page-readers-short = Avgrensa
page-readers-restrict = Avgrens til namngjevne personar
page-readers-change = Endre kven som kan sjå henne
page-readers-help = Berre dei du kryssar av for, kan sjå hendinga, finne henne ved søk og få påminningar om henne. Du sjølv og eigaren må vere med. Felles kanalar får ingenting. Er det ein dag ingen att som kan arbeide med henne, får dei personvernansvarlege innsyn.
page-readers-save = Lagre kven som kan sjå henne
page-readers-open = Opne for alle som kan lese hendingar
page-readers-open-save = Opne hendinga
page-field-readers = Kven skal kunne sjå hendinga?
page-done-readers = Det er lagra kven som kan sjå hendinga.
line-readers-named = Avgrensa hendinga til { $names }
line-readers-passed_on = Gav { $names } innsyn, fordi ingen som kunne arbeide med hendinga, var att
line-readers-everybody = Opna hendinga for alle som kan lese hendingar
error-reader_unknown = Minst éin av dei er ikkje her eller kan ikkje lese hendingar. Vel blant dei i lista.
error-readers_without_you = Du kan ikkje stengje deg sjølv ute. Ta med deg sjølv.
error-readers_without_owner = Eigaren, { $name }, må kunne sjå hendinga. Ta med eigaren, eller byt eigar først.
error-owner_not_reader = Eigaren må vere ein av dei som kan sjå hendinga. Gje personen innsyn først.

## An owner who cannot see to it
page-owner-reported = Den som melde frå, arbeider ikkje med hendingar. Til nokon er vald, får dei ansvarlege påminningane.
page-owner-reported-short = berre meldt frå

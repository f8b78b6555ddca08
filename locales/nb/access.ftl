## The page of messages and reminders, for whoever may not read incidents
message-hidden = Innholdet vises bare for dem som kan lese hendelsen
reminder-veiled = (innholdet vises bare for dem som kan lese hendelsen)

## Reports
page-report = Meld fra
page-reports = Egne meldinger
page-report-lead = Fortell med egne ord hva du har sett. Sikkerhetsteamet får beskjed med en gang. Meld heller én gang for mye.
page-report-send = Send meldingen
page-reports-lead = Det du har meldt fra om, og hvor langt det er kommet.
page-report-at = Meldt
page-reports-none = Du har ikke meldt fra om noe ennå.
page-report-own = Melding
page-report-done-reported = Takk. Meldingen er kommet fram til sikkerhetsteamet.
page-report-done-added = Det du la til, er sendt til dem som arbeider med saken.
page-report-wrote = Dette meldte du
page-report-of = Meldt av { $name }
page-report-more = Legg til noe
page-report-more-help = Har du husket noe mer, eller har noe endret seg? Skriv det her.
page-report-more-send = Legg til
page-report-remarks = Lagt til senere
page-field-what = Hva har hendt?
page-field-what-help = Den første linjen blir overskriften. Ikke skriv passord eller kunders personopplysninger.
page-field-noticed_at = Når ble det oppdaget?
page-field-system = Hvilken tjeneste eller hvilket system?
page-field-system-help = Kan stå tomt.
page-field-personal_data = Kan personopplysninger være berørt?
page-field-contact = Hvordan når vi deg?
page-field-contact-help = Telefonnummer eller annet, om det haster. Kan stå tomt.
page-field-words = Hva vil du legge til?
report-involved-yes = Ja, kanskje
report-involved-no = Nei
report-involved-unknown = Vet ikke
report-received = Mottatt
report-received-help = Meldingen er mottatt. De som har vakt, har fått beskjed.
report-in_hand = Under arbeid
report-in_hand-help = Noen arbeider med saken. De tar kontakt om de trenger å vite mer.
report-closed = Avsluttet
report-closed-help = Saken er avsluttet. Du kan fortsatt legge til noe.
line-report-remarked = La noe til det som var meldt

## Who may see an incident
page-readers = Hvem som kan se hendelsen
page-readers-everybody = Alle som kan lese hendelser.
page-readers-named = Bare { $names }. For alle andre finnes ikke hendelsen.
page-readers-short = Begrenset
page-readers-restrict = Begrens til navngitte personer
page-readers-change = Endre hvem som kan se den
page-readers-help = Bare de du krysser av for, kan se hendelsen, finne den ved søk og få påminnelser om den. Du selv og eieren må være med. Felles kanaler får ingenting. Er det en dag ingen igjen som kan arbeide med den, får de personvernansvarlige innsyn.
page-readers-save = Lagre hvem som kan se den
page-readers-open = Åpne for alle som kan lese hendelser
page-readers-open-save = Åpne hendelsen
page-field-readers = Hvem skal kunne se hendelsen?
page-done-readers = Det er lagret hvem som kan se hendelsen.
line-readers-named = Begrenset hendelsen til { $names }
line-readers-passed_on = Ga { $names } innsyn, fordi ingen som kunne arbeide med hendelsen, var igjen
line-readers-everybody = Åpnet hendelsen for alle som kan lese hendelser
error-reader_unknown = Minst en av dem er ikke her eller kan ikke lese hendelser. Velg blant dem i listen.
error-readers_without_you = Du kan ikke stenge deg selv ute. Ta med deg selv.
error-readers_without_owner = Eieren, { $name }, må kunne se hendelsen. Ta med eieren, eller bytt eier først.
error-owner_not_reader = Eieren må være en av dem som kan se hendelsen. Gi personen innsyn først.

## An owner who cannot see to it
page-owner-reported = Den som meldte fra, arbeider ikke med hendelser. Til noen er valgt, får de ansvarlige påminnelsene.
page-owner-reported-short = bare meldt fra

## Signing in by the company's identity provider
openid-provider = firmapålogging
openid-button = Logg inn med { $name }
openid-or = Eller med e-post og passord:
openid-left = Du er logget ut av varsel, men fortsatt logget inn hos { $name }.
openid-out = Logg ut der også
openid-welcome = Du er logget inn
openid-welcome-on = Gå videre
openid-back = Til innloggingen
openid-particulars = Til den som skal rette det: { $said }

## On the page of people
openid-people-active = Logger inn med firmapålogging
openid-people-governed = Rollene følger gruppene i firmapåloggingen og endres der. Nå: { $roles }.
openid-people-return = Personen kan igjen logge inn med firmapåloggingen. Rollene følger gruppene der.
problem-governed-elsewhere = Styres i firmapåloggingen
problem-governed-elsewhere-detail = Personen logger inn med firmapåloggingen, og rollene følger gruppene der. Endre gruppene; rollene endres neste gang personen logger inn.

## Why somebody does not get in
openid-fault-away = Firmapåloggingen svarer ikke
openid-fault-away-detail = Vi får ikke kontakt med { $name } nå. Prøv igjen om litt, eller logg inn med e-post og passord hvis du har det.
openid-fault-answer = Firmapåloggingen svarte feil
openid-fault-answer-detail = Svaret fra { $name } kunne ikke brukes. Si fra til den som driver varsel.
openid-fault-unknown = Begynn innloggingen på nytt
openid-fault-unknown-detail = Denne innloggingen er brukt, avbrutt eller eldre enn ti minutter. Ingen er logget inn.
openid-fault-other-browser = Begynn innloggingen på nytt
openid-fault-other-browser-detail = Innloggingen ble begynt i en annen nettleser, eller nettleseren tar ikke imot informasjonskapsler. Ingen er logget inn.
openid-fault-refused = Firmapåloggingen sa nei
openid-fault-refused-detail = { $name } slapp deg ikke inn. Hvis du ikke avbrøt selv, så vis meldingen under til den som driver varsel.
openid-fault-issuer = Svaret kom fra feil sted
openid-fault-issuer-detail = Svaret sier at det kommer fra en annen enn { $name }. Ingen er logget inn. Si fra til den som driver varsel.
openid-fault-token = Beviset holdt ikke
openid-fault-token-detail = Beviset fra { $name } på hvem du er, bestod ikke kontrollen. Ingen er logget inn. Si fra til den som driver varsel.
openid-fault-overage = For mange grupper
openid-fault-overage-detail = Du er med i flere grupper enn { $name } kan sende med, så vi får ikke se dem. Be den som styrer { $name }, om å sende bare gruppene som gjelder varsel, eller bruke approller.
openid-fault-no-email = E-post mangler
openid-fault-no-email-detail = { $name } oppgir ingen e-postadresse for deg. Uten den kan varsel ikke nå deg når noe haster. Be den som styrer { $name }, om å sende den med.
openid-fault-unverified = E-posten er ikke bekreftet
openid-fault-unverified-detail = { $name } sier at e-postadressen din ikke er bekreftet. Bekreft den der, og prøv igjen.
openid-fault-email-taken = E-posten er i bruk her
openid-fault-email-taken-detail = Noen har allerede denne e-postadressen i varsel. Er det deg, så logg inn med e-post og passord, eller be en administrator om en ny invitasjon.
openid-fault-left = Du er ført opp som sluttet
openid-fault-left-detail = Be en administrator i varsel om å ta deg tilbake hvis det ikke stemmer.
openid-fault-no-role = Du har ingen tilgang her ennå
openid-fault-no-role-detail = Du er logget inn hos { $name }, men ingen av gruppene dine gir en rolle i varsel. Be en administrator i varsel om å få deg inn i riktig gruppe, og logg inn på nytt.

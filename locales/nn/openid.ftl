## Signing in by the company's identity provider
openid-provider = firmapålogginga
openid-button = Logg inn med { $name }
openid-or = Eller med e-post og passord:
openid-left = Du er logga ut av varsel, men framleis logga inn hos { $name }.
openid-out = Logg ut der òg
openid-welcome = Du er logga inn
openid-welcome-on = Gå vidare
openid-back = Til innlogginga
openid-particulars = Til den som skal rette det: { $said }

## On the page of people
openid-people-active = Loggar inn med firmapålogginga
openid-people-governed = Rollene følgjer gruppene i firmapålogginga og blir endra der. No: { $roles }.
openid-people-return = Personen kan logge inn med firmapålogginga att. Rollene følgjer gruppene der.
problem-governed-elsewhere = Blir styrt i firmapålogginga
problem-governed-elsewhere-detail = Personen loggar inn med firmapålogginga, og rollene følgjer gruppene der. Endre gruppene; rollene blir endra neste gong personen loggar inn.

## Why somebody does not get in
openid-fault-away = Firmapålogginga svarar ikkje
openid-fault-away-detail = Vi får ikkje kontakt med { $name } no. Prøv att om litt, eller logg inn med e-post og passord om du har det.
openid-fault-answer = Firmapålogginga svara feil
openid-fault-answer-detail = Svaret frå { $name } kunne ikkje brukast. Sei frå til den som driv varsel.
openid-fault-unknown = Byrj innlogginga på nytt
openid-fault-unknown-detail = Denne innlogginga er brukt, avbroten eller eldre enn ti minutt. Ingen er logga inn.
openid-fault-other-browser = Byrj innlogginga på nytt
openid-fault-other-browser-detail = Innlogginga vart byrja i ein annan nettlesar, eller nettlesaren tek ikkje imot informasjonskapslar. Ingen er logga inn.
openid-fault-refused = Firmapålogginga sa nei
openid-fault-refused-detail = { $name } sleppte deg ikkje inn. Om du ikkje avbraut sjølv, så vis meldinga under til den som driv varsel.
openid-fault-issuer = Svaret kom frå feil stad
openid-fault-issuer-detail = Svaret seier at det kjem frå ein annan enn { $name }. Ingen er logga inn. Sei frå til den som driv varsel.
openid-fault-token = Provet heldt ikkje
openid-fault-token-detail = Provet frå { $name } på kven du er, stod ikkje kontrollen. Ingen er logga inn. Sei frå til den som driv varsel.
openid-fault-overage = For mange grupper
openid-fault-overage-detail = Du er med i fleire grupper enn { $name } kan sende med, så vi får ikkje sjå dei. Be den som styrer { $name }, om å sende berre gruppene som gjeld varsel, eller bruke approller.
openid-fault-no-email = E-post manglar
openid-fault-no-email-detail = { $name } oppgir inga e-postadresse for deg. Utan den kan ikkje varsel nå deg når noko hastar. Be den som styrer { $name }, om å sende henne med.
openid-fault-unverified = E-posten er ikkje stadfesta
openid-fault-unverified-detail = { $name } seier at e-postadressa di ikkje er stadfesta. Stadfest henne der, og prøv att.
openid-fault-email-taken = E-posten er i bruk her
openid-fault-email-taken-detail = Nokon har alt denne e-postadressa i varsel. Er det deg, så logg inn med e-post og passord, eller be ein administrator om ein ny invitasjon.
openid-fault-left = Du er ført opp som slutta
openid-fault-left-detail = Be ein administrator i varsel ta deg attende om det ikkje stemmer.
openid-fault-no-role = Du har ingen tilgang her enno
openid-fault-no-role-detail = Du er logga inn hos { $name }, men ingen av gruppene dine gir ei rolle i varsel. Be ein administrator i varsel om å få deg inn i rett gruppe, og logg inn på nytt.

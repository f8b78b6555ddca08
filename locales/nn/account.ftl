## Getting in
page-sign-in = Logg inn
page-email = E-post
page-name = Namn
page-password = Passord
page-password-again = Passordet ein gong til
page-password-help = Minst { $min } teikn. Ei setning du hugsar, er betre enn rare teikn.
page-new-password = Nytt passord
page-first-administrator = Den første administratoren
page-language = Språk
action-sign-in = Logg inn
action-save-password = Lagre og logg inn
action-to-front-page = Til framsida

## What a form of an account can have wrong
error-not_an_email = Dette er ikkje ei e-postadresse. Skriv namn@vert.no.
error-name_missing = Skriv namnet ditt, slik det skal stå i tidslinja.
error-name_too_long = Namnet er for langt. Bruk høgst 100 teikn.
error-password_short = Passordet er for kort. Bruk minst { $min } teikn.
error-password_long = Passordet er for langt. Bruk høgst { $most } teikn.
error-password_is_name = Passordet er lite anna enn namnet, e-postadressa eller verksemda di. Vel noko anna.
error-passwords_differ = Dei to passorda er ikkje like. Skriv det same i begge.
error-sign_in_refused = E-post og passord passar ikkje saman. Prøv på nytt.
error-language_unknown = Dette språket finst ikkje her. Vel nb, nn eller en.
error-unreadable = Førespurnaden kunne ikkje lesast: { $reason }

## Problems: a title, and what to do
problem-not-found = Finst ikkje
problem-not-found-detail = Det er ingenting her, eller lenkja er brukt opp.
problem-method-not-allowed = Metoden passar ikkje
problem-method-not-allowed-detail = Adressa finst, men ikkje med denne metoden.
problem-not-signed-in = Ikkje innlogga
problem-not-signed-in-detail = Logg inn først.
problem-forbidden = Ingen tilgang
problem-forbidden-detail = Rolla di gjev ikkje tilgang til dette. Be ein administrator om ei rolle som gjer det.
problem-cross-site = Avvist
problem-cross-site-detail = Endringar blir berre tekne imot frå våre eigne sider, eller frå eit program som sender application/json til /api/.
problem-malformed = Kunne ikkje lesast
problem-malformed-detail = Innhaldet er ikkje slik det skal vere; sjå errors.
problem-unsupported-media = Feil slags innhald
problem-unsupported-media-detail = Send application/json.
problem-too-large = For stort
problem-too-large-detail = Send høgst 1 MiB.
problem-invalid = Noko må rettast
problem-invalid-detail = Ingenting er lagra. Rett felta som er nemnde, og send på nytt.
problem-stale = Nokon andre har endra dette
problem-stale-detail = Det er no versjon { $current } som gjeld. Sjå kva som er endra, og send på nytt med den versjonen.
problem-too-many = For mange forsøk
problem-too-many-detail = Vent { $seconds } sekund, og prøv på nytt.
problem-internal = Noko gjekk gale hos oss
problem-internal-detail = Feilen er skriven i loggen. Prøv på nytt om litt.

## Getting in
page-sign-in = Logg inn
page-email = E-post
page-name = Navn
page-password = Passord
page-password-again = Passordet en gang til
page-password-help = Minst { $min } tegn. En setning du husker, er bedre enn rare tegn.
page-new-password = Nytt passord
page-first-administrator = Den første administratoren
page-language = Språk
action-sign-in = Logg inn
action-save-password = Lagre og logg inn
action-to-front-page = Til forsiden

## What a form of an account can have wrong
error-not_an_email = Dette er ikke en e-postadresse. Skriv navn@vert.no.
error-name_missing = Skriv navnet ditt, slik det skal stå i tidslinjen.
error-name_too_long = Navnet er for langt. Bruk høyst 100 tegn.
error-password_short = Passordet er for kort. Bruk minst { $min } tegn.
error-password_long = Passordet er for langt. Bruk høyst { $most } tegn.
error-password_is_name = Passordet er lite annet enn navnet, e-postadressen eller virksomheten din. Velg noe annet.
error-passwords_differ = De to passordene er ikke like. Skriv det samme i begge.
error-sign_in_refused = E-post og passord passer ikke sammen. Prøv igjen.
error-language_unknown = Dette språket finnes ikke her. Velg nb, nn eller en.
error-unreadable = Forespørselen kunne ikke leses: { $reason }

## Problems: a title, and what to do
problem-not-found = Finnes ikke
problem-not-found-detail = Det er ingenting her, eller lenken er brukt opp.
problem-method-not-allowed = Metoden passer ikke
problem-method-not-allowed-detail = Adressen finnes, men ikke med denne metoden.
problem-not-signed-in = Ikke innlogget
problem-not-signed-in-detail = Logg inn først.
problem-forbidden = Ingen tilgang
problem-forbidden-detail = Rollen din gir ikke tilgang til dette. Be en administrator om en rolle som gjør det.
problem-cross-site = Avvist
problem-cross-site-detail = Endringer tas bare imot fra våre egne sider, eller fra et program som sender application/json til /api/.
problem-malformed = Kunne ikke leses
problem-malformed-detail = Innholdet er ikke slik det skal være; se errors.
problem-unsupported-media = Feil slags innhold
problem-unsupported-media-detail = Send application/json.
problem-too-large = For stort
problem-too-large-detail = Send høyst 1 MiB.
problem-invalid = Noe må rettes
problem-invalid-detail = Ingenting er lagret. Rett feltene som er nevnt, og send på nytt.
problem-stale = Noen andre har endret dette
problem-stale-detail = Det er nå versjon { $current } som gjelder. Se hva som er endret, og send på nytt med den versjonen.
problem-too-many = For mange forsøk
problem-too-many-detail = Vent { $seconds } sekunder, og prøv igjen.
problem-internal = Noe gikk galt hos oss
problem-internal-detail = Feilen er skrevet i loggen. Prøv igjen om litt.

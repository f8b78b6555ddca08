## Passkeys: on the own account, and at the door
passkey-own = Passnøklar
passkey-lead = Med ein passnøkkel loggar du inn med fingeravtrykk, ansikt eller PIN på di eiga eining. Han er både passord og kode på éin gong, og inga falsk side kan lure han frå deg.
passkey-name = Namn
passkey-made = Lagd til
passkey-used = Sist brukt
passkey-unused = Ikkje brukt
passkey-add = Legg til passnøkkel
passkey-another = Legg til ein til
passkey-no-script = Passnøklar treng ein nettlesar som kjenner dei, og at skript er slått på.
passkey-no-password = Du loggar inn gjennom innlogginga til verksemda. Passnøklar er for den som òg har passord her.
passkey-no-https = Passnøklar verkar berre der adressa byrjar med https:// eller er localhost. Sei frå til den som driftar varsel.
passkey-failed-add = Nettlesaren laga ingen passnøkkel. Prøv igjen, og stadfest på eininga når ho spør.
passkey-failed = Nettlesaren viste ingen passnøkkel. Prøv igjen, eller logg inn med passord.
passkey-sign-in = Logg inn med passnøkkel
passkey-or = Eller bruk ein passnøkkel
passkey-show-first = Du har ein passnøkkel. Logg inn med han for å kome vidare.
passkey-remove = Fjern
passkey-remove-help = Passnøkkelen sluttar å verke, og du blir logga ut alle andre stader. Slett han på eininga òg.
passkey-remove-save = Fjern passnøkkelen
passkey-reset = Får du eit nytt passord, blir passnøklane dine fjerna. Legg dei til på nytt under kontoen din.
signin-field-passkey_password = Passordet ditt
signin-done-passkey_added = Passnøkkelen er lagd til.
signin-done-passkey_removed = Passnøkkelen er fjerna, og du er logga ut alle andre stader.

## What can be wrong
error-passkey_unnamed = Gi passnøkkelen eit namn, så du kjenner han att.
error-passkey_name_too_long = Namnet er for langt. Bruk høgst 60 teikn.
error-passkey_refused = Passnøkkelen blei ikkje godteken. Prøv igjen, eller logg inn med passord.
problem-passkey-too-many = For mange passnøklar
problem-passkey-too-many-detail = Du har 20 passnøklar. Fjern ein du ikkje bruker, først.
problem-passkey-needs-password = Passnøkkel utan passord
problem-passkey-needs-password-detail = Du loggar inn gjennom innlogginga til verksemda. Passnøklar er for den som òg har passord her.
problem-passkey-needs-https = Passnøklar verkar ikkje her
problem-passkey-needs-https-detail = Passnøklar verkar berre der adressa byrjar med https:// eller er localhost.
problem-passkey-first = Logg inn med passnøkkelen først
problem-passkey-first-detail = Du har ein passnøkkel, og passordet åleine er ikkje nok til å leggje til noko nytt.

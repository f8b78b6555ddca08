## Passkeys: on the own account, and at the door
passkey-own = Passnøkler
passkey-lead = Med en passnøkkel logger du inn med fingeravtrykk, ansikt eller PIN på din egen enhet. Den er både passord og kode på én gang, og ingen falsk side kan lure den fra deg.
passkey-name = Navn
passkey-made = Lagt til
passkey-used = Sist brukt
passkey-unused = Ikke brukt
passkey-add = Legg til passnøkkel
passkey-another = Legg til en til
passkey-no-script = Passnøkler trenger en nettleser som kjenner dem, og at skript er slått på.
passkey-no-password = Du logger inn gjennom virksomhetens egen innlogging. Passnøkler er for den som også har passord her.
passkey-no-https = Passnøkler virker bare der adressen begynner med https:// eller er localhost. Si fra til den som drifter varsel.
passkey-failed-add = Nettleseren lagde ingen passnøkkel. Prøv igjen, og bekreft på enheten når den spør.
passkey-failed = Nettleseren viste ingen passnøkkel. Prøv igjen, eller logg inn med passord.
passkey-sign-in = Logg inn med passnøkkel
passkey-or = Eller bruk en passnøkkel
passkey-show-first = Du har en passnøkkel. Logg inn med den for å komme videre.
passkey-remove = Fjern
passkey-remove-help = Passnøkkelen slutter å virke, og du blir logget ut alle andre steder. Slett den på enheten også.
passkey-remove-save = Fjern passnøkkelen
passkey-reset = Får du et nytt passord, blir passnøklene dine fjernet. Legg dem til på nytt under kontoen din.
signin-field-passkey_password = Passordet ditt
signin-done-passkey_added = Passnøkkelen er lagt til.
signin-done-passkey_removed = Passnøkkelen er fjernet, og du er logget ut alle andre steder.

## What can be wrong
error-passkey_unnamed = Gi passnøkkelen et navn, så du kjenner den igjen.
error-passkey_name_too_long = Navnet er for langt. Bruk høyst 60 tegn.
error-passkey_refused = Passnøkkelen ble ikke godtatt. Prøv igjen, eller logg inn med passord.
problem-passkey-too-many = For mange passnøkler
problem-passkey-too-many-detail = Du har 20 passnøkler. Fjern en du ikke bruker, først.
problem-passkey-needs-password = Passnøkkel uten passord
problem-passkey-needs-password-detail = Du logger inn gjennom virksomhetens egen innlogging. Passnøkler er for den som også har passord her.
problem-passkey-needs-https = Passnøkler virker ikke her
problem-passkey-needs-https-detail = Passnøkler virker bare der adressen begynner med https:// eller er localhost.
problem-passkey-first = Logg inn med passnøkkelen først
problem-passkey-first-detail = Du har en passnøkkel, og passordet alene er ikke nok til å legge til noe nytt.

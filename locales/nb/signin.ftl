## The own account
signin-account = Kontoen din
signin-password = Bytt passord
signin-password-lead = Når passordet er byttet, blir du logget ut alle andre steder.
signin-password-save = Bytt passord
signin-field-old = Passordet du har nå
signin-field-password = Nytt passord
signin-field-password-help = Minst { $min } tegn. En setning du husker, er bedre enn rare tegn.
signin-field-again = Det nye passordet en gang til
signin-field-off_password = Passordet ditt
signin-field-code = Kode
signin-done-password = Passordet er byttet, og du er logget ut alle andre steder.
signin-done-ended = Økten er avsluttet.
signin-done-others = Du er logget ut alle andre steder.
signin-done-factor_on = Kode på telefonen er slått på.
signin-done-factor_off = Kode på telefonen er slått av.

## The second factor
signin-factor = Kode på telefonen
signin-factor-lead = Med en app på telefonen trengs det både passord og en kode som skifter hvert halve minutt. Da hjelper det ingen å få tak i passordet alene.
signin-factor-app = Du trenger en app som lager slike koder. De fleste passordhåndterere kan det, og det finnes mange gratis autentiseringsapper.
signin-factor-begin = Slå på
signin-factor-on = Slått på
signin-factor-must = Virksomheten krever dette av alle, så det kan ikke slås av.
signin-factor-needed = Virksomheten krever kode på telefonen eller passnøkkel av alle. Velg en av dem for å komme videre.
signin-factor-draw = Vis koden som skal skannes
signin-factor-scan = 1. Skann med appen
signin-factor-scan-help = Åpne appen på telefonen, velg å legge til en konto, og rett kameraet mot bildet.
signin-factor-drawing = Bilde som appen på telefonen leser
signin-factor-by-hand = Går det ikke å skanne? Skriv denne nøkkelen i appen:
signin-factor-confirm = 2. Skriv koden appen viser
signin-factor-confirm-save = Slå på
signin-factor-off = Slå av
signin-factor-off-help = Da er passordet alene nok. Du blir logget ut alle andre steder.
signin-factor-off-save = Slå av kode på telefonen
signin-recovery = Gjenopprettingskoder
signin-recovery-help = Mister du telefonen, kommer du inn med en av disse i stedet for koden. Hver av dem virker én gang. Skriv dem ut eller legg dem i en passordhåndterer nå: de vises ikke igjen.
signin-recovery-copy = Kopier kodene
signin-recovery-kept = Jeg har tatt vare på dem
signin-recovery-left = { $n ->
    [0] Alle gjenopprettingskodene er brukt. Lag nye.
    [one] Du har én gjenopprettingskode igjen.
   *[other] Du har { $n } gjenopprettingskoder igjen.
    }
signin-recovery-again = Lag nye gjenopprettingskoder
signin-recovery-again-help = De gamle slutter å virke. Skriv koden appen viser nå.
signin-recovery-again-save = Lag nye koder

## Sessions
signin-sessions = Her er du logget inn
signin-sessions-lead = Kjenner du ikke igjen en av dem, avslutt den og bytt passord.
signin-session-browser = Nettleser
signin-session-unknown = Ukjent
signin-session-address = Adresse
signin-session-began = Logget inn
signin-session-seen = Sist brukt
signin-session-this = Denne
signin-session-end = Avslutt
signin-sessions-end = Logg ut alle andre steder
signin-ends = Økten går ut om kort tid:
signin-ended = Du er logget ut. Det du har skrevet på denne siden, ligger fortsatt her.
signin-ends-renew = Forleng økten
signin-renew = Forleng økten
signin-renew-help = Skriv passordet ditt igjen. Det du holder på med, blir ikke borte.
signin-renew-save = Forleng
signin-renewed = Økten er forlenget
signin-renewed-help = Du er logget inn til { $when }. Du kan lukke denne siden og gå tilbake til det du holdt på med.

## The second step and the forgotten password
signin-code = Kode fra telefonen
signin-code-help = Skriv de seks sifrene appen viser, eller en av gjenopprettingskodene.
signin-code-lost = Har du verken telefonen eller gjenopprettingskodene? En administrator kan slå av koden for deg.
signin-forgot = Glemt passord
signin-forgot-link = Glemt passordet?
signin-forgot-help = Skriv e-postadressen du logger inn med, så sender vi en lenke som gir deg nytt passord.
signin-forgot-save = Send lenken
signin-forgot-sent = Finnes det en konto med denne adressen, er en lenke på vei dit. Den virker én gang, i én time. Kommer den ikke, se i søppelposten eller spør en administrator.
mail-invitation = Velkommen til varsel
mail-new-password = Nytt passord i varsel
mail-forgotten = Glemt passord i varsel
message-kind-invitation = Invitasjon
message-kind-new-password = Nytt passord
message-kind-forgotten = Glemt passord

## What administrators do
signin-person = Innlogging
signin-person-sessions = { $n ->
    [0] Ikke logget inn noe sted.
    [one] Logget inn ett sted.
   *[other] Logget inn { $n } steder.
    }
signin-person-out = Logg ut alle steder
signin-person-factor = Har kode på telefonen. Er både telefonen og gjenopprettingskodene borte, kan koden slås av, så personen kommer inn med passordet alene. Vær sikker på at det er rett person som spør.
signin-person-no-factor = Har ikke kode på telefonen.
signin-person-reset = Slå av kode på telefonen
people-done-mailed = Lenken er sendt på e-post til personen.
people-done-signed_out = Personen er logget ut alle steder.
people-done-factor_reset = Kode på telefonen er slått av for personen.
signin-rules = Innlogging
signin-rules-lead = Hvor lenge en økt varer, og om alle må ha kode på telefonen eller passnøkkel.
signin-rules-save = Lagre
signin-done-rules = Reglene for innlogging er lagret.
signin-field-idle_minutes = Minutter uten bruk før økten går ut
signin-field-idle_minutes-help = Fra { $from } til { $to }. Hver gang noen bruker varsel, begynner tiden på nytt.
signin-field-absolute_hours = Timer før alle må logge inn på nytt
signin-field-absolute_hours-help = Fra { $from } til { $to }, også for den som er i gang hele tiden. Den som skriver, får beskjed i tide og kan forlenge uten å miste noe.
signin-field-second_factor = Kode på telefonen
signin-field-second_factor-help = Kreves den av alle, må den som ikke har den, slå den på før noe annet kan gjøres.
signin-demand-off = For dem som velger det
signin-demand-all = Kreves av alle

## What can be wrong
error-password_common = Passordet er for lett å gjette: det er lite annet enn vanlige ord, årstall eller taster som ligger ved siden av hverandre. En setning bare du kan finne på, er bedre.
error-password_wrong = Dette er ikke passordet ditt.
error-password_as_before = Dette er passordet du har fra før. Velg et nytt.
error-code_wrong = Koden passer ikke, eller den er brukt. Vent til appen viser en ny, og skriv den.
error-code_missing = Denne kontoen har kode på telefonen. Send den i code.
error-recovery_code_wrong = Gjenopprettingskoden passer ikke, eller den er brukt før.
error-outside_bounds = Skriv et helt tall fra { $from } til { $to }.
error-idle_above_absolute = Tiden uten bruk kan ikke være lengre enn hele økten.
problem-second-factor-needed = Kode på telefonen eller passnøkkel mangler
problem-second-factor-needed-detail = Virksomheten krever kode på telefonen eller passnøkkel av alle. Velg en av dem under kontoen din først.
problem-second-factor-on = Koden er slått på allerede
problem-second-factor-on-detail = Slå den av først hvis du skal bytte telefon.
problem-second-factor-not-begun = Ikke begynt
problem-second-factor-not-begun-detail = Vis koden som skal skannes, og prøv igjen.
problem-second-factor-must-stay = Du må ha en andre faktor
problem-second-factor-must-stay-detail = Virksomheten krever kode på telefonen eller passnøkkel av alle.

## The own account
signin-account = Kontoen din
signin-password = Byt passord
signin-password-lead = Når passordet er bytt, blir du logga ut alle andre stader.
signin-password-save = Byt passord
signin-field-old = Passordet du har no
signin-field-password = Nytt passord
signin-field-password-help = Minst { $min } teikn. Ei setning du hugsar, er betre enn rare teikn.
signin-field-again = Det nye passordet ein gong til
signin-field-off_password = Passordet ditt
signin-field-code = Kode
signin-done-password = Passordet er bytt, og du er logga ut alle andre stader.
signin-done-ended = Økta er avslutta.
signin-done-others = Du er logga ut alle andre stader.
signin-done-factor_on = Kode på telefonen er slått på.
signin-done-factor_off = Kode på telefonen er slått av.

## The second factor
signin-factor = Kode på telefonen
signin-factor-lead = Med ein app på telefonen trengst det både passord og ein kode som skifter kvart halve minutt. Då hjelper det ingen å få tak i passordet åleine.
signin-factor-app = Du treng ein app som lagar slike kodar. Dei fleste passordhandterarar kan det, og det finst mange gratis autentiseringsappar.
signin-factor-begin = Slå på
signin-factor-on = Slått på
signin-factor-must = Verksemda krev dette av alle, så det kan ikkje slåast av.
signin-factor-needed = Verksemda krev kode på telefonen eller passnøkkel av alle. Vel ein av dei for å kome vidare.
signin-factor-draw = Vis koden som skal skannast
signin-factor-scan = 1. Skann med appen
signin-factor-scan-help = Opne appen på telefonen, vel å leggje til ein konto, og rett kameraet mot biletet.
signin-factor-drawing = Bilete som appen på telefonen les
signin-factor-by-hand = Går det ikkje å skanne? Skriv denne nøkkelen i appen:
signin-factor-confirm = 2. Skriv koden appen viser
signin-factor-confirm-save = Slå på
signin-factor-off = Slå av
signin-factor-off-help = Då er passordet åleine nok. Du blir logga ut alle andre stader.
signin-factor-off-save = Slå av kode på telefonen
signin-recovery = Gjenopprettingskodar
signin-recovery-help = Mistar du telefonen, kjem du inn med ein av desse i staden for koden. Kvar av dei verkar éin gong. Skriv dei ut eller legg dei i ein passordhandterar no: dei blir ikkje viste igjen.
signin-recovery-copy = Kopier kodane
signin-recovery-kept = Eg har teke vare på dei
signin-recovery-left = { $n ->
    [0] Alle gjenopprettingskodane er brukte. Lag nye.
    [one] Du har éin gjenopprettingskode att.
   *[other] Du har { $n } gjenopprettingskodar att.
    }
signin-recovery-again = Lag nye gjenopprettingskodar
signin-recovery-again-help = Dei gamle sluttar å verke. Skriv koden appen viser no.
signin-recovery-again-save = Lag nye kodar

## Sessions
signin-sessions = Her er du logga inn
signin-sessions-lead = Kjenner du ikkje att ei av dei, avslutt henne og byt passord.
signin-session-browser = Nettlesar
signin-session-unknown = Ukjend
signin-session-address = Adresse
signin-session-began = Logga inn
signin-session-seen = Sist brukt
signin-session-this = Denne
signin-session-end = Avslutt
signin-sessions-end = Logg ut alle andre stader
signin-ends = Økta går snart ut:
signin-ended = Du er logga ut. Det du har skrive på denne sida, ligg framleis her.
signin-ends-renew = Forleng økta
signin-renew = Forleng økta
signin-renew-help = Skriv passordet ditt på nytt. Det du held på med, blir ikkje borte.
signin-renew-save = Forleng
signin-renewed = Økta er forlengd
signin-renewed-help = Du er logga inn til { $when }. Du kan lukke denne sida og gå tilbake til det du heldt på med.

## The second step and the forgotten password
signin-code = Kode frå telefonen
signin-code-help = Skriv dei seks sifra appen viser, eller ein av gjenopprettingskodane.
signin-code-lost = Har du verken telefonen eller gjenopprettingskodane? Ein administrator kan slå av koden for deg.
signin-forgot = Gløymt passord
signin-forgot-link = Gløymt passordet?
signin-forgot-help = Skriv e-postadressa du loggar inn med, så sender vi ei lenkje som gir deg nytt passord.
signin-forgot-save = Send lenkja
signin-forgot-sent = Finst det ein konto med denne adressa, er ei lenkje på veg dit. Ho verkar éin gong, i éin time. Kjem ho ikkje, sjå i søppelposten eller spør ein administrator.
mail-invitation = Velkomen til varsel
mail-new-password = Nytt passord i varsel
mail-forgotten = Gløymt passord i varsel
message-kind-invitation = Invitasjon
message-kind-new-password = Nytt passord
message-kind-forgotten = Gløymt passord

## What administrators do
signin-person = Innlogging
signin-person-sessions = { $n ->
    [0] Ikkje logga inn nokon stad.
    [one] Logga inn éin stad.
   *[other] Logga inn { $n } stader.
    }
signin-person-out = Logg ut alle stader
signin-person-factor = Har kode på telefonen. Er både telefonen og gjenopprettingskodane borte, kan koden slåast av, så personen kjem inn med passordet åleine. Ver sikker på at det er rett person som spør.
signin-person-no-factor = Har ikkje kode på telefonen.
signin-person-reset = Slå av kode på telefonen
people-done-mailed = Lenkja er send på e-post til personen.
people-done-signed_out = Personen er logga ut alle stader.
people-done-factor_reset = Kode på telefonen er slått av for personen.
signin-rules = Innlogging
signin-rules-lead = Kor lenge ei økt varer, og om alle må ha kode på telefonen eller passnøkkel.
signin-rules-save = Lagre
signin-done-rules = Reglane for innlogging er lagra.
signin-field-idle_minutes = Minutt utan bruk før økta går ut
signin-field-idle_minutes-help = Frå { $from } til { $to }. Kvar gong nokon bruker varsel, byrjar tida på nytt.
signin-field-absolute_hours = Timar før alle må logge inn på nytt
signin-field-absolute_hours-help = Frå { $from } til { $to }, også for den som er i gang heile tida. Den som skriv, får beskjed i tide og kan forlengje utan å miste noko.
signin-field-second_factor = Kode på telefonen
signin-field-second_factor-help = Blir han kravd av alle, må den som ikkje har han, slå han på før noko anna kan gjerast.
signin-demand-off = For dei som vel det
signin-demand-all = Krav til alle

## What can be wrong
error-password_common = Passordet er for lett å gjette: det er lite anna enn vanlege ord, årstal eller tastar som ligg ved sida av kvarandre. Ei setning berre du kan finne på, er betre.
error-password_wrong = Dette er ikkje passordet ditt.
error-password_as_before = Dette er passordet du har frå før. Vel eit nytt.
error-code_wrong = Koden passar ikkje, eller han er brukt. Vent til appen viser ein ny, og skriv han.
error-code_missing = Denne kontoen har kode på telefonen. Send han i code.
error-recovery_code_wrong = Gjenopprettingskoden passar ikkje, eller han er brukt før.
error-outside_bounds = Skriv eit heilt tal frå { $from } til { $to }.
error-idle_above_absolute = Tida utan bruk kan ikkje vere lengre enn heile økta.
problem-second-factor-needed = Kode på telefonen eller passnøkkel manglar
problem-second-factor-needed-detail = Verksemda krev kode på telefonen eller passnøkkel av alle. Vel ein av dei under kontoen din først.
problem-second-factor-on = Koden er slått på allereie
problem-second-factor-on-detail = Slå han av først om du skal byte telefon.
problem-second-factor-not-begun = Ikkje byrja
problem-second-factor-not-begun-detail = Vis koden som skal skannast, og prøv på nytt.
problem-second-factor-must-stay = Du må ha ein andre faktor
problem-second-factor-must-stay-detail = Verksemda krev kode på telefonen eller passnøkkel av alle.

## What an action on a case can have wrong
error-use_moments = Dette tidspunktet endres ikke i forbifarten. Oppgi det på nytt med begrunnelse under /moments; det gamle blir stående.
error-use_severity = Alvorlighetsgraden settes med begrunnelse under /severity.
error-use_risk = Risikoen settes med begrunnelse under /risk.
error-use_submission = Det som er sendt, føres under /duties/…/submission.
error-set_by_program = Dette feltet settes av programmet selv.
error-in_future = Tidspunktet ligger i framtiden. Oppgi når det skjedde.
error-which_controller = Plikten gjelder flere behandlingsansvarlige. Oppgi hvilken med «for»: { $expected }.
error-version_missing = Oppgi hvilken versjon du så sist, i If-Match eller version, så ingen skriver over noen andre.
error-version_unreadable = Versjonen er ikke et helt tall.
error-key_used = Nøkkelen er brukt før med et annet innhold. Bruk en ny nøkkel.
error-key_unreadable = Nøkkelen må ha 1 til 255 synlige tegn.
error-limit_out_of_range = Oppgi et tall fra 1 til 100.
error-cursor_unknown = Denne sidemarkøren er ikke fra oss. Begynn på nytt uten den.
error-nothing_possible = ingen andre plikter
error-covers_twice = Plikten er allerede med i denne sendingen. Ta den bort.
error-covers_no_duty = «{ $given }» er ingen plikt. Samme varsel kan også oppfylle: { $duties }.
error-covers_not_open = Plikten er ikke åpen, så det er ingenting å oppfylle. Samme varsel kan også oppfylle: { $duties }.
error-covers_other_recipient = Plikten gjelder en annen mottaker og kan ikke oppfylles av dette varselet. Samme varsel kan også oppfylle: { $duties }.

## Why something cannot be done now
problem-closed = Hendelsen er lukket
problem-closed-detail = Åpne hendelsen igjen før du endrer den.
problem-not-closed = Hendelsen er åpen
problem-not-closed-detail = Bare en lukket hendelse kan åpnes igjen.
problem-duty-not-open = Plikten er ikke åpen
problem-duty-not-open-detail = Bare en plikt som er påkrevd eller uavklart, kan avgjøres eller svares på.
problem-open-duties = Hendelsen har åpne plikter
problem-open-duties-detail = Hendelsen kan ikke lukkes før disse er oppfylt eller avgjort: { $duties }.

## What an action on a case can have wrong
error-use_moments = Dette tidspunktet blir ikkje endra i forbifarten. Oppgje det på nytt med grunngjeving under /moments; det gamle blir ståande.
error-use_severity = Alvorsgraden blir sett med grunngjeving under /severity.
error-use_risk = Risikoen blir sett med grunngjeving under /risk.
error-use_submission = Det som er sendt, blir ført under /duties/…/submission.
error-set_by_program = Dette feltet set programmet sjølv.
error-in_future = Tidspunktet ligg i framtida. Oppgje når det skjedde.
error-which_controller = Plikta gjeld fleire behandlingsansvarlege. Oppgje kven med «for»: { $expected }.
error-version_missing = Oppgje kva versjon du såg sist, i If-Match eller version, så ingen skriv over nokon andre.
error-version_unreadable = Versjonen er ikkje eit heiltal.
error-key_used = Nøkkelen er brukt før med eit anna innhald. Bruk ein ny nøkkel.
error-key_unreadable = Nøkkelen må ha 1 til 255 synlege teikn.
error-limit_out_of_range = Oppgje eit tal frå 1 til 100.
error-cursor_unknown = Denne sidemarkøren er ikkje frå oss. Byrj på nytt utan han.
error-nothing_possible = ingen andre plikter
error-covers_twice = Plikta er alt med i denne sendinga. Ta ho bort.
error-covers_no_duty = «{ $given }» er inga plikt. Same varsel kan òg oppfylle: { $duties }.
error-covers_not_open = Plikta er ikkje open, så det er ingenting å oppfylle. Same varsel kan òg oppfylle: { $duties }.
error-covers_other_recipient = Plikta gjeld ein annan mottakar og kan ikkje oppfyllast av dette varselet. Same varsel kan òg oppfylle: { $duties }.

## Why something cannot be done now
problem-closed = Hendinga er lukka
problem-closed-detail = Opne hendinga igjen før du endrar henne.
problem-not-closed = Hendinga er open
problem-not-closed-detail = Berre ei lukka hending kan opnast igjen.
problem-duty-not-open = Plikta er ikkje open
problem-duty-not-open-detail = Berre ei plikt som er påkravd eller uavklart, kan avgjerast eller svarast på.
problem-open-duties = Hendinga har opne plikter
problem-open-duties-detail = Hendinga kan ikkje lukkast før desse er oppfylte eller avgjorde: { $duties }.

## Comments, tasks, and who else is on the page
comments = Kommentarer
comments-lead = Det dere sier til hverandre om hendelsen. Kommentarene er bare for dem som ser hendelsen, og følger aldri med til Datatilsynet.
comments-here = Det som er sagt
comments-none = Ingen har kommentert hendelsen.
comments-older = Eldre kommentarer
comments-newest = De nyeste kommentarene
comments-open = { $n ->
    [0] Kommentarer
    [one] Se kommentaren
   *[other] Se alle kommentarene ({ $n })
    }
comment-add = Skriv en kommentar
comment-help = Skriv @ og navnet for å si fra til noen. Ikke skriv passord eller kunders personopplysninger.
comment-words = Kommentar
comment-done = Kommentaren er lagt til.
comment-save = Legg til kommentaren
comment-tell = Si fra til noen
comment-tell-help = De får en e-post. Bare de som ser hendelsen, står her.
comment-correct = Rett
comment-correct-title = Rett kommentaren
comment-correct-help = Rettelsen legges til som en ny kommentar i stedet for den gamle. Den gamle kan fortsatt leses.
comment-correct-save = Lagre rettelsen
comment-corrected = rettet
comment-earlier = Slik stod det før
comment-was = rettet siden
comment-gone = Teksten er fjernet.
error-mention_unknown = Minst en av dem er ikke her eller ser ikke hendelsen. Velg blant dem i listen.
problem-comment-not-yours = Kommentaren er ikke din
problem-comment-not-yours-detail = Bare den som skrev en kommentar, kan rette den. Skriv heller en ny.
problem-comment-replaced = Kommentaren er allerede rettet
problem-comment-replaced-detail = Rett den nyeste utgaven.
tasks = Oppgaver
tasks-lead = Hvem som gjør hva, og når det skal være gjort. Den som får en oppgave, får en e-post, og en påminnelse når tiden er ute.
tasks-to-do = Å gjøre
tasks-none = Ingen oppgaver er åpne.
tasks-done = Gjort
tasks-own = Mine oppgaver
tasks-own-lead = Det du har tatt på deg eller fått, på tvers av hendelsene. Det som haster mest, står først.
tasks-own-none = Du har ingen åpne oppgaver.
tasks-open = { $n ->
    [0] Oppgaver
    [one] Se oppgaven
   *[other] Se alle oppgavene ({ $n })
    }
task-add = Legg til en oppgave
task-change = Endre
task-change-save = Lagre oppgaven
task-saved = Oppgaven er lagret.
task-finish = Merk som gjort
task-reopen = Ta opp igjen
task-due = Innen
task-over = Over tiden
task-done-at = Gjort
task-was-done = Gjort av { $by } { $when }
task-was-reopened = Tatt opp igjen av { $by } { $when }
task-gone = Teksten er fjernet.
task-stale = Noen andre har endret oppgaven. Ingenting er lagret ennå.
task-left = Disse oppgavene er fortsatt åpne: { $tasks }.
task-still-open = Disse oppgavene er fortsatt åpne. Hendelsen kan lukkes likevel; oppgavene blir stående.
page-field-todo = Hva skal gjøres?
page-field-doer = Hvem gjør det?
page-field-due = Innen når?
page-field-due-help = Kan stå tomt. Personen får én påminnelse når tiden er ute.
error-task_owner = Personen er ikke her, ser ikke hendelsen eller arbeider ikke med hendelser. Velg en annen.
problem-tasks-full = Hendelsen har for mange åpne oppgaver
problem-tasks-full-detail = Gjør ferdig noen av de hundre som er åpne, før du legger til flere.
problem-task-done = Oppgaven er allerede gjort
problem-task-done-detail = Ta den opp igjen før du endrer den.
problem-task-open = Oppgaven er allerede åpen
problem-task-open-detail = Bare en oppgave som er gjort, kan tas opp igjen.
problem-task-not-yours = Oppgaven er ikke din
problem-task-not-yours-detail = Bare den som har oppgaven, eller den som arbeider med hendelser, kan merke den som gjort.
presence-others = { $n ->
        [one] { $names } har også hendelsen åpen nå.
       *[other] { $names } har også hendelsen åpen nå.
    }
stale-mine = Bruk det jeg skrev
stale-theirs = Behold det som står
stale-help = Velg for hvert felt hva som skal gjelde. Alt du skrev, er med, også i feltene dere ikke er uenige om.
stale-save = Lagre med disse valgene
mail-remark = Noe er lagt til i en melding ({ $reference })
mail-mention = Du er nevnt i en kommentar ({ $reference })
mail-task = Du har fått en oppgave ({ $reference })
mail-task-due = Tiden er ute for en oppgave ({ $reference })
message-kind-remark = Tillegg til en melding
message-kind-mention = Nevnt i en kommentar
message-kind-task = Ny oppgave
message-kind-task-due = Oppgave over tiden
audit-what-comment-added = Kommenterte hendelsen
audit-what-task-added = La til en oppgave
audit-what-task-changed = Endret en oppgave
audit-what-task-done = Merket en oppgave som gjort
audit-what-task-reopened = Tok opp igjen en oppgave
audit-subject-comments = kommentarer
audit-subject-tasks = oppgaver
audit-field-comment = Kommentar
audit-field-replaces = Retter
audit-field-due-at = Innen
audit-field-done-at = Gjort
retention-comments = Kommentarer på hendelser
retention-comments-help = Tre år etter lukking, som for berørte. At noen kommenterte, og når, blir stående.
retention-tasks = Oppgaver i hendelser
retention-tasks-help = Tre år etter lukking. Hvem som hadde en oppgave, og når den ble gjort, blir stående.
retention-count-comments = { $n ->
        [one] én kommentar
       *[other] { $n } kommentarer
    }
retention-count-tasks = { $n ->
        [one] én oppgave
       *[other] { $n } oppgaver
    }
audit-field-post = Postadresse
audit-field-categories = Opplysningstyper
inquiry-affected = Register over berørte
inquiry-affected-stays = Navn og adresse kan slettes når personen er varslet eller ikke vil varsles. At noen ble varslet, når og hvordan, må stå (artikkel 5 nr. 2 og 33 nr. 5).
inquiry-comments = Kommentarer
inquiry-comments-stays = Teksten kan slettes. At noen kommenterte, og når, må stå.
inquiry-reports = Kontakten til dem som meldte fra
inquiry-reports-stays = Kontakten kan slettes. Hva personen meldte, og hvilken konto det ble gjort fra, må stå (artikkel 33 nr. 5).
inquiry-tasks = Oppgaver
inquiry-tasks-stays = Teksten kan slettes når oppgaven er gjort. Hvem som hadde den, må stå.

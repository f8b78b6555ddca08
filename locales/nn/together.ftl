## Comments, tasks, and who else is on the page
comments = Kommentarar
comments-lead = Det de seier til kvarandre om hendinga. Kommentarane er berre for dei som ser hendinga, og følgjer aldri med til Datatilsynet.
comments-here = Det som er sagt
comments-none = Ingen har kommentert hendinga.
comments-older = Eldre kommentarar
comments-newest = Dei nyaste kommentarane
comments-open = { $n ->
    [0] Kommentarar
    [one] Sjå kommentaren
   *[other] Sjå alle kommentarane ({ $n })
    }
comment-add = Skriv ein kommentar
comment-help = Skriv @ og namnet for å seie frå til nokon. Ikkje skriv passord eller personopplysningar om kundar.
comment-words = Kommentar
comment-done = Kommentaren er lagd til.
comment-save = Legg til kommentaren
comment-tell = Sei frå til nokon
comment-tell-help = Dei får ein e-post. Berre dei som ser hendinga, står her.
comment-correct = Rett
comment-correct-title = Rett kommentaren
comment-correct-help = Rettinga blir lagd til som ein ny kommentar i staden for den gamle. Den gamle kan framleis lesast.
comment-correct-save = Lagre rettinga
comment-corrected = retta
comment-earlier = Slik stod det før
comment-was = retta sidan
comment-gone = Teksten er fjerna.
error-mention_unknown = Minst éin av dei er ikkje her eller ser ikkje hendinga. Vel mellom dei i lista.
problem-comment-not-yours = Kommentaren er ikkje din
problem-comment-not-yours-detail = Berre den som skreiv ein kommentar, kan rette han. Skriv heller ein ny.
problem-comment-replaced = Kommentaren er retta alt
problem-comment-replaced-detail = Rett den nyaste utgåva.
tasks = Oppgåver
tasks-lead = Kven som gjer kva, og når det skal vere gjort. Den som får ei oppgåve, får ein e-post, og ei påminning når tida er ute.
tasks-to-do = Å gjere
tasks-none = Ingen oppgåver er opne.
tasks-done = Gjort
tasks-own = Mine oppgåver
tasks-own-lead = Det du har teke på deg eller fått, på tvers av hendingane. Det som hastar mest, står først.
tasks-own-none = Du har ingen opne oppgåver.
tasks-open = { $n ->
    [0] Oppgåver
    [one] Sjå oppgåva
   *[other] Sjå alle oppgåvene ({ $n })
    }
task-add = Legg til ei oppgåve
task-change = Endre
task-change-save = Lagre oppgåva
task-saved = Oppgåva er lagra.
task-finish = Merk som gjord
task-reopen = Ta opp att
task-due = Innan
task-over = Over tida
task-done-at = Gjord
task-was-done = Gjord av { $by } { $when }
task-was-reopened = Teken opp att av { $by } { $when }
task-gone = Teksten er fjerna.
task-stale = Nokon annan har endra oppgåva. Ingenting er lagra enno.
task-left = Desse oppgåvene er framleis opne: { $tasks }.
task-still-open = Desse oppgåvene er framleis opne. Hendinga kan lukkast likevel; oppgåvene blir ståande.
page-field-todo = Kva skal gjerast?
page-field-doer = Kven gjer det?
page-field-due = Innan når?
page-field-due-help = Kan stå tomt. Personen får éi påminning når tida er ute.
error-task_owner = Personen er ikkje her, ser ikkje hendinga eller arbeider ikkje med hendingar. Vel ein annan.
problem-tasks-full = Hendinga har for mange opne oppgåver
problem-tasks-full-detail = Gjer ferdig nokre av dei hundre som er opne, før du legg til fleire.
problem-task-done = Oppgåva er gjord alt
problem-task-done-detail = Ta ho opp att før du endrar ho.
problem-task-open = Oppgåva er open alt
problem-task-open-detail = Den som er open, kan ikkje takast opp att.
problem-task-not-yours = Oppgåva er ikkje di
problem-task-not-yours-detail = Berre den som har oppgåva, eller den som arbeider med hendingar, kan merke ho som gjord.
presence-others = { $n ->
        [one] { $names } har òg hendinga open no.
       *[other] { $names } har òg hendinga open no.
    }
stale-mine = Bruk det eg skreiv
stale-theirs = Behald det som står
stale-help = Vel for kvart felt kva som skal gjelde. Alt du skreiv, er med, òg i felta de ikkje er usamde om.
stale-save = Lagre med desse vala
mail-remark = Noko er lagt til i ei melding ({ $reference })
mail-mention = Du er nemnd i ein kommentar ({ $reference })
mail-task = Du har fått ei oppgåve ({ $reference })
mail-task-due = Tida er ute for ei oppgåve ({ $reference })
message-kind-remark = Tillegg til ei melding
message-kind-mention = Nemnd i ein kommentar
message-kind-task = Ny oppgåve
message-kind-task-due = Oppgåve over tida
audit-what-comment-added = Kommenterte hendinga
audit-what-task-added = La til ei oppgåve
audit-what-task-changed = Endra ei oppgåve
audit-what-task-done = Merkte ei oppgåve som gjord
audit-what-task-reopened = Tok opp att ei oppgåve
audit-subject-comments = kommentarar
audit-subject-tasks = oppgåver
audit-field-comment = Kommentar
audit-field-replaces = Rettar
audit-field-due-at = Innan
audit-field-done-at = Gjord
retention-comments = Kommentarar på hendingar
retention-comments-help = Tre år etter lukking, som for dei råka. At nokon kommenterte, og når, blir ståande.
retention-tasks = Oppgåver i hendingar
retention-tasks-help = Tre år etter lukking. Kven som hadde ei oppgåve, og når ho vart gjord, blir ståande.
retention-count-comments = { $n ->
        [one] éin kommentar
       *[other] { $n } kommentarar
    }
retention-count-tasks = { $n ->
        [one] éi oppgåve
       *[other] { $n } oppgåver
    }
audit-field-post = Postadresse
audit-field-categories = Opplysningstypar
inquiry-affected = Register over dei råka
inquiry-affected-stays = Namn og adresse kan slettast når personen er varsla eller ikkje vil varslast. At nokon vart varsla, når og korleis, må stå (artikkel 5 nr. 2 og 33 nr. 5).
inquiry-comments = Kommentarar
inquiry-comments-stays = Teksten kan slettast. At nokon kommenterte, og når, må stå.
inquiry-reports = Kontakten til dei som melde frå
inquiry-reports-stays = Kontakten kan slettast. Kva personen melde, og kva konto det vart gjort frå, må stå (artikkel 33 nr. 5).
inquiry-tasks = Oppgåver
inquiry-tasks-stays = Teksten kan slettast når oppgåva er gjord. Kven som hadde ho, må stå.

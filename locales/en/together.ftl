## Comments, tasks, and who else is on the page
comments = Comments
comments-lead = What you say to each other about the incident. Comments are only for those who see the incident, and never go to Datatilsynet.
comments-here = What was said
comments-none = Nobody has commented on the incident.
comments-older = Older comments
comments-newest = The newest comments
comments-open = { $n ->
    [0] Comments
    [one] See the comment
   *[other] See all comments ({ $n })
    }
comment-add = Write a comment
comment-help = Write @ and the name to tell somebody. Do not write passwords or customers' personal data.
comment-words = Comment
comment-done = The comment is added.
comment-save = Add the comment
comment-tell = Tell somebody
comment-tell-help = They get an e-mail. Only those who see the incident are listed.
comment-correct = Correct
comment-correct-title = Correct the comment
comment-correct-help = The correction is added as a new comment in the place of the old one. The old one can still be read.
comment-correct-save = Save the correction
comment-corrected = corrected
comment-earlier = What it said before
comment-was = corrected since
comment-gone = The text was removed.
error-mention_unknown = At least one of them is not here or does not see the incident. Choose from the list.
problem-comment-not-yours = The comment is not yours
problem-comment-not-yours-detail = Only whoever wrote a comment can correct it. Write a new one instead.
problem-comment-replaced = The comment has been corrected already
problem-comment-replaced-detail = Correct the newest version of it.
tasks = Tasks
tasks-lead = Who does what, and by when. Whoever is given a task gets an e-mail, and a reminder when time is up.
tasks-to-do = To do
tasks-none = No tasks are open.
tasks-done = Done
tasks-own = My tasks
tasks-own-lead = What you took on or were given, across incidents. The most urgent comes first.
tasks-own-none = You have no open tasks.
tasks-open = { $n ->
    [0] Tasks
    [one] See the task
   *[other] See all tasks ({ $n })
    }
task-add = Add a task
task-change = Change
task-change-save = Save the task
task-saved = The task is saved.
task-finish = Mark as done
task-reopen = Take up again
task-due = By
task-over = Over time
task-done-at = Done
task-was-done = Done by { $by } { $when }
task-was-reopened = Taken up again by { $by } { $when }
task-gone = The text was removed.
task-stale = Somebody else changed the task. Nothing is saved yet.
task-left = These tasks are still open: { $tasks }.
task-still-open = These tasks are still open. The incident can be closed all the same; the tasks stay.
page-field-todo = What is to be done?
page-field-doer = Who does it?
page-field-due = By when?
page-field-due-help = May be left empty. The person gets one reminder when time is up.
error-task_owner = The person is not here, does not see the incident or does not work on incidents. Choose somebody else.
problem-tasks-full = The incident has too many open tasks
problem-tasks-full-detail = Finish some of the hundred that are open before you add more.
problem-task-done = The task is done already
problem-task-done-detail = Take it up again before you change it.
problem-task-open = The task is open already
problem-task-open-detail = One that is open cannot be taken up again.
problem-task-not-yours = The task is not yours
problem-task-not-yours-detail = Only whoever has the task, or works on incidents, can mark it as done.
presence-others = { $n ->
        [one] { $names } also has the incident open now.
       *[other] { $names } also have the incident open now.
    }
stale-mine = Use what I typed
stale-theirs = Keep what stands
stale-help = Choose for each field what shall hold. Everything you typed is kept, in the fields you do not disagree about too.
stale-save = Save with these choices
mail-remark = A report has been added to ({ $reference })
mail-mention = You were mentioned in a comment ({ $reference })
mail-task = You were given a task ({ $reference })
mail-task-due = Time is up for a task ({ $reference })
message-kind-remark = Addition to a report
message-kind-mention = Mentioned in a comment
message-kind-task = New task
message-kind-task-due = Task over time
audit-what-comment-added = Commented on the incident
audit-what-task-added = Added a task
audit-what-task-changed = Changed a task
audit-what-task-done = Marked a task as done
audit-what-task-reopened = Took a task up again
audit-subject-comments = comments
audit-subject-tasks = tasks
audit-field-comment = Comment
audit-field-replaces = Corrects
audit-field-due-at = By
audit-field-done-at = Done
retention-comments = Comments on incidents
retention-comments-help = Three years after closing, as for the affected. That somebody commented, and when, stays.
retention-tasks = Tasks in incidents
retention-tasks-help = Three years after closing. Who had a task, and when it was done, stays.
retention-count-comments = { $n ->
        [one] one comment
       *[other] { $n } comments
    }
retention-count-tasks = { $n ->
        [one] one task
       *[other] { $n } tasks
    }
audit-field-post = Postal address
audit-field-categories = Categories of data
inquiry-affected = Registers of the affected
inquiry-affected-stays = Name and address can be erased once the person has been told or does not want to be. That somebody was told, when and how, must stay (art. 5(2) and 33(5)).
inquiry-comments = Comments
inquiry-comments-stays = The text can be erased. That somebody commented, and when, must stay.
inquiry-reports = How to reach those who reported
inquiry-reports-stays = How to reach the person can be erased. What was reported, and by which account, must stay (Article 33(5)).
inquiry-tasks = Tasks
inquiry-tasks-stays = The text can be erased when the task is done. Who had it must stay.

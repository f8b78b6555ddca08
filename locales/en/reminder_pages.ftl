## The reminders of an incident
page-reminders = Reminders
page-reminders-help = What varsel has said, to whom, what you answered, and when the next reminder comes.
page-reminders-open = See the reminders
page-reminders-lead = What varsel has said, to whom, what you answered, and when the next reminder comes. An answer applies to the reminder only. The duty stays open until it is done or settled.
page-reminders-none = No duty is open, and nobody was reminded of anything.
page-reminders-more = { $n ->
    [one] One more duty is not shown here. Go to it from its card on the page of the incident.
   *[other] { $n } more duties are not shown here. Go to them from their cards on the page of the incident.
    }
page-reminders-to-duty = Go to the duty
page-reminders-no-deadline = Without a deadline
page-reminders-not-yet = Nothing has been said yet.
page-reminders-before = Before the deadline or the state changed
page-reminders-next = Next reminder
page-reminders-next-now = in a moment
page-reminders-next-to = It goes to { $circle }: { $names }.
page-reminders-next-unanswered = It goes to more people because nobody has answered.
page-reminders-next-again = The snooze ends then.
page-reminders-nobody = nobody can be reached
page-reminders-told = Told to { $circle }: { $names }.
page-reminders-told-nobody = Meant for { $circle }, but { $names }.
page-reminders-late = { $span } late
page-reminders-again = The snooze had ended.
page-reminders-further = Nobody answered, so it went to more people.
page-reminders-seen-by = Seen by { $by }
page-reminders-snoozed-by = Snoozed until { $when } by { $by }
page-reminders-seen = Seen
page-reminders-seen-help = Silences this reminder. The next step comes all the same.
page-reminders-snooze = Remind me again in …
page-reminders-snooze-alone = Remind me again
page-reminders-snooze-save = Remind me then
page-reminders-bound = No later than { $when }, when the next step comes.
page-reminders-done-seen = “{ $duty }”: the reminder is seen. The duty is still open.
page-reminders-done-snoozed = “{ $duty }”: the reminder is snoozed until { $when }.
page-reminders-done-next = The next reminder comes { $when }.
page-field-until = At a time of your choice

## Who is told
circle-owner = the owner
circle-team = the team
circle-management = the team and management

## The page of the ladders
page-ladders = Reminder steps
page-ladders-lead = When you are reminded of a duty, and who is reminded. Changes apply at once to every open duty.
page-ladders-circles = The owner is whoever owns the incident, or else whoever logged it. The team is privacy or operations, depending on what the duty concerns. Each circle also gets what the smaller one gets.
page-ladders-done = The steps are saved. Every open duty follows them from now on.
page-ladders-stands = As it is now:
page-ladders-save = Save the steps
page-ladders-idle = Duties without a deadline
page-ladders-idle-help = Only the owner is reminded of them.
page-ladders-defaults = Back to the defaults
page-ladders-defaults-help = Sets every ladder, and the duties without a deadline, back to how they were at first. What you have now stays in the history.
page-ladders-defaults-save = Set everything back to the defaults
page-ladders-are-defaults = Everything is set to the defaults.
page-ladders-never = Nobody has saved any steps yet. The defaults apply.
page-ladder-hours72 = The law’s deadlines above four hours
page-ladder-hours72-help = Such as the 72 hours to Datatilsynet.
page-ladder-minutes30 = The law’s deadlines of four hours or less
page-ladder-minutes30-help = Such as the 30 minutes to Nkom.
page-ladder-target_long = Own targets above four hours
page-ladder-target_long-help = Where the law says “without undue delay” and the number is your own.
page-ladder-target_short = Own targets of four hours or less
page-ladder-target_short-help = Where the law says “at once” and the number is your own.
page-ladder-at-once = at once
page-ladder-at-deadline = at the deadline
page-ladder-then-every = then every { $span }
page-ladder-unanswered = If nobody answers for { $span }, it goes to more people.
page-ladder-never = never
page-ladder-first = Who gets the first one, as soon as the duty arises?
page-ladder-rungs = Steps before the deadline
page-ladder-rungs-help = How long before, and who gets it. 0 is the deadline itself. Clear the time to remove a step. The steps are put in order for you.
page-ladder-rung = Step { $n }
page-ladder-minutes_before = Time before the deadline
page-ladder-circle = Who
page-ladder-again_every = After the deadline, every
page-ladder-again = After the deadline, to whom
page-ladder-unanswered_after = If nobody answers within
page-ladder-unanswered_after-help = The reminder then goes to a larger circle. Empty or 0 means never.
page-ladder-idle_every = Remind every
page-ladder-unit = Unit
unit-minutes = minutes
unit-hours = hours
unit-days = days

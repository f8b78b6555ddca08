## Days on which people are not at work
holiday-new-years-day = New Year's Day
holiday-maundy-thursday = Maundy Thursday
holiday-good-friday = Good Friday
holiday-easter-sunday = Easter Sunday
holiday-easter-monday = Easter Monday
holiday-first-of-may = Labour Day
holiday-constitution-day = Constitution Day
holiday-ascension = Ascension Day
holiday-whit-sunday = Whit Sunday
holiday-whit-monday = Whit Monday
holiday-christmas-day = Christmas Day
holiday-second-christmas-day = Boxing Day
reminder-day-off = Note: this falls on a day off ({ $day }) and does not move. Agree now on who will do it.
reminder-odd-hour = Note: this falls outside working hours (08:00–16:00). Agree now on who will do it.

## Subjects; a small first letter is made large where it stands first
reminder-subject = { $left }: { $what }
reminder-subject-head = { $head }: { $what }, { $left }
reminder-head-late = (Late reminder)
reminder-head-unanswered = nobody has answered
reminder-head-again = snoozed until now
reminder-head-moved = new deadline
reminder-head-moved-target = new target
reminder-head-confirmed = now settled
reminder-head-reopened = open again
reminder-head-settle = settle
reminder-digest = { $n } { $dated ->
    [all] deadlines, the nearest
   *[some] duties, the nearest deadline
    } in { $span }: { $what }
reminder-digest-over = { $n } { $dated ->
    [all] deadlines
   *[some] duties
    }, { $over } OVERDUE: { $what }
reminder-digest-without = { $n } open duties without a deadline

## How long is left, as a phrase and as a sentence
reminder-phrase-left-deadline = { $span } left
reminder-phrase-now-deadline = DUE NOW
reminder-phrase-over-deadline = { $span } OVERDUE
reminder-phrase-left-target = { $span } to our own target
reminder-phrase-now-target = OUR OWN TARGET IS NOW
reminder-phrase-over-target = { $span } past our own target
reminder-phrase-none = no deadline
reminder-sentence-left-deadline = { $span } left.
reminder-sentence-now-deadline = The deadline is now.
reminder-sentence-over-deadline = The deadline passed { $span } ago.
reminder-sentence-left-target = { $span } left to our own target.
reminder-sentence-now-target = Our own target is now.
reminder-sentence-over-target = Our own target passed { $span } ago.

## Whose deadline it is
reminder-whose-law = This is the law's deadline. It runs day and night and does not move for weekends or holidays.
reminder-whose-law-over = That was the law's deadline, and the duty still holds. Do it now.
reminder-whose-law-over-open = That was the law's deadline. Settle now whether the duty holds.
reminder-whose-order = The deadline is set in an order from the authority.
reminder-whose-contract = The deadline stands in the contract with the customer.
reminder-whose-before = The law requires this to be done beforehand.
reminder-whose-target = This is our own target, not the law's deadline. The rule says “{ $kind }” and has no number.
reminder-without-fixed = The deadline cannot be computed yet. State the moment that the clock runs from.
reminder-without-immediate = This must be done at once. Our own target cannot be computed until you state the moment that the clock runs from.
reminder-without-without_undue_delay = This must be done without undue delay. Our own target cannot be computed until you state the moment that the clock runs from.
reminder-without-before = This must be done beforehand.
reminder-without-none = The duty has no deadline, but must be met before the incident can be closed.

## Why the reminder comes as it does
reminder-why-late = This reminder is late. It should have come on { $when }, { $span } ago.
reminder-why-missed = These reminders never came: { $steps }.
reminder-why-team = Nobody has answered the reminder, so it now goes to the whole team.
reminder-why-management = Nobody has answered the reminder, so it now goes to management too.
reminder-why-again = The reminder was snoozed until now, and the duty is still open.
reminder-why-moved = The time has moved. It was { $from }.
reminder-why-dated = The time is now known.
reminder-why-without = The time that held before, { $from }, no longer does.
reminder-why-confirmed = It is now settled that this must be done.
reminder-why-reopened = The duty had been answered, but the answer no longer holds.
reminder-why-already = Time had already run out when this became clear.
reminder-step-at-once = as soon as the duty arose
reminder-step-at-deadline = at the deadline
reminder-step-before = { $span } before the deadline
reminder-step-over = reminder { $n } after the deadline
reminder-step-idle = reminder { $n } without a deadline
reminder-more = { $n } more

## The simple text, for when a template fails
reminder-plain-lead = The usual text could not be made, so this is a simpler one with the same information. Tell whoever runs varsel.
reminder-plain-do = MUST BE DONE: { $words }
reminder-plain-settle = MUST BE SETTLED: { $words }
reminder-plain-incident = Incident: { $words }
reminder-plain-deadline = Deadline: { $words }
reminder-plain-target = Our own target: { $words }
reminder-plain-recipient = Recipient: { $recipient }. Channel: { $channel }.
reminder-plain-basis = Basis: { $words }
reminder-plain-facts = This settles it: { $words }
reminder-plain-told = The reminder goes to: { $words }
reminder-plain-next = Next reminder if nobody answers: { $words }
reminder-plain-link = Answer, snooze or record it as done: { $words }
reminder-plain-written = Written on { $when }.
reminder-short-deadline = Deadline { $when } Norwegian time
reminder-short-target = Own target { $when } Norwegian time

## The weekly summary
summary-subject = The week: { $parts }
summary-open = { $n ->
    [0] no open incidents
    [one] 1 open incident
   *[other] { $n } open incidents
    }
summary-overdue = { $n ->
    [0] no duties overdue
    [one] 1 duty OVERDUE
   *[other] { $n } duties OVERDUE
    }
summary-coming = { $n ->
    [0] no deadlines in the next seven days
    [one] 1 deadline in the next seven days
   *[other] { $n } deadlines in the next seven days
    }
summary-severity = { $level }: { $n }
summary-past-deadline = { $span } after the deadline
summary-past-target = { $span } after our own target
summary-more = and { $n } more

## Faults in the ladders
error-no_rungs = The ladder must have at least one rung.
error-too_many_rungs = The ladder can have at most { $expected } rungs, not { $given }.
error-rung_not_falling = Rungs stand in the order in which they come: { $given } minutes before cannot follow { $before } minutes before.

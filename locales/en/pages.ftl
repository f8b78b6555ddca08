## The frame of every page
page-skip = Skip to content
page-menu = Menu
page-incidents = Incidents
page-log = New incident
page-sign-out = Sign out
page-not-advice = varsel works out duties and deadlines from what you have written. A person decides.
page-first-administrator-help = Make the account that runs varsel. The link works once.
page-put-right = Put this right before you go on
page-forget = Discard it
kept-when = Brought back: you typed this { $at }, and it has not been sent.
kept-unsure = It was sent, but the server has not said that it took it. See whether it arrived before you send it again.
kept-away = The server does not answer. What you typed is kept. Try again in a while.
kept-beside = Others changed this while you were typing. The field holds what applies now. You typed:
kept-take = Use mine
unsent-mark = Not sent
unsent-title = You have typed something that has not been sent
unsent-help = It is only in this browser, for seven days, and is shown to nobody but you when you are signed in. On a machine that others use, do not leave anything about persons behind.
unsent-keep = Keep it and sign out
unsent-drop = Discard all and sign out
unsent-stay = Stay here

## Forms
page-yes = Yes
page-no = No
page-dont-know = Don’t know
page-not-claimed = Not claimed
page-none-of-these = None of these
page-list-is-empty = None
page-list-none = The list is empty: none to enter
page-row = No. { $n }
page-row-new = Add another (may be left empty)
page-now = Now
page-norwegian-time = Norwegian time
page-which-hour = The clocks go back that night, so this time occurs twice. Which do you mean?
page-zone-first = The first, in summer time (UTC+2)
page-zone-second = The second, in standard time (UTC+1)
error-local_not_a_time = “{ $given }” is not a date and time. Write both, as in 23.10.2026 14:10.
error-local_twice = { $given } occurs twice because the clocks go back. Choose which one you mean.
error-local_skipped = { $given } does not exist: the clocks go forward that night. Choose an hour before or after.
page-field-sent_at = When was it sent?
page-field-channel = How?
page-field-reference = The recipient’s reference
page-field-reference-help = Case number, receipt or the name of the officer you spoke to. May be left empty.
page-field-complete = Has everything been sent?
page-complete-yes = Yes, the notification is complete
page-complete-no = No, more will follow
page-field-covers = The same notice also covers
page-field-covers-help = Other open duties with the same recipient. Tick only those that the notice really answered; each is recorded on its own.
page-field-answer = What is the decision?
page-field-reason = Reason
page-field-reason-help = It stays in the history together with your name.
page-field-at = Date and time
page-field-level = Our judgement

## Logging
page-log-title = New incident
page-log-lead = Write what you know now. Everything can be corrected and completed afterwards.
page-kind-availability = Availability: Are services down or unstable?
page-kind-security_breach = Security: Has anyone gained access they should not have, or is anything lost?
page-kind-breach = Personal data: Are they exposed, altered, lost or unavailable?
page-what-kind = What is it about?
page-what-kind-help = Answer all three. “Don’t know” is a good answer: varsel then keeps the duties open until you know.
page-log-rest = More, if you know it
page-log-save = Log it and see who must be told
page-log-by = Logged by { $name }

## The list
page-search = Search texts and references
page-filter = Show
page-clear = Clear
page-filter-status = Status
page-filter-severity = Severity
page-filter-risk = Risk
page-any-status = Open and closed
page-any-severity = Any severity
page-any-risk = Any risk
page-status-open = Open
page-status-closed = Closed
page-open-cases = Open incidents
page-closed-cases = Closed incidents
page-next-deadline = Nearest deadline:
page-no-deadline = No deadline is running
page-closed = Closed
page-counts-required = { $n } to do
page-counts-open = { $n } not settled
page-counts-done = { $n } fulfilled
page-counts-none = No duties
page-older = Older incidents
page-no-match = No incidents match
page-no-match-help = Try fewer filters, or search for three letters of the title or the reference.
page-none-yet = No incidents yet
page-none-yet-help = When something happens, log it here. varsel says at once who must be told, by when and why. Near misses are worth logging too.

## The head of an incident
page-severity-is = Severity: { $level }
page-severity-may-rise = Severity: { $level }, may rise to { $highest }
page-risk-unlikely = Risk to persons: unlikely
page-risk-risk = Risk to persons: yes
page-risk-high = Risk to persons: high
page-risk-undetermined = Risk to persons: not settled
page-level-may-rise = { $level }, may rise to { $highest }
page-risk-between = For now between “{ $lowest }” and “{ $highest }”
page-state-open = { $open ->
    [0] { $required } to do now.
   *[other] { $required } to do now, { $open } not settled.
    }
page-state-undecided = { $open ->
    [one] Nothing is certain yet: one duty is not settled.
   *[other] Nothing is certain yet: { $open } duties are not settled.
    }
page-state-done = No open duties.
page-state-closed = Closed by { $by } on { $when }: { $reason }
page-opened = Logged by { $by } on { $when }
page-on-this-page = On this page
page-done-logged = The incident is logged. Below: who must be told, and what we must know first.
page-done-saved = Saved
page-done-stated = The moment is recorded
page-done-sent = The sending is recorded
page-done-settled = The decision is recorded
page-done-overruled = The judgement is recorded
page-done-closed = The incident is closed
page-done-reopened = The incident is open again

## Duties
page-duties = Who must be told?
page-duties-required = Must be done
page-duties-undetermined = Not settled
page-duties-undetermined-help = The clock runs for these too. Answer the questions, or settle the duty yourself with a reason.
page-duties-fulfilled = Done
page-duties-folded = Exempt, or settled as not required
page-duties-never = Does not apply to this incident
page-duties-never-help = The conditions are not met by what you have written. If the facts change, they are judged again.
page-no-open-duties = Nobody is left to be told.
page-duties-every = Show all
page-recipient = To
page-basis = Basis
page-decided-by = Decided by
page-and-more = and { $n } more
page-clock-due = { $kind }: { $when }
page-clock-target = { $kind }. Our own target: { $when }
page-clock-waits = { $kind }. The clock starts when you record “{ $fact }”.
page-clock-not-started = The clock has not started
page-clock-kind = { $kind }
page-why = Why?
page-explain = Explain the deadline
page-rule = The rule: { $basis }. In force from { $from }, last read { $read }. Rule book { $version }.
page-rule-unread = not verified
page-open-draft = Open the draft
page-record-sent = Record as sent
page-record-done = Record as done
page-sent-complete = Sent { $when }{ $how }, complete. Recorded by { $by }.
page-sent-in-part = Sent { $when }{ $how }, more to follow. Recorded by { $by }.
page-sent-reference = reference { $given }
page-act = Record as sent, or settle
page-settle = Settle the duty yourself
page-settle-help = Not telling is a decision. The questions and answers below are stored with the reason, as documentation under GDPR art. 33(5).
page-settle-unknown = Unknown now:
page-settle-known = The duty rests on:
page-settle-not-required = The duty does not apply
page-settle-required = The duty applies
page-settle-save = Save the decision
page-settled = Settled: { $answer }. { $by }, { $when }, rule book { $version }.
page-settled-asked = The questions and answers then
step-moment = The clock starts with “{ $fact }”.
step-moment-stated = The clock starts with “{ $fact }”, stated by { $by }, recorded { $when }.
step-moment-corrected = The clock starts with “{ $fact }”, stated by { $by }, recorded { $when }. The moment was corrected ({ $corrections }); the last one holds.
step-moment-mark = “{ $fact }” is { $when }. The clock of this duty starts { $span } later:
step-moment-unknown = The clock starts when “{ $fact }” is known.
step-rule = The day in Norway ({ $on }) selects the rule: { $basis }, in force from { $from }, rule book { $version }.
step-rule-now = The rule that applies: { $basis }, in force from { $from }, rule book { $version }.
step-deadline = The deadline ({ $kind }) is { $span } later, in elapsed time that never stops for nights, weekends or holidays:
step-deadline-none = The rule has no number: { $kind }.
step-deadline-absent = The rule sets no deadline.
step-target = Our own target is { $span } after the clock started:
step-also-reg_1182_71 = For information: counted by Regulation 1182/71 the period may end here. Use the strict deadline.
step-also-update = An update is due within { $span } after the clock started:
step-also-second_notice = The next notice after the first:
step-also-report = The report is due a month after the first notice:
step-settlement = Settled by { $by }: { $answer }.
step-submission = Sent, recorded by { $by }:

## Questions
page-questions = Next questions
page-questions-help = What decides most comes first. Answer what you know.
page-no-questions = No duty waits for an answer now.
page-more-questions = { $n ->
    [one] One more question can wait.
   *[other] { $n } more questions can wait.
    }
page-decides = { $n ->
    [one] Decides one duty
   *[other] Decides { $n } duties
    }
page-save-answer = Save answer
page-fill-in = Fill in under Facts

## Must the affected be told?
page-told = Must the affected be told?
page-told-yes = Yes
page-told-no = No
page-told-undetermined = Not settled
page-told-yes-help = These rules require it:
page-told-no-help = No rule requires it by what you know now.
page-told-undetermined-help = These rules may require it:
page-told-undecided = This decides it:

## Severity and risk
page-severity = Severity
page-risk = Risk to persons
page-could-change = This could change it
page-enisa = ENISA score:
page-enisa-help = Data times identifiability, plus circumstances. The number is one factor among several and does not decide alone.
page-enisa-dpc = Data (1–4)
page-enisa-ei = Identifiability (0.25–1)
page-enisa-cb = Circumstances (added)
page-overrule = Set another judgement
page-overrule-save = Save the judgement
page-follow-proposal = Follow the proposal again
page-proposed-was = Set by a person. The proposal is: { $level }.
page-overruled = { $by } set “{ $level }” on { $when }; the proposal was “{ $proposed }”.
page-overruled-withdrawn = { $by } went back to the proposal on { $when } (“{ $proposed }”).

## The four moments
page-moments = Awareness and other moments
page-moments-help = These moments start the deadlines. They are evidence: a correction is added beside what stood, and nothing is deleted.
page-moment-state = Record the moment
page-moment-correct = Correct the moment
page-moment-save = Save the moment
page-moment-withdraw = Withdraw the moment: it is not known after all
page-moment-withdrawn = Withdrawn
page-moment-history = Who said so, and why
page-moment-stated = Stated by { $by }, recorded { $when }
page-moment-at-logging = Stated when the incident was logged.

## Facts
page-facts = Facts
page-facts-help = What is known and what is unknown. Unknown is not the same as no.
page-group-count = { $known } known, { $unknown } unknown
page-edit = Edit
page-save-group = Save
page-cancel = Cancel
page-stale = Somebody else has changed the same. Nothing is saved yet.
page-stale-since = Somebody has changed the case since you opened the page. Nothing is saved yet.
page-stale-stood = Stood then
page-stale-since-help = Look over what has changed. What you wrote is in the form; if you save now, it rests on what stands now.
page-stale-fact = Field
page-stale-yours = You wrote
page-stale-theirs = Stands now
page-to-the-form = Go to the form
page-stale-help = What you wrote is in the form. If you save now, it stands. To keep what stands, correct the field or cancel.

## Drafts
page-drafts = Drafts
page-drafts-help = A first draft of each notification, filled from the facts, with a list of what is missing.
page-drafts-open = See the drafts
page-drafts-none = No duty needs a draft now.
page-drafts-lead = Read, correct and send it yourself, then record it as sent. Nothing is sent from here.
page-drafts-gaps = What is missing
page-drafts-no-gaps = Nothing is missing.
page-drafts-unset = Details of the company that are not set: { $names }
page-drafts-language = Language of the draft
page-drafts-subject = Subject
page-copy = Copy the text
page-copy-short = Copy
page-copied = Copied
page-back-to-incident = Back to the incident
page-company-name = name
page-company-org_number = organisation number
page-company-contact_name = contact person
page-company-contact_email = the contact’s e-mail
page-company-contact_phone = the contact’s telephone
page-company-dpo_name = data protection officer
page-company-dpo_email = the data protection officer’s e-mail
page-company-telephone = telephone

## Timeline
page-timeline = Timeline
page-consequences = What followed
line-incident-logged = Logged the incident
line-facts-changed = Changed facts
line-moment-stated = Recorded “{ $fact }”: { $when }
line-moment-withdrawn = Withdrew “{ $fact }”
line-severity-overruled = Set the severity to “{ $level }”; the proposal was “{ $proposed }”
line-severity-withdrawn = Went back to the proposed severity (“{ $proposed }”)
line-risk-overruled = Set the risk to “{ $level }”; the proposal was “{ $proposed }”
line-risk-withdrawn = Went back to the proposed risk (“{ $proposed }”)
line-duty-settled = Settled “{ $duty }”: { $answer }
line-submission-recorded = Recorded as sent: { $duty }, { $when }
line-assessment-made = Assessed again
line-assessment-renewed = Assessed again because time passed
line-by-itself = by itself
line-incident-closed = Closed the incident
line-incident-reopened = Reopened the incident
line-severity-now = The severity is now “{ $level }”.
line-risk-now = The risk to persons is now “{ $level }”.
line-due = Due { $when }.
line-duty-opened = { $duty }: { $state }.
line-duty-confirmed = { $duty }: { $state }, now for certain.
line-duty-loosened = { $duty }: { $state } again.
line-duty-moved = { $duty }: the deadline has moved ({ $state }).
line-duty-fulfilled = { $duty }: { $state }.
line-duty-exempted = { $duty }: { $state }.
line-duty-lifted = { $duty }: { $state } any more.
line-duty-settled-by-person = { $duty }: { $state }, settled by a person.
line-duty-reopened = { $duty }: { $state } again.

## The end
page-closure = Close the incident
page-closure-help = Close it when everything is told or settled. It can be opened again.
page-closure-open = These duties are still open, and the incident cannot be closed until they are done or settled:
page-reopening = Reopen the incident
page-reopening-help = Facts can be changed and duties settled while the incident is open.

## Citations: words that differ between the languages
cite-nkom-procedure = Nkom’s procedure for notices
cite-privacy-statement = the privacy statement
cite-classes = SMB Mobil: severity classes
cite-paragraph-1-3 = first and third paragraph
cite-paragraph-1 = first paragraph
cite-paragraph-2 = second paragraph
cite-paragraph-3 = third paragraph
cite-sentence-2 = second sentence
cite-letter = letter
cite-section = section
cite-nkom-form = Nkom’s form
cite-updated = (updated notice)
cite-normalised = (normalised)
cite-regulation = Regulation (EU)
cite-number = (number of individuals)
cite-consequences = (severity of consequences)
cite-nature = (nature and sensitivity)
cite-trusted = (trusted recipient)
cite-exfiltration = (exfiltration by an attacker)
cite-template-field = template field
cite-band-very-high = band very high
cite-band-high = band high
cite-recital = recital
cite-annex-b = annex B
cite-cases = cases
cite-case = case
cite-and = and
cite-gdpr = GDPR

## The audit trail
page-audit = Audit trail
audit-lead = Everything that was done, and each time somebody took out personal data. Nothing here can be changed or deleted without a trace.
audit-q = Words in the particulars
audit-from = From
audit-until = To
audit-person = Who
audit-what = Act
audit-subject = About
audit-cursor = Page
audit-anybody = Anybody
audit-anything = Any act
audit-at-address = from
audit-about = About:
audit-withheld = The particulars are not shown, because you have no access to the incident.
audit-particulars = Particulars
audit-more = { $n ->
        [one] One more is in the export.
       *[other] { $n } more are in the export.
    }
audit-none = No entries match.
audit-none-so-far = No entries match so far.
audit-go-on = Search on before entry { $n }
audit-older = Older entries
audit-export = Export
audit-export-help = The export follows the search above. The lines of JSON can be checked by themselves: “varsel audit check FILE”. That it was taken out is entered in the trail.
audit-export-jsonl = Download as lines of JSON
audit-export-csv = Download as CSV
audit-check = Check
audit-check-help = The whole trail is read, and each entry is held against the one before. The head is the last entry: whoever keeps it can show later whether the trail was written anew.
audit-check-now = Check the trail now
audit-head-now = The head now:
audit-public-key = Public key (Ed25519):
audit-no-key = The head is not signed, for VARSEL_SIGNING_KEY is missing.
audit-holds = { $n ->
        [one] The trail is whole: one entry.
       *[other] The trail is whole: { $n } entries.
    }
audit-broken = The trail is broken. The first entry that is wrong is { $entry }. There are { $n } in all.
audit-head-subject = varsel: the audit trail on { $day } ({ $n } entries)
audit-head-subject-broken = varsel: THE AUDIT TRAIL IS BROKEN, { $day }
message-kind-audit-head = The head of the audit trail
trouble-audit-chain = The audit trail is broken ({ $detail }). Keep the database as it is.

## What it was done to, where that is no incident and no person
audit-subject-settings = the settings
audit-subject-ladders = the reminders
audit-subject-retention = retention
audit-subject-audit = the audit trail
audit-subject-audit-head = the audit trail
audit-subject-request = a person's request
audit-subject-first-administrator = the first administrator
audit-subject-mail = e-mail
audit-subject-nobody = no known account
audit-subject-messages = messages
audit-subject-traces = traces of signing in
audit-subject-accounts = accounts of people who have left

## Every act in words
audit-what-account-added = Added a person
audit-what-account-changed = Changed a person
audit-what-account-left = Noted that a person has left
audit-what-account-made = Made the first account
audit-what-account-returned = Took a person back
audit-what-assessment-made = Assessed the incident again
audit-what-assessment-renewed = Assessed the incident again because time had passed
audit-what-audit-checked = Read the audit trail through
audit-what-audit-exported = Exported the audit trail
audit-what-audit-verified = Checked the audit trail
audit-what-backup-made = Made a backup
audit-what-channel-changed = Changed a channel
audit-what-channel-made = Made a channel
audit-what-channel-secret-drawn = Drew a new signing secret
audit-what-channel-switched = Switched a channel on or off
audit-what-channel-tried = Tried a channel
audit-what-duty-settled = Settled a duty
audit-what-facts-changed = Changed facts of the incident
audit-what-incident-closed = Closed the incident
audit-what-incident-logged = Logged the incident
audit-what-incident-reopened = Reopened the incident
audit-what-ladders-saved = Saved the reminders
audit-what-link-made = Made a one-time link
audit-what-link-used = Used a one-time link
audit-what-message-resent = Sent a message again
audit-what-moment-stated = Stated a moment
audit-what-owner-changed = Changed the owner
audit-what-password-set = Chose a password
audit-what-affected-again = Sent again to affected persons of whom nobody knows whether they were told
audit-what-affected-answered = Recorded that an affected person was told otherwise or declined
audit-what-affected-bounced = Took in a report that letters did not arrive
audit-what-affected-brought = Read affected persons in from a file
audit-what-affected-counted = Recorded numbers of affected persons
audit-what-affected-decided = Decided who must be told
audit-what-affected-read = Read data of affected persons
audit-what-affected-removed = Removed a file of affected persons
audit-what-attachment-added = Attached a file
audit-what-attachment-read = Fetched an attachment
audit-what-attachment-removed = Removed an attachment
audit-what-dossier-read = Fetched the dossier
audit-what-machine-made = Made a machine account
audit-what-machine-retired = Retired a machine account
audit-what-notice-approved = Approved a text
audit-what-notice-contact = Recorded where a business customer is told
audit-what-notice-queued = Queued a notice
audit-what-notice-saved = Saved a text
audit-what-passkey-added = Added a passkey
audit-what-passkey-removed = Removed a passkey
audit-what-passkeys-removed = Removed the passkeys
audit-what-password-changed = Changed the password
audit-what-password-forgotten = Asked for a link for a forgotten password
audit-what-readers-everybody = Opened the incident to everybody
audit-what-readers-named = Restricted who sees the incident
audit-what-readers-passed_on = Passed on who sees the incident, as nobody was left
audit-what-report-remarked = Added to the own report
audit-what-roles-changed = Roles changed by the identity provider
audit-what-sessions-ended = Ended sessions
audit-what-token-made = Made an access token
audit-what-token-revoked = Revoked an access token
audit-what-wave-approved = Approved a wave
audit-what-wave-begun = Started a wave
audit-what-wave-changed = Changed a wave
audit-what-wave-done = A wave was completed
audit-what-wave-made = Made a wave
audit-what-wave-paused = Paused a wave
audit-what-recovery-code-used = Used a recovery code
audit-what-recovery-codes-made = Made new recovery codes
audit-what-second-factor-refused = Wrong code of the second factor
audit-what-sign-in-saved = Saved the rules for signing in
audit-what-reminder-seen = Acknowledged a reminder
audit-what-reminder-snoozed = Snoozed a reminder
audit-what-request-erased = Erased data about a person
audit-what-request-exported = Exported what was found about a person
audit-what-request-searched = Searched for a person's request
audit-what-retention-held = Held the incident back from removal
audit-what-retention-released = Released the incident for removal
audit-what-retention-removed = Removed personal data after their time
audit-what-retention-saved = Saved the retention periods
audit-what-risk-overruled = Decided the risk
audit-what-session-begun = Signed in
audit-what-session-ended = Signed out
audit-what-session-refused = Was refused at sign-in
audit-what-settings-changed = Assessed the incident by new settings
audit-what-settings-saved = Saved the settings
audit-what-severity-overruled = Decided the severity
audit-what-submission-recorded = Recorded a submission

## The names of particulars
audit-field-name = Name
audit-field-email = E-mail
audit-field-phone = Telephone
audit-field-language = Language
audit-field-roles = Roles
audit-field-left-at = Left
audit-field-recipient = Receiver
audit-field-circle = Circle
audit-field-about = Hears of
audit-field-kind = Kind
audit-field-enabled = Switched on
audit-field-route = Address and secrets
audit-field-duty = Duty
audit-field-for = For
audit-field-step = Step
audit-field-until = Until
audit-field-state = State
audit-field-owner = Owner
audit-field-from = From
audit-field-to = To
audit-field-level = Level
audit-field-proposed = Proposed
audit-field-reason = Reason
audit-field-version = Version
audit-field-head = Head
audit-field-broken = Fault
audit-field-receivers = Receivers
audit-field-format = Format
audit-field-search = Search
audit-field-asked = Searched for
audit-field-hits = Hits
audit-field-removed = Removed
audit-field-months = Months
audit-field-messages = Messages
audit-field-traces = Traces of signing in
audit-field-accounts = Accounts
audit-field-head-to = The head goes to
audit-field-head-channels = The head goes by channels
audit-field-key = Key
audit-field-by = By
audit-field-subject = Subject
audit-field-text = Text
audit-field-reply = Answer
audit-field-moment = Moment
audit-field-value = Value
audit-field-consequences = Consequences
audit-field-title = Title
audit-field-settings = Settings
audit-field-covers = Also covers
audit-field-sent-at = Sent
audit-field-channel = Channel
audit-field-reference = Reference
audit-field-complete = Complete
audit-field-answer = Answer

## How long personal data are kept
page-retention = Retention
retention-lead = Personal data in varsel go when they are no longer needed (GDPR art. 5(1)(e)). That happens by itself, once a day.
retention-months = How long
retention-months-help = Time is counted from the closing of the incident, or from when the data came about where they belong to no incident. The proposals are ours; you must judge yourselves what you need.
retention-usual = Proposal: { $n } months.
retention-unit = months
retention-stays = What happened, what was decided and why, and how many were affected stays: breaches must be documented (GDPR art. 33(5) and 5(2)). The names of those who worked on the case stay with it.
retention-messages = What messages say, and to whom they went
retention-messages-help = That a message went, when and which way, stays. A year after closing is enough to answer the authority and to review the incident.
retention-traces = Sessions, one-time links and answers to repeated requests
retention-traces-help = Three months are enough to look into misuse. That somebody signed in stays in the audit trail, which nothing is taken out of.
retention-accounts = E-mail and telephone of those who have left
retention-accounts-help = The name stays with what the person did and decided. Time is counted from the day the person left.
retention-affected = Data of affected persons
retention-affected-help = Three years after closing: as long as claims for damages under GDPR art. 82 can usually be raised (foreldelsesloven § 9). The number of affected persons stays.
retention-reports = Contact data of those who reported
retention-reports-help = A year after closing: there is no more need to ask them.
retention-attachments = Attachments
retention-attachments-help = Three years after closing. Name, size and checksum stay.
retention-count-messages = { $n ->
        [one] one message
       *[other] { $n } messages
    }
retention-count-traces = { $n ->
        [one] one trace of signing in
       *[other] { $n } traces of signing in
    }
retention-count-accounts = { $n ->
        [one] one account
       *[other] { $n } accounts
    }
retention-count-affected = { $n ->
        [one] one affected person
       *[other] { $n } affected persons
    }
retention-count-reports = { $n ->
        [one] the contact of one who reported
       *[other] the contacts of { $n } who reported
    }
retention-count-attachments = { $n ->
        [one] one attachment
       *[other] { $n } attachments
    }
retention-save = Save
retention-done-saved = The change is saved.
retention-done-held = Nothing of the incident goes until somebody releases it.
retention-done-released = The incident follows the retention periods again.
retention-head = Signed head of the audit trail
retention-head-help = Every morning the audit trail is read through, and the last entry is sent, signed, to those named here. With the head outside varsel it shows if the trail is written anew.
retention-head-to = E-mail addresses
retention-head-to-help = One on each line, best outside those who run varsel: the auditor, the board or an archive.
retention-head-channels = Channels
retention-holds = Held back
retention-holds-help = Where the data are needed longer, as in a dispute or before an authority, the incident is held back.
retention-holds-none = No incident is held back.
retention-hold = Hold an incident back
retention-release = Release
retention-reference = Reference of the incident, as 2026-0001
retention-reason = Reason
retention-version = Version
retention-coming = What goes in the next twelve months
retention-coming-help = By the periods that hold now. What is held back is not here.
retention-coming-none = Nothing is about to go.
line-retention-removed = Removed after its time: { $what }
line-retention-held = Held personal data back from removal
line-retention-released = Released personal data for removal

## A person's request
page-requests = Access and erasure
inquiry-lead = When somebody asks for access or erasure (GDPR art. 15 and 17): one search over everything that can hold persons, and one export. The search is entered in the audit trail, without the full name.
inquiry-sight = The search covers the incidents that you can see. Incidents restricted to others are searched by those who can see them.
inquiry-q = Name, e-mail or telephone
inquiry-q-help = Search several times: with the full name, the family name alone, the e-mail and the telephone.
inquiry-search = Search
inquiry-nothing = Nothing was found. Try another spelling.
inquiry-hidden = { $n ->
        [one] One more is in the export.
       *[other] { $n } more are in the export.
    }
inquiry-narrow = There are more than the search answers. Search for something more particular.
inquiry-export = Export
inquiry-export-help = Everything that was found, for whoever asks. Read it first: other people's data must not go along (art. 15(4)).
inquiry-export-lang = Language of the text
inquiry-export-text = Download as text
inquiry-export-json = Download as JSON
inquiry-erase = Erase what is chosen
inquiry-erase-help = What is ticked above goes and cannot be brought back. The rest must stay, for the reason given.
inquiry-erase-this = Erase this
inquiry-erase-now = Erase
inquiry-reason = Reason
inquiry-reason-help = For example the case number. Do not write the name: the reason stays.
inquiry-item = Chosen
inquiry-erased = { $n ->
        [one] One record was erased.
       *[other] { $n } records were erased.
    }
inquiry-letter-title = Data in varsel about “{ $q }”, { $when }
inquiry-letter-lead = varsel is used to handle security incidents and to notify authorities and affected persons. Below stands what was found, where, and why what must stay stays.
inquiry-accounts = Accounts
inquiry-accounts-stays = E-mail and telephone can be erased once the person has left. The name must stay with what the person did (art. 17(3)(b)).
inquiry-messages = Messages
inquiry-messages-stays = Receiver and text can be erased once the message has gone. That it went must stay.
inquiry-facts = Facts of incidents
inquiry-facts-stays = Must stay: breaches are to be documented (art. 33(5)), and what is written cannot be changed (art. 17(3)(b) and (e)).
inquiry-timeline = Timelines
inquiry-timeline-stays = Must stay: the timeline documents the breach (art. 33(5) and 17(3)(b) and (e)).
inquiry-reminders = Reminders
inquiry-reminders-stays = Must stay: it shows who was reminded of what and when (art. 5(2)).
inquiry-attempts = Answers of servers
inquiry-attempts-stays = Must stay: the answer shows whether a message arrived (art. 5(2)).
inquiry-channels = Channels
inquiry-channels-stays = Changed on the page of channels, when somebody else is to receive.
inquiry-settings = Settings
inquiry-settings-stays = The contact of today is changed on the page of settings. Older versions must stay: letters were written by them.
inquiry-audit = The audit trail
inquiry-audit-stays = Must stay: with anything taken out the trail proves nothing any more (art. 5(2) and 17(3)(b) and (e)).

## What is wrong
error-months_out_of_range = Write a whole number from 1 to { $expected }.
error-too_many_receivers = There can be { $expected } addresses here at most.
error-incident_unknown = No incident has this reference.
error-not_a_day = Write a day as 2026-11-25.
error-needle_too_short = Write at least three characters.
error-nothing_chosen = Tick what is to be erased.
problem-held-already = The incident is held back already
problem-held-already-detail = Removal is already stopped for this incident.
problem-not-held = The incident is not held back
problem-not-held-detail = Removal is not stopped for this incident.

## What an action on a case can have wrong
error-use_moments = This moment is not changed in passing. State it anew with a reason under /moments; the old statement stays.
error-use_severity = Severity is set with a reason under /severity.
error-use_risk = Risk is set with a reason under /risk.
error-use_submission = What was sent is recorded under /duties/…/submission.
error-set_by_program = The program sets this field itself.
error-in_future = The moment is in the future. State when it happened.
error-which_controller = The duty is for several controllers. Say which with “for”: { $expected }.
error-version_missing = Say which version you last saw, in If-Match or version, so that nobody overwrites anybody.
error-version_unreadable = The version is not a whole number.
error-key_used = The key was used before with other content. Use a new key.
error-key_unreadable = The key must have 1 to 255 visible characters.
error-limit_out_of_range = Give a number from 1 to 100.
error-cursor_unknown = This page marker is not ours. Begin again without it.
error-nothing_possible = no other duties
error-covers_twice = This duty is already part of this sending. Leave it out.
error-covers_no_duty = “{ $given }” is not a duty. The same notice can also meet: { $duties }.
error-covers_not_open = This duty is not open, so there is nothing to meet. The same notice can also meet: { $duties }.
error-covers_other_recipient = This duty is owed to another recipient and cannot be met by this notice. The same notice can also meet: { $duties }.

## Why something cannot be done now
problem-closed = The case is closed
problem-closed-detail = Reopen the case before you change it.
problem-not-closed = The case is open
problem-not-closed-detail = Only a closed case can be reopened.
problem-duty-not-open = The duty is not open
problem-duty-not-open-detail = Only a duty that is required or not settled can be settled or answered.
problem-open-duties = The case has open duties
problem-open-duties-detail = The case cannot be closed until these are fulfilled or settled: { $duties }.

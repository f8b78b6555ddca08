## Getting in
page-sign-in = Sign in
page-email = E-mail
page-name = Name
page-password = Password
page-password-again = The password once more
page-password-help = At least { $min } characters. A sentence you remember beats odd characters.
page-new-password = New password
page-first-administrator = The first administrator
page-language = Language
action-sign-in = Sign in
action-save-password = Save and sign in
action-to-front-page = To the front page

## What a form of an account can have wrong
error-not_an_email = This is not an e-mail address. Write name@host.com.
error-name_missing = Write your name as it shall stand in the timeline.
error-name_too_long = The name is too long. Use at most 100 characters.
error-password_short = The password is too short. Use at least { $min } characters.
error-password_long = The password is too long. Use at most { $most } characters.
error-password_is_name = The password is little else than your name, e-mail or company. Choose something else.
error-passwords_differ = The two passwords differ. Write the same in both.
error-sign_in_refused = E-mail and password do not fit together. Try again.
error-language_unknown = This language is not spoken here. Choose nb, nn or en.
error-unreadable = The request could not be read: { $reason }

## Problems: a title, and what to do
problem-not-found = Not found
problem-not-found-detail = There is nothing here, or the link is used up.
problem-method-not-allowed = Wrong method
problem-method-not-allowed-detail = The address exists, but not with this method.
problem-not-signed-in = Not signed in
problem-not-signed-in-detail = Sign in first.
problem-forbidden = No access
problem-forbidden-detail = Your role does not give access to this. Ask an administrator for one that does.
problem-cross-site = Refused
problem-cross-site-detail = Changes are taken only from our own pages, or from a program that sends application/json to /api/.
problem-malformed = Could not be read
problem-malformed-detail = The content is not as it should be; see errors.
problem-unsupported-media = Wrong kind of content
problem-unsupported-media-detail = Send application/json.
problem-too-large = Too large
problem-too-large-detail = Send 1 MiB at most.
problem-invalid = Something must be put right
problem-invalid-detail = Nothing is stored. Mend the fields named and send again.
problem-stale = Somebody else changed this
problem-stale-detail = Version { $current } is now the one that holds. See what changed and send again with that version.
problem-too-many = Too many tries
problem-too-many-detail = Wait { $seconds } seconds and try again.
problem-internal = Something went wrong on our side
problem-internal-detail = The fault is in the log. Try again in a while.

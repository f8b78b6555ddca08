## Passkeys: on the own account, and at the door
passkey-own = Passkeys
passkey-lead = With a passkey you sign in by fingerprint, face or PIN on your own device. It is password and code in one, and no fake page can trick you out of it.
passkey-name = Name
passkey-made = Added
passkey-used = Last used
passkey-unused = Not used
passkey-add = Add a passkey
passkey-another = Add another
passkey-no-script = Passkeys need a browser that knows them, with scripts turned on.
passkey-no-password = You sign in through the company's own sign-in. Passkeys are for those who have a password here as well.
passkey-no-https = Passkeys work only where the address begins with https:// or is localhost. Tell whoever runs varsel.
passkey-failed-add = The browser made no passkey. Try again, and confirm on the device when it asks.
passkey-failed = The browser showed no passkey. Try again, or sign in with your password.
passkey-sign-in = Sign in with a passkey
passkey-or = Or use a passkey
passkey-show-first = You have a passkey. Sign in with it to go on.
passkey-remove = Remove
passkey-remove-help = The passkey stops working, and you are signed out everywhere else. Delete it on the device, too.
passkey-remove-save = Remove the passkey
passkey-reset = With a new password your passkeys are removed. Add them again on your account.
signin-field-passkey_password = Your password
signin-done-passkey_added = The passkey has been added.
signin-done-passkey_removed = The passkey has been removed, and you are signed out everywhere else.

## What can be wrong
error-passkey_unnamed = Give the passkey a name, so that you know it again.
error-passkey_name_too_long = The name is too long. Use at most 60 characters.
error-passkey_refused = The passkey was not accepted. Try again, or sign in with your password.
problem-passkey-too-many = Too many passkeys
problem-passkey-too-many-detail = You have 20 passkeys. Remove one that you do not use first.
problem-passkey-needs-password = A passkey without a password
problem-passkey-needs-password-detail = You sign in through the company's own sign-in. Passkeys are for those who have a password here as well.
problem-passkey-needs-https = Passkeys do not work here
problem-passkey-needs-https-detail = Passkeys work only where the address begins with https:// or is localhost.
problem-passkey-first = Sign in with the passkey first
problem-passkey-first-detail = You have a passkey, and the password alone is not enough to add anything new.

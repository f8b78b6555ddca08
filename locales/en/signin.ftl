## The own account
signin-account = Your account
signin-password = Change password
signin-password-lead = When the password is changed, you are signed out everywhere else.
signin-password-save = Change password
signin-field-old = The password you have now
signin-field-password = New password
signin-field-password-help = At least { $min } characters. A sentence you remember beats odd characters.
signin-field-again = The new password once more
signin-field-off_password = Your password
signin-field-code = Code
signin-done-password = The password is changed, and you are signed out everywhere else.
signin-done-ended = The session has ended.
signin-done-others = You are signed out everywhere else.
signin-done-factor_on = The code on the phone is on.
signin-done-factor_off = The code on the phone is off.

## The second factor
signin-factor = Code on the phone
signin-factor-lead = With an app on your phone, signing in takes both the password and a code that changes every half minute. Then the password alone is of no use to anybody.
signin-factor-app = You need an app that makes such codes. Most password managers can, and there are many free authenticator apps.
signin-factor-begin = Turn on
signin-factor-on = On
signin-factor-must = The company asks this of everybody, so it cannot be turned off.
signin-factor-needed = The company asks everybody for a code on the phone or a passkey. Choose one of them to go on.
signin-factor-draw = Show the code to scan
signin-factor-scan = 1. Scan it with the app
signin-factor-scan-help = Open the app on the phone, choose to add an account, and point the camera at the picture.
signin-factor-drawing = A picture that the app on the phone reads
signin-factor-by-hand = Cannot scan it? Type this key into the app:
signin-factor-confirm = 2. Type the code that the app shows
signin-factor-confirm-save = Turn on
signin-factor-off = Turn off
signin-factor-off-help = Then the password alone is enough. You are signed out everywhere else.
signin-factor-off-save = Turn off the code on the phone
signin-recovery = Recovery codes
signin-recovery-help = If you lose the phone, one of these lets you in instead of the code. Each works once. Print them or put them into a password manager now: they are not shown again.
signin-recovery-copy = Copy the codes
signin-recovery-kept = I have kept them
signin-recovery-left = { $n ->
    [0] All recovery codes are used. Make new ones.
    [one] You have one recovery code left.
   *[other] You have { $n } recovery codes left.
    }
signin-recovery-again = Make new recovery codes
signin-recovery-again-help = The old ones stop working. Type the code that the app shows now.
signin-recovery-again-save = Make new codes

## Sessions
signin-sessions = Where you are signed in
signin-sessions-lead = If you do not recognise one, end it and change the password.
signin-session-browser = Browser
signin-session-unknown = Unknown
signin-session-address = Address
signin-session-began = Signed in
signin-session-seen = Last used
signin-session-this = This one
signin-session-end = End
signin-sessions-end = Sign out everywhere else
signin-ends = The session ends soon:
signin-ended = You are signed out. What you have typed on this page is still here.
signin-ends-renew = Renew the session
signin-renew = Renew the session
signin-renew-help = Type your password again. Nothing you are working on gets lost.
signin-renew-save = Renew
signin-renewed = The session is renewed
signin-renewed-help = You are signed in until { $when }. You may close this page and go back to what you were doing.

## The second step and the forgotten password
signin-code = Code from the phone
signin-code-help = Type the six digits that the app shows, or one of the recovery codes.
signin-code-lost = Neither the phone nor the recovery codes at hand? An administrator can turn the code off for you.
signin-forgot = Forgotten password
signin-forgot-link = Forgot the password?
signin-forgot-help = Type the e-mail address you sign in with, and we send a link that gives you a new password.
signin-forgot-save = Send the link
signin-forgot-sent = If there is an account with this address, a link is on its way there. It works once, for an hour. If it does not come, look among the junk mail or ask an administrator.
mail-invitation = Welcome to varsel
mail-new-password = New password in varsel
mail-forgotten = Forgotten password in varsel
message-kind-invitation = Invitation
message-kind-new-password = New password
message-kind-forgotten = Forgotten password

## What administrators do
signin-person = Signing in
signin-person-sessions = { $n ->
    [0] Signed in nowhere.
    [one] Signed in at one place.
   *[other] Signed in at { $n } places.
    }
signin-person-out = Sign out everywhere
signin-person-factor = Has a code on the phone. If both the phone and the recovery codes are lost, the code can be turned off, so that the password alone lets the person in. Be sure that it is the right person who asks.
signin-person-no-factor = Has no code on the phone.
signin-person-reset = Turn off the code on the phone
people-done-mailed = The link has been mailed to the person.
people-done-signed_out = The person is signed out everywhere.
people-done-factor_reset = The code on the phone is turned off for the person.
signin-rules = Signing in
signin-rules-lead = How long a session lasts, and whether everybody must have a code on the phone or a passkey.
signin-rules-save = Save
signin-done-rules = The rules for signing in are saved.
signin-field-idle_minutes = Minutes without use until the session ends
signin-field-idle_minutes-help = From { $from } to { $to }. The time begins anew whenever somebody uses varsel.
signin-field-absolute_hours = Hours until everybody signs in again
signin-field-absolute_hours-help = From { $from } to { $to }, also for whoever works all the time. Whoever is typing is told in time and can renew without losing anything.
signin-field-second_factor = Code on the phone
signin-field-second_factor-help = If it is asked of everybody, whoever lacks it must turn it on before anything else can be done.
signin-demand-off = For those who choose it
signin-demand-all = Asked of everybody

## What can be wrong
error-password_common = The password is too easy to guess: it is little else than common words, years or keys that lie side by side. A sentence that only you could think of is better.
error-password_wrong = This is not your password.
error-password_as_before = This is the password you have already. Choose a new one.
error-code_wrong = The code does not fit, or it has been used. Wait until the app shows a new one, and type that.
error-code_missing = This account has a code on the phone. Send it as code.
error-recovery_code_wrong = The recovery code does not fit, or it has been used before.
error-outside_bounds = Write a whole number from { $from } to { $to }.
error-idle_above_absolute = The time without use cannot be longer than the whole session.
problem-second-factor-needed = A code on the phone or a passkey is missing
problem-second-factor-needed-detail = The company asks everybody for a code on the phone or a passkey. Choose one of them under your account first.
problem-second-factor-on = The code is on already
problem-second-factor-on-detail = Turn it off first if you change phones.
problem-second-factor-not-begun = Not begun
problem-second-factor-not-begun-detail = Show the code to scan, and try again.
problem-second-factor-must-stay = You must have a second factor
problem-second-factor-must-stay-detail = The company asks everybody for a code on the phone or a passkey.

## Signing in by the company's identity provider
openid-provider = the company sign-in
openid-button = Sign in with { $name }
openid-or = Or with e-mail and password:
openid-left = You are signed out of varsel, but still signed in at { $name }.
openid-out = Sign out there, too
openid-welcome = You are signed in
openid-welcome-on = Go on
openid-back = To the sign-in
openid-particulars = For whoever has to put it right: { $said }

## On the page of people
openid-people-active = Signs in by the company sign-in
openid-people-governed = The roles follow the groups of the company sign-in and are changed there. Now: { $roles }.
openid-people-return = The person can sign in by the company sign-in again. The roles follow the groups there.
problem-governed-elsewhere = Governed by the company sign-in
problem-governed-elsewhere-detail = The person signs in by the company sign-in, and the roles follow the groups there. Change the groups; the roles change the next time the person signs in.

## Why somebody does not get in
openid-fault-away = The company sign-in does not answer
openid-fault-away-detail = { $name } cannot be reached now. Try again shortly, or sign in with e-mail and password if you have one.
openid-fault-answer = The company sign-in answered wrongly
openid-fault-answer-detail = The answer of { $name } could not be used. Tell whoever runs varsel.
openid-fault-unknown = Begin the sign-in again
openid-fault-unknown-detail = This sign-in was used, broken off, or is older than ten minutes. Nobody is signed in.
openid-fault-other-browser = Begin the sign-in again
openid-fault-other-browser-detail = The sign-in was begun in another browser, or the browser takes no cookies. Nobody is signed in.
openid-fault-refused = The company sign-in said no
openid-fault-refused-detail = { $name } did not let you in. If you did not cancel yourself, show the message below to whoever runs varsel.
openid-fault-issuer = The answer came from the wrong place
openid-fault-issuer-detail = The answer says that it comes from somebody else than { $name }. Nobody is signed in. Tell whoever runs varsel.
openid-fault-token = The proof did not hold
openid-fault-token-detail = The proof from { $name } of who you are did not pass the check. Nobody is signed in. Tell whoever runs varsel.
openid-fault-overage = Too many groups
openid-fault-overage-detail = You are in more groups than { $name } can send, so we do not get to see them. Ask whoever manages { $name } to send only the groups that concern varsel, or to use app roles.
openid-fault-no-email = The e-mail is missing
openid-fault-no-email-detail = { $name } tells no e-mail address for you. Without it varsel cannot reach you when something is urgent. Ask whoever manages { $name } to send it.
openid-fault-unverified = The e-mail is not confirmed
openid-fault-unverified-detail = { $name } says that your e-mail address is not confirmed. Confirm it there, and try again.
openid-fault-email-taken = The e-mail is in use here
openid-fault-email-taken-detail = Somebody in varsel has this e-mail address already. If it is you, sign in with e-mail and password, or ask an administrator for a new invitation.
openid-fault-left = You are recorded as having left
openid-fault-left-detail = Ask an administrator in varsel to take you back if that is wrong.
openid-fault-no-role = You have no access here yet
openid-fault-no-role-detail = You are signed in at { $name }, but none of your groups gives a role in varsel. Ask an administrator in varsel to get you into the right group, and sign in again.

## The frame of every page
page-skip = Skip to content
page-menu = Menu
page-incidents = Incidents
page-log = New incident
page-sign-out = Sign out
page-not-advice = varsel works out duties and deadlines from what you have written. A person decides.
page-first-administrator-help = Make the account that runs varsel. The link works once.
page-put-right = Put this right before you go on

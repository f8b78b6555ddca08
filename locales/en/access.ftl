## The page of messages and reminders, for whoever may not read incidents
message-hidden = The subject is shown only to those who may read the incident
reminder-veiled = (shown only to those who may read the incident)

## Reports
page-report = Report something
page-reports = Your reports
page-report-lead = Say in your own words what you have seen. The security team is told at once. Better once too often than not at all.
page-report-send = Send the report
page-reports-lead = What you have reported, and how far it has come.
page-report-at = Reported
page-reports-none = You have not reported anything yet.
page-report-own = Report
page-report-done-reported = Thank you. The security team has your report.
page-report-done-added = What you added has been sent to those who work on it.
page-report-wrote = What you reported
page-report-of = Reported by { $name }
page-report-more = Add something
page-report-more-help = Have you remembered something more, or has anything changed? Write it here.
page-report-more-send = Add
page-report-remarks = Added later
page-field-what = What has happened?
page-field-what-help = The first line becomes the heading. Do not write passwords or customers' personal data.
page-field-noticed_at = When was it noticed?
page-field-system = Which service or system?
page-field-system-help = May be left empty.
page-field-personal_data = Could personal data be involved?
page-field-contact = How can we reach you?
page-field-contact-help = A telephone number or something else, if it is urgent. May be left empty.
page-field-words = What would you like to add?
report-involved-yes = Yes, perhaps
report-involved-no = No
report-involved-unknown = Don't know
report-received = Received
report-received-help = Your report has arrived. Those on duty have been told.
report-in_hand = In hand
report-in_hand-help = Somebody is working on it. They will contact you if they need to know more.
report-closed = Closed
report-closed-help = The matter is closed. You can still add something.
line-report-remarked = Added to what was reported

## Who may see an incident
page-readers = Who may see the incident
page-readers-everybody = Everybody who reads incidents.
page-readers-named = Only { $names }. To everybody else the incident does not exist.
page-readers-short = Restricted
page-readers-restrict = Restrict to named people
page-readers-change = Change who may see it
page-readers-help = Only those you tick can see the incident, find it by searching and get reminders about it. You and the owner must be among them. Shared channels get nothing. If one day nobody is left who can work on it, the privacy officers get to see it.
page-readers-save = Save who may see it
page-readers-open = Open up for everybody who reads incidents
page-readers-open-save = Open up the incident
page-field-readers = Who should be able to see the incident?
page-done-readers = It is saved who may see the incident.
line-readers-named = Restricted the incident to { $names }
line-readers-passed_on = Let { $names } see the incident, because nobody was left who could work on it
line-readers-everybody = Opened up the incident for everybody who reads incidents
error-reader_unknown = At least one of them is not here or cannot read incidents. Choose from the list.
error-readers_without_you = You cannot lock yourself out. Include yourself.
error-readers_without_owner = The owner, { $name }, must be able to see the incident. Include the owner, or change the owner first.
error-owner_not_reader = The owner must be one of those who may see the incident. Give the person access first.

## An owner who cannot see to it
page-owner-reported = Whoever reported it does not work on incidents. Until somebody is chosen, the responsible team gets the reminders.
page-owner-reported-short = only reported it

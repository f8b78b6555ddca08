## The dashboard
dashboard-title = Overview
dashboard-calm = Nothing is late, and nothing falls due in the next 24 hours.
dashboard-soon = { $n ->
    [one] Nothing is late. One duty falls due in the next 24 hours.
   *[other] Nothing is late. { $n } duties fall due in the next 24 hours.
}
dashboard-late-now = { $n ->
    [one] One duty is late.
   *[other] { $n } duties are late.
}
dashboard-unsent = Messages were given up, or a channel does not work.
dashboard-late = Late
dashboard-late-why = Duties that must be done and whose next deadline, or our own target, has passed. The oldest come first.
dashboard-unsettled = To be settled within 24 hours
dashboard-unsettled-why = Duties not yet settled one way or the other, whose deadline has passed or falls in the next 24 hours if they apply. Answer the questions of the incident: they then fall away or become something to do.
dashboard-next = Due in the next 24 hours
dashboard-next-why = Duties that must be done, with a deadline or own target in the next 24 hours.
dashboard-open = Open incidents
dashboard-open-why = Incidents that are not closed, by the severity that is certain now. Drills are not counted.
dashboard-persons = Affected persons
dashboard-to-be-told = must be told and have not been
dashboard-told-in-period = were told in the period below
dashboard-persons-why = The number affected in incidents whose duty to tell is open, and in incidents whose telling was recorded as complete. Where an incident does not give the number, the incident is counted by itself.
dashboard-persons-unknown = { $n ->
    [one] and in one incident the number is unknown
   *[other] and in { $n } incidents the number is unknown
}
dashboard-more = { $n ->
    [one] One more
   *[other] { $n } more
}
dashboard-why = How this is computed
dashboard-compared = Compared with { $before }
dashboard-choose = Choose a period
dashboard-this-month = This month
dashboard-last-month = Last month
dashboard-this-year = This year
dashboard-last-year = Last year
dashboard-twelve = Twelve months
dashboard-from = From
dashboard-to = To
dashboard-show = Show
dashboard-reset = Reset
dashboard-from-to = { $from } to { $to }
dashboard-no-period = “{ $from }” to “{ $to }” is not a period. Write two months as 2026-01 and 2026-10, five years at most.
error-no_period = This is not a period. Write two months as 2026-01 and 2026-10, five years at most.
dashboard-all = Incidents logged
dashboard-misses = Near misses
dashboard-misses-why = Incidents with a particular risk or a possible loss of service in which neither personal data, security nor availability was hit.
dashboard-before = { $n } in the period before
dashboard-lost-all = User-hours lost
dashboard-unmeasured = { $n ->
    [one] One loss of service lacks users or duration and is not included.
   *[other] { $n } losses of service lack users or duration and are not included.
}
dashboard-times = From awareness to notice
dashboard-times-why = Every duty that was met by a sending in the period, measured from the start of its clock to the first sending, against the legal deadline. Where the law sets no number our own target is used, and that is said. Elapsed hours, not wall-clock time.
dashboard-who = Recipient
dashboard-sent = Sent
dashboard-share = On time
dashboard-median = Median time
dashboard-longest = Longest time
dashboard-share-before = On time, period before
dashboard-in-time-of = { $in_time } of { $measured } on time
dashboard-by-target = { $n } by our own target
dashboard-to-datatilsynet = Datatilsynet
dashboard-to-nkom = Nkom
dashboard-to-controllers = Business customers (controllers)
dashboard-to-persons = Affected persons and subscribers
dashboard-by-kind = Incidents by kind
dashboard-by-kind-why = Logged incidents by the month of logging. An incident of several kinds is counted in each.
dashboard-kind-privacy = Personal data
dashboard-kind-security = Security
dashboard-kind-availability = Availability
dashboard-kind-other = Not settled
dashboard-by-severity = Incidents by severity
dashboard-by-severity-why = Logged incidents by the severity that is certain today.
dashboard-lost = User-hours lost by month
dashboard-lost-why = Customers affected times duration in hours of each loss of service, added up in the month of logging.
dashboard-hours = User-hours
dashboard-causes = Root causes
dashboard-causes-why = The root cause as recorded in the incidents logged in the period.
dashboard-cause-unknown = Not recorded
dashboard-table = The numbers as a table
dashboard-month = Month
dashboard-nothing = No incidents in the period.
dashboard-as-of = The figures are as of
## The rows behind a figure
dashboard-list-to-be-told = Persons who must be told and have not been
dashboard-list-told = Persons who have been told
dashboard-list-sent = Sent to { $who }
dashboard-list-persons = { $n ->
    [one] one person
   *[other] { $n } persons
}
dashboard-list-unknown = an unknown number of persons
dashboard-list-in-time = { $when }, on time after { $span }
dashboard-list-late = { $when }, late after { $span }
dashboard-list-when = { $when }
dashboard-list-none = Nothing here.
dashboard-list-more = More
error-no_figure = There is no such figure. Use one of those on the dashboard.
error-no_page = Give the number of a page, from 1.

## What other systems report
intake-opened = Reported by { $name }.
intake-changed = { $when }: { $name } reports a change: { $what }
intake-again = { $when }: { $name } reports that it has begun again: { $what }
intake-ended = { $when }: { $name } reports that it is over: { $what }
error-too_many_alerts = There are more than { $most } alerts in one message. Let the groups be smaller.
error-alert_ended_before = The end is before the beginning.

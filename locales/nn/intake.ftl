## What other systems report
intake-opened = Meldt inn av { $name }.
intake-changed = { $when }: { $name } melder ei endring: { $what }
intake-again = { $when }: { $name } melder at det har byrja att: { $what }
intake-ended = { $when }: { $name } melder at det er over: { $what }
error-too_many_alerts = Det er fleire enn { $most } varsel i éi melding. Lat gruppene vere mindre.
error-alert_ended_before = Slutten er før byrjinga.

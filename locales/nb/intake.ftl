## What other systems report
intake-opened = Meldt inn av { $name }.
intake-changed = { $when }: { $name } melder en endring: { $what }
intake-again = { $when }: { $name } melder at det har begynt igjen: { $what }
intake-ended = { $when }: { $name } melder at det er over: { $what }
error-too_many_alerts = Det er flere enn { $most } varsler i én melding. La gruppene være mindre.
error-alert_ended_before = Slutten er før begynnelsen.

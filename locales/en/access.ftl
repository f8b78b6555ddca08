message-hidden = The subject is shown only to those who may read the incident
reminder-veiled = (shown only to those who may read the incident)

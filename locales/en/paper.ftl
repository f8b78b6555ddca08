## Paper: marks, attachments and letters
paper-mark-demo = DEMONSTRATION: made-up incidents
paper-mark-drill = DRILL: not a real incident
demo-mark = DEMONSTRATION
demo-first = DEMONSTRATION. The incident is made up, and nothing of this is to be sent or acted on.
dossier-files-named = In the case file for Datatilsynet the files are called “vedlegg” and the number, since a file's name may give away a customer. The numbers are the same.
dossier-files-numbered = Here the files are called “vedlegg” (attachment) and a number. Their content is unchanged, and the digest (SHA-256) is of the file as it came in.
told-letters-page = Letters { $first }–{ $last }
told-letters-pages = More letters
told-reference-mix = { $told } of { $all } told ({ $mix })
told-mix-email = e-mail { $n }
told-mix-sms = text message { $n }
told-mix-letter = letter { $n }
told-mix-other = in another way { $n }
channel-mixed = Several ways
told-letters-last = Letter { $first } (PDF)
affected-import-counts-empty = { $rows } rows read: { $taken } taken in, { $joined } joined with others, { $bad } kept aside, { $empty } empty.

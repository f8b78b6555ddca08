## Papir: merker, vedlegg og brev
paper-mark-demo = DEMONSTRASJON: oppdiktede hendelser
paper-mark-drill = ØVING: ikke en virkelig hendelse
demo-mark = DEMONSTRASJON
demo-first = DEMONSTRASJON. Hendelsen er oppdiktet, og ingenting av dette skal sendes eller følges opp.
dossier-files-named = I saksmappen til Datatilsynet heter filene «vedlegg» og nummeret, for et filnavn kan røpe en kunde. Numrene er de samme.
dossier-files-numbered = Filene heter her «vedlegg» og et nummer. Innholdet er uendret, og fingeravtrykket (SHA-256) er av filen slik den kom inn.
told-letters-page = Brev { $first }–{ $last }
told-letters-pages = Flere brev
told-reference-mix = { $told } av { $all } varslet ({ $mix })
told-mix-email = e-post { $n }
told-mix-sms = SMS { $n }
told-mix-letter = brev { $n }
told-mix-other = på annen måte { $n }
channel-mixed = Flere måter
told-letters-last = Brev { $first } (PDF)
affected-import-counts-empty = { $rows } rader lest: { $taken } tatt inn, { $joined } slått sammen med andre, { $bad } lagt til side, { $empty } tomme.

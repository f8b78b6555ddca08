## Papir: merke, vedlegg og brev
paper-mark-demo = DEMONSTRASJON: oppdikta hendingar
paper-mark-drill = ØVING: ikkje ei verkeleg hending
demo-mark = DEMONSTRASJON
demo-first = DEMONSTRASJON. Hendinga er oppdikta, og ingenting av dette skal sendast eller følgjast opp.
dossier-files-named = I saksmappa til Datatilsynet heiter filene «vedlegg» og nummeret, for eit filnamn kan røpe ein kunde. Nummera er dei same.
dossier-files-numbered = Filene heiter her «vedlegg» og eit nummer. Innhaldet er uendra, og fingeravtrykket (SHA-256) er av fila slik ho kom inn.
told-letters-page = Brev { $first }–{ $last }
told-letters-pages = Fleire brev
told-reference-mix = { $told } av { $all } varsla ({ $mix })
told-mix-email = e-post { $n }
told-mix-sms = SMS { $n }
told-mix-letter = brev { $n }
told-mix-other = på annan måte { $n }
channel-mixed = Fleire måtar
told-letters-last = Brev { $first } (PDF)
affected-import-counts-empty = { $rows } rader lesne: { $taken } tekne inn, { $joined } slegne saman med andre, { $bad } lagde til side, { $empty } tomme.

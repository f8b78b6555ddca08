## The frame of every page
page-skip = Hopp til innholdet
page-menu = Meny
page-incidents = Hendelser
page-log = Ny hendelse
page-sign-out = Logg ut
page-not-advice = varsel regner frister og plikter ut fra det dere har skrevet. Et menneske avgjør.
page-first-administrator-help = Lag kontoen som styrer varsel. Lenken virker én gang.
page-put-right = Rett dette før du går videre

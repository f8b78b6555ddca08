## The frame of every page
page-skip = Hopp til innhaldet
page-menu = Meny
page-incidents = Hendingar
page-log = Ny hending
page-sign-out = Logg ut
page-not-advice = varsel reknar fristar og plikter ut frå det de har skrive. Eit menneske avgjer.
page-first-administrator-help = Lag kontoen som styrer varsel. Lenkja verkar éin gong.
page-put-right = Rett dette før du går vidare

## Meldingar ut
transport-open = Opne i varsel

## Det som kan vere gale med ein veg ut
error-address_not_understood = Adressa er ikkje forstått. Skriv heile adressa, som https://teneste.example/krok.
error-address_not_web = Adressa må byrje med https://.
error-address_with_login = Adressa kan ikkje innehalde brukarnamn eller passord.
error-address_not_encrypted = Adressa må byrje med https://. Utan kryptering går det berre til nett som den driftsansvarlege har opna (VARSEL_ALLOWED_NETWORKS).
error-address_in_closed_network = Adressa ligg i eit lukka nett. Den driftsansvarlege kan opne nettet (VARSEL_ALLOWED_NETWORKS).
error-not_a_signing_secret = Signeringsløyndomen må vere whsec_ følgd av 24 til 64 byte i Base64.
error-not_a_header = Eit hovudfelt har eit namn eller ein verdi som ikkje kan sendast.
error-not_a_template = Malen må vere eit JSON-objekt med {"{to}"} og {"{text}"} inne i tekststrengar.
error-template_lacks_place = Malen må ha ein plass til nummeret, {"{to}"} eller {"{digits}"}, og ein til teksten, {"{text}"}.

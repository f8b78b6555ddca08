## Meldinger ut
transport-open = Åpne i varsel

## Det som kan være galt med en vei ut
error-address_not_understood = Adressen er ikke forstått. Skriv hele adressen, som https://tjeneste.example/krok.
error-address_not_web = Adressen må begynne med https://.
error-address_with_login = Adressen kan ikke inneholde brukernavn eller passord.
error-address_not_encrypted = Adressen må begynne med https://. Uten kryptering sendes det bare til nett som driftsansvarlig har åpnet (VARSEL_ALLOWED_NETWORKS).
error-address_in_closed_network = Adressen ligger i et lukket nett. Driftsansvarlig kan åpne nettet (VARSEL_ALLOWED_NETWORKS).
error-not_a_signing_secret = Signeringshemmeligheten må være whsec_ fulgt av 24 til 64 byte i Base64.
error-not_a_header = Et hodefelt har et navn eller en verdi som ikke kan sendes.
error-not_a_template = Malen må være et JSON-objekt med {"{to}"} og {"{text}"} inne i tekststrenger.
error-template_lacks_place = Malen må ha en plass for nummeret, {"{to}"} eller {"{digits}"}, og en for teksten, {"{text}"}.

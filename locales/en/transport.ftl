## Messages out
transport-open = Open in varsel

## What can be wrong with a way out
error-address_not_understood = The address is not understood. Write all of it, as in https://service.example/hook.
error-address_not_web = The address must begin with https://.
error-address_with_login = The address must not contain a user name or a password.
error-address_not_encrypted = The address must begin with https://. Without encryption, messages only go to networks that the operator has opened (VARSEL_ALLOWED_NETWORKS).
error-address_in_closed_network = The address lies in a closed network. The operator can open it (VARSEL_ALLOWED_NETWORKS).
error-not_a_signing_secret = The signing secret must be whsec_ followed by 24 to 64 bytes in Base64.
error-not_a_header = A header has a name or a value that cannot be sent.
error-not_a_template = The template must be a JSON object with {"{to}"} and {"{text}"} inside strings.
error-template_lacks_place = The template must have a place for the number, {"{to}"} or {"{digits}"}, and one for the text, {"{text}"}.

//! Citations in the reader's language. The rule book cites Norwegian law in Norwegian and European guidance in
//! English; a reader of another language sees the same place named in theirs.

use super::Lang;

/// Phrases of citations: bokmål, nynorsk, English.
const PHRASES: &[[&str; 3]] = &[
    ["ekomforskriften", "ekomforskrifta", "Ecom Regulation (ekomforskriften)"],
    ["ekomloven", "ekomlova", "Ecom Act (ekomloven)"],
    [
        "digitalsikkerhetsforskriften",
        "digitalsikkerheitsforskrifta",
        "Digital Security Regulation (digitalsikkerhetsforskriften)",
    ],
    ["digitalsikkerhetsloven", "digitalsikkerheitslova", "Digital Security Act (digitalsikkerhetsloven)"],
    ["sikkerhetsloven", "tryggingslova", "Security Act (sikkerhetsloven)"],
    ["personopplysningsloven", "personopplysningslova", "Personal Data Act (personopplysningsloven)"],
    ["personvernerklæringen punkt", "personvernerklæringa punkt", "privacy statement, section"],
    ["Nkoms varslingsrutine", "varslingsrutinen til Nkom", "Nkom's procedure for notices"],
    ["Nkoms skjema", "skjemaet til Nkom", "Nkom's form"],
    ["oppdatert varsel", "oppdatert varsel", "updated notice"],
    ["normalisert", "normalisert", "normalised"],
    ["første og tredje ledd", "første og tredje ledd", "first and third paragraphs"],
    ["første ledd", "første ledd", "first paragraph"],
    ["annet ledd", "andre ledd", "second paragraph"],
    ["tredje ledd", "tredje ledd", "third paragraph"],
    ["annet punktum", "andre punktum", "second sentence"],
    ["bokstav", "bokstav", "letter"],
    ["forordning", "forordning", "Regulation"],
    ["mal, felt", "mal, felt", "template field"],
    ["vedlegg", "vedlegg", "annex"],
    ["sakene", "sakene", "cases"],
    ["sak", "sak", "case"],
    ["fortalepunkt", "fortalepunkt", "recital"],
    ["betrodd mottaker", "betrudd mottakar", "trusted recipient"],
    ["følgenes alvor", "alvoret i følgjene", "severity of consequences"],
    ["antall personer", "talet på personar", "number of individuals"],
    ["art og følsomhet", "art og kor kjenslevare dei er", "nature and sensitivity"],
    ["en angriper henter ut data", "ein angripar hentar ut data", "exfiltration by an attacker"],
    ["svært høyt nivå", "svært høgt nivå", "band very high"],
    ["høyt nivå", "høgt nivå", "band high"],
    ["årlig hendelsesrapportering", "årleg hendingsrapportering", "annual incident reporting"],
    ["tabell etter hukommelsen", "tabell etter minnet", "table from memory"],
    ["virksomhetens egne klasser", "klassane til verksemda", "the company's classes"],
    ["og", "og", "and"],
];

/// A citation of the rule book in a language: `ekomloven § 3-2 annet ledd` is «ekomlova § 3-2 andre ledd» in nynorsk.
#[must_use]
pub fn cite(lang: Lang, source: &str) -> String {
    let column = match lang {
        Lang::Nb => 0,
        Lang::Nn => 1,
        Lang::En => 2,
    };
    let mut out = String::with_capacity(source.len() + 16);
    let mut rest = source;
    let mut in_word = false;
    while let Some(first) = rest.chars().next() {
        let phrase = if in_word { None } else { longest(rest) };
        if let Some((said, known)) = phrase {
            out.push_str(said[column]);
            rest = &rest[known..];
            in_word = true;
        } else {
            out.push(first);
            in_word = first.is_alphanumeric();
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// The longest phrase that the text begins with as whole words, and how many bytes it takes.
fn longest(text: &str) -> Option<(&'static [&'static str; 3], usize)> {
    let whole = |known: &str| {
        let after = text.strip_prefix(known)?;
        (!after.starts_with(char::is_alphanumeric)).then_some(known.len())
    };
    let forms = PHRASES.iter().flat_map(|phrase| [(phrase, phrase[0]), (phrase, phrase[2])]);
    forms.filter_map(|(phrase, form)| Some((phrase, whole(form)?))).max_by_key(|(_, bytes)| *bytes)
}

/// Words in the language's quotation marks.
#[must_use]
pub fn quoted(lang: Lang, words: &str) -> String {
    match lang {
        Lang::En => format!("“{words}”"),
        _ => format!("«{words}»"),
    }
}

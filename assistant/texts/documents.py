"""What is said of the documents that an employer makes with the BHT: what is looked for in them, what was found, and where to go."""

from corpus.document_requirements import DocumentKind

DOCUMENT_NAMES = {
    DocumentKind.PLAN: "planen",
    DocumentKind.REPORT: "årsrapporten",
    DocumentKind.CONTRACT: "kontrakten",
}
DOCUMENT_FULL_NAMES = {
    DocumentKind.PLAN: "en plan for bistanden fra BHT",
    DocumentKind.REPORT: "en årsrapport fra BHT",
    DocumentKind.CONTRACT: "en kontrakt med BHT",
}
DOCUMENT_CHECK = "Ja, jeg kan sjekke {kind} mot reglene."
DOCUMENT_CHECK_POINTS = "Dette ser jeg etter i {kind}:"
DOCUMENT_CHECK_STEP = "Last opp fila i fanen Dokumentsjekk, kjør «bht check FIL --as {value}», eller lim inn teksten her hvis den er under {limit} tegn."
DOCUMENT_DRAFT = "Ja, jeg kan lage et utkast til {name} som Word-fil. Det lages i fanen Dokumentsjekk eller på kommandolinja, ikke her i samtalen."
DOCUMENT_DRAFT_POINTS = "Utkastet har en del for hvert av disse punktene:"
DOCUMENT_DRAFT_STEP = (
    "Åpne fanen Dokumentsjekk, eller kjør «bht draft {value} --answers SVAR.toml --out utkast.docx». Felt dere ikke har svart på, blir "
    "merket gult. Gå gjennom utkastet sammen med BHT."
)
DOCUMENT_FOUND = "Jeg fant {found} av {total} punkter fra regelverket i {kind}."
DOCUMENT_FOUND_ALL = "Jeg fant alle de {total} punktene fra regelverket i {kind}."
DOCUMENT_POINT = "- **{status}:** {name}. {rest}"
DOCUMENT_STEP = (
    "Les selv gjennom det som er funnet. «Ikke funnet» betyr bare at jeg ikke så punktet i teksten; det kan stå med andre ord. "
    "Hele tabellen, med råd om det som ikke er et krav, får du i fanen Dokumentsjekk."
)
DOCUMENT_TOO_LONG = (
    "Et helt dokument sjekkes i fanen Dokumentsjekk, eller med «bht check FIL --as plan» (eller report, contract)."
)

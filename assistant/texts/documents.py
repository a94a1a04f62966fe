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
DOCUMENT_OWN_NAMES = {
    DocumentKind.PLAN: "planen for bistanden fra BHT",
    DocumentKind.REPORT: "årsrapporten fra BHT",
    DocumentKind.CONTRACT: "kontrakten med BHT",
}
DOCUMENT_CHECK = "Ja, jeg kan sjekke {name} mot reglene."
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
DOCUMENT_OVER_LIMIT = (
    "Dokumentet har {size} tegn, og kontrollen leser høyst {limit} (om lag 200 sider). "
    "Ta ut den delen som er {kind}, og kontroller den for seg."
)
DOCUMENT_EMPTY = "Dokumentet har ingen tekst å kontrollere. Er sidene skannet, så kjør tekstgjenkjenning (OCR) først."
DOCUMENT_FOREIGN = (
    "Dokumentet ser ut til å være på {language}. Kontrollen leser bare bokmål og nynorsk, og ville funnet lite uten at det "
    "betyr noe. Bruk den norske utgaven."
)
DOCUMENT_NO_BHT = "Verken «bedriftshelsetjeneste» eller «BHT» står i dokumentet. Er det riktig fil?"
DOCUMENT_BLANKS = (
    "{count} felt i dokumentet er ikke fylt inn. Det som står sammen med et tomt felt, er ikke regnet med."
)
REPORT_TITLE = "Kontroll av {kind}"
REPORT_SUMMARY = "**{found} av {total} punkter fra regelverket er funnet i {kind}.**"
REPORT_DUTIES = "Det regelverket sier"
REPORT_EXTRAS = "Nyttig å ha med (råd fra veiledning, ikke et krav)"
REPORT_HEAD = "| Punkt | Kilden | Dokumentet sier | Hva som bør legges til |\n| --- | --- | --- | --- |"
REPORT_EXPLAINED = (
    "«Ikke funnet» betyr bare at kontrollen ikke så punktet i dette dokumentet. Det kan stå et annet sted, eller med andre ord. "
    "Kontrollen leter etter ord, og avgjør ikke om dere følger regelverket: les selv gjennom det som er funnet."
)
REPORT_AGAINST = "**Se over:** et annet sted står det {words}"
REPORT_DENIED = "**Sier det motsatte:** {words}"
REPORT_REFERENCE = "Bare med en henvisning: {words}"
REPORT_PAGE = " (side {page})"
REPORT_NOTHING = "Ingenting: det er funnet."
DRAFT_INTRO = (
    "Dette er et utkast. Fyll inn det som er merket gult, stryk det som ikke passer, og la begge parter lese teksten. Delene uten "
    "paragraf i overskriften er til nytte, og ikke krav."
)

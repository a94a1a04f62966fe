"""Every Norwegian string of the tabs with tools."""

from assistant.duty.check import DutyOutcome
from corpus.document import Verdict
from corpus.document_requirements import DocumentKind

TABS = "Deler av siden"
OPTIONAL = "valgfritt"
EXAMPLE = "f.eks. {}"
WORKING = "Et øyeblikk …"
GIVES = "Dette får du"
PRINT, COPY = "Skriv ut", "Kopier"
COPIED = "Kopiert, med kilder."
NOT_COPIED = "Nettleseren lot ikke siden kopiere. Merk teksten, og kopier den selv."
MADE = "Laget {day} med BHT-assistenten. Ikke juridisk rådgivning."
SOURCES = "Kilder"
WARNINGS = "Merk"
NEXT = "Neste steg"
UNEXPECTED = "Noe gikk galt hos oss, og det ble ikke noe resultat. Prøv igjen, eller endre det du skrev."
TOO_MUCH = "Det kom mer enn skjemaet har plass til. Last siden på nytt, og prøv igjen."
NOT_WHOLE = "Skriv et helt tall, for eksempel 12, ikke «{text}»."
NOT_IN_RANGE = "Skriv et tall fra {least} til {most}."
NOT_A_DATE = "Skriv en dag som finnes, for eksempel 02.11.2026."
SEE_RULE = "Se regelen: {labels}"
MORE_RULES = "{first} og {count} til"

EMPLOYEES = "Antall ansatte"
INDUSTRY = "Hva driver dere med?"
INDUSTRY_EXAMPLE = "For eksempel: frisørsalong med nettbutikk"
CODE = "Næringskode"
CODE_HINT = "For eksempel 96.210. Den står i Brønnøysundregistrene."

# --- BHT-sjekk ---------------------------------------------------------------------------------------------------------------

DUTY = "Må dere ha bedriftshelsetjeneste?"
DUTY_INTRO = "Skriv hva dere driver med, så sjekkes det mot lista i forskrift om organisering § 13-1."
DUTY_GIVES = (
    "et svar i klartekst, og raden på lista eller risikoen som avgjør",
    "regelen ordrett, med dato og lenke til Lovdata",
    "hva dere gjør nå, til å skrive ut eller kopiere",
)
DUTY_SEND = "Sjekk"
DUTY_MORE = "Vet du mer? Næringskode, organisasjonsnummer og antall"
ORGNR = "Organisasjonsnummer"
ORGNR_HINT = "Ni siffer."
ONLINE = "Slå opp i Enhetsregisteret (sender org.nr til brreg.no)"
ONLINE_NEEDED = (
    "Kryss av for at nummeret kan slås opp i Enhetsregisteret, eller fjern det og skriv hva dere driver med."
)
NO_REGISTER = "Oppslag i Enhetsregisteret er ikke tilgjengelig her. Skriv hva dere driver med i stedet."
EMPLOYEES_DUTY_HINT = "Antallet avgjør ikke om plikten gjelder. Bare 0 har betydning."
OWNER_ONLY = "Eieren er eneste ansatt"
DUTY_EMPTY = "Skriv hva dere driver med, for eksempel «frisørsalong»."
DUTY_VERDICTS = {Verdict.YES: "Ja", Verdict.NO: "Ikke automatisk", Verdict.DEPENDS: "Det kommer an på"}
OUTSIDE_VERDICT = "Nei"
DUTY_ROWS = {
    True: "Det som avgjør, står på lista i § 13-1",
    False: "Dette på lista i § 13-1 kan gjelde dere",
}
CONDITION = "Vilkåret som må være oppfylt"
CONDITION_YES, CONDITION_NO = "Ja, det gjelder oss", "Nei"
CONDITION_ANSWERED = {True: "Du svarte at vilkåret gjelder dere", False: "Du svarte at vilkåret ikke gjelder dere"}
CHANGE_ANSWER = "Endre svaret"
CHOOSE = "Hva passer best for dere?"
CHOICE_OUTCOMES = {
    DutyOutcome.LISTED: "på lista",
    DutyOutcome.LISTED_WITH_CONDITION: "på lista med vilkår",
    DutyOutcome.NOT_LISTED: "ikke på lista",
    DutyOutcome.OUTSIDE_THE_ACT: "utenfor arbeidsmiljøloven",
    DutyOutcome.CANNOT_TELL: "kommer an på",
}
VINTAGES = (("2025", "Den nye (SN2025)"), ("2007", "Den gamle (SN2007)"))
RISKS = "Gå gjennom risikoen hos dere"
RISKS_HINT = "Kryss av for det som passer. Ett ja er nok til at dere må vurdere om det krever bedriftshelsetjeneste."
RISKS_SEND = "Vurder på nytt"
GROUNDS = "Det som taler for bedriftshelsetjeneste"
ASSUMED = "Slik er det lest"

# --- HMS-plikter --------------------------------------------------------------------------------------------------------------

DUTIES = "Hvilke HMS-plikter har dere?"
DUTIES_INTRO = "Pliktene følger av hvor mange dere er, hva dere gjør og hva de ansatte utsettes for."
DUTIES_GIVES = (
    "en liste over pliktene, hver med det som utløser den, hva dere gjør og fristen",
    "regelen bak hver av dem, ordrett",
    "det som ikke kan avgjøres av tallet alene, sagt for seg",
)
DUTIES_SEND = "Vis pliktene"
EMPLOYEES_DUTIES_HINT = "Alle som er ansatt, også på deltid."
AMU_COUNT = "Ansatte med minst 20 timer i uka"
AMU_COUNT_HINT = "Gjennomsnittet i fjor. Det er dette tallet som teller for AMU."
FACTS = "Hva finnes hos dere?"
FACT_NAMES = {"unge": "Unge arbeidstakere", "gravide": "Gravide eller ammende", "offentlig": "Offentlig virksomhet"}
DUTIES_HEAD = "{yes} plikter gjelder, {depends} avhenger av forhold hos dere"
DUTIES_NONE = "Ingen av pliktene på lista gjelder ut fra det du oppga"
DUTIES_FOOT = "Lista dekker de vanligste pliktene, ikke alle. Risikovurderingen hos dere kan gi flere."
DUTY_STATES = {Verdict.YES: "Gjelder", Verdict.DEPENDS: "Avhenger"}
SCOPE, DEPENDS, DEADLINE, REMARK = "Gjelder", "Avhenger av", "Frist", "Merk"
DUTIES_CHECK = "Sjekk om dere må ha bedriftshelsetjeneste"

# --- Sykefravær ---------------------------------------------------------------------------------------------------------------

ABSENCE = "Hva koster sykefraværet?"
ABSENCE_INTRO = "Regn ut hva fraværet koster i året, og hva dere sparer på å få det ned. Alle tall er dine egne."
ABSENCE_GIVES = (
    "hva fraværet koster i året, og hva dere sparer på å nå målet",
    "regnestykket med deres egne tall, og hvor mye det kan svinge",
    "et diagram til å skrive ut eller kopiere",
)
ABSENCE_SEND = "Regn ut"
ABSENCE_FIELDS = {
    "employees": ("Antall ansatte", "Eller årsverk.", "50"),
    "daily_cost": ("Kostnad per fraværsdag, i kroner", "Gjerne et spenn: 1500-2500.", "1750"),
    "rate": ("Sykefravær nå, i prosent", "", "6,5"),
    "target": ("Mål, i prosent", "", "4"),
    "employer_share": ("Andel i arbeidsgiverperioden, i prosent", "Hvor mye av fraværet som er i de 16 første dagene.", ""),
}  # fmt: skip
ABSENCE_WORKDAYS = ("Arbeidsdager i året", "For hver ansatt.")
ABSENCE_OPTIONAL = ("target", "employer_share")
COST_NOW, COST_TARGET, SAVED, DEARER = "Koster nå", "Koster ved {target} %", "Dere sparer", "Det blir dyrere med"
PER_YEAR = "i året"
IN_PERIOD = "I arbeidsgiverperioden"
FORMULA = "Slik er det regnet"
EMPLOYER_PERIOD = "Arbeidsgiverperioden"
NO_RULE = "Folketrygdloven § 8-19 mangler i kildene. Installer programmet på nytt."

FOLLOW_UP = "Frister når noen er sykmeldt"
FOLLOW_UP_INTRO = "Oppgi første fraværsdag, så regnes dagene ut."
FOLLOW_UP_GIVES = (
    "siste dag for oppfølgingsplan og dialogmøter",
    "regelen bak hver frist, ordrett",
)
FOLLOW_UP_SEND = "Vis fristene"
SICK_SINCE = "Første fraværsdag"
SICK_LEAVE = "Hvor mye er den ansatte borte?"
SICK_LEAVES = (("", "Vet ikke"), ("helt", "Helt"), ("gradert", "Delvis (gradert)"))
SICK_SINCE_HINT = "For eksempel 02.11.2026."
SICK_SINCE_NEEDED = "Skriv første fraværsdag, for eksempel 02.11.2026."
SICK_SINCE_AHEAD = "Første fraværsdag kan ikke ligge fram i tid."
FOLLOW_UP_HEAD = "Fristene ved fravær fra {day}"
COUNTED = "Dagene er regnet som samme ukedag så mange uker etter første fraværsdag."
PASSED = "passert"

# --- Dokumentsjekk ------------------------------------------------------------------------------------------------------------

CHECK = "Holder dokumentet mål?"
CHECK_INTRO = (
    "Last opp en BHT-plan, årsrapport eller avtale, så sammenliknes den med det reglene sier, punkt for punkt."
)
CHECK_GIVES = (
    "en tabell over det reglene sier, med dokumentets egne ord der de er funnet",
    "hva som bør legges til",
    "nyttige råd for seg, så krav og råd ikke blandes",
)
CHECK_SEND = "Kontroller"
FILE = "Dokumentet"
FILE_HINT = "PDF, Word (.docx) eller tekst, høyst {limit} MB. Fila slettes når den er lest."
KIND = "Hva er det?"
KINDS = {DocumentKind.PLAN: "BHT-plan", DocumentKind.REPORT: "Årsrapport", DocumentKind.CONTRACT: "Avtale med BHT"}
KIND_NEEDED = "Velg hva slags dokument det er."
FILE_PICK, FILE_NONE = "Velg fil", "eller slipp den her"
FILE_NEEDED = "Velg en fil først."
FILE_TOO_LARGE = "Fila er på {size} MB, og grensen er {limit} MB. Lagre den i mindre utgave, eller ta ut den delen som skal kontrolleres."
FILE_WRONG_TYPE = (
    "«{name}» er ikke en filtype som kan leses her. Velg PDF, Word (.docx) eller tekst (.txt, .md, .html)."
)
CHECK_FAILED = "Fila kom ikke fram, eller lesingen ble avbrutt. Prøv igjen."
CHECK_BUSY = "Det leses så mange filer nå at denne må vente. Prøv igjen om litt."
CHECK_HEAD = "{found} av {total} punkter fra regelverket er funnet"
CHECK_OF = "Kontroll av {kind}: {name}"
CHECK_DUTIES = "Det regelverket sier"
CHECK_EXTRAS = "Nyttig å ha med"
CHECK_EXTRAS_HINT = "Råd fra veiledning, ikke krav."
CHECK_COLUMNS = ("Punkt og regel", "Dokumentet sier", "Det som bør legges til")
CHECK_EXPLAINED = (
    "«Ikke funnet» betyr bare at kontrollen ikke så punktet i dette dokumentet. Det kan stå et annet sted, eller med andre ord. "
    "Kontrollen leter etter ord, og avgjør ikke om dere følger regelverket: les selv gjennom det som er funnet."
)
FOUND, MISSING, CONFLICTING, DENIED = "Funnet", "Ikke funnet", "Motstridende", "Sier det motsatte"
BY_REFERENCE = "Bare med en henvisning."
AGAINST = "Et annet sted står det:"
PAGE = "side {page}"
NOTHING_TO_ADD = "Ingenting"

DRAFT = "Mangler dere dokumentet?"
DRAFT_INTRO = "Lag et utkast i Word av noen få svar. Det som mangler, er merket gult i utkastet."
DRAFT_JUMP = "Lag et utkast i stedet"
DRAFT_KIND = "Hva skal lages?"
DRAFT_GIVES = (
    "en Word-fil med paragrafen i overskriften over hver del",
    "en liste over det som gjenstår",
)
DRAFT_SEND = "Lag utkast"
DRAFT_FIELDS = {
    "virksomhet": "Virksomhetens navn",
    "organisasjonsnummer": "Organisasjonsnummer",
    "aar": "År",
    "ansatte": "Antall ansatte",
    "naering": "Bransje eller næringskode",
    "leverandor": "Bedriftshelsetjenesten",
    "periode": "Periode, fra og til",
    "risikoer": "De viktigste risikoene",
}
DRAFT_READY = "Utkastet er klart"
DRAFT_DOWNLOAD = "Last ned {name}"
DRAFT_BLANKS = "{count} felt er merket gult og må fylles inn:"
DRAFT_AFTER = "Kontroller det ferdige dokumentet her etterpå."
DRAFT_TOO_LONG = "Skriv kortere: grensen er {limit} tegn."

# --- Påstandssjekk ------------------------------------------------------------------------------------------------------------

CLAIMS = "Stemmer det som står der?"
CLAIMS_INTRO = "Lim inn et svar eller en tekst du har fått. Hver påstand om regler sjekkes mot kildene."
CLAIMS_GIVES = (
    "en tabell med hver påstand: støttet, motsagt eller ikke funnet",
    "paragrafen som avgjør, ordrett, med lenke til kilden",
    "hva som er galt, der reglene sier noe annet",
)
CLAIMS_TEXT = "Teksten"
CLAIMS_HINT = "Høyst {limit} tegn; en lang tekst kan ta et minutt. Den blir ikke lagret. Ikke lim inn navn eller helseopplysninger."
CLAIMS_EXAMPLE = "For eksempel: Alle bedrifter med over 50 ansatte må ha BHT. Verneombud velges for to år."
CLAIMS_SEND = "Sjekk påstandene"
CLAIMS_COLUMNS = ("Påstand", "Det kildene sier")
CLAIMS_NO_SOURCE = "Kildene her sier ikke noe om dette."

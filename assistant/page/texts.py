"""Every Norwegian string of the page."""

from datetime import date

from assistant.answer import Outcome
from assistant.nynorsk import Language, say
from corpus.document import Kind, Level, Verdict
from corpus.numerals import format_day

NAME = "BHT-assistenten"
TAGLINE = "Svar om bedriftshelsetjeneste og HMS, med paragrafen som bevis."
DESCRIPTION = "Spør om bedriftshelsetjeneste og HMS-regler, og få svaret med ordrett sitat fra lov og forskrift."
NOT_ADVICE = "Ikke juridisk rådgivning."
NEW_TALK = "Ny samtale"
OPENING = "Åpner BHT-assistenten …"
NEEDS_SCRIPT = "Denne siden trenger JavaScript. Slå det på i nettleseren, eller bruk kommandoen «bht ask»."

LANGUAGE = "Målform"
LANGUAGES = {Language.BOKMAAL: "Bokmål", Language.NYNORSK: "Nynorsk"}
OF_THE_SOURCES = "Det som er hentet fra kildene, står slik det er skrevet der, for det meste på bokmål."

WELCOME = "Hva lurer du på?"
WELCOME_HINT = "Skriv med egne ord, eller begynn med et av disse:"
STARTERS = (
    ("Arbeidsgiver", (
        "Vi er 7 ansatte i et byggefirma. Må vi ha bedriftshelsetjeneste?",
        "Hvor mange må vi være før vi må velge verneombud?",
    )),
    ("Verneombud", (
        "Kan verneombudet stanse farlig arbeid?",
        "Hvor mange timer opplæring skal verneombudet ha?",
    )),
    ("Rådgiver", (
        "Hva skal en plan for bruk av bedriftshelsetjeneste inneholde?",
        "Stemmer det at BHT er påbudt fra 50 ansatte?",
    )),
)  # fmt: skip

QUESTION_LABEL = "Spørsmålet ditt"
QUESTION_PLACEHOLDER = "Skriv spørsmålet her"
SEND = "Send"
STOP = "Stopp"
MODEL_WRITES = "La språkmodellen skrive svaret"
MODEL_ELSEWHERE = "Spørsmålet, samtalen og kildene sendes da til {host}."
MODEL_LOCAL = "Spørsmålet, samtalen og kildene går da til en modell på maskinen som assistenten kjører på."
WRITING = "Språkmodellen skriver, og hver setning kontrolleres mot kildene …"
STOPPED = "Språkmodellen ble stoppet. Dette er kildenes egne ord."
FINE_PRINT = "Enter sender, Skift + Enter gir ny linje. Ikke skriv navn eller helseopplysninger."
EMPTY_QUESTION = "Skriv et spørsmål først, for eksempel «Må vi ha bedriftshelsetjeneste?»"
COUNTER = "{length} av {limit} tegn"

TALK = "Samtale"
YOU = "Du spurte"
ANSWER = "Svar"
ERROR = "Kunne ikke svare"
SEARCHING = "Leter i reglene …"
UNEXPECTED_ERROR = (
    "Noe gikk galt hos oss, og spørsmålet ble ikke besvart. Prøv igjen, eller still spørsmålet på en annen måte."
)
TOO_MANY = (
    "Du har spurt mer enn {limit} ganger på et minutt, og det er grensen her. Vent {seconds} sekunder, og prøv igjen."
)
CALL_FAILED = "Noe gikk galt hos oss. Prøv igjen om litt."
WARNINGS = "Merk"
ASKS_BACK = "For å svare trenger jeg å vite"
CITE = "Kilde {n}: {label}"
SEE_SOURCES = "Vis kildene ({count})"
SEE_NEAREST = "Vis nærliggende regler ({count})"

RATE = "Hjalp svaret?"
RATE_YES, RATE_NO = "Ja", "Nei"
RATE_STORED = "Spørsmålet og svaret blir da lagret på maskinen som assistenten kjører på."
RATE_WHY = "Hva var galt med svaret?"
RATE_SEND, RATE_CANCEL = "Send tilbakemelding", "Avbryt"
RATE_CHOOSE = "Velg hva som var galt, så blir det sendt."
RATE_THANKS = "Takk! Det er lagret."
RATE_THANKS_NO = "Takk! Det er lagret, og kan brukes til å gjøre svarene bedre."
RATE_GONE = "Svaret er ikke lenger her. Still spørsmålet på nytt, og gi tilbakemelding på det."

VERDICTS = {Verdict.YES: "Ja", Verdict.NO: "Nei", Verdict.DEPENDS: "Avhenger"}
NOT_AUTOMATIC = "ikke automatisk"
NO_NOT_AUTOMATIC = "Nei – ikke automatisk"
OUTCOMES = {
    Outcome.PARTIAL: "Delvis svar",
    Outcome.CORRECTED: "Rettet påstand",
    Outcome.ABSTAINED: "Ikke nok grunnlag",
}

SOURCES = "Kilder"
SOURCES_OF = "Til svaret på: «{question}»"
NEAREST = "Nærliggende regler"
NEAREST_HINT = "Disse reglene ligger nærmest spørsmålet, men er ikke brukt som bevis."
NO_SOURCES = "Dette svaret bygger ikke på noen kilde."
BACK_TO_ANSWER = "Tilbake til svaret"
SHOW_WHOLE = "Vis hele paragrafen"
SHOW_WHOLE_NOTE = "Vis hele teksten"
WHOLE_OF = "Hele teksten: {label}"
MISSING_WHOLE = "Resten av teksten er ikke tilgjengelig akkurat nå."
MISPLACED_QUOTE = "Sitatet ble ikke funnet på oppgitt sted i teksten. Kontroller det i kilden."
IN_FORCE = "Gjelder fra"
TEXT_DATE = "Tekst per"
CHECKED = "Kontrollert"
AMENDED = "Sist endret ved"
ARCHIVED = "arkivkopi"
NOTE = "Merk"
NUMBER = "nr."
READ_AT_LOVDATA = "Les § {section} hos Lovdata"
OPEN_OWN = "Åpne dokumentet"
OPEN_SOURCE = "Åpne kilden hos {host}"
NEW_TAB = "(åpnes i ny fane)"
COPY_CITATION, COPIED, NOT_COPIED = "Kopier henvisningen", "Kopiert", "Kunne ikke kopiere"
PLAINLY = "Kort sagt (vår gjengivelse)"
BESIDE, BEFORE, AFTER = "Paragrafer ved siden av", "Forrige:", "Neste:"
OFFICIAL_WORDS = "Lovens egne ord (Lovdata)"
BACK_TO_SOURCES = "Tilbake til kildene"
OPENED = "Slått opp"
PROVISION_GONE = "Teksten finnes ikke lenger i kildene. Søk etter den under «Slå opp»."
REPEALED, REPEALED_FROM, ENDS, PENDING, NOT_YET = (
    "Opphevet", "Opphevet {date}", "Oppheves {date}", "Vedtatt, ikke i kraft", "Gjelder først fra {date}",
)  # fmt: skip
FOOTNOTE = "Fotnote {note}"
EARLIER = "Tidligere ordlyd"
EARLIER_UNTIL = "Til {date}"

PANEL_PHRASES = {"back": BACK_TO_SOURCES, "opened": OPENED, "failed": CALL_FAILED}
CONFLICTS, SEE = "Strider mot loven", "Se {labels}."

FACTS = "Forstått om virksomheten din:"
FORGET = "Ta bort «{fact}»"
FORGOTTEN = "«{fact}» teller ikke med i det du spør om fra nå."

KEPT_HERE = "Samtalene ligger bare i denne nettleseren, til du sletter dem. Sitter andre ved maskinen, bør du slette dem når du er ferdig."
TAKE_AWAY = "Last ned samtalen"
FORMATS = {"md": "Markdown", "docx": "Word", "pdf": "PDF"}
TAKEN = "{name} er lastet ned."
NOT_TAKEN = "Fikk ikke laget fila. Prøv igjen, eller velg et annet format."
DELETE_TALK = "Slett samtalen"
DELETED = "Slettet."
EARLIER_TALKS = "Tidligere samtaler"
OPEN_TALK, DELETE_ONE = "Åpne samtalen: {title}", "Slett samtalen: {title}"
DELETE_ALL = "Slett alle samtaler"
DELETE_SURE = "Ja, slett alle"

LEVELS = {
    Level.LAW: "Lov",
    Level.REGULATION: "Forskrift",
    Level.AUTHORITY: "Veiledning",
    Level.PUBLIC: "Annen offentlig kilde",
    Level.COMMERCIAL: "Kommersiell kilde",
}
OWN_LEVEL = "Egen kilde"
KINDS = {
    Kind.RESTATEMENT: "Gjengivelse",
    Kind.OFFICIAL: "Lovtekst",
    Kind.GUIDANCE: "Veiledning",
    Kind.OWN: "Eget dokument",
}
KIND_NOTES = {
    Kind.RESTATEMENT: "Gjengivelse er regelen med våre egne, enkle ord. Den juridiske ordlyden står hos Lovdata.",
    Kind.GUIDANCE: "Veiledning er vårt sammendrag av hva kilden skriver.",
    Kind.OWN: "Eget dokument er noe du selv har lagt inn.",
}
NLOD_NOTE = "Ordrett fra Lovdata, under norsk lisens for offentlige data (NLOD)."

LEGEND = "Slik leser du kildene"
LEGEND_HINT = "Her vises teksten hvert svar bygger på. Stedet svaret siterer, er"
LEGEND_MARK = "merket slik"
LEGEND_LEVELS = (
    (Level.LAW, "Går foran forskrift og veiledning."),
    (Level.REGULATION, "Utfyller loven og er like bindende."),
    (Level.AUTHORITY, "Hvordan Arbeidstilsynet eller et annet tilsyn forstår reglene."),
    (Level.PUBLIC, "Belyser, men kan aldri alene begrunne en plikt."),
)

ABOUT = "Om BHT-assistenten"
ABOUT_PARTS = (
    ("Hva dette er", (
        "BHT-assistenten svarer på spørsmål om bedriftshelsetjeneste og HMS. Hver regel i et svar har et sitat fra en "
        "kilde, og sitatet er kontrollert tegn for tegn mot teksten det er hentet fra.",
        "Holder ikke kildene til et svar, sier assistenten det, og viser hva som ligger nærmest.",
    )),
    ("Hva det ikke er", (
        "Svarene er ikke juridisk rådgivning, og de kommer ikke fra Arbeidstilsynet. Kontroller ordlyden hos Lovdata før "
        "du handler, og spør Arbeidstilsynet når du er i tvil.",
    )),
    ("Kilder", (
        "En gjengivelse er regelen med våre egne, enkle ord. Lovtekst er ordlyden slik Lovdata har publisert den. Er kildene "
        "uenige, går lov foran forskrift, og forskrift foran veiledning.",
        "Inneholder data under norsk lisens for offentlige data (NLOD) tilgjengeliggjort av Lovdata.",
    )),
    ("Personvern: det som lagres", (
        "Samtalene ligger i nettleseren din, og bare der, til du sletter dem. De følger med når du spør videre, og programmet har den siste i "
        "minnet til det avsluttes, men skriver den ikke til disk. Filer du laster ned, lages i minnet.",
        "Svarer du på «Hjalp svaret?», lagres spørsmålet, samtalen, svaret og det du velger, på maskinen som assistenten kjører på, uten "
        "fødselsnummer, telefonnummer og e-postadresser. Hvem du er, lagres ikke.",
        "Det du fyller ut i fanene, lagres ikke, og et dokument du kontrollerer, slettes når det er lest. Krysser du av for oppslag i Enhetsregisteret, "
        "sendes organisasjonsnummeret til brreg.no, og svaret blir lagret på maskinen som assistenten kjører på.",
    )),
    ("Personvern: det som ikke skjer", (
        "Det finnes ingen spørsmålslogg og ingen informasjonskapsler. Den som drifter tjenesten, kan loggføre at noe ble gjort, men ikke hva det gjaldt eller hvem som gjorde det. Siden henter ingenting fra andre nettsteder. "
        "Har den som drifter tjenesten satt opp en språkmodell, får den spørsmålet, samtalen og kildene bare når du lar den skrive svaret.",
        "Fødselsnummer, telefonnummer og e-postadresser fjernes før spørsmålet tolkes. Navn og helseopplysninger kjenner programmet ikke "
        "sikkert igjen. Ikke skriv dem.",
    )),
)  # fmt: skip

READY = "BHT-assistenten er klar på {url} (avslutt med Ctrl + C)"

# What Gradio's frontend writes in English whatever the browser's language, and what stands there instead.
GRADIO_PHRASES = {
    "Connection Lost": "Mistet forbindelsen",
    "Connection to the server was lost. Attempting reconnection...": "Mistet forbindelsen til assistenten. Prøver å koble til igjen …",
    "Connection re-established": "Forbindelsen er tilbake",
    "Connection errored out.": "Mistet forbindelsen til assistenten.",
    "Error": "Feil",
    "Warning": "Advarsel",
    "Info": "Melding",
    "Success": "Ferdig",
    "Close": "Lukk",
    "An error occurred.": "Noe gikk galt.",
}
# What it has in bokmål but not in nynorsk, as far as this page can show it.
GRADIO_BOKMAAL = (
    "Laster",
    "Tom",
    "På mobil kan tilkoblingen brytes hvis denne fanen mister fokus eller enheten går i dvale, og du mister plassen din i køen.",
    "Mistet tilkobling på grunn av at siden ble forlatt. Går tilbake til køen...",
)


def gradio_phrases(language: Language) -> dict[str, str]:
    """Return what is to stand in the place of the words that Gradio writes by itself."""
    own = GRADIO_BOKMAAL if language is Language.NYNORSK else ()
    phrases = GRADIO_PHRASES | {phrase: phrase for phrase in own}
    return {phrase: say(meant, language) for phrase, meant in phrases.items()}


def format_number(number: int) -> str:
    """Return the number with a thin gap between thousands: "2 000" (no-break space)."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def too_long(length: int, limit: int) -> str:
    """Return what to say about a question over the limit."""
    return (
        f"Spørsmålet er på {format_number(length)} tegn. Grensen er {format_number(limit)}. "
        "Kort det ned, eller del det i flere spørsmål. En tekst med påstander sjekkes i fanen Påstandssjekk, et helt dokument i Dokumentsjekk."
    )


def announce_answer(outcome: str, sources: int) -> str:
    """Return what a screen reader says when the answer stands there."""
    count = "Ingen kilder." if not sources else "1 kilde." if sources == 1 else f"{sources} kilder."
    return f"Svaret er klart. {outcome} {count}".replace("  ", " ")


def coverage(acts: int, provisions: int, notes: int, text_date: date | None) -> str:
    """Return the line on what the answers rest on."""
    notes_part = f" og {format_number(notes)} veiledninger" if notes else ""
    date_part = f", tekst per {format_day(text_date)}" if text_date else ""
    return f"Bygger på {format_number(provisions)} paragrafer i {acts} lover og forskrifter{notes_part}{date_part}."

"""What the assistant does not take part in: personal data, attempts to give it new instructions. And masking."""

import re

_ID_NUMBER = re.compile(r"(?<!\d)([0-7]\d[0-1489]\d\d{2})[\s.-]?(\d{5})(?!\d)")
_PHONE = re.compile(r"(?<![\d.,/§-])(?:\+?47[\s-]?)?(?:[2-9]\d{7}|[2-9]\d{2}[\s-]\d{2}[\s-]\d{3}|[2-9]\d[\s-]\d{2}[\s-]\d{2}[\s-]\d{2})(?![\d])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# The svartjeneste's number and the like stand in the corpus, not in what users write.
_INJECTION = re.compile(
    r"(?:ignorer|ignorere|ignore|glem|gløym|forget|disregard|se\s+bort\s+fra|overse)\b.{0,40}\b(?:instruks\w*|regle\w*|instruction\w*|rules|beskjed\w*|alt|prompt\w*|everything|føringer|kilde\w*)"
    r"|\b(?:system\s*prompt|systemprompt\w*|systemmelding\w*|utviklermodus|developer\s+mode|testmodus|jailbreak|dan-modus|dan\s+mode|base64|do\s+anything\s+now)"
    r"|\b(?:du\s+er\s+nå|du\s+er\s+no|fra\s+nå\s+av\s+er\s+du|you\s+are\s+now|lat\s+som\s+(?:om\s+)?du|pretend\s+(?:to\s+be|you)|spill\s+rollen|rollespill|act\s+as)\b"
    r"|\b(?:svar\s+(?:bare|kun|alltid)\s+(?:med|at)|svar\s+berre\s+med|only\s+(?:answer|reply|respond)\s+with|repeat\s+after\s+me|gjenta\s+etter\s+meg|finn\s+på\s+en\s+paragraf|dikt\s+opp|make\s+up\s+a)"
    r"|\b(?:instruksjonene\s+dine|instruksane\s+dine|your\s+instructions|your\s+(?:hidden\s+)?prompt|innstillingene\s+dine)",
    re.IGNORECASE | re.DOTALL,
)
_HEALTH = r"(?:diagnose\w*|sykmeld\w*|sjukmeld\w*|sykefravær\w*|sjukefråvær\w*|sykehistorie\w*|journal\w*|helseopplysning\w*|depresjon|rusproblem\w*|drikker|alkoholis\w*|kreft|gravid|helsetilstand\w*|sick\s+leave|diagnosis|medisin\w*|blodprøve\w*)"
_LOOK_UP = r"(?:finn\w*|finne\s+ut|sjekk\w*|slå\s+opp|hent\w*|vis\s+meg|si\s+meg|fortell|gi\s+meg|skaffe?|kan\s+du\s+se|look\s+up|find\s+out|tell\s+me|show\s+me|har\s+du|vet\s+du|veit\s+du)"
_NAME = r"(?:(?-i:[A-ZÆØÅ][a-zæøå]+)(?:\s+(?-i:[A-ZÆØÅ][a-zæøå]+))?(?:\s+(?:på|i|hos|fra|frå)\s+[\wæøå]+)?)"
_NOT_NAMES = r"(?!(?:Nav|Arbeidstilsynet|Altinn|Stami|Norge|Norway|Kan|Er|Har|Hva|Hvem|Hvor|Må|Skal|Hvilke|Hvorfor|Arbeidsgiver\w*|Sjefen|Ansatte|Vi|Jeg|Eg|Bedrifts\w*|Lege\w*|Verneombud\w*|Bht|Den|Det|De|Dei|En|Ein|Når|Alle|Noen|Hvis|Kva|Kven|Kollega\w*)\b)"
_PRIVATE = re.compile(
    rf"\b(?:hvilken|kva|hva\s+slags|hva\s+er|what)\s+.{{0,20}}\bdiagnose\w*\s+.{{0,30}}{_NOT_NAMES}{_NAME}|"
    rf"\b{_LOOK_UP}\b.{{0,50}}\b(?:{_HEALTH}|mobilnummer\w*|telefonnummer\w*|hjemmeadresse\w*|heimeadresse\w*|personnummer\w*|fødselsnummer\w*|privatadresse\w*|adresse\w*\s+(?:til|hans|hennes)).{{0,60}}"
    rf"|\b(?:er|har|is|has|kvifor\s+er|hvorfor\s+er)\s+{_NOT_NAMES}{_NAME}\b.{{0,40}}\b{_HEALTH}",
    re.IGNORECASE,
)
_PRIVATE_CONTACT = re.compile(
    r"\b(?:mobilnummer\w*|telefonnummer\w*|hjemmeadresse\w*|heimeadresse\w*|privatadresse\w*|home\s+address|phone\s+number)\b.{0,60}\b(?:til|hans|hennes|of|for)\b", re.IGNORECASE
)


def has_id_number(text: str) -> bool:
    """Return whether the text holds something formed like a fødselsnummer or D-number."""
    return bool(_ID_NUMBER.search(text))


def mask(text: str) -> str:
    """Return the text with fødselsnummer, phone numbers and e-mail addresses masked."""
    text = _ID_NUMBER.sub("[fødselsnummer fjernet]", text)
    text = _EMAIL.sub("[e-post fjernet]", text)
    return _PHONE.sub("[telefonnummer fjernet]", text)


def is_injection(text: str) -> bool:
    """Return whether the text tries to give the assistant new instructions."""
    return bool(_INJECTION.search(text))


def asks_for_private_data(text: str) -> bool:
    """Return whether the text asks for somebody's health or contact details."""
    return bool(_PRIVATE.search(text) or _PRIVATE_CONTACT.search(text))

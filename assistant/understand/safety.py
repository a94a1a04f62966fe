"""What the assistant does not take part in: personal data, attempts to give it new instructions. And masking."""

import re

_ID_NUMBER = re.compile(r"(?<!\d)[0-7]\d[.\s-]?[0-1489]\d[.\s-]?\d{2}[.\s-]?\d{5}(?!\d)")
_PHONE = re.compile(
    r"(?<![\d.,/§-])(?:\+?47[\s-]?)?(?:[2-9]\d{7}|[2-9]\d{2}[\s-]\d{2}[\s-]\d{3}|[2-9]\d[\s-]\d{2}[\s-]\d{2}[\s-]\d{2})(?![\d])"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# The svartjeneste's number and the like stand in the corpus, not in what users write.
_INJECTION = re.compile(
    r"(?:^|[.!?,:;»]\s*|\b(?:og|please|så|and)\s+)(?:ignorer|ignore|glem|gløym|forget|disregard|se\s+bort\s+fra|sjå\s+bort\s+frå|overse|override)\b.{0,40}\b(?:instru\w*|regl\w*|rules|beskjed\w*|alt|alle|prompt\w*|everything|føringer|kilde\w*)"
    r"|\b(?:system\s*prompt\w*|systemmelding\w*|utviklermodus|developer\s+mode|testmodus|jailbreak|dan[- ]modus|base64|do\s+anything\s+now|api[- ]?(?:key|nøkkel)|hvilken\s+språkmodell|which\s+language\s+model)"
    r"|</?\s*(?:system|assistant|user|instruction)\b"
    r"|\b(?:du\s+er\s+nå|du\s+er\s+no|fra\s+nå\s+av\s+er\s+du|frå\s+no\s+av|you\s+are\s+now|you\s+are\s+dan|as\s+dan\b|an\s+ai\s+without|lat\s+som\s+(?:om\s+)?du|pretend\s+(?:to\s+be|you)|spill\s+rollen|rollespill|you\s+(?:must|should|will)\s+act\s+as|"
    r"la\s+oss\s+leke|kan\s+du\s+være\s+bestemor|la\s+oss\s+si\s+at\s+du\s+er)\b"
    r"|\b(?:svar\s+(?:bare|kun|alltid|ok)\s+(?:med|at|om)|svar\s+berre\s+med|avslutt\s+alle\s+svar|only\s+(?:answer|reply|respond)\s+with|repeat\s+after\s+me|gjenta\s+(?:etter\s+meg|alt\s+over)|(?:finn|dikt|lag)\s+(?:på|opp)\s+(?:en|ein|et)\b.{0,12}\bparagraf|make\s+up\s+a|ny\s+regel:)"
    r"|\b(?:instruks(?:ene|jonene)\s+(?:dine|du)|instruksane\s+dine|hemmelige\s+instruks\w*|your\s+instructions|your\s+(?:hidden\s+)?prompt|innstillingene\s+dine|print\s+your\s+configuration|til\s+assistenten:)",
    re.IGNORECASE | re.DOTALL,
)
_ABUSE = re.compile(r"\b(?:faen|helvetes?|jævla|jævlig|drittrobot|fuck\w*|ræva|satan|hestkuk|fitte)\b", re.IGNORECASE)
_HEALTH = r"(?:diagnose\w*|sykmeld\w*|sjukmeld\w*|sykefravær\w*|sjukefråvær\w*|sykehistorie\w*|(?:helse|pasient)?journal\w*|health\s+record\w*|helseopplysning\w*|depresjon|rusproblem\w*|drikker|alkoholis\w*|kreft|gravid\w*|adhd|helsetilstand\w*|sick\s+leave|diagnosis|medisin(?:ar|er|ane|ene)?|blodprøve\w*)"
_LOOK_UP = r"(?:finn\w*|finne\s+ut|sjekk\w*|slå\s+opp|hent\w*|vis\s+meg|si\s+meg|fortell|gi\s+meg|skaffe?|kan\s+du\s+se|look\s+up|find\s+out|tell\s+me|show\s+me|har\s+du|vet\s+du|veit\s+du)"
_PERSON = r"(?:han|hun|ho|hen|hans|hennes|hennar|henne|ham|kollega\w*|naboen|sjefen\s+min|her|his|him|(?-i:[A-ZÆØÅ][a-zæøå]+\s+(?:[A-ZÆØÅ][a-zæøå]+|på|i|hos|fra)))"
_NAME = r"(?:(?-i:[A-ZÆØÅ][a-zæøå]+)(?:\s+(?-i:[A-ZÆØÅ][a-zæøå]+))?(?:\s+(?:på|i|hos|fra|frå)\s+[\wæøå]+)?)"
_NOT_NAMES = r"(?!(?:Nav|Arbeidstilsynet|Altinn|Stami|Norge|Norway|Kan|Er|Har|Hva|Hvem|Hvor|Må|Skal|Hvilke|Hvorfor|Arbeidsgiver\w*|Sjefen|Ansatte|Vi|Jeg|Eg|Bedrifts\w*|Lege\w*|Verneombud\w*|Bht|Den|Det|De|Dei|En|Ein|Når|Alle|Noen|Hvis|Kva|Kven|Kollega\w*)\b)"
_PRIVATE = re.compile(
    rf"\b(?:hvilken|kva|hva\s+slags|hva\s+er|what)\s+.{{0,20}}\bdiagnose\w*\s+.{{0,30}}{_NOT_NAMES}{_NAME}|"
    rf"\b{_LOOK_UP}\b(?=.*\b{_PERSON}\b).{{0,50}}\b{_HEALTH}|\[fødselsnummer fjernet\].{{0,60}}\b(?:sjekk\w*|finn|slå\s+opp|står|registe\w*)"
    rf"|\b{_LOOK_UP}\b.{{0,50}}\b(?:mobilnummer\w*|telefonnummer\w*|hjemmeadresse\w*|heimeadresse\w*|personnummer\w*|fødselsnummer\w*|privatadresse\w*|adresse\w*\s+(?:til|hans|hennes)).{{0,60}}"
    rf"|\b(?:er|har|is|has|kvifor\s+er|hvorfor\s+er)\s+{_NOT_NAMES}{_NAME}\b(?!\s+(?:rett|krav|plikt|lov))(?:\s+(?:blitt|vært|hatt|også|fortsatt|mye|egentlig)){{0,2}}\s+{_HEALTH}",
    re.IGNORECASE,
)
# "Hva er det som feiler ham?" as a question of its own; "får sjefen spørre hva som feiler henne?" is about the rule.
_PRIVATE_AILMENT = re.compile(
    rf"(?:^|[.!?]\s+)(?:hva|kva)\s+(?:er\s+det\s+)?(?:egentlig\s+|eigentleg\s+)?(?:som\s+)?(?:feiler|feilar)\s+(?:ham|han|henne|ho|hun|hen|{_NOT_NAMES}{_NAME})\b",
    re.IGNORECASE,
)
_PRIVATE_LIST = re.compile(
    rf"\b(?:lag|gi\s+meg|vis|skriv|make|send)\b.{{0,30}}\b(?:liste|oversikt|list|journal\w*|record)\b.{{0,60}}\b(?:hvem|kven|who|of|over\s+(?:de|dei|alle|ansatte)\s+som)\b.{{0,40}}(?:{_HEALTH}|{_NOT_NAMES}(?-i:[A-ZÆØÅ][a-zæøå]+\s+[A-ZÆØÅ][a-zæøå]+))"
    rf"|\b(?:kva|hva|hvilke|hvilken)\s+{_HEALTH}\s+(?:bruk\w+|tar|får|har|brukar)\s+(?:han|hun|ho|hen|{_NOT_NAMES}{_NAME})"
    rf"|{_NOT_NAMES}(?-i:[A-ZÆØÅ][a-zæøå]+\s+[A-ZÆØÅ][a-zæøå]+)\s+(?:sier|seier|says|påstår)\b.{{0,40}}{_HEALTH}.{{0,60}}(?:stemmer|diagnose|sant)"
    rf"|\bhvor\s+bor\s+(?:han|hun|hen|{_NOT_NAMES}(?-i:[A-ZÆØÅ][a-zæøå]+))|\bdømt\s+for\s+noe\b",
    re.IGNORECASE,
)
# "Hvor mange egenmeldingsdager har hun igjen?": the rule has a number, but how many she has used is hers.
_PRIVATE_BALANCE = re.compile(
    rf"\b(?:hvor|kor)\s+(?:mange|mye|mykje)\s+[\wæøå]+\s+har\s+(?:ha[nm]|hun|ho|hen|{_NOT_NAMES}{_NAME})\s+(?:igjen|att|brukt|tatt\s+ut|til\s+gode)\b",
    re.IGNORECASE,
)
_PRIVATE_CONTACT = re.compile(
    r"\b(?:hva|kva|what|finn\w*|gi|send|har\s+du|vet\s+du|trenger|oppgi)\b.{0,30}\b(?:mobilnummer\w*|telefonnummer\w*|hjemmeadresse\w*|heimeadresse\w*|privatadresse\w*|home\s+address|phone\s+number)\b.{0,60}\b(?:til|hans|hennes|of|for)\b",
    re.IGNORECASE,
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


def is_abuse(text: str) -> bool:
    """Return whether the text is mostly swearing: more than one word in five, and no question of substance in it."""
    words = re.findall(r"\w+", text)
    return len(_ABUSE.findall(text)) * 5 >= max(1, len(words)) and len(words) < 12


def asks_for_private_data(text: str) -> bool:
    """Return whether the text asks for somebody's health or contact details."""
    patterns = (_PRIVATE, _PRIVATE_AILMENT, _PRIVATE_BALANCE, _PRIVATE_LIST, _PRIVATE_CONTACT)
    return any(pattern.search(text) for pattern in patterns)

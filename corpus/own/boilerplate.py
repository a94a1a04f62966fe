"""What on a page is no content: menus, buttons, captions, numbers of charts and calculators.

Conservative on purpose: a block that states a rule is never boilerplate, and neither is anything longer than a few
words unless it is surely machinery. The reasons are Norwegian because the report to the user names them.
"""

import re
from collections.abc import Sequence

from corpus.own.raw import Block

MENU = "menyer og knapper"
COOKIES = "informasjonskapsler"
NUMBERS = "tall uten tekst"
CHART = "diagram"
CALCULATOR = "kalkulator"
CAPTION = "bildetekster"
LINKS = "lenker"
CONTACT = "deling og kontakt"

RULE = re.compile(
    r"\b(?:må|skal|plikt\w*|krav\w*|krever?|kreves|påb[uy]\w*|lovpålagte?|pålagt\w*|pålegg\w*|forb[uy]\w*|frist\w*|rett til|minst|senest)\b|§",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?:;][»”\")]?(?:\s|$)")

# Whole blocks, compared without case and punctuation.
_PHRASES = frozenset("""
til hovedinnhold|hopp til hovedinnhold|hopp til innhold|gå til hovedinnhold|gå til innhold|hovedinnhold|hovedmeny|meny|
åpne meny|lukk meny|lukk|søk|søk her|søk på siden|vis mer|vis mindre|vis alle|se mer|se alle|les mer|les også|les hele saken|les meir|
mer om dette|relaterte artikler|relatert innhold|relaterte saker|aktuelt|siste nytt|du er her|brødsmulesti|hjem|forside|forsiden|
tilbake|tilbake til toppen|til toppen|forrige|neste|forrige side|neste side|innhold på siden|på denne siden|logg inn|min side|
skriv ut|skriv ut siden|last ned|last ned pdf|last ned som pdf|kopier lenke|lenke kopiert|lenke er kopiert|abonner|meld deg på nyhetsbrev|
nyhetsbrev|book|book nå|bestill|bestill nå|bestill time|book time|book gratis rådgivning|book et møte|få et tilbud|be om tilbud|kom i gang|
start nå|prøv gratis|handlekurv|legg i handlekurv|språk|norsk|english|norsk bokmål|nynorsk|velg språk|tekststørrelse|kontrast|
sanity image|image|bilde|banner|banner background|background|logo|ikon|icon|illustrasjon|illustrasjonsbilde|avatar|placeholder|
skip to content|skip to main content|read more|menu|search|close|share|back to top|var denne siden nyttig|fant du det du lette etter|
var dette nyttig|ja nei|gi tilbakemelding|alle rettigheter reservert|personvern|personvernerklæring|tilgjengelighetserklæring|
""".replace("\n", "").strip("|").split("|"))  # fmt: skip
_SHARING = frozenset("""
del|del siden|del artikkelen|del denne siden|del denne artikkelen|tips og del artikkelen|tips en venn|del på facebook|del på linkedin|
del på twitter|del på x|del på e post|facebook|linkedin|twitter|instagram|youtube|e post|facebook linkedin|facebook twitter linkedin|
facebook linkedin e post|facebook twitter linkedin e post|følg oss|følg oss på facebook|følg oss på linkedin|kontakt|kontakt oss|
ta kontakt|ta kontakt med oss|ring oss|send e post|send oss en e post|chat med oss|telefon|besøksadresse|postadresse|
""".replace("\n", "").strip("|").split("|"))  # fmt: skip
# The scales of surveys; a block of such words only is the legend of a chart.
_SCALE = frozenset(
    [
        "svært",
        "meget",
        "ganske",
        "god",
        "godt",
        "gode",
        "bra",
        "dårlig",
        "dårlige",
        "middels",
        "hverken",
        "verken",
        "eller",
        "enig",
        "uenig",
        "helt",
        "delvis",
        "litt",
        "vet",
        "ikke",
        "relevant",
        "ja",
        "nei",
        "nøytral",
        "fornøyd",
        "misfornøyd",
        "nullpunkt",
        "nullpunktsmåling",
        "sluttmåling",
        "ofte",
        "sjelden",
        "aldri",
        "alltid",
        "av",
        "og",
        "til",
        "i",
        "stor",
        "liten",
        "noen",
        "grad",
    ]
)
_SCALE_ANCHORS = frozenset({"enig", "uenig", "dårlig", "middels", "grad", "fornøyd", "nullpunkt", "sluttmåling", "vet"})

_COOKIES = re.compile(r"informasjonskaps\w+|\bcookies?\b", re.IGNORECASE)
_CONSENT = re.compile(
    r"godta|godkjenn|samtykk|aksepter|avvis|innstilling|nettleser|nettsted|nettside|brukeropplevelse|accept",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^[(\[]?[-+−–<>≤≥~]?\d[\d.,:/–-]*(?:%|prosent)?[)\]]?[.,;]?$")
_NUMBER_WORDS = frozenset(
    [
        "%",
        "kr",
        "kr.",
        "nok",
        "mill",
        "mill.",
        "mrd",
        "mrd.",
        "n=",
        "n",
        "=",
        "-",
        "–",
        "|",
        "·",
        "•",
        "/",
        "+",
        "år",
        "stk",
    ]
)
_SAMPLE_SIZE = re.compile(r"\bN\s?(?:\([^)]*\))?\s?=\s?\d+")
_URL = re.compile(r"(?:https?://|www\.)\S+$|[\w./-]+\.(?:no|com|org|eu)(?:/\S*)?$", re.IGNORECASE)
_LINK_LABEL = re.compile(r"(?:les (?:mer|også|hele|videre)|mer om|last ned|gå til|klikk (?:her|for)|trykk her|se (?:også|video))\b", re.IGNORECASE)  # fmt: skip
_CONTACT = re.compile(r"(?:(?:tlf|telefon|tel|mobil|e-?post|mail|org\.?\s?nr|faks)\.?\s*:?\s*)?(?:[\w.+-]+@[\w.-]+|(?:\+47\s?)?\d[\d ]{6,12}\d)$", re.IGNORECASE)  # fmt: skip
_CREDIT = re.compile(r"(?:foto|bilde|illustrasjon|photo|fotograf|ill)\s*[:/]", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:bilde av |foto av )?(?:en|ei|et|to|tre|noen|flere|smilende|glad)\b[\w\s,-]*?\b"
    r"(?:mann|kvinne|dame|jente|gutt|person|personer|mennesker|folk|kollegaer|kolleger|menn|kvinner|ansatte|barn|hender|lege|sykepleier)\b"
    r"[\w\s,-]*?\b(?:står|sitter|smiler|ser|holder|snakker|jobber|arbeider|går|på|i|ved|med|foran)\b",
    re.IGNORECASE,
)
_CALCULATOR = re.compile(r"^(?:bruk|prøv|test)\b[^.]*kalkulator|kalkulatoren (?:under|over|nedenfor|viser|beregner|regner)", re.IGNORECASE)  # fmt: skip
_CALCULATOR_REACH = 14
_LONGEST_LABEL = 400


def find_boilerplate(blocks: Sequence[Block]) -> dict[int, str]:
    """Return the positions of the blocks that are no content, each with its reason."""
    reasons = {number: reason for number, block in enumerate(blocks) if (reason := _reason(block))}
    for number, block in enumerate(blocks):
        in_table = block.kind == "row" and any(
            0 <= n < len(blocks) and blocks[n].kind == "row" for n in (number - 1, number + 1)
        )
        if reasons.get(number) == NUMBERS and in_table:
            del reasons[number]
        elif _CALCULATOR.search(block.text) and not RULE.search(block.text):
            reasons |= dict.fromkeys([number, *_calculator_parts(blocks, number)], CALCULATOR)
    return reasons


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: lower case, no punctuation."""
    return re.findall(r"\w+", text.casefold())


def states_rule(text: str) -> bool:
    """Return whether the text may state a rule, and so is never boilerplate."""
    return len(text.split()) >= 4 and RULE.search(text) is not None


def is_prose(text: str) -> bool:
    """Return whether the text is made of sentences rather than labels."""
    count = len(text.split())
    return count >= 25 or (count >= 6 and SENTENCE_END.search(text) is not None)


def _reason(block: Block) -> str:
    """Return why the block alone is no content, "" when it is."""
    text = block.text.strip()
    words = words_of(text)
    phrase = " ".join(words)
    if phrase in _PHRASES:
        return MENU
    if phrase in _SHARING:
        return CONTACT
    if not block.heading and _is_numbers(text):
        return NUMBERS
    if states_rule(text):
        return ""
    if _COOKIES.search(text) and (_CONSENT.search(text) or len(words) < 6):
        return COOKIES
    if block.kind == "row" or len(text) > _LONGEST_LABEL:
        return ""
    if not block.heading and _CONTACT.match(text):
        return CONTACT
    if _is_chart(text, words):  # a legend stands alone, so readers take it for a heading now and then
        return CHART
    return "" if block.heading else _reason_of_label(text, words)


def _reason_of_label(text: str, words: list[str]) -> str:
    """Return why a short block of body text is no content, "" when it is."""
    if _URL.match(text):
        return LINKS
    if is_prose(text):
        return LINKS if len(words) <= 8 and _LINK_LABEL.match(text) else ""
    if len(words) <= 12 and (_CREDIT.match(text) or _PERSON.match(text)):
        return CAPTION
    return LINKS if len(words) <= 8 and _LINK_LABEL.match(text) else ""


def _is_chart(text: str, words: list[str]) -> bool:
    """Return whether the text is a legend, sample sizes or figures of a chart."""
    if is_prose(text):
        return False
    tokens = text.split()
    numbers = sum(bool(_NUMBER.match(token)) for token in tokens)
    if numbers >= 4 and numbers >= 0.6 * len(tokens):
        return True
    if _SAMPLE_SIZE.search(text) and len(words) <= 12:
        return True
    return len(words) > 1 and set(words) <= _SCALE and bool(_SCALE_ANCHORS & set(words))


def _is_numbers(text: str) -> bool:
    tokens = text.lower().split()
    return all(_NUMBER.match(t) or t in _NUMBER_WORDS or not re.search(r"\w", t) for t in tokens)


def _calculator_parts(blocks: Sequence[Block], start: int) -> list[int]:
    """Return the positions of the labels and results that follow the words that introduce a calculator."""
    parts: list[int] = []
    for number in range(start + 1, min(start + 1 + _CALCULATOR_REACH, len(blocks))):
        block = blocks[number]
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        opens_prose = following is not None and is_prose(following.text) and not _holds_amount(following.text)
        if states_rule(block.text) or (is_prose(block.text) and not _holds_amount(block.text)):
            break
        if block.heading and opens_prose:
            break
        parts.append(number)
    while parts and not _holds_amount(blocks[parts[-1]].text) and len(parts) > 4:
        parts.pop()  # what stands after the last figure may be the next section
    return parts


def _holds_amount(text: str) -> bool:
    return re.search(r"\d[\d  .]*\d{3}\b|\d\s?%", text[:_LONGEST_LABEL]) is not None

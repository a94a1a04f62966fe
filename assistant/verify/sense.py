"""Which way a clause points: denied or not, duty or permission, always or only, and who is to do it."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from index.text import stems_of

_DENIAL = re.compile(
    r"\b(?:ikke|ikkje|ingen|ingenting|inga|inkje|intet|aldri|verken|hverken|korkje|slipper|slepp|fritatt|friteken|unntatt|unnateke\w*|unødvendig|not|no|never"
    r"|forbudt|forbode|forbud|forbyr|ulovlig å|ulovleg å|er ulovlig|er ulovleg|neppe|uten|utan|unngå\w*|utenom|utanom|frivillig\w*)\b"
)
# Set phrases that deny nothing of the rule.
_NO_DENIAL = re.compile(r"\b(?:ikke bare|ikkje berre|ikke minst|ikkje minst|ikke (?:mer|meir|mindre|flere|færre|over|under) enn|ikk(?:e|je) (?:\w+ ){0,4}?(?:noe |noko )?(?:annet|anna|andre) enn|ikke over|ikke under|med mindre|hvis ikke|dersom ikke|viss ikkje|om ikke|ikke overst\w+|ikke oversk\w+)\b")  # fmt: skip
_EXEMPTION = re.compile(
    r"\b(?:fritatt|friteken|unntatt|unnateken|unntak|(?:slipper|slepp)(?: (?:da|også|alle|disse|desse|dette|det))?(?: å| unna| krav\w*| plikt\w*| regl\w*| bht| bedriftsh\w*| verneomb\w*| amu)|unødvendig|treng\w* (?:\w+ ){0,2}?ikk(?:e|je)|behøver (?:\w+ )?ikke|ikk(?:e|je) (?:\w+ )?(?:krav|plikt\w*|nødvendig|pålagt|påbudt|lovpålagt|obligatorisk)|ingen (?:\w+ )?(?:krav|plikt|trenger|treng|må|behøver)|gjeld(?:er)? (?:likevel |heller )?ikk(?:e|je)|krev(?:er)? (?:likevel |heller )?ikk(?:e|je)|omfatt(?:er|es) (?:likevel )?ikk(?:e|je)|(?:være|vere) (?:uten|utan)|frivillig\w*|valgfri\w*)\b"
)
_NOT_ONLY = re.compile(r"\b(?:ikke bare|ikkje berre)\b")
_ONLY = re.compile(r"\b(?:bare|kun|berre)\b")
# The modal words as they bind: "skal" and "må" are one.
_MODAL_WORDS = {"duty": re.compile(r"\b(?:skal|må|lyt|plikter|pliktar)\b"), "permission": re.compile(r"\b(?:kan|kunne)\b"), "advice": re.compile(r"\b(?:bør|burde)\b"), "always": re.compile(r"\b(?:alltid|uansett)\b"), "only": re.compile(r"\b(?:bare|kun|berre)\b")}  # fmt: skip
# Modal verbs first: "har ansvar for at ... kan" is settled by the word that comes first.
_FORCES = re.compile(
    r"\b(?:(?P<right>(?:skal|må) (?:\w+ )?få|har (?:\w+ )?rett|rett til|har krav på|kan kreve)|(?P<duty>skal|må|lyt|plikter|pliktar|har (?:\w+ )?(?:plikt|ansvar\w*)|pålagt|pålagd|påbudt|påbode|obligatorisk\w*|nødt til|er pliktig\w*|lovkrav\w*|krever|krev|kreves|krav om)"
    r"|(?P<advice>bør|burde|anbefal\w*|tilrå\w*|råd(?:er|es))"
    r"|(?P<permission>kan|får (?:ikke |også |bare |selv )?(?:lov|bruke|ha|ta|gjøre|være|gi|arbeide|velge|kreve|jobbe|stanse|nekte)|har lov|lov til|tillatt|adgang til|høve til|frivillig\w*|valgfri\w*))\b"
)
_ABSOLUTES = {
    "alltid": r"\b(?:alltid|bestandig|i alle tilfeller|i alle høve|uten unntak|utan unntak|når som helst|i enhver situasjon)\b",
    "uansett": r"\b(?:uansett\w*|uavhengig av)\b",
    "aldri": r"\b(?:aldri|under ingen omstendighet\w*|ikke i noe tilfelle)\b",
    "bare": r"(?<!som )(?<!dere )(?<!ikke )(?<!ikkje )(?<!har )(?<!det )(?<!, )\b(?:bare|kun|berre|utelukkende|utelukkande|eneste|einaste|på egen hånd)\b|\b(?:kan|skal|må) alene\b|\balene (?:bestemme|avgjøre|fastsette)\b",
    "straks": r"\b(?:straks|umiddelbart|øyeblikkelig|med en gang|med ein gong|omgående|snarest)\b",
    "alle": r"\b(?:alle|samtlige|enhver|einkvar|hver eneste|hele|heile)\b",
    "alt": r"\balt (?:arbeid|utstyr|som)\b",
    "periodisk": r"\b(?:hver(?:t|e)?|kvart?) (?:\w+ )?(?:år|uke|måned|dag|periode|gang i)\b|\b(?:årlig|årleg|månedlig|ukentlig|daglig)(?! leder)\b",
    "form": r"\b(?:skriftlig|skriftleg|muntlig|munnleg|elektronisk)\w*\b",
    "automatisk": r"\bautomatisk\b",
    "størrelse": r"\b(?:små|store|mindre|større) (?:virksomhet|verksemd|bedrift|firma|selskap)\w*",
}  # fmt: skip
_EVERY = r"\b(?:alle|enhver|ethvert|hver|hvert|kvar|kvart|samtlige|alltid|uansett|alt|hele|heile|noen gang|uavhengig|til enhver tid|om gangen|den enkelte|det enkelte|per|årlig\w*|når som helst)\b"
# What carries an absolute word of a claim, beside the same one.
_CARRIED_BY = {
    "uansett": r"\b(?:uansett\w*|uavhengig av|alltid|i alle tilfeller|alle (?:virksomheter|arbeidsgivere|arbeidstakere|som|ansatte)|enhver|ethvert|hver virksomhet|samtlige|aldri|ingen|unntak|antall\w*|størrelse\w*)\b",
    "alle": _EVERY, "alt": _EVERY, "form": r"\b(?:skriftlig\w*|skriftleg\w*|skriv\w*|muntlig\w*|elektronisk\w*|dokument\w*|papir)\b", "periodisk": r"\b(?:hver|hvert|årlig\w*|år|uke|måned|dag|periode)\b", "alltid": r"\b(?:alltid|uansett|enhver|ethvert|til enhver tid|uavhengig av|aldri)\b",
    "straks": r"\b(?:straks|umiddelbar\w*|øyeblikkelig|med en gang|omgående|snarest|så snart|så fort)\b",
    "aldri": r"\b(?:aldri|under ingen|forbudt)\b", "automatisk": r"\b(?:automatisk|alltid|uansett)\b",
    "størrelse": r"\b(?:små|liten|lite|store|større|mindre|størrelse|færre|flere|mer enn|under|over|minst)\b|\d+ (?:ansatt|arbeidstak)",
}  # fmt: skip
# "bare hvis" says no more than "hvis".
_ONLY_IF = re.compile(r"\b(?:bare|kun|berre) (?:når|hvis|dersom|viss|om)\b")
_CONDITION = re.compile(r"\b(?:hvis|dersom|viss|såfremt|forutsatt|med mindre|unntatt|unntak\w*|bortsett fra|når|så lenge|så langt|kan)\b")  # fmt: skip
_ACTORS = {
    "arbeidsgiver": r"arbeidsgiv\w*|arbeidsgjev\w*|virksomhet\w*|verksemd\w*|bedrift(?!shelse)\w*|\bdere\b|\bdykk\b|selskapet|ledelsen|leiinga|\bdu\b|firma\w*|\bsjef\w*",
    "arbeidstaker": r"arbeidstak\w*|\bansatt\w*|tilsett\w*|tilsatte?\b|medarbeider\w*|sykmeldt\w*|sjukmeld\w*",
    "hovedverneombud": r"hovedverneombud\w*|hovudverneombod\w*", "verneombud": r"verneombud\w*|verneombod\w*",
    "amu": r"\bamu\b|arbeidsmiljøutval\w*", "bht": r"\bbht\b|bedriftshelset\w*|bedriftshelse\w*", "arbeidstilsynet": r"arbeidstilsyn\w*|\btilsynet\b|petroleumstilsyn\w*|havindustritilsyn\w*",
    "lege": r"\blegen?\b|fastlege\w*|sykmelder\w*|sjukmeldar\w*|behandler\w*|bedriftslege\w*", "nav": r"\bnavs?\b|arbeids- og velferds\w*", "tillitsvalgt": r"tillitsval\w*|fagforening\w*",
    "leder": r"\b(?:daglig |dagleg |øverste )?lede?r(?:en|e|ne)?\b|\bleiar\w*", "politi": r"\bpoliti\w*", "byggherre": r"byggherre\w*", "departement": r"departement\w*|kongen\b|regjering\w*",
    "entreprenør": r"entreprenør\w*", "hovedbedrift": r"hovedbedrift\w*|hovudbedrift\w*", "leverandør": r"leverandør\w*|selger\w*|seljar\w*", "eier": r"\bstyret\b|\beier(?:en|ne)?\b",
    "prosjekterende": r"prosjekterende|koordinator\w*", "kommune": r"kommunen?\b|kommuner\b", "partene": r"\bpartene\b|\bpartane\b",
    "innleier": r"\binnleier?\b|innleievirksomhet\w*|innleiar\w*", "utleier": r"bemanningsforetak\w*|bemanningsføretak\w*|\butleier\w*", "domstol": r"domstol\w*|rettssak\w*|\btingrett\w*|nemnd\w*",
}  # fmt: skip
_ACTOR = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _ACTORS.items()))
ALWAYS_MEANT = frozenset({"arbeidsgiver", "arbeidstaker", "eier", "leverandør", "partene"})
# Where a rule is about whoever does something, the employer is not meant unless named.
_ANYBODY = re.compile(r"\b(?:alle|den|enhver|personer|de) som\b")
_EMPLOYER = ("arbeidsgiv", "arbeidsgjev")
_MODAL = re.compile(r"\b(?:skal|må|lyt|plikter|pliktar|kan|får|bør|har plikt|har rett|har ansvar\w*|sørger|avgjør|bestemmer|godkjenner)\b")  # fmt: skip
_MAIN_VERBS = {"sørger": "sørg", "avgjør": "avgjør", "bestemmer": "bestem", "godkjenner": "godkjenn"}
_BESIDE_VERB = frozenset(
    [
        "ikke",
        "ikkje",
        "også",
        "og",
        "da",
        "så",
        "selv",
        "alltid",
        "bare",
        "kun",
        "minst",
        "først",
        "i",
        "å",
        "til",
        "likevel",
        "dermed",
        "derfor",
        "normalt",
        "helst",
        "altså",
        "òg",
        "det",
        "dette",
        "den",
        "dei",
        "de",
        "vi",
        "man",
        "ein",
        "en",
    ]
)
_ACTS = r"(?:det|den|de|dei|dere|du|han|hun|ho|vi|man|arbeids\w+|verneombud\w*|bedrift\w*|virksomhet\w*|bht|amu|nav)"
_BREAK = re.compile(
    r"[,;:–]\s+|\s+(?=(?:når|hvis|dersom|viss|med mindre|uten|utan|men|mens|medan|fordi|slik at|selv om|sjølv om|bortsett fra|så lenge)\s)"
    rf"|\s+og\s+(?=(?:{_ACTS}\s+)?(?:skal|må|kan|får|bør|trenger|plikter)\b)|\s+eller\s+(?=\w+e\s)"
)
# A piece without a finite verb goes on with the one before it, and one that begins with its verb has its subject there.
_FINITE = re.compile(
    r"\b(?:skal|må|lyt|kan|får|bør|vil|er|har|blir|ble|vert|gjelder|gjeld|gir|gjev|gjør|gjer|trenger|treng|plikter|pliktar|krever|krev|varer|skjer|mener|inngår|omfatter|dekker|sørger|følger|finnes|skriver|nevner|oppgir|uten|utan|\w{3,}es|\w{3,}ast)\b"
)
_SAYS = re.compile(r"\b\w{2,}(?:er|ar)\b")
_FEWEST_WORDS, _MAY_BE_ORDER = 3, 5
_WORD = re.compile(r"[\w§%]+(?:[.,–-]\d+)*")
# Words that change what a sentence says, and nothing of what it is about.
_TURNER = re.compile(r"ikke|ikkje|aldri|skal|må|lyt|kan|bør|bare|kun|alltid")
_SHORTEST_COPY = 4
_VERB_FIRST = re.compile(r"^(?:skal|må|lyt|kan|får|bør|vil|plikter|pliktar|har (?:plikt|rett|ansvar))\b")
_RECEIVES = frozenset({"få", "ha", "mott", "være", "vær", "bli", "kunn", "delt"})
_PRONOUN = re.compile(r"(?:(?:og|men|så|da|her|det|dette|den|denne|de|dei|disse|dere|du|man|ein|vi|han|hun|ho)\s*)*")
# Whoever is spoken to may be anybody that the rule is about.
_PASSIVE = re.compile(r"\b(?:skal|må|kan|bør|får)\s+(?:\w+\s+){0,2}?(?:\w{3,}(?:es|ast)|bli)\b")
_ADDRESSED = frozenset({"dere", "du", "dykk"})
_OFFER = re.compile(r"\btilb(?:ud|y|od)\w*")


class Force(StrEnum):
    """How strongly a clause binds."""

    DUTY = "plikt"
    RIGHT = "rett"
    PERMISSION = "adgang"
    ADVICE = "råd"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a clause says beside its subject. `doer` is who stands before its modal verb, `verb` what is to be done."""

    is_denied: bool
    exempts: bool
    force: Force
    doer: str
    verb: str
    offers: bool
    actors: frozenset[str]
    has_subject: bool
    says_shall: bool
    is_passive: bool

    @property
    def receives(self) -> bool:
        """Whether its doer is given something: then whoever gives it may stand in its place."""
        return self.verb in _RECEIVES


def split_clauses(text: str) -> list[str]:
    """Return the clauses of a sentence: what stands between commas and the words that begin a condition or another thought."""
    clauses: list[str] = []
    for piece in (" ".join(piece.split()) for piece in _BREAK.split(text)):
        lower = piece.lower()
        goes_on = not _FINITE.search(lower.split(" som ")[0]) or (
            _VERB_FIRST.match(lower) and " som " in f" {clauses[-1].lower()} " if clauses else False
        )
        if clauses and goes_on:
            clauses[-1] = f"{clauses[-1]}, {piece}"
        elif piece:
            clauses.append(piece)
    return clauses or [" ".join(text.split())]


def read_sense(clause: str) -> Sense:
    """Return the sense of a clause."""
    plain = " ".join(clause.lower().split())
    force = _FORCES.search(plain)
    return Sense(
        is_denied=len(_DENIAL.findall(_NO_DENIAL.sub(" ", plain))) % 2 == 1,
        exempts=bool(_EXEMPTION.search(plain)),
        force=Force[str(force.lastgroup).upper()] if force else Force.NONE,
        doer=_doer(plain),
        verb=_verb(plain),
        offers=bool(_OFFER.search(plain)),
        actors=frozenset(str(match.lastgroup) for match in _ACTOR.finditer(plain)),
        has_subject=_has_subject(plain),
        is_passive=bool(_PASSIVE.search(plain)),
        says_shall=bool(force and force[0].startswith("skal")),
    )


def missing_absolute(claim: str, near: str, whole: str) -> str:
    """Return the absolute word of a claim ("alltid", "bare") that its evidence does not carry, "" when there is none.

    Args:
        claim: A sentence.
        near: The sentences of its evidence most like it, which must carry most such words.
        whole: All of its evidence, in which "straks" and "alle" may stand anywhere.
    """
    claim, near, whole = claim.lower(), near.lower(), whole.lower()
    if _CONDITION.search(near):
        claim = _ONLY_IF.sub("når", claim)
    for name, pattern in _ABSOLUTES.items():
        there = whole if name in ("straks", "alle", "form", "periodisk") else near
        found = re.search(pattern, claim)
        if found and not re.search(_CARRIED_BY.get(name, pattern), there) and not re.search(pattern, there):
            return found[0]
    return ""


def denies_a_duty(claim: str, evidence: str) -> bool:
    """Return whether a claim says that something is not needed, and its evidence exempts nobody."""
    return bool(_EXEMPTION.search(claim.lower())) and not _EXEMPTION.search(evidence.lower())


def is_sentence(text: str) -> bool:
    """Return whether a text says something: a few words have a finite verb among them; more may be an order to somebody."""
    count = len(text.split())
    return count >= _MAY_BE_ORDER or (
        count >= _FEWEST_WORDS and bool(_FINITE.search(text.lower()) or _SAYS.search(text.lower()))
    )


def turns_a_copy(claim: str, original: str) -> bool:
    """Return whether a sentence that is nearly another one has another modal word or another number of denials than that."""
    claim, original = claim.lower(), original.lower()
    if _NOT_ONLY.search(claim) and _ONLY.search(original) and not _NOT_ONLY.search(original):
        return True
    if len(_DENIAL.findall(claim)) != len(_DENIAL.findall(original)):
        return True
    return any(len(word.findall(claim)) > len(word.findall(original)) for word in _MODAL_WORDS.values())


def without_actors(text: str) -> str:
    """Return a text without whoever is named in it."""
    return _ACTOR.sub(" ", text.lower())


def names_another(claim: str, original: str) -> bool:
    """Return whether a claim names somebody whom the sentence that it copies does not name, or not so often."""
    return bool(_count_actors(claim.lower()) - _count_actors(original.lower()))


def copied_part(claim: str, original: str) -> str:
    """Return the part of a text that a claim copies but for words that turn it round, "" when it is no such copy."""
    words = _WORD.findall(original.lower())
    kept = [(n, word) for n, word in enumerate(words) if not _TURNER.fullmatch(word)]
    said = [word for word in _WORD.findall(claim.lower()) if not _TURNER.fullmatch(word)]
    if len(said) < _SHORTEST_COPY:
        return ""
    for start in range(len(kept) - len(said) + 1):
        if [word for _, word in kept[start : start + len(said)]] == said:
            # With what turns it round right before and behind.
            first = kept[start - 1][0] + 1 if start else 0
            return " ".join(words[first : kept[start + len(said) - 1][0] + 1])
    return ""


def missing_actor(claim: str, evidence: str) -> str:
    """Return the first actor of a claim whom the evidence does not name, "" when all are there.

    Employer and employee are left out: the law speaks to the one and is about the other also where neither is named.
    """
    there = {match.lastgroup for match in _ACTOR.finditer(evidence.lower())}
    is_about_anybody = bool(_ANYBODY.search(evidence.lower()))
    for match in _ACTOR.finditer(claim.lower()):
        is_meant = match.lastgroup in ALWAYS_MEANT and not (is_about_anybody and match[0].startswith(_EMPLOYER))
        if match.lastgroup not in there and not is_meant:
            return match[0]
    return ""


def _count_actors(plain: str) -> Counter[str]:
    """Return how often each actor is named; who is spoken to may be any."""
    return Counter(str(match.lastgroup) for match in _ACTOR.finditer(plain) if match[0] not in _ADDRESSED)


def _has_subject(plain: str) -> bool:
    """Return whether somebody or something is named before the first modal verb, and not by a pronoun alone."""
    modal = _MODAL.search(plain)
    return bool(modal and not _PRONOUN.fullmatch(plain[: modal.start()].strip()))


def _verb(plain: str) -> str:
    """Return the stem of the verb behind the first modal one, "" when there is none."""
    modal = _MODAL.search(plain)
    if modal and modal[0] in _MAIN_VERBS:
        return _MAIN_VERBS[modal[0]]
    behind = _ACTOR.sub(" ", plain[modal.end() :]) if modal else ""
    found = next((w for w in re.findall(r"[a-zæøå]+", behind) if w not in _BESIDE_VERB), "")
    return (stems_of(found) or [found])[0]


def _doer(plain: str) -> str:
    """Return who stands last before the first modal verb, or right behind it as in "skal arbeidsgiveren"."""
    modal = _MODAL.search(plain)
    if not modal:
        return ""
    before = list(_ACTOR.finditer(plain[: modal.start()]))
    after = _ACTOR.match(plain[modal.end() :].lstrip())
    found = before[-1] if before else after
    return str(found.lastgroup) if found and found[0] not in _ADDRESSED else ""

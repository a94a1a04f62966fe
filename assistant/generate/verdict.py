"""Does a model's sentence give another verdict than the product's own rules?"""

import re

from assistant.verify.sense import Force, read_sense, split_clauses
from corpus.document import Verdict

_OPENINGS = {
    Verdict.YES: re.compile(r"^(?:ja|jo)\b[\s,.:;!–-]*", re.IGNORECASE),
    Verdict.NO: re.compile(r"^nei\b[\s,.:;!–-]*", re.IGNORECASE),
    Verdict.DEPENDS: re.compile(r"^(?:det kommer an på(?: det)?|det avhenger(?: av)?|det er avhengig|ikke nødvendigvis|ikke automatisk|kanskje)\b[\s,.:;!–-]*", re.IGNORECASE),
}  # fmt: skip
_ASKER = re.compile(r"\b(?:dere|du|dykk|virksomheten deres|bedriften deres|firmaet deres)\b", re.IGNORECASE)
_HAVE_BHT = re.compile(r"\b(?:ha|hatt|knytte|tilknyttet|skaffe|avtale)\b.*\b(?:bht|bedriftshelset\w+)|\b(?:bht|bedriftshelset\w+)-?\s?(?:plikt\w*|påbudt|obligatorisk)", re.IGNORECASE)  # fmt: skip
_CONDITIONAL = re.compile(r"\b(?:hvis|dersom|viss|når|med mindre|så lenge|er dere|om dere|har dere)\b", re.IGNORECASE)


def contradicts_verdict(sentence: str, verdict: Verdict | None) -> bool:
    """Return whether a sentence says yes, no or "it depends" where the rules say something else.

    Args:
        sentence: A sentence of a model's answer.
        verdict: What the rules say; None when they give no verdict, and then a sentence may not give one either.
    """
    for said, opening in _OPENINGS.items():
        if opening.match(sentence) and said is not verdict:
            return True
    if verdict is None or not (_ASKER.search(sentence) and _HAVE_BHT.search(sentence)):
        return False
    told = _tells(sentence)
    return told is not None and told is not verdict


def without_verdict(sentence: str) -> str:
    """Return a sentence without the yes or no that opens it: the answer says that once, in its own words."""
    for opening in _OPENINGS.values():
        if match := opening.match(sentence):
            rest = sentence[match.end() :]
            return rest[:1].upper() + rest[1:]
    return sentence


def _tells(sentence: str) -> Verdict | None:
    """Return what a sentence tells the asker about having BHT, None when it sets a condition or tells nothing."""
    if _CONDITIONAL.search(sentence):
        return None
    clause = next((c for c in split_clauses(sentence) if _ASKER.search(c)), sentence)
    sense = read_sense(clause)
    if sense.exempts or (sense.is_denied and sense.force in (Force.DUTY, Force.NONE)):
        return Verdict.NO
    return Verdict.YES if sense.force is Force.DUTY else None

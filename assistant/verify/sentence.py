"""Does the evidence carry a sentence? Judged one by one, without a model: what cannot be proven is not said.

Some things settle it: a source that does not exist, a quote that is not exact, an address, a figure, a name of somebody or an absolute word
that the evidence lacks, a denial or a duty turned round. What is left must be like the evidence in words and in meaning.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.cite import Evidence, split_sentences
from assistant.verify.addresses import missing_address
from assistant.verify.figures import Figure, carries, is_kin, missing_figure, read_figures
from assistant.verify.likeness import core_stems, covered_share
from assistant.verify.sense import (
    ALWAYS_MEANT,
    Force,
    Sense,
    copied_part,
    denies_a_duty,
    is_sentence,
    missing_absolute,
    missing_actor,
    names_another,
    read_sense,
    split_clauses,
    turns_a_copy,
    without_actors,
)
from assistant.verify.source import Source
from assistant.verify.support import Measure, read_support
from index.text import words_of

MARKER = re.compile(r"(?<!\\)\[(\d{1,3})\]")
_QUOTED = re.compile(r"«([^»]{3,})»|\"([^\"]{3,})\"|“([^”]{3,})”")
_WEB = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:no|com|org|net|io|eu)\b(?:/\S*)?", re.IGNORECASE)
# Words of the one language that are none of the other.
_ENGLISH = re.compile(
    r"\b(?:the|is|are|must|have|has|of|and|with|be|employer|employees?|shall|should|that|this|not|by|from|at|least|you|your|company|required?)\b",
    re.IGNORECASE,
)
_NORWEGIAN = re.compile(
    r"\b(?:og|er|skal|må|kan|ikke|ikkje|av|på|som|med|det|den|de|dei|dere|dykk|en|ein|et|eit|til|har|velges|gjelder|gjeld|\w*[æøå]\w*)\b",
    re.IGNORECASE,
)
_LONG_QUOTE = 3
_EVEN_IF = re.compile(r"(?:selv om|sjølv om|uansett om|uavhengig av om|også når|også om)\s", re.IGNORECASE)
_IF = re.compile(r"(?:bare )?(?:når|hvis|dersom|så lenge|med mindre)\s", re.IGNORECASE)
_WITHOUT = re.compile(r"(?:uten|utan) \w{6,}", re.IGNORECASE)
_ALSO = re.compile(r"\b(?:også|òg) (?:for|når|hvis|dersom|ved|til)? ?([^,.;]+)")
_ADDED_COVERED = 0.5
_NEARLY_ALL, _MOST = 0.8, 0.6
_COPY = 0.8
_VERBATIM, _FAR = 0.97, 0.15
# Clauses whose words are this near the best one's are compared as well, and none is compared that is less like it than this.
_NEAR, _LIKE = 0.92, 0.65
_LEAST_STEMS, _FEWEST_STEMS = 2, 3
# Sentences whose words are this near the best one's are where an absolute word or a figure must stand.
_SAID_NEAR = 0.75
_STRONG, _WEAK = (Force.DUTY,), (Force.PERMISSION, Force.ADVICE)
# What a clause may not say where its source says the other.
_TURNED = frozenset(
    {
        *((a, b) for a in _STRONG for b in (*_WEAK, Force.RIGHT)),
        *((b, a) for a in _STRONG for b in _WEAK),
        (Force.PERMISSION, Force.ADVICE), (Force.ADVICE, Force.PERMISSION), (Force.ADVICE, Force.NONE), (Force.ADVICE, Force.RIGHT),
    }
)  # fmt: skip
# Another source that carries the sentence by so much more means that the marker is wrong.
_BESIDE = 0.5


class Reason(StrEnum):
    """Why a sentence is not carried. The values stand in the product's output."""

    NO_SOURCE = "ingen kilde"
    UNKNOWN_SOURCE = "kilden finnes ikke"
    QUOTE = "sitatet er ikke ordrett"
    ADDRESS = "paragrafen er ikke den som er oppgitt"
    FIGURE = "tallet står ikke i kilden"
    DENIAL = "ja og nei er snudd"
    FORCE = "plikt og mulighet er byttet om"
    ACTOR = "kilden gjelder noen andre"
    ABSOLUTE = "kilden sier det ikke så bestemt"
    CONDITION = "et vilkår er utelatt"
    WEB = "nettadressen står ikke i kilden"
    LANGUAGE = "svaret er ikke på norsk"
    UNLIKE = "kilden sier ikke dette"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether a sentence is carried, and by what. `nearest` is the exact sentence of its sources most like it, None without any."""

    sentence: str
    sources: tuple[Source, ...]
    reason: Reason | None
    score: float = 0.0
    nearest: Evidence | None = None
    detail: str = ""

    @property
    def is_carried(self) -> bool:
        """Whether it may be said."""
        return self.reason is None


def judge_sentence(
    sentence: str,
    sources: Mapping[int, Source],
    *,
    known: frozenset[str],
    likeness: Measure | None = None,
    own: str = "",
    with_score: bool = False,
) -> Judgement:
    """Return whether the sources that a sentence cites by their markers carry it.

    Args:
        sentence: One sentence with markers such as [1].
        sources: The sources by their numbers.
        known: The provisions that exist.
        likeness: How like two texts are in meaning, 0 to 1; words alone decide when None.
        own: What the asker said of their own company, whose numbers may be repeated about it.
        with_score: Also how far the sources say it where something else has settled that they do not carry it.
    """
    numbers = tuple(dict.fromkeys(int(n) for n in MARKER.findall(sentence)))
    cited = tuple(sources[n] for n in numbers if n in sources)
    plain = plain_text(sentence)
    if not numbers or len(cited) < len(numbers):
        return Judgement(
            sentence=plain,
            sources=cited,
            reason=Reason.UNKNOWN_SOURCE if numbers else Reason.NO_SOURCE,
            nearest=_nearest(plain, cited),
        )
    others = [source for number, source in sources.items() if number not in numbers]
    if any(_is_same(plain, text) for source in cited for text in source.sentences):
        return Judgement(sentence=plain, sources=cited, reason=None, score=1.0, nearest=_nearest(plain, cited))
    if not is_sentence(plain):
        return Judgement(sentence=plain, sources=cited, reason=Reason.UNLIKE, nearest=_nearest(plain, cited))
    found = _settled(plain, cited, known, own) or _weighed(plain, cited, others, likeness)
    if with_score and not found.score:
        found = replace(
            found, score=read_support(likeness is not None).chance(*measure_support(plain, cited, likeness))
        )
    return replace(found, nearest=_nearest(plain, cited))


def _is_same(plain: str, sentence: str) -> bool:
    """Return whether a claim is a whole sentence of a source, word for word."""
    return plain.rstrip(" .:;") == " ".join(sentence.split()).rstrip(" .:;")


def _settled(plain: str, cited: tuple[Source, ...], known: frozenset[str], own: str) -> Judgement | None:
    """Return the judgement where something settles that the sentence is not carried."""
    text = "\n".join(source.text for source in cited)

    def no(reason: Reason, detail: str = "") -> Judgement:
        return Judgement(sentence=plain, sources=cited, reason=reason, detail=detail)

    if len(_ENGLISH.findall(plain)) > len(_NORWEGIAN.findall(plain)):
        return no(Reason.LANGUAGE)
    if (web := _WEB.search(plain)) and web[0].rstrip(".,)") not in text:
        return no(Reason.WEB, web[0])
    quotes = [next(filter(None, groups)) for groups in _QUOTED.findall(plain)]
    wrong = next((q for q in quotes if len(q.split()) >= _LONG_QUOTE and not _is_exact(q, text)), None)
    if wrong:
        return no(Reason.QUOTE, wrong)
    if address := missing_address(plain, [source.evidence for source in cited], known):
        return no(Reason.ADDRESS, address)
    figure = missing_figure(plain, [source.text for source in cited], own) or _misplaced_figure(plain, cited)
    if figure:
        return no(Reason.FIGURE, f"{figure.value} {figure.unit}".strip())
    if actor := missing_actor(plain, text):
        return no(Reason.ACTOR, actor)
    if denies_a_duty(plain, text):
        return no(Reason.DENIAL)
    ranked = _ranked(plain, (sentence for source in cited for sentence in source.sentences))
    near = "\n".join(sentence for share, sentence in ranked if share >= _SAID_NEAR * ranked[0][0])
    if absolute := missing_absolute(plain, near, "\n".join(source.evidence.quote for source in cited)):
        return no(Reason.ABSOLUTE, absolute)
    return None


def _misplaced_figure(plain: str, cited: tuple[Source, ...]) -> Figure | None:
    """Return a figure that the evidence has, but of something else than the claim says it of.

    It must stand in the sentence that says most of what the claim says, of those that have a figure of the kind at all, and
    there beside the same words if it has several.
    """
    said = [(clause, figure) for clause in split_clauses(plain) for figure in read_figures(clause) if figure.unit]
    for clause, figure in said:
        ranked = _ranked(clause, (text for source in cited for text in source.sentences))
        kin = [(share, [f for f in read_figures(text) if is_kin(f, figure)]) for share, text in ranked]
        kin = [(share, found) for share, found in kin if found and share >= _SAID_NEAR * kin[0][0]]
        nearest = [found for share, found in kin if share >= _NEAR * kin[0][0]]
        if nearest and not any(carries(other, figure) for found in nearest for other in found):
            return figure
        for found in nearest[:1]:
            beside = {other: _shared(figure.around, other.around) for other in found}
            own = max((n for other, n in beside.items() if carries(other, figure)), default=-1)
            if max(beside.values()) > own >= 0:
                return figure
    return None


def _shared(one: str, other: str) -> int:
    """Return how many words two places have in common."""
    return len(set(words_of(one)) & set(words_of(other)))


def _ranked(plain: str, sentences: Iterable[str]) -> list[tuple[float, str]]:
    """Return the sentences with the share of the claim's words that they have, best first."""
    stems = core_stems(plain)
    return sorted(((covered_share(stems, core_stems(text)), text) for text in sentences), key=lambda pair: -pair[0])


def _weighed(plain: str, cited: tuple[Source, ...], others: Sequence[Source], likeness: Measure | None) -> Judgement:
    if _is_about_another(plain, cited):
        return Judgement(sentence=plain, sources=cited, reason=Reason.ACTOR)
    if _is_turned_copy(plain, cited):
        return Judgement(sentence=plain, sources=cited, reason=Reason.FORCE)
    for clause in split_clauses(plain):
        if reason := Reason.CONDITION if _waived(clause, cited) else _turned(clause, cited):
            return Judgement(sentence=plain, sources=cited, reason=reason, detail=clause)
    model = read_support(likeness is not None)
    if _is_merged(plain, cited):
        return Judgement(sentence=plain, sources=cited, reason=Reason.UNLIKE)
    score = model.chance(*measure_support(plain, cited, likeness))
    beside = max((model.chance(*measure_support(plain, [other], likeness)) for other in others), default=0.0)
    is_like = score >= model.threshold and score >= beside - _BESIDE and not _extended(plain, cited)
    is_like = is_like and not _stands_elsewhere(plain, cited, others)
    return Judgement(sentence=plain, sources=cited, reason=None if is_like else Reason.UNLIKE, score=score)


def _stands_elsewhere(plain: str, cited: tuple[Source, ...], others: Sequence[Source]) -> bool:
    """Return whether a source that is not cited has the claim word for word, and those that are cited have not."""
    own = max(
        (share for share, _ in _ranked(plain, (text for source in cited for text in source.sentences))), default=0.0
    )
    other = max(
        (share for share, _ in _ranked(plain, (text for source in others for text in source.sentences))), default=0.0
    )
    return other >= _VERBATIM and own < other - _FAR


def _is_turned_copy(plain: str, cited: tuple[Source, ...]) -> bool:
    """Return whether the claim is nearly a sentence of its sources, but for what makes it say something else."""
    stems = core_stems(plain)
    near = [part for source in cited if (part := copied_part(plain, source.evidence.quote))]
    for text in (text for source in cited for text in source.sentences if not near):
        there = core_stems(text)
        if min(covered_share(stems, there), covered_share(there, stems)) >= _COPY:
            near.append(text)
    return bool(near) and all(turns_a_copy(plain, text) for text in near)


def _is_about_another(plain: str, cited: tuple[Source, ...]) -> bool:
    """Return whether the claim is nearly a sentence of its sources, but for whom it names."""
    if any(_is_exact(plain, source.evidence.quote) for source in cited):
        return False
    stems = core_stems(without_actors(plain))
    near = []
    for text in (text for source in cited for text in source.sentences):
        there = core_stems(without_actors(text))
        if len(stems) >= _FEWEST_STEMS and min(covered_share(stems, there), covered_share(there, stems)) >= _COPY:
            near.append(text)
    return bool(near) and all(names_another(plain, text) for text in near)


def _is_merged(plain: str, cited: tuple[Source, ...]) -> bool:
    """Return whether a clause takes its words from two rules: together they have nearly all, and neither has most."""
    for clause in split_clauses(plain):
        stems = core_stems(clause)
        whole = covered_share(stems, {stem for source in cited for stem in core_stems(source.evidence.quote)})
        best = next(
            (share for share, _ in _ranked(clause, (text for source in cited for text in source.sentences))), 0.0
        )
        if len(stems) >= _FEWEST_STEMS and whole >= _NEARLY_ALL and best < _MOST * whole:
            return True
    return False


def _extended(plain: str, cited: tuple[Source, ...]) -> bool:
    """Return whether a claim adds somebody or something that its sources do not name: "gjelder også for ...”."""
    there = frozenset(stem for source in cited for stem in core_stems(source.text))
    added = (core_stems(match[1]) for match in _ALSO.finditer(plain))
    return any(len(stems) >= _LEAST_STEMS and covered_share(stems, there) < _ADDED_COVERED for stems in added)


def measure_support(sentence: str, cited: Sequence[Source], likeness: Measure | None) -> tuple[float, float]:
    """Return the share of a sentence's words that its sources have, and how near in meaning the nearest of their sentences is."""
    plain = plain_text(sentence)
    stems = core_stems(plain)
    words = covered_share(stems, {stem for source in cited for stem in core_stems(source.text)})
    meaning = (
        max((likeness(plain, text) for source in cited for text in source.sentences), default=0.0) if likeness else 0.0
    )
    return words, meaning


def plain_text(sentence: str) -> str:
    """Return a sentence without markers and emphasis."""
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(MARKER.sub(" ", sentence).replace("**", "").split()))


def _turned(clause: str, cited: tuple[Source, ...]) -> Reason | None:
    """Return what is turned round in a clause against every clause like it, None when one of them agrees with it."""
    stems = core_stems(clause)
    if len(stems) < (1 if _WITHOUT.match(clause) else _LEAST_STEMS):
        return None
    ranked = [(covered_share(stems, other.stems), other) for source in cited for other in source.clauses]
    best = max((share for share, _ in ranked), default=0.0)
    # A short clause is compared with one that has all of its words only, and only for a denial.
    is_short = len(stems) < _FEWEST_STEMS
    if best < (1.0 if is_short else _LIKE):
        return None
    said = read_sense(clause)
    near = [(share, other) for share, other in ranked if share >= _NEAR * best]
    reasons = [_differs(said, other.sense, share) for share, other in near]
    return None if None in reasons or (is_short and reasons[0] is Reason.ACTOR) else reasons[0]


def _waived(clause: str, cited: tuple[Source, ...]) -> bool:
    """Return whether a clause says that something need not be so ("selv om ..."), and a source makes it a condition."""
    match = _EVEN_IF.match(clause)
    stems = core_stems(clause[match.end() :]) if match else frozenset()
    conditions = (other for source in cited for other in source.clauses if _IF.match(other.text))
    return len(stems) >= _LEAST_STEMS and any(covered_share(stems, other.stems) >= _LIKE for other in conditions)


def _differs(said: Sense, there: Sense, share: float) -> Reason | None:
    if said.is_denied != there.is_denied or (said.exempts and not there.exempts):
        return Reason.DENIAL
    # "skal ha kopi" and "skal tilbys" are what somebody gets, in other words.
    is_given = there.force is Force.RIGHT and said.says_shall and (said.receives or said.offers)
    if not (said.is_denied or is_given) and said.force is not there.force and (said.force, there.force) in _TURNED:
        return Reason.FORCE
    is_left_out = there.doer not in {*said.actors, *ALWAYS_MEANT, ""} and said.has_subject
    if is_left_out and not said.is_passive and said.verb and said.verb == there.verb:
        return Reason.ACTOR
    others = bool(said.doer and there.doer and said.doer != there.doer)
    if others and there.offers and not said.offers and said.force is Force.DUTY:
        return Reason.FORCE
    acts_alike = said.verb == there.verb or (share >= _NEAR and not (said.receives or there.receives))
    return Reason.ACTOR if others and said.verb and there.verb and acts_alike else None


def _nearest(plain: str, cited: tuple[Source, ...]) -> Evidence | None:
    stems = core_stems(plain)
    pieces = [item for source in cited for item in split_sentences(source.evidence)]
    return max(pieces, key=lambda item: covered_share(stems, core_stems(item.quote)), default=None)


def _is_exact(quote: str, text: str) -> bool:
    return " ".join(quote.strip(" .…,").split()) in " ".join(text.split())

"""What the user's own documents say about the matter that contradicts the law: told with every answer it bears on."""

from assistant import texts
from assistant.answer import Citation
from assistant.understand.question import Understood
from corpus.conflicts.record import Conflict, ConflictKind
from corpus.library import Library
from index.text import stems_of

_MOST = 2
_LONGEST_CLAIM = 220


def conflict_warnings(citations: tuple[Citation, ...], question: Understood, library: Library) -> list[str]:
    """Return a sentence for each conflict that bears on an answer: both texts, which prevails, and why.

    A conflict bears on it when the answer cites the document itself, or the rule that is contradicted to a question
    that shares words with the claim.
    """
    if not citations or not library.conflicts:
        return []
    cited = {citation.provision_id for citation in citations}
    asked = set(stems_of(f"{question.text} {question.expanded}"))
    found = []
    for number, conflict in enumerate(library.conflicts):
        shared = len(asked & set(stems_of(conflict.claim)))
        is_cited = conflict.provision_id in cited
        is_near = shared and conflict.kind is not ConflictKind.OUTDATED
        if is_cited or (is_near and any(a.provision_id in cited for a in conflict.provisions)):
            found.append((not is_cited, -shared, number, conflict))
    found.sort(key=lambda f: f[:3])
    # Of several, those that are as much about the question as the best one.
    return [_tell(conflict, library) for *key, conflict in found[:_MOST] if key[:2] == list(found[0][:2])]


def _tell(conflict: Conflict, library: Library) -> str:
    claim = " ".join(conflict.claim.split()).replace(" | ", " – ")  # the cells of a table row
    if len(claim) > _LONGEST_CLAIM:
        claim = claim[:_LONGEST_CLAIM].rsplit(" ", 1)[0] + " …"
    elif claim[-1:] not in ".!?":
        claim += "."
    source = library.find(conflict.provision_id).label
    if conflict.kind is ConflictKind.OUTDATED:  # older than the rule is not the same as wrong
        return f"{source}: {conflict.rule} {conflict.reason}"
    label = conflict.provisions[0].format() if conflict.provisions else "regelverket"
    return texts.CONFLICT.format(source=source, claim=claim, label=label, rule=conflict.rule, reason=conflict.reason)

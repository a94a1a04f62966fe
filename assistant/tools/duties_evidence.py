"""The parts of provisions that a duty rests on, as evidence that can be cited."""

from assistant.cite import Evidence, quote_portion, split_sentences
from corpus.document import Kind
from corpus.duties import Rule
from corpus.industry import TABLE_PROVISION, IndustryRow
from corpus.library import Library


def quote_rule(rule: Rule, library: Library) -> Evidence:
    """Return the part of a provision that the rule names, cut to the sentence with its words where one has them.

    Args:
        rule: What is quoted.
        library: The sources; our restatement is quoted where an amended text no longer has the part.

    Raises:
        LookupError: No text of the provision has the part.
    """
    provision_id, portion = rule.address.provision_id, rule.address.portion
    for text in (library.working_text(provision_id), library.find(provision_id, Kind.RESTATEMENT)):
        if evidence := quote_portion(text, portion):
            with_words = (item for item in split_sentences(evidence) if rule.words in item.quote)
            return next(with_words, evidence) if rule.words else evidence
    raise LookupError(f"{provision_id} has no {portion.path}")


def quote_row(row: IndustryRow, library: Library) -> Evidence | None:
    """Return the row of OLM § 13-1 as evidence, None when the text that holds has no such row.

    Args:
        row: The row.
        library: The sources.
    """
    text = library.working_text(TABLE_PROVISION)
    found = (s for s in text.segments if dict(s.portion.parts).get("rad") == row.code)
    segment = next(found, None)
    if segment is None:
        return None
    return Evidence(provision=text, start=segment.start, end=segment.end, portion=segment.portion)

"""Must we have BHT: the verdict of the duty check with the row that decides it, or the question back."""

from dataclasses import replace

from assistant import texts
from assistant.answer import Outcome
from assistant.draft import Draft, Paragraph
from assistant.duty.check import DutyOutcome, Reason, check_duty
from assistant.duty.draft import both_roads, draft_duty
from assistant.duty.industry import Industry, find_industries
from assistant.duty.reader import IndustryReader
from assistant.respond.duty_question import describe_company, is_duty_question, is_open_duty_question
from assistant.understand.question import Understood
from corpus.document import Verdict
from corpus.library import Library
from corpus.risks import find_risks


def answer_duty(question: Understood, library: Library, reader: IndustryReader) -> Draft | None:
    """Return the verdict on the duty to have BHT, or ask for the industry.

    Args:
        question: What was asked.
        library: What is quoted.
        reader: Reads what the company does where no word of the question says it.
    """
    if is_open_duty_question(question):
        return Draft(
            outcome=Outcome.ANSWERED, paragraphs=both_roads(texts.DUTY_ASK, library), next_step=texts.DUTY_OPEN_STEP
        )
    if not is_duty_question(question):
        return None
    company = question.company
    industries = _industries(question, reader)
    if company.employees == 0 or industries or company.owner_only:
        risks = find_risks(question.text)
        side = company.registered.side if company.registered and industries == company.registered.main else ()
        result = check_duty(
            industries, company.employees, company.owner_only, company.condition_met, risks=risks, side=side
        )
        return draft_duty(result, library)
    # The reply to "what do you do" named no industry that is known.
    asked_before = question.standalone != question.asked and not question.new_industries and not question.orgnr
    roads = both_roads(texts.DUTY_UNKNOWN if asked_before else texts.DUTY_ASK, library)
    if question.orgnr and company.not_found:
        roads = (Paragraph(text=company.not_found, is_lead=True), *(replace(p, is_lead=False) for p in roads))
    return Draft(
        outcome=Outcome.ASKS_BACK,
        verdict=Verdict.DEPENDS,
        paragraphs=roads,
        follow_up_question=texts.ASK_INDUSTRY,
        choices=texts.INDUSTRY_CHOICES,
    )


def _industries(question: Understood, reader: IndustryReader) -> tuple[Industry, ...]:
    """Return what the company does: by its description where that settles it, else by the words that the talk has named."""
    named = question.company.industries
    if question.orgnr:  # the words around a number say nothing of what the company does, unless they name it
        return named
    description = describe_company(question.text)
    says_nothing = not description or (bool(named) and not find_industries(description))
    if any(industry.code for industry in named) or says_nothing:
        return named
    read = reader.read(description)
    found = check_duty(read) if read else None
    # Activities of which some are on the list and some are not are an answer too; the words may name but one of them.
    settled = found and (found.outcome is not DutyOutcome.CANNOT_TELL or found.reason is Reason.SEVERAL_ACTIVITIES)
    # A word may be the customer's trade: where the whole points the other way, it is asked about.
    return read if settled or not named or reader.contradicts(description, named) else named

"""The company that the talk gives a number for: what the register has for it, so that every responder answers for that company."""

from dataclasses import replace

from assistant import texts
from assistant.draft import Draft
from assistant.duty.company import read_company
from assistant.register.errors import DeletedError, NotFoundError, NumberError, OfflineError, RegisterError
from assistant.register.number import format_number, parse_number
from assistant.register.records import UnitStatus
from assistant.register.register import Register
from assistant.understand.question import Company, Understood


def know_company(question: Understood, register: Register) -> Understood:
    """Return the question with what the register has for the company, or with why there is nothing.

    What the user says of the company goes before what the register says.

    Args:
        question: What was asked.
        register: Asked only for a number that the message itself gives; for one given before, what it keeps is used.
    """
    if not question.company.orgnr:
        return question
    known = _look_up(question.company, register if question.orgnr else register.offline())
    if found := known.registered:
        known = replace(
            known,
            industries=known.industries or found.main,
            employees=found.employees if known.employees is None else known.employees,
        )
    return replace(question, company=known)


def tell_company(draft: Draft, question: Understood) -> Draft:
    """Return the draft with where the facts of the company are from, or why its number led to nothing.

    Args:
        draft: The answer.
        question: What was asked, with what is known of the company.
    """
    company = question.company
    if (found := company.registered) and (question.orgnr or draft.verdict):
        # Of a company that the user has described, the register's gaps are no news.
        told = found.warnings if company.industries == found.main else found.warnings[:1]
        return replace(draft, warnings=(*told, *draft.warnings))
    is_said = any(paragraph.text == company.not_found for paragraph in draft.paragraphs)
    if company.not_found and question.orgnr and not is_said:
        return replace(draft, warnings=(company.not_found, *draft.warnings))
    return draft


def _look_up(company: Company, register: Register) -> Company:
    try:
        number = parse_number(company.orgnr)
    except NumberError as error:
        digits = "".join(c for c in company.orgnr if c.isdigit())
        is_mistyped = len(digits) == len("123456785")
        wrong = texts.ORGNR_MISTYPED.format(number=format_number(digits)) if is_mistyped else str(error)
        return replace(company, not_found=wrong)
    shown = format_number(number)
    try:
        found = register.look_up(number)
    except OfflineError:
        return replace(company, not_found=texts.ORGNR_NOT_ALLOWED.format(number=number))
    except NotFoundError:
        return replace(company, not_found=texts.ORGNR_UNKNOWN.format(number=shown))
    except DeletedError:
        return replace(company, not_found=texts.ORGNR_DELETED.format(number=shown))
    except RegisterError as error:  # down, slow, or too many questions: the message says which
        return replace(company, not_found=str(error))
    if found.company.status is UnitStatus.DELETED:
        return replace(company, not_found=texts.ORGNR_CLOSED.format(name=found.company.name, number=shown))
    return replace(company, registered=read_company(found))

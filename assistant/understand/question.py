"""A question and what came before it, understood: one record that the rest of the assistant works from."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant import texts
from assistant.answer import Turn
from assistant.duty.company import RegisteredCompany
from assistant.duty.industry import Industry, find_industries
from assistant.errors import QuestionError
from assistant.understand import company, safety, stance
from assistant.understand.facts import Fact, forget, said_by_user
from assistant.understand.follow_up import rewrite
from assistant.understand.language import Language, detect_language
from assistant.understand.orgnr import find_number, without_number
from assistant.understand.spelling import Speller
from corpus.address import Mention, find_addresses
from corpus.glossary import Glossary, Term
from corpus.industry import read_conditions

MAX_QUESTION = 2000
MAX_TURNS = 20
_MAX_EXPANSION = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What the talk has said about the asker's company; the latest word counts.

    `short_weeks` is how many of the employees work too little to be counted for AMU. `orgnr` is its number as it was written, "" for none. `registered` is what the register has for it, `not_found` why there is
    nothing (a sentence with a remedy); both are filled in by whoever may look it up.
    """

    employees: int | None = None
    short_weeks: int | None = None
    industries: tuple[Industry, ...] = ()
    owner_only: bool = False
    sole_proprietor: bool = False
    condition_met: bool | None = None
    orgnr: str = ""
    registered: RegisteredCompany | None = None
    not_found: str = ""

    @property
    def amu_count(self) -> int | None:
        """How many count for AMU, None when that is not told."""
        if self.employees is None or self.short_weeks is None:
            return None
        return max(0, self.employees - self.short_weeks)

    @property
    def facts(self) -> dict[Fact, str]:
        """What is known, in words to show."""
        told = {
            Fact.EMPLOYEES: "" if self.employees is None else texts.count_employees(self.employees),
            Fact.INDUSTRY: ", ".join(dict.fromkeys(industry.name for industry in self.industries)),
            Fact.OWNER_ONLY: texts.OWNER_ONLY if self.owner_only else "",
            Fact.SOLE_PROPRIETOR: texts.SOLE_PROPRIETOR if self.sole_proprietor else "",
        }
        return {fact: words for fact, words in told.items() if words}


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A question ready to be answered.

    `raw` is what the user wrote, tags and all, for the safety checks; `asked` is it cleaned and masked; `standalone` stands without the talk; `text` is `standalone` with spelling
    mended and names of people and numbers of companies left out, folded for matching in `folded`. `expanded` holds terms of the law for what was said in other words.
    `orgnr` is the company's number when `asked` itself gives one, as it is written there.
    """

    raw: str
    asked: str
    standalone: str
    text: str
    folded: str
    expanded: str
    language: Language
    terms: tuple[Term, ...]
    mentions: tuple[Mention, ...]
    company: Company
    new_industries: tuple[Industry, ...]
    claimed_limits: tuple[str, ...]
    modality: stance.Modality
    is_claim: bool
    is_yes_no: bool
    is_small_talk: bool = False
    orgnr: str = ""


def ask_for_a_tool(text: str) -> Understood:
    """Return the question that a tool answers from what was filled in: nothing in it has to be understood."""
    return Understood(
        raw=text,
        asked=text,
        standalone=text,
        text=text,
        folded=text.lower(),
        expanded="",
        language=Language.BOKMAL,
        terms=(),
        mentions=(),
        company=Company(),
        new_industries=(),
        claimed_limits=(),
        modality=stance.Modality.OTHER,
        is_claim=False,
        is_yes_no=False,
    )


@dataclass(frozen=True)
class Reader:
    """Understands questions with the vocabulary of a corpus. Read-only."""

    speller: Speller
    glossary: Glossary
    known: frozenset[str]
    act_names: Mapping[str, str] = field(default_factory=dict)

    def read(self, question: str, history: Sequence[Turn]) -> Understood:
        """Return the question understood.

        Raises:
            QuestionError: It is empty, too long, or has no word in it.
        """
        asked = safety.mask(clean(question))
        turns = [Turn(role=t.role, content=safety.mask(t.content)) for t in history[-MAX_TURNS:]]
        standalone = rewrite(asked, turns, self.glossary)
        text = self.speller.without_names(self._mend(standalone))
        terms = tuple(self.glossary.find(text))
        said = [(find_number(told), self._mend(told)) for told in said_by_user(turns)]
        said += [(find_number(standalone), text), (find_number(asked), self._mend(asked))]
        return Understood(
            raw=safety.mask(question),
            asked=asked,
            standalone=standalone,
            text=text,
            folded=text.lower(),
            expanded=_expand(text, terms),
            language=detect_language(asked),
            terms=terms,
            mentions=tuple(find_addresses(text, self.known, self.act_names)),
            company=_read_company(said, _read_condition(asked, turns)),
            is_small_talk=stance.is_small_talk(asked),
            new_industries=find_industries(self._mend(asked)),
            claimed_limits=company.read_claimed_limits(text),
            modality=stance.read_modality(text),
            is_claim=stance.is_claim(asked),
            is_yes_no=stance.is_yes_no(text),
            orgnr=find_number(asked),
        )

    def forget(self, turns: Sequence[Turn], fact: Fact) -> tuple[Turn, ...]:
        """Return the talk as it would be had the user never told the fact."""
        return forget(turns, fact, self._mend)

    def _mend(self, text: str) -> str:
        return self.speller.mend(without_number(text))


def clean(question: str) -> str:
    """Return the question without control characters, in one Unicode form.

    Raises:
        QuestionError: It is empty, too long, or has no word in it.
    """
    if len(question) > MAX_QUESTION:
        raise QuestionError(
            f"Spørsmålet er på {len(question)} tegn, og grensen er {MAX_QUESTION}. Skriv det kortere, eller del det i flere. "
            f"{texts.DOCUMENT_TOO_LONG}"
        )
    text = unicodedata.normalize("NFC", question)
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "So", "Sk"} else c for c in text)
    text = re.sub(r"<[^<>]{0,200}>", " ", text)
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        raise QuestionError("Spørsmålet er tomt. Skriv hva du lurer på, for eksempel «Må vi ha BHT?».")
    if not re.search(r"[a-zæøåA-ZÆØÅ]{2}|\d|§", text):
        raise QuestionError(
            "Jeg finner ingen ord i spørsmålet. Skriv det med vanlige ord, for eksempel «Hvor mange må vi være for å ha verneombud?»."
        )
    return text


def _expand(text: str, terms: tuple[Term, ...]) -> str:
    folded = text.lower()
    words = [t.term for t in terms if t.term.lower() not in folded]
    return " ".join(words[:_MAX_EXPANSION])


_YES = re.compile(r"^\W*(?:ja|jepp|jo|stemmer|yes|yep|vi\s+gjør\s+det|det\s+gjør\s+vi)\b", re.IGNORECASE)
_NO = re.compile(r"^\W*(?:nei|nope|no|ikke|niks)\b", re.IGNORECASE)


def _read_condition(asked: str, turns: Sequence[Turn]) -> bool | None:
    """Return the answer to the condition that the assistant asked about last, None when it did not ask."""
    last = next((turn.content for turn in reversed(turns) if turn.role == "assistant"), "")
    if not any(condition.question in last for condition in read_conditions().values()):
        return None
    return True if _YES.match(asked) else False if _NO.match(asked) else None


def _read_company(said: Sequence[tuple[str, str]], condition_met: bool | None) -> Company:
    """Return what the messages say of the company. With its number, the industry named before no longer counts.

    Args:
        said: The organisasjonsnummer and the words of each message, oldest first.
        condition_met: The answer to the condition that was asked about.
    """
    found = Company(condition_met=condition_met)
    for number, text in said:
        employees, industries = company.read_employees(text), find_industries(text)
        short_weeks = company.read_short_weeks(text)
        found = replace(
            found,
            employees=found.employees if employees is None else employees,
            short_weeks=found.short_weeks if short_weeks is None else short_weeks,
            industries=industries or (() if number else found.industries),
            owner_only=found.owner_only or company.is_owner_only(text),
            sole_proprietor=found.sole_proprietor or company.is_sole_proprietor(text),
            orgnr=number or found.orgnr,
        )
    return found

"""The tools: what each takes, and the function it calls. What they give is the JSON that every face writes."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Turn
from assistant.duty.report import MOST_EMPLOYEES, DutyRequest, report_duty
from assistant.mcp import texts
from assistant.quotes import MOST_CHARACTERS, check_quote
from assistant.search import DEFAULT_HITS, MOST_HITS, search
from assistant.show import show_changes, show_provision
from assistant.understand.question import MAX_QUESTION

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

_Words = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]
_Address = Annotated[
    str,
    Field(min_length=1, max_length=300, description="For eksempel «aml 3-3», «OLM § 13-2 bokstav e» eller en id."),
]


class _Arguments(BaseModel, ABC):
    model_config = ConfigDict(extra="forbid")

    @abstractmethod
    def call(self, assistant: "Assistant") -> dict[str, Any]:
        """Return what the tool gives, as JSON."""


class Search(_Arguments):
    """See texts.SEARCH."""

    sporring: Annotated[
        str, Field(min_length=1, max_length=MAX_QUESTION, description="Ord, et spørsmål eller en paragraf.")
    ]
    antall: Annotated[int, Field(ge=1, le=MOST_HITS, description="Hvor mange treff.")] = DEFAULT_HITS  # fmt: skip

    def call(self, assistant: "Assistant") -> dict[str, Any]:
        """Return the hits."""
        return search(self.sporring, assistant, self.antall).to_json()


class Show(_Arguments):
    """See texts.PROVISION."""

    adresse: _Address

    def call(self, assistant: "Assistant") -> dict[str, Any]:
        """Return the provision."""
        provisions, _ = assistant.library.look_up(self.adresse)
        return show_provision(provisions, assistant.library)


class Duty(_Arguments):
    """See texts.DUTY."""

    bransjer: Annotated[
        list[_Words], Field(max_length=20, description="Det virksomheten driver med, med egne ord: «frisørsalong».")
    ] = []
    koder: Annotated[list[_Words], Field(max_length=20, description="Næringskoder, for eksempel «96.210».")] = []
    antall_ansatte: Annotated[
        int | None, Field(ge=0, le=MOST_EMPLOYEES, description="Bare 0 har betydning for plikten.")
    ] = None
    bare_eieren: Annotated[bool, Field(description="Eieren er eneste ansatt.")] = False
    risiko: Annotated[list[_Words], Field(max_length=20, description="Risiko i arbeidet, med egne ord.")] = []
    standard: Annotated[Literal["2007", "2025"] | None, Field(description="Standarden kodene er fra.")] = None

    def call(self, assistant: "Assistant") -> dict[str, Any]:
        """Return the result of the check."""
        request = DutyRequest(
            industries=self.bransjer,
            codes=self.koder,
            employees=self.antall_ansatte,
            owner_only=self.bare_eieren,
            risks=self.risiko,
            vintage=self.standard,
        )
        return report_duty(request, assistant.library).to_json()


class Said(BaseModel):
    """En melding i samtalen."""

    model_config = ConfigDict(extra="forbid")
    role: Literal["user", "assistant"]
    content: str


class Ask(_Arguments):
    """See texts.ASK."""

    sporsmal: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, description="Spørsmålet, på norsk.")]
    samtale: Annotated[list[Said], Field(max_length=200, description="Samtalen så langt, det eldste først.")] = []
    dato: Annotated[date | None, Field(description="Svar etter teksten som gjaldt denne dagen.")] = None

    def call(self, assistant: "Assistant") -> dict[str, Any]:
        """Return the answer."""
        history = tuple(Turn(role=said.role, content=said.content) for said in self.samtale)
        return assistant.ask(self.sporsmal, history, self.dato).to_json()


class Quote(_Arguments):
    """See texts.QUOTE."""

    paragraf: _Address
    sitat: Annotated[
        str, Field(min_length=1, max_length=MOST_CHARACTERS, description="Ordene, uten anførselstegn rundt.")
    ]

    def call(self, assistant: "Assistant") -> dict[str, Any]:
        """Return whether it is exact."""
        return check_quote(self.paragraf, self.sitat, assistant.library).to_json()


class Changes(_Arguments):
    """See texts.CHANGES."""

    siden: Annotated[date | None, Field(description="Bare endringer etter denne dagen.")] = None

    def call(self, assistant: "Assistant") -> dict[str, Any]:
        """Return the changes."""
        library = assistant.library
        note = None if library.has_official else texts.NOTHING_FETCHED
        return {"changes": show_changes(library, self.siden), "note": note}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolText:
    """A tool: what it is for, and what it takes."""

    description: str
    arguments: type[_Arguments]

    @property
    def input_schema(self) -> dict[str, Any]:
        """The JSON Schema of what it takes."""
        schema = self.arguments.model_json_schema()
        return {key: value for key, value in schema.items() if key not in ("description", "title")}


TOOLS: Mapping[str, ToolText] = {
    "sok": ToolText(description=texts.SEARCH, arguments=Search),
    "paragraf": ToolText(description=texts.PROVISION, arguments=Show),
    "bht_plikt": ToolText(description=texts.DUTY, arguments=Duty),
    "sporsmal": ToolText(description=texts.ASK, arguments=Ask),
    "verifiser_sitat": ToolText(description=texts.QUOTE, arguments=Quote),
    "endringer": ToolText(description=texts.CHANGES, arguments=Changes),
}
# Gives the assistant: at once, or when it has been opened.
Open = Callable[[], "Assistant"]

"""The forms of the tools as HTML, and what comes back from them. Our own HTML: Gradio's fields speak English."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from assistant.errors import AssistantError
from assistant.page.tabs import texts

_MOST_FIELDS = 100
LONGEST_VALUE = 5_000
_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", re.ASCII)


class FormError(AssistantError):
    """Something in the form cannot be used. `problems` says what, by field; "" is the form as a whole."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Fields:
    """What was filled in: values by name, several of one name where several were ticked. `problems` are found on the way."""

    values: Mapping[str, tuple[str, ...]]
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: Any, longest: int = LONGEST_VALUE) -> "Fields":
        """Return the fields that the browser sent; whatever is no field is left out.

        Args:
            sent: Anything.
            longest: The most characters of a value.

        Raises:
            FormError: There are more or longer values than any form has.
        """
        rows = sent.get("fields") if isinstance(sent, Mapping) else None
        values: dict[str, tuple[str, ...]] = {}
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) for part in row):
                name, value = row
                values[name] = (*values.get(name, ()), value.strip())
        every = [value for several in values.values() for value in several]
        if len(every) > _MOST_FIELDS or any(len(value) > longest for value in every):
            raise FormError({"": texts.TOO_MUCH})
        return cls(values)

    def text(self, name: str) -> str:
        """Return the value, "" when there is none."""
        return self.values.get(name, ("",))[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a name."""
        return tuple(value for value in self.values.get(name, ()) if value)

    def has(self, name: str) -> bool:
        """Return whether a box is ticked or a button was the one that sent."""
        return bool(self.text(name))

    def whole(self, name: str, most: int) -> int | None:
        """Return a whole number from 0, None when it was left out; what is none is noted as a problem."""
        text = "".join(self.text(name).split())
        if not text:
            return None
        if not text.removeprefix("-").isdecimal():
            self.problems[name] = texts.NOT_WHOLE.format(text=self.text(name)[:30])
            return None
        number = int(text[:20])
        if 0 <= number <= most:
            return number
        self.problems[name] = texts.NOT_IN_RANGE.format(least=0, most=f"{most:,}".replace(",", "\N{NO-BREAK SPACE}"))
        return None

    def day(self, name: str) -> date | None:
        """Return a day, None when it was left out; what is none is noted as a problem."""
        text = self.text(name)
        try:
            if match := _DAY.fullmatch(text):
                day, month, year = (int(part) for part in match.groups())
                return date(year, month, day)
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.problems[name] = texts.NOT_A_DATE
            return None

    def check(self) -> None:
        """Return nothing when no problem was noted.

        Raises:
            FormError: One was.
        """
        if self.problems:
            raise FormError(self.problems)


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `form_id` begins the id of every field, so that two forms on the page never share one."""

    form_id: str

    def whole(self, fields: Iterable[str], send: str, *, attributes: str = "") -> str:
        """Return the form with its fields and the button that sends it."""
        return (
            f'<form id="{self.form_id}" class="tool-form" novalidate {attributes}>{"".join(fields)}'
            f'<p class="form-actions"><button type="submit" class="main" name="fresh" value="1">{send}</button>'
            f'<span class="working" role="status"><span>{texts.WORKING}</span></span></p></form>'
        )

    def line(self, name: str, label: str, hint: str = "", *, optional: bool = False, attributes: str = "") -> str:
        """Return a field of one line."""
        control = f'<input type="text" {self._control(name, hint)} autocomplete="off" {attributes}>'
        return self._field(name, label, hint, control, optional=optional)

    def area(
        self, name: str, label: str, hint: str = "", *, placeholder: str = "", optional: bool = False, rows: int = 2
    ) -> str:
        """Return a field of a few lines."""
        shown = escape(placeholder, quote=True)
        control = f'<textarea {self._control(name, hint)} rows="{rows}" placeholder="{shown}"></textarea>'
        return self._field(name, label, hint, control, optional=optional)

    def file(self, name: str, label: str, hint: str, endings: Iterable[str]) -> str:
        """Return a field that takes one file. The browser's own words in it are its own, so they are not shown."""
        accepted = ",".join(endings)
        control = (
            f'<label class="pick"><input type="file" class="visually-hidden" {self._control(name, hint)} accept="{accepted}" '
            f'data-none="{texts.FILE_NONE}"><span class="as-button" aria-hidden="true">{texts.FILE_PICK}</span>'
            f'<span class="picked" aria-hidden="true">{texts.FILE_NONE}</span></label>'
        )
        return self._field(name, label, hint, control)

    def choice(self, name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
        """Return a choice of one among a few, the first chosen."""
        return self._group(name, label, "", "radio", options, first=True)

    def ticks(self, name: str, label: str, options: Iterable[tuple[str, str]], hint: str = "") -> str:
        """Return a choice of any number."""
        return self._group(name, label, hint, "checkbox", options, style=" many")

    def tick(self, name: str, label: str) -> str:
        """Return a single box to tick."""
        return f'<div class="field"><label class="tick"><input type="checkbox" name="{name}" value="1"> {label}</label></div>'

    def _control(self, name: str, hint: str) -> str:
        own = f"{self.form_id}-{name}"
        described = f"{own}-hint {own}-problem" if hint else f"{own}-problem"
        return f'id="{own}" name="{name}" aria-describedby="{described}"'

    def _field(self, name: str, label: str, hint: str, control: str, *, optional: bool = False) -> str:
        own = f"{self.form_id}-{name}"
        more = f' <span class="optional">({texts.OPTIONAL})</span>' if optional else ""
        told = f'<p class="field-hint" id="{own}-hint">{hint}</p>' if hint else ""
        return f'<div class="field"><label for="{own}">{label}{more}</label>{told}{control}{self._problem(name)}</div>'

    def _group(
        self,
        name: str,
        label: str,
        hint: str,
        kind: str,
        options: Iterable[tuple[str, str]],
        *,
        first: bool = False,
        style: str = "",
    ) -> str:
        rows = "".join(
            f'<li><label class="tick"><input type="{kind}" name="{name}" value="{escape(value, quote=True)}"'
            f"{' checked' if first and not n else ''}> {escape(text)}</label></li>"
            for n, (value, text) in enumerate(options)
        )
        told = f'<p class="field-hint">{hint}</p>' if hint else ""
        return (
            f'<fieldset class="field{style}" id="{self.form_id}-{name}" tabindex="-1" aria-describedby="{self.form_id}-{name}-problem">'
            f"<legend>{label}</legend>{told}<ul>{rows}</ul>{self._problem(name)}</fieldset>"
        )

    def _problem(self, name: str) -> str:
        return f'<p class="problem field-problem" id="{self.form_id}-{name}-problem" hidden></p>'

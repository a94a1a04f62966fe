"""An assistant that gives set answers on invented provisions in the real records, and has the real core: the page cannot tell the difference."""

import gc
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from assistant.answer import Answer, Citation, Engine, Nearest, Outcome, Turn
from assistant.errors import QuestionError
from assistant.llm import LanguageModel, Stop
from assistant.settings import Settings
from assistant.understand.company import read_employees
from assistant.understand.facts import Fact, forget
from assistant.understand.question import Company, Understood, ask_for_a_tool
from assistant.verify.text import Finding, VerifiedClaim, VerifiedText
from corpus.address import Portion
from corpus.document import Document, Kind, Level, Provision, Segment, Verdict
from corpus.library import Library, load_library
from index.hit import Hit, SegmentScore

LAW_ID, REGULATION_ID, NOTE_ID = "lov/2005-06-17-62/§3-3", "forskrift/2011-12-06-1355/§13-2", "veiledning/bruk"


def make_provision(provision_id: str, rows: Sequence[tuple[str, str, str]], **fields: object) -> Provision:
    """Return a provision of lines given as portion, marker and text."""
    lines, segments, length = [], [], 0
    for portion, marker, text in rows:
        start = length + len(marker)
        segments.append(Segment(portion=Portion.parse(portion), start=start, end=start + len(text)))
        lines.append(marker + text)
        length += len(marker) + len(text) + 1
    values: dict[str, object] = {
        "kind": Kind.RESTATEMENT, "level": Level.LAW, "source": "arbeidsmiljøloven", "label": "arbeidsmiljøloven § 3-3",
        "heading": "Bedriftshelsetjeneste", "path": (), "url": "https://lovdata.no/dokument/NL/lov/2005-06-17-62/§3-3",
        "checked": date(2026, 11, 22), "text_date": date(2026, 7, 2), "in_force": date(2023, 1, 1),
    }  # fmt: skip
    return Provision(
        provision_id=provision_id, text="\n".join(lines), segments=tuple(segments), **(values | fields)  # type: ignore[arg-type]
    )  # fmt: skip


LAW = make_provision(
    LAW_ID,
    [
        ("ledd/1", "(1) ", "Arbeidsgiveren må ha bedriftshelsetjeneste når risikoen i virksomheten tilsier det. Plikten gjelder uansett størrelse."),
        ("ledd/2", "(2) ", "Bedriftshelsetjenesten skal hjelpe arbeidsgiveren, arbeidstakerne og verneombudet. Støy på 80 dB & mer teller."),
        ("ledd/3", "(3) ", "Bedriftshelsetjenesten skal være fri og uavhengig i faglige spørsmål."),
    ],
    amended_by="lov/2022-06-17-42", note="Paragrafen nevner ikke antall ansatte.",
)  # fmt: skip
REGULATION = make_provision(
    REGULATION_ID,
    [
        ("ledd/1", "", "Bedriftshelsetjenesten skal hjelpe til med:"),
        ("ledd/1/bokstav/a", "a) ", "planlegging av arbeidsplassen"),
        ("ledd/1/bokstav/b", "b) ", "kartlegging av arbeidsmiljøet"),
        ("ledd/1/bokstav/c", "c) ", "opplæring i risikoen ved arbeidet"),
    ],
    level=Level.REGULATION, source="forskrift om organisering", label="forskrift om organisering § 13-2", heading="Bruk",
    url="https://lovdata.no/dokument/SF/forskrift/2011-12-06-1355/§13-2",
)  # fmt: skip
NOTE = make_provision(
    NOTE_ID, [("", "", "Arbeidstilsynet skriver at en lege de ansatte kan gå til, ikke er nok.")], kind=Kind.GUIDANCE,
    level=Level.AUTHORITY, source="Arbeidstilsynet: BHT", label="Arbeidstilsynet: BHT", heading="Lege er ikke BHT",
    url="https://www.arbeidstilsynet.no/hms/bht/", in_force=None, text_date=date(2026, 10, 6), date_kind="arkivkopi",
)  # fmt: skip


def make_citation(n: int, provision: Provision, quote: str, portion: str = "", **fields: object) -> Citation:
    """Return the citation of a quote that stands in the provision."""
    start, address = provision.text.index(quote), Portion.parse(portion)
    values: dict[str, object] = {
        "label": provision.label_of(address), "start": start, "end": start + len(quote), "url": provision.url,
    }  # fmt: skip
    return Citation(
        n=n, provision_id=provision.provision_id, portion=address, level=provision.level, kind=provision.kind,
        quote=quote, in_force=provision.in_force, text_date=provision.text_date, **(values | fields),  # type: ignore[arg-type]
    )  # fmt: skip


def make_answer(text: str = "Svar.", outcome: Outcome = Outcome.ANSWERED, **fields: object) -> Answer:
    """Return an answer."""
    question = str(fields.pop("question", "Hva gjelder?"))
    return Answer(question=question, standalone_question=question, outcome=outcome, text=text, **fields)  # type: ignore[arg-type]


TWO_SOURCES = make_answer(
    "**Ja.** Dere må ha bedriftshelsetjeneste når risikoen tilsier det [1].\n\n- Den skal hjelpe med kartlegging [2].",
    verdict=Verdict.YES,
    citations=(
        make_citation(1, LAW, "Arbeidsgiveren må ha bedriftshelsetjeneste når risikoen i virksomheten tilsier det.", "ledd/1"),
        make_citation(2, REGULATION, "kartlegging av arbeidsmiljøet", "ledd/1/bokstav/b"),
    ),
    warnings=("Svaret forutsetter at dere har ansatte.",),
)  # fmt: skip
ASKS_BACK = make_answer(
    "Det avhenger av bransjen [1].\n\n**Hvilken bransje er dere i?**", Outcome.ASKS_BACK, verdict=Verdict.DEPENDS,
    citations=(make_citation(1, LAW, "Plikten gjelder uansett størrelse.", "ledd/1"),),
    follow_up_question="Hvilken bransje er dere i?", choices=("Bygg og anlegg", "Butikk"),
)  # fmt: skip
ABSTAINED = make_answer(
    "Jeg har ikke nok grunnlag til å svare på det.", Outcome.ABSTAINED, nearest=(Nearest.of(LAW), Nearest.of(NOTE))
)
CORRECTED = make_answer(
    "Ikke automatisk. Antall ansatte avgjør aldri [1].", Outcome.CORRECTED, verdict=Verdict.NO,
    citations=(make_citation(1, LAW, "Plikten gjelder uansett størrelse.", "ledd/1"),),
)  # fmt: skip


def make_document(document_id: str, name: str, abbreviation: str, *provisions: Provision) -> Document:
    """Return a document of the provisions."""
    return Document(
        document_id=document_id, title=name, name=name, abbreviation=abbreviation, level=provisions[0].level, url="",
        provisions=provisions, text_date=date(2026, 7, 2), checked=date(2026, 11, 22),
    )  # fmt: skip


BEFORE, AFTER = (
    make_provision(
        f"lov/2005-06-17-62/§{section}", [("ledd/1", "", text)], label=f"arbeidsmiljøloven § {section}", heading=heading,
        path=("Kapittel 3. Virkemidler",),
    )
    for section, heading, text in (
        ("3-2", "Sikkerhet", "Arbeidsgiveren må gi opplæring <b>."), ("3-5", "Kurs", "Arbeidsgiveren må lære om HMS.")
    )
)  # fmt: skip
LIBRARY = Library(
    (
        make_document("lov/2005-06-17-62", "arbeidsmiljøloven", "AML", BEFORE, replace(LAW, path=BEFORE.path), AFTER),
        make_document("forskrift/2011-12-06-1355", "forskrift om organisering", "OLM", REGULATION),
        make_document("veiledning/bht", "Veiledning: bht", "", NOTE),
    )
)


def _claim(line: str) -> VerifiedClaim:
    cited = make_citation(1, LAW, "Plikten gjelder uansett størrelse.", "ledd/1")
    found = {"50": Finding.CONTRADICTED, "månen": Finding.NOT_FOUND}
    finding = next((value for word, value in found.items() if word in line.lower()), Finding.SUPPORTED)
    return VerifiedClaim(
        text=line, start=0, end=len(line), finding=finding, citations=() if finding is Finding.NOT_FOUND else (cited,),
        reason="Antall ansatte avgjør ikke." if finding is Finding.CONTRADICTED else "",
    )  # fmt: skip


@dataclass
class FakeAssistant:
    """Answers by a word in the question, and remembers what it was asked."""

    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    library: Library = field(default_factory=cache(load_library))
    notices: tuple[str, ...] = ()
    model: LanguageModel | None = None

    def understand(self, question: str, history: Sequence[Turn]) -> Understood:
        """Return how many they are, and nothing else."""
        said = [turn.content for turn in (*history, Turn(role="user", content=question))]
        counts = [count for text in said if (count := read_employees(text)) is not None]
        return replace(ask_for_a_tool(question), company=Company(employees=counts[-1] if counts else None))

    def forget(self, history: Sequence[Turn], fact: Fact) -> tuple[Turn, ...]:
        """Return the talk without a fact, all words taken as spelt right."""
        return forget(history, fact, lambda text: text)

    def search(self, query: str, top_k: int = 20) -> list[Hit]:
        """Return the provisions that hold the words as they are written."""
        if "krasj" in query:
            raise RuntimeError("noe internt: /hemmelig/sti")
        found = [p for document in self.library.core for p in document if query.lower() in p.text.lower()]
        score = SegmentScore(segment=0, score=1.0, dense=0.0, lay_similarity=0.0, lay_question=None)
        return [
            Hit(provision=p, score=1.0, rank=n, dense=0.0, coverage=1.0, unknown=0.0, segments=(score,))
            for n, p in enumerate(found[:top_k], 1)
        ]

    def stream(
        self,
        question: str,
        history: Sequence[Turn],
        as_of: date | None = None,
        engine: Engine = Engine.EXTRACTIVE,
        stop: Stop | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer that the question's word stands for, first its first paragraph when a model writes it."""
        answer = self._answer(question, history)
        if engine is Engine.LLM:
            yield replace(answer, text=answer.text.split("\n\n")[0], citations=answer.citations[:1], warnings=())
        yield answer

    def _answer(self, question: str, history: Sequence[Turn]) -> Answer:
        self.asked.append((question, tuple(history)))
        if "feil" in question:
            raise QuestionError("Jeg forsto ikke spørsmålet. Skriv det som en hel setning.")
        if "krasj" in question:
            raise RuntimeError("noe internt: /hemmelig/sti")
        answers = {"avhenger": ASKS_BACK, "ukjent": ABSTAINED, "stemmer": CORRECTED}
        return next((answer for word, answer in answers.items() if word in question.lower()), TWO_SOURCES)

    def verify(self, text: str) -> VerifiedText:
        """Return each line as a claim, what became of it by its words."""
        if not text:
            raise QuestionError("Lim inn en tekst.")
        if "krasj" in text:
            raise RuntimeError("noe internt: /hemmelig/sti")
        return VerifiedText(claims=tuple(map(_claim, text.split("\n"))) if "?" not in text else ())

    def provision(self, provision_id: str, kind: Kind) -> Provision:
        """Return one of the invented provisions."""
        return {(p.provision_id, p.kind): p for p in (LAW, REGULATION, NOTE)}[provision_id, kind]


def make_settings(port: int = 0, host: str = "127.0.0.1") -> Settings:
    """Return settings that serve on the port, any free one by default."""
    return Settings(home=Path(), cache=Path(), host=host, port=port)


@contextmanager
def tidy_gradio() -> Iterator[None]:
    """Collect the event loops that Gradio leaves open here, where they fail no other test."""
    try:
        yield
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()

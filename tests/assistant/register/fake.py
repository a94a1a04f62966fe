"""A register for the tests: real HTTP on loopback, with invented units, that fails when it is told to.

No number here begins with 8 or 9, so none is anybody's.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

HAIRDRESSER = "100000016"
HAIRDRESSER_UNIT = "100000024"
IT_COMPANY = "100000032"
MUNICIPALITY = "100000059"
SCHOOLS = "100000067"
SCHOOL = "100000075"
SEWERAGE = "100000083"
HOLDING = "100000091"
SOLE = "100000105"
BANKRUPT = "100000113"
WINDING_UP = "100000148"
FORCED = "100000156"
STRUCK_OFF = "100000164"
GONE = "100000172"
UNKNOWN = "100000199"
FAULTY = "100000202"

NAMES = {
    "96.210": "Frisering", "62.100": "Programmeringstjenester", "84.110": "Generell offentlig administrasjon",
    "85.201": "Ordinær grunnskoleundervisning", "37.000": "Oppsamling og behandling av avløpsvann", "00.000": "Uoppgitt",
    "43.310": "Stukkatørarbeid", "56.110": "Drift av restauranter", "47.110": "Butikkhandel", "46.320": "Engroshandel",
}  # fmt: skip


def unit(orgnr: str, name: str, form: str, *codes: str, **more: Any) -> dict[str, Any]:
    """Return a unit as the register sends it, with things that nobody is to keep."""
    industries = {
        f"naeringskode{n}": {"kode": code, "beskrivelse": NAMES[code]} for n, code in enumerate(codes, start=1)
    }
    return {
        "organisasjonsnummer": orgnr, "navn": name, "organisasjonsform": {"kode": form, "beskrivelse": form, "_links": {}},
        "forretningsadresse": {"adresse": ["Hemmelige vei 1"], "poststed": "OSLO", "landkode": "NO"},
        "telefon": "55 55 55 55", "epostadresse": "privat@example.org", "stiftelsesdato": "2001-02-03",
        "aktivitet": ["Ola driver alene"], "_links": {"self": {"href": "https://example.org"}}, **industries, **more,
    }  # fmt: skip


def with_employees(number: int) -> dict[str, Any]:
    return {"harRegistrertAntallAnsatte": True, "antallAnsatte": number}


WITHHELD = {"harRegistrertAntallAnsatte": True}
NONE = {"harRegistrertAntallAnsatte": False}

UNITS = {
    row["organisasjonsnummer"]: row
    for row in (
        unit(HAIRDRESSER, "SAKSEN FRISØR AS", "AS", "96.210", "47.110", "46.320", **with_employees(3)),
        unit(IT_COMPANY, "KODEKVERNA AS", "AS", "62.100", **WITHHELD),
        unit(MUNICIPALITY, "OPPDIKTET KOMMUNE", "KOMM", "84.110", **with_employees(812)),
        unit(SCHOOLS, "OPPDIKTET KOMMUNE SKOLEETATEN", "ORGL", "85.201", overordnetEnhet=MUNICIPALITY, **with_employees(340)),
        unit(HOLDING, "TOMT HOLDING AS", "AS", "00.000", **NONE),
        unit(SOLE, "GIPSMAKER OLA NORDMANN", "ENK", "43.310", **NONE),
        unit(BANKRUPT, "SLUTT RESTAURANT AS", "AS", "56.110", konkurs=True, underAvvikling=True, **with_employees(9)),
        unit(WINDING_UP, "SNART FERDIG AS", "AS", "47.110", underAvvikling=True, **WITHHELD),
        unit(FORCED, "TVUNGET FERDIG AS", "AS", "47.110", underTvangsavviklingEllerTvangsopplosning=True, **NONE),
        unit(STRUCK_OFF, "VAR EN GANG AS", "AS", respons_klasse="SlettetEnhet", slettedato="2025-03-04"),
    )
}  # fmt: skip
SUB_UNITS = {
    row["organisasjonsnummer"]: row
    for row in (
        unit(HAIRDRESSER_UNIT, "SAKSEN FRISØR AVD TORGET", "BEDR", "96.210", overordnetEnhet=HAIRDRESSER, **with_employees(3)),
        unit(SCHOOL, "LIA SKOLE", "BEDR", "85.201", overordnetEnhet=MUNICIPALITY, **with_employees(41)),
        unit(SEWERAGE, "OPPDIKTET AVLØP", "BEDR", "37.000", overordnetEnhet=MUNICIPALITY, **WITHHELD),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is sent in the place of an answer. `delay` seconds pass first; with `pause` the body comes a byte at a time."""

    status: int = 200
    body: bytes = b"{}"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0
    pause: float = 0
    cut: bool = False


@dataclass
class FakeRegister:
    """Its address, the faults by path (without the query), and the requests it got."""

    url: str = ""
    faults: dict[str, Fault] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def break_all(self, fault: Fault) -> None:
        """Let every answer be this."""
        self.faults[""] = fault

    def answer(self, target: str) -> Fault:
        """Return what to send for a path with its query."""
        self.requests.append(target)
        address = urlsplit(target)
        if fault := self.faults.get("") or self.faults.get(address.path):
            return fault
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        level, _, orgnr = address.path.removeprefix("/api/").partition("/")
        rows = UNITS if level == "enheter" else SUB_UNITS
        if not orgnr:
            return Fault(body=encode(_page(level, list(rows.values()), query)))
        if orgnr == GONE:
            return Fault(status=410, body=encode({"organisasjonsnummer": GONE, "slettedato": "2020-01-01"}))
        return Fault(body=encode(rows[orgnr])) if orgnr in rows else Fault(status=404)


def _page(level: str, rows: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
    if name := query.get("navn", "").casefold():
        rows = [row for row in rows if name in row["navn"].casefold()]
    if parent := query.get("overordnetEnhet"):
        rows = [row for row in rows if row.get("overordnetEnhet") == parent]
    size = int(query["size"])
    page = {"size": size, "number": 0, "totalElements": len(rows), "totalPages": -(-len(rows) // size)}
    return {**({"_embedded": {level: rows[:size]}} if rows else {}), "page": page}


def encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@contextmanager
def serve_register() -> Iterator[FakeRegister]:
    """Serve a register on a free port of this machine."""
    fake = FakeRegister()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(OSError):
                self._send(fake.answer(self.path))

        def _send(self, fault: Fault) -> None:
            time.sleep(fault.delay)
            self.send_response(fault.status)
            self.send_header("Content-Length", str(len(fault.body) + fault.cut))
            for name, value in fault.headers:
                self.send_header(name, value)
            self.end_headers()
            for piece in [fault.body[n : n + 1] for n in range(len(fault.body))] if fault.pause else [fault.body]:
                time.sleep(fault.pause)
                self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}/api"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""The register as the duty check sees it: the cache first, and the network only where the user has allowed it."""

from collections.abc import Callable
from copy import copy
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.register.address import BASE_URL, check_address
from assistant.register.cache import CompanyCache
from assistant.register.describe import warn_of_age, warn_of_state
from assistant.register.errors import DeletedError, NotFoundError, OfflineError, SearchNameError, UnavailableError
from assistant.register.number import parse_number
from assistant.register.records import Company, Found, Matches, Unit, UnitStatus

if TYPE_CHECKING:
    from assistant.register.client import RegisterClient

MAX_AGE = timedelta(days=30)
_MAX_SUB_UNITS = 100  # of each level, one request
_TIMEOUT_SECONDS = 10.0
_NAME_CHARACTERS = range(2, 181)
# Whose parts are units of the upper level too (organisasjonsledd).
_PUBLIC_FORMS = frozenset({"KOMM", "FYLK", "STAT", "ORGL", "KIRK", "SÆR"})
# Underenheter: nothing belongs to them.
_LOWEST_FORMS = frozenset({"BEDR", "AAFY"})
_GO_ONLINE = "Tillat nett («--online» eller BHT_ONLINE=1) for å hente nye"
_OFFLINE = "Nettet er ikke tillatt, og virksomheten er ikke slått opp her før. Legg til «--online» for å spørre Enhetsregisteret, eller oppgi bransjen i stedet."


class Register:
    """Looks up companies. Sends nothing anywhere unless the network is allowed; what it finds is kept in a folder.

    Args:
        folder: Where companies are kept; made when needed.
        allow_network: The user has said that the register may be asked.
        base_url: The root of the API, if not the real one.
        timeout_seconds: Longest wait for a connection and for the next bytes.
        today: Returns the day.

    Raises:
        RegisterAddressError: `base_url` is not https, nor http to this machine.
    """

    def __init__(
        self,
        folder: Path,
        *,
        allow_network: bool,
        base_url: str = BASE_URL,
        timeout_seconds: float = _TIMEOUT_SECONDS,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._base_url = check_address(base_url)
        self._allow_network = allow_network
        self._timeout_seconds = timeout_seconds
        self._today = today
        self._cache = CompanyCache(folder, self._base_url)

    def offline(self) -> "Register":
        """Return the same register with nothing but what it keeps."""
        other = copy(self)
        other._allow_network = False
        return other

    def look_up(self, text: str) -> Found:
        """Return the company with a number, with warnings that the user should see.

        Args:
            text: An organisasjonsnummer as written by a person.

        Raises:
            NumberError: The text is none.
            NotFoundError: The register has no such company.
            DeletedError: The register no longer shows it.
            UnavailableError: The register could not be used, and nothing was kept.
            OfflineError: The network is not allowed, and nothing was kept.
        """
        orgnr = parse_number(text)
        kept = self._cache.get(orgnr)
        if kept and timedelta(0) <= self._today() - kept.fetched <= MAX_AGE:
            return _found(kept)
        if not self._allow_network:
            if kept is None:
                raise OfflineError(_OFFLINE)
            return _found(kept, warn_of_age(kept.fetched, f"{_GO_ONLINE}."))
        try:
            company = self._fetch(orgnr)
        except (NotFoundError, DeletedError):
            self._cache.remove(orgnr)
            raise
        except UnavailableError as error:
            if kept is None:
                raise
            return _found(kept, warn_of_age(kept.fetched, str(error)))
        self._cache.put(company)
        return _found(company)

    def search(self, name: str, limit: int = 5) -> Matches:
        """Return a short list of companies whose names match, best first. What is searched for is not kept.

        Args:
            name: Words of the name.
            limit: How many at most, 1-20.

        Raises:
            SearchNameError: The name is too short or too long, or the register cannot use it.
            UnavailableError: The register could not be used.
            OfflineError: The network is not allowed, and no kept company has the name.
        """
        words = " ".join("".join(c if c.isprintable() else " " for c in name[:1000]).split())
        if len(words) not in _NAME_CHARACTERS:
            raise SearchNameError(
                f"Navnet må ha fra {_NAME_CHARACTERS[0]} til {_NAME_CHARACTERS[-1]} tegn. Skriv navnet slik det er registrert."
            )
        limit = min(max(limit, 1), 20)
        if not self._allow_network:
            return self._search_kept(words, limit)
        with self._connect() as client:
            units, total = client.search_units(limit, name=words)
        return Matches(units=units, total=total)

    def _search_kept(self, words: str, limit: int) -> Matches:
        found = [_as_unit(company) for company in self._cache.all() if words.casefold() in company.name.casefold()]
        if not found:
            raise OfflineError(_OFFLINE)
        warning = f"Det er bare søkt blant virksomheter som er slått opp her før. {_GO_ONLINE} treff."
        return Matches(units=tuple(found[:limit]), total=len(found), warnings=(warning,))

    def _connect(self) -> "RegisterClient":
        from assistant.register.client import RegisterClient  # takes a quarter of a second

        return RegisterClient(self._base_url, self._timeout_seconds, self._today())

    def _fetch(self, orgnr: str) -> Company:
        with self._connect() as client:
            unit, above = _fetch_unit(client, orgnr)
            below, total = _fetch_below(client, unit)
            parent = _fetch_parent(client, above)
        return Company(
            **{field.name: getattr(unit, field.name) for field in fields(Unit)},
            fetched=self._today(),
            parent=parent,
            sub_units=below,
            sub_units_total=total,
        )


def _fetch_unit(client: "RegisterClient", orgnr: str) -> tuple[Unit, str | None]:
    """Return a unit of either level, and the number of what it belongs to."""
    try:
        return client.get_unit(orgnr)
    except NotFoundError:
        return client.get_sub_unit(orgnr)


def _fetch_below(client: "RegisterClient", unit: Unit) -> tuple[tuple[Unit, ...], int]:
    """Return the units one level down, and how many there are."""
    if unit.status is UnitStatus.DELETED or unit.form in _LOWEST_FORMS:
        return (), 0
    below, total = client.search_sub_units(_MAX_SUB_UNITS, unit.orgnr)
    if unit.form in _PUBLIC_FORMS:
        parts, more = client.search_units(_MAX_SUB_UNITS, parent=unit.orgnr)
        return (*parts, *below), total + more
    return below, total


def _fetch_parent(client: "RegisterClient", orgnr: str | None) -> Unit | None:
    if orgnr is None:
        return None
    try:
        return client.get_unit(orgnr)[0]
    except (NotFoundError, DeletedError):
        return None


def _found(company: Company, *warnings: str) -> Found:
    return Found(company=company, warnings=(*warnings, *warn_of_state(company)))


def _as_unit(company: Company) -> Unit:
    return Unit(**{field.name: getattr(company, field.name) for field in fields(Unit)})

"""Who may use the page when others reach it: names and scrypt hashes of passwords, in one file that only its owner may read."""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
from pathlib import Path

from assistant.errors import UsersError

LEAST_PASSWORD, MOST_PASSWORD = 12, 200
_NAME = re.compile(r"[a-z0-9._@-]{1,64}")
# Source: OWASP Password Storage Cheat Sheet, scrypt with 32 MB: N=2^15, r=8, p=3.
_N, _R, _P = 2**15, 8, 3
_MEMORY = 2**26


class Users:
    """The users in a file. Read each time: whoever is removed is out at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> tuple[str, ...]:
        """Return who there is, by name.

        Raises:
            UsersError: The file cannot be read.
        """
        return tuple(sorted(self._read()))

    def add(self, name: str, password: str) -> None:
        """Add a user, or give one a new password.

        Raises:
            UsersError: Name or password cannot be used, or the file cannot be written.
        """
        if not _NAME.fullmatch(name):
            raise UsersError("Brukernavnet kan ha 1-64 tegn: små bokstaver a-z, tall, punktum, bindestrek, _ og @.")
        if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
            raise UsersError(
                f"Passordet må ha {LEAST_PASSWORD}-{MOST_PASSWORD} tegn. Flere ord etter hverandre er bra."
            )
        salt = secrets.token_bytes(16)
        self._write({**self._read(), name: {"salt": _encode(salt), "hash": _encode(_hash(password, salt))}})

    def remove(self, name: str) -> None:
        """Remove a user.

        Raises:
            UsersError: There is none, or the file cannot be written.
        """
        users = self._read()
        if name not in users:
            raise UsersError(f"Det finnes ingen bruker «{name}». Se dem alle med «bht user list».")
        self._write({other: row for other, row in users.items() if other != name})

    def fingerprint(self, name: str) -> str:
        """Return what changes when the user's password does, "" for nobody: what was checked once may be remembered by it."""
        return self._read().get(name, {}).get("hash", "")

    def check(self, name: str, password: str) -> bool:
        """Return whether the password is the user's; it takes as long when there is no such user."""
        row = self._read().get(name) or {"salt": _encode(b"nobody"), "hash": ""}
        given = _hash(password[:MOST_PASSWORD], base64.b64decode(row["salt"]))
        return hmac.compare_digest(_encode(given), row["hash"])

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))
            return {str(name): {"salt": str(r["salt"]), "hash": str(r["hash"])} for name, r in rows.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsersError(
                f"Kan ikke lese brukerne i {self.path}: {error}. Flytt fila bort, og legg dem inn på nytt."
            ) from error

    def _write(self, users: dict[str, dict[str, str]]) -> None:
        part = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part.touch(mode=0o600)
            part.write_text(json.dumps(users, indent=1), encoding="utf-8")
            part.replace(self.path)
        except OSError as error:
            raise UsersError(f"Kan ikke skrive brukerne i {self.path}: {error}. Sjekk plass og rettigheter.") from error
        finally:
            part.unlink(missing_ok=True)


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")

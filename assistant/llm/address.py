"""The address of a model server, checked: https anywhere, plain http on the user's own machine and network alone."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from assistant.errors import SettingsError

_EXAMPLE = "Skriv for eksempel http://127.0.0.1:11434/v1."
_OWN_NETWORKS = tuple(
    ip_network(network)
    # Private use (RFC 1918, RFC 4193), and the shared space that private overlay networks use (RFC 6598).
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "100.64.0.0/10")
)
_OWN_ENDINGS = (".localhost", ".local", ".lan", ".home", ".internal", ".home.arpa")
_ENDPOINT = "/chat/completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAddress:
    """Where a model server is. `url` is the root of its API, `shown` the host and port as people write them."""

    url: str
    shown: str
    host: str
    is_encrypted: bool

    @property
    def is_local(self) -> bool:
        """Whether what is sent there stays on this machine."""
        ip = _read_ip(self.host)
        return ip.is_loopback if ip else self.host == "localhost" or self.host.endswith(".localhost")

    def may_connect(self, address: str) -> bool:
        """Return whether an IP address that the host turned out to have may be connected to.

        Args:
            address: An IP address.
        """
        ip = _read_ip(address)
        if ip is None:
            return False
        if self.is_local:
            return ip.is_loopback
        return self.is_encrypted or _is_own(ip)


def parse_model_address(url: str) -> ModelAddress:
    """Return the address of a server, with `/v1` where it has no path.

    Args:
        url: https to any host; http to this machine, a private IP address or a name of the local network.

    Raises:
        SettingsError: It is none of these, or has a user name, a query or a fragment. The text is repeated only when it
            holds nothing that could be secret.
    """
    parts = _split(url.strip())
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise SettingsError(
            "Adressen til språkmodellen kan ikke ha brukernavn, passord eller noe etter «?» eller «#». Nøkkelen settes i BHT_LLM_KEY."
        )
    host, is_encrypted = (parts.hostname or "").rstrip("."), parts.scheme == "https"
    if not is_encrypted and not _is_own_host(host):
        raise SettingsError(
            f"http://{host} er ukryptert og ikke på ditt eget nett, så dit sendes ingenting. Bruk https://, "
            "eller skriv IP-adressen hvis maskinen er din egen."
        )
    path = parts.path.rstrip("/").removesuffix(_ENDPOINT) or "/v1"
    name = f"[{host}]" if ":" in host else host
    shown = f"{name}:{parts.port}" if parts.port else name
    return ModelAddress(url=f"{parts.scheme}://{shown}{path}", shown=shown, host=host, is_encrypted=is_encrypted)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    # Never repeated: a key may have been put in it.
    if not is_usable or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise SettingsError(f"Adressen til språkmodellen er ikke en nettadresse. {_EXAMPLE}")
    return parts


def _is_own_host(host: str) -> bool:
    ip = _read_ip(host)
    if ip is not None:
        return _is_own(ip)
    return "." not in host or host.endswith(_OWN_ENDINGS)


def _is_own(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_loopback or any(ip in network for network in _OWN_NETWORKS)


def _read_ip(text: str) -> IPv4Address | IPv6Address | None:
    try:
        ip = ip_address(text)
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip

"""Where Prepost may connect to: public addresses, and networks that the operator names.

A name is resolved once and the address that was checked is the one to connect to: a second look-up could give another
(DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.errors import PrepostError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_PORTS = {"http": 80, "https": 443}


class Refused(PrepostError):
    """A place that Prepost doesn't connect to, or that isn't there."""

    status = 422
    type = "target-refused"
    title = "Target refused"


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address, and the URL and Host header that lead there."""

    url: str
    """the URL with the address in place of the name"""
    host: str
    """for the Host header, with the port where it isn't the scheme's own"""
    name: str
    """for the certificate"""


def networks(written: str) -> tuple[Network, ...]:
    """`10.0.0.0/8, fd00::/8` and the like. Raises ValueError."""
    return tuple(ipaddress.ip_network(part.strip()) for part in written.split(",") if part.strip())


def resolve(url: str, allowed: Sequence[Network]) -> Target:
    """Look the name up and check where it leads. Waits for DNS. Raises Refused with the reason.

    Where a name has several addresses the first that is allowed is taken.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        name = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise Refused("this is no URL") from None
    if parts.scheme not in _PORTS or not name or parts.username is not None or parts.password is not None:
        raise Refused("an http or https URL without a user name is needed")
    addresses = _addresses(name, port)
    for address in addresses:
        if is_allowed(address, allowed):
            shown = f"[{address}]" if address.version == 6 else str(address)
            suffix = "" if port == _PORTS[parts.scheme] else f":{port}"
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            host = f"[{name}]" if ":" in name else name
            return Target(f"{parts.scheme}://{shown}:{port}{path}", host + suffix, name)
    raise Refused(f"{addresses[0]} is not a public address, and no network that is allowed holds it")


def is_allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address, allowed: Sequence[Network]) -> bool:
    """Public, or in a network that was named; an IPv4 address within an IPv6 one counts as what it is."""
    real: ipaddress.IPv4Address | ipaddress.IPv6Address = address
    if isinstance(address, ipaddress.IPv6Address):
        real = address.ipv4_mapped or address.sixtofour or address
    if any(real in network for network in allowed if network.version == real.version):
        return True
    return real.is_global and not real.is_multicast


def _addresses(name: str, port: int) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(f"the name {name[:200]} leads nowhere") from None
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]

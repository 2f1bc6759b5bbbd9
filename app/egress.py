"""The one way out: where a request that somebody else's text can steer may go, and a transport that goes nowhere else.

A feed's redirect or a webhook's URL must not reach what only this machine can reach: loopback, the house's network, a
cloud's metadata service. A name is resolved once, each of its addresses is checked, and the connection is made to a
checked address, so that a name that answers differently a moment later gains nothing.

    async with httpx.AsyncClient(transport=egress.Transport(), trust_env=False) as client: ...
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import httpx

from app.errors import PrepostError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_6TO4 = ipaddress.IPv6Network("2002::/16")
_PORTS, _LAST_PORT = {"http": 80, "https": 443}, 65_535


class Refused(PrepostError):
    """Nothing was sent: `detail` says why. It can be shown to an operator, as it holds no credentials."""

    status = 422
    type = "target-refused"
    title = "Target refused"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads, looked up once."""

    host: str
    port: int
    addresses: tuple[str, ...]
    """numeric, at least one, all of them allowed"""


def networks(written: str) -> tuple[Network, ...]:
    """`10.0.0.0/8, fd00::/8` and the like. Raises ValueError."""
    return tuple(ipaddress.ip_network(part.strip()) for part in written.split(",") if part.strip())


def is_private(host: str) -> bool:
    """Whether a host that somebody wrote down is this machine or an address inside the house, written as one."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return not _is_allowed(address, allow_private=False) and _is_allowed(address, allow_private=True)


def resolve(url: str | httpx.URL, *, allow_private: bool = False, allowed: Sequence[Network] = ()) -> Target:
    """The addresses that a URL leads to. Blocks while the name is looked up.

    Raises Refused for what is no http or https URL, a name that can't be resolved, and a name one of whose addresses is
    not public: an honest one has no such mixture. `allow_private` lets loopback and private networks in, but never
    link-local addresses, where clouds keep their credentials; `allowed` are networks that somebody named.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise Refused("this is no URL") from error
    if parsed.scheme not in _PORTS or not parsed.host or parsed.userinfo:
        raise Refused("an http or https URL with a host and without a user's name is needed")
    port = _PORTS[parsed.scheme] if parsed.port is None else parsed.port
    if not 0 < port <= _LAST_PORT:
        raise Refused(f"{port} is no port")
    host = parsed.raw_host.decode("ascii")
    addresses = _addresses(host, port)
    for address in addresses:
        real = ipaddress.ip_address(address)
        if not (_is_in(real, allowed) or _is_allowed(real, allow_private=allow_private)):
            raise Refused(f"{host} leads to an address that is not public")
    return Target(host, port, addresses)


def _addresses(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"the name {host} can't be resolved") from error
    return tuple(dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found))


def _is_in(address: IPAddress, allowed: Sequence[Network]) -> bool:
    real = _carried(address) or address
    return any(real in network for network in allowed if network.version == real.version)


def _is_allowed(address: IPAddress, *, allow_private: bool) -> bool:
    inner = _carried(address)
    if inner is not None:  # an IPv4 address in IPv6's clothes is what it carries
        return _is_allowed(inner, allow_private=allow_private)
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        odd = address in _6TO4 or address.is_site_local or (address.is_reserved and not address.is_loopback)
    else:
        odd = address.is_reserved
    return not odd and (address.is_global or allow_private)


def _carried(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, or by a NAT64 gateway."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped


class Transport(httpx.AsyncBaseTransport):
    """httpx's own transport, but each request goes to an address that `resolve` let through, or raises Refused.

    The host's name stays in the Host header and in the TLS handshake, where the certificate is held against it. No
    connection is kept: two hosts behind one address must not share one. Use it with `follow_redirects=False`, or each
    redirect is guarded with the same `allow_private`, and with `trust_env=False`: a proxy would resolve names anew.
    """

    def __init__(
        self, *, allow_private: bool = False, allowed: Sequence[Network] = (), threads: Executor | None = None
    ) -> None:
        """`threads`: where names are looked up; None: where asyncio runs what blocks."""
        self._resolve = partial(resolve, allow_private=allow_private, allowed=allowed)
        self._threads = threads
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        looking_up = asyncio.get_running_loop().run_in_executor(self._threads, self._resolve, request.url)
        target = await looking_up
        asked = request.url
        request.extensions = {**request.extensions, "sni_hostname": target.host}
        for address in target.addresses[:-1]:
            request.url = asked.copy_with(host=address)
            try:
                return await self._inner.handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # a name may have addresses of a family that leads nowhere from here
        request.url = asked.copy_with(host=target.addresses[-1])
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()

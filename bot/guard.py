"""Which addresses of the web may be asked at all: a person's link must not reach what only this machine can reach."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from news.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

IPAddress = IPv4Address | IPv6Address

NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
LONGEST = 2048
PORTS = frozenset({80, 443})


class RefusedAddress(PageError):
    """An address that is no public page of the web."""


def allowed(address: IPAddress, *, loopback: bool = False) -> bool:
    """Whether a connection may go there: addresses of the public internet, and loopback where the owner allows it.

    IPv4 addresses wrapped into IPv6 (mapped, 6to4, Teredo, NAT64) count as what they wrap.
    """
    if isinstance(address, IPv6Address):
        if address in NAT64[1] or address.is_site_local:
            return False
        wrapped = _wrapped(address)
        if wrapped is not None:
            return allowed(wrapped, loopback=loopback)
    if address.is_loopback:
        return loopback
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local
    )


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, None if it is one of its own."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in NAT64[0]:
        return IPv4Address(address.packed[-4:])
    if int(address) >> 32 == 0 and int(address) > 0xFFFF:  # ::a.b.c.d, long deprecated
        return IPv4Address(address.packed[-4:])
    return None


def checked(url: str) -> SplitResult:
    """The parts of an address that may be asked.

    Raises:
        RefusedAddress: anything but http and https, names and passwords in it, ports of other services.
    """
    accepted = "Accepted: a public page, e.g. https://example.org/news/story.html"
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise RefusedAddress(f"This is no web address. {accepted}") from error
    if len(url) > LONGEST:
        raise RefusedAddress(f"The address has {len(url)} characters, more than {LONGEST}. {accepted}")
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise RefusedAddress(f"This is no http or https address. {accepted}")
    if parts.username or parts.password:
        raise RefusedAddress(f"The address holds a name or password. {accepted}")
    if port is not None and port not in PORTS and port < 1024:
        raise RefusedAddress(f"Port {port} belongs to another service than the web. {accepted}")
    return parts


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """Every numeric address of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(str(entry[4][0]) for entry in found)


async def admit(
    host: str,
    port: int,
    *,
    loopback: bool = False,
    lookup: Callable[[str, int], Awaitable[tuple[str, ...]]] = resolve,
) -> None:
    """Nothing, for a host whose every address may be asked. The connection checks again, against names that change.

    Raises:
        RefusedAddress: one of its addresses is private, loopback, link-local or a machine's metadata.
        OSError: the name is unknown.
    """
    try:
        numbers: tuple[str, ...] = (str(ip_address(host)),)
    except ValueError:
        numbers = await lookup(host, port)
    for number in numbers:
        if not allowed(ip_address(number.partition("%")[0]), loopback=loopback):
            raise RefusedAddress(
                f"{host} is an address inside a private network, which is never fetched. "
                "Accepted: a public page, e.g. https://example.org/news/story.html"
            )

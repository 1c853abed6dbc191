"""Pages and feeds from the web: the one place where something is fetched.

Every hop goes past `bot.guard` twice, by name before and by number at the moment of connecting. A fetch is bounded in
time, size (after unpacking), redirects and kind; hosts are asked with a pause between, and their robots.txt is kept.
"""

from __future__ import annotations

import asyncio
import time
import zlib
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection
from msgspec import Struct
from protego import Protego

from bot import guard
from bot.guard import RefusedAddress
from news.errors import PageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime

PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
FEEDS = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json",
    "application/xml", "text/xml", "text/html", "text/plain", "text/rss", "application/rss", "application/atom",
    "application/octet-stream", "binary/octet-stream",
)  # fmt: skip
"""Declared types that are read; feeds are often declared as something else. None declared is accepted too."""

REDIRECTS = 5
ROBOTS_SECONDS, ROBOTS_FAILED_SECONDS, ROBOTS_BYTES = 86_400, 600, 500_000
LONGEST_PAUSE = 30.0
MEGABYTE = 1_000_000
ACCEPTED = "Accepted: a public page of text, e.g. https://example.org/news/story.html"


class Unreachable(PageError):
    """No answer: unknown name, no connection, too late."""


class Unusable(PageError):
    """An answer that is not read: too large, another kind of file, too many redirects, forbidden by robots.txt."""


class Failed(PageError):
    """An answer that says no: its status, and the seconds after which to ask again if it names them."""

    def __init__(self, message: str, status: int, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class Page(Struct, frozen=True, kw_only=True):
    """Bytes fetched. `url` is the final address; `moved` the new one where the old has gone for good."""

    url: str
    body: bytes = b""
    type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    moved: str | None = None


class Limits(Struct, frozen=True, kw_only=True):
    """Seconds for one fetch, bytes after unpacking, seconds between two requests to a host."""

    seconds: float = 20
    size: int = 8 * MEGABYTE
    gap: float = 1.5
    connections: int = 20
    loopback: bool = False


class Web:
    """A client for pages. Use within `async with`; all calls on the loop it was entered on."""

    def __init__(
        self,
        agent: str,
        limits: Limits | None = None,
        *,
        lookup: Callable[[str, int], Awaitable[tuple[str, ...]]] = guard.resolve,
    ) -> None:
        self.limits = limits or Limits()
        self.agent = agent
        self._lookup = lookup
        self._free_at: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Protego | None]] = {}
        self._slots = asyncio.Semaphore(self.limits.connections)
        loopback = self.limits.loopback
        self._client = httpx_ssrf_protection(
            httpx.AsyncClient(
                headers={"User-Agent": agent, "Accept-Encoding": "gzip, deflate"},
                limits=httpx.Limits(max_connections=self.limits.connections, max_keepalive_connections=10),
                timeout=httpx.Timeout(self.limits.seconds),
                trust_env=False,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                http2=True,
            ),
            check_globally_reachable=False,
            custom_validator=lambda _host, address, _port: guard.allowed(address, loopback=loopback),
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def fetch(
        self,
        url: str,
        *,
        kinds: tuple[str, ...] = PAGES,
        etag: str | None = None,
        modified: str | None = None,
        robots: bool = True,
        urgent: bool = False,
    ) -> Page:
        """The page at an address; `urgent` (a person waits) does not queue behind the collector.

        Raises:
            RefusedAddress, Unreachable, Unusable, Failed: each with a sentence for a person.
        """
        headers = {"Accept": ", ".join(kinds) + ", */*;q=0.1"}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        url, moved = _without_fragment(url), None
        lasting = True
        for _ in range(REDIRECTS + 1):
            if robots and not await self.may_read(url):
                raise Unusable(f"{urlsplit(url).hostname} asks programs not to read this page (robots.txt). {ACCEPTED}")
            await self._wait(url, urgent)
            status, target, page = await self._hop(url, kinds, headers, self.limits.size)
            if target is None:
                return _with_moved(page, moved)
            lasting = lasting and status in {301, 308}
            url = _without_fragment(_following(url, target))
            moved = url if lasting else moved
        raise Unusable(f"The address leads on more than {REDIRECTS} times without an end. {ACCEPTED}")

    async def may_read(self, url: str) -> bool:
        """Whether the host's robots.txt lets this program read an address (RFC 9309: unreachable means no, 4xx yes)."""
        parts = guard.checked(url)
        origin = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        until, rules = self._robots.get(origin, (0.0, None))
        if until <= time.monotonic():
            seconds, rules = await self._read_robots(origin)
            if len(self._robots) >= 2000:
                self._robots.clear()
                self._pauses.clear()
            self._robots[origin] = (time.monotonic() + seconds, rules)
            delay = rules.crawl_delay(self.agent) if rules else None
            if delay:
                self._pauses[parts.netloc] = min(LONGEST_PAUSE, float(delay))
        return rules is not None and bool(rules.can_fetch(url, self.agent))

    async def _read_robots(self, address: str) -> tuple[float, Protego | None]:
        """Seconds to keep the rules for, and the rules; None forbids everything."""
        try:
            for _ in range(REDIRECTS):
                _, target, page = await self._hop(address, (), {}, ROBOTS_BYTES)
                if target is None:
                    return ROBOTS_SECONDS, Protego.parse(page.body.decode("utf-8", "replace"))
                address = _following(address, target)
        except Failed as error:
            if error.status < 500 and error.status != 429:
                return ROBOTS_SECONDS, Protego.parse("")
            return ROBOTS_FAILED_SECONDS, None
        except Unusable:
            pass
        return ROBOTS_SECONDS, Protego.parse("")

    async def _wait(self, url: str, urgent: bool) -> None:
        """Nothing, when the host may be asked again."""
        host = urlsplit(url).netloc
        now = time.monotonic()
        gap = max(self.limits.gap, self._pauses.get(host, 0.0))
        free = max(now, self._free_at.get(host, 0.0))
        self._free_at[host] = free + gap
        if len(self._free_at) > 5000:
            self._free_at = {name: at for name, at in self._free_at.items() if at > now}
        if not urgent:
            await asyncio.sleep(free - now)

    async def _hop(
        self, url: str, kinds: tuple[str, ...], headers: dict[str, str], size: int
    ) -> tuple[int, str | None, Page]:
        """Status, the address it leads on to (or None) and the page, of one request."""
        parts = guard.checked(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            async with self._slots, asyncio.timeout(self.limits.seconds):
                await guard.admit(host, port, loopback=self.limits.loopback, lookup=self._lookup)
                async with self._client.stream("GET", url, headers=headers) as response:
                    return await _read(response, kinds, size)
        except SSRFProtectionError as error:
            raise RefusedAddress(f"{host} leads into a private network, which is never fetched. {ACCEPTED}") from error
        except (TimeoutError, httpx.TimeoutException) as error:
            raise Unreachable(
                f"{host} did not answer within {self.limits.seconds:g} seconds. Try again later"
            ) from error
        except httpx.InvalidURL as error:
            raise RefusedAddress(f"This is no web address. {ACCEPTED}") from error
        except (httpx.HTTPError, OSError, UnicodeError) as error:
            raise Unreachable(
                f"{host} cannot be reached ({_reason(error)}). Check the address, or try later"
            ) from error


def reading_agent(version: str, contact: str) -> str:
    """The User-Agent: who reads, in which version, and whom to write to."""
    return f"Dateline/{version} (news reader{'; +' + contact if contact else ''})"


def _without_fragment(url: str) -> str:
    """The address without white space around it and without what stands behind #."""
    return url.strip().partition("#")[0]


def _following(url: str, target: str) -> str:
    """The address that a redirect leads to. Raises RefusedAddress."""
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise RefusedAddress(f"The page leads on to something that is no web address. {ACCEPTED}") from error


def _with_moved(page: Page, moved: str | None) -> Page:
    """The page, with the address it has moved to for good."""
    return Page(**{name: getattr(page, name) for name in Page.__struct_fields__} | {"moved": moved})


def _reason(error: Exception) -> str:
    """A few words for what went wrong, without addresses or internals."""
    text = str(error).lower()
    if isinstance(error, UnicodeError) or "name" in text or "getaddrinfo" in text:
        return "unknown name"
    if "certificate" in text:
        return "its certificate is not valid"
    if "ssl" in text or "tls" in text:
        return "it answers, but not as https"
    return "no connection"


async def _read(response: httpx.Response, kinds: tuple[str, ...], size: int) -> tuple[int, str | None, Page]:
    """Status, where the response leads on to, and its page. Raises Unusable and Failed."""
    status = response.status_code
    url = str(response.url)
    seen = Page(
        url=url, etag=_mark(response.headers.get("etag")), modified=_mark(response.headers.get("last-modified"))
    )
    if status == 304:
        return status, None, Page(url=url, etag=seen.etag, modified=seen.modified, unchanged=True)
    if status in {301, 302, 303, 307, 308} and response.headers.get("location"):
        return status, response.headers["location"], seen
    if status != 200:
        wait = retry_after(response.headers.get("retry-after"))
        raise Failed(f"{urlsplit(url).hostname} answered {status}: {_meaning(status)}", status, wait)
    declared, charset = _declared(response.headers.get("content-type", ""))
    if kinds and declared and declared not in kinds and not declared.endswith("+xml"):
        raise Unusable(f"This is a file of the kind {declared[:60]}, no page of text. {ACCEPTED}")
    body = bytearray()
    async for piece in _unpacked(response, size):
        body += piece
        if len(body) > size:
            raise Unusable(f"The page has more than {size / MEGABYTE:g} megabytes. {ACCEPTED}")
    return (
        status,
        None,
        Page(url=url, body=bytes(body), type=declared, charset=charset, etag=seen.etag, modified=seen.modified),
    )


def _mark(header: str | None) -> str | None:
    """A mark for conditional requests, None if it is no plain header that can be sent back."""
    return header if header and len(header) <= 300 and header.isascii() and header.isprintable() else None


def _declared(header: str) -> tuple[str, str | None]:
    """Type and charset of a Content-Type header."""
    kind, _, rest = header.partition(";")
    _, sign, charset = rest.partition("charset=")
    return kind.strip().lower(), charset.strip(" \"';").lower() or None if sign else None


async def _unpacked(response: httpx.Response, size: int) -> AsyncIterator[bytes]:
    """The body in pieces, unpacked by steps so that a small answer can't fill the memory. Raises Unusable."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in {"", "identity"}:
        async for piece in response.aiter_raw():
            yield piece
        return
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise Unusable(f"The page is packed as {packing[:20]}, which was not asked for. {ACCEPTED}")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32 if "gzip" in packing else zlib.MAX_WBITS)
    first = True
    async for raw in response.aiter_raw():
        piece = raw
        if first and packing == "deflate" and piece[:1] and piece[0] & 0x0F != 8:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers leave the zlib header out
        first = False
        while piece and not unpacker.eof:
            try:
                yield unpacker.decompress(piece, size + 1)
            except zlib.error as error:
                raise Unusable(f"The page is damaged: it can't be unpacked. {ACCEPTED}") from error
            piece = unpacker.unconsumed_tail


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks to wait, 0 to 86400; None if it says nothing."""
    if not header:
        return None
    if header.strip().isdigit():
        return min(86_400.0, float(header.strip()[:9]))
    try:
        moment = parsedate_to_datetime(header)
        present = now.timestamp() if now else time.time()
        return min(86_400.0, max(0.0, moment.timestamp() - present))
    except (ValueError, TypeError, OverflowError):
        return None


def _meaning(status: int) -> str:
    """What a status means to a person."""
    known = {
        401: "it wants a login", 402: "it wants a payment", 403: "it lets no programs in", 404: "there is no such page",
        410: "the page is gone", 429: "too many requests, try later", 451: "withheld for legal reasons",
    }  # fmt: skip
    return known.get(status, "the site has a fault, try later" if status >= 500 else "the page was not given")

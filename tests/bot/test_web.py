"""What is fetched and what is refused. Nothing is sent but to a server that the test itself runs on loopback."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

import httpcore
import httpx_secure
import pytest

from bot import guard
from bot.guard import RefusedAddress
from bot.web import FEEDS, Failed, Limits, Page, Unreachable, Unusable, Web, reading_agent, retry_after

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

T = TypeVar("T")
Answer = tuple[int, dict[str, str], bytes]
LOCAL = Limits(seconds=5, size=100_000, gap=0, loopback=True)


class Site:
    """A loopback server with canned answers by path; `asked` are the request heads it saw."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        site = self
        self.asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(f"{self.path}\n{self.headers}")
                status, headers, body = answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"content-length": str(len(body)), "connection": "close", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(OSError):  # the client may stop reading, as it should with a bomb
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def paths(self) -> list[str]:
        return [head.split("\n", 1)[0] for head in self.asked]


@contextmanager
def running(answers: dict[str, Answer]) -> Iterator[Site]:
    site = Site(answers)
    thread = Thread(target=site.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()


def with_site(answers: dict[str, Answer], scene: Callable[[Site, Web], Awaitable[T]], limits: Limits = LOCAL) -> T:
    async def play() -> T:
        async with Web("Dateline/test", limits) as web:
            return await scene(site, web)

    with running(answers) as site:
        return asyncio.run(play())


def fetched(answers: dict[str, Answer], path: str = "/a", **options: Any) -> Page:  # noqa: ANN401
    return with_site(answers, lambda site, web: web.fetch(site.address + path, **options))


HTML = {"content-type": "text/html; charset=utf-8"}

HOSTILE = [
    "http://127.0.0.1/", "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/",
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/", "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    "http://[::7f00:1]/", "http://10.0.0.8/", "http://172.16.4.4/", "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/", "http://100.100.100.200/", "http://[fe80::1]/", "http://[fec0::1]/", "http://[fd00:ec2::254]/",
    "http://0.0.0.0/", "http://224.0.0.1/", "http://255.255.255.255/", "http://localhost/", "http://[::]/",
]  # fmt: skip


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where a connection was tried; none is made."""
    tried: list[tuple[str, int]] = []

    async def probe(host: str, port: int, **_: object) -> object:
        tried.append((host, port))
        raise OSError("no connection in this test")

    async def connect(_self: object, host: str, port: int, **_: object) -> object:
        tried.append((host, port))
        raise httpcore.ConnectError("no connection in this test")

    monkeypatch.setattr(httpx_secure, "connect_tcp", probe)
    monkeypatch.setattr("httpcore._backends.auto.AutoBackend.connect_tcp", connect)
    return tried


def attempt(url: str, numbers: tuple[str, ...] | None = None, limits: Limits | None = None) -> None:
    async def lookup(host: str, port: int) -> tuple[str, ...]:
        return numbers if numbers is not None else await guard.resolve(host, port)

    async def scene() -> None:
        async with Web("Dateline/test", limits or Limits(seconds=5, gap=0), lookup=lookup) as web:
            await web.fetch(url, robots=False)

    asyncio.run(scene())


@pytest.mark.parametrize("url", HOSTILE)
def test_private_addresses_are_refused_before_anything_is_sent(url: str, connections: list[tuple[str, int]]) -> None:
    with pytest.raises(RefusedAddress):
        attempt(url)
    assert connections == []


@pytest.mark.parametrize("numbers", [("10.0.0.1",), ("93.184.215.14", "127.0.0.1"), ("::1",), ("169.254.169.254",)])
def test_a_name_with_any_private_address_is_refused(
    numbers: tuple[str, ...], connections: list[tuple[str, int]]
) -> None:
    with pytest.raises(RefusedAddress):
        attempt("http://news.example/", numbers)
    assert connections == []


def test_a_name_that_changes_to_a_private_address_is_refused_at_the_connection(
    monkeypatch: pytest.MonkeyPatch, connections: list[tuple[str, int]]
) -> None:
    class Stream:
        def extra(self, _: object) -> tuple[str, int]:
            return "127.0.0.1", 80

        async def aclose(self) -> None: ...

    async def probe(_host: str, _port: int, **_: object) -> Stream:
        return Stream()

    monkeypatch.setattr(httpx_secure, "connect_tcp", probe)
    with pytest.raises(RefusedAddress):
        attempt("http://news.example/", ("93.184.215.14",))
    assert connections == []


def test_loopback_may_be_allowed_and_no_other_private_address_with_it(connections: list[tuple[str, int]]) -> None:
    for url in HOSTILE:
        with pytest.raises((RefusedAddress, Unreachable)):
            attempt(url, limits=LOCAL)
    outside = ("10.", "172.", "192.168", "169.254", "100.100", "fe80", "fd00", "0.0", "224", "255", "64:ff9b:1")
    assert connections
    assert not [host for host, _ in connections if host.startswith(outside)]


@pytest.mark.parametrize(
    "url",
    ["ftp://news.example/", "file:///etc/passwd", "http://user:secret@news.example/", "http://news.example:25/",
     "news", "", "http://", "http://[::1", "http://news.example:99999/", "https://news.example/" + "a" * 3000],
)  # fmt: skip
def test_what_is_no_public_page_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(RefusedAddress, match=r"https://example\.org"):
        guard.checked(url)


def test_loopback_is_refused_unless_it_is_asked_for() -> None:
    assert not guard.allowed(ip_address("127.0.0.1"))
    with pytest.raises(RefusedAddress):
        asyncio.run(guard.admit("127.0.0.1", 80))


def test_public_addresses_are_allowed() -> None:
    for number in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"):
        assert guard.allowed(ip_address(number))


def test_a_redirect_into_a_private_network_is_refused() -> None:
    answers = {"/a": (302, {"location": "http://169.254.169.254/latest"}, b"")}
    with pytest.raises(RefusedAddress):
        fetched(answers)


def test_a_page_is_given_with_its_final_address_type_and_marks() -> None:
    answers: dict[str, Answer] = {
        "/a": (301, {"location": "/b#part"}, b""),
        "/b": (200, HTML | {"etag": '"7"', "last-modified": "Fri, 25 Apr 2025 10:00:00 GMT"}, b"<p>x"),
    }
    page = fetched(answers)
    assert page.url.endswith("/b")
    assert page.moved == page.url
    assert (page.body, page.type, page.charset, page.etag) == (b"<p>x", "text/html", "utf-8", '"7"')
    assert page.modified == "Fri, 25 Apr 2025 10:00:00 GMT"


def test_a_passing_redirect_does_not_move_the_address() -> None:
    answers: dict[str, Answer] = {"/a": (302, {"location": "/b"}, b""), "/b": (200, HTML, b"x")}
    assert fetched(answers).moved is None


def test_an_unchanged_page_is_said_to_be_so_and_its_marks_are_sent() -> None:
    async def scene(site: Site, web: Web) -> tuple[Page, str]:
        page = await web.fetch(site.address + "/a", etag='"7"', modified="Fri, 25 Apr 2025 10:00:00 GMT", robots=False)
        return page, site.asked[0].lower()

    page, head = with_site({"/a": (304, {}, b"")}, scene)
    assert page.unchanged
    assert 'if-none-match: "7"' in head
    assert "if-modified-since: fri, 25 apr 2025" in head
    assert "user-agent: dateline/test" in head


def test_redirects_without_end_are_given_up() -> None:
    with pytest.raises(Unusable, match="without an end"):
        fetched({"/a": (302, {"location": "/a"}, b"")})


@pytest.mark.parametrize("packing", ["identity", "gzip", "deflate", "raw deflate"])
def test_bodies_are_unpacked(packing: str) -> None:
    body = b"<p>words</p>" * 50
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "identity": body, "gzip": gzip.compress(body), "deflate": zlib.compress(body),
        "raw deflate": raw.compress(body) + raw.flush(),
    }[packing]  # fmt: skip
    headers = HTML | ({} if packing == "identity" else {"content-encoding": packing.rsplit(maxsplit=1)[-1]})
    assert fetched({"/a": (200, headers, packed)}).body == body


def test_a_small_answer_that_unpacks_to_a_huge_one_is_refused() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with pytest.raises(Unusable, match="megabytes"):
        fetched({"/a": (200, HTML | {"content-encoding": "gzip"}, bomb)})


def test_a_page_over_the_limit_is_refused() -> None:
    with pytest.raises(Unusable, match="megabytes"):
        fetched({"/a": (200, HTML, b"x" * 100_001)})


def test_damaged_or_unknown_packing_is_refused() -> None:
    for packing in ("gzip", "br"):
        with pytest.raises(Unusable):
            fetched({"/a": (200, HTML | {"content-encoding": packing}, b"no such thing")})


def test_a_file_that_is_no_page_is_refused_and_an_undeclared_one_is_read() -> None:
    with pytest.raises(Unusable, match="image/png"):
        fetched({"/a": (200, {"content-type": "image/png"}, b"x")})
    assert fetched({"/a": (200, {}, b"x")}).body == b"x"
    feed: dict[str, Answer] = {"/a": (200, {"content-type": "application/vnd.news+xml"}, b"x")}
    assert fetched(feed, kinds=FEEDS).body == b"x"


def test_a_refusal_tells_its_status_and_when_to_ask_again() -> None:
    with pytest.raises(Failed, match="too many requests") as caught:
        fetched({"/a": (429, {"retry-after": "120"}, b"")})
    assert (caught.value.status, caught.value.retry_after) == (429, 120.0)


def test_a_server_that_never_answers_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unreachable, match="did not answer"):
        attempt(f"http://127.0.0.1:{silent.getsockname()[1]}/", limits=Limits(seconds=0.2, gap=0, loopback=True))


def test_robots_txt_is_read_once_and_kept_to() -> None:
    async def scene(site: Site, web: Web) -> list[str]:
        await web.fetch(site.address + "/a")
        await web.fetch(site.address + "/a")
        with pytest.raises(Unusable, match=r"robots\.txt"):
            await web.fetch(site.address + "/private/a")
        return site.paths()

    rules = b"User-agent: *\nDisallow: /private/\n"
    answers: dict[str, Answer] = {
        "/robots.txt": (200, {"content-type": "text/plain"}, rules),
        "/a": (200, HTML, b"x"), "/private/a": (200, HTML, b"x"),
    }  # fmt: skip
    assert with_site(answers, scene) == ["/robots.txt", "/a", "/a"]


def test_a_robots_txt_that_fails_forbids_and_one_that_is_missing_allows() -> None:
    with pytest.raises(Unusable):
        fetched({"/robots.txt": (503, {}, b""), "/a": (200, HTML, b"x")})
    assert fetched({"/a": (200, HTML, b"x")}).body == b"x"


def test_a_host_is_asked_with_a_pause_and_a_person_does_not_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[int] = []
    genuine = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(round(seconds))
        await genuine(0)

    async def scene(site: Site, web: Web) -> None:
        monkeypatch.setattr("bot.web.asyncio.sleep", sleep)
        for urgent in (False, False, True):
            await web.fetch(site.address + "/a", robots=False, urgent=urgent)
        monkeypatch.undo()

    with_site({"/a": (200, HTML, b"x")}, scene, Limits(seconds=5, gap=30, loopback=True))
    assert max(slept) == 30
    assert slept.count(30) == 1


def test_no_cookie_is_kept() -> None:
    async def scene(site: Site, web: Web) -> str:
        await web.fetch(site.address + "/a", robots=False)
        await web.fetch(site.address + "/a", robots=False)
        return site.asked[1].lower()

    assert "cookie" not in with_site({"/a": (200, HTML | {"set-cookie": "a=b"}, b"x")}, scene)


def test_retry_after_is_seconds_or_a_moment() -> None:
    now = datetime(2025, 4, 25, 10, tzinfo=UTC)
    assert retry_after("30") == 30.0
    assert retry_after("Fri, 25 Apr 2025 10:01:00 GMT", now) == 60.0
    assert retry_after("Fri, 25 Apr 2025 09:00:00 GMT", now) == 0.0
    assert retry_after("9" * 40) == 86_400.0
    for nonsense in (None, "", "soon", "-1", "Fri, 99 Foo"):
        assert retry_after(nonsense, now) is None


def test_the_agent_says_who_reads() -> None:
    assert reading_agent("0.1", "https://a.example") == "Dateline/0.1 (news reader; +https://a.example)"


def test_marks_that_could_not_be_sent_back_are_dropped() -> None:
    headers = HTML | {"etag": '"é"', "last-modified": "x" * 400}
    page = fetched({"/a": (200, headers, b"x")})
    assert (page.etag, page.modified) == (None, None)


def test_a_pause_that_a_robots_txt_asks_for_is_kept() -> None:
    async def scene(site: Site, web: Web) -> float:
        await web.may_read(site.address + "/a")
        return web._pauses[site.address.removeprefix("http://")]

    rules = b"User-agent: *\nCrawl-delay: 7\n"
    assert with_site({"/robots.txt": (200, {"content-type": "text/plain"}, rules)}, scene) == 7.0


def test_a_site_without_https_is_not_said_to_have_a_bad_certificate() -> None:
    async def scene(site: Site, web: Web) -> Page:
        return await web.fetch(site.address.replace("http:", "https:"), robots=False)

    with pytest.raises(Unreachable, match="not as https"):
        with_site({}, scene)

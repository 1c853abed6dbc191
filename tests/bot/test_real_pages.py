"""The whole way of a page: a feed on loopback, collected by the command line, asked about, edited, collected again."""

from __future__ import annotations

import gzip
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner

from bot import samples
from bot.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "pages.dev.jsonl.gz"
MOST = 12


def sample_pages() -> list[bytes]:
    """Pages of our own writing."""
    return [data for _, data in samples.pages()][:MOST]


def gold_pages() -> list[bytes]:
    """Pages of newspapers, where the sets for development are."""
    if not GOLD.exists():
        pytest.skip("the pages for development are not here (../shared/gold)")
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["html"].encode() for line, _ in zip(lines, range(MOST), strict=False)]


class Paper:
    """A loopback site with one feed of all its pages; the addresses are its own."""

    def __init__(self, pages: list[bytes]) -> None:
        paper = self
        self.pages = {f"/story-{number}.html": page for number, page in enumerate(pages)}
        self.extra = ""

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = paper.feed() if self.path == "/rss.xml" else paper.pages.get(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "application/rss+xml" if self.path == "/rss.xml" else "text/html")
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def feed(self) -> bytes:
        """The feed, without titles or dates: what is known comes from the pages."""
        items = "".join(f"<item><link>{escape(self.address + path)}</link></item>" for path in self.pages)
        return f"<rss version='2.0'><channel><title>The Paper{self.extra}</title>{items}</channel></rss>".encode()


@pytest.fixture(params=[sample_pages, gold_pages], ids=["our own pages", "newspapers"])
def paper(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paper]:
    site = Paper(request.param())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WEB_ALLOW_LOOPBACK", "yes")
    monkeypatch.setenv("WEB_GAP", "0")
    monkeypatch.setenv("DATABASE", "a.sqlite")
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    thread = Thread(target=site.server.serve_forever, args=(0.01,))
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()


def run(*arguments: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_feed_is_added_collected_asked_and_collected_again(paper: Paper) -> None:
    (added,) = run("feeds", "add", paper.address + "/rss.xml")
    assert (added["state"], added["name"], added["entries"]) == ("new", "The Paper", len(paper.pages))
    (first,) = run("feeds", "collect")
    assert first["new"] + first["refused"] == len(paper.pages)
    assert first["new"] >= len(paper.pages) * 3 // 4
    assert run("feeds", "collect") == []  # nothing is due
    (second,) = run("feeds", "collect", "--all")
    assert (second["new"], second["updated"]) == (0, 0)
    (status,) = run("status")
    assert status["articles"] == first["new"]
    (story, *_) = run("stories")
    (answer,) = run("ask", story["title"])
    assert story["story"] in {found["story"] for found in answer["stories"]}
    article = story["articles"][0]
    path = "/" + article["url"].rsplit("/", 1)[1]
    if path in paper.pages:  # the page names no other address as its own
        paper.pages[path] = paper.pages[path].replace(b"</p>", b" A sentence was added later by the editors.</p>", 40)
        (third,) = run("feeds", "collect", "--all")
        assert third["updated"] == 1

"""Feeds of a loopback server are visited, their pages kept, and nothing is fetched twice for nothing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Never

import pytest

from bot.collector import Collector, Visit
from bot.fetching import look
from bot.web import Limits, Web
from handlers.collect import keep
from news.errors import NewsError
from store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.collector import Keep
    from news.article import Article
    from store import Store
    from store.article_rows import Kept

NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)
BODY = (
    "<p>Foreign Minister Ada Lindqvist met her Danish counterpart Peter Holm in {town} on Tuesday to talk about a "
    "corridor for grain ships, the ministry said in a statement.</p><p>Holm said the two countries would publish "
    "{what} next month, and that the first ship would sail within a week of that.</p>"
)


class Press:
    """A site with a feed and its pages; every page may be edited, every answer has its ETag."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.status: dict[str, int] = {}
        self.moves: dict[str, str] = {}
        self.asked: list[tuple[str, int]] = []
        press = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = press.body(self.path).encode()
                etag = f'"{hash(body)}"'
                status = press.status.get(self.path, 200 if body else 404)
                status = 301 if self.path in press.moves else status
                if status == 200 and self.headers.get("If-None-Match") == etag:
                    status = 304
                press.asked.append((self.path, status))
                self.send_response(status)
                self.send_header("ETag", etag)
                self.send_header(
                    "Content-Type",
                    "application/rss+xml" if self.path in {"/feed", "/new"} else "text/html; charset=utf-8",
                )
                self.send_header("Connection", "close")
                self.send_header("Location", press.moves[self.path]) if status == 301 else None
                self.send_header("Retry-After", "7200") if status == 503 else None
                self.end_headers()
                self.wfile.write(body if status == 200 else b"")

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def body(self, path: str) -> str:
        """What stands at a path."""
        if path not in {"/feed", "/new"}:
            return self.pages.get(path, "")
        items = "".join(
            f"<item><title>Story {name}</title><link>{self.address}{name}</link>"
            "<pubDate>Tue, 06 May 2025 10:00:00 GMT</pubDate></item>"
            for name in self.pages if name.startswith("/story")
        )  # fmt: skip
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Press</title>{items}</channel></rss>'

    def write(self, name: str, town: str, what: str = "the agreement") -> None:
        """A story, new or edited."""
        self.pages[name] = (
            f"<html lang='en'><head><title>Talks in {town}</title></head><body><article><h1>Talks in {town}</h1>"
            f"{BODY.format(town=town, what=what)}</article></body></html>"
        )


@pytest.fixture
def press() -> Iterator[Press]:
    site = Press()
    thread = Thread(target=site.server.serve_forever, args=(0.01,))
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def visits(store: Store, press: Press, *steps: object, again: bool = False) -> list[Visit]:
    """What each visit brought; between two visits stands what happens to the site or the clock."""

    async def scene() -> list[Visit]:
        clock = Clock()
        feed, _ = store.feeds.add(press.address + "/feed", clock.now, name="The Press")
        async with Web("test", Limits(seconds=5, gap=0, loopback=True)) as web:
            collector = Collector(store, web, lambda a, now, f: keep(store, a, now, f), "me", clock)
            told = []
            for step in (None, *steps):
                if isinstance(step, timedelta):
                    clock.now += step
                elif callable(step):
                    step()
                store.feeds.hurry(feed.id, clock.now) if step == "hurry" else None
                clock.now += timedelta(hours=1)
                (leased,) = store.feeds.lease("me", clock.now, 60)
                told.append(await collector.visit(leased, again=again))
            return told

    return asyncio.run(scene())


def test_a_second_visit_adds_nothing_and_asks_conditionally(tmp_path: Path, press: Press) -> None:
    press.write("/story/1", "Oslo")
    press.write("/story/2", "Bergen", "a report")
    with open_store(tmp_path / "a.sqlite") as store:
        first, second = visits(store, press, lambda: None)
        assert (first.entries, first.new) == (2, 2)
        assert second.unchanged
        assert second.new == second.updated == 0
        assert press.asked[-1] == ("/feed", 304)
        assert store.articles.coverage().count == 2
        (feed,) = store.feeds.all()
        assert (feed.health, feed.articles) == ("fine", 2)


def test_a_new_entry_is_fetched_alone(tmp_path: Path, press: Press) -> None:
    press.write("/story/1", "Oslo")
    with open_store(tmp_path / "a.sqlite") as store:
        visits(store, press, lambda: press.write("/story/2", "Bergen", "a report"))
        assert [path for path, _ in press.asked].count("/story/1") == 1
        assert store.articles.coverage().count == 2


def test_an_edited_page_is_updated_and_an_unedited_one_is_not_sent_again(tmp_path: Path, press: Press) -> None:
    press.write("/story/1", "Oslo")
    press.write("/story/2", "Bergen", "a report")
    with open_store(tmp_path / "a.sqlite") as store:
        _, later = visits(store, press, lambda: press.write("/story/1", "Oslo", "a timetable"), again=True)
        assert later.updated == 1
        assert ("/story/2", 304) in press.asked
        article = store.articles.by_url(press.address + "/story/1")
        assert article is not None
        assert "timetable" in article.text


def test_young_pages_are_looked_at_again_after_hours_and_old_ones_are_not(tmp_path: Path, press: Press) -> None:
    press.write("/story/1", "Oslo")
    with open_store(tmp_path / "a.sqlite") as store:
        visits(store, press, timedelta(hours=4), timedelta(days=3), timedelta(days=3))
    assert [path for path, _ in press.asked].count("/story/1") == 2


def test_a_failing_feed_is_tried_later_and_later_and_says_why(tmp_path: Path, press: Press) -> None:
    press.status["/feed"] = 500
    with open_store(tmp_path / "a.sqlite") as store:
        told = visits(store, press, timedelta(hours=2), timedelta(hours=4))
        assert all(visit.error for visit in told)
        (feed,) = store.feeds.all()
        assert (feed.health, feed.failures) == ("failing", 3)
        assert feed.error is not None
        assert "fault" in feed.error


def test_a_retry_after_is_kept_to(tmp_path: Path, press: Press) -> None:
    press.status["/feed"] = 503
    with open_store(tmp_path / "a.sqlite") as store:
        visits(store, press)
        (feed,) = store.feeds.all()
        assert feed.checked is not None
        assert feed.due - feed.checked >= timedelta(seconds=7200 * 0.9)


def test_a_page_that_is_gone_is_not_asked_for_again(tmp_path: Path, press: Press) -> None:
    press.write("/story/1", "Oslo")
    press.status["/story/1"] = 404
    with open_store(tmp_path / "a.sqlite") as store:
        first, _ = visits(store, press, lambda: press.write("/story/2", "Bergen", "a report"))
        assert first.refused == 1
        (reason,) = first.reasons
        assert reason.startswith(f"{press.address}/story/1: ")
        assert "no such page" in reason
    assert [path for path, _ in press.asked].count("/story/1") == 1


def test_a_page_that_fails_for_now_is_asked_for_again(tmp_path: Path, press: Press) -> None:
    press.write("/story/1", "Oslo")
    press.status["/story/1"] = 500
    with open_store(tmp_path / "a.sqlite") as store:
        visits(store, press, "hurry")
    assert [path for path, _ in press.asked].count("/story/1") == 2


def test_a_lost_lease_reports_nothing(tmp_path: Path, press: Press) -> None:
    press.write("/story/1", "Oslo")

    async def scene(store: Store) -> None:
        clock = Clock()
        feed, _ = store.feeds.add(press.address + "/feed", NOW)
        async with Web("test", Limits(seconds=5, gap=0, loopback=True)) as web:
            (leased,) = store.feeds.lease("slow", NOW, 10)
            clock.now = NOW + timedelta(seconds=60)
            assert store.feeds.lease("quick", clock.now, 10)
            await Collector(store, web, lambda a, now, f: keep(store, a, now, f), "slow", clock).visit(leased)
        found = store.feeds.get(feed.id)
        assert found is not None
        assert found.checked is None

    with open_store(tmp_path / "a.sqlite") as store:
        asyncio.run(scene(store))


def test_the_feed_of_a_page_is_found_and_what_has_none_says_so(press: Press) -> None:
    press.pages["/"] = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>x</body></html>'
    )
    press.pages["/plain"] = "<html><body>nothing here</body></html>"
    press.write("/story/1", "Oslo")

    async def scene(path: str) -> tuple[str, str, int]:
        async with Web("test", Limits(seconds=5, gap=0, loopback=True)) as web:
            feed, address = await look(web, press.address + path)
            return address, feed.title, len(feed.entries)

    assert asyncio.run(scene("/")) == (press.address + "/feed", "The Press", 1)
    with pytest.raises(NewsError, match="Accepted"):
        asyncio.run(scene("/plain"))


def collected_with(store: Store, press: Press, keep_: Keep) -> Visit:
    """What a visit brought whose pages are kept in another way."""

    async def scene() -> Visit:
        store.feeds.add(press.address + "/feed", NOW)
        async with Web("test", Limits(seconds=5, gap=0, loopback=True)) as web:
            collector = Collector(store, web, keep_, "me", Clock())
            (leased,) = store.feeds.lease("me", NOW, 60)
            return await collector.visit(leased)

    return asyncio.run(scene())


def test_a_page_that_we_fail_at_does_not_keep_those_behind_it_waiting(tmp_path: Path, press: Press) -> None:
    for number in range(3):
        press.write(f"/story/{number}", f"Oslo {number}", f"a report of {number} pages")

    def broken_once(article: Article, now: datetime, feed: int) -> Kept:
        if "Oslo 1" in article.title:
            raise RuntimeError("a fault of ours")
        return keep(store, article, now, feed)

    with open_store(tmp_path / "a.sqlite") as store:
        visit = collected_with(store, press, broken_once)
        assert (visit.new, visit.refused, visit.error) == (2, 1, None)


def test_a_feed_that_we_fail_at_says_so_and_ends_nothing(
    tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Never:
        raise RuntimeError("no words of this in the row")

    monkeypatch.setattr("bot.collector.read_feed", broken)
    with open_store(tmp_path / "a.sqlite") as store:
        assert collected_with(store, press, broken).error == "a fault of ours, see the log"
        (feed,) = store.feeds.all()
        assert (feed.failures, feed.error) == (1, "a fault of ours, see the log")


def test_a_feed_that_moved_for_good_is_asked_there_but_not_where_no_feed_is(tmp_path: Path, press: Press) -> None:
    press.write("/story/1", "Oslo")
    press.moves["/feed"] = "/story/1"
    with open_store(tmp_path / "a.sqlite") as store:

        def moved() -> None:
            assert [feed.url for feed in store.feeds.all()] == [f"{press.address}/feed"]
            press.moves["/feed"] = "/new"

        sold, found = visits(store, press, moved)
        assert sold.error
        assert found.new == 1
        assert [feed.url for feed in store.feeds.all()] == [f"{press.address}/new"]

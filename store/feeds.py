"""The feeds: when each is due, who is at it, how it fares."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from msgspec import Struct

from store.moments import moment, moment_or_none, span, ticks

if TYPE_CHECKING:
    from store.sqlite import Engine, Row

INTERVAL = 900
"""Seconds between two looks at a feed; what large readers take as their floor for feeds that state none."""

LONGEST = timedelta(hours=24)
"""The longest wait of a feed that keeps failing."""

AHEAD = 600.0
"""Seconds that the clocks of two processes may lie apart."""

FAILING = 3
"""Failures in a row from which a feed counts as failing; one or two happen to everybody."""

Health = Literal["new", "fine", "retrying", "failing", "paused"]


class Feed(Struct, frozen=True, kw_only=True):
    """An address that lists entries. `interval` is in seconds; `fence` belongs to the lease it was given with."""

    id: int
    url: str
    name: str
    host: str
    list: str | None
    interval: int
    paused: bool
    due: datetime
    fence: int
    etag: str | None
    modified: str | None
    failures: int
    error: str | None
    checked: datetime | None
    worked: datetime | None
    fresh: datetime | None
    articles: int
    created: datetime

    @property
    def health(self) -> Health:
        """How it fares: paused, new (never looked at), retrying (failed last), failing (thrice in a row), fine."""
        if self.paused:
            return "paused"
        if self.checked is None:
            return "new"
        return "failing" if self.failures >= FAILING else "retrying" if self.failures else "fine"


class Feeds:
    """The feeds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, url: str, now: datetime, *, name: str = "", opml_list: str | None = None, interval: int = INTERVAL
    ) -> tuple[Feed, bool]:
        """The feed at this address and whether it is new; a new one is due at once."""
        with self._engine.transaction() as connection:
            host = urlsplit(url).hostname or ""
            id_ = int.from_bytes(blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
            new = connection.execute(
                "insert into feeds (id, url, name, host, list, interval_seconds, due, created)"
                " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                (id_, url, name or host, host, opml_list, interval, ticks(now), ticks(now)),
            ).rowcount
            feed = self.by_url(url)
            assert feed is not None
            return feed, new == 1

    def get(self, feed: int) -> Feed | None:
        """The feed with this id."""
        row = self._engine.row(f"select {_COLUMNS} from feeds where id = ?", (feed,))
        return None if row is None else _feed(row)

    def by_url(self, url: str) -> Feed | None:
        """The feed at this address."""
        row = self._engine.row(f"select {_COLUMNS} from feeds where url = ?", (url,))
        return None if row is None else _feed(row)

    def all(self) -> tuple[Feed, ...]:
        """Every feed, by list and name."""
        rows = self._engine.rows(f"select {_COLUMNS} from feeds order by coalesce(list, ''), name, id")
        return tuple(map(_feed, rows))

    def lease(self, worker: str, now: datetime, seconds: float, limit: int = 4) -> tuple[Feed, ...]:
        """Feeds that are due, longest first, this worker's for so many seconds; one of a host, for politeness' sake.

        What was checked or leased further ahead than AHEAD was so before the clock was set back: it is due and free.
        """
        at = ticks(now)
        ahead = at + span(AHEAD)
        with self._engine.transaction() as connection:
            rows = connection.execute(
                "select id, host from feeds f where paused = 0 and (due <= ? or checked > ?)"
                " and not exists (select 1 from feeds o where o.host = f.host and o.lease_until between ? and ?)"
                " order by due, id limit ?",
                (at, ahead, at, ahead + span(seconds), limit * 8),
            ).fetchall()
            chosen: dict[str, int] = {}
            for id_, host in rows:
                if len(chosen) < limit:
                    chosen.setdefault(host, id_)
            found = [
                connection.execute(
                    f"update feeds set lease = ?, lease_until = ?, fence = fence + 1 where id = ? returning {_COLUMNS}",
                    (worker, at + span(seconds), id_),
                ).fetchone()
                for id_ in chosen.values()
            ]
            return tuple(map(_feed, found))

    def answered(
        self,
        worker: str,
        feed: Feed,
        now: datetime,
        *,
        articles: int = 0,
        etag: str | None = None,
        modified: str | None = None,
        due: datetime | None = None,
        interval: int | None = None,
    ) -> bool:
        """Whether the outcome is recorded: it answered, with so many new articles. Not if the lease was lost.

        It is due again at `due`, after its interval where none is given. `etag`, `modified` go into the next request.
        """
        seconds = interval or feed.interval
        return self._end(
            worker,
            feed,
            "failures = 0, error = null, checked = ?, worked = ?, fresh = coalesce(?, fresh), articles = articles + ?,"
            " etag = ?, modified = ?, due = ?, interval_seconds = ?",
            (
                *(ticks(now), ticks(now), ticks(now) if articles else None, articles, etag, modified),
                *(ticks(due or now + timedelta(seconds=seconds)), seconds),
            ),
        )

    def failed(
        self, worker: str, feed: Feed, now: datetime, error: str, *, retry_after: float | None = None
    ) -> datetime | None:
        """When it is tried again: after `retry_after` seconds, or twice as long each time, a day at most.

        None if the lease was lost. A tenth more or less, by address, keeps feeds that failed together apart.
        """
        wait = span(feed.interval) * 2 ** min(feed.failures, 16)
        if retry_after is not None:
            wait = max(span(retry_after), span(60))
        jitter = int.from_bytes(blake2b(f"{feed.url}{feed.failures}".encode(), digest_size=2).digest(), "big") / 65535
        wait = min(round(wait * (0.9 + 0.2 * jitter)), LONGEST // timedelta(microseconds=1))
        due = moment(ticks(now) + wait)
        done = self._end(
            worker,
            feed,
            "failures = failures + 1, error = ?, checked = ?, due = ?",
            (error, ticks(now), ticks(due)),
        )
        return due if done else None

    def _end(self, worker: str, feed: Feed, change: str, values: tuple[object, ...]) -> bool:
        return (
            self._engine.write(
                f"update feeds set {change}, lease = null, lease_until = null where id = ? and lease = ? and fence = ?",
                (*values, feed.id, worker, feed.fence),
            )
            == 1
        )

    def release(self, worker: str, feed: Feed) -> bool:
        """Whether the lease was this worker's; the feed is as due as before."""
        return self._end(worker, feed, "paused = paused", ())

    def pause(self, feed: int, *, paused: bool = True) -> bool:
        """Whether the feed was there to be paused (or to go on, due as it was)."""
        return self._engine.write("update feeds set paused = ? where id = ?", (int(paused), feed)) == 1

    def hurry(self, feed: int, now: datetime) -> bool:
        """Whether the feed was there to be looked at as soon as anybody is free, without what it said last time."""
        return (
            self._engine.write(
                "update feeds set due = ?, paused = 0, etag = null, modified = null where id = ?", (ticks(now), feed)
            )
            == 1
        )

    def rename(self, feed: int, name: str) -> bool:
        """Whether the feed was there to be shown under another name."""
        return self._engine.write("update feeds set name = ? where id = ?", (name, feed)) == 1

    def moved(self, feed: int, url: str) -> bool:
        """Whether the feed has a new address now; not if another feed has it already."""
        host = urlsplit(url).hostname or ""
        return self._engine.write("update or ignore feeds set url = ?, host = ? where id = ?", (url, host, feed)) == 1

    def remove(self, feed: int) -> bool:
        """Whether the feed was there to be removed; the articles it brought stay."""
        return self._engine.write("delete from feeds where id = ?", (feed,)) == 1

    def next_due(self) -> datetime | None:
        """When the next feed is due, None if there is none that is not paused."""
        return moment_or_none(self._engine.value("select min(due) from feeds where paused = 0"))

    def count(self) -> int:
        """Number of feeds."""
        return int(self._engine.value("select count(*) from feeds"))

    def silent_since(self, moment_: datetime) -> bool:
        """Whether there are feeds, and none has brought anything, or was added, since then."""
        last = self._engine.value("select max(coalesce(fresh, created)) from feeds where paused = 0")
        return last is not None and bool(last < ticks(moment_))


_COLUMNS = (
    "id, url, name, host, list, interval_seconds, paused, due, fence, etag, modified, failures, error, checked, worked,"
    " fresh, articles, created"
)


def _feed(row: Row) -> Feed:
    facts = dict(zip(Feed.__struct_fields__, row, strict=True))
    facts["paused"] = bool(facts["paused"])
    for name in ("due", "created"):
        facts[name] = moment(facts[name])
    for name in ("checked", "worked", "fresh"):
        facts[name] = moment_or_none(facts[name])
    return Feed(**facts)

"""How SQLite looks for what is asked: by an index, never through a whole table that grows with the archive."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from news.quote import Quote
from tests.store.telling import NOON, Teller, day, met
from tests.store.test_store_locked import PARTS, _call, _methods

if TYPE_CHECKING:
    from store import Store

SMALL = {
    "sites": "as many rows as there are sources",
    "feeds": "as many rows as there are sources",
    "pace": "swept once an hour",
    "moved": "a row for each group that ever became a supergroup",
    "users": "a page of people for the owner",
    "quote_words": "an index itself",
    "(subquery-1)": "what another statement limited",
    "main.quote_words_config": "FTS5's own",
}
"""Tables that may be read as a whole, and why."""


def _statements(store: Store) -> dict[str, tuple[str, str]]:
    """Every statement that any method runs, by its shape, with the method and itself."""
    found: dict[str, tuple[str, str]] = {}
    connection = store.engine.connection
    for part in PARTS:
        for name, method in _methods(store, part):
            ran = list[str]()
            connection.set_trace_callback(ran.append)
            try:
                _call(method, store)
            except LookupError:
                assert name in {"merge", "part"}  # there is no person with the number 1
            finally:
                connection.set_trace_callback(None)
            for sql in ran:
                if re.match(r"\s*(select|update|delete|insert)", sql):
                    found.setdefault(re.sub(r"\d+", "0", sql), (f"{part}.{name}", sql))
    return found


@pytest.fixture
def filled(store: Store) -> Store:
    teller = Teller(store)
    for n in range(20):
        quote = Quote("word for word", 0, 13, "Ada Novak", "named")
        teller.tell(met("Ada Novak", "Ivo Maly", on=day("2026-03-06"), place="Brno"), names=("Novak",), quotes=(quote,))
        store.outbox.enqueue(n, 1, "new", "{}", NOON)
        store.chats.greet(n, NOON)
    return store


def test_no_call_reads_through_a_table_that_grows(filled: Store) -> None:
    statements = _statements(filled)
    assert len(statements) > 150
    slow = []
    for where, sql in statements.values():
        for *_, step in filled.engine.rows(f"explain query plan {sql}"):
            scanned = re.match(r"SCAN (\S+)(?!.*USING)", step)
            if scanned and scanned[1] not in SMALL and not _ends_early(sql):
                slow.append(f"{where}: {step}: {sql[:100]}")
    assert not slow


def _ends_early(sql: str) -> bool:
    """Whether a statement reads in the order of the primary key and stops after a page."""
    return re.search(r"order by id( desc)? limit \d+$", sql) is not None


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.articles.latest(10),
        lambda store: store.articles.latest(10, site="wire.example", since=NOON - timedelta(days=1)),
        lambda store: store.articles.changes(0),
        lambda store: store.meetings.find(limit=10),
        lambda store: store.meetings.find([store.people.find("Ada Novak")[0].id]),
        lambda store: store.quotes.said([store.people.find("Ada Novak")[0].id]),
        lambda store: store.people.articles_with([store.people.find("Ada Novak")[0].id]),
        lambda store: store.people.top(10),
        lambda store: store.outbox.claim("a", NOON, 30),
    ],
)
def test_a_page_is_read_in_its_order_and_not_sorted(filled: Store, ask: object) -> None:
    ran = list[str]()
    filled.engine.connection.set_trace_callback(ran.append)
    ask(filled)  # type: ignore[operator]
    filled.engine.connection.set_trace_callback(None)
    paged = [
        sql
        for sql in ran
        if re.search(r"from (articles|changes|meetings|meeting_people|quotes|mentions|outbox)\b.* limit \d+$", sql)
        and " where id in (" not in sql
        and "group by" not in sql
    ]
    steps = [step for sql in paged for *_, step in filled.engine.rows(f"explain query plan {sql}")]
    assert not [step for step in steps if "FOR ORDER BY" in step or "RIGHT PART" in step]

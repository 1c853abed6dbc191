"""Forty searches of the archive that comes along: thirty with an answer, ten without one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot import samples
from news.match import LINE
from news.search_query import parse_search
from store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store import Store

NOW = datetime(2025, 6, 20, 12, tzinfo=UTC)

ANSWERED = (
    # names, written rightly and wrongly
    ("wittkof putin moscow", "Witkoff"),
    ("zelensky trump basilica", "basilica"),
    ("carny oval office", "Carney tells Trump"),
    ("Ramafosa white house", "Ramaphosa"),
    ("Araqchi", "Iran"),
    ("al-Sharaa", "Sharaa"),
    ("merz chanceller", "chancellor"),
    ("shi jinping trump", "Xi"),
    ("Путин", "Putin"),
    ("Prevost", "Prevost"),
    # slips, words run together and apart
    ("tarrifs china geneva", "China"),
    ("putintrump phone", "Trump and Putin speak by phone"),
    ("is tanbul talks", "Istanbul"),
    ("earliest amercan pope", "pope"),
    ("kashmir gunmn", "Kashmir"),
    # other words for the same
    ("power outage portugal", "Portugal"),
    ("india pakistan truce", "India and Pakistan"),
    ("canadian election", "Canada"),
    ("mineral agreement ratified parliament", "ratifies minerals agreement"),
    ("kashmir tourists killed", "Kashmir"),
    # questions
    ("who mediated between india and pakistan?", "Who mediated?"),
    ("how did the markets react to the tariff truce", "Markets cheer"),
    ("why did the lights go out in Madrid", "Spain and Portugal"),
    ("who went to Kyiv by night train with Macron?", "night train"),
    ("what did Ramaphosa say about the video in the Oval Office?", "Ramaphosa"),
    # filters
    ('"minerals deal" by:northgate', "What the minerals deal gives Kyiv"),
    ("pope from:2025-05-12", "Pope Leo calls"),
    ("india to:2025-04-30", "Gunmen"),
    ("iran talks from:2025-05-11 by:meridian", "fourth round"),
    ("direct talks istanbul -minerals by:lantern", "direct talks"),
)

UNANSWERED = (
    "volcano in iceland",
    "world cup final",
    "bitcoin price record",
    "olympic games athletics",
    "taylor swift concert",
    "supreme court abortion ruling",
    "hurricane florida",
    "cricket test match",
    "royal wedding",
    "netanyahu knesset",
)


@pytest.fixture(scope="module")
def archive() -> Iterator[Store]:
    with open_store(":memory:") as store:
        samples.load(store, NOW)
        while store.index.follow():
            pass
        yield store


@pytest.mark.parametrize(("written", "title"), ANSWERED)
def test_the_answer_is_among_the_first_two(archive: Store, written: str, title: str) -> None:
    hits = archive.index.search(parse_search(written, NOW.date()), NOW).hits
    assert [hit.title for hit in hits[:2] if title in hit.title], [hit.title for hit in hits]


@pytest.mark.parametrize("written", UNANSWERED)
def test_what_the_archive_does_not_tell_is_not_found(archive: Store, written: str) -> None:
    found = archive.index.search(parse_search(written, NOW.date()), NOW)
    assert found.hits == ()
    assert found.understood.unknown
    assert all(hit.score < LINE for hit in found.nearest)

"""What is done now and then: errors told in one message an hour, silence noticed, old rows forgotten."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from telegram.ext import ExtBot

from bot.incidents import recording
from bot.local.faults import Fault
from bot.local.refusal import bad
from bot.local.request import LocalRequest
from bot.local.world import YOU, World
from bot.pace import Lanes
from bot.upkeep import Upkeep
from handlers.desk import Desk
from store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from store import Store

NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)


def rounds(folder: Path, *steps: Callable[[Store], None], faults: Iterable[Fault] = ()) -> list[str]:
    """What the owner was told; a round an hour, before each what happens to the store."""

    async def scene() -> list[str]:
        world = World(strict=False)
        world.faults += faults
        wire = LocalRequest(world)
        now = NOW
        with open_store(folder / "a.sqlite") as store:
            async with ExtBot(world.token, request=wire, get_updates_request=wire, rate_limiter=Lanes()) as bot:
                upkeep = Upkeep(Desk(store=store), bot, frozenset({YOU}), "me", lambda: now)
                for step in steps:
                    step(store)
                    await upkeep.round()
                    now += timedelta(hours=1, minutes=1)
        return [message["text"] for message in world.said(YOU)]

    return asyncio.run(scene())


def nothing(_store: Store) -> None: ...


def test_errors_are_told_once_an_hour_by_kind_and_count(tmp_path: Path) -> None:
    def errors(store: Store) -> None:
        with recording(store.notes):
            for number in range(3):
                logging.getLogger("bot.test").error("update %d failed", number)
            try:
                int("https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0/x")
            except ValueError:
                logging.getLogger("bot.test").exception("token in 110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")

    told = rounds(tmp_path, errors, nothing)
    assert len(told) == 1
    assert "3× update 2 failed" in told[0]
    assert "ValueError" in told[0]
    assert "AAHdq" not in told[0]


def test_an_error_is_counted_whatever_becomes_of_the_transaction_it_is_logged_in(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite") as store:
        with recording(store.notes), suppress(RuntimeError), store.engine.transaction():
            logging.getLogger("bot.test").error("disk is full")
            raise RuntimeError
        assert [incident.text for incident in store.notes.untold()] == ["disk is full"]


def test_what_no_owner_could_be_told_is_told_later(tmp_path: Path) -> None:
    def an_error(store: Store) -> None:
        with recording(store.notes):
            logging.getLogger("bot.test").error("disk is full")

    told = rounds(tmp_path, an_error, nothing, faults=[Fault("sendMessage", refusal=bad("chat not found"))])
    assert len(told) == 1
    assert "disk is full" in told[0]


def test_silence_is_told_once_until_it_ends(tmp_path: Path) -> None:
    def a_feed(store: Store) -> None:
        store.feeds.add("https://a.example/rss", NOW - timedelta(days=1), name="The Wire")

    told = rounds(tmp_path, nothing, a_feed, nothing, nothing)
    assert len(told) == 1
    assert "No new article for 9 hours" in told[0]


def test_silence_from_before_the_start_is_not_told_before_the_feeds_were_looked_at(tmp_path: Path) -> None:
    def a_feed(store: Store) -> None:
        store.feeds.add("https://a.example/rss", NOW - timedelta(days=1), name="The Wire")

    assert rounds(tmp_path, a_feed) == []


def test_old_rows_are_forgotten_and_young_ones_kept(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite") as store:
        for age in (1, 400):
            now = NOW - timedelta(days=age)
            store.inbox.keep(age, YOU, "{}", now)
            store.inbox.finish(age, now)
            store.exchange.remember(YOU, 0, f"question {age}", now)
        store.chats.greet(7, NOW - timedelta(days=400))
        store.chats.sleep(7, "blocked", NOW - timedelta(days=100))
        upkeep = Upkeep(Desk(store=store), None, frozenset(), "me", lambda: NOW)  # type: ignore[arg-type]
        assert upkeep.sweep(NOW) >= 3
        assert [asked.body for asked in store.exchange.history(YOU)] == ["question 1"]
        assert store.chats.get(7) is None
        assert upkeep.sweep(NOW) == 0


def test_only_one_of_several_processes_makes_the_rounds(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite") as store:
        for worker in ("one", "two"):
            upkeep = Upkeep(Desk(store=store), None, frozenset(), worker, lambda: NOW)  # type: ignore[arg-type]
            asyncio.run(upkeep.round())
        assert store.pace.leased("upkeep", NOW) == "one"


def test_a_round_noted_before_the_clock_was_set_back_is_made_all_the_same(tmp_path: Path) -> None:
    def ahead(store: Store) -> None:
        store.notes.set("upkeep:told", (NOW + timedelta(days=400)).isoformat())
        with recording(store.notes):
            logging.getLogger("bot.test").error("the sun went dark")

    (told,) = rounds(tmp_path, ahead)
    assert "the sun went dark" in told

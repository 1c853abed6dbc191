"""Feeds, the inbox, the pace, what was asked: the work that is under way."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import count, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import open_store
from store.feeds import LONGEST
from store.inbox import OLD, REMEMBERED, TRIES
from store.pace import Limit
from tests.store.telling import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from store import Store

SECOND = timedelta(seconds=1)


def test_a_feed_is_added_once_and_due_at_once(store: Store) -> None:
    feed, new = store.feeds.add("https://a.example/feed", NOON, name="A", opml_list="World")
    assert new
    assert (feed.host, feed.name, feed.list, feed.health) == ("a.example", "A", "World", "new")
    assert store.feeds.add("https://a.example/feed", NOON) == (feed, False)
    assert [one.id for one in store.feeds.lease("a", NOON, 60)] == [feed.id]


def test_one_worker_has_a_feed_and_one_feed_of_a_host_is_looked_at(store: Store) -> None:
    for path in ("1", "2"):
        store.feeds.add(f"https://a.example/{path}", NOON)
    other, _ = store.feeds.add("https://b.example/", NOON)
    first = store.feeds.lease("a", NOON, 60)
    assert sorted(feed.host for feed in first) == ["a.example", "b.example"]
    assert store.feeds.lease("b", NOON, 60) == ()
    assert store.feeds.release("a", next(feed for feed in first if feed.id == other.id))
    assert [feed.id for feed in store.feeds.lease("b", NOON, 60)] == [other.id]


def test_an_answer_sets_the_next_time_and_what_to_ask_with(store: Store) -> None:
    store.feeds.add("https://a.example/feed", NOON, interval=600)
    (feed,) = store.feeds.lease("a", NOON, 60)
    assert store.feeds.answered("a", feed, NOON, articles=3, etag='"x"', modified="Tue, 10 Mar 2026 12:00:00 GMT")
    found = store.feeds.get(feed.id)
    assert found is not None
    assert (found.etag, found.articles, found.health, found.fresh) == ('"x"', 3, "fine", NOON)
    assert found.due == NOON + timedelta(seconds=600) == store.feeds.next_due()
    (again,) = store.feeds.lease("a", found.due, 60)
    store.feeds.answered("a", again, found.due, etag='"x"', due=NOON + timedelta(days=1))
    last = store.feeds.get(feed.id)
    assert last is not None
    assert (last.fresh, last.worked, last.articles) == (NOON, found.due, 3)
    assert last.due == NOON + timedelta(days=1)


def test_failures_wait_twice_as_long_each_time_and_a_day_at_most(store: Store) -> None:
    store.feeds.add("https://a.example/feed", NOON, interval=600)
    at, waits = NOON, []
    for _ in range(12):
        (feed,) = store.feeds.lease("a", at, 60)
        due = store.feeds.failed("a", feed, at, "HTTP 500")
        assert due is not None
        waits.append(due - at)
        at = due
    assert timedelta(seconds=540) <= waits[0] <= timedelta(seconds=660)
    assert all(later >= 1.6 * earlier for earlier, later in pairwise(waits[:6]))
    assert waits[-1] == LONGEST
    found = store.feeds.get(feed.id)
    assert found is not None
    assert (found.health, found.error, found.failures) == ("failing", "HTTP 500", 12)


def test_a_server_that_says_when_to_come_back_is_believed(store: Store) -> None:
    store.feeds.add("https://a.example/feed", NOON)
    (feed,) = store.feeds.lease("a", NOON, 60)
    due = store.feeds.failed("a", feed, NOON, "HTTP 429", retry_after=7200)
    assert due is not None
    assert timedelta(hours=1.8) <= due - NOON <= timedelta(hours=2.2)


def test_a_feed_that_failed_once_is_not_called_fine(store: Store) -> None:
    store.feeds.add("https://a.example/rss", NOON)
    (feed,) = store.feeds.lease("a", NOON, 60)
    store.feeds.failed("a", feed, NOON, "HTTP 500")
    assert [one.health for one in store.feeds.all()] == ["retrying"]


def test_a_worker_that_lost_a_feed_records_nothing(store: Store) -> None:
    store.feeds.add("https://a.example/feed", NOON)
    (old,) = store.feeds.lease("a", NOON, 60)
    (new,) = store.feeds.lease("b", NOON + 61 * SECOND, 60)
    assert not store.feeds.answered("a", old, NOON, articles=9)
    assert store.feeds.failed("a", old, NOON, "x") is None
    assert store.feeds.answered("b", new, NOON)


def test_a_paused_feed_is_left_alone_until_it_goes_on(store: Store) -> None:
    feed, _ = store.feeds.add("https://a.example/feed", NOON)
    assert store.feeds.pause(feed.id)
    assert store.feeds.lease("a", NOON, 60) == ()
    assert store.feeds.next_due() is None
    found = store.feeds.get(feed.id)
    assert found is not None
    assert found.health == "paused"
    assert store.feeds.pause(feed.id, paused=False)
    assert len(store.feeds.lease("a", NOON, 60)) == 1


def test_a_feed_can_be_hurried_renamed_moved_and_removed(store: Store) -> None:
    feed, _ = store.feeds.add("https://a.example/feed", NOON)
    store.feeds.add("https://b.example/feed", NOON)
    (leased,) = (one for one in store.feeds.lease("a", NOON, 60) if one.id == feed.id)
    store.feeds.answered("a", leased, NOON, etag="x")
    assert store.feeds.hurry(feed.id, NOON)
    assert store.feeds.rename(feed.id, "Ostrava daily")
    assert not store.feeds.moved(feed.id, "https://b.example/feed")
    assert store.feeds.moved(feed.id, "https://c.example/feed")
    found = store.feeds.by_url("https://c.example/feed")
    assert found is not None
    assert (found.id, found.name, found.host, found.etag, found.due) == (
        feed.id,
        "Ostrava daily",
        "c.example",
        None,
        NOON,
    )
    assert store.feeds.remove(feed.id)
    assert not store.feeds.remove(feed.id)
    assert (store.feeds.count(), [one.host for one in store.feeds.all()]) == (1, ["b.example"])


def test_a_feed_checked_before_the_clock_was_set_back_is_due(store: Store) -> None:
    later = NOON + timedelta(days=400)
    feed, _ = store.feeds.add("https://a.example/feed", NOON)
    (leased,) = store.feeds.lease("a", later, 60)
    assert [one.id for one in store.feeds.lease("b", NOON, 60)] == [feed.id]
    (leased,) = store.feeds.lease("a", later, 60)
    assert store.feeds.answered("a", leased, later)
    (leased,) = store.feeds.lease("a", NOON, 60)
    assert store.feeds.answered("a", leased, NOON)
    assert store.feeds.lease("a", NOON, 60) == ()


def test_feeds_that_bring_nothing_are_noticed(store: Store) -> None:
    assert not store.feeds.silent_since(NOON)
    store.feeds.add("https://a.example/feed", NOON)
    assert not store.feeds.silent_since(NOON)
    assert store.feeds.silent_since(NOON + SECOND)
    (feed,) = store.feeds.lease("a", NOON, 60)
    store.feeds.answered("a", feed, NOON, articles=1)
    assert not store.feeds.silent_since(NOON)
    assert store.feeds.silent_since(NOON + SECOND)


def test_an_update_is_kept_once_also_after_it_was_answered(store: Store) -> None:
    assert store.inbox.keep(5, 1, "{}", NOON)
    assert not store.inbox.keep(5, 1, "{}", NOON)
    assert store.inbox.begin(5)
    store.inbox.finish(5, NOON)
    store.inbox.finish(5, NOON)
    assert not store.inbox.keep(5, 1, "{}", NOON)
    assert not store.inbox.begin(5)
    assert store.inbox.replay(NOON) == ()
    assert store.inbox.sweep(NOON + REMEMBERED) == 0
    assert store.inbox.sweep(NOON + REMEMBERED + SECOND) == 1
    assert store.inbox.keep(5, 1, "{}", NOON)


def test_what_was_not_finished_comes_again_in_order_after_a_restart(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.db") as store:
        for update in (7, 5, 6):
            store.inbox.keep(update, 1, f'{{"n": {update}}}', NOON)
        store.inbox.begin(5)
        store.inbox.begin(6)
        store.inbox.finish(6, NOON)
    with open_store(tmp_path / "news.db") as store:
        assert [(one.id, one.body, one.tries) for one in store.inbox.replay(NOON)] == [
            (5, '{"n": 5}', 1),
            (7, '{"n": 7}', 0),
        ]


def test_an_update_that_brings_the_program_down_is_given_up_after_three_tries(store: Store) -> None:
    store.inbox.keep(5, 1, "{}", NOON)
    for _ in range(TRIES):
        assert [one.id for one in store.inbox.replay(NOON)] == [5]
        assert store.inbox.begin(5)
    assert store.inbox.replay(NOON) == ()
    assert not store.inbox.begin(5)
    (dead,) = store.inbox.dead()
    assert (dead.state, dead.tries) == ("dead", TRIES)
    assert dead.reason
    store.inbox.finish(5, NOON)
    assert len(store.inbox.dead()) == 1


def test_an_update_that_fails_is_tried_again_and_buried_with_the_reason(store: Store) -> None:
    store.inbox.keep(5, 1, "{}", NOON)
    again = []
    for _ in range(TRIES):
        store.inbox.begin(5)
        again.append(store.inbox.fail(5, "no network"))
    assert again == [True] * (TRIES - 1) + [False]
    assert store.inbox.dead()[0].reason == "no network"
    assert store.inbox.counts() == {"dead": 1}


def test_an_update_of_yesterday_is_not_answered_any_more(store: Store) -> None:
    store.inbox.keep(5, 1, "{}", NOON - OLD - SECOND)
    store.inbox.keep(6, 1, "{}", NOON - OLD)
    assert [one.id for one in store.inbox.replay(NOON)] == [6]
    assert store.inbox.dead()[0].reason == "older than a day"


def test_the_pace_is_shared_and_bursts_are_paid_back(store: Store) -> None:
    limit = Limit("bot", 0.5, burst=2)
    assert [store.pace.reserve([limit], NOON) for _ in range(4)] == [0, 0, 0.5, 1]
    assert store.pace.reserve([limit], NOON + 1.6 * SECOND) == pytest.approx(0)
    assert store.pace.reserve([limit], NOON + 1.6 * SECOND) == pytest.approx(0.4)


def test_the_slowest_scope_says_when_and_every_scope_counts(store: Store) -> None:
    bot, chat = Limit("bot", 1), Limit("chat:1", 10)
    assert [store.pace.reserve([bot, chat], NOON) for _ in range(2)] == [0, 10]
    assert store.pace.reserve([bot], NOON) == 2


def test_a_hold_lets_nothing_through_in_its_scope_only(store: Store) -> None:
    store.pace.hold("chat:1", NOON + 30 * SECOND)
    store.pace.hold("chat:1", NOON + 10 * SECOND)
    assert [store.pace.reserve([Limit("chat:1", 1)], NOON) for _ in range(2)] == [30, 31]
    assert store.pace.held("chat:1", NOON) == NOON + 30 * SECOND
    assert store.pace.held("chat:1", NOON + 30 * SECOND) is None
    assert store.pace.reserve([Limit("chat:2", 1)], NOON) == 0
    assert store.pace.reserve([Limit("chat:1", 1)], NOON + timedelta(hours=1)) == 0


def test_a_clock_that_was_set_back_stops_nothing(store: Store) -> None:
    limit = Limit("bot", 1)
    assert store.pace.reserve([limit], NOON + timedelta(hours=1)) == 0
    assert [store.pace.reserve([limit], NOON) for _ in range(2)] == [0, 1]


def test_no_window_ever_sees_more_than_the_limit_allows(store: Store) -> None:
    scopes = count()

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.integers(0, 3000), min_size=1, max_size=40), st.integers(1, 5), st.sampled_from([0.2, 1.0]))
    def holds(steps: list[int], burst: int, interval: float) -> None:
        scope, at, gone = f"bot:{next(scopes)}", NOON, []
        for step in steps:
            at += timedelta(milliseconds=step)
            gone.append(at + store.pace.reserve([Limit(scope, interval, burst)], at) * SECOND)
        for first in range(len(gone)):
            for last in range(first, len(gone)):
                allowed = burst + (gone[last] - gone[first]).total_seconds() / interval
                assert last - first + 1 <= allowed + 1e-4

    holds()


def test_a_pace_that_holds_nothing_back_is_forgotten(store: Store) -> None:
    store.pace.reserve([Limit("a", 1)], NOON)
    store.pace.hold("b", NOON + 60 * SECOND)
    assert store.pace.sweep(NOON) == 0
    assert store.pace.sweep(NOON + SECOND) == 1
    assert store.pace.sweep(NOON + 60 * SECOND) == 1


def test_one_worker_has_a_lease_until_it_runs_out_or_is_given_back(store: Store) -> None:
    first = store.pace.lease("poller", "a", NOON, 30)
    assert first is not None
    assert store.pace.lease("poller", "b", NOON, 30) is None
    assert store.pace.lease("poller", "a", NOON + 20 * SECOND, 30) == first
    assert store.pace.leased("poller", NOON + 40 * SECOND) == "a"
    second = store.pace.lease("poller", "b", NOON + 51 * SECOND, 30)
    assert second is not None
    assert second > first
    assert not store.pace.release("poller", "a")
    assert store.pace.release("poller", "b")
    assert store.pace.leased("poller", NOON + 51 * SECOND) is None
    third = store.pace.lease("poller", "a", NOON + 51 * SECOND, 30)
    assert third is not None
    assert third > second


def test_a_lease_given_before_the_clock_was_set_back_is_free(store: Store) -> None:
    store.pace.lease("upkeep", "gone", NOON + timedelta(days=400), 60)
    assert store.pace.lease("upkeep", "a", NOON, 60) is not None
    assert store.pace.lease("upkeep", "b", NOON, 60) is None


def test_of_many_workers_one_gets_the_lease(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.db", wait=30.0) as store:
        got = list[int | None]()
        threads = [
            threading.Thread(target=lambda name: got.append(store.pace.lease("poller", name, NOON, 30)), args=(str(n),))
            for n in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len([fence for fence in got if fence]) == 1


def test_a_question_is_the_context_of_its_answers(store: Store) -> None:
    context = store.exchange.remember(1, 0, "who met Ada?", NOON, user=4)
    store.exchange.sent(1, 50, context, NOON, asked=49)
    store.exchange.sent(1, 51, context, NOON, asked=49)
    assert store.exchange.context_of(1, 50) == context
    assert store.exchange.context_of(2, 50) is None
    assert store.exchange.answered(1, 49) == 51
    assert store.exchange.answered(1, 48) is None
    assert store.exchange.recall(context) == store.exchange.recall(context, 1) == "who met Ada?"
    assert store.exchange.recall(context, 2) is None
    assert store.exchange.replace(context, "who met Ivo?")
    assert store.exchange.recall(context) == "who met Ivo?"
    assert [(one.id, one.body) for one in store.exchange.history(1)] == [(context, "who met Ivo?")]
    assert store.exchange.history(1, user=5) == ()
    store.exchange.sweep(NOON + SECOND)
    assert store.exchange.recall(context) is None
    assert store.exchange.answered(1, 49) is None


def test_what_a_chat_was_shown_and_saved_is_remembered(store: Store) -> None:
    store.exchange.show(1, [7, 8], NOON)
    store.exchange.show(1, [8], NOON + SECOND)
    assert store.exchange.shown(1, [7, 8, 9]) == {7: NOON, 8: NOON + SECOND}
    assert store.exchange.shown(1, [7], thread=2) == {}
    assert store.exchange.shown(1, []) == {}
    assert store.exchange.save(1, 70, NOON)
    assert not store.exchange.save(1, 70, NOON)
    assert store.exchange.save(1, 71, NOON + SECOND)
    assert store.exchange.saved(1) == (71, 70)
    assert store.exchange.unsave(1, 70)
    assert store.exchange.saved(1) == (71,)


def test_complaints_wait_for_the_owner_in_order(store: Store) -> None:
    first = store.exchange.complain(1, "wrong person", NOON)
    store.exchange.complain(2, "old", NOON)
    assert [body for _, _, _, body in store.exchange.feedback()] == ["wrong person", "old"]
    assert [chat for _, chat, _, _ in store.exchange.feedback(after=first)] == [2]


def test_an_error_is_counted_and_the_owner_told_of_it_once(store: Store) -> None:
    assert [store.notes.record("a", "boom", NOON + n * SECOND) for n in range(3)] == [1, 2, 3]
    (incident,) = store.notes.untold()
    assert (incident.count, incident.first, incident.last) == (3, NOON, NOON + 2 * SECOND)
    store.notes.record("a", "boom", NOON + 5 * SECOND)
    store.notes.told(incident)
    (again,) = store.notes.untold()
    assert (again.count, again.told) == (4, 3)
    store.notes.told(again)
    assert store.notes.untold() == ()
    assert store.notes.sweep(NOON + 6 * SECOND) == 1


def test_a_note_is_what_was_set_last(store: Store) -> None:
    assert store.notes.get("menu") is None
    store.notes.set("menu", "1")
    store.notes.set("menu", "2")
    assert store.notes.get("menu") == "2"

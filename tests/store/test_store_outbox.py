from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store import open_store
from store.outbox import ALERT, ANSWER, MOST, REPEAT, Owed
from tests.store.telling import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from store import Store

SECOND = timedelta(seconds=1)


def _enqueue(store: Store, chat: int = 1, story: int = 1, kind: str = "new", **more: object) -> int | None:
    return store.outbox.enqueue(chat, story, kind, "{}", NOON, **more)  # type: ignore[arg-type]


def _claim(store: Store, worker: str = "a", seconds: float = 30, limit: int = 10) -> tuple[Owed, ...]:
    return store.outbox.claim(worker, NOON, seconds, limit)


def test_one_chat_is_told_each_kind_of_thing_of_a_story_once(store: Store) -> None:
    assert _enqueue(store) is not None
    assert _enqueue(store) is None
    assert _enqueue(store, kind="quote") is not None
    assert _enqueue(store, thread=5) is not None
    assert _enqueue(store, chat=2) is not None
    (owed, *_) = _claim(store)
    store.outbox.sending("a", owed, NOON, 30)
    store.outbox.sent("a", owed, 77, NOON)
    assert _enqueue(store) is None


def test_a_message_is_claimed_sent_and_recorded(store: Store) -> None:
    id_ = _enqueue(store, reason="you follow harbour", article=9, subscription=4)
    (owed,) = _claim(store)
    assert (owed.id, owed.state, owed.reason, owed.article, owed.subscription) == (
        id_,
        "claimed",
        "you follow harbour",
        9,
        4,
    )
    assert store.outbox.sending("a", owed, NOON, 30)
    assert store.outbox.sent("a", owed, 77, NOON + SECOND)
    (row,) = store.outbox.by_message(1, 77)
    assert (row.state, row.message, row.sent) == ("sent", 77, NOON + SECOND)
    assert store.outbox.counts() == {"sent": 1}


def test_one_chat_has_one_message_under_way_and_they_go_in_order(store: Store) -> None:
    ids = [_enqueue(store, story=story) for story in (1, 2, 3)]
    other = _enqueue(store, chat=2)
    claimed = _claim(store)
    assert [owed.id for owed in claimed] == [ids[0], other]
    assert _claim(store) == ()
    store.outbox.sent("a", claimed[0], 1, NOON)
    assert [owed.id for owed in _claim(store)] == [ids[1]]


def test_more_of_one_chat_can_be_claimed_to_go_together(store: Store) -> None:
    ids = [_enqueue(store, story=story) for story in (1, 2, 3)]
    _enqueue(store, story=4, thread=9)
    (first, *_) = _claim(store)
    more = store.outbox.also("a", first, NOON, 30)
    assert [owed.id for owed in more] == ids[1:]
    assert store.outbox.also("b", first, NOON, 30) == ()
    for owed in (first, *more):
        assert store.outbox.sending("a", owed, NOON, 30)
        assert store.outbox.sent("a", owed, 5, NOON)
    assert len(store.outbox.by_message(1, 5)) == 3


def test_answers_go_before_alerts(store: Store) -> None:
    _enqueue(store, chat=1, lane=ALERT)
    answer = _enqueue(store, chat=2, lane=ANSWER)
    assert [owed.id for owed in _claim(store, limit=1)] == [answer]
    assert [owed.chat for owed in store.outbox.claim("b", NOON, 30, lane=ALERT)] == [1]


def test_what_is_not_due_yet_waits(store: Store) -> None:
    _enqueue(store, due=NOON + SECOND)
    assert _claim(store) == ()
    assert store.outbox.next_due() == NOON + SECOND
    assert len(store.outbox.claim("a", NOON + SECOND, 30)) == 1


def test_a_held_chat_waits_and_the_others_do_not(store: Store) -> None:
    _enqueue(store, chat=1)
    _enqueue(store, chat=2)
    store.outbox.hold(1, NOON + 60 * SECOND)
    _enqueue(store, chat=1, story=2)
    assert [owed.chat for owed in _claim(store)] == [2]
    assert {owed.chat for owed in store.outbox.claim("b", NOON + 60 * SECOND, 30)} == {1}


def test_a_shorter_hold_does_not_shorten_a_longer_one(store: Store) -> None:
    _enqueue(store)
    store.outbox.hold(1, NOON + 60 * SECOND)
    store.outbox.hold(1, NOON + SECOND)
    assert store.outbox.claim("a", NOON + 30 * SECOND, 30) == ()


def test_a_lost_lease_fences_the_old_worker(store: Store) -> None:
    _enqueue(store)
    (old,) = _claim(store, "a", seconds=5)
    assert store.outbox.sweep(NOON + 4 * SECOND).claimed == 0
    assert store.outbox.sweep(NOON + 6 * SECOND).claimed == 1
    (new,) = store.outbox.claim("b", NOON + 6 * SECOND, 5)
    assert new.id == old.id
    late = NOON + 7 * SECOND
    assert not store.outbox.sending("a", old, late, 5)
    assert not store.outbox.sent("a", old, 1, late)
    assert not store.outbox.dead("a", old, "x")
    assert not store.outbox.unknown("a", old, "x")
    assert not store.outbox.again("a", old, late, "x")
    assert not store.outbox.release("a", old)
    assert store.outbox.sending("b", new, late, 5)
    assert store.outbox.sent("b", new, 9, late)
    assert store.outbox.sweep(NOON + timedelta(days=9)) == (store.outbox.sweep(NOON))


def test_a_worker_that_comes_back_under_its_own_name_is_fenced_too(store: Store) -> None:
    _enqueue(store)
    (old,) = _claim(store, "a", seconds=5)
    store.outbox.sweep(NOON + 6 * SECOND)
    (new,) = store.outbox.claim("a", NOON + 6 * SECOND, 5)
    assert not store.outbox.sending("a", old, NOON, 5)
    assert store.outbox.sending("a", new, NOON, 5)


def test_what_was_being_sent_when_the_worker_died_goes_again_marked_as_a_repeat(store: Store) -> None:
    _enqueue(store)
    (owed,) = _claim(store, seconds=5)
    store.outbox.sending("a", owed, NOON, 5)
    assert store.outbox.sweep(NOON + 6 * SECOND).repeats == 1
    (again,) = store.outbox.claim("b", NOON + 6 * SECOND, 5)
    assert (again.error, again.attempts) == (REPEAT, 1)


def test_what_may_have_arrived_is_not_sent_again_by_itself(store: Store) -> None:
    id_ = _enqueue(store)
    assert id_ is not None
    (owed,) = _claim(store)
    store.outbox.sending("a", owed, NOON, 30)
    assert store.outbox.unknown("a", owed, "no answer in time")
    store.outbox.sweep(NOON + timedelta(days=1))
    assert store.outbox.claim("b", NOON + timedelta(days=1), 30) == ()
    assert store.outbox.retry(id_, NOON)
    assert len(_claim(store)) == 1


def test_what_did_not_arrive_goes_again_later_and_dies_in_the_end(store: Store) -> None:
    _enqueue(store)
    at = NOON
    for attempt in range(MOST):
        (owed,) = store.outbox.claim("a", at, 30)
        assert owed.attempts == attempt
        store.outbox.sending("a", owed, at, 30)
        at += 60 * SECOND
        assert store.outbox.again("a", owed, at, "no network") == (attempt < MOST - 1)
    assert store.outbox.claim("a", at, 30) == ()
    (dead,) = store.outbox.listed(["dead"])
    assert dead.error is not None
    assert "no network" in dead.error


def test_what_is_released_was_not_tried(store: Store) -> None:
    _enqueue(store)
    (owed,) = _claim(store)
    assert store.outbox.release("a", owed, NOON + SECOND)
    (again,) = store.outbox.claim("a", NOON + SECOND, 30)
    assert again.attempts == 0


def test_two_workers_never_hold_one_message(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.db", wait=30.0) as store:
        for chat in range(60):
            _enqueue(store, chat=chat)
        got = list[int]()

        def work(name: str) -> None:
            while claimed := store.outbox.claim(name, NOON, 30, 3):
                got.extend(owed.chat for owed in claimed)

        threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(got) == list(range(60))


def test_what_waits_can_be_revised_and_dropped(store: Store) -> None:
    id_ = _enqueue(store)
    other = _enqueue(store, thread=5)
    assert id_ is not None
    assert other is not None
    assert store.outbox.revise(id_, '{"sources": 2}')
    assert store.outbox.drop(other)
    assert not store.outbox.drop(other)
    row = store.outbox.get(id_)
    assert row is not None
    assert (row.body, row.thread) == ('{"sources": 2}', 0)
    assert [owed.thread for owed in _claim(store)] == [0]


def test_the_messages_of_a_story_and_of_a_subscription_are_found(store: Store) -> None:
    _enqueue(store, chat=1, story=4, subscription=8)
    _enqueue(store, chat=2, story=4)
    assert [owed.chat for owed in store.outbox.of_story(4)] == [1, 2]
    assert [owed.chat for owed in store.outbox.of_story(4, chat=2)] == [2]
    assert store.outbox.drop_for(8) == 1
    assert store.outbox.counts() == {"ready": 1}


def test_lists_are_paged_newest_first(store: Store) -> None:
    ids = [_enqueue(store, story=story) for story in range(5)]
    first = store.outbox.listed(limit=2)
    assert [owed.id for owed in first] == ids[:2:-1]
    assert [owed.id for owed in store.outbox.listed(["ready"], chat=1, before=first[-1].id)] == ids[2::-1]


def test_what_was_sent_is_forgotten_after_its_time_and_what_waits_is_not(store: Store) -> None:
    _enqueue(store, chat=1)
    (owed,) = _claim(store)
    store.outbox.sent("a", owed, 1, NOON)
    _enqueue(store, chat=2)
    assert store.outbox.forget_sent(NOON) == 0
    assert store.outbox.forget_sent(NOON + SECOND) == 1
    assert store.outbox.counts() == {"ready": 1}


@pytest.mark.parametrize("state", ["claimed", "sending"])
def test_a_chat_that_falls_asleep_is_owed_nothing_more(store: Store, state: str) -> None:
    store.chats.greet(1, NOON)
    _enqueue(store, story=1)
    _enqueue(store, story=2)
    (owed,) = _claim(store)
    if state == "sending":
        store.outbox.sending("a", owed, NOON, 30)
    assert store.chats.sleep(1, "blocked by the user", NOON)
    assert store.outbox.counts() == {"dead": 2}
    assert not store.outbox.sent("a", owed, 1, NOON)

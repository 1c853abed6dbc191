from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from store.errors import BadValue
from store.subscriptions import UNDO, Wish
from tests.store.telling import NOON

if TYPE_CHECKING:
    from store import Store

HARBOUR = Wish(topic="Harbour", words=("harbour", "ostrava"), without=("sport",), people=(5, 3), sources=3)
MET = Wish(kind="met", topic="Ada Novak with Ivo Maly", people=(1, 2))
MINUTE = timedelta(minutes=1)


def test_a_subscription_comes_back_as_it_was_made(store: Store) -> None:
    made, new = store.subscriptions.add(1, HARBOUR, NOON, thread=4, user=9)
    assert new
    assert (made.wish, made.chat, made.thread, made.user, made.created) == (HARBOUR, 1, 4, 9, NOON)
    assert store.subscriptions.get(made.id) == made
    assert store.subscriptions.of(1) == store.subscriptions.of(1, 4) == (made,)
    assert store.subscriptions.of(1, 0) == ()


def test_a_second_one_of_the_same_opens_the_first(store: Store) -> None:
    made, _ = store.subscriptions.add(1, HARBOUR, NOON)
    shuffled = msgspec.structs.replace(HARBOUR, words=HARBOUR.words[::-1], people=(3, 5), sources=1, when="daily")
    again, new = store.subscriptions.add(1, shuffled, NOON + MINUTE)
    assert (again, new) == (made, False)
    assert store.subscriptions.add(1, HARBOUR, NOON, thread=2)[1]
    assert store.subscriptions.add(2, HARBOUR, NOON)[1]
    assert store.subscriptions.add(1, msgspec.structs.replace(HARBOUR, without=()), NOON)[1]
    assert (store.subscriptions.count(1), store.subscriptions.total()) == (3, 4)


def test_a_deleted_one_can_be_taken_back_for_ten_minutes(store: Store) -> None:
    made, _ = store.subscriptions.add(1, HARBOUR, NOON)
    assert store.subscriptions.delete(made.id, NOON)
    assert not store.subscriptions.delete(made.id, NOON)
    assert store.subscriptions.of(1) == ()
    assert not store.subscriptions.restore(made.id, NOON + UNDO + MINUTE)
    assert store.subscriptions.sweep(NOON + UNDO) == 0
    assert store.subscriptions.restore(made.id, NOON + UNDO)
    assert store.subscriptions.of(1) == (made,)
    store.subscriptions.delete(made.id, NOON)
    assert store.subscriptions.sweep(NOON + UNDO + MINUTE) == 1
    assert store.subscriptions.get(made.id) is None
    assert not store.subscriptions.restore(made.id, NOON)


def test_a_deleted_one_is_not_taken_back_beside_its_successor(store: Store) -> None:
    made, _ = store.subscriptions.add(1, HARBOUR, NOON)
    store.subscriptions.delete(made.id, NOON)
    store.subscriptions.add(1, HARBOUR, NOON)
    assert not store.subscriptions.restore(made.id, NOON)
    assert store.subscriptions.count(1) == 1


def test_what_a_deleted_one_owes_is_not_sent(store: Store) -> None:
    made, _ = store.subscriptions.add(1, HARBOUR, NOON)
    store.outbox.enqueue(1, 7, "new", "{}", NOON, subscription=made.id)
    store.subscriptions.delete(made.id, NOON)
    assert store.outbox.claim("a", NOON, 30) == ()


def test_the_matcher_follows_every_change_and_each_once(store: Store) -> None:
    follow = store.subscriptions
    one, _ = follow.add(1, HARBOUR, NOON)
    two, _ = follow.add(1, MET, NOON)
    assert [(id_, there) for _, id_, there in follow.changes(0)] == [(one.id, one), (two.id, two)]
    mark = follow.last_change()
    follow.pause(one.id, NOON + MINUTE)
    follow.alter(one.id, msgspec.structs.replace(HARBOUR, sources=5))
    follow.delete(two.id, NOON)
    changes = follow.changes(mark)
    assert [id_ for _, id_, _ in changes] == [one.id, two.id]
    assert changes[0][2] is not None
    assert (changes[0][2].wish.sources, changes[0][2].paused_until) == (5, NOON + MINUTE)
    assert changes[1][2] is None
    assert follow.changes(changes[-1][0]) == ()
    assert follow.changes(mark, limit=1) == changes[:1]


def test_the_matcher_is_filled_in_steps(store: Store) -> None:
    made = [store.subscriptions.add(chat, MET, NOON)[0] for chat in range(5)]
    first = store.subscriptions.all(limit=2)
    assert first == tuple(made[:2])
    assert store.subscriptions.all(after=first[-1].id) == tuple(made[2:])


def test_one_is_altered_unless_it_would_be_there_twice(store: Store) -> None:
    one, _ = store.subscriptions.add(1, HARBOUR, NOON)
    store.subscriptions.add(1, MET, NOON)
    with pytest.raises(BadValue, match="followed here already"):
        store.subscriptions.alter(one.id, MET)
    assert store.subscriptions.alter(one.id, msgspec.structs.replace(HARBOUR, when="weekly"))
    assert not store.subscriptions.alter(999, HARBOUR)
    found = store.subscriptions.get(one.id)
    assert found is not None
    assert found.wish.when == "weekly"


def test_one_moves_to_another_chat_or_topic_unless_it_is_there_already(store: Store) -> None:
    one, _ = store.subscriptions.add(1, HARBOUR, NOON)
    store.subscriptions.add(2, HARBOUR, NOON)
    assert not store.subscriptions.move(one.id, 2)
    assert store.subscriptions.move(one.id, 2, thread=8)
    assert [found.thread for found in store.subscriptions.of(2)] == [8, 0]


def test_when_it_told_last_is_remembered(store: Store) -> None:
    one, _ = store.subscriptions.add(1, HARBOUR, NOON)
    assert store.subscriptions.told(one.id, NOON + MINUTE)
    found = store.subscriptions.get(one.id)
    assert found is not None
    assert found.told == NOON + MINUTE


def test_a_digest_keeps_its_mark_when_its_times_alter(store: Store) -> None:
    made = store.digests.set(1, (480,), NOON + MINUTE, NOON)
    assert (made.mark, made.times, made.days) == (NOON, (480,), (0, 1, 2, 3, 4, 5, 6))
    later = store.digests.set(1, (480, 1080), NOON + 2 * MINUTE, NOON + MINUTE, days=(0, 4))
    assert (later.mark, later.times, later.days, later.next) == (NOON, (480, 1080), (0, 4), NOON + 2 * MINUTE)
    assert store.digests.get(1) == later
    assert store.digests.next_due() == NOON + 2 * MINUTE
    assert store.digests.off(1)
    assert not store.digests.off(1)
    assert store.digests.get(1) is None


def test_a_due_digest_is_one_workers_and_a_lost_lease_moves_no_mark(store: Store) -> None:
    store.digests.set(1, (480,), NOON, NOON - timedelta(days=1))
    store.digests.set(2, (480,), NOON + MINUTE, NOON)
    (old,) = store.digests.lease("a", NOON, 30)
    assert store.digests.lease("b", NOON, 30) == ()
    (new,) = store.digests.lease("b", NOON + timedelta(seconds=31), 30)
    assert not store.digests.delivered("a", old, NOON, None)
    assert store.digests.delivered("b", new, NOON, NOON + timedelta(days=1))
    found = store.digests.get(1)
    assert found is not None
    assert (found.mark, found.next) == (NOON, NOON + timedelta(days=1))
    assert [one.chat for one in store.digests.lease("a", NOON + MINUTE, 30)] == [2]


def test_a_digest_put_off_before_the_clock_was_set_back_comes_now_and_once(store: Store) -> None:
    store.digests.set(1, (480,), NOON + timedelta(days=400), NOON)
    store.digests.set(2, (480,), NOON + timedelta(days=7), NOON)
    (digest,) = store.digests.lease("a", NOON, 30)
    assert digest.chat == 1
    assert store.digests.delivered("a", digest, NOON, NOON + timedelta(days=1))
    assert store.digests.lease("a", NOON, 30) == ()


def test_a_mark_never_goes_back(store: Store) -> None:
    store.digests.set(1, (480,), None, NOON)
    assert store.digests.told(1, NOON + MINUTE)
    assert store.digests.told(1, NOON)
    found = store.digests.get(1)
    assert found is not None
    assert found.mark == NOON + MINUTE
    assert store.digests.lease("a", NOON + timedelta(days=9), 30) == ()
    assert store.digests.reschedule(1, NOON)
    assert len(store.digests.lease("a", NOON, 30)) == 1

"""The outbox as a state machine: whatever workers do, die of, or do too late, nothing is lost and nothing goes twice
without a crash to excuse it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, RuleBasedStateMachine, consumes, invariant, multiple, rule

from store import open_store
from tests.store.telling import NOON

if TYPE_CHECKING:
    from store.outbox import Owed

LEASE = 30.0
WORKERS = st.sampled_from(["a", "b", "c"])


class OutboxMachine(RuleBasedStateMachine):
    """Telegram is a list of what arrived; a worker is a name, and its claims are what it believes to hold."""

    claims: Bundle[tuple[str, Owed]] = Bundle("claims")
    sendings: Bundle[tuple[str, Owed]] = Bundle("sendings")

    def __init__(self) -> None:
        super().__init__()
        self.store = open_store(":memory:")
        self.now = NOON
        self.arrived: Counter[int] = Counter()
        self.excused: Counter[int] = Counter()
        self.owed: set[int] = set()
        self.given_up: set[int] = set()

    def teardown(self) -> None:
        self._finish()
        for id_ in self.owed - self.given_up:
            assert self.arrived[id_] >= 1, "lost"
        for id_, times in self.arrived.items():
            assert times <= 1 + self.excused[id_], "sent twice without a crash"
        self.store.close()

    def _finish(self) -> None:
        """A worker that never fails works off what is left."""
        for _ in range(200):
            self.now += timedelta(seconds=LEASE * 4)
            self.excused.update(row.id for row in self.store.outbox.listed(["sending"], limit=1000))
            self.store.outbox.sweep(self.now)
            claimed = self.store.outbox.claim("last", self.now, LEASE, 50)
            if not claimed and not {"ready", "claimed", "sending"} & self.store.outbox.counts().keys():
                return
            for owed in claimed:
                assert self.store.outbox.sending("last", owed, self.now, LEASE)
                self.arrived[owed.id] += 1
                assert self.store.outbox.sent("last", owed, 1, self.now)
        raise AssertionError("stuck")

    @rule(chat=st.integers(1, 3), story=st.integers(1, 4))
    def enqueue(self, chat: int, story: int) -> None:
        id_ = self.store.outbox.enqueue(chat, story, "new", "{}", self.now)
        if id_ is not None:
            assert id_ not in self.owed
            self.owed.add(id_)

    @rule(seconds=st.integers(1, 50))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(target=claims, worker=WORKERS, limit=st.integers(1, 3))
    def claim(self, worker: str, limit: int) -> MultipleResults[tuple[str, Owed]]:
        claimed = self.store.outbox.claim(worker, self.now, LEASE, limit)
        chats = [owed.chat for owed in claimed]
        assert len(chats) == len(set(chats)) <= limit
        return multiple(*((worker, owed) for owed in claimed))

    @rule(target=sendings, claim=consumes(claims))
    def begin(self, claim: tuple[str, Owed]) -> MultipleResults[tuple[str, Owed]]:
        return multiple(*([claim] if self.store.outbox.sending(*claim, self.now, LEASE) else []))

    @rule(claim=consumes(claims))
    def give_back(self, claim: tuple[str, Owed]) -> None:
        self.store.outbox.release(*claim)

    @rule(claim=consumes(claims))
    def die_before_sending(self, claim: tuple[str, Owed]) -> None:
        """The claim is forgotten; its lease runs out."""

    @rule(sending=consumes(sendings))
    def arrive_and_record(self, sending: tuple[str, Owed]) -> None:
        worker, owed = sending
        self.arrived[owed.id] += 1
        if not self.store.outbox.sent(worker, owed, 1, self.now):
            self.excused[owed.id] += 1  # its lease had run out meanwhile, and another sends it

    @rule(sending=consumes(sendings))
    def arrive_and_die(self, sending: tuple[str, Owed]) -> None:
        self.arrived[sending[1].id] += 1
        self.excused[sending[1].id] += 1

    @rule(sending=consumes(sendings))
    def fail_surely(self, sending: tuple[str, Owed]) -> None:
        if self.store.outbox.again(*sending, self.now, "no network", most=1000):
            row = self.store.outbox.get(sending[1].id)
            assert row is not None
            assert row.state == "ready"

    @rule(sending=consumes(sendings), arrived=st.booleans())
    def hear_nothing(self, sending: tuple[str, Owed], arrived: bool) -> None:
        worker, owed = sending
        self.arrived[owed.id] += arrived
        if self.store.outbox.unknown(worker, owed, "no answer"):
            self.given_up.add(owed.id)
        else:
            self.excused[owed.id] += arrived

    @rule()
    def sweep(self) -> None:
        for row in self.store.outbox.listed(["sending"], limit=1000):
            self.excused[row.id] += 1
        self.store.outbox.sweep(self.now)

    @rule(chat=st.integers(1, 3), seconds=st.integers(1, 90))
    def hold(self, chat: int, seconds: int) -> None:
        self.store.outbox.hold(chat, self.now + timedelta(seconds=seconds))

    @invariant()
    def one_message_a_chat_is_under_way(self) -> None:
        under_way = self.store.outbox.listed(["claimed", "sending"], limit=1000)
        assert max(Counter(owed.chat for owed in under_way).values(), default=0) <= 1

    @invariant()
    def nothing_disappears(self) -> None:
        assert sum(self.store.outbox.counts().values()) == len(self.owed)


OutboxMachine.TestCase.settings = settings(max_examples=12, stateful_step_count=40, deadline=None)
TestOutbox = OutboxMachine.TestCase

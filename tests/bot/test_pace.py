"""Answers overtake alerts; a refusal holds its own chat; nothing is sent twice."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter, TimedOut

from bot.pace import ALERT, ANSWER, CREDIT, Lanes, Limits, Pacer

Sent = list[tuple[float, int]]


def run(pacer: Pacer, until: float, now: float = 0.0) -> Sent:
    """Tickets with their moments on a clock that jumps to the next event."""
    sent: Sent = []
    while now < until:
        ticket, wait = pacer.take(now)
        if ticket is None:
            now += max(wait, 1e-6)
        else:
            sent.append((now, ticket))
    return sent


def test_an_answer_overtakes_450_alerts() -> None:
    pacer = Pacer()
    for ticket in range(450):
        pacer.put(ALERT, ticket, ticket)
    before = run(pacer, 5.0)
    pacer.put(ANSWER, 999_999, 1000)
    sent = run(pacer, 30.0, 5.0)
    at = next(moment for moment, ticket in sent if ticket == 1000)
    assert at - 5.0 <= 2 / pacer.limits.per_second
    assert {ticket for _, ticket in before + sent} == {*range(450), 1000}
    assert len(before) >= 0.9 * 5 * pacer.limits.per_second


def test_alerts_get_their_share_while_answers_flood() -> None:
    pacer = Pacer()
    for ticket in range(2000):
        pacer.put(ANSWER if ticket % 2 else ALERT, ticket, ticket)
    sent = run(pacer, 20.0)
    alerts = sum(1 for _, ticket in sent if ticket % 2 == 0)
    assert alerts == pytest.approx(len(sent) / pacer.limits.share, abs=2)


def test_one_chat_with_many_messages_does_not_hold_up_the_others() -> None:
    pacer = Pacer()
    for ticket in range(300):
        pacer.put(ALERT, 7, ticket)
    for ticket in range(300, 320):
        pacer.put(ALERT, ticket, ticket)
    early = [ticket for _, ticket in run(pacer, 1.0)]
    assert set(range(300, 320)) <= set(early)


def test_a_hold_is_for_its_chat_alone() -> None:
    pacer = Pacer()
    pacer.hold(1, 100.0)
    pacer.put(ANSWER, 1, 1)
    pacer.put(ANSWER, 2, 2)
    assert run(pacer, 50.0) == [(0.0, 2)]
    assert [ticket for _, ticket in run(pacer, 101.0, 50.0)] == [1]


@given(
    st.lists(
        st.tuples(st.sampled_from([ANSWER, ALERT]), st.sampled_from([1, 2, 3, -4, "@c"]), st.integers(0, 3)),
        min_size=1,
        max_size=60,
    )
)
def test_every_ticket_goes_once_in_order_and_within_the_limits(
    asked: list[tuple[int, int | str, int]],
) -> None:
    pacer = Pacer(Limits(per_second=10))
    sent: Sent = []
    now, of = 0.0, {}
    for ticket, (lane, chat, pause) in enumerate(asked):
        sent += run(pacer, now + pause, now)
        now = max(now + pause, sent[-1][0] if sent else 0.0)
        pacer.put(lane, chat, ticket)
        of[ticket] = (lane, chat)
    sent += run(pacer, now + 3.0 * len(asked) + 10, now)
    assert sorted(ticket for _, ticket in sent) == list(range(len(asked)))
    for key in set(of.values()):
        mine = [(moment, ticket) for moment, ticket in sent if of[ticket] == key]
        assert mine == sorted(mine, key=lambda pair: pair[1])
    for chat in (1, 2, 3, -4, "@c"):
        gap, burst = pacer.limits.of(chat)
        moments = [moment for moment, ticket in sent if of[ticket][1] == chat]
        for first, later in zip(moments, moments[burst:], strict=False):
            assert later - first >= gap - 1e-6
    for (first, _), (second, _) in pairwise(sent):
        assert second - first >= 0.1 - CREDIT - 1e-6


def test_an_answer_refused_for_flood_is_sent_again_after_the_wait() -> None:
    calls: list[int] = []
    assert _outcome(ANSWER, [RetryAfter(0)], calls) is None
    assert len(calls) == 2


def test_an_alert_refused_for_flood_is_given_back_to_its_courier() -> None:
    calls: list[int] = []
    assert isinstance(_outcome(ALERT, [RetryAfter(0)], calls), RetryAfter)
    assert len(calls) == 1


def test_a_timeout_is_never_tried_again() -> None:
    calls: list[int] = []
    assert isinstance(_outcome(ANSWER, [TimedOut()], calls), TimedOut)
    assert len(calls) == 1


def _outcome(lane: int, failures: list[Exception], calls: list[int]) -> BaseException | None:
    async def call() -> bool:
        calls.append(1)
        if failures:
            raise failures.pop(0)
        return True

    async def scene() -> BaseException | None:
        lanes = Lanes()
        try:
            await lanes.process_request(call, (), {}, "sendMessage", {"chat_id": 5}, lane)
        except (RetryAfter, TimedOut) as error:
            return error
        finally:
            await lanes.shutdown()
        return None

    return asyncio.run(scene())


def test_calls_without_a_chat_and_free_calls_never_wait() -> None:
    async def call() -> str:
        return "done"

    async def scene() -> list[str]:
        lanes = Lanes()
        lanes.pacer.hold(5, 1e12)
        return [
            await lanes.process_request(call, (), {}, name, data, None)
            for name, data in (("getMe", {}), ("sendChatAction", {"chat_id": 5}), ("getUpdates", {}))
        ]

    assert asyncio.run(scene()) == ["done"] * 3

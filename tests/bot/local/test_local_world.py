"""What reaches the bot, in what order and for how long; limits and disturbances."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.local import faults
from bot.local.params import Params
from bot.local.refusal import NetworkDown, ReplyLost
from bot.local.wire import call
from bot.local.world import CHANNEL, FORUM, GROUP, ROBIN, YOU, World
from tests.bot.local.calling import Clock, answer, refused, result


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock=clock, strict=False)


def updates(world: World, **values: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = result(world, "getUpdates", **values)
    return found


def kinds(world: World) -> list[str]:
    return [next(key for key in update if key != "update_id") for update in updates(world)]


def test_an_offset_confirms_what_came_before_it(world: World) -> None:
    for word in "abc":
        world.say(YOU, word)
    first = updates(world)
    assert updates(world) == first
    assert [u["message"]["text"] for u in updates(world, offset=first[1]["update_id"], limit=1)] == ["b"]
    assert [u["message"]["text"] for u in updates(world)] == ["b", "c"]


def test_a_negative_offset_keeps_the_newest_only(world: World) -> None:
    for word in "abcd":
        world.say(YOU, word)
    assert [u["message"]["text"] for u in updates(world, offset=-2)] == ["c", "d"]
    assert len(updates(world)) == 2


def test_a_waiting_poll_gets_what_comes(world: World) -> None:
    async def polled() -> list[dict[str, Any]]:
        waiting = asyncio.create_task(call(world, "getUpdates", Params({"timeout": "30"})))
        await asyncio.sleep(0)
        world.say(YOU, "at last")
        found: list[dict[str, Any]] = (await waiting)[1]["result"]
        return found

    assert [u["message"]["text"] for u in asyncio.run(polled())] == ["at last"]


def test_a_second_poller_sends_the_first_away(world: World) -> None:
    async def polled() -> tuple[int, dict[str, Any]]:
        first = asyncio.create_task(call(world, "getUpdates", Params({"timeout": "30"})))
        await asyncio.sleep(0)
        second = asyncio.create_task(call(world, "getUpdates", Params({"timeout": "30"})))
        status, refusal = await first
        second.cancel()
        return status, refusal

    status, refusal = asyncio.run(polled())
    assert status == 409
    assert refusal["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


def test_polling_and_a_webhook_exclude_each_other(world: World) -> None:
    assert result(world, "setWebhook", url="https://example.com/hook", secret_token="s")
    assert refused(world, "getUpdates").startswith("Conflict: can't use getUpdates method while webhook is active")
    assert result(world, "getWebhookInfo")["url"] == "https://example.com/hook"
    assert result(world, "deleteWebhook")
    assert updates(world) == []


def test_a_strict_server_slows_down_who_asks_the_same_again_at_once(clock: Clock) -> None:
    world = World(clock=clock)
    for word in "ab":
        world.say(YOU, word)
    assert len(updates(world)) == 2
    assert len(updates(world)) == 1
    clock.now += 3
    assert len(updates(world)) == 2


def test_updates_grow_old_and_presses_faster_than_messages(world: World, clock: Clock) -> None:
    world.say(YOU, "hello")
    markup = json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]})
    message = result(world, "sendMessage", chat_id=YOU, text="x", reply_markup=markup)
    world.press(YOU, message["message_id"], "x")
    assert kinds(world) == ["message", "callback_query"]
    clock.now += 151
    assert kinds(world) == ["message"]
    clock.now += 24 * 3600
    assert kinds(world) == []


def test_some_kinds_come_only_to_those_who_ask(world: World) -> None:
    world.promote(GROUP, ROBIN, "administrator")
    assert kinds(world) == []
    updates(world, allowed_updates='["chat_member"]')
    world.promote(GROUP, ROBIN, "member")
    world.say(YOU, "unheard")
    assert kinds(world) == ["chat_member"]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("hello all", False),
        ("/brief", True),
        ("/brief@another_bot", False),
        ("/brief@{bot}", True),
        ("hi @{bot}", True),
    ],
)
def test_in_a_group_a_plain_bot_hears_what_is_meant_for_it(world: World, text: str, heard: bool) -> None:
    world.say(GROUP, text.format(bot=world.bot["username"]))
    assert bool(updates(world)) is heard


def test_in_a_group_a_reply_to_the_bot_is_heard_and_an_admin_bot_hears_all(world: World) -> None:
    mine = result(world, "sendMessage", chat_id=GROUP, text="x")
    world.say(GROUP, "and why?", reply_to=mine["message_id"])
    assert updates(world)[-1]["message"]["reply_to_message"]["message_id"] == mine["message_id"]
    world.say(FORUM, "hello all", thread=2, anonymous=True)
    heard = updates(world)[-1]["message"]
    assert heard["message_thread_id"] == 2
    assert heard["sender_chat"]["id"] == FORUM
    assert heard["from"]["username"] == "GroupAnonymousBot"


def test_every_change_of_the_bots_standing_is_told(world: World) -> None:
    world.block(YOU)
    world.say(YOU, "back again")
    world.kick_bot(GROUP)
    world.add_bot(CHANNEL)
    changes = [u["my_chat_member"] for u in updates(world) if "my_chat_member" in u]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member"), ("member", "kicked"), ("administrator", "member")]


def test_an_upgrade_is_told_in_both_chats(world: World) -> None:
    new = world.upgrade(GROUP)
    old_told, new_told = (u["message"] for u in updates(world))
    assert (old_told["chat"]["id"], old_told["migrate_to_chat_id"]) == (GROUP, new)
    assert (new_told["chat"]["id"], new_told["migrate_from_chat_id"]) == (new, GROUP)


def test_channel_posts_edits_files_and_places_reach_the_bot(world: World) -> None:
    world.say(CHANNEL, "a post")
    said = world.say(YOU, "who met Putim?")
    world.edit(YOU, said["message_id"], "who met Putin?")
    world.send_file(YOU, "a.html", b"<p>", "text/html", caption="read this")
    world.locate(YOU, 52.5, 13.4)
    world.forward(YOU, "see https://example.com/a", origin="Mena Today")
    assert kinds(world) == ["channel_post", "message", "edited_message", "message", "message", "message"]
    forwarded = updates(world)[-1]["message"]
    assert forwarded["forward_origin"]["chat"]["title"] == "Mena Today"
    assert forwarded["entities"][0]["type"] == "url"


def test_a_private_chat_takes_five_at_once_and_then_one_a_second(clock: Clock) -> None:
    world = World(clock=clock)
    for _ in range(5):
        result(world, "sendMessage", chat_id=YOU, text="x")
    refusal = answer(world, "sendMessage", chat_id=YOU, text="x")
    assert refusal["error_code"] == 429
    assert refusal["description"] == "Too Many Requests: retry after 1"
    assert refusal["parameters"] == {"retry_after": 1}
    assert result(world, "sendMessage", chat_id=ROBIN, text="x")
    clock.now += 1
    assert result(world, "sendMessage", chat_id=YOU, text="x")


def test_a_group_takes_twenty_a_minute_and_all_chats_together_thirty_a_second(clock: Clock) -> None:
    world = World(clock=clock)
    for _ in range(20):
        result(world, "sendMessage", chat_id=GROUP, text="x")
    assert answer(world, "sendMessage", chat_id=GROUP, text="x")["parameters"]["retry_after"] == 3
    people = [world.person(number).id for number in range(1, 12)]
    answers = [answer(world, "sendMessage", chat_id=person, text="x")["ok"] for person in people]
    assert answers.count(True) == 10


def test_a_disturbance_strikes_the_calls_it_fits_as_often_as_ordered(world: World) -> None:
    world.faults.append(faults.slow_down(7, chat=YOU, times=2))
    assert result(world, "sendMessage", chat_id=ROBIN, text="x")
    for _ in range(2):
        assert answer(world, "sendMessage", chat_id=YOU, text="x")["parameters"] == {"retry_after": 7}
    assert result(world, "sendMessage", chat_id=YOU, text="x")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.blocked(chat=YOU), "Forbidden: bot was blocked by the user"),
        (faults.moved(-100, chat=YOU), "Bad Request: group chat was upgraded to a supergroup chat"),
        (faults.unparsable(), "Bad Request: can't parse entities: Unexpected end tag at byte offset 0"),
        (faults.failing(502), "Bad Gateway"),
    ],
)
def test_a_refusal_can_be_ordered_once(world: World, fault: faults.Fault, error: str) -> None:
    world.faults.append(fault)
    assert refused(world, "sendMessage", chat_id=YOU, text="x") == error
    assert result(world, "sendMessage", chat_id=YOU, text="x")


def test_a_lost_reply_leaves_the_message_standing(world: World) -> None:
    world.faults.append(faults.lost(method="sendMessage"))
    with pytest.raises(ReplyLost):
        answer(world, "sendMessage", chat_id=YOU, text="once")
    assert [message["text"] for message in world.said(YOU)] == ["once"]


def test_on_a_dead_line_nothing_arrives(world: World) -> None:
    world.faults.append(faults.down())
    with pytest.raises(NetworkDown):
        answer(world, "sendMessage", chat_id=YOU, text="x")
    world.down = True
    with pytest.raises(NetworkDown):
        updates(world)
    world.down = False
    assert world.said(YOU) == []
    assert result(world, "sendMessage", chat_id=YOU, text="x")


def test_a_late_answer_is_late(world: World) -> None:
    world.faults.append(faults.late(0.01))
    assert result(world, "sendMessage", chat_id=YOU, text="x")


def test_calls_are_kept_for_those_who_ask_what_the_bot_did(world: World) -> None:
    refused(world, "sendMessage", chat_id=5, text="x")
    error = "Bad Request: chat not found"
    entry = {"method": "sendMessage", "params": {"chat_id": 5, "text": "x"}, "status": 400, "error": error}
    assert list(world.calls) == [entry]


def test_a_second_start_gives_no_number_twice(clock: Clock) -> None:
    first, second = World(clock=clock), World(clock=clock)
    first.number_on()
    said = [first.say(YOU, "x")["message_id"] for _ in range(5)]
    seen = [update["update_id"] for update in updates(first)]
    clock.now += 10
    second.number_on()
    assert second.say(YOU, "x")["message_id"] > max(said)
    assert updates(second)[0]["update_id"] > max(seen)


def test_the_oldest_messages_and_files_go_when_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    monkeypatch.setattr("bot.local.ground.MESSAGES", 3)
    monkeypatch.setattr("bot.local.ground.STORED", 10)
    for size in (1, 4, 5, 2):
        world.send_file(YOU, f"{size}", b"x" * size)
    assert [file.name for file in world.files.values()] == ["5", "2"]
    assert [message["document"]["file_name"] for message in world.chats[YOU].messages.values()] == ["4", "5", "2"]

"""A channel or group managed from a private chat: who may, which chat commands are for, where topics are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

import handlers
from handlers.desk import Desk, Elsewhere, Request
from handlers.reply import plain
from tests.handlers.conftest import NOW, labels, presses

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.reply import Reply
    from store.chats import ChatKind

ADA, ROBIN = 7, 8
WIRE, NEWSROOM, LOCKED = -1002, -2001, -1003
CHATS = {
    WIRE: Elsewhere(WIRE, "channel", "The Wire", bot=True, person=True),
    NEWSROOM: Elsewhere(NEWSROOM, "group", "Newsroom", bot=True, person=True),
    LOCKED: Elsewhere(LOCKED, "channel", "Locked", bot=False, person=True),
}
NAMES = {"@the_wire": WIRE, "@newsroom": NEWSROOM, "@locked": LOCKED}
ADMINS = {ADA}


@pytest.fixture
def ask(desk: Desk) -> Callable[..., Reply]:
    def chat_of(name: str, user: int) -> Elsewhere | None:
        found = CHATS.get(NAMES.get(name, int(name) if name.lstrip("-").isdecimal() else 0))
        return structs.replace(found, person=user in ADMINS) if found else None

    managing = Desk(desk.store, chat_of=chat_of)

    def send(text: str = "", **more: Any) -> Reply:  # noqa: ANN401
        request = Request(**{"now": NOW, "chat": ADA, "user": more.get("chat", ADA), "text": text, **more})
        desk.store.chats.greet(request.chat, NOW, _kind(request))
        return handlers.answer(request, managing)

    return send


def _kind(request: Request) -> ChatKind:
    return "private" if request.place == "private" else "supergroup"


def follow(ask: Callable[..., Reply], topic: str, **more: Any) -> Reply:  # noqa: ANN401
    offer = ask(topic, command="subscribe", **more)
    return ask(press=presses(offer)[0], **more)


def topics_of(desk: Desk, chat: int) -> list[str]:
    return [one.wish.topic for one in desk.store.subscriptions.of(chat)]


def test_after_a_channel_was_named_commands_are_for_it(ask: Callable[..., Reply], desk: Desk) -> None:
    assert "You manage The Wire from here now" in plain(ask("@the_wire", command="channel"))
    kept = follow(ask, "minerals deal")
    assert "told in The Wire" in plain(kept)
    ask("Rome", command="timezone")
    ask("08:00", command="digest")
    assert topics_of(desk, WIRE) == ["minerals deal"]
    assert topics_of(desk, ADA) == []
    assert desk.store.digests.get(WIRE) is not None
    assert desk.store.chats.settings(WIRE).zone == "Europe/Rome"
    assert desk.store.chats.settings(ADA).zone is None


def test_every_such_answer_says_whom_it_is_for_and_leads_back(ask: Callable[..., Reply], desk: Desk) -> None:
    ask("@the_wire", command="channel")
    for command in ("topics", "digest", "quiet", "settings", "subscribe"):
        reply = ask("minerals" if command == "subscribe" else "", command=command)
        assert labels(reply)[-1] == "for: The Wire ▾", command
    menu = ask(press="manage|menu")
    assert labels(menu) == ["✓ The Wire", "This chat"]
    ask(press=presses(menu)[-1])
    assert "for: The Wire ▾" not in labels(ask(command="topics"))
    follow(ask, "minerals deal")
    assert topics_of(desk, ADA) == ["minerals deal"]


def test_a_chat_that_is_named_and_managed_is_said_once(ask: Callable[..., Reply]) -> None:
    ask("@the_wire", command="channel")
    offer = ask("minerals deal daily in @the_wire", command="subscribe")
    assert labels(offer).count("for: The Wire ▾") == 1
    assert labels(offer)[:3] == ["Follow, tell me once a day", "At once", "Once a week"]


def test_questions_are_never_for_the_channel(ask: Callable[..., Reply]) -> None:
    ask("@the_wire", command="channel")
    assert not any(label.startswith("for:") for label in labels(ask("who met Putin?")))


@pytest.mark.parametrize(
    ("name", "user", "said"),
    [
        ("@locked", ADA, "I am not an admin who may post in Locked"),
        ("@the_wire", ROBIN, "You are no admin of The Wire"),
        ("@nowhere", ADA, "I cannot see @nowhere. Add me there"),
        ("two words", ADA, "is written as @name"),
        ("-5", ADA, "I cannot see that chat"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(
    ask: Callable[..., Reply], desk: Desk, name: str, user: int, said: str
) -> None:
    assert said in plain(ask(name, command="channel", chat=user))
    assert desk.store.chats.settings(user).managed is None


def test_who_is_no_admin_any_more_manages_nothing(
    ask: Callable[..., Reply], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("@the_wire", command="channel")
    offer = ask("minerals", command="subscribe")
    monkeypatch.setattr(__name__ + ".ADMINS", set())
    assert "You are no admin of The Wire" in plain(ask(press=presses(offer)[0]))
    assert topics_of(desk, WIRE) == []
    assert desk.store.chats.settings(ADA).managed is None
    assert "no admin there any more" in str(ask(press=presses(offer)[0]).toast)
    assert topics_of(desk, WIRE) == topics_of(desk, ADA) == []


def test_one_topic_can_be_told_in_a_channel_without_switching(ask: Callable[..., Reply], desk: Desk) -> None:
    offer = ask("minerals deal min:3 in @the_wire", command="subscribe")
    assert labels(offer)[-1] == "for: The Wire ▾"
    ask(press=presses(offer)[0])
    assert [one.wish.sources for one in desk.store.subscriptions.of(WIRE)] == [3]
    assert desk.store.chats.settings(ADA).managed is None
    assert "in private" in plain(ask("minerals in @the_wire", command="subscribe", chat=NEWSROOM, place="group"))


def test_an_offer_for_a_channel_stays_its_own_after_switching_back(ask: Callable[..., Reply], desk: Desk) -> None:
    ask("@the_wire", command="channel")
    offer = ask("minerals deal", command="subscribe")
    ask(press="manage|me")
    ask(press=presses(offer)[0])
    assert (topics_of(desk, WIRE), topics_of(desk, ADA)) == (["minerals deal"], [])


def test_a_topic_moves_to_a_channel_and_back(ask: Callable[..., Reply], desk: Desk) -> None:
    ask("@the_wire", command="channel")
    ask(press="manage|me")
    card = follow(ask, "minerals deal daily")
    places = ask(press=next(press for press in presses(card) if press.startswith("topic|move|")))
    assert labels(places) == ["To The Wire", "‹ Back"]
    assert ask(press=presses(places)[0]).toast == "Moved"
    assert (topics_of(desk, WIRE), topics_of(desk, ADA)) == (["minerals deal"], [])
    assert desk.store.digests.get(WIRE) is not None
    back = ask(press=presses(places)[0].rsplit("|", 1)[0] + "|here")
    assert back.toast == "Moved"
    assert topics_of(desk, ADA) == ["minerals deal"]


def test_a_topic_moves_to_the_forum_topic_where_its_card_is_opened(ask: Callable[..., Reply], desk: Desk) -> None:
    forum: dict[str, Any] = {"chat": NEWSROOM, "place": "group", "user": ADA}
    follow(ask, "minerals deal", **forum, thread=2)
    assert "minerals deal" not in plain(ask(command="topics", **forum, thread=3))
    assert "Other topics of this group follow 1 topic" in plain(ask(command="topics", **forum, thread=3))
    listed = ask(command="topics", **forum)
    assert "in another forum topic" in plain(listed)
    card = ask(press=presses(listed)[0], **forum, thread=3)
    ask(press=next(press for press in presses(card) if press.startswith("topic|to|")), **forum, thread=3)
    assert [one.thread for one in desk.store.subscriptions.of(NEWSROOM)] == [3]


def test_nobody_moves_a_topic_to_where_he_is_no_admin(ask: Callable[..., Reply], desk: Desk) -> None:
    follow(ask, "minerals deal", chat=ROBIN)
    (one,) = desk.store.subscriptions.of(ROBIN)
    target = "ru"  # 1002 in base 36
    assert ask(press=f"topic|to|{one.id}|{target}", chat=ROBIN).toast == "You or I am no admin there."
    assert topics_of(desk, WIRE) == []


def test_another_chats_topic_is_out_of_reach(ask: Callable[..., Reply], desk: Desk) -> None:
    follow(ask, "minerals deal")
    (one,) = desk.store.subscriptions.of(ADA)
    for verb in ("card", "delete", "pause", "dry", "move"):
        ask(press=f"topic|{verb}|{one.id}", chat=ROBIN)
    assert len(desk.store.subscriptions.of(ADA)) == 1
    assert desk.store.subscriptions.of(ADA)[0].paused_until is None


def test_members_of_a_group_look_and_admins_change(ask: Callable[..., Reply], desk: Desk) -> None:
    group: dict[str, Any] = {"chat": NEWSROOM, "place": "group", "user": ROBIN, "admin": False}
    for command, text in (("subscribe", "minerals"), ("pause", ""), ("quiet", "22-7"), ("digest", "08:00")):
        assert "Only admins" in plain(ask(text, command=command, **group))
    assert "Only admins" in plain(ask(command="export", **group))
    assert topics_of(desk, NEWSROOM) == []
    assert "follow nothing yet" in plain(ask(command="topics", **group))
    assert ask("now", command="digest", **group).kind == "digest"
    assert desk.store.digests.get(NEWSROOM) is None


def test_a_pause_in_a_forum_topic_silences_that_topic_alone(ask: Callable[..., Reply], desk: Desk) -> None:
    forum: dict[str, Any] = {"chat": NEWSROOM, "place": "group", "user": ADA}
    follow(ask, "minerals deal", **forum, thread=2)
    follow(ask, "drone attack", **forum, thread=3)
    assert "in this forum topic" in plain(ask("2h", command="pause", **forum, thread=2))
    paused = {one.thread: one.paused_until is not None for one in desk.store.subscriptions.of(NEWSROOM)}
    assert paused == {2: True, 3: False}
    ask(command="resume", **forum, thread=2)
    assert all(one.paused_until is None for one in desk.store.subscriptions.of(NEWSROOM))


def test_on_the_command_line_channels_are_not_managed(desk: Desk) -> None:
    request = Request(now=NOW, chat=0, place="terminal", command="channel", text="@the_wire")
    assert "in private" in plain(handlers.answer(request, desk))


def test_a_managed_group_that_moves_is_still_managed(ask: Callable[..., Reply], desk: Desk) -> None:
    ask("@newsroom", command="channel")
    follow(ask, "minerals deal")
    desk.store.chats.migrated(NEWSROOM, WIRE, NOW)
    assert "The Wire follows 1 topic" in plain(ask(command="topics"))
    assert labels(ask(press="manage|menu"))[0] == "✓ The Wire"

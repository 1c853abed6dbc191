"""Whatever a bot or a page sends, the local Telegram answers in its own words."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local.params import Params, Upload
from bot.local.refusal import Refusal
from bot.local.sim import OPERATIONS, perform
from bot.local.wire import METHODS, call
from bot.local.world import CHANNEL, FORUM, GROUP, YOU, World

NAMES = (
    *("chat_id", "text", "parse_mode", "entities", "reply_markup", "reply_parameters", "message_id", "message_ids"),
    *("message_thread_id", "caption", "photo", "document", "media", "commands", "scope", "language_code", "user_id"),
    *("callback_query_id", "inline_query_id", "results", "cache_time", "button", "action", "draft_id", "file_id"),
    *("rich_message", "reaction", "name", "description", "menu_button", "from_chat_id", "link_preview_options", "url"),
    *("offset", "limit", "allowed_updates", "show_alert", "guest_query_id", "result", "inline_message_id", "show"),
    *("chat", "by", "message", "data", "thread", "act", "status", "code", "match", "parameters", "times", "delay"),
)
PLACES = st.sampled_from([YOU, GROUP, FORUM, CHANNEL, -5, "@the_wire", "x", "", None])
LEAVES = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats() | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("text", "id", "type", "url", "inline_keyboard", "command", "media", "message_id", "title")
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
FEW = {
    "sendmessage": ("text", "parse_mode", "entities", "reply_markup", "reply_parameters", "link_preview_options"),
    "editmessagetext": ("text", "message_id", "inline_message_id", "entities", "reply_markup"),
    "deletemessages": ("message_ids",),
    "sendmediagroup": ("media", "caption_entities"),
    "sendphoto": ("caption", "caption_entities", "photo", "reply_markup"),
    "answerinlinequery": ("results", "button", "cache_time", "next_offset"),
    "answerguestquery": ("result",),
    "setmycommands": ("commands", "scope", "language_code"),
    "setmessagereaction": ("message_id", "reaction"),
    "fault": ("code", "parameters", "match", "times", "delay", "method"),
    "say": ("text", "by", "reply_to", "thread", "anonymous", "language"),
}
"""What the calls that take the most are given most of the time."""


@st.composite
def given_to(draw: st.DrawFn, names: list[str]) -> tuple[str, dict[str, Any]]:
    name = draw(st.sampled_from(names))
    keys = st.sampled_from(FEW.get(name, NAMES)) | st.sampled_from(NAMES)
    return name, draw(st.dictionaries(keys, VALUES | st.just("1"), max_size=7))


@settings(max_examples=250, deadline=None)
@given(sent=given_to(sorted(METHODS)), place=PLACES, upload=st.binary(max_size=40))
def test_any_call_is_answered(sent: tuple[str, dict[str, Any]], place: object, upload: bytes) -> None:
    world = World(strict=False)
    world.say(YOU, "hello")
    world.inline["1"], world.guests["1"] = None, (YOU, YOU)
    method, values = sent
    values = {"chat_id": place, "inline_query_id": "1", "guest_query_id": "1"} | values
    files = {"photo": Upload("a.png", upload), "a": Upload("b", upload)} if upload else {}
    status, answer = asyncio.run(call(world, method, Params(values, files)))
    assert answer["ok"] is (status == 200)
    assert answer["ok"] or answer["description"]
    assert json.dumps(answer)


@settings(max_examples=150, deadline=None)
@given(sent=given_to(sorted(OPERATIONS)), place=PLACES)
def test_any_act_of_the_page_is_done_or_refused(sent: tuple[str, dict[str, Any]], place: object) -> None:
    world = World(strict=False)
    world.say(YOU, "hello")
    try:
        perform(world, sent[0], Params({"chat": place} | sent[1]))
    except Refusal as refusal:
        assert refusal.description  # noqa: PT017 - it may also be done

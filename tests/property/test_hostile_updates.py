"""Whatever Telegram (or somebody who pretends to be it) sends: the bot hears it or leaves it, and never breaks."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update

from bot import incoming
from bot.incoming import hear
from bot.telegram import pressed
from handlers.desk import Request

NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)
ME = 100200300
FILE: dict[str, Any] = {"file_id": "f", "file_unique_id": "u"}
PERSON = {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "en"}
CHATS = [
    {"id": 5, "type": "private", "first_name": "Ada"},
    {"id": -7, "type": "group", "title": "Desk"},
    {"id": -100, "type": "supergroup", "title": "Forum", "is_forum": True},
    {"id": -200, "type": "channel", "title": "Wire"},
]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "/ask",
        "/ASK@dateline_bot x",
        "/ask@other_bot x",
        "@dateline_bot",
        "/",
        "/\u202e",
        "／ａｓｋ",
        "/аsk",
        "\u200b",
        "@",
        "/ask\n\nx",
    ]
)
entities = st.builds(
    lambda kind, offset, length: {"type": kind, "offset": offset, "length": length, "url": "https://a.example"},
    st.sampled_from(["url", "text_link", "bot_command", "mention", "no such kind"]),
    st.integers(0, 80), st.integers(0, 80),
)  # fmt: skip
contents = st.one_of(
    st.builds(lambda text, marks: {"text": text, "entities": marks}, texts, st.lists(entities, max_size=4)),
    st.builds(lambda text: {"photo": [FILE | {"width": 1, "height": 1}], "caption": text}, texts),
    st.builds(lambda text: {"document": FILE | {"file_name": text}}, texts),
    st.just({"sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}),
    st.just({"location": {"latitude": 91.0, "longitude": -500.0}}),
    st.just({"new_chat_members": [PERSON]}), st.just({"pinned_message": None}), st.just({}),
)  # fmt: skip
senders = st.sampled_from(
    [{"from": PERSON}, {"sender_chat": CHATS[3]}, {"from": {"id": ME, "is_bot": True, "first_name": "D"}}, {}]
)


@st.composite
def updates(draw: st.DrawFn) -> dict[str, Any]:
    """An update of any kind, with anything in it."""
    message = {"message_id": draw(st.integers(1, 2**31)), "date": 1, "chat": draw(st.sampled_from(CHATS))}
    message |= draw(senders) | draw(contents)
    if draw(st.booleans()):
        message["reply_to_message"] = copy.deepcopy(message)
    kind = draw(st.sampled_from(["message", "edited_message", "channel_post", "edited_channel_post", "callback_query"]))
    if kind != "callback_query":
        return {"update_id": 1, kind: message}
    query = {"id": "1", "from": PERSON, "chat_instance": "1", "data": draw(texts | st.none())}
    if draw(st.booleans()):
        query["message"] = message
    return {"update_id": 1, kind: query}


@settings(max_examples=400)
@given(updates())
def test_any_update_is_a_request_or_nothing(body: dict[str, Any]) -> None:
    heard = hear(Update.de_json(body, None), me=ME, name="dateline_bot", commands=("ask",), now=NOW)
    if heard is None:
        return
    request = heard.request
    assert isinstance(request, Request)
    assert request.chat in {chat["id"] for chat in CHATS}
    assert request.press is None or request.command is None
    assert not incoming.HIDDEN.search(request.text)
    if request.press is None and request.place != "private":
        message = (
            body.get("message") or body.get("edited_message") or body.get("channel_post") or body["edited_channel_post"]
        )
        said = message.get("text") or message.get("caption") or ""
        replied = message.get("reply_to_message", {}).get("from", {}).get("id") == ME
        assert request.command == "ask" or "@dateline_bot" in incoming.clean(said).lower() or replied


@given(st.text(max_size=80))
def test_no_press_is_taken_for_one_of_ours_by_chance(data: str) -> None:
    found = pressed(data)
    assert found is None or data == f"v1|{found}"


@given(st.text())
def test_cleaning_is_done_once_and_keeps_letters(text: str) -> None:
    once = incoming.clean(text)
    assert incoming.clean(once) == once
    assert [c for c in once if c.isalpha() and c.isascii()] or not [c for c in text if c.isalpha() and c.isascii()]


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/ask who", "ask", "who"), ("/Ask@Dateline_Bot   who", "ask", "who"), ("/ask", "ask", ""),
        ("/ask\nwho\nmet", "ask", "who\nmet"), ("/аѕk who", "ask", "who"), ("／ask　who", "ask", "who"),
        ("/ask@dateline_bot", "ask", ""), ("//ask", None, "//ask"), ("/ ask", None, "/ ask"),
        ("a /ask", None, "a /ask"), ("/usr/bin", None, "/usr/bin"),
    ],
)  # fmt: skip
def test_a_command_is_known_however_it_is_typed(text: str, command: str | None, rest: str) -> None:
    body = {"message_id": 1, "date": 1, "chat": CHATS[0], "from": PERSON, "text": text}
    heard = hear(
        Update.de_json({"update_id": 1, "message": body}, None), me=ME, name="dateline_bot", commands=(), now=NOW
    )
    assert heard is not None
    assert (heard.request.command, heard.request.text) == (command, rest)

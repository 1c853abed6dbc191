"""Whatever a person, or somebody pretending to be one, can send: it is answered, and never with an error."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import handlers
from handlers.commands import COMMANDS, OWNER_PRESSES, PRESSES
from handlers.desk import Attachment, Desk, Request
from handlers.reply import MAX_PRESS
from store import open_store
from tests.handlers.conftest import NOW, Say, presses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handlers.reply import Reply

CHAT = 11


@pytest.fixture(scope="module")
def shared_desk(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    copy = tmp_path_factory.mktemp("hostile") / "news.sqlite"
    with open_store(archive / "news.sqlite") as store:
        store.backup(str(copy))
    with open_store(copy) as store:
        while store.index.follow():
            pass
        yield Desk(store)


def send(desk: Desk, **more: Any) -> Reply:  # noqa: ANN401
    reply = handlers.answer(Request(**{"now": NOW, "chat": CHAT, "user": 3, **more}), desk)
    assert reply.blocks or reply.toast or reply.document
    for row in reply.buttons:
        for button in row:
            assert button.press is None or len(button.press.encode()) <= MAX_PRESS
    return reply


nasty = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        [
            '" OR 1=1 --',
            "NEAR(putin trump) AND title:*",
            "who met <b>Putin</b> & 'Trump'?",
            "\u202eniluP tem ohw",
            "who met \x00 Putin\x1b[31m",
            "from:2025-13-45 to:yesterday",
            "from:2025-05-01 to:2025-04-01 x",
            "what did " * 60 + "say",
            "thanks " + "a" * 230 + "?",
            "tell me when " + "a and " * 40,
            "open the " * 7 + "2nd x",
            "in april in may in june since 2024 until 1999",
            "\U0001f600" * 50,
            "met met met with with and and",
            "0000-00-00",
            "in the last 999999 days",
            "ﬁnd Ｐｕｔｉｎ ｉｎ Ｍｏｓｃｏｗ",
            "' ' ' said '' by",
        ]
    ),
)
lax = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@lax
@given(text=nasty)
def test_any_question_is_answered(shared_desk: Desk, text: str) -> None:
    send(shared_desk, text=text)


@lax
@given(text=nasty, command=st.sampled_from([name for command in COMMANDS for name in (command.name, *command.aliases)]))
def test_any_words_behind_any_command_are_answered(shared_desk: Desk, text: str, command: str) -> None:
    send(shared_desk, text=text, command=command, owner=True)


actions = st.sampled_from([*PRESSES, *OWNER_PRESSES, "run", "nothing", ""])
parts = st.one_of(
    st.text(max_size=12), st.integers(-5, 1 << 70).map(str), st.sampled_from(["0", "zzzzzzzzzzzzz", "now"])
)


@lax
@given(action=actions, arguments=st.lists(parts, max_size=4), owner=st.booleans())
def test_any_button_data_is_answered(shared_desk: Desk, action: str, arguments: list[str], owner: bool) -> None:
    send(shared_desk, press="|".join([action, *arguments]), owner=owner)


@lax
@given(data=st.binary(max_size=500), command=st.sampled_from([None, "import", "add"]))
def test_any_file_is_answered(shared_desk: Desk, data: bytes, command: str | None) -> None:
    send(shared_desk, attachment=Attachment("a.html", "text/html", data), command=command, owner=True)


def test_a_very_long_text_finds_its_story(shared_desk: Desk) -> None:
    long = "Steve Witkoff met Vladimir Putin in Moscow on Friday for talks on the war in Ukraine. " * 1200
    assert send(shared_desk, text=long).kind == "search"


def test_a_link_is_not_fetched_for_a_stranger(say: Say) -> None:
    reply = say("https://example.org/story", owner=False)
    assert "only the owner" in str(reply.blocks).lower()


def test_dates_at_the_edge_of_the_calendar_are_answered(shared_desk: Desk) -> None:
    for moment in (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)):
        for text in (
            "who met Putin last year",
            "brief me",
            "what did Trump say in the last 3 weeks",
            "latest yesterday",
        ):
            send(shared_desk, text=text, now=moment)


def test_every_example_of_the_help_works(say: Say) -> None:
    for command in COMMANDS:
        if command.example and command.name not in {"add", "sources"}:
            words = command.example.partition(" ")[2]
            reply = say(words, command=command.name)
            assert "There is no command" not in str(reply.blocks), command.name
            for press in presses(reply)[:4]:
                say(press=press)

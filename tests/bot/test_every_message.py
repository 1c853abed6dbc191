"""Every message the program can build is one that Telegram takes: all commands, many questions, all their buttons."""

from __future__ import annotations

import json
from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

import handlers
from bot import samples, telegram
from handlers.desk import Desk, Request
from store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handlers.reply import Reply
    from store import Store

tdjson = pytest.importorskip("tdjson", reason="TDLib (tdjson) is a development dependency")
tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')

NOW = datetime(2025, 6, 6, 8, tzinfo=UTC)
QUESTIONS = (
    "who met Putin?", "did Trump meet Putin?", "when did wittkof last meet putin", "what did Trump say about tariffs?",
    "brief me on Ukraine", "brief me", "who is Merz?", 'who said "deal"?', "Vatican", "xqzvw", "more", "thanks", "?",
    "<b>bold</b> & \"quotes\" 'single' \\ /", "and in March?", "who was with Putin in Moscow?", "latest from Kyiv",
    "timeline Zelenskiy", "how often has Trump met Macron", "a" * 3000, "Ελλάδα Αθήνα", "🙂", "met", "said",
)  # fmt: skip
MOST = 600


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("crawl")
    with open_store(folder / "a.sqlite") as found:
        samples.load(found, NOW)
        found.chats.greet(5, NOW)
        yield found


def first_requests() -> list[Request]:
    """What a person may begin with: every question, every command bare, with its example and with nonsense."""
    asked = [Request(now=NOW, chat=5, user=5, text=question, owner=True) for question in QUESTIONS]
    for command in handlers.COMMANDS:
        example = command.example.partition(" ")[2]
        asked += [
            Request(now=NOW, chat=5, user=5, command=name, text=text, owner=True)
            for name in (command.name, *command.aliases)
            for text in {"", example, "<i>&nonsense</i> 99:99"}
        ]
    return asked


def check(reply: Reply) -> None:
    """Nothing; each part is one that TDLib parses to the words meant, each button one that Telegram takes."""
    for part in telegram.parts(reply.blocks):
        query = {"@type": "parseTextEntities", "text": part.html, "parse_mode": {"@type": "textParseModeHTML"}}
        answer = json.loads(tdjson.td_execute(json.dumps(query).encode()))
        assert answer["@type"] == "formattedText", (answer, part.html)
        assert answer["text"] == part.text
        assert telegram.units(part.text) <= telegram.MESSAGE
    made = telegram.keyboard(reply.buttons)
    kept = sum(len(row) for row in made.inline_keyboard) if made else 0
    assert kept == min(telegram.KEYS, sum(len(row) for row in reply.buttons)), reply.buttons
    assert len(reply.toast or "") <= 200
    assert telegram.parts(reply.blocks) or reply.toast or reply.picture or reply.document


def test_every_message_and_button_is_one_that_telegram_takes(store: Store) -> None:
    desk = Desk(store=store)
    seen: set[str] = set()
    waiting = deque((request, "") for request in first_requests())
    crawled = 0
    while waiting and crawled < MOST:
        request, path = waiting.popleft()
        way = f"{path} > {request.press or request.command or request.text[:40]}"
        try:
            reply = handlers.answer(request, desk)
            check(reply)
        except AssertionError:
            raise
        except Exception as error:
            raise AssertionError(f"{way}: {type(error).__name__}: {error}") from error
        crawled += 1
        for button in (button for row in reply.buttons for button in row):
            kind = f"{request.command}|{(button.press or '').partition('|')[0]}|{button.label}"
            if button.press and kind not in seen:
                seen.add(kind)
                pressed = structs.replace(request, press=button.press, command=None, text="", context=reply.context)
                waiting.append((pressed, way))
    assert crawled > 150


FORGED = (
    "", "|", "more", "more|", "more|zzzzzzzzzzzzzz|9", "page|1|-1", "story|0", "set|zone|Mars", "x" * 60,
    "picture|timeline|", "topic|card|0", "keep|0|now", "source|page|999999", "owed|retry|\u0661",
)  # fmt: skip


@pytest.mark.parametrize("press", FORGED)
def test_a_forged_button_is_answered_with_a_notice_or_a_message(store: Store, press: str) -> None:
    check(handlers.answer(Request(now=NOW, chat=5, user=5, press=press, owner=True), Desk(store=store)))

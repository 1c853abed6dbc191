"""`ask`: the same question and the same answer as in the chat, in a terminal."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.cli import archive, as_json, bar, database, for_reading, settings, version
from bot.machine import ACCEPTED_QUESTION, BadLine, GivenQuestion, each_line, given, moment, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.fetching import Beside
    from bot.machine import Json
    from bot.settings import Settings
    from handlers.desk import Desk, Request
    from handlers.reply import Document
    from news.article import Article
    from news.feed import Feed
    from store import Store

LONGEST = 100_000
EMPTY = ("corrections", "articles", "stories", "meetings", "quotes", "related")


@click.command()
@click.argument("words", nargs=-1, metavar="QUESTION")
@click.option("--now", metavar="ISO", help="Answer as if it were this moment.")
@click.option("--chat", type=int, default=0, help="Answer as in this chat: what it asked before counts.")
@click.option("--lines", is_flag=True, help="Questions from standard input, one JSON object a line.")
@as_json
@database
def ask(
    words: tuple[str, ...], now: str | None, chat: int, database: str | None, *, lines: bool, as_json: bool
) -> None:
    """Ask the archive a question, as in the chat: "who met Putin?", /brief today, a name."""
    question = " ".join(words).strip()
    if not question and not lines:
        raise click.UsageError('What? e.g. ./run ask "who met Putin?"')
    started = datetime.now(UTC)
    try:
        moment_asked = moment(now)[0] if now else started
    except BadLine as error:
        raise click.UsageError(str(error)) from error
    found = for_reading(settings(database=database))
    with archive(found, started) as store:
        store.index.catch_up(bar("indexing"))
        desk = desk_of(store, found)
        if lines:
            sys.exit(not each_line(sys.stdin.buffer, lambda line: _line(line, desk)))
        told = answer(question, moment_asked, chat, desk)
        if as_json:
            put(told)
        else:
            _show(told)


def _show(told: Json) -> None:
    """Nothing; prints an answer for a person, with what the chat would show beside its words."""
    if told["reply"] or not told["document"]:
        click.echo(told["reply"])
    if told["reply"].endswith((":", "?")):  # what stands on buttons in the chat
        click.echo("\n".join(f"  {choice}" for choice in told["choices"]))
    if told["document"]:
        kept = told["document"]
        click.echo(kept["text"] or f"{kept['name']} of {kept['bytes']:,} bytes comes as a file in the chat.")


def desk_of(store: Store, found: Settings) -> Desk:
    """The desk of the command line; the web is brought in when a question holds an address."""
    from handlers.desk import Desk  # noqa: PLC0415

    def fetch(url: str) -> Article:
        with _web(found) as web:
            return web.fetch(url)

    def look(url: str) -> tuple[Feed, str]:
        with _web(found) as web:
            return web.look(url)

    return Desk(store=store, fetch=fetch, look=look, settings=shared(found, version()))


@contextmanager
def _web(found: Settings) -> Iterator[Beside]:
    """A way to the web, for one question."""
    from bot.fetching import Beside  # noqa: PLC0415

    beside = Beside(found, version())
    try:
        yield beside
    finally:
        beside.close()


def shared(found: Settings, program: str) -> dict[str, object]:
    """The settings that handlers may know."""
    return {
        "time_zone": found.time_zone,
        "version": program,
        "feed_minutes": found.feed_minutes,
        "open_archive": found.open_archive,
    }


def _line(line: bytes, desk: Desk) -> Json:
    """The answer to a line."""
    asked: GivenQuestion = given(line, GivenQuestion, ACCEPTED_QUESTION)
    now = moment(asked.now)[0] if asked.now else datetime.now(UTC)
    return {"id": asked.id} | answer(asked.question, now, asked.chat, desk, asked.id)


def answer(question: str, now: datetime, chat: int, desk: Desk, number: object = None) -> Json:
    """The answer with its facts, as docs/commands.md names them."""
    import handlers  # noqa: PLC0415 - after the options are known to be good
    from handlers.reply import plain  # noqa: PLC0415

    start = time.perf_counter()
    reply = handlers.answer(request_of(question, now, chat), desk)
    text = plain(reply)
    took = (time.perf_counter() - start) * 1000
    told: Json = {"id": number, "kind": reply.kind, "understood": question}
    told |= {name: [] for name in EMPTY}
    told |= reply.facts
    told["document"] = _file(reply.document) if reply.document else None
    told["choices"] = [button.label for row in reply.buttons for button in row if button.press]
    return told | {"reply": text, "milliseconds": round(took, 3)}


def _file(document: Document) -> Json:
    """A file of an answer: its name, its size, and its words where it is a text."""
    try:
        text = document.data.decode()
    except UnicodeDecodeError:
        text = None
    return {"name": document.name, "bytes": len(document.data), "text": text}


def request_of(question: str, now: datetime, chat: int) -> Request:
    """The request that a line of a terminal is: a command if it begins with a slash."""
    from handlers.desk import Request  # noqa: PLC0415

    text = question.strip()[:LONGEST]
    command = None
    if text.startswith("/") and len(text) > 1 and text[1].isalpha():
        head, _, text = text[1:].partition(" ")
        command, text = head.lower(), text.strip()
    return Request(now=now, chat=chat, place="terminal", text=text, command=command, owner=True)

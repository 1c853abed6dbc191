"""Whatever is asked of a store whose file somebody else holds: the answer is one sentence, never another exception."""

from __future__ import annotations

import inspect
import sqlite3
from typing import TYPE_CHECKING

import pytest

from news.reading import Reading
from store import errors, open_store
from store.digests import Digest
from store.feeds import Feed
from store.notes import Incident
from store.outbox import Owed
from store.pace import Limit
from store.quotes import StoredQuote
from store.subscriptions import Wish
from tests.store.telling import NOON, Teller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store import Store

PARTS = (
    *("articles", "people", "meetings", "quotes", "chats", "users", "exchange", "feeds", "inbox", "outbox", "pace"),
    *("subscriptions", "digests", "notes"),
)
"""Every part but the search index, which is a file of its own."""

OWED = Owed(
    id=1,
    chat=1,
    thread=0,
    story=1,
    kind="new",
    lane=1,
    state="claimed",
    due=NOON,
    attempts=0,
    fence=1,
    article=None,
    subscription=None,
    reason="",
    body="{}",
    message=None,
    error=None,
    created=NOON,
    sent=None,
)
FEED = Feed(
    id=1,
    url="https://a.example/feed",
    name="a",
    host="a.example",
    list=None,
    interval=900,
    paused=False,
    due=NOON,
    fence=1,
    etag=None,
    modified=None,
    failures=0,
    error=None,
    checked=None,
    worked=None,
    fresh=None,
    articles=0,
    created=NOON,
)
DIGEST = Digest(chat=1, thread=0, times=(480,), days=(0,), next=NOON, mark=NOON, fence=1, created=NOON)
QUOTE = StoredQuote(1, 1, "https://a.example/1", "A title", None, None, None, "unknown", "word", 0, 4, NOON)

VALUES: dict[str, object] = {
    "int": 1,
    "str": "word",
    "float": 1.0,
    "bool": True,
    "datetime": NOON,
    "datetime | None": NOON,
    "int | None": 1,
    "Sequence[int]": (1,),
    "Sequence[str]": ("word",),
    "tuple[int, ...]": (480,),
    "Mapping[str, int]": {},
    "Reading": Reading(),
    "Sequence[Quote]": (),
    "Sequence[StoredQuote]": (QUOTE,),
    "Sequence[Meeting]": (),
    "Sequence[Limit]": (Limit("all", 1.0),),
    "Access": "banned",
    "Wish": Wish(topic="harbour", words=("harbour",)),
    "Owed": OWED,
    "Feed": FEED,
    "Digest": DIGEST,
    "Incident": Incident("f", "text", 1, 0, NOON, NOON),
}
"""A value for every type of a parameter that has no default."""


def _methods(store: Store, part: str) -> list[tuple[str, Callable[..., object]]]:
    found = inspect.getmembers(getattr(store, part), inspect.ismethod)
    return [(name, method) for name, method in found if not name.startswith("_")]


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("locked") / "news.db"
    with open_store(path, wait=0.0) as store:
        Teller(store).tell(names=("Ada Novak",))
        # Our own connection goes too, as after a restart: a reader that is connected already is never locked out.
        store.engine._local.connection.close()
        store.engine._local.connection = None
        store.engine._open.clear()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        yield store
        other.execute("rollback")
        other.close()


def _call(method: Callable[..., object], store: Store) -> object:
    values = {**VALUES, "Article": Teller(store).article()}
    wanted = [one for one in inspect.signature(method).parameters.values() if one.default is inspect.Parameter.empty]
    positional = [values[one.annotation] for one in wanted if one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    named = {one.name: values[one.annotation] for one in wanted if one.kind is inspect.Parameter.KEYWORD_ONLY}
    return method(*positional, **named)


@pytest.mark.parametrize("part", PARTS)
def test_a_locked_file_is_answered_with_a_sentence_by_every_method(locked: Store, part: str) -> None:
    silent = []
    for name, method in _methods(locked, part):
        try:
            _call(method, locked)
        except errors.Locked as error:
            if "in use by another program" in str(error):
                continue
        silent.append(name)
    assert not silent


@pytest.mark.parametrize("part", PARTS)
def test_the_same_calls_work_when_nobody_holds_the_file(store: Store, part: str) -> None:
    methods = _methods(store, part)
    assert methods
    for name, method in methods:
        try:
            _call(method, store)
        except errors.NotFound:
            assert name in {"merge", "part"}  # there is nobody yet to be united


@pytest.mark.parametrize("name", ["status", "backup"])
def test_the_store_as_a_whole_says_so_too(locked: Store, name: str, tmp_path: Path) -> None:
    values = (str(tmp_path / "copy.db"),) if name == "backup" else ()
    with pytest.raises(errors.Locked):
        getattr(locked, name)(*values)

"""A desk over the sample archive, fresh for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

import handlers
from bot import samples
from handlers.desk import Desk, Request
from handlers.reply import Reply
from store import open_store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 6, 6, 9, 0, tzinfo=UTC)
Say = Callable[..., Reply]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    with open_store(folder / "news.sqlite") as store:
        samples.load(store, NOW)
    return folder


@pytest.fixture
def desk(archive: Path, tmp_path: Path) -> Iterator[Desk]:
    for file in archive.iterdir():
        shutil.copy(file, tmp_path / file.name)
    with open_store(tmp_path / "news.sqlite") as store:
        yield Desk(store)


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "empty.sqlite") as store:
        yield Desk(store)


@pytest.fixture
def say(desk: Desk) -> Say:
    def send(text: str = "", **more: Any) -> Reply:  # noqa: ANN401
        return handlers.answer(Request(**{"now": NOW, "chat": 7, "user": 7, "text": text, "owner": True, **more}), desk)

    return send


def presses(reply: Reply) -> list[str]:
    return [button.press for row in reply.buttons for button in row if button.press]


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]

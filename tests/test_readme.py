"""What the README says is true: its answers are the sample archive's, its commands and links exist."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import handlers
from bot import samples
from bot.cli import COMMANDS as CLI
from bot.cli import main
from handlers.commands import BY_NAME
from handlers.desk import Desk, Request
from handlers.reply import plain
from store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ASKED = re.findall(r"^\*\*([^*\n]+)\*\*\n\n((?:^>.*\n)+)", README, re.MULTILINE)
NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_store(tmp_path_factory.mktemp("readme") / "news.sqlite") as store:
        samples.load(store, NOW)
        yield Desk(store)


def bare(text: str) -> str:
    """The words of Markdown or of a reply, without marks, addresses and line breaks."""
    text = re.sub(r"\(https?://[^)]*\)", "", text)
    return " ".join(re.sub(r"[>|…]", " ", text.replace("*", "")).split())


def test_there_are_five_questions() -> None:
    assert len(ASKED) == 5


@pytest.mark.parametrize(("question", "answer"), ASKED, ids=[question for question, _ in ASKED])
def test_an_answer_of_the_readme_is_the_archives_own(desk: Desk, question: str, answer: str) -> None:
    reply = bare(plain(handlers.answer(Request(now=NOW, chat=1, text=question), desk)))
    for paragraph in re.split(r"^>+\s*$", answer, flags=re.MULTILINE):
        for line in re.split(r"\n(?=>+ ?\*\*|> \d+ source)", paragraph):
            assert bare(line) in reply


def test_every_command_of_the_chat_that_is_named_exists() -> None:
    named = set(re.findall(r"`/([a-z]+)", README))
    assert named
    assert named <= set(BY_NAME)


def test_every_command_of_the_command_line_that_is_named_exists_and_has_help() -> None:
    named = set(re.findall(r"\./run ([a-z]+)", README)) - {"test", "check", "bench", "quality", "lock"}
    assert named
    assert named <= set(CLI)
    for name in sorted(named):
        shown = CliRunner().invoke(main, [name, "--help"])
        assert shown.exit_code == 0
        assert "Usage:" in shown.output


def test_every_file_that_is_linked_exists() -> None:
    for target in re.findall(r"(?:\]\(|src=\")([^)\"#]+)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target

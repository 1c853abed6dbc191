"""What docs/commands.md says is what programs are given: every field it names comes, and no other does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main

DOCUMENT = (Path(__file__).resolve().parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
PAGE = (
    "Ada Lindqvist met Peter Holm in Oslo on Tuesday, the ministry said, to talk about a corridor for grain ships.\n\n"
    '"We have agreed on the route and on who will pay for it," Lindqvist told reporters after the talks.'
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE", "TELEGRAM_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def told(*arguments: str, given: str = "") -> dict[str, Any]:
    """The first object that a command prints."""
    result = CliRunner().invoke(main, arguments, input=given)
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[0])
    return found


def section(command: str) -> str:
    """What the document says of a command."""
    return DOCUMENT.partition(f"## `./run {command}")[2].partition("\n## ")[0]


def first_column(command: str) -> set[str]:
    """The fields in the first column of the table of a command."""
    cells = [line.split("|")[1] for line in section(command).splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def inner(command: str, field: str) -> set[str]:
    """The fields of the objects in a field."""
    (line,) = [line for line in section(command).splitlines() if line.startswith(f"| `{field}`")]
    return set(re.findall(r"\w+", line.split("{", 1)[1].split("}", 1)[0]))


def row(command: str) -> set[str]:
    """The fields of a command that has a line of its own."""
    (line,) = [line for line in DOCUMENT.splitlines() if line.startswith(f"| `./run {command}")]
    listed = line.split("|")[2].split("`{", 1)[1].rsplit("}`", 1)[0]
    return set(re.findall(r"\w+", re.sub(r": \[.*?\]", "", listed)))


def test_reading_gives_the_fields_that_are_named() -> None:
    found = told("read", "--lines", given=json.dumps({"id": 1, "text": PAGE, "published": "2025-05-06"}) + "\n")
    assert set(found) == first_column("read")
    for field in ("names", "quotes", "meetings", "days"):
        assert set(found[field][0]) == inner("read", field), field


def test_adding_gives_the_fields_that_are_named() -> None:
    given = json.dumps({"id": 1, "text": PAGE}) + "\n" + json.dumps({"id": 2, "text": "Too short."}) + "\n"
    lines = CliRunner().invoke(main, ["add", "--lines"], input=given).stdout.splitlines()
    fields = set(re.findall(r"\w+", section("add").partition("answers `{")[2].partition("}")[0]))
    assert {name for line in lines for name in json.loads(line)} == fields


def test_asking_gives_the_fields_that_are_named() -> None:
    met = told("ask", "who met Putin?", "--json", "--database", "samples")
    said = told("ask", "what did Trump say about Syria?", "--json", "--database", "samples")
    assert set(met) == first_column("ask")
    assert set(met["meetings"][0]) == inner("ask", "meetings")
    assert set(met["articles"][0]) == inner("ask", "articles")
    assert set(met["stories"][0]) == inner("ask", "stories")
    assert set(said["quotes"][0]) == inner("ask", "quotes")


@pytest.mark.parametrize(
    ("command", "options"),
    [("stories", ()), ("status", ()), ("subscribe", ("grain ships", "--chat", "1")), ("subscriptions", ())],
)
def test_a_command_gives_the_fields_of_its_line(command: str, options: tuple[str, ...]) -> None:
    CliRunner().invoke(main, ["subscribe", "bridge", "--chat", "2", "--database", "samples"])
    assert set(told(command, *options, "--json", "--database", "samples")) == row(command)

"""How the command line meets mistakes: with a sentence, the nearest that exists, and an exit status that tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.test_command_line import STORY, place, run, told

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["place"]


@pytest.fixture
def kept(place: Path) -> Path:
    page = {"id": 1, "text": STORY, "title": "Ministers agree on grain corridor"}
    assert run("add", "--lines", given=[page]).exit_code == 0
    return place


@pytest.mark.usefixtures("kept")
def test_a_topic_that_is_refused_ends_with_one_and_a_reason() -> None:
    result = run("subscribe", "the", "--chat", "1")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "does not tell one article from another" in result.stderr
    (line,) = told(run("subscribe", "the", "--chat", "1", "--json"))
    assert line["subscriptions"] == []
    assert run("subscriptions", "--json").stdout == ""


@pytest.mark.usefixtures("kept")
def test_a_topic_that_is_followed_or_was_ends_with_zero() -> None:
    assert run("subscribe", "grain", "corridor", "--chat", "1").exit_code == 0
    again = run("subscribe", "grain", "corridor", "--chat", "1")
    assert again.exit_code == 0
    assert again.stdout.startswith("You follow this already.")
    assert len(told(run("subscriptions", "--json"))) == 1


@pytest.mark.usefixtures("kept")
def test_a_name_that_two_have_is_not_followed_and_both_are_named() -> None:
    pages = [
        {
            "id": n,
            "text": f"{name} Karsten opens a mill\n\n"
            f"The engineer {name} Karsten opened a mill near the river on Monday, and {name} Karsten gave a speech.",
            "url": f"https://mill.example/{n}",
        }
        for n, name in enumerate(("Anna", "Boris"))
    ]
    assert run("add", "--lines", given=pages).exit_code == 0
    result = run("subscribe", "met", "Karsten", "--chat", "1")
    assert result.exit_code == 1
    assert "Anna Karsten" in result.stderr
    assert "Boris Karsten" in result.stderr


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("question", ["who met Lindqvist?", "what did Lindqvist say?"])
def test_the_articles_behind_meetings_and_quotations_are_named_without_an_address_too(question: str) -> None:
    (line,) = told(run("ask", question, "--json"))
    (article,) = line["articles"]
    assert article["title"] == "Ministers agree on grain corridor"
    assert [story["title"] for story in line["stories"]] == ["Ministers agree on grain corridor"]


def test_a_question_that_is_missing_is_told_before_any_archive_is_opened(place: Path) -> None:
    for arguments in (("ask",), ("ask", " "), ("ask", "--now", "soon", "who met Putin?")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "sample archive" not in result.stderr
    assert not list(place.iterdir())


@pytest.mark.parametrize(
    ("written", "meant"), [("aks", "ask"), ("story", "stories"), ("subscribtions", "subscriptions"), ("feed", "feeds")]
)
def test_a_misspelt_command_names_the_nearest(written: str, meant: str) -> None:
    result = run(written)
    assert result.exit_code == 2
    assert f"Did you mean {meant}" in result.stderr


def test_a_question_without_its_command_is_told_how_it_is_asked() -> None:
    result = run("who met Putin?")
    assert result.exit_code == 2
    assert './run ask "who met Putin?"' in result.stderr


def test_an_empty_archive_says_how_it_is_filled_from_here(place: Path) -> None:
    text = run("ask", "who met Putin?", "--database", "new.sqlite").stdout
    assert "./run add" in text
    assert "/sources" not in text

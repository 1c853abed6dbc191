"""How the desk behaves towards people in a hurry, with bad typing, or with something else in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.reply import Reply, plain

if TYPE_CHECKING:
    from tests.handlers.conftest import Say


def first_line(reply: Reply) -> str:
    return plain(reply).splitlines()[0]


@pytest.mark.parametrize("text", ["😀 merz", "merz 🇩🇪", "👉 Merz!!"])
def test_a_name_beside_an_emoji_is_that_name(say: Say, text: str) -> None:
    assert first_line(say(text)) == "Friedrich Merz, German Chancellor."


@pytest.mark.parametrize("text", ["hollywood strike", "pope tariffs", "jobless figures"])
def test_an_article_with_one_of_two_words_is_no_answer(say: Say, text: str) -> None:
    assert first_line(say(text)) == f"Nothing found on “{text}”."

"""Meetings in a capital that is only described."""

from __future__ import annotations

import pytest

from news.article import Article
from news.reading import read


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Donald Tusk and Friedrich Merz met on Wednesday in the Polish capital and spoke of the border.", "Warsaw"),
        ("In the South Korean capital, Friedrich Merz met Donald Tusk on Wednesday.", "Seoul"),
        ("Donald Tusk met Friedrich Merz in Paris, before a concert in the Polish capital.", "Paris"),
        ("Donald Tusk met Friedrich Merz on Wednesday, while a fire burned in the Polish capital.", None),
        ("Donald Tusk met Friedrich Merz on Wednesday in the new capital.", None),
    ],
)
def test_the_capital_of_a_people_is_the_place_of_a_meeting(text: str, place: str | None) -> None:
    (found,) = read(Article(id=1, title="", text=text)).meetings
    assert found.place == place

"""Pages as the systems of papers make them, our own stories inside: tests/data/wild, one file a kind of page.

A file opens with what must be read out of it; {en3} stands for the third paragraph of a story in stories.json.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from news.page import read_page

HERE = Path(__file__).parent.parent / "data" / "wild"
STORIES: dict[str, str] = json.loads((HERE / "stories.json").read_text(encoding="utf-8"))
PAGES = sorted(HERE.glob("*.html"))


def filled(text: str) -> str:
    return re.sub(r"\{([a-z]+\d+)\}", lambda found: STORIES[found.group(1)], text)


def page_in(path: Path) -> tuple[dict[str, Any], str]:
    head, _, page = path.read_text(encoding="utf-8").partition(" -->\n")
    return json.loads(head.removeprefix("<!-- ")), filled(page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_of_each_kind_gives_its_story_and_who_wrote_it_when(path: Path) -> None:
    wanted, html = page_in(path)
    found = read_page(html, url=wanted["url"])
    text = "\n\n".join(map(filled, wanted["text"]))
    if wanted.get("lead"):  # the words under a headline may be counted as the first of the story
        assert found.text.endswith(text)
        assert len(found.text) < len(text) + 200
    else:
        assert found.text == text
    assert found.title == wanted["title"]
    assert list(found.byline) == wanted["byline"]
    assert (found.published.date().isoformat() if found.published else None) == wanted["day"]
    assert set(found.tags) >= set(wanted.get("tags", ()))

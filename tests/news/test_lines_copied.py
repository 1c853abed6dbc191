"""Pages copied from a browser, a mail or a channel as plain text: tests/data/copied, one file a kind of page.

The first line says what must be read out of the rest; {en3} stands for a paragraph of a story in wild/stories.json.
"""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest

from news.page import read_page

DATA = Path(__file__).parent.parent / "data"
STORIES: dict[str, str] = json.loads((DATA / "wild" / "stories.json").read_text(encoding="utf-8"))
PAGES = sorted((DATA / "copied").glob("*.txt"))


def filled(text: str) -> str:
    return re.sub(r"\{([a-z]+\d+)\}", lambda found: STORIES[found.group(1)], text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_copied_page_gives_its_story_and_who_wrote_it_when(path: Path) -> None:
    first, _, page = path.read_text(encoding="utf-8").partition("\n")
    wanted = json.loads(first)
    found = read_page(filled(page))
    assert found.text == "\n\n".join(map(filled, wanted["text"]))
    assert wanted["title"] in {found.title, None}
    assert list(found.byline) == wanted["byline"]
    assert (found.published.date().isoformat() if found.published else None) == wanted["day"]
    assert list(found.tags) == wanted.get("tags", list(found.tags))


def test_a_mail_with_wrapped_lines_gives_whole_paragraphs() -> None:
    story = [STORIES[f"en{number}"] for number in range(1, 9)]
    parts = ["Port Alder reopens its eastern quay after eighteen months", "By Lena Kemp, 22 April 2025"]
    found = read_page("\n\n".join([*parts, *(textwrap.fill(text, 68) for text in story)]))
    assert found.text == "\n\n".join(story)
    assert (found.title, found.byline) == (parts[0], ("Lena Kemp",))

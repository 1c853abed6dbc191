"""What a page says around its story: captions, summary, bylines, dates, topics, titles of other stories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from news import page_kind as kind
from news.furniture import is_date_line, is_furniture
from news.metadata import words_key
from news.metadata_byline import opens_byline
from news.page_body import weigh
from news.text import fold

if TYPE_CHECKING:
    from news.page_body import View

_TOPIC = re.compile(
    r"/(?:tags?|topics?|themen?|themes?|temas?|labels?|keywords?|schlagwort|thema|tema|etiquetas?|tagi?|temat|emne|amne|dossier)/"
)
_UMLAUTS = str.maketrans({"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00df": "ss"})


def standfirst(view: View, first: int) -> str | None:
    """The words between headline and story that sum it up."""
    for index in range(max(0, view.headline + 1), first):
        block = view.tree.blocks[index]
        held = view.held(index)
        summing = held & kind.DEK or block.tag in {"h2", "h3"}
        if len(block.text) >= 40 and summing and not held & (kind.CAPTION | kind.HIDDEN):
            return block.text
    return None


def texts_of(view: View, indices: range | list[int], wanted: int) -> tuple[str, ...]:
    """Texts of the blocks held for `wanted`, each once."""
    held = (index for index in indices if index < view.headline or index not in view.beyond)
    texts = (line for index in held if view.held(index) & wanted for line in view.tree.lines_of(index))
    return tuple(dict.fromkeys(text for text in texts if len(text) < 1500))[:40]


def captions(view: View, indices: list[int]) -> tuple[str, ...]:
    """The words under the pictures of a story, each once, without the labels, dates and names that stand there too."""
    found: dict[str, None] = {}
    for index in indices:
        block = view.tree.blocks[index]
        words = len(block.text.split()) > 3 or not block.text.isascii()
        told = words and 2 * block.linked <= len(block.text) < 1500
        told = told and not is_date_line(block.text) and not opens_byline(block.text[:80])
        if told and view.held(index) & (kind.CAPTION | kind.GALLERY) and not is_furniture(block.text, linked=False):
            found[block.text] = None
    return tuple(found)[:40]


def related(view: View, indices: list[int]) -> tuple[tuple[str, str], ...]:
    """Titles and links of other stories that the page shows beside or below this one."""
    links: dict[str, str] = {}
    for index in indices:
        if index not in view.teasers and not view.held(index) & kind.RELATED:
            continue
        for label, href in view.tree.blocks[index].links:
            whole = weigh(label) >= 20 and (len(label.split()) >= 4 or not label.isascii())
            if whole and len(label) < 200 and not (is_furniture(label, linked=False) or is_date_line(label)):
                links.setdefault(label, href)
    return tuple(links.items())[:40]


def near_lines(view: View, start: int) -> tuple[str, ...]:
    """Short lines from above the headline to the first paragraphs, where dates and names of authors stand."""
    if view.headline < 0:
        return ()
    indices = range(max(0, view.headline - 6), min(len(view.tree.blocks), max(view.headline + 16, start + 4)))
    apart = kind.CAPTION | kind.GALLERY | kind.POSTED
    shown = (index for index in indices if index not in view.teasers and not view.held(index) & apart)
    shown = (index for index in shown if index < view.headline or index not in view.beyond)
    texts = (line for index in shown for line in view.tree.lines_of(index))
    return tuple(text for text in texts if len(text) <= 160)


def topics(view: View, start: int, end: int) -> tuple[str, ...]:
    """Labels of the links to topics in the first group of them behind the story, else in the last one above it.

    A single link is believed where there is no group: links to a section look like it.
    """
    size = len(view.tree.blocks)
    groups = [_group(view, range(start, min(size, end + 60)), end + 25)]
    groups += [_group(view, range(start, max(-1, view.headline - 12), -1), -1)]
    several = next((tuple(group) for group in groups if len(group) > 1), ())
    return (several or next((tuple(group) for group in groups if group), ()))[:30]


def _group(view: View, indices: range, spelled: int) -> list[str]:
    """The topics in the first stretch of blocks that holds any; up to `spelled` an address may spell its label."""
    labels: dict[str, None] = {}
    last = 0
    for index in indices:
        found = _labels(view, index, slugs=index < spelled and not view.held(index) & kind.JUNK)
        if not found and labels and abs(index - last) > 2:
            break
        if found:
            last = index
            labels.update(dict.fromkeys(found))
    return list(labels)


def _labels(view: View, index: int, *, slugs: bool) -> list[str]:
    """The labels of a block's links that lead to topics: by their box, their path, or because it spells the label."""
    block = view.tree.blocks[index]
    if view.sized.prose[index] >= 60 or block.linked < 0.35 * len(block.text):
        return []
    boxed = view.held(index) & kind.TAGS
    short = [(label, href) for label, href in block.links if 1 < len(label) < 50 and len(label.split()) <= 6]
    return [
        label
        for label, href in short
        if (boxed or _TOPIC.search(href) or (slugs and len(label) <= 30 and _spells(href, label)))
        and label[-1] != "."
        and not is_furniture(label, linked=True)
    ]


def _spells(href: str, label: str) -> bool:
    """Whether the last part of an address is its label, as in /politics/foreign-aid/ for "Foreign aid"."""
    path = urlsplit(href).path if len(href) < 500 else ""
    last = path.rstrip("/").rsplit("/", 1)[-1]
    slug = words_key(fold(label.lower().translate(_UMLAUTS)))
    return len(slug) > 2 and words_key(last.partition(".")[0]) == slug

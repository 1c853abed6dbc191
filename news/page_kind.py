"""What an element of a page is held for by its tag, its class and its id: a sum of kinds. A hint, never a verdict."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from news.lists import section, word_set

JUNK: Final = 1
WEAK: Final = 2
CAPTION: Final = 4
GALLERY: Final = 8
BYLINE: Final = 16
DATE: Final = 32
DEK: Final = 64
BODY: Final = 128
TITLE: Final = 256
TAGS: Final = 512
RELATED: Final = 1024
HIDDEN: Final = 2048
POSTED: Final = 4096  # a message of a social network, shown inside a story
ASKING: Final = 8192  # a box that holds a form
LED: Final = 16384  # a box that opens with a heading that ends stories
_KINDS = {
    "junk": JUNK, "weak": WEAK, "caption": CAPTION, "gallery": GALLERY, "byline": BYLINE, "date": DATE, "dek": DEK,
    "body": BODY, "title": TITLE, "tags": TAGS, "related": RELATED, "hidden": HIDDEN,
}  # fmt: skip
_TABLE: dict[str, int] = {}
for _name, _bit in _KINDS.items():
    for _word in section("page_words", _name):
        _TABLE[_word] = _TABLE.get(_word, 0) | _bit
_FIRST_HALVES = frozenset(word[:cut] for word in _TABLE for cut in range(1, len(word)))

HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAMING = ("id", "itemprop", "data-component", "data-testid")
_TELLING = frozenset((*_NAMING, "hidden", "aria-hidden", "style", "role"))
_ASIDE_ROLES = word_set("navigation complementary contentinfo dialog search menu alertdialog")
_NAMELESS = HEADINGS | frozenset(("article", "main", "section", "body"))
"""Boxes whose names say what the story is about ("tag-politics"), never what they are."""
_TAG_KINDS = {
    "aside": JUNK,
    "footer": JUNK,
    "figcaption": CAPTION,
    "figure": CAPTION,
    "caption": CAPTION,
    "legend": JUNK,
}
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_DIGITS: Final = "0123456789"
_LONGEST_NAME: Final = 1_000


@lru_cache(maxsize=1 << 15)
def _kinds_of_name(name: str) -> int:
    """What the words of one class hint at; pages have thousands of classes, made of few hundred names."""
    parts = [part.lower() for part in _PARTS.findall(name)[:12]]
    kinds = 0
    if not _TABLE.keys().isdisjoint(parts):
        for part in parts:
            kinds |= _TABLE.get(part, 0)
    if len(parts) > 1 and not _FIRST_HALVES.isdisjoint(parts):
        for first, second in pairwise(parts):
            kinds |= _TABLE.get(first + second, 0)
    return kinds


@lru_cache(maxsize=1 << 14)
def kinds_of(names: str) -> int:
    """What the words of a class or id hint at, as a sum of kinds."""
    kinds = 0
    for name in names.split()[:24]:
        kinds |= _kinds_of_name(name.rstrip(_DIGITS))
    return kinds


def judged(tag: str, attributes: dict[str, str | None]) -> int:
    """What an element's tag and attributes hint at."""
    kinds = _TAG_KINDS.get(tag, 0)
    if not attributes:
        return kinds
    get = attributes.get
    classes = get("class")
    if classes:
        if tag not in _NAMELESS and len(classes) < _LONGEST_NAME:
            kinds |= kinds_of(classes)
        if tag == "blockquote" and ("tweet" in classes or "instagram" in classes):
            kinds |= POSTED
    if _TELLING.isdisjoint(attributes):
        return kinds
    if tag not in _NAMELESS:
        for naming in _NAMING:
            names = get(naming)
            if names and len(names) < _LONGEST_NAME:
                kinds |= kinds_of(names)
    if "hidden" in attributes or get("aria-hidden") == "true":
        kinds |= HIDDEN
    style = get("style")
    if style and "none" in style and "display:none" in style.replace(" ", "").lower():
        kinds |= HIDDEN
    if get("role") in _ASIDE_ROLES:
        kinds |= JUNK
    return kinds

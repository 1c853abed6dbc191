"""What the index holds of a text: its words as terms, equal for every way of writing them.

A term is a word in small Latin letters without accents, marks and possessive: "Erdoğan’s" gives "erdogan", "U.S." and
"US" give "usa" (the pronoun "us" is another word). Articles and questions go through the same door.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from news.lists import section
from news.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

STOP = section("stop_words", "always")
"""Words that a body is not searched by."""

ASKING = section("stop_words", "question")
"""Words that a question is made of."""

MAX_TERM = 32
"""Letters of a term; the longest word of news is shorter, and what is longer (an address, noise) is cut."""

_RAW = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PART = re.compile(r"[a-z0-9]+")
_SPACELESS = re.compile(r"[฀-๿぀-ヿ㐀-鿿豈-﫿]|[^฀-๿぀-ヿ㐀-鿿豈-﫿]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_DOTTED = (("U.S.", "US "), ("U.K.", "UK "), ("U.N.", "UN "), ("E.U.", "EU "), ("D.C.", "DC "))
_STATES = frozenset({"US", "USA"})


def raw_terms(text: str) -> list[str]:
    """The runs of letters and digits of a text as written, in order, before `terms_of`."""
    if "." in text:
        for dotted, plain in _DOTTED:
            text = text.replace(dotted, plain)
    return _RAW.findall(text)


@lru_cache(maxsize=1 << 14)
def terms_of(raw: str) -> tuple[str, ...]:
    """The terms of one run of letters: one as a rule, none for bare marks, one a sign for scripts without spaces."""
    if raw in _STATES:
        return ("usa",)
    if raw.isascii() and raw.isalnum():
        return (raw.lower()[:MAX_TERM],)
    pieces = _SPACELESS.findall(raw) if not raw.isascii() else [raw]
    folded = (_POSSESSIVE.sub("", fold(piece)).replace("'", "") for piece in pieces)
    return tuple(part[:MAX_TERM] for piece in folded for part in _PART.findall(piece))


def terms(text: str) -> list[str]:
    """The terms of a text, in order, stop-words included."""
    return [term for raw in raw_terms(text) for term in terms_of(raw)]


def telling(found: Iterable[str]) -> list[str]:
    """The terms that say what a question is about, each once, in order; all of them where none does."""
    once = list(dict.fromkeys(found))
    for left_out in (STOP | ASKING, STOP):
        kept = [term for term in once if term not in left_out]
        if kept:
            return kept
    return once

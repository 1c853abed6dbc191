"""Shouted lines and Title-Case headlines in ordinary case, so that a capital means a name again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from news.name_titles import is_title
from news.name_words import (
    CALENDAR,
    COMMON,
    CONTEXT,
    FIRST_NAMES,
    ORG_WORDS,
    ORG_WORDS_WEAK,
    ORGANISATIONS,
    PLACE_HEADS,
    PLACE_WORDS,
    PORTFOLIO,
    SURNAMES,
)
from news.place import DEMONYMS, PLACES

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?")
_CAPITALISED = re.compile(r"(?<![\w'’])[A-ZÀ-ÖØ-Þ][\w-]+")
_KNOWN = frozenset(name for name in ORGANISATIONS | PLACES if " " in name)
_KNOWN_HEADS = frozenset(name.split()[0] for name in _KNOWN)
_IN_NAMES = (
    frozenset(FIRST_NAMES)
    | SURNAMES
    | ORG_WORDS
    | ORG_WORDS_WEAK
    | PLACE_WORDS
    | PLACE_HEADS
    | PORTFOLIO
    | DEMONYMS
    | PLACES
    | CALENDAR
)
"""Words that names, titles and dates are made with."""
_PROPER = frozenset(FIRST_NAMES) | SURNAMES | PLACES | ORGANISATIONS
_LONGEST_HEADLINE = 200
_QUOTED = re.compile(r"[“\"](?=(?:[A-Z][\w’'-]*[ ,]+){3})([^“”\"\n]{16,200})[”\"]")
"""A quotation that opens with three words with capitals."""
_CHECKED = 3
"""Headlines of a text whose pairs of words are looked for in the rest of it."""
_TELLING = 3
"""Capitalised words that the rest of a text must have before a word that it lacks counts as no name."""


_PLAIN_VERBS = CONTEXT["headline capitals"]
"""Words that Title Case writes with a capital."""
_SMALL = CONTEXT["headline small"]
"""Words that Title Case may write small."""


class _Body(Struct, frozen=True):
    """The lines of a text that are no headlines, and their capitalised words."""

    text: str
    capitals: frozenset[str]


def recased(text: str) -> str:
    """The text with shouted lines and Title-Case headlines in ordinary case; every character stays where it was."""
    lines = text.split("\n")
    shouted = [_is_shouted(line) for line in lines]
    headlines = [not loud and _is_headline(line) for line, loud in zip(lines, shouted, strict=True)]
    quoted = [_quoted_headlines(line) for line in lines]
    if True not in shouted and True not in headlines and not any(quoted):
        return text
    plain = [_without(line, quoted[i]) for i, line in enumerate(lines) if not shouted[i] and not headlines[i]]
    rest = "\n".join(plain)
    capitals = frozenset(_CAPITALISED.findall(rest))
    body = _Body(rest, capitals if len(capitals) >= _TELLING else frozenset())
    checked = 0
    for i, line in enumerate(lines):
        if shouted[i]:
            lines[i] = _plain_shout(line)
        elif headlines[i]:
            checked += 1
            lines[i] = _plain_headline(line, body if checked <= _CHECKED else _Body("", body.capitals))
        else:
            for start, end in quoted[i]:
                lines[i] = lines[i][:start] + _plain_headline(lines[i][start:end], body) + lines[i][end:]
    return "\n".join(lines)


def _without(line: str, spans: list[tuple[int, int]]) -> str:
    """A line without some of its spans."""
    for start, end in reversed(spans):
        line = line[:start] + line[end:]
    return line


def _quoted_headlines(line: str) -> list[tuple[int, int]]:
    """Where the headlines in Title Case stand that a line quotes, without their marks."""
    found = [match.span(1) for match in _QUOTED.finditer(line)] if "“" in line or '"' in line else []
    return [(start, end) for start, end in found if _is_headline(line[start:end].rstrip(",.") + " ")]


def _is_shouted(line: str) -> bool:
    return len(line) > 12 and line.isupper() and line.count(" ") >= 2


def _is_headline(line: str) -> bool:
    """Whether nearly all long words of a short line have a capital; before a full stop also words that no name has."""
    if not 15 < len(line) <= _LONGEST_HEADLINE:
        return False
    words = line.split()
    end = line.rstrip()[-1:]
    if not 4 <= len(words) <= 30 or end in {":", ","} or line[0] in "(*" or not _PLAIN_VERBS.isdisjoint(words):
        return False
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    if len(long) < 4 or sum(word[0].isupper() for word in long) < 0.8 * len(long):
        return False
    plain = sum(_is_plain(word.rstrip(".")) for word in words[1:])
    if end != ".":
        return plain > 0
    return plain >= 2 and not any(word.islower() and word.isalpha() and word not in _SMALL for word in words)


def _is_plain(word: str) -> bool:
    """Whether a capitalised word is one that stands in small letters elsewhere and belongs to no name or title."""
    if not word[:1].isupper() or word.lower() not in COMMON:
        return False
    return word not in _IN_NAMES and not is_title(word)


def _of_shouted(word: str, following: str) -> str:
    """A shouted word as it would stand in a sentence."""
    low = word.lower()
    if len(low) != len(word) or word in ORGANISATIONS or word in PLACES or "." in word:
        return word
    capital = word[0] + low[1:]
    if low in COMMON and not (capital in FIRST_NAMES and following.lower() not in COMMON):
        return capital if is_title(word) else low
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def _rewritten(line: str, words: list[re.Match[str]], spell: Callable[[int, str], str]) -> str:
    """The line with each word spelt anew, at the same length."""
    pieces: list[str] = []
    at = 0
    for i, match in enumerate(words):
        old = match.group()
        new = spell(i, old)
        pieces += [line[at : match.start()], new if len(new) == len(old) else old]
        at = match.end()
    return "".join(pieces) + line[at:]


def _plain_shout(line: str) -> str:
    words = list(_WORD.finditer(line))
    following = [match.group() for match in words[1:]] + [""]
    return _rewritten(line, words, lambda i, word: _of_shouted(word, following[i]))


def _plain_headline(line: str, body: _Body) -> str:
    """A headline in small letters, except for names that are known or that the rest of the text has."""
    words = list(_WORD.finditer(line))
    kept = _named([match.group() for match in words], body)

    def spell(i: int, word: str) -> str:
        """The word as it would stand in a sentence."""
        name = word.partition("'")[0].partition("’")[0]
        known = name.lower() not in COMMON and (not body.capitals or name in body.capitals or name in _PROPER)
        return word if i in kept or known or word.isupper() or name in DEMONYMS else word.lower()

    return _rewritten(line, words, spell)


def _named(spelt: list[str], body: _Body) -> set[int]:
    """Indices of words that belong to names of several words."""
    kept: set[int] = set()
    for i, word in enumerate(spelt):
        kept |= _known_from(spelt, i)
        following = spelt[i + 1] if i + 1 < len(spelt) else ""
        if following[:1].isupper() and word[:1].isupper():
            kept |= {i + n for n in _pair(word, following, body)}
    return kept


def _known_from(spelt: list[str], i: int) -> set[int]:
    """Indices of a place or organisation of several words that the lists know and that begins at `i`."""
    if spelt[i] not in _KNOWN_HEADS:
        return set()
    length = max((n for n in range(2, 6) if " ".join(spelt[i : i + n]) in _KNOWN), default=0)
    return set(range(i, i + length))


def _pair(word: str, following: str, body: _Body) -> tuple[int, ...]:
    """Which of two words, and of a third behind an initial, belong to one name: their places from the first on."""
    name = following.partition("'")[0].partition("’")[0]
    proper = name not in ORGANISATIONS and name not in PLACES and name.lower() not in COMMON
    bearable = proper and (not body.capitals or name in body.capitals)
    if f"{word} {name}" in body.text or (word in FIRST_NAMES and bearable):
        return 0, 1
    if word in FIRST_NAMES and len(name) <= 2 and name[-1:] in {".", name[:1]}:
        return 0, 1, 2  # "George W. Bush"
    return (0,) if is_title(word) and bearable else ()

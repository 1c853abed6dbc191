"""Shouted lines and Title-Case headlines in ordinary case, so that a capital means a name again."""

from __future__ import annotations

import re

from news.name_words import COMMON, FIRST_NAMES, ORGANISATIONS, TITLES
from news.place import PLACES

_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?")
_KNOWN = frozenset(name for name in ORGANISATIONS | PLACES if " " in name)
_KNOWN_HEADS = frozenset(name.split()[0] for name in _KNOWN)
_LONGEST_HEADLINE = 200
_CHECKED = 3
"""Headlines of a text whose pairs of words are looked for in the rest of it."""


def recased(text: str) -> str:
    """The text with shouted lines and Title-Case headlines in ordinary case; every character stays where it was."""
    found: list[str] = []
    checked = 0
    for line in text.split("\n"):
        if _is_shouted(line):
            found.append(_plain_shout(line))
        elif len(line) <= _LONGEST_HEADLINE and _is_headline(line):
            body = text if checked < _CHECKED else ""
            checked += 1
            found.append(_plain_headline(line, body))
        else:
            found.append(line)
    return "\n".join(found)


def _is_shouted(line: str) -> bool:
    return len(line) > 12 and line.isupper() and line.count(" ") >= 2


def _is_headline(line: str) -> bool:
    words = line.split()
    if not 4 <= len(words) <= 30 or line.rstrip().endswith((".", ":", ",")):
        return False
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _of_shouted(word: str, following: str) -> str:
    """A shouted word as it would stand in a sentence."""
    low = word.lower()
    if len(low) != len(word):
        return word
    capital = word[0] + low[1:]
    if word in ORGANISATIONS or word in PLACES or "." in word:
        return word
    if low in COMMON and not (capital in FIRST_NAMES and following.lower() not in COMMON):
        return capital if low in TITLES else low
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def _rewritten(line: str, words: list[re.Match[str]], instead: list[str]) -> str:
    """The line with each word replaced by one as long."""
    pieces: list[str] = []
    at = 0
    for match, word in zip(words, instead, strict=True):
        pieces += [line[at : match.start()], word if len(word) == len(match.group()) else match.group()]
        at = match.end()
    return "".join(pieces) + line[at:]


def _plain_shout(line: str) -> str:
    words = list(_WORD.finditer(line))
    following = [match.group() for match in words[1:]] + [""]
    return _rewritten(line, words, [_of_shouted(w.group(), after) for w, after in zip(words, following, strict=True)])


def _plain_headline(line: str, body: str) -> str:
    """A headline with its common words in small letters, except in names that are known or that the body has."""
    words = list(_WORD.finditer(line))
    spelt = [match.group() for match in words]
    kept = _named(spelt, body)
    instead = [
        word if i in kept or word.lower() not in COMMON or word.isupper() else word.lower()
        for i, word in enumerate(spelt)
    ]
    return _rewritten(line, words, instead)


def _named(spelt: list[str], body: str) -> set[int]:
    """Indices of words that belong to names of several words."""
    kept: set[int] = set()
    for i, word in enumerate(spelt):
        following = spelt[i + 1] if i + 1 < len(spelt) else ""
        if word in _KNOWN_HEADS:
            for length in range(2, 6):
                if " ".join(spelt[i : i + length]) in _KNOWN:
                    kept.update(range(i, i + length))
        if (
            word in FIRST_NAMES
            and following[:1].isupper()
            and (following.lower() not in COMMON or word.lower() not in COMMON)
        ):
            kept.add(i)
            if following.lower() not in COMMON or body.count(f"{word} {following}") > 1:
                kept.add(i + 1)
        elif following[:1].isupper() and word[:1].isupper() and body.count(f"{word} {following}") > 1:
            kept.update((i, i + 1))
        if word.lower() in TITLES and following[:1].isupper() and following.lower() not in COMMON:
            kept.add(i)
    return kept

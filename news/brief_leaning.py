"""Whether a sentence can stand alone: nothing in it points at what another sentence said.

A reader of a briefing sees two sentences of an article, not the ones between: "But the deal …", "The Kremlin called it
useful" and "He added …" would leave them asking what deal, what, and who. The words stand in `data/leaning.txt`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.lists import entries, section
from news.name_links import last_name
from news.name_words import LEADERS, ROLES
from news.word_pattern import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from news.article import Span
    from news.person import Mention, Names

_OPENING = section("leaning", "opening")
_HARD_ON = section("leaning", "hard on")
_PEOPLE = frozenset(
    word
    for word in section("leaning", "people") | (ROLES - section("leaning", "no people"))
    if word[-1] != "s" or word.endswith("ss")
)
_PHRASES = frozenset(entries("leaning", "opening phrases"))
_STANDING = frozenset(entries("leaning", "standing phrases"))
_INSIDE = re.compile(any_of(entries("leaning", "inside")))
_FURNITURE = entries("leaning", "furniture")
_LONGEST_PHRASE = max(phrase.count(" ") + 1 for phrase in _PHRASES | _STANDING)
_HEADS = frozenset(phrase.split()[0] for phrase in _PHRASES | _STANDING)

_TOKEN = re.compile(r"[^\W_][\w'-]*,?")
_ENDING = re.compile(r"'(?:s|d|ll|ve|re|m)?$")
_QUOTED = re.compile(r"[\"\u201c][^\"\u201c\u201d]*[\"\u201d]")
_ONE = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]ers?|[Hh]is|himself|herself)\b")
_TELLER = re.compile(r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur|us|me|[Mm]yself|ourselves)\b")
"""Whoever tells it, who is nobody in a briefing."""
_THING = re.compile(r"\b(?:it|them)\b")
_FIRST_WORDS = 7
"""Words in which an "it" comes too early to have a noun of its own."""


def leans(sentence: str, names: Names | None, start: int) -> bool:
    """Whether a sentence that begins at `start` of its text needs another one to be understood."""
    plain = sentence.replace("\u2019", "'")
    end = start + len(sentence)
    if _opens_leaning(plain) or _misses_person(plain, names, start, end) or _misses_thing(plain):
        return True
    if _TELLER.search(plain) and _TELLER.search(_QUOTED.sub(" ", plain)):
        return True
    return _INSIDE.search(plain) is not None


def is_strange(names: Names, lead: Span, span: Span) -> bool:
    """Whether a sentence calls somebody by a family name alone whom neither the lead nor much news tells of."""
    known = {mention.name.name for mention in names.between(*lead)}
    return any(
        mention.name.kind == "person"
        and " " in mention.name.name
        and mention.outer == mention.start
        and mention.end - mention.start < len(mention.name.name)
        and mention.name.name not in known
        and last_name(mention.name.name) not in LEADERS
        for mention in _first_mentions(names, span)
    )


def _first_mentions(names: Names, span: Span) -> Iterator[Mention]:
    """The first mention of each name within a span."""
    seen: set[str] = set()
    for mention in names.between(*span):
        if mention.name.name not in seen:
            seen.add(mention.name.name)
            yield mention


def is_furniture(sentence: str) -> bool:
    """Whether a sentence speaks of the page it stands on, not of the news."""
    return sentence[:20].lower().startswith(_FURNITURE)


def _opens_leaning(plain: str) -> bool:
    """Whether the first words go on with something said before."""
    tokens = [match.group() for match in _TOKEN.finditer(plain, 0, 90)][: _LONGEST_PHRASE + 1]
    if not tokens:
        return False
    low = [_ENDING.sub("", token.rstrip(",").lower()) for token in tokens]
    if low[0] in _HEADS:
        comma = [token.endswith(",") for token in tokens]
        for length in range(min(_LONGEST_PHRASE, len(low)), 1, -1):
            phrase = " ".join(low[:length])
            if phrase in _STANDING:
                return False
            if phrase in _PHRASES or (comma[length - 1] and phrase + "," in _PHRASES):
                return True
    if low[0] in {"both", "neither", "either", "no", "such"} and len(tokens) > 1 and tokens[1][0].isupper():
        return False  # "Both Trump and Putin"
    return low[0] in _OPENING or (tokens[0].endswith(",") and low[0] + "," in _OPENING)


def _misses_person(plain: str, names: Names | None, start: int, end: int) -> bool:
    """Whether a "he" or "she" outside quotations stands for nobody the sentence tells of."""
    if not _ONE.search(plain):
        return False
    told = _QUOTED.sub(" ", plain)
    if not _ONE.search(told) or names is None:
        return False
    if any(mention.name.kind == "person" for mention in names.between(start, end)):
        return False
    return _PEOPLE.isdisjoint(re.findall(r"[a-z]+", told.lower()))


def _misses_thing(plain: str) -> bool:
    """Whether an "it" or "them" comes before any noun it could stand for: "The Kremlin called it useful"."""
    found = _THING.search(plain, 0, 60)
    if not found:
        return False
    words = plain[: found.start()].split()
    if not 1 < len(words) < _FIRST_WORDS or words[-1].lower().rstrip(",") in _HARD_ON:
        return False
    subject = words[:-1]
    capitals = all(word[0].isupper() or word in {"of", "the", "and"} for word in subject)
    return capitals and words[-1].islower() and words[-1].isalpha() and not any(word[-1] in ",;:" for word in subject)

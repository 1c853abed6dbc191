"""The noun phrase that names a speaker: what it stands for, and what follows "said" and "according to"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.lists import section
from news.name_words import ROLES
from news.speech import (
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    Source,
    Word,
    pronoun,
)

if TYPE_CHECKING:
    from news.person import Mention
    from news.speech import Scene

_LONGEST = 90
_NOT_IN_COMPOUND = FILLERS | REPORTING | PREPOSITIONS | CONJUNCTIONS | DETERMINERS
_OFFICES = frozenset(word.strip(",") for word in section("titles", "any"))
_PEOPLE_OF = section("speech", "people of")
_ALONE = frozenset({"one", "another", "others"})
_REALMS = section("speech", "realms")
_NUMBER = re.compile(r"\d[\d/.,]*\s+")
_EDGE = re.compile(r"[,;:(\[\0\n]|\s-+\s|--|[—–―]")
_APART = re.compile(r"[,;:()\[\]\0\n]|\s[—–―-]+\s|[—–―]|\band\b")


def after_verb(scene: Scene, lo: int, hi: int) -> Source | None:
    """The speaker whose noun phrase begins at `lo` ("said X, the mayor", "according to X"), before `hi`."""
    lo += len(scene.mask[lo:hi]) - len(scene.mask[lo:hi].lstrip())
    number = _NUMBER.match(scene.mask, lo, hi)
    lo = number.end() if number else lo
    words = scene.words(lo, min(hi, lo + 2 * _LONGEST))
    if not words or words[0].start > lo + 1:
        return None
    if words[0].lower in PRONOUNS:
        return pronoun(words[0])
    end = phrase_end(scene, words, hi)
    if words[0].lower in _ALONE and not scene.mask[words[0].end : end].strip(" ."):
        return Source(words[0].start, words[0].end, "description")
    return head_of(scene, lo, end, hi, words)


def turned(scene: Scene, verb: Word, stop: int) -> Source | None:
    """The person right behind a verb that a comma sets off ('"Q" for all, said X, the mayor')."""
    if scene.mask[verb.start - 2 : verb.start] != ", ":
        return None
    source = after_verb(scene, verb.end, stop)
    ends = source is not None and scene.mask[source.end : source.end + 1] in {",", ".", ";", "", "\n", "\r"}
    return source if source is not None and source.kind == "name" and ends else None


def phrase_end(scene: Scene, words: list[Word], hi: int) -> int:
    """Where the noun phrase that begins with `words` ends: at a mark, or a word that begins something else."""
    edge = _EDGE.search(scene.mask, words[0].start, hi)
    end = edge.start() if edge else hi
    for index, word in enumerate(words[1:]):
        if word.start >= end:
            break
        if index and word.lower.endswith("ed") and not word.capital and "-" not in word.lower:
            return word.start
        if word.lower in CONJUNCTIONS or word.lower in {"in", "at", "on", "by", "during", "after", "before", "about"}:
            return word.start
    return end


def head_of(scene: Scene, lo: int, end: int, hi: int, words: list[Word]) -> Source | None:
    """The source a noun phrase [lo, end) stands for; a name in apposition behind it counts."""
    mentions = [mention for mention in scene.outside(lo, end) if not scene.owns(mention)]
    people = [mention for mention in mentions if mention.name.kind == "person"]
    first = words[0].lower
    definite = first in DETERMINERS or first.endswith(("'s", "s'"))
    governed = _first_preposition(words, end)
    heads = [mention for mention in people if mention.start < governed or mention.outer <= lo]
    if not heads and people and first not in DETERMINERS and _stands_apart(words, governed, people[-1]):
        heads = people[-1:]
    if heads and _owns_noun(words, heads[-1]):
        return _described(scene, lo, end)
    if heads and first not in {"a", "an", "one", "another", "some"}:
        return named(compound(scene, heads))
    aside = _apposed(scene, end, hi)
    if aside is not None and (definite or not mentions):
        return named(aside)
    if heads and heads[-1].end >= end - 2:
        return named(heads[-1])
    if mentions and first == "the" and _is_all(mentions[0], words, end):
        return named(mentions[0])
    if definite or words[0].start < governed < end or not words[0].capital:
        return _described(scene, lo, end)
    if mentions:
        return named(mentions[0])
    return _described(scene, lo, end)


def _owns_noun(words: list[Word], mention: Mention) -> bool:
    """Whether people of another's stand behind a mention ("Smith aides", "the Smith campaign")."""
    following = next((word for word in words if word.start >= mention.end), None)
    if following is None or following.start > mention.end + 1 or following.capital:
        return False
    lower = following.lower
    return lower in _PEOPLE_OF or lower.removesuffix("s") in _PEOPLE_OF


def _is_all(mention: Mention, words: list[Word], end: int) -> bool:
    """Whether a body's name is all that follows the article ("the Harbour Authority")."""
    starts = len(words) > 1 and mention.start == words[1].start
    return starts and mention.end >= end - 1 and mention.name.kind == "organisation"


def _stands_apart(words: list[Word], governed: int, mention: Mention) -> bool:
    """Whether a preposition before a mention has another object ("Attorney General of Texas X", not "aide to X")."""
    office = any(word.lower in _OFFICES for word in words if word.start < governed)
    between = [word for word in words if governed < word.start < mention.outer]
    loose = any(word.start == governed and word.lower in {"on", "at", "in"} for word in words)
    if loose and between and not between[-1].capital:
        return any(word.lower in ROLES for word in words if word.start < governed)
    of = any(word.start == governed and word.lower == "of" for word in words)
    if of and len(between) == 1 and between[0].lower in _REALMS:
        return any(word.lower in ROLES for word in words if word.start < governed)
    return (
        len(between) > 1
        and not between[-1].lower.endswith("'s")
        and (office or any(each.capital for each in between[1:]))
    )


def _first_preposition(words: list[Word], end: int) -> int:
    """Where the first preposition of a noun phrase stands, `end` where it has none."""
    return next((word.start for word in words if word.start < end and word.lower in PREPOSITIONS), end)


def compound(scene: Scene, heads: list[Mention]) -> Mention:
    """The last of the people that a compound lines up ("Clinton campaign manager Robby Mook"), the first of a list."""
    head = heads[0]
    for mention in heads[1:]:
        between = scene.text[head.end : mention.start]
        words = between.lower().split()
        if len(words) > 3 or _APART.search(between) or not _NOT_IN_COMPOUND.isdisjoint(words):
            break
        head = mention
    return head


def _apposed(scene: Scene, end: int, hi: int) -> Mention | None:
    """The person named right behind the comma at `end`, and nothing else before the next mark ("the mayor, X,")."""
    if scene.mask[end : end + 1] != ",":
        return None
    close = _EDGE.search(scene.mask, end + 1, hi)
    stop = close.start() if close else hi
    people = scene.people(end, stop)
    if len(people) != 1:
        return None
    lead = scene.mask[end + 1 : people[0].start]
    rest = scene.mask[people[0].end : stop].strip(" .\r\n")
    alone = not rest or rest.startswith("of ")
    return people[0] if len(lead.split()) <= 2 and alone and not any(map(str.isdigit, lead)) else None


def named(mention: Mention) -> Source:
    """A mention as a source."""
    return Source(mention.start, mention.end, "name", mention.name)


def _described(scene: Scene, lo: int, end: int) -> Source | None:
    """The phrase [lo, end) as a description, None where it holds no word."""
    phrase = scene.text[lo : min(end, lo + _LONGEST)]
    kept = phrase.rstrip(" ,.;:-—–\r\n")
    words = scene.words(lo, lo + len(kept))
    told = any(word.lower not in _NOT_IN_COMPOUND or (word.capital and word.lower in REPORTING) for word in words)
    if not told or "\0" in scene.mask[lo : lo + len(kept)]:
        return None
    return Source(lo, lo + len(kept), "description")

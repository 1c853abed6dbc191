"""Whose words a noun introduces: "Smith's answer was", "her claim that", "in Smith's words"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.lists import section
from news.speech import Source, Word
from news.speech_phrase import after_verb

if TYPE_CHECKING:
    from news.speech import Scene

_WORDS_OF = section("speech", "words of")
_OWNERS = frozenset({"his", "her"})
_REACH = 12
_ADJECTIVES = 3
"""Words between an owner and what was said ("her famous 2016 answer")."""
_SHORT = r"[^,;:.\0\n]{0,40}?"
_LEADS = re.compile(rf"(?: {_SHORT}|, in (?:full|part))?(?: that,?|:)\s*")
_EQUALS = re.compile(rf"(?: {_SHORT})? (?:was|were|is|read|reads),?\s*")
_IN_WORDS = re.compile(r"[,:]\s*")


def owner_of_words(scene: Scene, words: list[Word], start: int) -> Source | None:
    """Whose answer or claim the quotation at `start` is, by the noun before it, if any."""
    for index in range(len(words) - 1, max(0, len(words) - _REACH), -1):
        if words[index].lower in _WORDS_OF:
            said = _introduces(scene, words[index], start)
            return _owner(scene, words[max(0, index - _ADJECTIVES - 1) : index]) if said else None
    return None


def owner_behind(scene: Scene, words: list[Word], stop: int) -> Source | None:
    """Whose words the quotation before `words` is said to be ("“Q,” were her first words", "was the answer of X")."""
    if words[0].lower not in {"was", "were", "is"}:
        return None
    at = next((index for index, word in enumerate(words[: _ADJECTIVES + 3]) if word.lower in _WORDS_OF), 0)
    if not at:
        return None
    owner = _owner(scene, words[1:at])
    if owner is None and words[at + 1 : at + 2] and words[at + 1].lower in {"of", "from"}:
        return after_verb(scene, words[at + 1].end, stop)
    return owner


def _introduces(scene: Scene, noun: Word, start: int) -> bool:
    """Whether what stands between a noun and a quotation makes the quotation what the noun is.

    A part of a sentence behind "was" does not: it tells what somebody thought of it ("her answer was “a disgrace”").
    """
    if noun.lower == "words":
        return _IN_WORDS.fullmatch(scene.mask, noun.end, start) is not None
    if _LEADS.fullmatch(scene.mask, noun.end, start):
        return True
    opens = scene.text[start : start + 3].lstrip("“\"‘'«„ ")[:1].isupper()
    return opens and _EQUALS.fullmatch(scene.mask, noun.end, start) is not None


def _owner(scene: Scene, words: list[Word]) -> Source | None:
    """The possessive nearest to the end of some words, as whom it stands for."""
    for word in reversed(words):
        if word.lower in _OWNERS:
            return Source(word.start, word.end, "pronoun")
        known = scene.names.at(word.start)
        if known is not None and scene.owns(known):
            return Source(known.start, known.end, "name", known.name)
    return None

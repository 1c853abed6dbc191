"""The words of the grammar of meetings, from `data/meetings.txt`, as alternatives for its patterns."""

from __future__ import annotations

import re

from news.lists import entries
from news.word_pattern import any_of

WORD = re.compile(r"\w+")
"""What the words of a sentence are told by, where only the words count."""


def one_of(section: str, *, opening: bool = False) -> str:
    """A pattern for any of the entries of a section; with `opening` also where they begin with a capital."""
    words = entries("meetings", section)
    if opening:
        words += tuple(word[0].upper() + word[1:] for word in words)
    return f"(?:{any_of(words)})".replace(r"\ ", r"\s+")


def last_words(*sections: str) -> frozenset[str]:
    """The last words of the entries of the sections, in small letters."""
    return frozenset(words.lower().split()[-1] for section in sections for words in entries("meetings", section))


def _first_words(section: str) -> frozenset[str]:
    """The first words of the entries of a section, also as they are written where they begin with a capital."""
    words = [word.partition(" ")[0].partition("-")[0] for word in entries("meetings", section)]
    return frozenset(words).union(word[0].upper() + word[1:] for word in words)


ROLE = one_of("roles")
"""What a person can be: "president", "foreign minister", "special envoy"."""
STOP = one_of("stop")
"""Words that end a noun phrase that stands before a name."""
ADVERB = one_of("adverbs")
"""Words that stand between a subject and its verb."""
AUXILIARY = one_of("auxiliaries")
SPORT = re.compile(
    r"\bthe\s+(?:[\w-]+\s+)?final(?=[.,;]|\s+(?:in|at|on|against)\b)|"
    rf"\b{one_of('sport')}\b(?!\s+of\s+(?:[\w-]+\s+){{0,3}}(?:talks|negotiations|consultations|discussions|"
    rf"meetings))",
    re.IGNORECASE,
)
"""A sentence with one of these tells a match, not a meeting."""
SPORT_WORDS = frozenset({"final"}).union(
    max(WORD.findall(words.lower()), key=len) for words in entries("meetings", "sport")
)
"""A word of each of them, in small letters."""
GROUP = one_of("groups")
"""Collective sides: "leaders", "officials", "a delegation"."""
DELEGATES = one_of("delegates")
"""Those who meet for a body or a country: "officials", "a delegation"."""
MODIFIED = one_of("modified")
"""Nouns that a name before them only modifies: "the P campaign"."""
MEETING = one_of("meeting nouns", opening=True)
CALL = one_of("call nouns", opening=True)
MEETING_WORDS = _first_words("meeting nouns")
CALL_WORDS = _first_words("call nouns")
"""The words with which `MEETING` and `CALL` begin."""

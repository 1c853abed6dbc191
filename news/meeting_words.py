"""The words of the grammar of meetings, from `data/meetings.txt`, as alternatives for its patterns."""

from __future__ import annotations

import re

from news.lists import entries


def one_of(section: str) -> str:
    """A pattern for any of the entries of a section, the longest first."""
    words = sorted(entries("meetings", section), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


ROLE = one_of("roles")
"""What a person can be: "president", "foreign minister", "special envoy"."""
STOP = one_of("stop")
"""Words that end a noun phrase that stands before a name."""
ADVERB = one_of("adverbs")
"""Words that stand between a subject and its verb."""
AUXILIARY = one_of("auxiliaries")
SPORT = re.compile(rf"\b{one_of('sport')}\b", re.IGNORECASE)
"""A sentence with one of these tells a match, not a meeting."""
GROUP = one_of("groups")
"""Collective sides: "leaders", "officials", "a delegation"."""
MEETING = one_of("meeting nouns")
CALL = one_of("call nouns")

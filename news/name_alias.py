"""Names that a text says are one person's: "Robert Prevost, who took the name Leo XIV"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from news.person import Mention

_CUES = (
    " name ",
    "known as ",
    "born ",
    "alias ",
    "a.k.a",
    "aka ",
    "n\u00e9e ",
    "formerly ",
    "pseudonym ",
    "nom de guerre ",
)
"""What stands in every text that says so; looked for first."""
_NEAR = 200
"""Characters between the two names."""
_TAKEN = re.compile(
    r"(?:[^.!?\n\"\u201c\u201d]*\b|[^\"\u201c\u201d]*[.]\s+(?:He|She)\s+(?:\w+\s+){0,2})"
    r"(?:took|takes|taking|taken|chose|chooses|chosen|choosing|adopt(?:ed|s|ing)|assum(?:ed|es|ing)|picked)\s+"
    r"(?:on\s+)?(?:the|his|her|a)\s+(?:papal\s+|regnal\s+|stage\s+|pen\s+|new\s+)?name\s+(?:of\s+)?",
    re.DOTALL,
)
"""Between the old name and the new one."""
_ALSO = re.compile(
    r",?\s+\(?(?:who\s+(?:is|was)\s+|(?:is|was)\s+)?(?:"
    r"(?:also|better|formerly|previously|once|popularly|widely|commonly|now|originally)\s+(?:known\s+as|called|named)"
    r"|(?:who\s+was\s+)?born(?:\s+as)?|n\u00e9e?|a\.?k\.?a\.?|alias|formerly"
    r"|(?:whose|his|her)\s+(?:real|birth|given|full|legal|former)\s+name\s+(?:is|was)"
    r"|(?:whose|his|her)\s+nom\s+de\s+guerre\s+(?:is|was)"
    r"|under\s+(?:the|his|her)\s+(?:pseudonym|alias|stage\s+name|pen\s+name|nom\s+de\s+guerre)(?:\s+of)?"
    r")\s+(?:as\s+)?"
)
"""Between a name and another one of the same person."""


def stated(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """Name -> the other name under which the text tells of the same person, where it says that they are one.

    Both have two words or more: a single one may be anybody's.
    """
    if not any(cue in text for cue in _CUES):
        return {}
    return dict(_pairs(text, [mention for mention in mentions if mention.name.kind == "person"]))


def _pairs(text: str, people: list[Mention]) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(people):
        first, second = one.name.name, other.name.name
        if first == second or " " not in first or " " not in second or other.outer - one.end > _NEAR:
            continue
        between = text[one.end : other.outer]
        if between[-6:].rstrip().endswith(("name", "of")) and _TAKEN.fullmatch(between):
            yield first, second
        elif _ALSO.fullmatch(between):
            yield second, first

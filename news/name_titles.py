"""Titles before a name: which words are titles, and where a chain of them ends."""

from __future__ import annotations

from functools import lru_cache

from news.name_words import CONTEXT, FIRST_NAMES, PORTFOLIO, SURNAMES, TITLES

Token = tuple[int, int, str]
"""A word of a run: where it starts and ends, and the word."""

JOINERS = frozenset({"of", "on", "and", "&", "for", "the", "in"})
"""Small words that make one name of two halves, or merely stand between two names."""


_NO_TITLES = CONTEXT["particles"] | {"MS", "DR"}
"""Words that only look like titles: "Ciudad del Este" has no delegate, MS Dhoni is no woman, DR Congo no doctor."""
_HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "sir", "lady", "president", "minister"})


def bare(word: str) -> str:
    """The word in lower case without a full stop at its end."""
    return word.lower().rstrip(".")


@lru_cache(maxsize=1 << 15)
def is_title(word: str) -> bool:
    """Whether the word, written with a capital, is a title: "President", "Gen.", "Secretary-General", "Ex-Minister"."""
    low = bare(word)
    if low in TITLES:
        return word not in _NO_TITLES
    head, dash, tail = low.partition("-")
    if not dash:
        return False
    behind = tail in {"elect", "designate", "general"} and head in TITLES
    return behind or (head in {"vice", "ex", "co", "deputy", "under", "then", "former"} and tail in TITLES)


def title_end(part: list[Token], at: int) -> int:
    """Where the chain of title words that begins at `at` ends, in tokens; `at` if none begins there.

    "Minister of Foreign Affairs" is a chain, "Secretary of State" too; of "President of Brazil" it is the first word.
    """
    i, seen = at, False
    while i < len(part):
        word = part[i][2]
        if is_title(word) and not (seen and word in FIRST_NAMES and bare(word) not in {"prince", "king", "sheikh"}):
            seen = True
        elif not (_continues(part, i) if seen else word in PORTFOLIO and _leads_to_title(part[i + 1 : i + 5])):
            break
        i += 1
    if seen and i == len(part) and i - at > 1 and part[i - 1][2] in SURNAMES and bare(part[i - 2][2]) in _HONORIFICS:
        return i - 1  # "Mr. King"
    return i if seen else at


def _continues(part: list[Token], i: int) -> bool:
    """Whether the word at `i` goes on with a title that has begun."""
    word = part[i][2]
    following = next((token[2] for token in part[i + 1 : i + 4] if token[2] not in JOINERS), "")
    if word in JOINERS:
        return following in PORTFOLIO or is_title(following)
    return word in PORTFOLIO and word not in FIRST_NAMES


def _leads_to_title(tokens: list[Token]) -> bool:
    for _, _, word in tokens:
        if is_title(word):
            return True
        if word not in PORTFOLIO and word not in JOINERS:
            return False
    return False

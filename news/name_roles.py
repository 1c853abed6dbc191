"""The role that a text prints beside a name, and where titles and roles before the name begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.name_words import CONTEXT, ROLES
from news.place import DEMONYMS
from news.role_owner import apposed, is_owned, owner_behind, owner_start

if TYPE_CHECKING:
    from news.name_pieces import Piece

_AFTER = re.compile(
    r",? (?:who is |who was |is |was )?(?:the |an? |his |her |their |its |one of the )?"
    r"((?:[^,.;:()\"“”\n]|(?<=\b[A-Z])\.(?=[A-Z ]|[A-Z]\.)){3,90})(?=[,.;:)\n]|$)"
)
_ARTICLED = re.compile(r" (?:is|was) (?:the|an?|his|her|their|its|one of the) ")
_CIVIL = frozenset({"mr", "mrs", "ms", "miss", "sir", "lady", "madam"})
"""Titles that anybody has, of no country."""
_READ = 8
"""Mentions of a person that are read for a role."""


def outer_start(text: str, piece: Piece) -> int:
    """Where the titles, role nouns and the adjectives before them begin; the start of the name if there are none.

    "Russian President Vladimir Putin" begins at "Russian", "his foreign policy adviser Yuri Ushakov" at "foreign".
    """
    if not piece.titles and not _role_before(text, piece.start):
        return piece.start
    words, starts = _words_before(text, piece.outer)
    at, first = piece.outer, len(words)
    for i in range(first - 1, max(-1, first - 6), -1):
        word = words[i]
        if i and f"{words[i - 1]} {word}" in DEMONYMS:
            return starts[i - 1]
        if word in DEMONYMS:
            return starts[i]
        if (
            not word.islower()
            or word in CONTEXT["no role"]
            or word.endswith(("ed", "ing", ","))
            or not word[0].isalpha()
        ):
            break
        if piece.titles and not (word in ROLES or word in {"former", "outgoing", "then", "acting", "deputy", "late"}):
            break
        at = starts[i]
    return at


def _role_before(text: str, start: int) -> bool:
    """Whether the word directly before an offset is a role in small letters."""
    if text[start - 1 : start] not in {" ", "\xa0"}:
        return False
    before = text[max(0, start - 20) : start].split()
    return bool(before) and before[-1] in ROLES and "\n" not in text[max(0, start - 2) : start]


def _words_before(text: str, end: int) -> tuple[list[str], list[int]]:
    """Words of the same line directly before an offset that follows a space, and where they start."""
    low = max(0, end - 80)
    window = text[low:end]
    line = window.rfind("\n")
    if line >= 0:
        low, window = low + line + 1, window[line + 1 :]
    if not window.endswith((" ", "\xa0")):
        return [], []
    found = list(re.finditer(r"\S+", window))
    if found and low > 0 and found[0].start() == 0:
        found = found[1:]
    return [match.group() for match in found], [low + match.start() for match in found]


def role_of(text: str, pieces: tuple[Piece, ...], outers: tuple[int, ...]) -> str | None:
    """The role the text prints beside one of a person's mentions, which begin at `outers`; None if it prints none.

    One that says whose it is ("U.S. President", "head of Russia's fund") goes before "President"; then the first.
    """
    full = short = None
    for piece, start in zip(pieces[:_READ], outers, strict=False):
        title = _role_of_title(text, piece, start) if start < piece.start else ""
        asides = (_role_after(text, piece.end), apposed(text, piece.outer, piece.end))
        for role in (*asides, title):
            if role and is_owned(role):
                return role
        full = full or asides[0] or asides[1] or (title if " " in title else None)
        if not short and (len(title) > 4 or title.lower() in ROLES):
            short = title or None
    return full or short


def _role_of_title(text: str, piece: Piece, start: int) -> str:
    """The titles and roles before a name, with whose they are: "Syria's President", "President of China"; or ""."""
    before = text[start : piece.start].replace("\xa0", " ").strip(" ,")
    if not before or before.rstrip(".").lower() in _CIVIL:
        return before
    owned = text[owner_start(text, start) : piece.start].replace("\xa0", " ").strip(" ,")
    return owned if owned != before else before + owner_behind(text, piece.end)


def _role_after(text: str, end: int) -> str | None:
    """The apposition that says what the person is ("Putin's foreign policy adviser"), or None."""
    if not text.startswith(", ", end) and not _ARTICLED.match(text, end):
        return None
    found = _AFTER.match(text, end)
    if not found:
        return None
    words = found.group(1).split()
    cut = next((i for i, word in enumerate(words) if word in CONTEXT["role ends"]), len(words))
    words = words[:cut]
    first = next((i for i, word in enumerate(words[:5]) if word.lower() in ROLES), None)
    if first is None or any(word in CONTEXT["before no role"] for word in words[:first]):
        return None
    end_of_role = next((i for i in range(first, len(words)) if words[i].lower() not in ROLES), len(words))
    if end_of_role < len(words) and words[end_of_role][0].isupper():
        return None  # the next of a list: ", British Prime Minister Keir Starmer,"
    last = max(i for i, word in enumerate(words[:8]) if word.lower() in ROLES)
    return " ".join(words[: last + 1] if len(words) > 12 else words)

"""Which mentions are one: surname to full name, short form to long form, with gender and role as the text gives them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from msgspec import Struct

from news.name_runs import Piece
from news.name_words import FAMILY_FIRST, FEMALE_TITLES, FIRST_NAMES, MALE_TITLES, ROLES

Kind = Literal["person", "organisation", "place"]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    {
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "dos",
        "do",
        "di",
        "del",
        "della",
        "la",
        "le",
        "du",
    }
)


class LinkedName(Struct, frozen=True):
    """One name of the article with all its pieces; `key` is its own in this article."""

    key: int
    name: str
    kind: Kind
    pieces: tuple[Piece, ...]
    gender: Literal["m", "f"] | None


def last_name(name: str) -> str:
    """The family name a person is called by: "Vladimir Putin" -> "Putin", "Xi Jinping" -> "Xi", "Robert Kennedy Jr." -> "Kennedy"."""
    words = [word for word in name.split() if word.rstrip(".,").lower() not in _SUFFIXES]
    if not words:
        return name
    if family_first(words):
        return words[0]
    return words[-1].rstrip(",")


def family_first(words: list[str]) -> bool:
    """Whether the family name stands before the given name: Xi Jinping, Kim Jong Un, Nguyen Phu Trong."""
    if not 2 <= len(words) <= 4 or words[0] not in FAMILY_FIRST:
        return False
    return (words[-1] not in FAMILY_FIRST and words[0] not in FIRST_NAMES) or (
        len(words) == 3 and all(len(w) <= 6 for w in words)
    )


def _gender(pieces: list[Piece], full: str) -> Literal["m", "f"] | None:
    votes: Counter[str] = Counter()
    for piece in pieces:
        votes["m"] += any(title in MALE_TITLES for title in piece.titles)
        votes["f"] += any(title in FEMALE_TITLES for title in piece.titles)
    if votes["m"] != votes["f"]:
        return "m" if votes["m"] > votes["f"] else "f"
    told = FIRST_NAMES.get(full.split(maxsplit=1)[0]) if " " in full else None
    return "m" if told == "m" else "f" if told == "f" else None


def _longest_forms(people: list[str]) -> dict[str, str]:
    """Full name -> the fullest form of the same person: "John Kerry" -> "John F. Kerry"."""
    forms = {name: name for name in people}
    by_ends: dict[tuple[str, str], str] = {}
    for name in sorted(people, key=len, reverse=True):
        words = name.split()
        ends = (words[0], last_name(name))
        forms[name] = by_ends.setdefault(ends, name)
    return forms


def link(found: list[tuple[Piece, Kind]]) -> list[LinkedName]:
    """Names in the order of first mention, each with its mentions."""
    people = list(dict.fromkeys(piece.words for piece, kind in found if kind == "person" and " " in piece.words))
    forms = _longest_forms(people)
    by_last: dict[str, list[str]] = {}
    by_first: dict[str, str] = {}
    for name in people:
        full = forms[name]
        known = by_last.setdefault(last_name(full), [])
        if full not in known:
            known.append(full)
        by_first.setdefault(full.split()[0], full)
    groups: dict[tuple[Kind, str], list[Piece]] = {}
    for piece, kind in found:
        name = piece.words
        if kind == "person":
            name = forms.get(name) or next(iter(by_last.get(last_name(name), ())), None) or by_first.get(name) or name
        groups.setdefault((kind, name), []).append(piece)
    return [
        LinkedName(i, name, kind, tuple(own), _gender(own, name) if kind == "person" else None)
        for i, ((kind, name), own) in enumerate(groups.items())
    ]


_ROLE_AFTER = re.compile(r", (?:(?:the|an?|his|her|their|its|who is|who was) )?([^,.;:()\"“”\n]{3,80})[,.;\n]")
_ROLE_BEFORE = re.compile(r"((?:[a-z][\w-]* ){1,5})$")


def role_of(text: str, entry: LinkedName) -> str | None:
    """The role the text prints beside one of the person's mentions, None if it prints none."""
    for piece in entry.pieces:
        if piece.titles:
            return text[piece.outer : piece.start].strip()
        after = _ROLE_AFTER.match(text, piece.end)
        if after and any(word.lower().rstrip("s") in ROLES for word in after.group(1).split()):
            return after.group(1)
        before = _ROLE_BEFORE.search(text, max(0, piece.start - 60), piece.start)
        if before and before.group(1).split()[-1] in ROLES:
            return before.group(1).strip()
    return None

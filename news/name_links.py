"""Which mentions are one: surname to full name, short form to long form, with the gender the text gives.

A surname goes to the full name that bears it: of two the one whose gender agrees with the title before, else the one
that was first named in full. Short forms ("Lula", "Suu Kyi") go to the only full name that holds them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from news.name_pieces import Piece
from news.name_runs import PARTICLES
from news.name_words import COMMON, FAMILY_FIRST, FEMALE_TITLES, FIRST_NAMES, LEANING, MALE_TITLES, SURNAMES

Kind = Literal["person", "organisation", "place"]
Gender = Literal["m", "f"]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ARTICLES = ("al-", "el-", "an-", "as-", "ash-", "ad-", "ar-")
_PRONOUN = re.compile(
    r"[HhSs](?<!\w.)(?:((?<=[Hh])e|(?<=[Hh])is|(?<=h)im(?:self)?)|((?<=[Ss])he|(?<=[Hh])er|(?<=h)ers(?:elf)?))\b"
)
_ROYAL = frozenset({"king", "queen", "prince", "princess", "emperor", "empress", "sultan", "emir", "pope"})
_KIN = re.compile(
    r"\b(?:(wife|mother|daughter|sister|widow|grandmother|girlfriend|niece|aunt|fianc[eé]e|stepdaughter|stepmother)"
    r"|(?:husband|father|son|brother|widower|grandfather|boyfriend|nephew|uncle|fianc[eé]|stepson|stepfather)),?\s+$"
)
"""Words for kin before a name: "his wife, Wang Fang"."""
_KIN_ENDS = (
    *("wife", "ter", "other", "father", "son", "widow", "widower", "friend", "niece", "aunt", "uncle", "nephew"),
    *("husband", "ce", "cee", "\u00e9e", "\u00e9"),
)
"""How these words end; looked for first."""
_WESTERN_TOO = frozenset({"Kim", "Lee", "Sam", "Jon", "Jo", "Lou", "Bo", "Mai", "Shin"})
"""Family names of East Asia that are given names elsewhere, so that what follows them may be a family name."""
_PINYIN = re.compile(
    r"(?i:(?:[zcs]h?|[bpmfdtnlgkhjqxryw])(?:[ai]ao|i?an|i?ang|uang|uan|[aeiou]|ai|ei|ao|ou|en|eng|in|ing|iong|ong|un|ia|ie|iu|"
    r"uo|ua|uai|ui|ue)){1,2}"
)
_INITIALS = re.compile(r"(?:[A-Z]\.? ?){2,3}")
_COMPARED = 16
"""Bearers of one surname that a form is compared with, so that the time stays linear."""
_ASIDE = 160
"""Characters after a mention in which a pronoun is taken to speak of the person."""


class LinkedName(Struct, frozen=True):
    """One name of the article with all its pieces; `key` is its own in this article."""

    key: int
    name: str
    kind: Kind
    pieces: tuple[Piece, ...]
    gender: Gender | None


@lru_cache(maxsize=1 << 15)
def last_name(name: str) -> str:
    """The family name a person is called by, without particles and suffixes.

    "Vladimir Putin" gives "Putin", "Xi Jinping" "Xi", "Robert Kennedy Jr." "Kennedy", "Ursula von der Leyen" "Leyen".
    """
    words = [word for word in name.split() if word.rstrip(".,").lower() not in _SUFFIXES]
    if not words:
        return name
    return words[0] if family_first(words) else words[-1].rstrip(",")


def family_first(words: list[str]) -> bool:
    """Whether the family name stands before the given name: Xi Jinping, Kim Jong Un, Nguyen Phu Trong."""
    if not 2 <= len(words) <= 4 or words[0] not in FAMILY_FIRST:
        return False
    syllables = all(len(word) <= 6 or "-" in word for word in words[1:])
    if len(words) > 2:
        return syllables and not words[-1].endswith(".")
    if words[-1] in FAMILY_FIRST or words[0] == "Le":  # Le Pen, Le Maire
        return False
    return words[0] not in FIRST_NAMES or (words[0] not in _WESTERN_TOO and _is_pinyin(words[-1]))


def _is_pinyin(word: str) -> bool:
    """Whether a word is one or two syllables of Chinese and no given name of another language."""
    return _PINYIN.fullmatch(word) is not None and word not in FIRST_NAMES


@lru_cache(maxsize=1 << 15)
def without_article(word: str) -> str:
    """The word in small letters without the Arabic article before it: "al-Sharaa" gives "sharaa"."""
    low = word.lower().replace("’", "'")
    return low.partition("-")[2] if low.startswith(_ARTICLES) else low


def _one_form(short: str, long: str) -> bool:
    """Whether the shorter name is a form of the longer one: "John Kerry" of "John F. Kerry", "Suu Kyi" of a longer."""
    if family_first(short.split()) and family_first(long.split()):
        return set(short.lower().split()) <= set(long.lower().split())  # Wang Yi is not Wang Huning
    a, b = short.lower().split(), long.lower().split()
    if a[0] == b[0] and (len(a) == 2 or len(b) == 2):
        return True
    if (
        a[-1] == b[-1]
        and _INITIALS.fullmatch(short.rpartition(" ")[0])
        and _INITIALS.fullmatch(long.rpartition(" ")[0])
    ):
        return [ch for ch in "".join(a[:-1]) if ch.isalpha()] == [ch for ch in "".join(b[:-1]) if ch.isalpha()]
    initial = len(a[0].rstrip(".")) == 1 or len(b[0].rstrip(".")) == 1
    if initial:
        return a[0][0] == b[0][0] and len(a) == len(b)
    rest = iter(b)
    return all(word in rest for word in a)


class _People:
    """The full names of an article by their words; grows while they are read, then only answers."""

    def __init__(self, names: list[str]) -> None:
        self.forms: dict[str, str] = {}
        self.by_last: dict[str, list[str]] = {}
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda name: (-len(name), name.isupper())):
            known = self.by_last.setdefault(without_article(last_name(name)), [])
            full = next((long for long in known[:_COMPARED] if _one_form(name, long)), None) or self._prefixed(name)
            self.forms[name] = full or name
            if full is None:
                known.append(name)
                self._enter(name)
        order = {name: i for i, name in enumerate(names)}
        first: dict[str, int] = {}
        for name, full in self.forms.items():
            first[full] = min(first.get(full, len(names)), order[name])
        for known in (*self.by_last.values(), *self._by_word.values()):
            known.sort(key=lambda full: first.get(full, 0))

    def _enter(self, name: str) -> None:
        for word in name.split():
            if len(word) > 2 and word not in PARTICLES:
                self._by_word.setdefault(without_article(word), []).append(name)

    def _prefixed(self, name: str) -> str | None:
        """The longer name that begins with this one ("Mohammed bin Salman" of "Mohammed bin Salman Al Saud")."""
        words = name.split()
        candidates = self._by_word.get(without_article(words[-1]), ())
        return next((full for full in candidates[:_COMPARED] if full.split()[: len(words)] == words), None)

    def of(self, piece: Piece) -> str | None:
        """The full name that a mention stands for, None if the article gives none."""
        name = piece.words
        if name in self.forms:
            return self.forms[name]
        words = name.split()
        known = self.by_last.get(without_article(words[-1]), ()) or self.by_last.get(without_article(words[0]), ())
        if known and len(words) == 1:
            return self._agreeing(piece, known)
        held = self._by_word.get(without_article(words[-1]), ())
        if len(words) == 1 and held and (len(held) == 1 or name.lower() not in COMMON):
            return self._agreeing(piece, held)
        return None

    @staticmethod
    def _agreeing(piece: Piece, known: list[str] | tuple[str, ...]) -> str | None:
        gender = titled_gender(piece)
        if gender is None:
            return known[0]
        agreeing = [full for full in known[:_COMPARED] if FIRST_NAMES.get(full.split()[0], "u") in {gender, "u"}]
        return agreeing[0] if agreeing else None


_SON_OF = frozenset({"bin", "ibn", "ben", "bint"})
"""Before a father's name: King Salman is not Mohammed bin Salman."""


def _reigns(piece: Piece, full: str) -> bool:
    """Whether a title says that the name is a given one, so that it is not the family name of the full name.

    "King Hussein" is not Saddam Hussein: monarchs and their like are called by their first names.
    """
    return not _ROYAL.isdisjoint(piece.titles) and " " not in piece.words and full.rsplit(maxsplit=1)[-1] == piece.words


def titled_gender(piece: Piece) -> Gender | None:
    """The gender that the titles before a mention say: "Mrs.", "King"."""
    if not piece.titles:
        return None
    if not MALE_TITLES.isdisjoint(piece.titles):
        return "m"
    return None if FEMALE_TITLES.isdisjoint(piece.titles) else "f"


def link(text: str, found: list[tuple[Piece, Kind]], long_forms: dict[str, str]) -> list[LinkedName]:
    """Names in the order of first mention, each with its mentions; `long_forms` has what short forms stand for."""
    people = _People(list(dict.fromkeys(p.words for p, kind in found if kind == "person" and " " in p.words)))
    crowned = {piece.words for piece, _ in found if piece.titles and not _ROYAL.isdisjoint(piece.titles)}
    groups: dict[tuple[Kind, str], list[Piece]] = {}
    for piece, kind in found:
        full = people.of(piece) if kind == "person" else long_forms.get(piece.words)
        other = full and (full not in crowned or _SON_OF.intersection(full.lower().split()[-2:-1]))
        if full and other and piece.words in crowned and _reigns(piece, full):
            full = None
        name = full or piece.words
        groups.setdefault((kind, name), []).append(piece)
    starts = [piece.start for piece, kind in found if kind == "person"]
    following = dict(zip(starts, [*starts[1:], len(text)], strict=False))
    return [
        LinkedName(i, name, kind, tuple(own), _gender(text, name, own, following) if kind == "person" else None)
        for i, ((kind, name), own) in enumerate(groups.items())
    ]


def _gender(text: str, name: str, pieces: list[Piece], following: dict[int, int]) -> Gender | None:
    """Gender by title, else by first name, else by the pronouns that follow the first mentions."""
    votes = Counter(titled_gender(piece) for piece in pieces)
    if votes["m"] != votes["f"]:
        return "m" if votes["m"] > votes["f"] else "f"
    for piece in pieces[:6]:
        near = text[max(0, piece.outer - 40) : piece.outer]
        kin = _KIN.search(near) if near.rstrip().rstrip(",").endswith(_KIN_ENDS) else None
        if kin:
            return "f" if kin.group(1) else "m"
    words = name.split()
    given = words[-1] if family_first(words) else words[0]
    if given.isupper() and len(given) > 2:
        given = given.capitalize()
    told = FIRST_NAMES.get(given) if len(words) > 1 or name not in SURNAMES else None
    if told in {"m", "f"}:
        return told
    for piece in pieces[:6]:
        pronoun = _PRONOUN.search(text, piece.end, min(following[piece.start], piece.end + _ASIDE))
        if pronoun:
            votes["m" if pronoun.group(1) else "f"] += 1
    if votes["m"] == votes["f"]:
        inner = {FIRST_NAMES.get(word) for word in words[1:-1]} & {"m", "f"}  # "Aung San Suu Kyi"
        if len(inner) == 1:
            return "f" if "f" in inner else "m"
        return LEANING.get(given) if told else None
    return "m" if votes["m"] > votes["f"] else "f"

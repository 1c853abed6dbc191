"""Whose a role is: the country, place or organisation that a text prints beside it ("U.S. President")."""

from __future__ import annotations

import re
from functools import lru_cache

from news.name_words import CONTEXT, LEADERS, ORGANISATIONS, ROLES
from news.place import DEMONYMS, PLACES, city_of, is_country

_LOCAL = frozenset({"mayor", "governor", "gov", "archbishop", "bishop", "cardinal", "senator", "sen", "rep", "police"})
"""Roles that a city or a region has: "New York Mayor"; a president directly behind a city is merely there."""
_BEFORE_A_PLACE = frozenset(
    (
        "in",
        "at",
        "from",
        "to",
        "near",
        "of",
        "with",
        "by",
        "for",
        "outside",
        "across",
        "inside",
        "into",
        "over",
        "on",
        "against",
        "leaving",
        "left",
        "visited",
        "visiting",
    )
)
_WORD = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['’]s?$")
_OF = re.compile(r" of (?:the )?((?:[A-Z][\w.’'-]*)(?: (?:and |of )?[A-Z][\w.’'-]*){0,3})")
_CLOSED = re.compile(r"(?:[.;:)]|, (?![A-Z])|,[\"”])")
"""What ends an aside; a capital would go on with a list."""
_LONGEST, _REACH = 4, 96


def _line_before(text: str, end: int, reach: int) -> tuple[int, str]:
    """Where the at most `reach` characters before an offset in its line begin, with a whole word; and what they are."""
    low = max(0, end - reach, text.rfind("\n", max(0, end - reach), end) + 1)
    if 0 < low == end - reach and not text[low - 1].isspace():
        space = text.find(" ", low, end)
        low = end if space < 0 else space + 1
    return low, text[low:end]


def _ends(written: str) -> bool:
    """Whether a sentence or clause ends with the words, unlike with "U.S."."""
    last = written[-1]
    return last in ",;:!?)" or (last == "." and not "A" <= written[-2:-1] <= "Z")


@lru_cache(maxsize=1 << 14)
def _is_owner(name: str) -> bool:
    return name in ORGANISATIONS or name in PLACES or is_country(name)


def owner_start(text: str, at: int) -> int:
    """Where the country, place or organisation directly before a role at `at` begins; `at` if there is none.

    "Syria's President" begins at "Syria's", "U.S. President" at "U.S."; "in Washington President …" at "President".
    """
    low, before = _line_before(text, at, 48)
    if not before.endswith((" ", "\xa0")):
        return at
    found = list(_WORD.finditer(before))
    first = _WORD.match(text, at)
    local = first is not None and first.group().lower().rstrip(".,") in _LOCAL
    for length in range(min(_LONGEST, len(found)), 0, -1):
        written = before[found[-length].start() : found[-1].end()].replace("\xa0", " ")
        if _ends(written) or written.startswith(("the ", "The ")):
            continue
        name = _POSSESSIVE.sub("", written)
        led = found[-length - 1].group() if length < len(found) else ""
        if _has_role(name, led, owns=name != written, local=local):
            return low + found[-length].start()
        if _is_owner(name):
            return at  # "Washington President" is nobody's title, nor is its last word's
    return at


def _has_role(name: str, led: str, *, owns: bool, local: bool) -> bool:
    """Whether a role right behind the name is its own; `led` is the word before it."""
    if owns:
        return _is_owner(name) or name in LEADERS
    if name in ORGANISATIONS or city_of(name):
        return True  # the White House has a spokesman as the U.N. has
    known = is_country(name) or (local and name in PLACES)
    return known and led.lower() not in _BEFORE_A_PLACE and led not in {"the", "The"}


def owner_behind(text: str, end: int) -> str:
    """The country behind a titled name, with its "of": " of China" behind "President Xi Jinping"; or ""."""
    found = _OF.match(text, end)
    if found is None:
        return ""
    words = found[1].split()
    for length in range(len(words), 0, -1):
        name = _POSSESSIVE.sub("", " ".join(words[:length]))
        if is_country(name):
            return text[end : found.start(1)] + name
    return ""


def apposed(text: str, outer: int, end: int) -> str | None:
    """The role that stands before a name with a comma: "the Emir of Qatar" of "the Emir of Qatar, Sheikh Tamim, left".

    The name (its titles begin at `outer`) must be an aside that ends: "After talks with India's premier, Ana Ros left"
    says nothing of her.
    """
    if text[outer - 2 : outer] != ", " or not _CLOSED.match(text, end):
        return None
    _, before = _line_before(text, outer - 2, _REACH)
    before = before[max(before.rfind(mark) for mark in (",", ";", "“", "”", '"', "(")) + 1 :]
    words = before.split()[-9:]
    for first in range(len(words)):
        role = words[first:]
        if role[0] == "the" or role[0] == "The":
            role = role[1:]
            if _owned_by_end(role) or (role and role[0] in DEMONYMS and _is_role(role[1:])):
                return " ".join(role)
        elif any(
            _POSSESSIVE.search(role[cut - 1])
            and _is_owner(_POSSESSIVE.sub("", " ".join(role[:cut])))
            and _is_role(role[cut:])
            and role[-1] not in CONTEXT["person owns"]
            for cut in range(1, min(_LONGEST, len(role)))
        ):
            return " ".join(role)
    return None


def _is_role(words: list[str]) -> bool:
    """Whether words are a role and nothing else, as "prime minister" or "former foreign minister"."""
    return 0 < len(words) <= 5 and words[-1].lower() in ROLES and not any(w in CONTEXT["no role"] for w in words)


def _owned_by_end(words: list[str]) -> bool:
    """Whether words are a role of a country, place or organisation: "Emir of Qatar"."""
    if "of" not in words:
        return False
    cut = words.index("of")
    owner = words[cut + 1 :]
    owner = owner[1:] if owner[:1] == ["the"] else owner
    return _is_role(words[:cut]) and _is_owner(" ".join(owner))


@lru_cache(maxsize=1 << 14)
def is_owned(role: str) -> bool:
    """Whether a role says whose it is: a people, a country, an organisation, or somebody's ("Putin's adviser")."""
    words = role.split()
    if any(word.endswith(("'s", "’s")) for word in words) or any(word in DEMONYMS for word in words):
        return True
    names = (" ".join(words[i : i + n]) for n in range(1, _LONGEST + 1) for i in range(len(words) - n + 1))
    return any(_is_owner(name) or name in DEMONYMS for name in names)

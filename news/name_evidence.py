"""What a name is: evidence for person, organisation, place or nothing, with weights set by hand.

Every feature of a name's own words and of the text around it adds its weights; the kind with the highest sum wins. The
weights are judged from reading news, in steps of one half: 6 decides alone, 3 needs contradiction to fall, 1 is a hint.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from news.name_runs import Piece
from news.name_words import (
    COMMON,
    FAMILY_FIRST,
    FIRST_NAMES,
    ORG_NOUNS,
    ORG_WORDS,
    ORG_WORDS_WEAK,
    ORGANISATIONS,
    PLACE_HEADS,
    PLACE_NOUNS,
    PLACE_WORDS,
    ROLES,
)
from news.place import DEMONYMS, PLACES

Scores = tuple[float, float, float, float]
"""Evidence for person, organisation, place, nothing."""

Kind = Literal["person", "organisation", "place"]
KINDS: tuple[Kind | None, ...] = ("person", "organisation", "place", None)

WEIGHTS: dict[str, Scores] = {
    # the words themselves
    "known place": (0, 0, 6, 0),
    "known organisation": (0, 6, 0, 0),
    "first name and more": (4.5, 0, 0, 0),
    "common first name and more": (2.5, 0, 0, 0),
    "first name alone": (2, 0, 0, 0),
    "family name first": (3, 0, 0, 0),
    "initials inside": (4, 0, 0, 0),
    "particle inside": (2.5, 0, 0, 0),
    "family ending": (1.5, 0, 0, 0),
    "place ending": (0, 0, 1.5, 0),
    "organisation word": (-2, 6, 0, 0),
    "weak organisation word": (-1, 3, 0, 0),
    "place word last": (-2, 0, 5, 0),
    "place word first": (0, 0, 1.5, 0),
    "demonym": (0, 0, 0, 7),
    "demonym first": (-1, 1, 0, 0),
    "place first": (-1.5, 1.5, 0, 0),
    "place last": (-1, 1, 1, 0),
    "capitals": (0, 3, 0, 0),
    "joined by of": (-2, 2, 1, 0),
    "all common": (0, 0, 0, 3),
    "common alone": (0, 0, 0, 3),
    "nothing common": (1, 0.5, 0.5, -1.5),
    "two or three words": (1, 0, 0, 0),
    "many words": (-1, 1.5, 0, 1),
    "digits": (-2, 0.5, 0, 1),
    "begins a sentence": (0, 0, 0, 2),
    # what stands around
    "title": (6, -2, -2, 0),
    "role before": (4, 0, 0, 0),
    "in": (0, 0, 2.5, 0),
    "at": (0, 1, 1, 0),
    "from": (0, 0.5, 1, 0),
    "the": (-3, 1.5, 0, 0),
    "speaks": (2.5, 0.5, -1, 0),
    "age": (6, 0, 0, 0),
    "who": (3, 0, 0, 0),
    "apposition": (1.5, 0.5, 0, 0),
    "short form follows": (0, 4, 0, 0),
    "place follows": (0, 0, 2.5, 0),
    "based": (0, 0, 4, 0),
    "organisation noun follows": (-0.5, 2, 0.5, 0),
    "place noun follows": (0, 0, 2.5, 0),
    "surname of a person": (6, 0, 0, 0),
}

_FAMILY_ENDING = re.compile(
    r"(?:ov|ova|ev|eva|ovich|evich|ić|ič|vic|vich|ski|sky|skyy|skiy|ska|wicz|enko|chuk|czyk|dze|shvili|yan|ian|oglu|oğlu|zadeh|pour|"
    r"son|sson|sen|stein|berg|mann|poulos|opoulos|akis|idis|escu|eanu|ulescu|ez|ão|inho|elli|etti|ini|nen|singh|wala|rao|swamy)$"
)
_PLACE_ENDING = re.compile(
    r"(?:stan|burg|burgh|ville|ton|town|shire|ford|grad|gorod|abad|pur|nagar|polis|land|lands|wick|bury|field|mouth|port|haven|istan|oblast|kent|derry|chester|dorf|heim|furt|hafen)$"
)
_PARTICLES = frozenset(
    ["bin", "bint", "ibn", "al", "el", "ul", "von", "van", "der", "den", "de", "da", "dos", "do", "di", "del", "della", "du", "la", "le", "ten", "ter", "zu", "ould", "y"]
)
_SPEAKS = re.compile(
    r",? (?:said|says|told|added|wrote|tweeted|asked|replied|argued|recalled|insisted|joked|explained|thinks|believes)\b"
)
_AGE = re.compile(r",? \(?(?:aged )?\d\d?(?:,|\)| years|-year)")
_WHO = re.compile(r",? (?:who|whose|whom)\b")
_APPOSITION = re.compile(r", (?:an?|the|his|her|their|its|one of|former|senior) \w")
_ACRONYM = re.compile(r" \([A-Z][A-Za-z]{1,7}\)")
_FOLLOWING = re.compile(r"[ \xa0]([a-z]+)")
_COMMA_NAME = re.compile(r", ([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})")


def _endings(words: list[str], found: list[str]) -> None:
    last = words[-1].lower()
    if len(last) > 4 and _FAMILY_ENDING.search(last):
        found.append("family ending")
    if len(last) > 5 and _PLACE_ENDING.search(last):
        found.append("place ending")


def _several(words: list[str], found: list[str]) -> None:
    """Features of a name of several words."""
    first, last = words[0], words[-1]
    orgs = sum(word in ORG_WORDS for word in words)
    weak = sum(word in ORG_WORDS_WEAK for word in words)
    if orgs:
        found.append("organisation word")
    elif weak:
        found.append("weak organisation word")
    if last in PLACE_WORDS:
        found.append("place word last")
    if first in PLACE_HEADS:
        found.append("place word first")
    if first in DEMONYMS:
        found.append("demonym first")
    elif first in PLACES:
        found.append("place first")
    if last in PLACES:
        found.append("place last")
    if first in FIRST_NAMES and len(words) <= 5:
        found.append("common first name and more" if first.lower() in COMMON else "first name and more")
    elif first in FAMILY_FIRST and len(words) <= 3:
        found.append("family name first")
    if any(len(word) <= 2 and word[0].isupper() and word.endswith(".") for word in words[:-1]):
        found.append("initials inside")
    inner = set(words[1:-1])
    if "of" in inner:
        found.append("joined by of")
    elif inner & _PARTICLES:
        found.append("particle inside")
    found.append("two or three words" if len(words) <= 3 else "many words")


@lru_cache(maxsize=1 << 16)
def own_scores(name: str) -> Scores:
    """Evidence that the words of a name give by themselves."""
    words = name.split()
    found: list[str] = []
    if name in PLACES:
        found.append("known place")
    if name in ORGANISATIONS:
        found.append("known organisation")
    if len(words) > 1:
        _several(words, found)
    else:
        if name in DEMONYMS or (name.endswith("s") and name[:-1] in DEMONYMS):
            found.append("demonym")
        if name in FIRST_NAMES:
            found.append("first name alone")
        if 1 < len(name) <= 7 and name.isupper():
            found.append("capitals")
    _endings(words, found)
    common = [word.lower() in COMMON for word in words if word not in _PARTICLES]
    if common and all(common):
        found.append("common alone" if len(words) == 1 else "all common")
    elif not any(common):
        found.append("nothing common")
    if any(c.isdigit() for c in name):
        found.append("digits")
    return _total(found)


def _total(found: list[str]) -> Scores:
    sums = [0.0, 0.0, 0.0, 0.0]
    for feature in found:
        for i, weight in enumerate(WEIGHTS[feature]):
            sums[i] += weight
    return sums[0], sums[1], sums[2], sums[3]


def around(text: str, piece: Piece) -> list[str]:
    """Features of the text around one piece."""
    found = ["title"] if piece.titles else []
    if piece.initial:
        found.append("begins a sentence")
    before = text[max(0, piece.outer - 24) : piece.outer].split()
    if before and not piece.titles:
        word = before[-1]
        if word in {"in", "In", "near", "outside", "across"}:
            found.append("in")
        elif word in {"at", "from", "to"}:
            found.append("at" if word == "at" else "from")
        elif word in {"the", "The"}:
            found.append("the")
        elif word.islower() and word.strip(",") in ROLES:
            found.append("role before")
    found += _after(text, piece.end)
    return found


def _after(text: str, end: int) -> list[str]:
    sign = text[end : end + 1]
    if sign == " ":
        if _SPEAKS.match(text, end):
            return ["speaks"]
        if _WHO.match(text, end):
            return ["who"]
        if text.startswith(" (", end):
            return ["short form follows"] if _ACRONYM.match(text, end) else ["age"] if _AGE.match(text, end) else []
        word = _FOLLOWING.match(text, end)
        if word and word.group(1) in PLACE_NOUNS:
            return ["place noun follows"]
        if word and word.group(1) in ORG_NOUNS:
            return ["organisation noun follows"]
    elif sign == ",":
        if _AGE.match(text, end):
            return ["age"]
        if _WHO.match(text, end):
            return ["who"]
        if _APPOSITION.match(text, end):
            return ["apposition"]
        if _SPEAKS.match(text, end):
            return ["speaks"]
        other = _COMMA_NAME.match(text, end)
        if other and other.group(1) in PLACES:
            return ["place follows"]
    elif sign == "-" and text.startswith("-based", end):
        return ["based"]
    return []


class Typed(Struct, frozen=True, gc=False):
    """A piece and what it names."""

    piece: Piece
    kind: Kind


def _features(text: str, found: list[Piece]) -> dict[str, set[str]]:
    """Per name as written: the features of all its mentions, each once."""
    features: dict[str, set[str]] = {}
    inner: set[str] = set()
    for piece in found:
        features.setdefault(piece.words, set()).update(around(text, piece))
        if not piece.initial:
            inner.add(piece.words)
    for name in inner:
        features[name].discard("begins a sentence")
    return features


def _kind(own: Scores, near: Scores) -> Kind | None:
    sums = [a + b for a, b in zip(own, near, strict=True)]
    best = max(sums)
    return KINDS[sums.index(best)] if best > sums[3] else None


def typed(text: str, found: list[Piece]) -> list[Typed]:
    """The pieces that are names, each with its kind; one name as written has one kind in a text."""
    features = _features(text, found)
    decided = {name: _kind(own_scores(name), _total(list(seen))) for name, seen in features.items() if " " in name}
    surnames: set[str] = set()
    for name, kind in decided.items():
        if kind == "person":
            surnames.update((name.split()[-1], name.split()[0]))
    for name, seen in features.items():
        if name not in decided:
            if name in surnames:
                seen.add("surname of a person")
            decided[name] = _kind(own_scores(name), _total(list(seen)))
    return [Typed(piece, kind) for piece in found if (kind := decided[piece.words])]

"""One kind for every name of a text: its evidence weighed with what the rest of the article says of the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from news.name_evidence import around, own_scores
from news.name_links import last_name, without_article
from news.name_weights import Kind, Scores, total
from news.name_words import COMMON, FIRST_NAMES
from news.place import PLACES, country_of, is_country

if TYPE_CHECKING:
    from news.name_pieces import Piece


_AND = frozenset({", ", " and ", ", and ", " or ", " & ", ", or ", "; "})
"""What stands between the members of a list."""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def _short_forms(text: str, found: list[Piece]) -> dict[str, str | None]:
    """Short form in brackets -> the name it stands for, None where it stands for words that are no name."""
    forms: dict[str, str | None] = {}
    before: Piece | None = None
    for piece in found:
        start = piece.start
        if text[start - 1 : start] == "(" and text[piece.end : piece.end + 1] == ")" and " " not in piece.words:
            beside = before is not None and start - before.end <= 3
            if before is not None and beside and piece.words[0] in _initials(before.words):
                forms.setdefault(piece.words, before.words)
            if not beside and start > 2 and text[start - 3].islower() and piece.words.isupper():
                forms.setdefault(piece.words, None)
        before = piece
    return forms


def _beside(text: str, before: Piece, piece: Piece, features: dict[str, set[str]]) -> None:
    """Lets the members of a list speak for each other: "in Lagos, Xenu and Accra"."""
    owns = text.startswith(("'s", "’s", " of "), piece.end)  # "Tuvalu's X, Fiji's Y": X and Fiji are no list
    if text[before.end : piece.start] not in _AND or owns:
        return
    for one, other in ((before, piece), (piece, before)):
        kind = _surely(other)
        if kind and one.words != other.words:
            features[one.words].add(kind)


def _surely(piece: Piece) -> str | None:
    """What a neighbour is beyond doubt, by its own words."""
    own = own_scores(piece.words)
    if own[2] >= 7 > own[1] and own[0] < 3:
        return "beside a place"
    if own[1] >= 6 > own[2] and own[0] < 3:
        return "beside an organisation"
    return "beside a person" if piece.titles or own[0] >= 5 > max(own[1], own[2]) else None


def _features(text: str, found: list[Piece]) -> dict[str, set[str]]:
    """Per name as written: the features of all its mentions, each once."""
    features: dict[str, set[str]] = {}
    inner: set[str] = set()
    before: Piece | None = None
    for piece in found:
        near = around(text, piece)
        if "amount follows" not in near:
            features.setdefault(piece.words, set()).update(near)
        else:
            features.setdefault(piece.words, {"amount follows"})
        if not piece.initial or " " in piece.words:
            inner.add(piece.words)
        if before is not None and piece.start - before.end <= 6:
            _beside(text, before, piece, features)
        before = piece
    for name, seen in features.items():
        if name in inner:
            seen.discard("begins a sentence")
        if len(seen) > 1:
            seen.discard("amount follows")
        if name in PLACES:
            seen.discard("a")
    return features


def _kind(own: Scores, near: Scores) -> Kind | None:
    person, organisation, place = own[0] + near[0], own[1] + near[1], own[2] + near[2]
    best = max(person, organisation, place)
    if best <= own[3] + near[3]:
        return None
    return "person" if person == best else "organisation" if organisation == best else "place"


def _decide(name: str, seen: set[str]) -> Kind | None:
    return _kind(own_scores(name), total(seen))


class _Told(Struct, frozen=True):
    """What the names of several words tell of single words."""

    surnames: frozenset[str]
    givens: frozenset[str]
    parts: frozenset[str]
    heads: frozenset[str]
    initials: dict[str, str]


def _told(decided: dict[str, Kind | None]) -> _Told:
    people = [name for name, kind in decided.items() if kind == "person"]
    organisations = [name for name, kind in decided.items() if kind == "organisation"]
    words = {word for name in people for word in name.split()[1:]}
    return _Told(
        frozenset(without_article(last_name(name)) for name in people),
        frozenset(name.split()[0] for name in people),
        frozenset(word for word in words if len(word) > 3 and word.lower() not in COMMON),
        frozenset(name.split()[0] for name in organisations),
        {_initials(name): name for name in reversed(organisations)},
    )


def _by_family(decided: dict[str, Kind | None]) -> None:
    """Nothing; makes people of family names of several words whose bearers the text names: "Van Dijk", "De la Cruz"."""
    tails = {
        " ".join(words[i:])
        for name, kind in decided.items()
        if kind == "person" and name.split(maxsplit=1)[0] in FIRST_NAMES
        for words in [name.lower().split()]
        for i in range(1, len(words) - 1)
    }
    for name, kind in decided.items():
        if kind != "person" and name.lower() in tails:
            decided[name] = "person"


def _from_article(name: str, told: _Told) -> list[str]:
    """Features of a single word by the names of several words that hold it."""
    found: list[str] = []
    if without_article(name) in told.surnames:
        found.append("surname of a person")
    elif name in told.givens:
        found.append("first name of a person")
    elif name in told.parts:
        found.append("part of a person's name")
    if name in told.heads and name not in PLACES:
        found.append("begins an organisation")
    return found


def _from_long(long: str | None, decided: dict[str, Kind | None]) -> str:
    """The feature of a short form by what its long form is."""
    kind = decided.get(long) if long else None
    if kind == "organisation":
        return "short for an organisation"
    if kind == "place":
        return "short for a place"
    return "short for nothing" if long is None else "capitals"


def typed(text: str, found: list[Piece]) -> tuple[list[tuple[Piece, Kind]], dict[str, str]]:
    """The pieces that are names, each with its kind, and the long form of each short one.

    One name as written has one kind in a text.
    """
    features = _features(text, found)
    decided = {name: _decide(name, seen) for name, seen in features.items() if " " in name}
    _by_family(decided)
    told = _told(decided)
    forms = _short_forms(text, found)
    for name, seen in features.items():
        if name in decided:
            continue
        seen.update(_from_article(name, told))
        if name.isupper() and 1 < len(name) < 7 and name in told.initials:
            forms.setdefault(name, told.initials[name])
        if name in forms:
            seen.add(_from_long(forms[name], decided))
        decided[name] = _decide(name, seen)
    long_forms = {short: long for short, long in forms.items() if long and decided.get(long) == decided[short]}
    long_forms.update(_one_place([name for name, kind in decided.items() if kind == "place"]))
    long_forms.update(
        (name, name[4:])
        for name, kind in decided.items()
        if kind == "organisation" and name.startswith("The ") and decided.get(name[4:]) == kind
    )
    return [(piece, kind) for piece in found if (kind := decided[piece.words])], long_forms


def _one_place(places: list[str]) -> dict[str, str]:
    """Name of a place -> the fullest form of the same place: "U.S." is "United States", "KYIV" of a dateline "Kyiv"."""
    best: dict[str, str] = {}
    keys = {name: (country_of(name) or name if is_country(name) else name).lower() for name in places}
    for name, key in keys.items():
        kept = best.get(key)
        if kept is None or (kept.isupper(), -len(kept)) > (name.isupper(), -len(name)):
            best[key] = name
    return {name: best[key] for name, key in keys.items() if best[key] != name}

"""One kind for every name of a text: its evidence weighed with what the rest of the article says of the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from news.name_evidence import around, own_scores
from news.name_links import last_name, without_article
from news.name_weights import KINDS, Kind, Scores, total
from news.name_words import COMMON
from news.place import PLACES

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
            if before is not None and start - before.end <= 3:
                if piece.words[0] in _initials(before.words):
                    forms.setdefault(piece.words, before.words)
            elif start > 2 and text[start - 3].islower() and piece.words.isupper():
                forms.setdefault(piece.words, None)
        before = piece
    return forms


def _beside(text: str, before: Piece, piece: Piece, features: dict[str, set[str]]) -> None:
    """Lets the members of a list speak for each other: "in Lagos, Xenu and Accra"."""
    if text[before.end : piece.start] not in _AND:
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
    sums = [a + b for a, b in zip(own, near, strict=True)]
    best = max(sums)
    return KINDS[sums.index(best)] if best > sums[3] else None


def _decide(name: str, seen: set[str]) -> Kind | None:
    return _kind(own_scores(name), total(seen))


def typed(text: str, found: list[Piece]) -> tuple[list[tuple[Piece, Kind]], dict[str, str]]:
    """The pieces that are names, each with its kind, and the long form of each short one.

    One name as written has one kind in a text.
    """
    features = _features(text, found)
    decided = {name: _decide(name, seen) for name, seen in features.items() if " " in name}
    surnames: set[str] = set()
    givens: set[str] = set()
    heads: set[str] = set()
    parts: set[str] = set()
    for name, kind in decided.items():
        if kind == "person":
            surnames.add(without_article(last_name(name)))
            givens.add(name.split()[0])
            parts.update(word for word in name.split()[1:] if len(word) > 3 and word.lower() not in COMMON)
        elif kind == "organisation":
            heads.add(name.split()[0])
    forms = _short_forms(text, found)
    for name, seen in features.items():
        if name in decided:
            continue
        if without_article(name) in surnames:
            seen.add("surname of a person")
        elif name in givens:
            seen.add("first name of a person")
        elif name in parts:
            seen.add("part of a person's name")
        if name in heads and name not in PLACES:
            seen.add("begins an organisation")
        if name in forms:
            long = forms[name]
            kind = decided.get(long) if long else None
            seen.add(
                "short for an organisation"
                if kind == "organisation"
                else "short for a place"
                if kind == "place"
                else "short for nothing"
                if long is None
                else "capitals"
            )
        decided[name] = _decide(name, seen)
    long_forms = {short: long for short, long in forms.items() if long and decided.get(long) == decided[short]}
    return [(piece, kind) for piece in found if (kind := decided[piece.words])], long_forms

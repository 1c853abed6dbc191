"""Where names may stand: capitalised runs of a text, cut into pieces that are one name each, with what stands before.

A run is words with a capital, joined by spaces and by the small words that names are made with ("of", "and", "de la", "bin").
Cutting takes off what is no part of a name: the word that only begins a sentence, days and months, titles and roles
("Secretary of State"), adjectives of a people ("Russian"), and parts two names that merely stand together.
"""

from __future__ import annotations

import re

from msgspec import Struct

from news.name_words import (
    CALENDAR,
    COMMON,
    FIRST_NAMES,
    NEVER_NAMES,
    ORG_WORDS,
    ORG_WORDS_WEAK,
    ORGANISATIONS,
    PORTFOLIO,
    TITLES,
)
from news.place import DEMONYMS, PLACES

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ɏΆ-ΫЀ-Я"
_ABBREVIATION = r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Prof|St|Jr|Sr|Hon|Del|Supt|Det|Insp|Inc|Corp|Co|Ltd|Mt|No|Bros)\."
_PREFIX = r"(?:(?:al|el|ul|an|as|ash|ad|at|ar|az|bin|ibn|d|l|de|dell|della|e|i)[-'’]|Mc|Mac)?"
_WORD = rf"(?:{_ABBREVIATION}|(?:[{_UPPER}]\.)+(?![a-z])|{_PREFIX}[{_UPPER}]\w*(?:(?:[-–/&.]|['’](?!s\b|S\b))\w+)*|[a-z][A-Z]\w+)"
_SMALL = "de la|de las|de los|van der|van den|van de|von der|of the|in the|and the|for the|of|and|&|for|de|da|das|dos|do|di|del|della|du|la|le|von|van|der|den|ten|ter|bin|bint|ibn|al|el|ul|y|e|zu|st|ould|Al"
RUN = re.compile(rf"(?<![\w'’&]){_WORD}(?:[ \xa0]{{1,2}}(?:(?:{_SMALL})[ \xa0])?{_WORD})*")
_SPACED = re.compile(r"\S+")
_SMALL_WORDS = frozenset(word for small in _SMALL.split("|") for word in small.split()) | {"the", "in"}
JOINERS = frozenset({"of", "and", "&", "for", "the", "in"})
_STARTERS = ".!?:;\n•*|>"
_QUOTES = "\"“”‘’'([«„"


class Piece(Struct, frozen=True, gc=False):
    """A stretch that may be one name: `text[start:end] == words`.

    `outer` is where the capitalised titles before it begin (`start` if none), `titles` are those in lower case, `initial`
    says that a sentence begins here, so that the capital proves nothing.
    """

    start: int
    end: int
    words: str
    outer: int
    titles: tuple[str, ...]
    initial: bool


_Token = tuple[int, int, str]


def bare(word: str) -> str:
    """The word in lower case without a full stop at its end."""
    return word.lower().rstrip(".")


def _begins_sentence(text: str, at: int) -> bool:
    i = at - 1
    while i >= 0 and text[i] in _QUOTES:
        i -= 1
    if i < at - 1 and i >= 0 and text[i] == " " and text[at - 1] in '"“‘«„':
        return True
    while i >= 0 and text[i] in " \xa0\t\"”’'":
        i -= 1
    return i < 0 or text[i] in _STARTERS


def _tokens(text: str, start: int, run: str) -> list[_Token]:
    return [(start + m.start(), start + m.end(), m.group()) for m in _SPACED.finditer(run)]


def _governed(current: list[_Token], following: str) -> bool:
    """Whether "and", "for", "&" go on with the name: an organisation's word stands before, and no person follows."""
    if not any(word in ORG_WORDS or word in ORG_WORDS_WEAK for _, _, word in current):
        return False
    last = current[-1][2]
    return (
        following not in FIRST_NAMES
        and bare(following) not in TITLES
        and (last not in ORG_WORDS or following in PORTFOLIO)
    )


def _joined(current: list[_Token], word: str, following: str) -> bool:
    if word in {"of", "the", "in"}:
        last = current[-1][2]
        return last in _SMALL_WORDS or bare(last) not in TITLES or last in {"House", "Office"}
    return word == "&" or _governed(current, following)


def _parts(tokens: list[_Token]) -> list[list[_Token]]:
    """The run cut at days and months, and at small words that join two names instead of making one."""
    parts: list[list[_Token]] = []
    current: list[_Token] = []
    for i, token in enumerate(tokens):
        word = token[2]
        following = tokens[i + 1][2] if i + 1 < len(tokens) else ""
        if word in CALENDAR or (word in JOINERS and (not current or not _joined(current, word, following))):
            # "Secretary of State X" stays together until its title is taken off
            if word == "of" and current and bare(current[-1][2]) in TITLES:
                current.append(token)
                continue
            if current:
                parts.append(current)
            current = []
        else:
            current.append(token)
    if current:
        parts.append(current)
    for part in parts:
        while part and part[-1][2] in _SMALL_WORDS:
            part.pop()
    return [part for part in parts if part]


def _title_end(part: list[_Token], at: int) -> int:
    """Where the chain of title words that begins at `at` ends, in tokens; `at` if none begins there."""
    i = at
    seen = False
    while i < len(part):
        word = part[i][2]
        if bare(word) in TITLES and not (seen and word in FIRST_NAMES and bare(word) not in {"prince", "king"}):
            seen = True
            i += 1
        elif (
            seen
            and word in {"of", "for", "and", "the", "&"}
            and i + 1 < len(part)
            and (part[i + 1][2] in PORTFOLIO or part[i + 1][2] in PLACES or part[i + 1][2] == "the" or bare(part[i + 1][2]) in TITLES)
        ) or (seen and word in PORTFOLIO and word not in FIRST_NAMES) or (seen and part[i - 1][2] in {"of", "the"} and word in PLACES) or (
            not seen
            and word in PORTFOLIO
            and any(bare(w) in TITLES for _, _, w in part[i + 1 : i + 4])
            and not any(w in ORG_WORDS for _, _, w in part[i + 1 : i + 4])
        ):
            i += 1
        else:
            break
    return i if seen else at


def _is_organisation(part: list[_Token]) -> bool:
    words = [word for _, _, word in part]
    return " ".join(words) in ORGANISATIONS or words[-1] in ORG_WORDS or words[0] in ORG_WORDS


def _without_start(part: list[_Token], initial: bool) -> list[_Token]:
    """The part without words that begin a sentence and no name."""
    while part and (bare(part[0][2]) in NEVER_NAMES or part[0][2] in JOINERS):
        if " ".join(word for _, _, word in part) in ORGANISATIONS:
            break
        part = part[1:]
        initial = False
    if not initial or len(part) < 2:
        return part
    first, second = part[0][2], part[1][2]
    if first.lower() not in COMMON or first in FIRST_NAMES or bare(first) in TITLES or _is_organisation(part):
        return part
    whole = " ".join(word for _, _, word in part)
    if whole in PLACES or second in _SMALL_WORDS:
        return part
    return part[1:]


def _trimmed(text: str, part: list[_Token]) -> tuple[int, int]:
    start, end = part[0][0], part[-1][1]
    last = part[-1][2]
    while (
        end > start
        and text[end - 1] in ".,'’-&/"
        and not (
            text[end - 1] == "."
            and (
                last.count(".") > 1 or len(last) == 2 or last in {"Jr.", "Sr.", "Inc.", "Corp.", "Co.", "Ltd.", "Bros."}
            )
        )
    ):
        end -= 1
    return start, end


def _pieces_of(text: str, part: list[_Token], initial: bool) -> list[Piece]:
    """Pieces of one part: what stands before its titles, and the name after them."""
    kept = _without_start(part, initial)
    initial = initial and kept is part
    found: list[Piece] = []
    if not kept:
        return found
    i = 0
    while i < len(kept):
        end = _title_end(kept, i)
        if end > i and not (i == 0 and end < len(kept) and _is_organisation(kept)):
            if i > 0:
                found.append(_piece(text, kept[:i], kept[0][0], (), initial))
            titles = tuple(bare(word) for _, _, word in kept[i:end] if bare(word) in TITLES)
            outer, rest = kept[i][0], kept[end:]
            while rest and rest[0][2] in _SMALL_WORDS - {
                "al",
                "el",
                "bin",
                "ibn",
                "van",
                "von",
                "de",
                "la",
                "di",
                "da",
            }:
                rest = rest[1:]
            if rest:
                found.append(_piece(text, rest, outer, titles, False))
            return [piece for piece in found if piece.words]
        i += 1
    return [_piece(text, kept, kept[0][0], (), initial)]


def _piece(text: str, part: list[_Token], outer: int, titles: tuple[str, ...], initial: bool) -> Piece:
    while len(part) > 1 and part[0][2] in DEMONYMS and (part[1][2] in FIRST_NAMES or titles):
        part = part[1:]
        initial = False
    while len(part) > 1 and part[-1][2] in _SMALL_WORDS:
        part = part[:-1]
    start, end = _trimmed(text, part)
    return Piece(start, end, text[start:end], outer if titles else start, titles, initial)


def pieces(text: str) -> list[Piece]:
    """Every stretch of the text that may be a name, in order; they do not overlap."""
    found: list[Piece] = []
    for match in RUN.finditer(text):
        run = match.group()
        start = match.start()
        if " " not in run and "\xa0" not in run:
            if run in CALENDAR or bare(run) in NEVER_NAMES or bare(run) in TITLES:
                continue
            found.append(_piece(text, [(start, match.end(), run)], start, (), _begins_sentence(text, start)))
            continue
        initial = _begins_sentence(text, start)
        for part in _parts(_tokens(text, start, run)):
            found += _pieces_of(text, part, initial and part[0][0] == start)
    return found

"""Names that are lists: "Ministry of Education, Science and Technology"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from news.name_titles import JOINERS
from news.name_words import COMMON
from news.place import PLACES

if TYPE_CHECKING:
    from news.name_pieces import Piece

_HEADS = (
    *("Ministry of", "Ministry for", "Department of", "Department for", "Faculty of", "Institute of", "Institute for"),
    *("Committee on", "Committee for", "Authority for", "Directorate of", "Bureau of", "Agency for", "Office of"),
)
"""What stands in every text that has such a name; looked for first."""
_HEADED = re.compile(rf"(?:[A-Z][a-z]+ ){{0,2}}(?:{'|'.join(_HEADS)}) [A-Z][a-z]+(?: [A-Z][a-z]+)?$")
_MOST = 6
"""Members of a list, at most."""


def joined(text: str, found: list[Piece]) -> list[Piece]:
    """The pieces of a text, those made one that list what one body is for."""
    if not any(head in text for head in _HEADS):
        return found
    kept: list[Piece] = []
    i = 0
    while i < len(found):
        piece = found[i]
        last = _last(text, found, i) if _HEADED.match(piece.words) else i
        end = found[last].end
        kept.append(replace(piece, end=end, words=text[piece.start : end]) if last > i else piece)
        i = last + 1
    return kept


def _last(text: str, found: list[Piece], first: int) -> int:
    """Index of the last piece of the list that the name at `first` begins, `first` where it begins none."""
    commas = False
    for i in range(first + 1, min(first + _MOST, len(found))):
        between = text[found[i - 1].end : found[i].start]
        if not _is_member(found[i]):
            return first
        if between in {" and ", ", and ", " & "}:
            return i if commas else first
        if between != ", ":
            return first
        if " and " in found[i].words:
            return i
        commas = True
    return first


def _is_member(piece: Piece) -> bool:
    """Whether a piece is common words, as what a ministry is for: no place and nobody's name."""
    words = piece.words.split()
    return not piece.titles and piece.words not in PLACES and all(w.lower() in COMMON or w in JOINERS for w in words)

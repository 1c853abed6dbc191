"""Text in pieces: what letters are equal, where words, sentences and paragraphs begin and end.

Every span is (start, end) in characters of the text given, end exclusive, without the white space around it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from anyascii import anyascii

from news.lists import section

if TYPE_CHECKING:
    from news.article import Span

_TITLES = section("sentences", "titles")
_NUMBERS = section("sentences", "numbers")
_SOMETIMES = section("sentences", "sometimes")
_OPENERS = section("sentences", "openers")
_ORDINALS = section("sentences", "ordinals")
_ARTICLES = section("sentences", "articles")

_CLOSERS = "\"'\u201d\u2019\u00bb\u203a\u201c)\\]\u300d\u300f"
_OPENINGS = "\"'\u201c\u2018\u201e\u00ab\u00bb\u2039\u201a(\\[\u00bf\u00a1\u2013\u2014\u2026\\-"
_END = re.compile(
    r"[.!?\u2026\u061f\u06d4\u0964\u3002\uff01\uff1f]"  # one set of signs in front, which is sought much faster
    r"(?:(?<![\u3002\uff01\uff1f])(?<![.!?\u2026].)[.!?\u2026\u061f\u06d4\u0964]*+"
    rf"[{_CLOSERS}]*+(?:\[\d{{1,3}}\])*+[^\S\n]++(?=[{_OPENINGS}\s]*+(\w{{1,40}}))"
    rf"|(?<=[\u3002\uff01\uff1f])[\u3002\uff01\uff1f]*+[{_CLOSERS}\uff09]*+(?=[^\u3001\u3067\u3068]))",
    re.DOTALL,
)
_BEFORE = re.compile(r"[^\W\d_](?:[\w.]|[-\u2019'](?=\w))*$|\d+$")
_SAYS = re.compile(
    rf"(?:[^\W\d_a-z][\w.\u2019'-]*\s+){{1,3}}(?:{'|'.join(sorted(section('sentences', 'says')))})\b",
)
_NEWLINE = re.compile(r"\n")
_BLANK = re.compile(r"\n[^\S\n]*+\n\s*+")
_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f"  # scripts written without spaces: one sign at a time
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff"  # accents and vowels apart from their letters
)
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,:]\d+)*"  # 1,250.5
    rf"|[{_SIGNS}]"
    rf"|(?:(?![{_SIGNS}])(?:[^\W_]|[{_MARKS}]))+(?:[\u2019'](?=[^\W\d_])(?:(?![{_SIGNS}])[^\W_])+)*",
)
_APART = re.compile(f"[{_SIGNS}{_MARKS}]")
_SPACED_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W_]+(?:[\u2019'](?=[^\W\d_])[^\W_]+)*",
)
"""The same where no sign needs a word of its own, in half the time."""
_PLAIN = dict.fromkeys(range(768, 880)) | str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u0142": "l",
        "\u00f8": "o",
        "\u00e6": "ae",
        "\u0111": "d",
        "\u0131": "i",
    },
)
_POSSESSIVE = re.compile(r"'s?$")


def fold(text: str) -> str:
    """Text in plain small Latin letters: case, accents, width and script are gone, so that equal words are equal.

    "Владимир Путин" and "VLADIMIR PUTIN" both give "vladimir putin"; typographic marks become plain ones.
    """
    if text.isascii():
        return text.lower()
    return anyascii(unicodedata.normalize("NFKC", text)).lower()


def small(text: str) -> str:
    """Text in small letters without accents, its own script kept; a tenth of what `fold` costs."""
    text = text.casefold()
    return text if text.isascii() else unicodedata.normalize("NFKD", text).translate(_PLAIN)


@lru_cache(maxsize=1 << 15)
def _fold_word(word: str) -> str:
    plain = fold(word)
    if plain.isalpha():
        return plain
    return _POSSESSIVE.sub("", plain).replace(".", "" if not word[:1].isdigit() else ".")


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in order, without their possessive 's; "U.S." gives "us"."""
    return tuple(filter(None, map(_fold_word, _word_in(text).findall(text))))


def _word_in(text: str) -> re.Pattern[str]:
    """What finds the words of a text: the faster pattern where none of its signs needs the other."""
    return _SPACED_WORD if text.isascii() or _APART.search(text) is None else _WORD


def _is_wrapped(text: str) -> bool:
    """Whether line ends only fill lines, as in mails and old wires: a third of the lines go on in small letters."""
    lines = [line.strip() for line in text.split("\n")]
    breaks = [(a, b) for a, b in pairwise(lines) if a and b]
    going_on = sum(b[0].islower() and a[-1] not in ".!?:\"'\u201d" for a, b in breaks)
    return bool(breaks) and 3 * going_on >= len(breaks) and max(map(len, lines)) <= 130


def _pieces(text: str, cut: re.Pattern[str]) -> list[Span]:
    """The stretches between matches of `cut`, white space trimmed, empty ones left out."""
    edges = [0, *(edge for match in cut.finditer(text) for edge in match.span()), len(text)]
    found = (_trim(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return [(start, end) for start, end in found if start < end]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=2)  # each part of a reading cuts the same text again
def paragraphs(text: str) -> tuple[Span, ...]:
    """Where the paragraphs stand: parted by blank lines, and by every line end unless the lines are merely wrapped."""
    if "\n" not in text:
        return tuple(_pieces(text, _BLANK))
    return tuple(_pieces(text, _BLANK if _is_wrapped(text) else _NEWLINE))


def _goes_on(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the mark at `match` is no end of a sentence that began at `start` or later."""
    following = match.group(1)
    if following is None:
        return False
    first = following[0]
    if first.islower():
        return True
    mark = match.group()
    if mark[0] != ".":
        return mark[0] in "!?" and mark[1:].strip() != "" and _SAYS.match(text, match.end()) is not None
    if mark.startswith(".."):
        return match.start() == 0 or text[match.start() - 1].isspace()
    found = _BEFORE.search(text, max(start, match.start() - 24), match.start())
    return found is not None and _is_abbreviation(text, found, following)


def _is_abbreviation(text: str, found: re.Match[str], following: str) -> bool:
    """Whether the full stop after the word `found` belongs to it, `following` being the next word."""
    word = found.group()
    if word.isdigit():
        if len(word) > 2 or following in _OPENERS:
            return False
        earlier = text[max(0, found.start() - 12) : found.start()].rsplit(None, 1)
        return following in _ORDINALS or (bool(earlier) and earlier[-1] in _ARTICLES)
    if word in _TITLES:
        return True
    if word in _NUMBERS and following[0].isdigit():
        return True
    if word in _SOMETIMES or len(word) == 1 or (len(word) > 2 and word[1] == "." and word[-2] == "."):
        return following not in _OPENERS
    return False


def _split(text: str, start: int, end: int) -> list[Span]:
    """The sentences of one paragraph."""
    found: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if not _goes_on(text, begin, match):
            found.append(_trim(text, begin, match.end()))
            begin = match.end()
    found.append(_trim(text, begin, end))
    return [(first, last) for first, last in found if first < last]


@lru_cache(maxsize=2)
def sentences(text: str) -> tuple[Span, ...]:
    """Where the sentences stand, in order; none reaches over the end of a paragraph."""
    return tuple(span for start, end in paragraphs(text) for span in _split(text, start, end))

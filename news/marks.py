"""Where the quoted words of a text stand, by its quotation marks alone.

Marks pair inside a paragraph; a pair left open at its end closes there, as newspapers reopen a long quote paragraph by
paragraph. Shape decides what a straight mark is: it opens after a space and before a word, it closes after a word.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

from news.article import Span
from news.text import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOUBLE = re.compile(r"``|[“”„‟«»‹›「」『』〝〞\"＂]")
_DOUBLE_SIGN = re.compile(r"[“”„‟«»‹›「」『』〝〞\"＂]")
"""The same where no mark is made of two signs, found twice as fast."""
_SINGLE = re.compile(r"[‘’‚‛']")
_ANY_DOUBLE = re.compile(r"''|``|[“”„‟«»‹›「」『』〝〞\"＂]")
_BEFORE_OPENING = frozenset("([{<—–-―/:;|*_‘'‚“„\"…>•·¿¡")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-―/…’'*_|<\"”")
_GERMAN = {"„": '“”"‟', "»": "«", "›": "‹"}
_FEET = re.compile(r"\d['’′]\s?\d{1,2}$")
_ELISION = re.compile(
    r"['’‘](?:\d0s\b|\d\d\b|em\b|til\b|tis\b|twas\b|cause\b|bout\b|round\b|n['’]|s\b|cos\b)", re.IGNORECASE
)
_ENDS_SPEECH = re.compile(r"[.,!?][’'](?=\s|$)")
_SINGLE_WORDS = 4


class Piece(Struct, frozen=True):
    """One stretch inside a pair of marks: `start`, `end` of its words, `outer` with the marks.

    `left_open` says that the paragraph ended before the closing mark.
    """

    start: int
    end: int
    outer: Span
    left_open: bool = False


class _Mark(Struct, frozen=True):
    """A mark at `at`; `shape` is 1 where it can only open, -1 where it can only close, 0 where it may do either."""

    at: int
    width: int
    char: str
    shape: int


def pieces(text: str) -> tuple[Piece, ...]:
    """The quoted stretches of a text, outermost marks only, in order; none crosses a paragraph's end.

    Single marks count where the text has no double ones, or has them inside of single ones: a newspaper uses one kind
    outside and the other inside.
    Two apostrophes, apostrophes, feet and inches are no marks.
    """
    single = not _ANY_DOUBLE.search(text) or _is_single_outside(text)
    double = _DOUBLE if "``" in text else _DOUBLE_SIGN
    found: list[Piece] = []
    unclosed = False
    for lo, hi in paragraphs(text):
        here = _single(text, lo, hi) if single else _double(text, (lo, hi), double, unclosed=unclosed)
        found += here
        unclosed = bool(here) and here[-1].left_open
    return tuple(found)


def _is_single_outside(text: str) -> bool:
    """Whether a text with double marks has them inside of single ones, as British papers do."""
    if "''" in text or len(_ENDS_SPEECH.findall(text)) <= text.count("“") + text.count('"') // 2:
        return False
    edges = paragraphs(text)
    singles = [each for lo, hi in edges for each in _single(text, lo, hi)]
    doubles = [each for span in edges for each in _double(text, span, _DOUBLE_SIGN, unclosed=False)]
    return len(_apart(singles, doubles)) > len(_apart(doubles, singles))


def _apart(some: list[Piece], others: list[Piece]) -> list[Piece]:
    """Those pieces that stand inside none of the others; both in order, and none of either inside another."""
    kept: list[Piece] = []
    at = 0
    for piece in some:
        while at < len(others) and others[at].outer[1] <= piece.start:
            at += 1
        if at == len(others) or not others[at].outer[0] <= piece.outer[0] < piece.outer[1] <= others[at].outer[1]:
            kept.append(piece)
    return kept


def masked(text: str, found: tuple[Piece, ...]) -> str:
    """The text with what is quoted, marks included, blotted out by as many NUL characters.

    Of a quotation that ends in a full stop the stop is kept, in the place of its closing mark: it ends a sentence.
    """
    parts: list[str] = []
    at = 0
    for piece in found:
        lo, hi = piece.outer
        stop = "." if text[piece.end - 1] == "." and text[piece.end - 2] != "." else "\0"
        parts += (text[at:lo], "\0" * (hi - lo - 1), stop)
        at = hi
    parts.append(text[at:])
    return "".join(parts)


def _piece(text: str, lo: int, hi: int, width: int, *, left_open: bool) -> Iterator[Piece]:
    """The piece between an opening mark that ends at `lo` and a closing one at `hi`, if any word stands there."""
    words = text[lo:hi]
    start = lo + len(words) - len(words.lstrip())
    end = lo + len(words.rstrip())
    if any(map(str.isalnum, words)) and not _is_nickname(text, lo - width, hi + 1, words):
        yield Piece(start, end, (max(0, lo - width), hi if left_open else hi + 1), left_open)


def _is_nickname(text: str, lo: int, hi: int, words: str) -> bool:
    """Whether one word in marks stands between the parts of a name."""
    if not words.isalpha() or not words[0].isupper() or text[hi : hi + 1] != " ":
        return False
    before = text[max(0, lo - 24) : max(0, lo)].split()
    return (
        bool(before)
        and text[lo - 1 : lo] == " "
        and before[-1].isalpha()
        and before[-1][0].isupper()
        and text[hi + 1 : hi + 2].isupper()
    )


def _double(text: str, edges: Span, double: re.Pattern[str], *, unclosed: bool) -> list[Piece]:
    lo, hi = edges
    marks = [mark for match in double.finditer(text, lo, hi) if (mark := _mark(text, match, lo, hi)) is not None]
    if not marks:
        return []
    # How many more marks close than open from each mark on: an opening mark inside a quote is a quote in the quote
    # where enough closing marks follow for both, else the earlier quote was never closed.
    surplus = [*accumulate((-mark.shape for mark in reversed(marks)), initial=0)][::-1]
    found: list[Piece] = []
    stack: list[_Mark] = []
    if unclosed and _closes(marks[0], None) and text[lo : marks[0].at].strip():
        found += _piece(text, lo, marks[0].at, 0, left_open=False)
        marks, surplus = marks[1:], surplus[1:]
    for index, mark in enumerate(marks):
        if not _closes(mark, stack[-1] if stack else None):
            if stack and surplus[index + 1] <= len(stack):
                stack.clear()
            stack.append(mark)
        elif stack:
            first = stack[0]
            stack.pop()
            if not stack:
                found += _piece(text, first.at + first.width, mark.at, first.width, left_open=False)
    if stack:
        found += _piece(text, stack[0].at + stack[0].width, hi, stack[0].width, left_open=True)
    return found


def _mark(text: str, match: re.Match[str], lo: int, hi: int) -> _Mark | None:
    """The mark at a match, None where it tells feet and inches."""
    char, at = match.group(), match.start()
    width = len(char)
    before = text[at - 1] if at > lo else " "
    after = text[at + width] if at + width < hi else " "
    if char in '"＂”' and before.isdigit() and (after.isalnum() or _FEET.search(text, max(lo, at - 6), at)):
        return None
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING or not opens)
    shape = (opens and not closes) - (closes and not opens)
    if char in "“‟「『〝``" and (opens or after.isalnum()):
        shape = 1
    elif char in "」』〞" or (char == "”" and not opens):
        shape = -1
    elif char == "„" or (char == "«" and before.isspace() and after.isspace()):
        shape = 1
    elif (
        char == "»" and before.isspace() and not after.isalnum()
    ):  # French sets its marks apart from the words: « mots »
        shape = -1
    return _Mark(at, width, char, shape)


def _closes(mark: _Mark, current: _Mark | None) -> bool:
    """Whether a mark closes, given the innermost open one."""
    if current is None:
        return mark.shape < 0
    pair = _GERMAN.get(current.char)
    if pair is not None and mark.char in pair:
        return mark.shape <= 0 or current.char != "„" or mark.char == "“"
    if mark.char in "”」』〞":
        return True
    return mark.shape <= 0


def _single(text: str, lo: int, hi: int) -> list[Piece]:
    """The stretches between single marks that read as words said: four words, or a stop before the closing mark."""
    found: list[Piece] = []
    start = -1
    closing = -1
    for match in _SINGLE.finditer(text, lo, hi):
        at = match.start()
        before = text[at - 1] if at > lo else " "
        after = text[at + 1] if at + 1 < hi else " "
        opens = (before.isspace() or before in _BEFORE_OPENING) and after.isalnum() and not _ELISION.match(text, at, hi)
        if opens and match.group() != "’":
            if start >= 0 and closing > start:
                found += _spoken(text, start, closing)
            start, closing = at + 1, -1
        elif start >= 0 and not before.isspace() and not after.isalnum():
            firm = before in ".,!?…" or after in ".,;:"
            if firm:
                found += _spoken(text, start, at)
                start, closing = -1, -1
            elif closing < 0 or before != "s":
                closing = at
    if start >= 0 and closing > start:
        found += _spoken(text, start, closing)
    return found


def _spoken(text: str, lo: int, hi: int) -> Iterator[Piece]:
    words = text[lo:hi]
    if words.count(" ") + 1 >= _SINGLE_WORDS or words[-1:] in {",", ".", "!", "?"}:
        yield from _piece(text, lo, hi, 1, left_open=False)

"""The body of a page: which box holds the story, and which of its blocks belong to it.

Structure decides, names of boxes only hint: a name is overruled where its box holds the headline, the story itself or a
large part of it. Measured on several hundred pages, that rule alone is worth 0.03 of F1.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from news import page_kind as kind
from news.page_kind import HEADINGS
from news.page_tree import Block, Box, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_ENDS = re.compile(
    "[.!?\u2026:\u3002\uff01\uff1f\u061f\u0964][\"'\u201d\u2019\u00bb\u201c)\\]\u300d]*(?:\\s|$)|[,;\u3001\u060c]"
)
_APART: Final = kind.CAPTION | kind.GALLERY | kind.BYLINE | kind.DATE | kind.TAGS | kind.HIDDEN
_OUT: Final = kind.JUNK | kind.HIDDEN | kind.RELATED | kind.LED
_COUNTED: Final = (kind.HIDDEN, kind.CAPTION, kind.GALLERY, kind.BYLINE, kind.DATE, kind.TAGS, kind.RELATED)
_ALL_COUNTED: Final = kind.HIDDEN | kind.CAPTION | kind.GALLERY | kind.BYLINE | kind.DATE | kind.TAGS | kind.RELATED
_JUDGED: Final = _APART | _OUT | kind.WEAK
_ANY: Final = _APART | (_OUT & ~kind.LED) | kind.DEK | kind.TITLE
_AS_STORY: Final = ~(_ANY & ~(kind.DEK | kind.TITLE))
_STRETCH: Final = 300.0
"""What a stretch of furniture between two parts of a body costs at most, in characters of prose."""
_MOST_CLIMBED: Final = 40
"""Larger boxes that are tried; more would cost seconds on a page nested on purpose."""
_CLIMB: Final = 120.0
"""Characters of prose that a larger box must add to be taken."""
_LARGE_PART: Final = 0.35
"""A box with this share of the story's prose is part of it, whatever it is called."""


class Sized(Struct):
    """What the choice needs of each block: characters of running text; up to each the sums of it, of links, of all.

    `headings` are the blocks that are such.
    """

    prose: list[float]
    sums: list[float]
    linked: list[int]
    lengths: list[int]
    headings: list[int] = []

    def between(self, start: int, end: int) -> float:
        """Characters of running text in blocks [start, end)."""
        return self.sums[end] - self.sums[start]


def weigh(text: str) -> float:
    """Length of a text in characters of an alphabet: signs of scripts without spaces count two and a half."""
    return len(text) if text.isascii() else len(text) + 1.5 * len(_UNSPACED.findall(text))


def prose_of(block: Block) -> float:
    """Characters of running text in a block, 0 where it is a heading, a list of links or a label."""
    whole = weigh(block.text)
    if block.tag in HEADINGS or whole < 25 or block.linked > 0.5 * len(block.text):
        return 0.0
    free = whole * (1 - block.linked / len(block.text))
    if not _ENDS.search(block.text):
        return 0.2 * free if free < 100 else 0.6 * free
    return min(free, 1200.0)


def measure(tree: Tree) -> Sized:
    """The running text of all blocks of a page."""
    prose = [prose_of(block) for block in tree.blocks]
    linked = accumulate([block.linked for block in tree.blocks], initial=0)
    lengths = accumulate([len(block.text) for block in tree.blocks], initial=0)
    headings = [index for index, block in enumerate(tree.blocks) if block.tag in HEADINGS]
    return Sized(prose, list(accumulate(prose, initial=0.0)), list(linked), list(lengths), headings)


def hints(tree: Tree, sized: Sized, headline: int, story: tuple[int, int] | None, *, names: bool) -> list[int]:
    """What each box is held for, its surroundings included, after structure has overruled names."""
    whole = sized.between(*story) if story else 0.0
    void = 0 if story is None else _void_kinds(tree, sized, story, whole)
    seen = ~void if names else (kind.HIDDEN | kind.LED) & ~void
    first, last = (headline, headline + 1) if story is None else (min(headline, story[0]), max(headline + 1, story[1]))
    found: list[int] = []
    for box in tree.boxes:
        own = box.kinds & seen
        if not own:
            found.append(found[box.parent] if box.parent >= 0 else 0)
            continue
        if own & _ANY and (box.start < last and box.end > first) and _is_story(box, sized, headline, story, whole):
            own &= _AS_STORY
        if own & kind.LED and _surrounds(box, headline, story):
            own &= ~kind.LED
        found.append(own | found[box.parent] if box.parent >= 0 else own)
    return found


def _void_kinds(tree: Tree, sized: Sized, story: tuple[int, int], whole: float) -> int:
    """The kinds whose boxes together hold a large part of the story: on this page their names mean something else."""
    void = 0
    start, end = story
    inner = [box for box in tree.boxes if box.kinds & _ALL_COUNTED and (box.start > start or box.end < end)]
    for bit in _COUNTED:
        total = 0.0
        reached = start
        for box in inner:
            if box.kinds & bit and box.end > reached and box.start < end:
                total += sized.between(max(reached, box.start), min(end, box.end))
                reached = max(reached, box.end)
        if total > _LARGE_PART * whole:
            void |= bit
    return void


def _is_story(box: Box, sized: Sized, headline: int, story: tuple[int, int] | None, whole: float) -> bool:
    """Whether a box holds the headline, the story, or a large part of the story."""
    if _surrounds(box, headline, story):
        return True
    if story is None:
        return False
    start, end = story
    inside = sized.between(max(start, box.start), max(start, min(end, box.end)))
    return inside > _LARGE_PART * whole


def _surrounds(box: Box, headline: int, story: tuple[int, int] | None) -> bool:
    """Whether a box holds the headline or the whole story."""
    if box.start <= headline < box.end and box.end - box.start > 1:
        return True
    return story is not None and box.start <= story[0] and box.end >= story[1]


class View(Struct):
    """A page as one way of judging sees it: what each box is held for (`found`), the headline's block (-1 if none).

    `beyond` are the blocks that stand where no story can.
    """

    tree: Tree
    sized: Sized
    headline: int
    found: list[int]
    beyond: set[int]
    teasers: set[int] = set()

    def held(self, index: int) -> int:
        """What a block is held for, by its own hints and the boxes around it."""
        block = self.tree.blocks[index]
        return self.found[block.box] | block.kinds

    def is_out(self, index: int) -> bool:
        """Whether a block's surroundings say that it is no part of the story."""
        block = self.tree.blocks[index]
        held = self.found[block.box] | block.kinds
        if not held & _JUDGED:
            return False
        prose = self.sized.prose[index]
        if prose >= 60:  # a running sentence is no date and no tag, whatever its box is called
            held &= ~(kind.DATE | kind.TAGS)
        if prose >= 200:
            held &= ~kind.BYLINE
        weak = held & kind.WEAK and prose < 40 and block.linked
        return bool(held & (_OUT | _APART)) or bool(weak)

    def is_open(self, index: int) -> bool:
        """Whether a block may belong to the story."""
        closed = index == self.headline or index in self.teasers or index in self.beyond
        return not closed and not self.is_out(index)


def container(view: View) -> int:
    """The box that most of the page's running text votes for, -1 where there is none."""
    votes: dict[int, float] = {}
    for index, block in enumerate(view.tree.blocks):
        value = view.sized.prose[index]
        if value <= 0 or index in view.beyond:
            continue
        if view.is_out(index):
            value *= 0.15
        if view.headline >= 0:
            value *= 0.4 if index < view.headline else 1 + 1 / (1 + (index - view.headline) / 10)
        _vote(view.tree, block.box, value, votes)
    return max(votes, key=lambda box: (votes[box], -box)) if votes else -1


def _vote(tree: Tree, box: int, value: float, votes: dict[int, float]) -> None:
    """One block's votes: the first box around it that holds more than it 1, the next larger 1/2, then 1/4."""
    share = 1.0
    size = 1
    for around in tree.outward(box):
        span = tree.boxes[around].end - tree.boxes[around].start
        if span <= size:
            continue
        votes[around] = votes.get(around, 0.0) + value * share
        share = 0.5 if share == 1.0 else 0.25 if share == 0.5 else 0.0
        size = span
        if not share:
            break


def values(view: View) -> list[float]:
    """What each block adds to a story that runs through it: its running text, or less than nothing."""
    result: list[float] = []
    prose, found = view.sized.prose, view.found
    closed = view.teasers | view.beyond
    for index, block in enumerate(view.tree.blocks):
        judged = (found[block.box] | block.kinds) & _JUDGED
        if index in closed or (judged and view.is_out(index)):
            result.append(-(30.0 + min(150.0, 0.5 * len(block.text))))
        elif prose[index] > 0:
            result.append(prose[index])
        elif block.tag in HEADINGS and not block.linked:
            result.append(-5.0)
        else:
            result.append(-(15.0 + min(150.0, float(block.linked))))
    return result


def climb(tree: Tree, box: int, result: list[float]) -> tuple[int, tuple[int, int]]:
    """The box around `box`, or itself, whose best run of blocks is worth most; and that run."""
    best, (most, run) = box, best_run(result, tree.boxes[box].start, tree.boxes[box].end)
    for around in islice(_wider(tree, box), _MOST_CLIMBED):
        total, wider = best_run(result, tree.boxes[around].start, tree.boxes[around].end)
        if total > most + _CLIMB:
            best, most, run = around, total, wider
    return best, run


def _wider(tree: Tree, box: int) -> Iterator[int]:
    """The boxes around `box` that hold more than the one before."""
    size = tree.boxes[box].end - tree.boxes[box].start
    for around in tree.outward(tree.boxes[box].parent):
        span = tree.boxes[around].end - tree.boxes[around].start
        if span > size:
            size = span
            yield around


def best_run(result: list[float], start: int, end: int) -> tuple[float, tuple[int, int]]:
    """The stretch of blocks within [start, end) that is worth most: Kadane's maximum subarray, losses capped."""
    best = (start, start)
    most = total = loss = 0.0
    begin = start
    for index in range(start, end):
        value = result[index]
        if value <= 0:
            loss -= value
            continue
        total -= min(loss, _STRETCH)
        loss = 0.0
        if total <= 0:
            total, begin = 0.0, index
        total += value
        if total > most:
            most, best = total, (begin, index + 1)
    return most, best

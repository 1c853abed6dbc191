"""Strangers in a story: blocks that the page's template makes differently from the story's paragraphs.

A template gives every paragraph of a story one tag and class inside boxes of one tag and class; what editors and
machines set between them (summaries, boxes about the author, offers, captions) has others. Counted on 174 pages: of the
blocks that share the paragraphs' mould 98 % belong to the story; of those that do not, 15 % after its last paragraph
and 20 % between its paragraphs.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from news import page_kind as kind
from news.page_kind import HEADINGS

if TYPE_CHECKING:
    from news.page_body import View
    from news.page_tree import Block, Tree

_LEAST = 0.5
"""Share of a story's text that one mould must have made for it to judge the rest."""
_PART = 0.2
"""Share of a story's text that makes paragraphs of another mould a part of it."""
_NEAR = 3
"""Boxes between a block and one that holds paragraphs directly, for lists and quotations inside a story."""
_GAP = 60
"""Blocks behind a story among which more of its paragraphs are looked for."""
_FAR = 9
_HARMLESS = kind.BODY | kind.TITLE
_ENDED = ".!?\u2026:\"'\u201d\u2019\u00bb)\u3002\u300d\uff09\uff1f"


class Mould(Struct):
    """What most of a story's paragraphs share, and where they stand; `mass` is the running text of each mould."""

    main: tuple[str, str]
    moulds: dict[int, tuple[str, str]]
    mass: Counter[tuple[str, str]]
    made: list[int]
    homes: set[int]


def mould_of(view: View, blocks: list[int]) -> Mould | None:
    """The mould that made most of the text of a story's blocks, None where there is no such."""
    moulds = {index: _mould(view.tree, index) for index in blocks}
    mass: Counter[tuple[str, str]] = Counter()
    for index, mould in moulds.items():
        mass[mould] += round(view.sized.prose[index])
    if not mass.total():
        return None
    main, most = mass.most_common(1)[0]
    if most < _LEAST * mass.total():
        return None
    made = [index for index in blocks if moulds[index] == main]
    return Mould(main, moulds, mass, made, _homes(view.tree, made))


def widened(view: View, run: tuple[int, int]) -> tuple[int, int]:
    """A run of blocks with the paragraphs of its mould that an advertisement or a list parted from it."""
    inside = [index for index in range(*run) if view.is_open(index)]
    mould = mould_of(view, inside)
    if mould is None or len(mould.made) < 2:
        return run
    tree = view.tree
    around = _wider_mould(tree, mould.made[-1])
    end = run[1]
    for index in range(run[1], min(len(tree.blocks), run[1] + _GAP)):
        block = tree.blocks[index]
        if block.tag == "h1":
            break
        told = view.sized.prose[index] > 0 or block.text[-1] in _ENDED
        alike = told and view.is_open(index) and _mould(tree, index) == mould.main
        if alike and _wider_mould(tree, index) == around:
            end = index + 1
    return run[0], end


def _wider_mould(tree: Tree, index: int) -> tuple[str, ...]:
    return tuple(tree.boxes[box].sign for box in islice(tree.outward(tree.blocks[index].box), 4))


def strangers(view: View, blocks: list[int], mould: Mould) -> set[int]:
    """The blocks of a story that are made differently from most of its text, and stand where the story does not."""
    tree, main, part = view.tree, mould.main, _PART * mould.mass.total()
    out: set[int] = set()
    for index in reversed(blocks):
        block = tree.blocks[index]
        own = mould.moulds[index]
        if own == main or (block.tag == "p" and mould.mass[own] > part):
            continue
        away = next((steps for steps, box in enumerate(tree.outward(block.box)) if box in mould.homes), _FAR)
        place = -1 if index < mould.made[0] else 1 if index > mould.made[-1] else 0
        if block.tag in HEADINGS:
            leads = index + 1 in mould.moulds and index + 1 not in out
            strange = place > 0 or not (leads or away <= _NEAR)
        else:
            alike = block.tag == "p" or block.tag == tree.blocks[mould.made[0]].tag
            hinted = bool(view.held(index) & ~_HARMLESS)
            if block.tag == "li" and place > 0 and index - 1 in mould.moulds:
                place = 0  # a list that closes the story
            strange = _is_strange(block, place, away, hinted=hinted, alike=alike, beside=own[1] == main[1])
        if strange:
            out.add(index)
    return out


def _homes(tree: Tree, made: list[int]) -> set[int]:
    """The boxes that hold a story's paragraphs; those around them where each paragraph has a box of its own."""
    homes = {tree.boxes[tree.blocks[index].box].parent for index in made}
    if 2 * len(homes) > len(made):
        homes |= {tree.boxes[box].parent for box in homes if box >= 0}
    return homes


def _mould(tree: Tree, index: int) -> tuple[str, str]:
    """What a template's blocks of one kind share: tag and class of their element and of the one around it."""
    box = tree.boxes[tree.blocks[index].box]
    return box.sign, tree.boxes[box.parent].sign if box.parent >= 0 else ""


def _is_strange(block: Block, place: int, away: int, *, hinted: bool, alike: bool, beside: bool) -> bool:
    """Whether a block of another mould is none of the story's.

    `place` is -1 before the story's paragraphs, 0 between, 1 behind them; `away` counts the boxes to one that holds
    paragraphs; `alike` says that it is a paragraph or of their element, `beside` that it stands in a box like theirs.
    The rules are those that the counts above speak for.
    """
    if alike:
        return (place > 0 and (hinted or not beside)) or (place == 0 and hinted and not beside)
    if block.tag == "li":
        return place > 0 or 4 * block.linked > len(block.text) or (hinted and away > _NEAR)
    if block.tag in {"blockquote", "td", "dd", "dt", "pre"}:
        return hinted and away > _NEAR
    return place >= 0 or block.text[-1] not in _ENDED

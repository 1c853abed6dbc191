"""Strangers in a story: blocks that the page's template makes differently from the story's paragraphs.

A template gives every paragraph of a story one tag and class inside boxes of one tag and class; what editors and
machines set between them (summaries, boxes about the author, offers, captions) has others. Counted on 174 pages: of the
blocks that share the paragraphs' mould 98 % belong to the story; of those that do not, 15 % after its last paragraph
and 20 % between its paragraphs.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from news import page_tree as kind
from news.page_tree import HEADINGS

if TYPE_CHECKING:
    from news.page_body import Sized
    from news.page_tree import Block, Tree

_LEAST = 0.5
"""Share of a story's text that one mould must have made for it to judge the rest."""
_NEAR = 3
"""Boxes between a block and one that holds paragraphs directly, for lists and quotations inside a story."""
_FAR = 9
_HARMLESS = kind.BODY | kind.TITLE
_ENDED = ".!?\u2026:\"'\u201d\u2019\u00bb)\u3002\u300d\uff09\uff1f"


def strangers(tree: Tree, sized: Sized, found: list[int], blocks: list[int]) -> set[int]:
    """Those of the blocks of a story that are made differently from most of its text, and stand where the story does not.

    `found` is what each box is held for.
    """
    moulds = {index: _mould(tree, index) for index in blocks}
    mass: Counter[tuple[int, int]] = Counter()
    for index, mould in moulds.items():
        mass[mould] += round(sized.prose[index])
    whole = mass.total()
    if not whole:
        return set()
    main, most = mass.most_common(1)[0]
    if most < _LEAST * whole:
        return set()
    made = [index for index in blocks if moulds[index] == main]
    homes = {tree.boxes[tree.blocks[index].box].parent for index in made}
    out: set[int] = set()
    for index in blocks:
        block = tree.blocks[index]
        if moulds[index] == main:
            continue
        away = next((steps for steps, box in enumerate(tree.outward(block.box)) if box in homes), _FAR)
        hinted = bool((found[block.box] | block.kinds) & ~_HARMLESS)
        place = -1 if index < made[0] else 1 if index > made[-1] else 0
        if _is_strange(block, place, away, hinted=hinted, beside=moulds[index][1] == main[1]):
            out.add(index)
    return out


def _mould(tree: Tree, index: int) -> tuple[int, int]:
    """What a template's blocks of one kind share: tag and class of their element and of the one around it."""
    box = tree.boxes[tree.blocks[index].box]
    return box.sign, tree.boxes[box.parent].sign if box.parent >= 0 else 0


def _is_strange(block: Block, place: int, away: int, *, hinted: bool, beside: bool) -> bool:
    """Whether a block of another mould is none of the story's.

    `place` is -1 before the story's paragraphs, 0 between, 1 behind them; `away` counts the boxes to one that holds
    paragraphs; `beside` says that it stands in such a box. The rules are those that the counts above speak for.
    """
    ended = block.text[-1] in _ENDED
    if block.tag in HEADINGS:
        return place > 0 or away > _NEAR
    if block.tag == "p":
        return (place > 0 and (hinted or not beside)) or (place == 0 and hinted and not beside)
    if block.tag == "li":
        return place > 0 or block.linked > 0 or (hinted and away > _NEAR)
    if block.tag in {"blockquote", "td", "dd", "dt", "pre"}:
        return hinted and away > _NEAR
    return place >= 0 or not ended

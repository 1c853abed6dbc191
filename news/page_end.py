"""Where the part of a page ends that can hold its story: at readers' comments, at the next story of an endless page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from news import page_kind as kind
from news.furniture import heads_others, is_furniture, opens_comments

if TYPE_CHECKING:
    from news.page_body import Sized
    from news.page_tree import Tree

_WHOLE = 800
"""Characters of running text that make an article element the place of the whole story."""
_ENOUGH = 250
"""Characters of running text below a headline that can be its whole story."""


def mark_led(tree: Tree, sized: Sized, headline: int) -> None:
    """Nothing; boxes that open with a heading such as "Related stories" are held for what it says, whatever their name.

    A heading that ends stories is believed wherever it stands, others like names: not over a large part of the story.
    """
    for index in sized.headings:
        block = tree.blocks[index]
        if index <= headline:
            continue
        ends = heads_others(block.text)
        if not ends and not is_furniture(block.text, linked=False):
            continue
        led = -1
        for box in tree.outward(block.box):
            if tree.boxes[box].start < index:
                break
            led = box
        if led >= 0 and tree.boxes[led].end - index > 1:
            tree.boxes[led].kinds |= kind.LED if ends else kind.JUNK


def end_of_page(tree: Tree, sized: Sized, headline: int) -> int:
    """The first block behind a headline's story that begins something else for certain; their number if none does."""
    if headline < 0:
        return len(tree.blocks)
    mould = _mould(tree, headline)
    for index in sized.headings:
        block = tree.blocks[index]
        if index <= headline or sized.between(headline, index) < _ENOUGH:
            continue
        again = block.tag == "h1" and _is_another(tree, index, headline) and _mould(tree, index) == mould
        if again or opens_comments(block.text):
            return index
    return len(tree.blocks)


def home_of(tree: Tree, sized: Sized, headline: int) -> tuple[int, int]:
    """The blocks that a story can stand in: the innermost article element around its headline, where that tells enough.

    What stands outside it, comments and other stories, may hold more text than the story.
    """
    if headline >= 0:
        for box in tree.outward(tree.blocks[headline].box):
            around = tree.boxes[box]
            if around.tag == "article" and sized.between(headline, around.end) >= _WHOLE:
                return around.start, around.end
    return 0, len(tree.blocks)


def _mould(tree: Tree, index: int) -> tuple[str, ...]:
    return tuple(tree.boxes[box].sign for box in islice(tree.outward(tree.blocks[index].box), 3))


def _is_another(tree: Tree, index: int, headline: int) -> bool:
    """Whether two headings stand in boxes of their own."""
    here, there = tree.boxes[tree.blocks[index].box], tree.boxes[tree.blocks[headline].box]
    return here.parent != there.parent and tree.blocks[index].text != tree.blocks[headline].text

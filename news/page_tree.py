"""A page's tree flattened: blocks of text in reading order, and the boxes that hold them.

One walk over the parsed tree, without recursion, gives everything that the choice of the body needs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from news.lists import word_set
from news.page_kind import ASKING, BYLINE, DATE, HEADINGS, HIDDEN, judged, kinds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = HEADINGS | word_set(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form "
    "header hgroup hr legend li main menu ol p pre section summary table tbody tfoot thead td th tr ul"
)
_TELLING = HEADINGS | {"p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "pre", "address"}
_LEADING = word_set("span a em i small time cite label font b strong")
_SKIPPED = word_set(
    "nav button select option datalist textarea iframe object embed canvas audio video svg math dialog map "
    "head title noscript template script style link meta input"
)
_PASSED = word_set("img source area col track wbr param -comment -cdata -document !doctype")
"""Nodes that hold nothing and break no line."""
_LEFT_OUT = _SKIPPED | _PASSED
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_NUMBERS = re.compile(r"\d+")
_BREAK: Final = "\v"
"""What stands for a line break inside a block: white space that no page has of its own."""
_LINES: Final = 400
"""Characters of a block up to which its lines are kept."""
_PARAGRAPH: Final = 80
_SHORT: Final = 12
_UNSPACED: Final = 30
"""Characters before a single line break from which on they can be a paragraph; the same in scripts without spaces."""
_ENDED: Final = ".!?\u2026\"'\u201d\u2019\u00bb"
_ENDED_UNSPACED: Final = "\u3002\uff01\uff1f\u300d"
_OPEN: Final = 1 << 30
"""Characters up to which an element reaches that is still open."""


_MOST_NODES: Final = 80_000
_MOST_BLOCKS: Final = 6_000
"""Nodes and blocks of a page that are walked; the largest of 434 pages had 10,860 and 1,359."""


class Block(Struct, frozen=True, gc=False):
    """A stretch of text between two breaks: its element, its own and inherited hints, how much of it is linked."""

    tag: str
    text: str
    linked: int
    box: int
    kinds: int
    links: tuple[tuple[str, str], ...]


class Box(Struct, gc=False):
    """An element that holds blocks [start, end) and other boxes; `parent` is -1 for the outermost.

    `names` is its class.
    """

    tag: str
    kinds: int
    parent: int
    start: int
    names: str = ""
    end: int = 0

    @property
    def sign(self) -> str:
        """Equal for elements of one tag and class: what a template makes of the same kind."""
        return _sign(self.tag, self.names)


class Tree(Struct):
    """Blocks in reading order; boxes, outer before inner; the lines of those short blocks that have several."""

    blocks: list[Block]
    boxes: list[Box]
    lines: dict[int, tuple[str, ...]] = {}

    def lines_of(self, index: int) -> tuple[str, ...]:
        """The lines of a block."""
        return self.lines.get(index) or (self.blocks[index].text,)

    def outward(self, box: int) -> Iterator[int]:
        """The boxes around a block, the innermost (`box` itself) first."""
        while box >= 0:
            yield box
            box = self.boxes[box].parent


@lru_cache(maxsize=1 << 12)
def _sign(tag: str, names: str) -> str:
    """A tag with its class, whose numbers only count instances."""
    return f"{tag} {_NUMBERS.sub('', names[:300])}"


def _is_seam(last: str, first: str) -> bool:
    """Whether a space is missing between two elements that a style sheet sets apart: "Ida Holm" and "22 April"."""
    return (last.islower() and not first.islower()) or (last.isdigit() and first.isalpha())


class _Walk:
    """The state of one walk: open elements, the text gathered since the last break."""

    __slots__ = (
        "anchor", "before", "box", "breaks", "cut", "depth", "label", "lead", "length", "linked", "links", "path",
        "pieces", "seam", "tree", "until", "waiting",
    )  # fmt: skip

    def __init__(self) -> None:
        self.tree = Tree([], [])
        self.path: list[tuple[LexborNode, str, bool]] = []  # node, tag, whether it opened a box
        self.box = -1
        self.waiting: list[tuple[LexborNode, str, int]] = []  # open boxes without a block as yet, the innermost last
        self.pieces: list[str] = []
        self.length = 0
        self.linked = 0
        self.links: list[tuple[str, str]] = []
        self.anchor: str | None = None
        self.label = 0  # where the open link's words begin among the pieces
        self.before = 0  # characters of the block before the open link
        self.lead = 0  # hints of an inline element at the start
        self.depth = -1  # its depth, -1 where there is none
        self.until = 0  # characters of the block up to its end
        self.breaks = 0
        self.cut = -1  # the box whose lines have turned out to be paragraphs
        self.seam = 0  # 1 where an inline element has just ended, 2 where the next has opened behind it at once

    def flush(self) -> None:
        """Ends the block under way, if there is one."""
        if self.length:
            if self.anchor is not None:
                self._end_link(self.anchor)
            raw = "".join(self.pieces)
            text = " ".join(raw.split())
            if text:
                self._add(text)
                if len(text) < _LINES and _BREAK in raw:
                    lines = (" ".join(line.split()) for line in raw.split(_BREAK))
                    self.tree.lines[len(self.tree.blocks) - 1] = tuple(line for line in lines if line)
            self.length = self.linked = self.breaks = self.lead = 0
            self.links = []
            self.depth = -1
        self.pieces.clear()
        self.label = self.before = 0

    def _add(self, text: str) -> None:
        blocks, boxes = self.tree.blocks, self.tree.boxes
        for node, tag, known in self.waiting:  # a quarter of all boxes never hold a block
            attributes = node.attributes
            kinds = judged(tag, attributes) | known
            boxes.append(Box(tag, kinds, self.box, len(blocks), attributes.get("class") or ""))
            self.box = len(boxes) - 1
        self.waiting.clear()
        linked = round(len(text) * min(1.0, self.linked / self.length)) if self.linked else 0
        kinds = self.lead if self.until >= self.length else 0
        blocks.append(Block(self._tag(), text, linked, self.box, kinds, tuple(self.links)))

    def _tag(self) -> str:
        """The element that a block counts as: the nearest of its four innermost boxes that says more than "div"."""
        boxes, at = self.tree.boxes, self.box
        for _ in range(4):
            if at < 0:
                break
            box = boxes[at]
            if box.tag in _TELLING:
                return box.tag
            at = box.parent
        return "div"

    def open(self, node: LexborNode, tag: str) -> None:
        """Enters an element."""
        box = tag in _BLOCKS or ("-" in tag and not self.length)
        if box:
            if self.pieces:
                self.flush()
            self.waiting.append((node, tag, 0))
            if tag == "form":
                self.asks()
        elif tag == "br":
            self._break()
        elif tag == "a" or (not self.length and self.depth < 0 and tag in _LEADING):
            self._inline(node, tag)
        self.seam = 2 if self.seam == 1 else 0
        self.path.append((node, tag, box))

    def _inline(self, node: LexborNode, tag: str) -> None:
        """Enters a link, or what may open a block."""
        attributes = node.attributes
        if tag == "a" and self.anchor is None:
            self.anchor = attributes.get("href") or ""
            if not self.length and attributes.get("rel") == "author":
                self.lead, self.depth, self.until = BYLINE, len(self.path), _OPEN
            self.label = len(self.pieces)
            self.before = self.length
        if not self.length and self.depth < 0 and tag in _LEADING:
            kinds = judged(tag, attributes) | (DATE if tag == "time" else 0)
            if kinds:
                self.lead, self.depth, self.until = kinds, len(self.path), _OPEN

    def _break(self) -> None:
        self.pieces.append(_BREAK)
        self.breaks += 1
        if self.breaks >= 2:
            self.flush()

    def _end_link(self, href: str) -> None:
        """Counts what the open link holds of the block under way."""
        if self.length > self.before:
            self.linked += self.length - self.before
            self.links.append((" ".join("".join(self.pieces[self.label :]).split()), href))
        self.label = len(self.pieces)
        self.before = self.length

    def close(self) -> LexborNode:
        """The innermost open element, which is left."""
        node, tag, box = self.path.pop()
        if box:
            if self.pieces:
                self.flush()
            if self.waiting:
                self.waiting.pop()
            else:
                closed = self.tree.boxes[self.box]
                closed.end = len(self.tree.blocks)
                self.box = closed.parent
        elif tag == "a" and self.anchor is not None:
            self._end_link(self.anchor)
            self.anchor = None
        if self.depth == len(self.path):
            self.until = self.length
        self.seam = 1
        return node

    def is_unseen(self, node: LexborNode) -> bool:
        """Whether words inside a sentence are for those who listen to the page: ", opens a new window"."""
        names = node.attributes.get("class") if self.length else None
        return bool(names and kinds_of(names) & HIDDEN) and len(node.text(deep=True)) < _PARAGRAPH

    def is_asked(self, node: LexborNode) -> bool:
        """Whether a field is one to write into: forms of scripts are made of such fields alone."""
        return (node.attributes.get("type") or "text") in {"text", "email"}

    def asks(self) -> None:
        """Notes that a form stands here: the boxes around it may be all about it."""
        for place in range(-1, -min(3, len(self.waiting)) - 1, -1):
            node, tag, kinds = self.waiting[place]
            self.waiting[place] = node, tag, kinds | ASKING
        for box in islice(self.tree.outward(self.box), max(0, 3 - len(self.waiting))):
            self.tree.boxes[box].kinds |= ASKING

    def text(self, text: str) -> None:
        """Takes a run of text that is not all space."""
        if self.breaks and self.length > _SHORT and self.anchor is None and self.is_whole(text):
            self.cut = self.box
            self.flush()
        elif self.seam == 2 and self.pieces and _is_seam(self.pieces[-1][-1], text[0]):
            self.pieces.append(" ")
        self.seam = 0
        self.pieces.append(text)
        self.breaks = 0
        self.length += len(text)

    def is_typed(self) -> bool:
        """Whether text stands here as it was typed, line breaks and all."""
        return any(tag == "pre" for _, tag, _ in self.path[-3:])

    def typed(self, text: str) -> None:
        """Takes a text whose paragraphs are parted by blank lines."""
        for part in _BLANK.split(text):
            if part and not part.isspace():
                self.text(part)
                self.flush()

    def is_whole(self, text: str) -> bool:
        """Whether the lines up to the last break are a paragraph, `text` being what follows it."""
        before = next((piece for piece in reversed(self.pieces) if not piece.isspace()), " ")
        inner = self.waiting[-1][1] if self.waiting else self.tree.boxes[self.box].tag if self.box >= 0 else ""
        last = before.rstrip()[-1:]
        long = self.length > _PARAGRAPH or (self.cut == self.box and not self.waiting)
        whole = (last in _ENDED and long) or (last in _ENDED_UNSPACED and self.length > _UNSPACED)
        return whole and not text.lstrip()[0].islower() and inner not in HEADINGS

    def leave(self) -> LexborNode | None:
        """The next node in reading order where nothing stands beside the last one; elements that end here are left."""
        while self.path:
            node = self.close()
            following = node.next if self.path else None
            if following is not None:
                return following
        return None


def flatten(parser: LexborHTMLParser) -> Tree:
    """Blocks and boxes of a parsed page, in reading order; empty where it has no body."""
    walk = _Walk()
    blocks = walk.tree.blocks
    node = parser.body
    left = _MOST_NODES
    while node is not None and left and len(blocks) < _MOST_BLOCKS:
        left -= 1
        tag = node.tag or "-comment"
        following = None
        if tag == "-text":
            words = node.text_content or " "
            if not words.isspace():  # most nodes are space between boxes
                walk.text(words) if "\n\n" not in words or not walk.is_typed() else walk.typed(words)
            elif walk.length:
                walk.pieces.append(" ")
        elif tag not in _LEFT_OUT and not (tag == "span" and walk.is_unseen(node)):
            following = node.first_child
            walk.open(node, tag)
            if following is None:
                walk.close()
        elif tag == "input" and walk.is_asked(node):
            walk.asks()
        if following is None:
            following = node.next
        node = following if following is not None else walk.leave()
    while walk.path:
        walk.close()
    return walk.tree

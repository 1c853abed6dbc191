"""A page's tree flattened: blocks of text in reading order, and the boxes that hold them.

One walk over the parsed tree, without recursion, gives everything that the choice of the body needs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from news.lists import section, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

JUNK: Final = 1
WEAK: Final = 2
CAPTION: Final = 4
GALLERY: Final = 8
BYLINE: Final = 16
DATE: Final = 32
DEK: Final = 64
BODY: Final = 128
TITLE: Final = 256
TAGS: Final = 512
RELATED: Final = 1024
HIDDEN: Final = 2048
POSTED: Final = 4096  # a message of a social network, shown inside a story
ASKING: Final = 8192  # a box that holds a form
LED: Final = 16384  # a box that opens with a heading that ends stories
_KINDS = {
    "junk": JUNK, "weak": WEAK, "caption": CAPTION, "gallery": GALLERY, "byline": BYLINE, "date": DATE, "dek": DEK,
    "body": BODY, "title": TITLE, "tags": TAGS, "related": RELATED, "hidden": HIDDEN,
}  # fmt: skip
_TABLE: dict[str, int] = {}
for _name, _bit in _KINDS.items():
    for _word in section("page_words", _name):
        _TABLE[_word] = _TABLE.get(_word, 0) | _bit
_FIRST_HALVES = frozenset(word[:cut] for word in _TABLE for cut in range(1, len(word)))

HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
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
_NAMING = ("id", "itemprop", "data-component", "data-testid")
_ASIDE_ROLES = word_set("navigation complementary contentinfo dialog search menu alertdialog")
_NAMELESS = HEADINGS | frozenset(("article", "main", "section", "body"))
"""Boxes whose names say what the story is about ("tag-politics"), never what they are."""
_TAG_KINDS = {
    "aside": JUNK,
    "footer": JUNK,
    "figcaption": CAPTION,
    "figure": CAPTION,
    "caption": CAPTION,
    "legend": JUNK,
}
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NUMBERS = re.compile(r"\d+")
_DIGITS: Final = "0123456789"
_LONGEST_NAME: Final = 1_000
_PARAGRAPH: Final = 80
"""Characters before a single line break from which on they can be a paragraph."""
_ENDED: Final = ".!?\u2026\"'\u201d\u2019\u00bb\u3002\uff01\uff1f\u300d"
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
    """Blocks in reading order; boxes, outer before inner."""

    blocks: list[Block]
    boxes: list[Box]

    def outward(self, box: int) -> Iterator[int]:
        """The boxes around a block, the innermost (`box` itself) first."""
        while box >= 0:
            yield box
            box = self.boxes[box].parent


@lru_cache(maxsize=1 << 12)
def _sign(tag: str, names: str) -> str:
    """A tag with its class, whose numbers only count instances."""
    return f"{tag} {_NUMBERS.sub('', names[:300])}"


@lru_cache(maxsize=1 << 15)
def _kinds_of_name(name: str) -> int:
    """What the words of one class hint at; pages have thousands of classes, made of few hundred names."""
    parts = [part.lower() for part in _PARTS.findall(name)[:12]]
    kinds = 0
    if not _TABLE.keys().isdisjoint(parts):
        for part in parts:
            kinds |= _TABLE.get(part, 0)
    if len(parts) > 1 and not _FIRST_HALVES.isdisjoint(parts):
        for first, second in pairwise(parts):
            kinds |= _TABLE.get(first + second, 0)
    return kinds


@lru_cache(maxsize=1 << 14)
def kinds_of(names: str) -> int:
    """What the words of a class or id hint at, as a sum of kinds."""
    kinds = 0
    for name in names.split()[:24]:
        kinds |= _kinds_of_name(name.rstrip(_DIGITS))
    return kinds


def _judged(tag: str, attributes: dict[str, str | None]) -> int:
    """What an element's tag and attributes hint at."""
    kinds = _TAG_KINDS.get(tag, 0)
    if not attributes:
        return kinds
    get = attributes.get
    classes = get("class")
    if classes:
        if tag not in _NAMELESS and len(classes) < _LONGEST_NAME:
            kinds |= kinds_of(classes)
        if tag == "blockquote" and ("tweet" in classes or "instagram" in classes):
            kinds |= POSTED
        if len(attributes) == 1:
            return kinds
    if tag not in _NAMELESS:
        for naming in _NAMING:
            names = get(naming)
            if names and len(names) < _LONGEST_NAME:
                kinds |= kinds_of(names)
    if "hidden" in attributes or get("aria-hidden") == "true":
        kinds |= HIDDEN
    style = get("style")
    if style and "none" in style and "display:none" in style.replace(" ", "").lower():
        kinds |= HIDDEN
    if get("role") in _ASIDE_ROLES:
        kinds |= JUNK
    return kinds


class _Walk:
    """The state of one walk: open elements, the text gathered since the last break."""

    __slots__ = (
        "anchor", "before", "box", "breaks", "depth", "label", "lead", "length", "linked", "links", "path", "pieces",
        "seam", "tree", "until", "waiting",
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
        self.seam = 0  # 1 where an inline element has just ended, 2 where the next has opened behind it at once

    def flush(self) -> None:
        """Ends the block under way, if there is one."""
        if self.length:
            if self.anchor is not None:
                self._end_link(self.anchor)
            text = " ".join("".join(self.pieces).split())
            if text:
                self._add(text)
            self.length = self.linked = self.breaks = self.lead = 0
            self.links = []
            self.depth = -1
        self.pieces.clear()
        self.label = self.before = 0

    def _add(self, text: str) -> None:
        blocks, boxes = self.tree.blocks, self.tree.boxes
        for node, tag, known in self.waiting:  # a quarter of all boxes never hold a block
            attributes = node.attributes
            kinds = _judged(tag, attributes) | known
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
            self.label = len(self.pieces)
            self.before = self.length
        if not self.length and self.depth < 0 and tag in _LEADING:
            kinds = _judged(tag, attributes) | (DATE if tag == "time" else 0)
            if kinds:
                self.lead, self.depth, self.until = kinds, len(self.path), _OPEN

    def _break(self) -> None:
        self.pieces.append("\n")
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
        if self.breaks and self.length > _PARAGRAPH and self.anchor is None and self.is_whole(text):
            self.flush()
        elif self.seam == 2 and self.pieces and self.pieces[-1][-1].islower() and not text[0].islower():
            self.pieces.append(" ")
        self.seam = 0
        self.pieces.append(text)
        self.breaks = 0
        self.length += len(text)

    def is_whole(self, text: str) -> bool:
        """Whether the lines up to the last break are a paragraph, `text` being what follows it."""
        before = next((piece for piece in reversed(self.pieces) if not piece.isspace()), " ")
        inner = self.waiting[-1][1] if self.waiting else self.tree.boxes[self.box].tag if self.box >= 0 else ""
        return before.rstrip()[-1:] in _ENDED and not text.lstrip()[0].islower() and inner not in HEADINGS

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
                walk.text(words)
            elif walk.length:
                walk.pieces.append(" ")
        elif tag not in _LEFT_OUT:
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

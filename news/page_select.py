"""From a page's tree to its story: paragraphs, captions, standfirst, and what else the page says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from news import page_kind as kind
from news.furniture import ends_story, is_about_paper, is_credit, is_date_line, is_furniture, is_photo_credit
from news.metadata_byline import is_byline
from news.page_around import captions, near_lines, related, standfirst, texts_of, topics
from news.page_body import View, best_run, climb, container, hints, measure, values
from news.page_end import end_of_page, home_of, mark_led
from news.page_kind import HEADINGS
from news.page_sign import mould_of, strangers, widened

if TYPE_CHECKING:
    from news.page_body import Sized
    from news.page_tree import Block, Tree

_SHORTEST = 250
"""Characters of a story below which names of boxes are given up and structure alone decides."""
_FAR_BELOW = 25
"""Blocks between a headline and its story at most."""
_CELLS = frozenset(("td", "th"))
_LONG_HEADING = 120
"""Characters of a heading; what is longer sums up the story."""
_SHORT_LINES = 160
"""Characters of a byline with the place and date below it."""
_SHORT_CELL = 40
"""Characters of a cell that is no paragraph: figures and labels make no sense in running text."""
_ENDED = ".!?\u2026:\"'\u201d\u2019\u00bb)\u3002\u300d"
_DIGITS = re.compile(r"\W+")
_COMPARED = 160
"""Characters of a paragraph whose marks may differ where it is told twice."""


class Story(Struct, frozen=True):
    """What the page's blocks say, in reading order; `near` are lines about the headline, `signatures` last ones."""

    paragraphs: tuple[str, ...] = ()
    standfirst: str | None = None
    captions: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    near: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def select(tree: Tree, titles: tuple[str, ...]) -> Story:
    """The story of a page whose headline is one of `titles`; without paragraphs where the page has none."""
    sized = measure(tree)
    headline = find_headline(tree, titles, sized.sums)
    mark_led(tree, sized, headline)
    first = _attempt(tree, sized, headline, titles, names=True)
    if sum(map(len, first.paragraphs)) >= _SHORTEST:
        return first
    second = _attempt(tree, sized, headline, titles, names=False)
    return second if sum(map(len, second.paragraphs)) > 2 * sum(map(len, first.paragraphs)) else first


def find_headline(tree: Tree, titles: tuple[str, ...], sums: list[float]) -> int:
    """The headline's block: the h1 that says the title, else any h1, else a block that says it; -1 if none."""
    wanted = [set(title.casefold().split()) for title in titles if title]
    known = set().union(*wanted)
    lengths = {len(title) for title in titles if title}
    short, long = min(lengths, default=0) / 2, 2 * max(lengths, default=0)
    best, most, lines = -1, 0.0, tree.lines
    for index, block in enumerate(tree.blocks):
        size = len(block.text)
        if size > 300 or (block.tag not in HEADINGS and not short < size < long):
            continue
        text = lines[index][0] if index in lines else block.text
        own = set(text.casefold().split())
        score = 0.0
        if len(own & known) >= 0.6 * len(own):
            score = max((len(own & title) / max(len(own), len(title)) for title in wanted), default=0.0)
            score = score if score >= 0.6 else 0.0
        score += {"h1": 0.35, "h2": 0.1}.get(block.tag, 0.0) if block.linked < 0.5 * len(block.text) else -0.3
        if score > most + 0.05 or (score >= most > 0.9 and sums[index] - sums[best] < 0.3 * sums[-1]):
            best, most = index, score
    return best if most > 0.3 else -1


def _attempt(tree: Tree, sized: Sized, headline: int, titles: tuple[str, ...], *, names: bool) -> Story:
    """The story by one way of judging boxes."""
    first, last = home_of(tree, sized, headline)
    last = min(last, end_of_page(tree, sized, headline))
    beyond = {*range(first), *range(last, len(tree.blocks))}
    view = View(tree, sized, headline, hints(tree, sized, headline, None, names=names), beyond)
    box = container(view)
    if box < 0:
        return Story()
    span = (tree.boxes[box].start, tree.boxes[box].end)
    view.found = hints(tree, sized, headline, span, names=names)
    view.teasers = teaser_blocks(tree, sized, span)
    result = values(view)
    wider, _ = climb(tree, box, result)
    if wider != box:
        span = (tree.boxes[wider].start, tree.boxes[wider].end)
        view.found = hints(tree, sized, headline, span, names=names)
        result = values(view)
    start = max(span[0], headline + 1) if span[0] <= headline < span[1] else span[0]
    if _gain(result[start : span[1]]) < 0.5 * _gain(result[slice(*span)]):
        start = span[0]
    _, run = best_run(result, start, span[1])
    run = widened(view, (_lead(view, run[0]), run[1]))
    if run[0] - 1 > headline and view.is_open(run[0] - 1) and _heads_part(tree, run[0] - 1, list(range(*run))):
        run = run[0] - 1, run[1]
    return _gather(view, run, titles)


def _gain(result: list[float]) -> float:
    return sum(value for value in result if value > 0)


def teaser_blocks(tree: Tree, sized: Sized, story: tuple[int, int]) -> set[int]:
    """Blocks of small boxes that advertise another story: a linked heading and little else, an entry that is a link."""
    most = min(400.0, 0.3 * sized.between(*story))
    out: set[int] = set()
    links, sums = sized.linked, sized.sums
    for box in tree.boxes:
        start, end = box.start, box.end
        linked = links[end] - links[start]
        asks = box.kinds & kind.ASKING
        if not (linked or asks):
            continue
        if end - start > 8 or sums[end] - sums[start] > most or (start <= story[0] and end >= story[1]):
            continue
        length = sized.lengths[end] - sized.lengths[start]
        if asks or (linked and _advertises(box.tag, tree.blocks[start:end], length, linked)):
            out.update(range(start, end))
    return out | _announced(tree, sized.headings, story)


def _announced(tree: Tree, headings: list[int], story: tuple[int, int]) -> set[int]:
    """Headings outside the story's box that are links, and the paragraph that each has beside it."""
    out: set[int] = set()
    for index in headings:
        block = tree.blocks[index]
        if block.linked > 0.8 * len(block.text) > 12 and not story[0] <= index < story[1]:
            out.add(index)
            last = min(index + 2, len(tree.blocks))
            parent = tree.boxes[block.box].parent
            out.update(i for i in range(index + 1, last) if tree.boxes[tree.blocks[i].box].parent == parent)
    return out


def _advertises(tag: str, blocks: list[Block], length: int, linked: int) -> bool:
    """Whether the blocks of a box, of so many characters and `linked` of them links, are a teaser."""
    if linked >= 0.7 * length and length > 20:
        return True
    if any(block.linked > 0.8 * len(block.text) > 12 and block.tag in HEADINGS for block in blocks):
        return True
    if tag == "article" and len(blocks) > 1:
        return linked > 0.2 * length
    return tag == "li" and blocks[0].linked > 40 and blocks[0].linked > 0.6 * len(blocks[0].text)


class _Gathering:
    """What has been gathered of a story so far."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        self.kept: list[tuple[int, str]] = []
        self.seen: set[str] = {_key(title) for title in titles}
        self.credits: list[str] = []
        self.signatures: list[str] = []


def _key(text: str) -> str:
    """Equal for texts that differ in marks and case, in those of the first words where a text is long."""
    return (_DIGITS.sub("", text[:_COMPARED]) + text[_COMPARED:]).casefold()


def _lead(view: View, start: int) -> int:
    """Where the story begins when the summary above it, a paragraph under the headline, is counted in."""
    if view.headline < 0 or start - view.headline > _FAR_BELOW:
        return start
    blocks = view.tree.blocks
    leads = (i for i in range(view.headline + 1, start) if blocks[i].tag == "p" and view.sized.prose[i] >= 60)
    return next((index for index in leads if view.is_open(index)), start)


def _gather(view: View, run: tuple[int, int], titles: tuple[str, ...]) -> Story:
    """The story of a run of blocks, furniture set apart."""
    state = _Gathering(titles)
    inside = [index for index in range(*run) if view.is_open(index)]
    mould = mould_of(view, inside)
    strange = strangers(view, inside, mould) if mould is not None else set()
    certain = mould.made[-1] if mould is not None else run[0]  # up to here the story goes on, whatever stands between
    for index in inside:
        block = view.tree.blocks[index]
        enough = index > certain and view.sized.between(run[0], index) > 0.8 * view.sized.between(*run)
        if enough and block.tag in HEADINGS and ends_story(block.text):
            break
        if index not in strange:
            _take(state, index, view)
    kept = _without_previews(_trim(view, state))
    held = {index for index, _ in kept}
    size = len(view.tree.blocks)
    rest = [index for index in range(max(0, view.headline), min(size, run[1] + 40)) if index not in held]
    top = range(max(0, view.headline - 8), min(size, run[0] + 4))
    return Story(
        paragraphs=tuple(text for _, text in kept),
        standfirst=standfirst(view, kept[0][0] if kept else run[0]),
        captions=captions(view, [index for index in rest if index <= run[1] + 3]),
        bylines=texts_of(view, top, kind.BYLINE)
        or texts_of(view, range(top.stop, min(size, run[1] + 12)), kind.BYLINE),
        credits=tuple(state.credits),
        signatures=tuple(state.signatures),
        dates=texts_of(view, [index for index in rest if index <= run[1] + 3], kind.DATE),
        near=near_lines(view, run[0]),
        related=related(view, rest),
        tags=topics(view, *run),
    )


def _take(state: _Gathering, index: int, view: View) -> None:
    """Adds one block to the story unless it is furniture."""
    block = view.tree.blocks[index]
    text = block.text
    key = _key(text)
    if not key or key in state.seen:
        return
    lines = view.tree.lines_of(index)
    if is_credit(text) or is_byline(text) or (len(lines) > 1 and is_byline(lines[0]) and len(text) < _SHORT_LINES):
        state.credits.extend(lines)
        return
    if (
        is_furniture(text, linked=bool(block.linked))
        or is_date_line(text)
        or (is_photo_credit(text) and block.tag not in HEADINGS)
    ):
        return
    if block.linked > 0.8 * len(text) and len(text) < 200:
        return
    if view.held(index) & kind.DEK and not state.kept and block.tag in HEADINGS:
        return
    if block.tag in _CELLS and len(text) < _SHORT_CELL:
        return
    if len(text) > 15:
        state.seen.add(key)
    state.kept.append((index, text))


def _heads_part(tree: Tree, index: int, later: list[int]) -> bool:
    """Whether a heading above a story's first paragraph is one of several like it: of its parts, its questions."""
    sign = tree.boxes[tree.blocks[index].box].sign
    block = tree.blocks[index]
    if block.tag not in HEADINGS or len(block.text) > _LONG_HEADING or block.text[-1] == ".":
        return False
    return any(tree.blocks[i].tag in HEADINGS and tree.boxes[tree.blocks[i].box].sign == sign for i in later)


def _without_previews(kept: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The kept blocks without beginnings of others: the first lines of a story that are shown above the whole of it."""
    cut = {text.rstrip(".\u2026 ") for _, text in kept[:4] if text.endswith(("...", "\u2026"))}
    begun = {start for start in cut if any(text.startswith(start) and len(text) > len(start) + 20 for _, text in kept)}
    return [(index, text) for index, text in kept if text.rstrip(".\u2026 ") not in begun] if begun else kept


def _trim(view: View, state: _Gathering) -> list[tuple[int, str]]:
    """The kept blocks from the first paragraph on, without headings, labels and contacts that stand at the end."""
    kept = state.kept
    first = next((place for place, (index, _) in enumerate(kept) if view.sized.prose[index] >= 40), 0)
    if first and _heads_part(view.tree, kept[first - 1][0], [index for index, _ in kept[first:]]):
        first -= 1
    kept = kept[first:]
    while kept:
        index, text = kept[-1]
        tag = view.tree.blocks[index].tag
        label = len(text) < 60 and text[-1] not in _ENDED and tag not in {"li", "td", "pre"}
        if tag in HEADINGS or label or ends_story(text) or (len(kept) > 3 and is_about_paper(text)):
            kept.pop()
            if label and tag not in HEADINGS:
                state.signatures.append(text)
        else:
            break
    return kept

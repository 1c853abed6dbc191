"""From a page's tree to its story: paragraphs, captions, standfirst, and what else the page says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from news import page_tree as kind
from news.furniture import ends_story, is_about_paper, is_credit, is_date_line, is_furniture, is_photo_credit
from news.page_body import View, best_run, climb, container, hints, measure, values
from news.page_sign import strangers, widened
from news.page_tree import HEADINGS
from news.text import fold

if TYPE_CHECKING:
    from news.page_body import Sized
    from news.page_tree import Block, Tree

_SHORTEST = 250
"""Characters of a story below which names of boxes are given up and structure alone decides."""
_FAR_BELOW = 25
"""Blocks between a headline and its story at most."""
_ENDED = ".!?\u2026:\"'\u201d\u2019\u00bb)\u3002\u300d"
_TOPIC = re.compile(
    r"/(?:tags?|topics?|themen?|themes?|temas?|keywords?|schlagwort|thema|tema|etiquetas?|tagi?|temat|emne|amne|dossier)/"
)
_UMLAUTS = str.maketrans({"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00df": "ss"})
_DIGITS = re.compile(r"\W+")


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
    first = _attempt(tree, sized, headline, titles, names=True)
    if sum(map(len, first.paragraphs)) >= _SHORTEST:
        return first
    second = _attempt(tree, sized, headline, titles, names=False)
    return second if sum(map(len, second.paragraphs)) > 1.5 * sum(map(len, first.paragraphs)) else first


def find_headline(tree: Tree, titles: tuple[str, ...], sums: list[float]) -> int:
    """The headline's block: the h1 that says the title, else any h1, else a block that says it; -1 if none."""
    wanted = [set(title.casefold().split()) for title in titles if title]
    lengths = {len(title) for title in titles if title}
    best, most = -1, 0.0
    for index, block in enumerate(tree.blocks):
        size = len(block.text)
        if size > 300 or (block.tag not in HEADINGS and not any(size < 3 * long < 9 * size for long in lengths)):
            continue
        own = set(block.text.casefold().split())
        score = max((len(own & title) / max(len(own), len(title)) for title in wanted), default=0.0)
        score = score if score >= 0.6 else 0.0
        score += {"h1": 0.35, "h2": 0.1}.get(block.tag, 0.0) if block.linked < 0.5 * len(block.text) else -0.3
        if score > most + 0.05 or (score >= most > 0.9 and sums[index] - sums[best] < 0.3 * sums[-1]):
            best, most = index, score
    return best if most > 0.3 else -1


def _attempt(tree: Tree, sized: Sized, headline: int, titles: tuple[str, ...], *, names: bool) -> Story:
    """The story by one way of judging boxes."""
    view = View(tree, sized, headline, hints(tree, sized, headline, None, names=names), set())
    box = container(view)
    if box < 0:
        return Story()
    span = (tree.boxes[box].start, tree.boxes[box].end)
    view.found = hints(tree, sized, headline, span, names=names)
    view.teasers = teaser_blocks(tree, sized, span)
    box, _ = climb(tree, box, values(view))
    span = (tree.boxes[box].start, tree.boxes[box].end)
    view.found = hints(tree, sized, headline, span, names=names)
    result = values(view)
    start = max(span[0], headline + 1) if span[0] <= headline < span[1] else span[0]
    if _gain(result[start : span[1]]) < 0.5 * _gain(result[slice(*span)]):
        start = span[0]
    _, run = best_run(result, start, span[1])
    run = widened(view, (_lead(view, run[0]), run[1]))
    return _gather(view, run, titles)


def _gain(result: list[float]) -> float:
    return sum(value for value in result if value > 0)


def teaser_blocks(tree: Tree, sized: Sized, story: tuple[int, int]) -> set[int]:
    """Blocks of small boxes that advertise another story: a linked heading and little else, an entry that is a link."""
    whole = sized.between(*story)
    out: set[int] = set()
    for box in tree.boxes:
        size = box.end - box.start
        if not 0 < size <= 8 or (box.start <= story[0] and box.end >= story[1]):
            continue
        blocks = tree.blocks[box.start : box.end]
        inside = sized.between(box.start, box.end)
        if inside > 400 or inside > 0.3 * whole:
            continue
        if _advertises(box.tag, blocks):
            out.update(range(box.start, box.end))
    return out


def _advertises(tag: str, blocks: list[Block]) -> bool:
    """Whether the blocks of a box are a teaser."""
    linked = sum([block.linked for block in blocks])
    if not linked:
        return False
    length = sum([len(block.text) for block in blocks])
    if linked >= 0.7 * length and length > 20:
        return True
    if any(block.tag in HEADINGS and block.linked > 0.8 * len(block.text) > 12 for block in blocks):
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
    return _DIGITS.sub("", text).casefold()


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
    strange = strangers(view, inside)
    for index in inside:
        block = view.tree.blocks[index]
        before = view.sized.between(run[0], index)
        if block.tag in HEADINGS and ends_story(block.text) and before > 0.8 * view.sized.between(*run):
            break
        if index not in strange:
            _take(state, index, block, view.held(index))
    kept = _trim(view, state)
    held = {index for index, _ in kept}
    size = len(view.tree.blocks)
    rest = [index for index in range(max(0, view.headline), min(size, run[1] + 40)) if index not in held]
    top = range(max(0, view.headline - 8), min(size, run[0] + 4))
    return Story(
        paragraphs=tuple(text for _, text in kept),
        standfirst=_standfirst(view, kept[0][0] if kept else run[0]),
        captions=_texts(view, rest, kind.CAPTION | kind.GALLERY),
        bylines=_texts(view, top, kind.BYLINE) or _texts(view, range(top.stop, min(size, run[1] + 12)), kind.BYLINE),
        credits=tuple(state.credits),
        signatures=tuple(state.signatures),
        dates=_texts(view, [index for index in rest if index <= run[1] + 3], kind.DATE),
        near=_near(view, run[0]),
        related=_related(view, rest),
        tags=_tags(view, *run),
    )


def _take(state: _Gathering, index: int, block: Block, held: int) -> None:
    """Adds one block to the story unless it is furniture."""
    text = block.text
    key = _key(text)
    if not key or key in state.seen:
        return
    if is_credit(text):
        state.credits.append(text)
        return
    if is_furniture(text) or is_date_line(text) or (is_photo_credit(text) and block.tag not in HEADINGS):
        return
    if block.linked > 0.8 * len(text) and len(text) < 200:
        return
    if held & kind.DEK and not state.kept and block.tag in HEADINGS:
        return
    if len(text) > 25:
        state.seen.add(key)
    state.kept.append((index, text))


def _trim(view: View, state: _Gathering) -> list[tuple[int, str]]:
    """The kept blocks from the first paragraph on, without headings, labels and contacts that stand at the end."""
    kept = state.kept
    first = next((place for place, (index, _) in enumerate(kept) if view.sized.prose[index] >= 40), 0)
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


def _standfirst(view: View, first: int) -> str | None:
    """The words between headline and story that sum it up."""
    for index in range(max(0, view.headline + 1), first):
        block = view.tree.blocks[index]
        held = view.held(index)
        summing = held & kind.DEK or block.tag in {"h2", "h3"}
        if len(block.text) >= 40 and summing and not held & (kind.CAPTION | kind.HIDDEN):
            return block.text
    return None


def _texts(view: View, indices: range | list[int], wanted: int) -> tuple[str, ...]:
    """Texts of the blocks held for `wanted`, each once."""
    texts = (view.tree.blocks[index].text for index in indices if view.held(index) & wanted)
    return tuple(dict.fromkeys(text for text in texts if len(text) < 1500))[:40]


def _related(view: View, indices: list[int]) -> tuple[tuple[str, str], ...]:
    """Titles and links of other stories that the page shows beside or below this one."""
    links: dict[str, str] = {}
    for index in indices:
        if index not in view.teasers and not view.held(index) & kind.RELATED:
            continue
        for label, href in view.tree.blocks[index].links:
            if len(label) >= 20 and len(label.split()) >= 3:
                links.setdefault(label, href)
    return tuple(links.items())[:20]


def _near(view: View, start: int) -> tuple[str, ...]:
    """Short lines from above the headline to the first paragraphs, where dates and names of authors stand."""
    if view.headline < 0:
        return ()
    indices = range(max(0, view.headline - 6), min(len(view.tree.blocks), max(view.headline + 16, start + 4)))
    texts = (
        view.tree.blocks[index].text
        for index in indices
        if index not in view.teasers and not view.held(index) & (kind.CAPTION | kind.GALLERY)
    )
    return tuple(text for text in texts if len(text) <= 160)


def _tags(view: View, start: int, end: int) -> tuple[str, ...]:
    """Labels of the links to topics in the first group of them behind the story, else in the last one above it."""
    size = len(view.tree.blocks)
    groups = [_group(view, range(start, min(size, end + 60)), end + 25)]
    groups += [_group(view, range(start, max(-1, view.headline - 12), -1), -1)]
    return next((tuple(group) for group in groups if group), ())[:30]


def _group(view: View, indices: range, spelled: int) -> list[str]:
    """The topics in the first stretch of blocks that holds any; up to `spelled` an address may spell its label."""
    labels: dict[str, None] = {}
    last = 0
    for index in indices:
        found = _topics(view, index, slugs=index < spelled and not view.held(index) & kind.JUNK)
        if not found and labels and abs(index - last) > 2:
            break
        if found:
            last = index
            labels.update(dict.fromkeys(found))
    return list(labels)


def _topics(view: View, index: int, *, slugs: bool) -> list[str]:
    """The labels of a block's links that lead to topics: by their box, their path, or because it spells the label."""
    block = view.tree.blocks[index]
    if view.sized.prose[index] >= 60 or block.linked < 0.5 * len(block.text):
        return []
    boxed = view.held(index) & kind.TAGS
    short = [(label, href) for label, href in block.links if 1 < len(label) < 50 and len(label.split()) <= 6]
    return [
        label
        for label, href in short
        if boxed or _TOPIC.search(href) or (slugs and len(label) <= 30 and _spells(href, label))
    ]


def _spells(href: str, label: str) -> bool:
    """Whether the last part of an address is its label, as in /politics/foreign-aid/ for "Foreign aid"."""
    last = re.split(r"[?#]", href, maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
    slug = _key(fold(label.lower().translate(_UMLAUTS)))
    return len(slug) > 2 and _key(last.partition(".")[0]) == slug

"""Who said what: every direct quotation with its speaker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from news.article import Span
from news.facts import Quote, SpeakerKind
from news.lists import section
from news.marks import Piece, masked, pieces
from news.speaker import Speaker, Speakers
from news.speech import PREPOSITIONS, Scene, Source
from news.speech_indirect import led_in
from news.speech_layout import Cue, caption, cue, label, preceding, signed, undersigned
from news.text import paragraphs

if TYPE_CHECKING:
    from news.person import Names

__all__ = ["Quote", "SpeakerKind", "quotes"]

_SHORT = 5
_LONGER = 4
_MARKS = "\"'‘’“”.,;:!?()[]"
_WORKS = section("speech", "works")
_WHOLE = 40
_UNKNOWN = Speaker("unknown", None, None)


class _Before(Struct):
    """What the paragraphs before one leave to it.

    `last` spoke last, the quotations from `open_at` on were left open, a `colon` announced someone, and `edges` are
    those of the paragraph right before.
    """

    last: Speaker | None = None
    open_at: int | None = None
    colon: Source | None = None
    edges: Span | None = None


class _Found(Struct):
    """A piece, what the text says about its speaker, and who that is."""

    piece: Piece
    cue: Cue | None
    speaker: Speaker | None = None


def quotes(text: str, names: Names) -> tuple[Quote, ...]:
    """The quotations of a text in order, each with its speaker, given the text's names.

    A short piece in marks that nobody is said to have spoken (a title, a word used with distance) is left out.
    """
    found = pieces(text)
    if not found:
        return ()
    scene = Scene(text, masked(text, found), names)
    return tuple(_quote(scene, each) for each in _attributed(scene, found) if _is_said(scene, each))


def _quote(scene: Scene, found: _Found) -> Quote:
    text, start, end = scene.text, found.piece.start, found.piece.end
    tag = label(scene, start, end)
    if tag is not None:
        start = tag[1] + len(text[tag[1] : end]) - len(text[tag[1] : end].lstrip(": "))
    speaker = found.speaker or _UNKNOWN
    return Quote(text[start:end], start, end, speaker.who, speaker.kind, speaker.at)


def _is_said(scene: Scene, found: _Found) -> bool:
    """Whether a piece is worth telling: someone spoke it, or it is long enough to be speech, and no title of a work."""
    words = scene.text[found.piece.start : found.piece.end].split()
    if words[0] == "Follow" and words[-1].startswith("@"):
        return False
    if len(words) < _SHORT and found.cue is not None and found.cue.layout == "within":
        return False
    if found.speaker is None or found.speaker.kind == "unknown":
        return len(words) >= _SHORT and not _is_title(words)
    if not _is_title(words):
        return True
    whole = scene.sentence_start(found.piece.outer[0]) == found.piece.outer[0]
    firm = whole if found.cue is None else found.cue.firm or found.cue.layout == "before"
    runs_on = found.cue is not None and found.cue.layout == "behind" and not _is_set_off(scene, found.piece)
    return firm and not runs_on and not _named_so(scene, found.piece)


def _is_title(words: list[str]) -> bool:
    """Whether words are written as the title of a work is, each of its longer words with a capital."""
    bare = [word.strip(_MARKS) for word in words]
    longer = [word for word in bare if len(word) >= _LONGER and word not in PREPOSITIONS]
    capitals = sum(word[:1].isupper() or word.isdigit() for word in bare)
    return len(longer) > 1 and not any(word[:1].islower() for word in longer) and 2 * capitals > len(bare)


def _is_set_off(scene: Scene, piece: Piece) -> bool:
    """Whether a stop or a comma ends a piece, inside its marks or behind them."""
    return scene.text[piece.end - 1] in ",.?!…—–" or scene.mask[piece.outer[1] : piece.outer[1] + 1] in {",", "."}


def _named_so(scene: Scene, piece: Piece) -> bool:
    """Whether the words before a piece say that it is a title, or make it part of a phrase ("the book", "host of")."""
    before = scene.mask[max(0, piece.outer[0] - 40) : piece.outer[0]].rstrip(" ,").split()
    return bool(before) and before[-1].lower().replace("’", "'").split("'")[-1] in _WORKS


def _attributed(scene: Scene, found: tuple[Piece, ...]) -> list[_Found]:
    """Every piece with its speaker, paragraph after paragraph."""
    speakers = Speakers(scene)
    told: list[_Found] = []
    before = _Before()
    at, alone = 0, False
    for lo, hi in paragraphs(scene.text):
        here: list[Piece] = []
        while at < len(found) and found[at].start < hi:
            here.append(found[at])
            at += 1
        if not here:
            signature = undersigned(scene, lo, hi) if alone else None
            if signature is not None:
                told[-1].speaker = speakers.speaker(signature)
            before = _Before(before.last, None, _announced(scene, hi), (lo, hi))
            alone = False
            continue
        signature = caption(scene, here[0]) if before.open_at is not None else None
        if signature is not None:
            for each in told[before.open_at :]:
                each.speaker = speakers.speaker(signature)
            here = here[1:]
            before.open_at = None
            if not here:
                continue
        group = _paragraph(scene, here, hi)
        _spread(scene, speakers, group, (lo, hi), before)
        if before.open_at is not None and told and told[-1].speaker is None and group[0].speaker is not None:
            for each in told[before.open_at :]:
                each.speaker = each.speaker or group[0].speaker
        told += group
        alone = len(here) == 1 and not _holds_word(scene, lo, hi)
        going_on = before.open_at if before.open_at is not None else len(told) - 1
        last = next((each.speaker for each in reversed(group) if each.speaker is not None), before.last)
        before = _Before(last, going_on if here[-1].left_open else None, None, (lo, hi))
    return told


def _paragraph(scene: Scene, here: list[Piece], hi: int) -> list[_Found]:
    """The pieces of one paragraph, each with what the text beside it says."""
    group: list[_Found] = []
    for index, piece in enumerate(here):
        following = here[index + 1].outer[0] if index + 1 < len(here) else hi
        group.append(_Found(piece, _beside(scene, piece, following, hi)))
    for each, after in zip(reversed(group[:-1]), reversed(group[1:]), strict=True):
        if _shares(scene, each, after):
            each.cue = after.cue
    return group


def _shares(scene: Scene, each: _Found, after: _Found) -> bool:
    """Whether one who is named behind the next piece of a sentence speaks this one too ("“a” and “b,” X said")."""
    loose = each.cue is None or each.cue.layout == "within"
    behind = after.cue is not None and after.cue.layout == "behind"
    start = scene.sentence_start(each.piece.outer[0])
    return loose and behind and scene.sentence_start(after.piece.outer[0]) == start


def _beside(scene: Scene, piece: Piece, following: int, hi: int) -> Cue | None:
    tag = label(scene, piece.start, piece.end)
    if tag is not None:
        words = scene.text[tag[0] : tag[1]]
        named = scene.names.full(words.title() if words.isupper() else words)
        return Cue(Source(*tag, "name" if named else "description", named), "before")
    beside = cue(scene, piece, following)
    told = beside is not None and beside.layout == "before" and beside.firm
    whole = scene.sentence_start(piece.outer[0]) == piece.outer[0]
    source = signed(scene, piece.outer[1], hi) if following == hi and (whole or not told) else None
    return beside if source is None else Cue(source, "behind")


def _announced(scene: Scene, hi: int) -> Source | None:
    """Who a paragraph that ends in a colon says will speak in the next."""
    if scene.text[hi - 1] != ":":
        return None
    said = cue(scene, Piece(hi, hi, (hi, hi)), hi)
    return said.source if said else None


def _spread(scene: Scene, speakers: Speakers, group: list[_Found], edges: Span, before: _Before) -> None:
    """Give every piece of a paragraph its speaker, its own or one that carries over."""
    lo, hi = edges
    opens = not _holds_word(scene, lo, group[0].piece.outer[0])
    whole = opens and not _holds_word(scene, group[-1].piece.outer[1], hi) and len(group) == 1
    later: Cue | None = None
    following: list[Cue | None] = []
    for each in reversed(group):
        following.append(later)
        later = each.cue or later
    following.reverse()
    current: Speaker | None = None
    for index, each in enumerate(group):
        piece, own = each.piece, each.cue
        if own is not None and (own.layout != "within" or current is None):
            current = speakers.speaker(own.source, (piece.start, piece.end))
        elif current is None and opens and index == 0 and before.open_at is not None:
            current = before.last
        elif current is None:
            source = _elsewhere(scene, piece, lo, before if opens and index == 0 else None, following[index])
            if source is not None:
                current = speakers.speaker(source)
            elif whole and piece.end - piece.start > _WHOLE:
                told = led_in(scene, *before.edges) if before.edges is not None else None
                current = speakers.speaker(told) if told is not None else before.last
        each.speaker = current
        if current is not None:
            speakers.speaks(current, piece.start)


def _elsewhere(scene: Scene, piece: Piece, lo: int, before: _Before | None, later: Cue | None) -> Source | None:
    """Who is said to speak a piece elsewhere than beside it: announced before, or with a later piece of the paragraph.

    `before` is given where the piece opens its paragraph, which begins at `lo`.
    """
    said = None if before is None else before.colon
    if before is None:
        said = preceding(scene, scene.sentence_start(piece.outer[0]), lo)
    return said or (later.source if later is not None else None)


def _holds_word(scene: Scene, lo: int, hi: int) -> bool:
    return re.search(r"\w", scene.mask[lo:hi]) is not None

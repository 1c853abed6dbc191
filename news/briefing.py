"""A briefing: a few sentences drawn word for word from several articles, none of which says again what another said.

A sentence is worth what its words are: those that many of the articles share count most, and those of a question asked.
Chosen one by one, each must bring new words (maximal marginal relevance: Carbonell and Goldstein, SIGIR 1998).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from rapidfuzz import fuzz

from news.article import Span
from news.brief_leaning import leans
from news.facts import Quote
from news.lists import section
from news.stem import stem
from news.terms import STOP, terms
from news.text import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from news.article import Article
    from news.facts import Reading

DEPTH = 12
"""Sentences of an article that are looked at, the first ones: news says early what matters."""

ALL = 20_000
"""Characters of an article in which sentences that speak of what was asked for are looked for."""

SHORTEST, LONGEST = 45, 330
"""Characters of a sentence that can stand on its own on a phone."""

SAID = 0.5
"""Share of a sentence's words that others have said already, from which it says nothing new."""

ALIKE = 82
"""rapidfuzz's token_set_ratio from which two sentences say the same."""

_OPEN, _CLOSE = re.compile(r"[“„«]"), re.compile(r"[”»]")


class Line(Struct, frozen=True):
    """One sentence of a briefing: which of the pieces it is of, and where it stands in that article's text."""

    piece: int
    sentence: str
    span: Span


class Said(Struct, frozen=True):
    """The quotation to show: which of the pieces it is of."""

    piece: int
    quote: Quote


class _Candidate(Struct, frozen=True):
    line: Line
    stems: frozenset[str]
    worth: float


def briefing(pieces: Sequence[tuple[Article, Reading]], limit: int = 4, about: str = "") -> tuple[Line, ...]:
    """At most `limit` sentences, the one to read first first, the others in the order they were published.

    `pieces` begin with the article to lead with; `about` are words that the sentences should speak of.
    """
    shared = Counter(root for article, _ in pieces for root in _stems(f"{article.title} {article.text[:1500]}"))
    wanted = _stems(about)
    candidates = [one for piece in range(len(pieces)) for one in _candidates(pieces, piece, shared, wanted)]
    chosen: list[_Candidate] = []
    asked = [one for one in candidates if wanted & one.stems] or candidates
    leading = [one for one in asked if one.line.piece == 0] or asked
    while candidates and len(chosen) < limit:
        best = max(
            candidates if chosen else leading,
            key=lambda one: (_gain(one, chosen), -one.line.piece, -one.line.span[0]),
        )
        if _gain(best, chosen) <= 0:
            break
        chosen.append(best)
        candidates = [one for one in candidates if one is not best and not _said(one, chosen)]
    lines = [one.line for one in chosen]
    return (*lines[:1], *sorted(lines[1:], key=lambda line: _when(pieces, line)))


def _when(pieces: Sequence[tuple[Article, Reading]], line: Line) -> tuple[bool, float, int, int]:
    published = pieces[line.piece][0].published
    return published is None, published.timestamp() if published else 0.0, line.piece, line.span[0]


def _stems(text: str) -> frozenset[str]:
    """The stems of a text that tell something."""
    return frozenset(stem(term) for term in terms(text) if term not in STOP and len(term) > 1)


@cache
def _common() -> frozenset[str]:
    """The stems of common words. Made at first use: most questions can do without them."""
    return frozenset(map(stem, section("common_words", "")))


def _candidates(
    pieces: Sequence[tuple[Article, Reading]], piece: int, shared: Counter[str], wanted: frozenset[str]
) -> list[_Candidate]:
    article, reading = pieces[piece]
    found: list[_Candidate] = []
    common = _common()
    reach = ALL if wanted else DEPTH * LONGEST
    for place, (start, end) in enumerate(sentences(article.text[:reach])):
        sentence = article.text[start:end]
        if end >= reach or not _stands_alone(sentence):
            continue
        stems = _stems(sentence)
        if place >= DEPTH and not wanted & stems:
            continue
        worth = sum((shared[root] / len(pieces)) * (0.4 if root in common else 1.0) for root in stems)
        worth /= 4 + len(stems) ** 0.5 * 2
        worth *= 1.6 if place == 0 else 1.25 if (start, end) in reading.brief else max(0.6, 1.0 - 0.03 * place)
        worth *= 1.15 if piece == 0 else 1.0
        if wanted:
            worth *= 0.4 + 1.6 * len(wanted & stems) / len(wanted)
        found.append(_Candidate(Line(piece, sentence, (start, end)), stems, worth))
    return found


def _stands_alone(sentence: str) -> bool:
    """Whether a sentence reads well without the one before it: no question, no half a quotation, no "But …"."""
    if not SHORTEST <= len(sentence) <= LONGEST or sentence.endswith(("?", ":", "…", "...")) or "\n" in sentence:
        return False
    if sentence[0] in "\"'“”‘’«»„" or leans(sentence, None, 0):
        return False
    straight = sentence.count('"')
    return straight % 2 == 0 and len(_OPEN.findall(sentence)) == len(_CLOSE.findall(sentence))


def _gain(one: _Candidate, chosen: Sequence[_Candidate]) -> float:
    """What a sentence adds to those chosen: its worth, less what was said; one of another article adds more."""
    if not chosen:
        return one.worth
    known = frozenset[str]().union(*(other.stems for other in chosen))
    fresh = 1 - len(one.stems & known) / max(1, len(one.stems))
    elsewhere = 1.25 if all(one.line.piece != other.line.piece for other in chosen) else 1.0
    return one.worth * fresh * elsewhere


def _said(one: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether the last sentence chosen, or all together, say what this one says."""
    known = frozenset[str]().union(*(other.stems for other in chosen))
    if len(one.stems & known) > 0.75 * len(one.stems):
        return True
    last = chosen[-1]
    overlap = len(one.stems & last.stems) / max(1, min(len(one.stems), len(last.stems)))
    return overlap > SAID or fuzz.token_set_ratio(one.line.sentence, last.line.sentence) >= ALIKE


def key_quote(pieces: Sequence[tuple[Article, Reading]], about: str = "", lines: Sequence[Line] = ()) -> Said | None:
    """The quotation that says most, by a named speaker: words that the articles share, in 6 to 45 words; None for none.

    One that a line of `lines` holds already is passed over.
    """
    shared = Counter(root for article, _ in pieces for root in _stems(f"{article.title} {article.text[:1500]}"))
    wanted = _stems(about)
    shown = " ".join(line.sentence for line in lines)
    best: tuple[float, int, int] | None = None
    for piece, (_, reading) in enumerate(pieces):
        for place, quote in enumerate(reading.quotes):
            size = len(quote.words.split())
            if quote.speaker_kind != "named" or not 6 <= size <= 45 or quote.words in shown:
                continue
            stems = _stems(quote.words)
            worth = sum(shared[root] / len(pieces) for root in stems) / (3 + len(stems) ** 0.5)
            worth += len(wanted & (stems | _stems(quote.speaker or ""))) - 0.02 * place
            if best is None or worth > best[0]:
                best = worth, piece, place
    return None if best is None else Said(best[1], pieces[best[1]][1].quotes[best[2]])

"""A text as the grammar of meetings sees it: every name is one sign, so that a rule reads "P met P in L".

The signs are of a private-use area of Unicode (none of them occurs in what is read: they are replaced first).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from news.person import Name
from news.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from news.article import Span
    from news.quote import Quote

P, O, L = "\ue000", "\ue001", "\ue002"  # noqa: E741
"""A person, an organisation, a place."""

ANY = f"[{P}{O}{L}]"
_SIGN = {"person": P, "organisation": O, "place": L}
_SIGNS = re.compile(ANY)


class Mention(Struct, frozen=True):
    """A name where it stands: `at` in the masked text, `start` to `end` in the text itself."""

    at: int
    start: int
    end: int
    name: Name


class Scene:
    """One article: its masked text, and the ways back to names, quotations and characters."""

    def __init__(self, text: str, names: Iterable[Name], quotes: Iterable[Quote] = ()) -> None:
        """The scene of `text`; where names overlap the one that begins first counts."""
        self.text = _SIGNS.sub(" ", text)
        self.names = tuple(names)
        self.quotes = tuple(quotes)
        self.mentions = self._mask()
        self._ats = [mention.at for mention in self.mentions]
        self._starts = [mention.start for mention in self.mentions]
        self.by_at = {mention.at: mention for mention in self.mentions}
        self.sentences: tuple[Span, ...] = tuple((self.masked_at(a), self.masked_at(b)) for a, b in sentences(text))
        self._sentence_starts = [first for first, _ in self.sentences]

    def _mask(self) -> tuple[Mention, ...]:
        spans = sorted((start, -end, name.name, name) for name in self.names for start, end in name.spans)
        parts: list[str] = []
        found: list[Mention] = []
        upto = length = 0
        for start, minus_end, _, name in spans:
            if start < upto or not start < -minus_end <= len(self.text):
                continue
            parts += [self.text[upto:start], _SIGN[name.kind]]
            length += start - upto
            found.append(Mention(length, start, -minus_end, name))
            length += 1
            upto = -minus_end
        self.masked = "".join([*parts, self.text[upto:]])
        return tuple(found)

    def masked_at(self, offset: int) -> int:
        """Where a character of the text stands in the masked text; one inside a name where the name stands."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        mention = self.mentions[index]
        return mention.at + max(0, offset - mention.end + 1) if offset >= mention.end else mention.at

    def text_at(self, at: int) -> int:
        """Where a character of the masked text stands in the text."""
        index = bisect_right(self._ats, at) - 1
        if index < 0:
            return at
        mention = self.mentions[index]
        return mention.start if at == mention.at else mention.end + at - mention.at - 1

    def between(self, low: int, high: int) -> tuple[Mention, ...]:
        """The names within the masked stretch, in order."""
        return self.mentions[bisect_right(self._ats, low - 1) : bisect_right(self._ats, high - 1)]

    def people(self, low: int, high: int, gender: str | None = None) -> list[Name]:
        """The people named within the masked stretch that the gender fits, possessors left out, each once."""
        found = (
            mention.name
            for mention in self.between(low, high)
            if mention.name.kind == "person" and not self.owns(mention.at) and fits(mention.name, gender)
        )
        return list(dict.fromkeys(found))

    def owners(self, low: int, high: int, gender: str | None = None) -> list[Name]:
        """The people whom the masked stretch names as possessors, that the gender fits."""
        return [
            mention.name
            for mention in self.between(low, high)
            if mention.name.kind == "person" and self.owns(mention.at) and fits(mention.name, gender)
        ]

    def owns(self, at: int) -> bool:
        """Whether the name at `at` is a possessor: "Putin's", "the Emirates'"."""
        return self.masked[at + 1 : at + 3] in _POSSESSIVES or self.masked[at + 1 : at + 3] in _PLURAL_POSSESSIVES

    def sentence_at(self, at: int) -> int:
        """Index of the sentence that holds the masked character."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def subjects(self, index: int, gender: str | None = None, back: int = 4) -> Iterator[Name]:
        """Who the sentences before the one with that index are about, the nearest first: their first free person."""
        for earlier in range(index - 1, max(-1, index - 1 - back), -1):
            low, high = self.sentences[earlier]
            yield from self.people(low, high, gender)[:2]

    def speaker_at(self, at: int) -> str | None:
        """The full name of whoever speaks the words at the masked offset; None outside quotations and where unknown."""
        offset = self.text_at(at)
        for quote in self.quotes:
            if quote.start <= offset < quote.end:
                return quote.speaker if quote.speaker_kind == "named" else None
        return None

    def quoted(self, at: int) -> bool:
        """Whether the masked offset stands inside a quotation."""
        offset = self.text_at(at)
        return any(quote.start <= offset < quote.end for quote in self.quotes)


def after_names(masked: str, low: int, end: int) -> int:
    """Where the stretch without names begins that ends at `end`, `low` at least; patterns of words need no more."""
    return max(low, masked.rfind(P, low, end) + 1, masked.rfind(O, low, end) + 1, masked.rfind(L, low, end) + 1)


def last_word(masked: str, low: int, end: int) -> str:
    """What stands between the last white space before `end` and `end`, in small letters; at most 40 characters."""
    words = masked[max(low, end - 40) : end].split()
    return words[-1].lower() if words else ""


def fits(name: Name, gender: str | None) -> bool:
    """Whether a pronoun of that gender can stand for the person; any can where either is unknown."""
    return gender is None or name.gender is None or name.gender == gender


_POSSESSIVES = frozenset({"'s", "’s"})
_PLURAL_POSSESSIVES = frozenset({"' ", "’ "})

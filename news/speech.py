"""What a text says about who spoke: reporting verbs, and the noun phrases that stand with them.

The layouts are those of English newspapers (counted in PolNeAR, 5,064 attributions: subject verb quote 41 %, quote
subject verb 41 %, quote verb subject 12 %). Everything here reads a masked text, in which quotations are blotted out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from news.lists import entries, section
from news.name_words import FIRST_NAMES
from news.person import Mention, Name, Names, last_name
from news.place import is_place
from news.text import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable

SourceKind = Literal["name", "pronoun", "description"]

_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?")
_TITLES = section("sentences", "titles")
_SENTENCE_END = re.compile(  # one set of signs in front, which is sought much faster
    r"[.!?…](?<![.!?…].)[.!?…]*+[\"“”’'»)\]]{0,3}\s++(?=[\"“”‘'«(\[\0]|[^\W\d_a-z])"
)
_PARTY = re.compile(r"[A-Z]{1,3}(?:-|\))")
_POSSESSIVE = re.compile(r"(?:['’]s?)(?!\w)")


def _forms(entry: str) -> Iterable[str]:
    """Every form of a verb, given its line in the list."""
    base, *irregular = entry.split()
    if irregular:
        return (base, *irregular)
    if base.endswith("e"):
        return (base, base + "s", base + "d", base[:-1] + "ing")
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base, base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    return (base, base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s"), base + "ed", base + "ing")


SAYING = frozenset(form for entry in entries("reporting_verbs", "saying") for form in _forms(entry))
JUDGING = frozenset(form for entry in entries("reporting_verbs", "judging") for form in _forms(entry)) - SAYING
REPORTING = SAYING | JUDGING
BASES = frozenset(
    entry.split()[0]
    for kind in ("saying", "judging")
    for entry in entries("reporting_verbs", kind)
    if len(entry.split()) == len(set(entry.split()))
)
PRONOUNS = section("speech", "pronouns")
FILLERS = section("speech", "fillers")
PREPOSITIONS = section("speech", "prepositions")
CONJUNCTIONS = section("speech", "conjunctions")
DETERMINERS = section("speech", "determiners")
BEING = frozenset({"is", "was", "are", "were", "been", "be", "being"})
_NOUNS = section("speech", "nouns")
_BEHIND_NOUN = section("speech", "behind nouns")
_BEFORE_BASE = PRONOUNS | FILLERS | {"you", "people", "men", "women", "and", "or"}
_BEFORE_NOUN = (DETERMINERS | PREPOSITIONS | {"own"}) - section("speech", "before verbs")


class Source(Struct, frozen=True, gc=False):
    """Who a text says spoke: where it says so, and whether by name, by a word that stands in, or by description."""

    start: int
    end: int
    kind: SourceKind
    name: Name | None = None


def pronoun(word: Word) -> Source:
    """The source that a pronoun is, without a verb hung on to it ("he's")."""
    return Source(word.start, word.start + len(word.lower), "pronoun")


class Word(Struct, frozen=True, gc=False):
    """A word of a text, in small letters, and where it stands."""

    start: int
    end: int
    lower: str
    capital: bool


def reports(words: list[Word], index: int, verbs: frozenset[str] = SAYING) -> bool:
    """Whether a word is a verb of `verbs`, and no noun that looks like one ("the states", "his claims")."""
    word = words[index]
    if word.lower not in verbs or (word.capital and index and word.lower != "tweeted"):
        return False
    if not index or word.lower.endswith("ing"):
        return True
    following = words[index + 1].lower if index + 1 < len(words) else ""
    if word.lower in _NOUNS and following in _BEHIND_NOUN:
        return False
    if following == "to" and word.lower.startswith("continue"):
        return False
    before = words[index - 1].lower
    if word.lower in BASES and before in BEING:
        return False
    if word.lower in BASES and (words[index - 1].capital or before not in _BEFORE_BASE) and not before.endswith("s"):
        return False
    if word.lower in _NOUNS and before == "and" and index > 1 and _is_plural(words[index - 2].lower):
        return False
    if word.lower in _NOUNS and (before == "earlier" or (before.endswith("ing") and not words[index - 1].capital)):
        return False
    return before not in _BEFORE_NOUN and not before.endswith("'s")


def _is_plural(word: str) -> bool:
    """Whether a word may be a noun of many ("speeches"), and is no verb of saying."""
    return word.endswith("s") and word not in REPORTING


class Scene:
    """A text with its quotations blotted out, its sentences and its names, to be asked what stands where."""

    def __init__(self, text: str, mask: str, names: Names) -> None:
        """Lay out a text; `mask` is as long as it is."""
        self.text = text
        self.mask = mask
        self.names = names
        self.sentences = _sentence_starts(text, mask)
        self._words: dict[int, tuple[list[int], list[Word]]] = {}
        self._bearers: dict[str, list[Name]] | None = None

    def outside(self, lo: int, hi: int) -> list[Mention]:
        """The names mentioned within [lo, hi) outside quotations, in order."""
        return [mention for mention in self.names.between(lo, hi) if self.mask[mention.start] != "\0"]

    def people(self, lo: int, hi: int) -> list[Mention]:
        """The people mentioned within [lo, hi) outside quotations, in order, possessives ("Smith's") left out."""
        return [
            each
            for each in self.outside(lo, hi)
            if each.name.kind == "person" and not self.owns(each) and not self.bracketed(each)
        ]

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        return self.sentences[max(0, bisect_right(self.sentences, at) - 1)]

    def sentence_end(self, at: int) -> int:
        """Where the sentence that holds `at` ends, which is where the next one begins."""
        following = bisect_right(self.sentences, at)
        return self.sentences[following] if following < len(self.sentences) else len(self.text)

    def words(self, lo: int, hi: int) -> list[Word]:
        """The words that begin within [lo, hi) outside quotations, in order."""
        found: list[Word] = []
        at = bisect_right(self.sentences, lo) - 1
        while at < len(self.sentences) and (at < 0 or self.sentences[at] < hi):
            starts, words = self._sentence_words(max(at, 0))
            found += words[bisect_left(starts, lo) : bisect_left(starts, hi)]
            at = max(at, 0) + 1
        return found

    def _sentence_words(self, at: int) -> tuple[list[int], list[Word]]:
        """The words of one sentence and where they start, read once."""
        known = self._words.get(at)
        if known is None:
            end = self.sentences[at + 1] if at + 1 < len(self.sentences) else len(self.mask)
            words = [
                Word(match.start(), match.end(), *_spelt(match.group()))
                for match in _WORD.finditer(self.mask, self.sentences[at], end)
            ]
            known = self._words[at] = ([word.start for word in words], words)
        return known

    def bearer(self, place: Name) -> str | None:
        """Who is meant where what looks like a place speaks: the person of that last name, or a full name itself."""
        if " " in place.name:
            return None if is_place(place.name) or place.name.split()[0] not in FIRST_NAMES else place.name
        full = self.bearers(place.name)
        return full[0].name if len(full) == 1 else None

    def bearers(self, last: str) -> list[Name]:
        """The people of the text with more than one name, the last of which is this one, in any case of letters."""
        if self._bearers is None:
            self._bearers = {}
            for each in self.names.names:
                if each.kind == "person" and " " in each.name:
                    self._bearers.setdefault(last_name(each.name).lower(), []).append(each)
        return self._bearers.get(last.lower(), [])

    def owns(self, mention: Mention) -> bool:
        """Whether a mention is a possessive ("Smith's", "Jones'")."""
        return _POSSESSIVE.match(self.text, mention.end) is not None

    def bracketed(self, mention: Mention) -> bool:
        """Whether a mention is the tag of a politician's party and state ("(R-Tex.)"), whatever it was taken for."""
        return self.mask[max(0, mention.start - 1)] == "(" and _PARTY.match(self.mask, mention.start) is not None


@lru_cache(maxsize=1 << 14)
def _spelt(word: str) -> tuple[str, bool]:
    """A word in small letters, without the verb hung on it ("he's"), and whether it has a capital."""
    lower = word.lower().replace("’", "'")
    stem, mark, tail = lower.partition("'")
    bare = stem if mark and stem in PRONOUNS and tail in {"s", "d", "ll", "ve", "re", "m"} else lower
    return bare, word[0].isupper()


def _sentence_starts(text: str, mask: str) -> list[int]:
    """Where sentences begin: a quotation is part of the one it stands in, and ends it by its own last stop."""
    inside = {match.end() for match in _SENTENCE_END.finditer(mask) if not _abbreviated(mask, match.start())}
    return sorted(inside.union((0,), (start for start, _ in paragraphs(text))))


def _abbreviated(mask: str, at: int) -> bool:
    """Whether the stop at `at` belongs to a title or an initial."""
    if mask[at] != ".":
        return False
    start, first = at, max(0, at - 12)
    while start > first and (mask[start - 1].isalnum() or mask[start - 1] in "._"):
        start -= 1
    word = mask[start:at]
    return word in _TITLES or (len(word) == 1 and word.isupper()) or word[1:2] == "."

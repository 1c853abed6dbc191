"""Whom a definite description means ("the Vermont senator"), by what the text says its people are."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from news.lists import entries, section
from news.place import DEMONYMS
from news.speech import PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from news.facts import Gender
    from news.person import Mention, Name, Names


def _by_word(key: str) -> dict[str, str]:
    """What stands before "=" in the lines of a section of the list of roles, by each word behind it."""
    lines = (entry.partition("=") for entry in entries("roles", key))
    return {word: name.strip() for name, _, words in lines for word in words.split()}


_MENTIONS = 12
_DEFINITE = re.compile(r"the\s+|[A-Z][\w.’'-]*(?:['’]s|s['’])\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+")
_THE = re.compile(r"the\s+", re.IGNORECASE)
_SOME = re.compile(r"\b(?:an?|one|another)\s(?=((?:[\w’'-]+ ?){1,5}))", re.IGNORECASE)
_KIN_OF = re.compile(r"(?:[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w’'-]+['’]s)\s+")
_INDEFINITE = re.compile(r"(?:an?|one|another)\s+", re.IGNORECASE)
_HEAD_END = re.compile(r",|\s(?:of|for|from|in|at|on|to|with|who|whose|by|and|that)\b")
_WORD = re.compile(r"[^\W_][\w’'-]+")
_APPOSITION = re.compile(
    r",? (?:the|an?|his|her|its|who \w+ (?:as )?(?:the|an?)) ([^,.;“\"\n\0()]{3,90})|, ([a-z][^,.;“\"\n\0()]{3,60}),"
)
_TAG = re.compile(r",? ?[(,] ?(?:(R|D|I|L)-)?([A-Z][\w.]*(?: [A-Z]\w*)?)\.?[),]")
_OF = re.compile(r" of ([A-Z][\w.-]+(?: [A-Z][\w.-]+)?)")
_AGE = re.compile(r", (?:who is )?(\d{1,2})\b")
_PARTIES = {"R": ("republican",), "D": ("democrat", "democratic"), "I": ("independent",), "L": ("libertarian",)}
_STATES = {
    short: state.strip().lower().split()
    for state, _, shorts in (entry.partition("=") for entry in entries("us_states", ""))
    for short in shorts.split()
}
_EMPTY = section("roles", "empty")
_ALIKE = _by_word("alike")
_NAMELESS = frozenset(_ALIKE.get(word, word) for word in section("roles", "nameless"))
_ALSO = _by_word("also")
_MEN = section("roles", "men")
_WOMEN = section("roles", "women")
_SOMEONE_ENDS = ("er", "or", "ist", "ian", "man", "woman", "eer", "-old")
_SOMEONE = frozenset(_ALIKE.values()).union(
    section("roles", "someone"),
    (word.strip(",") for key in ("men", "women", "any", "roles") for word in section("titles", key)),
)


class Roles:
    """What the people of a text are said to be."""

    def __init__(self, text: str, names: Names) -> None:
        """Nothing is looked up before it is asked for."""
        self._text = text
        self._names = names
        self._people: dict[str, list[tuple[int, Name]]] | None = None
        self._words: dict[str, set[str]] = {}
        self._first: dict[str, int] | None = None

    def meant(self, words: str, at: int) -> Name | None:
        """The person told of before `at` that a definite description means, None unless just one fits."""
        article = _DEFINITE.match(words)
        if article is None:
            return None
        phrase = _AND.split(words[article.end() :], maxsplit=1)[0]
        cut = _HEAD_END.search(phrase)
        head = phrase[: cut.start()] if cut else phrase
        parts = _role_words(head)
        if not parts or (" " in head and head.split()[-1][:1].isupper()) or not is_someone(parts[-1]):
            return None
        wanted = set(parts[:-1] + (_role_words(phrase[cut.start() :]) if cut else []))
        fitting = [name for first, name in self._holders().get(parts[-1], ()) if first < at][:_MENTIONS]
        return self._best(fitting, wanted, needs=cut is not None)

    def may_mean_anyone(self, words: str, at: int) -> bool:
        """Whether a definite description may mean whoever is told of: nobody like that was introduced before."""
        article = _THE.match(words)
        if article is not None and words[article.end() :] in DEMONYMS:
            return True
        parts = _role_words(_HEAD_END.split(words[article.end() :], maxsplit=1)[0]) if article else []
        last = words.rsplit(maxsplit=1)[-1]
        if (
            not parts
            or last[:1].isupper()
            or last in PREPOSITIONS
            or parts[-1] in _NAMELESS
            or not is_someone(parts[-1])
        ):
            return False
        if any(first < at and self.fits(words, name) for first, name in self._holders().get(parts[-1], ())):
            return False
        return self._introduced().get(parts[-1], at) >= at

    def _introduced(self) -> dict[str, int]:
        """Where a word first stands behind an indefinite article or near it ("a retired engineer")."""
        if self._first is None:
            self._first = {}
            for match in _SOME.finditer(self._text):
                for word in _role_words(match.group(1)):
                    self._first.setdefault(word, match.start())
        return self._first

    def fits(self, words: str, name: Name) -> bool:
        """Whether nothing that a text says of a person contradicts a description."""
        self._holders()
        wanted, known = set(_role_words(words)), self._words.get(name.name, set())
        if any(wanted & kind and known & kind and not wanted & known & kind for kind in (_STATE_WORDS, _PARTY_WORDS)):
            return False
        ages = {word for word in known if word.endswith("-old")}
        aged = {word for word in wanted if word.endswith("-old")}
        return not (ages and aged) or bool(ages & aged)

    def _best(self, fitting: list[Name], wanted: set[str], *, needs: bool) -> Name | None:
        """The one of those in a role that its other words single out; without any, the only one there is."""
        scored = []
        for name in fitting:
            known = self._words[name.name]
            elsewhere = wanted & _STATE_WORDS and known & _STATE_WORDS and not wanted & known & _STATE_WORDS
            if wanted & _PARTY_WORDS <= known and not elsewhere:
                scored.append((len(wanted & known), name))
        scored.sort(key=lambda pair: -pair[0])
        if not scored or (needs and not scored[0][0]):
            return None
        if len(scored) > 1 and (not scored[0][0] or scored[0][0] == scored[1][0]):
            return None
        return scored[0][1]

    def _holders(self) -> dict[str, list[tuple[int, Name]]]:
        """The people of the text by each word of what they are said to be, with where they are first mentioned."""
        if self._people is None:
            self._people = defaultdict(list)
            places: dict[str, list[Mention]] = defaultdict(list)
            for mention in self._names.mentions:
                if mention.name.kind == "person" and len(places[mention.name.name]) < _MENTIONS:
                    places[mention.name.name].append(mention)
            for key, mentions in places.items():
                words = set(_role_words(mentions[0].name.role or ""))
                for mention in mentions:
                    words.update(self._beside(mention))
                words.update(_ALSO[word] for word in words & _ALSO.keys())
                self._words[key] = words
                for word in words:
                    self._people[word].append((mentions[0].start, mentions[0].name))
        return self._people

    def _beside(self, mention: Mention) -> Iterator[str]:
        """What stands beside one mention: titles before it, apposition, party, state and age behind it."""
        text, end = self._text, mention.end
        yield from _role_words(text[mention.outer : mention.start])
        beside = _APPOSITION.match(text, end, end + 110)
        if beside:
            yield from _role_words(beside.group(1) or beside.group(2))
        tag = _TAG.match(text, end, end + 30)
        if tag:
            yield from _PARTIES.get(tag.group(1) or "", ())
            yield from _STATES.get(tag.group(2).replace(".", "").replace(" ", ""), ())
        place = _OF.match(text, end, end + 40)
        if place:
            yield from place.group(1).lower().split()
        age = _AGE.match(text, end, end + 14)
        if age:
            yield f"{age.group(1)}-year-old"


_STATE_WORDS = frozenset(word for words in _STATES.values() for word in words)
_PARTY_WORDS = section("roles", "parties")


def gendered(phrase: str) -> Gender | None:
    """Whether a description is of some man or woman without a name ("a woman", "her father"), None where it is not."""
    found = _INDEFINITE.match(phrase) or _KIN_OF.match(phrase)
    if found is None:
        return None
    cut = _HEAD_END.search(phrase, found.end())
    words = [
        match.group().lower() for match in _WORD.finditer(phrase, found.end(), cut.start() if cut else len(phrase))
    ]
    head = words[-1] if words else ""
    return "m" if head in _MEN else "f" if head in _WOMEN else None


def is_indefinite(phrase: str) -> bool:
    """Whether a description is of someone not told of before ("a woman from Port Lena")."""
    return _INDEFINITE.match(phrase) is not None


def gender_of(phrase: str) -> Gender | None:
    """Whether a word of a description says that it is of a man or a woman ("the businessman")."""
    words = phrase.lower().split()
    men, women = not _MEN.isdisjoint(words), not _WOMEN.isdisjoint(words)
    return None if men == women else "m" if men else "f"


def is_someone(word: str) -> bool:
    """Whether a noun can be what a person is, and not a thing or a body."""
    return word not in _EMPTY and (word in _SOMEONE or word.endswith(_SOMEONE_ENDS))


def _role_words(phrase: str) -> list[str]:
    """The words of a role, in small letters, alike ones made one."""
    words = (match.group().lower() for match in _WORD.finditer(phrase))
    return [_ALIKE.get(word, word) for word in words if word not in _EMPTY]

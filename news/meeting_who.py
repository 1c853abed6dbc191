"""Whom a pronoun or a role stands for: "he", "the two leaders", "the Turkish president", "his counterpart"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from news.meeting_phrase import begins_at, joined
from news.meeting_words import ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from news.meeting_scene import Mention, Scene
    from news.person import Name

GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})
PAIR = re.compile(
    r"\b(?:[Tt]he\s+two(?:\s+(?:leaders|men|women|presidents|ministers|sides|politicians|diplomats|officials|"
    r"rivals|premiers|candidates|statesmen))?"
    r"|[Tt]he\s+pair|[Bb]oth\s+(?:leaders|men|women|presidents|ministers|sides)|[Tt]he\s+(?:leaders|ministers|"
    r"presidents|trio)|[Tt]hey|[Bb]oth)$"
)
_ROLES = re.compile(rf"\b(?i:{ROLE})\b")
_AFTER = re.compile(
    r"(?:\s*\([^()]{1,40}\))?,?\s+(?:(?:who\s+(?:is|was)|is|was)\s+)?(?:the|an?|his|her|its)?\s*([^,.;\n]{3,90})"
)
_ANY_LEADER = frozenset(
    {
        "president",
        "prime minister",
        "premier",
        "chancellor",
        "king",
        "emperor",
        "supreme leader",
        "leader",
        "prince",
        "crown prince",
        "chairman",
        "emir",
        "sultan",
        "head of state",
        "ruler",
        "opposition leader",
        "queen",
        "chief",
        "head",
        "counterpart",
    }
)
_ALIKE = {
    "premier": "prime minister",
    "pontiff": "pope",
    "monarch": "king",
    "adviser": "advisor",
    "foreign secretary": "foreign minister",
    "secretary of state": "foreign minister",
    "top diplomat": "foreign minister",
    "defense minister": "defence minister",
}


@cache
def countries() -> dict[str, str]:
    """The country that a name, a capital, a demonym or a seat of government stands for."""
    found: dict[str, str] = {}
    for line in files("news").joinpath("data", "countries.txt").read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.partition("#")[0].split("|")]
        words = [word.strip() for field in fields for word in field.split(",") if word.strip()]
        for word in words:
            found.setdefault(word, words[0])
            found.setdefault(word.removeprefix("The "), words[0])
    return found


_JOINED = re.compile(
    r"^[^.;:]{0,60}\b(?:with|met|meets?|hosted|welcomed|received|greeted|summoned|invited|counterpart|called|phoned|to\s+see|"
    r"married)\b[^.;:]{0,60}$"
)
_ADDRESSED = re.compile(
    r"^[^.;:]{0,20}\s(?:urged|told|asked|pressed|warned|thanked|congratulated|assured|reminded)\s[^.;:]{0,60}$"
)
"""As in "P urged P to resign when the two met"."""
_BACK = 9
"""Sentences within which "the two leaders" were named together."""
_CAPITALS = re.compile(r"\b[A-Z][\w.]+")


def _marks(phrase: str) -> set[str]:
    """The capitalised words of a phrase that say which president or leader it is."""
    return {
        word
        for word in _CAPITALS.findall(phrase)
        if not _ROLES.fullmatch(word) and word not in {"The", "His", "Her", "Prime", "Vice", "Foreign"}
    }


def _surest(people: list[Name], gender: str | None) -> list[Name]:
    """The first of the people whose gender is known to be that, else the first."""
    return [name for name in people if name.gender == gender][:1] or people[:1]


class Who:
    """Tells whom the words of one article mean."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.met: list[Name] = []
        """The people of the last meeting told, for "the two leaders" of later sentences."""
        self._known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._said: dict[str, frozenset[str]] = {}

    def speaker(self, at: int) -> list[Name]:
        """Whoever says "I" at the masked offset; nobody where that is unknown."""
        spoken = self.scene.speaker_at(at)
        return [
            name for name in self.scene.names if spoken is not None and name.name == spoken and name.kind == "person"
        ][:1]

    def pronoun(self, word: str, low: int, at: int, without: Sequence[Name] = ()) -> list[Name]:
        """The person a pronoun at `at` stands for, in a clause that began at `low` or in the sentences before."""
        word = word.lower()
        if word in FIRST_PERSON:
            return self.speaker(at)
        if word in {"they", "them", "their"}:
            return self.pair(at, subjects=True)
        gender = GENDER.get(word)
        index = self.scene.sentence_at(at)
        sentence = self.scene.sentences[index][0]
        here = [name for name in self.scene.people(min(low, sentence), at, gender) if name not in without]
        here = here or [name for name in self.scene.owners(sentence, at, gender) if name not in without]
        if here:
            return _surest(here, gender)
        return _surest([name for name in islice(self.scene.subjects(index, gender), 8) if name not in without], gender)

    def pair(self, at: int, *, subjects: bool = False) -> list[Name]:
        """The two or three people that "they" or "the two leaders" at `at` are: the last that were named together."""
        scene = self.scene
        index = scene.sentence_at(at)
        for earlier in range(index, max(-1, index - _BACK), -1):
            if earlier < index - 1 and self.met:
                return self.met
            first, last = scene.sentences[earlier]
            together = self._together(first, at if earlier == index else last, subjects=subjects)
            if together:
                return together
        return []

    def _together(self, low: int, high: int, *, subjects: bool) -> list[Name]:
        """The last people of the stretch that a list or a verb of both joins; with `subjects` those it begins with."""
        scene = self.scene
        people = [m for m in scene.between(low, high) if m.name.kind == "person" and not scene.owns(m.at)]
        if subjects:
            return self._list(people)
        for one, other in reversed(list(pairwise(people))):
            between = scene.masked[one.at + 1 : other.at]
            if one.name != other.name and (
                joined(scene.masked, one.at, other.at)
                or _JOINED.search(between) is not None
                or _ADDRESSED.search(between) is not None
            ):
                return [one.name, other.name]
        return []

    def _list(self, people: Sequence[Mention]) -> list[Name]:
        """The people of the list that a sentence begins with, or the two of one verb; nobody where one stands alone."""
        masked = self.scene.masked
        found = people[:1]
        for one, other in pairwise(people):
            if not joined(masked, one.at, other.at):
                break
            found = [*found, other]
        if len(found) == 1 and len(people) > 1 and _JOINED.search(masked[people[0].at + 1 : people[1].at]):
            found = people[:2]
        names = list(dict.fromkeys(mention.name for mention in found))
        return names if len(names) >= 2 else []

    def role(self, phrase: str, before: int, of: str | None = None, owner: Sequence[Name] = ()) -> list[Name]:
        """The one person of the article whom a phrase as "the Turkish president" can mean, the last named before.

        Nobody where no such role was told of anyone, or where the phrase names a country that fits nobody.
        """
        roles = [found.group().lower() for found in _ROLES.finditer(phrase)]
        if not roles:
            return []
        wanted = _ALIKE.get(roles[-1], roles[-1])
        lands = self._lands(phrase) | (self._lands(of) if of else set())
        if not lands and wanted == "counterpart":
            return []
        if wanted == "counterpart" and owner:
            lands -= self._told(owner[0])[1]
        marked = _marks(phrase) - {word for land in lands for word in land.split()}
        best: tuple[int, int] | None = None
        who: Name | None = None
        for mention in self.scene.mentions:
            if mention.at >= before:
                break
            if mention.name.kind != "person" or mention.name in owner:
                continue
            heads, homes = self._told(mention.name)
            score = self._score(wanted, lands, heads, homes)
            if marked and not lands and not marked & self._words(mention.name):
                continue
            if score and (best is None or (score, mention.at) >= best):
                best, who = (score, mention.at), mention.name
        return [who] if who is not None else []

    def topic(self, phrase: str, before: int) -> list[Name]:
        """Whom "the Turkish president" as a subject varies: the one the sentence before is about.

        Nobody where that one has another role or country, or none of both can be told of the phrase.
        """
        roles = [found.group().lower() for found in _ROLES.finditer(phrase)]
        index = self.scene.sentence_at(before)
        subject = next(iter(self.scene.subjects(index, back=2)), None)
        if subject is None or not roles or roles[-1] not in _ANY_LEADER:
            return []
        heads, homes = self._told(subject)
        lands = self._lands(phrase)
        wanted = _ALIKE.get(roles[-1], roles[-1])
        alike = not heads or wanted in heads or (wanted == "leader" and bool(heads & _ANY_LEADER))
        return [subject] if lands and not homes and alike else []

    def _score(self, wanted: str, lands: set[str], heads: frozenset[str], homes: frozenset[str]) -> int:
        if lands and not lands & homes:
            return 0
        if wanted in heads:
            return 3 if lands else 2
        if wanted in {"leader", "counterpart", "chief", "head"} and heads & _ANY_LEADER and lands:
            return 2
        return 1 if wanted == "counterpart" and lands and heads else 0

    def _words(self, name: Name) -> frozenset[str]:
        self._told(name)
        return self._said[name.name]

    def _lands(self, phrase: str) -> set[str]:
        """The countries named in a phrase of the masked text or in the text itself."""
        known = countries()
        words = re.findall(r"[A-Z][\w.]*(?:\s+[A-Z][\w.]*)?", phrase)
        return {known[part] for word in words for part in (word, *word.split()) if part in known}

    def _told(self, name: Name) -> tuple[frozenset[str], frozenset[str]]:
        """The roles and the countries that the article gives a person, around each of the mentions."""
        if name.name not in self._known:
            self._known[name.name] = self._gather(name)
        return self._known[name.name]

    def _gather(self, name: Name) -> tuple[frozenset[str], frozenset[str]]:
        scene = self.scene
        told = [name.role or ""]
        for start, end in name.spans[:8]:
            at = scene.masked_at(start)
            first, _ = begins_at(scene.masked, scene.sentences[scene.sentence_at(at)][0], at)
            told.append(scene.text[scene.text_at(first) : start])
            after = _AFTER.match(scene.text, end)
            if after and scene.text[end] in ",(" and _ROLES.search(after.group(1)[:40]):
                told.append(after.group(1))
        self._said[name.name] = frozenset(word for text in told for word in _CAPITALS.findall(text))
        heads = {found.group().lower() for text in told for found in _ROLES.finditer(text)}
        heads |= {_ALIKE[head] for head in heads if head in _ALIKE}
        return frozenset(heads), frozenset(land for text in told for land in self._lands(text))

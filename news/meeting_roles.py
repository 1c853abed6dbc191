"""Which person a role stands for: "the Turkish president", "his counterpart", "the minister"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from news.meeting_phrase import begins_at
from news.meeting_scene import L
from news.meeting_words import ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from news.meeting_scene import Mention, Scene
    from news.person import Name

_ROLES = re.compile(rf"\b(?=[A-Za-z])(?i:{ROLE})\b")
_AFTER = re.compile(
    r"(?:\s*\([^()]{1,40}\))?,?\s+(?:(?:who\s+(?:is|was)|is|was)\s+)?(?:the|an?|his|her|its)?\s*((?!who\b|"
    r"whose\b|whom\b|which\b|where\b|when\b|had\b|has\b|and\b|but\b|after\b|said\b)[^,.;\n]{3,90})"
)
_CAPITALISED = re.compile(r"[A-Z][\w.]*(?:\s+[A-Z][\w.]*)?")
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
_AHEAD = 3
"""Sentences after its own within which a role may be given a name."""
_FOR_HIS_PART = re.compile(r",\s+(?:for|on)\s+(?:his|her)\s+(?:part|side)\b|\s+(?:in\s+turn|meanwhile)\b")
_OF_LAND = re.compile(rf"\s+of\s+(?:the\s+)?{L}")
"""As in "President P of L"."""
_SAID = re.compile(r"\s+(?:said|says|told|added|wrote|warned|insisted)\b")
_SHORT = frozenset(
    {"minister", "secretary", "commissioner", "envoy", "adviser", "advisor", "chief", "negotiator", "general"}
)
_IN_FULL = {
    "Gov": "governor",
    "Sen": "senator",
    "Rep": "congressman",
    "Gen": "general",
    "PM": "prime minister",
    "FM": "foreign minister",
    "Amb": "ambassador",
    "Atty Gen": "attorney general",
    "Lt Gov": "lieutenant governor",
    "Chm": "chairman",
}
_THEN = re.compile(r"\b(?:after|before|since|when|while|where|said|says|during)\b")
"""Where an aside turns to something else: ", days after the premier's meeting"."""
_SHORT_TITLES = re.compile(rf"\b({'|'.join(sorted(_IN_FULL, key=len, reverse=True))})\b\.?")
"""Titles as they are shortened before names."""
_KINDS = {
    "diplomat": frozenset(
        {"foreign minister", "foreign secretary", "ambassador", "envoy", "special envoy", "high commissioner"}
    ),
    "envoy": frozenset({"ambassador", "high commissioner", "special envoy", "diplomat"}),
    "lawmaker": frozenset({"senator", "congressman", "congresswoman", "legislator", "parliamentarian"}),
    "legislator": frozenset({"senator", "congressman", "congresswoman", "lawmaker", "parliamentarian"}),
    "executive": frozenset({"chief executive", "ceo", "chairman", "chairwoman", "president"}),
}
"""What else those with certain roles are called."""
_GENERIC = frozenset(
    {"official", "aide", "counterpart", "lawyer", "colleague", "neighbour", "neighbor", "host", "rival"}
)
"""Roles that many have, so that one alone says little of whom it means."""
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


_CAPITALS = re.compile(r"\b[A-Z][\w.]+")


def _marks(phrase: str) -> set[str]:
    """The capitalised words of a phrase that say which president or leader it is."""
    return {
        word
        for word in _CAPITALS.findall(phrase)
        if not _ROLES.fullmatch(word) and word not in {"The", "His", "Her", "Prime", "Vice", "Foreign"}
    }


class Roles:
    """Tells whom the roles of one article mean."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._said: dict[str, frozenset[str]] = {}

    def role(self, phrase: str, before: int, of: str | None = None, owner: Sequence[Name] = ()) -> list[Name]:
        """The one person of the article whom a phrase as "the Turkish president" can mean, the last named before.

        Where nobody was told to have the role before, whoever is told to have it later. Nobody where no such role was
        told of anyone, or where the phrase names a country that fits nobody.
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
        for mention in self._others(before, owner):
            heads, homes = self._told(mention.name)
            score = self._score(wanted, lands, heads, homes)
            if marked and not lands and not marked & self._words(mention.name):
                continue
            if score and (best is None or (score, mention.at) >= best):
                best, who = (score, mention.at), mention.name
        if who is None and (lands or marked):
            who = self._later(wanted, lands, marked, before, owner)
        return [who] if who is not None else []

    def _others(self, before: int, owner: Sequence[Name]) -> Iterator[Mention]:
        """The people named before the offset, but for the owner of the role."""
        for mention in self.scene.mentions:
            if mention.at >= before:
                break
            if mention.name.kind == "person" and mention.name not in owner:
                yield mention

    def _later(self, wanted: str, lands: set[str], marked: set[str], before: int, owner: Sequence[Name]) -> Name | None:
        """The first person named after the offset, in the sentences next to it, who is told to have the role."""
        scene = self.scene
        at = scene.sentence_at(before)
        high = scene.sentences[min(len(scene.sentences) - 1, at + _AHEAD)][1]
        for mention in scene.between(before, high):
            if mention.name.kind != "person" or mention.name in owner or scene.owns(mention.at):
                continue
            heads, homes = self._told(mention.name)
            if self._score(wanted, lands, heads, homes) > 1 and (lands or marked & self._words(mention.name)):
                return mention.name
            if (
                wanted == "counterpart"
                and not heads
                and not homes
                and _FOR_HIS_PART.match(scene.masked, mention.at + 1)
            ):
                return mention.name
            if wanted in _ANY_LEADER and lands and not heads and not homes and self._speaks(mention):
                return mention.name
        return None

    def _speaks(self, mention: Mention) -> bool:
        """Whether what a person says follows or goes before the name."""
        masked = self.scene.masked
        return _SAID.match(masked, mention.at + 1) is not None

    def both(self, role: str, before: int) -> list[Name]:
        """The last two people told to have a role, in the sentence of the offset and the three before it."""
        scene = self.scene
        if not _ROLES.fullmatch(role):
            return []
        low = scene.sentences[max(0, scene.sentence_at(before) - _AHEAD)][0]
        people = [name for name in scene.people(low, before) if role in self._told(name)[0]]
        return people if len(people) == 2 else []

    def topic(self, phrase: str, before: int) -> list[Name]:
        """Whom "the Turkish president" as a subject varies: the one the sentence before is about.

        Nobody where that one has another role or country, or none of both can be told of the phrase.
        """
        roles = [found.group().lower() for found in _ROLES.finditer(phrase)]
        subject = self._spoken_of(before)
        if subject is None or not roles or roles[-1] not in _ANY_LEADER:
            return []
        heads, homes = self._told(subject)
        lands = self._lands(phrase)
        wanted = _ALIKE.get(roles[-1], roles[-1])
        alike = not heads or wanted in heads or (wanted == "leader" and bool(heads & _ANY_LEADER))
        return [subject] if lands and not homes and alike else []

    def _spoken_of(self, before: int) -> Name | None:
        """Who the sentence before is about: its first person, the owner of what it is about too."""
        scene = self.scene
        index = scene.sentence_at(before)
        for earlier in (index - 1, index - 2):
            named = scene.between(*scene.sentences[earlier]) if earlier >= 0 else ()
            people = [mention.name for mention in named if mention.name.kind == "person"]
            if people:
                return people[0]
        return None

    def sole(self, phrase: str, before: int, without: Sequence[Name] = ()) -> list[Name]:
        """The only person of the sentence so far, or of the one before it, where nothing told of them speaks against.

        As in "Aides to P said the majority leader would see P".
        """
        roles = [found.group().lower() for found in _ROLES.finditer(phrase)]
        if not roles or roles[-1] in _GENERIC or self._lands(phrase) or not phrase[:4].lower().startswith("the "):
            return []
        scene = self.scene
        index = scene.sentence_at(before)
        wanted = _ALIKE.get(roles[-1], roles[-1])
        for first in (index, index - 1):
            named = scene.between(scene.sentences[max(0, first)][0], before)
            people = dict.fromkeys(mention.name for mention in named if mention.name.kind == "person")
            free = [name for name in people if self._free(name, wanted)]
            if len(free) == 1:
                return [name for name in free if name not in without]
            if free:
                break
        if _marks(phrase):
            return []
        subject = next(iter(scene.subjects(index, back=2)), None)
        free = [subject] if subject is not None and wanted in _ANY_LEADER and self._free(subject, wanted) else []
        return [name for name in free if name not in without]

    def _free(self, name: Name, wanted: str) -> bool:
        """Whether nothing told of a person speaks against a role."""
        heads = self._told(name)[0]
        return not heads or any(_is_a(wanted, head) for head in heads)

    def _score(self, wanted: str, lands: set[str], heads: frozenset[str], homes: frozenset[str]) -> int:
        if lands and not lands & homes:
            return 0
        if wanted in heads:
            return 3 if lands else 2
        if any(_is_a(wanted, head) for head in heads):
            return 2 if lands else 1
        if wanted in {"leader", "counterpart", "chief", "head"} and heads & _ANY_LEADER and lands:
            return 2
        return 1 if wanted == "counterpart" and lands and heads else 0

    def _words(self, name: Name) -> frozenset[str]:
        self._told(name)
        return self._said[name.name]

    def _lands(self, phrase: str) -> set[str]:
        """The countries named in a phrase of the masked text or in the text itself."""
        known = countries()
        words = _CAPITALISED.findall(phrase)
        return {known[part] for word in words for part in (word, *word.split()) if part in known}

    def _told(self, name: Name) -> tuple[frozenset[str], frozenset[str]]:
        """The roles and the countries that the article gives a person, around each of the mentions."""
        if name.name not in self._known:
            self._known[name.name] = self._gather(name)
        return self._known[name.name]

    def _gather(self, name: Name) -> tuple[frozenset[str], frozenset[str]]:
        scene = self.scene
        told = {name.role or ""}
        for start, end in name.spans[:8]:
            at = scene.masked_at(start)
            first, _ = begins_at(scene.masked, scene.sentences[scene.sentence_at(at)][0], at)
            told.add(scene.text[scene.text_at(first) : start])
            if of := _OF_LAND.match(scene.masked, at + 1):
                told.add(scene.by_at[of.end() - 1].name.name)
            after = _AFTER.match(scene.text, end) if scene.text.startswith((",", "("), end) else None
            if after and _ROLES.search(_THEN.split(after.group(1)[:40])[0]):
                told.add(after.group(1))
        self._said[name.name] = frozenset(word for text in told for word in _CAPITALS.findall(text))
        told = {_SHORT_TITLES.sub(lambda found: _IN_FULL[found.group(1)], text) for text in told}
        heads = {found.group().lower() for text in told for found in _ROLES.finditer(text)}
        heads |= {_ALIKE[head] for head in heads if head in _ALIKE}
        if "counterpart" in heads:
            heads |= self._of_counterpart(name)
        return frozenset(heads), frozenset(land for text in told for land in self._lands(text))

    def _of_counterpart(self, name: Name) -> set[str]:
        """The roles of whoever stands before "his counterpart P": P has them too."""
        scene = self.scene
        for start, _ in name.spans[:8]:
            at = scene.masked_at(start)
            low = scene.sentences[scene.sentence_at(at)][0]
            phrase = scene.text[scene.text_at(begins_at(scene.masked, low, at)[0]) : start]
            before = [m for m in scene.between(low, at) if m.name.kind == "person" and m.name != name]
            if "counterpart" in phrase and before and before[-1].name.role:
                return {found.group().lower() for found in _ROLES.finditer(before[-1].name.role)}
        return set()


def _is_a(wanted: str, head: str) -> bool:
    """Whether who has the role `head` can be called `wanted`: a foreign minister is "the minister", a diplomat."""
    if head in _KINDS.get(wanted, ()):
        return True
    return wanted in _SHORT and head.endswith(f" {wanted}")

"""Whom a pronoun stands for: "he", "they", "the two leaders"; roles alone are read by `news.meeting_roles`."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from news.meeting_phrase import joined
from news.meeting_roles import Roles
from news.meeting_scene import P

if TYPE_CHECKING:
    from collections.abc import Sequence

    from news.meeting_scene import Mention, Scene
    from news.person import Name

GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})
PAIR = re.compile(
    r"\b(?<!\b[Oo]f )(?<!\bfrom )"
    r"(?:[Tt]he\s+two(?:\s+(?:(?:top|senior|veteran|young|old|outgoing|[A-Z][a-z]+)\s+)?(?:leaders|men|women|"
    r"presidents|ministers|sides|politicians|diplomats|officials|"
    r"rivals|premiers|candidates|statesmen|heads\s+of\s+state|heads\s+of\s+government|foreign\s+ministers|"
    r"prime\s+ministers))?"
    r"|[Tt]he\s+pair|[Bb]oth\s+(?:leaders|men|women|presidents|ministers|sides|candidates|officials|diplomats)|"
    r"[Tt]he\s+(?:leaders|ministers|"
    r"presidents|diplomats|envoys|premiers|commanders|generals|negotiators|governors|mayors|duo|trio|"
    r"leaders\s+of\s+(?:the\s+two|both)\s+[A-Za-z]+)|[Tt]hey|"
    r"[Bb]oth)$"
)
PAIR_OBJECT = re.compile(
    r"(?:the\s+two|the\s+pair|both|them)(?=[.,;]|\s+(?:since|in|on|at|for|after|before|this|last|next|when)\b)|"
    r"(?:the\s+two|both)\s+(?:leaders|men|women|presidents|prime\s+ministers|foreign\s+ministers|ministers|"
    r"premiers|diplomats|"
    r"officials|rivals|heads\s+of\s+(?:state|government))\b(?!\s+(?:of|from)\b)"
)
"""The two people, as those between whom or with whom there was a meeting."""
_JOINED = re.compile(
    r"^[^.;:]{0,60}\b(?:with|met|meets?|hosted|welcomed|received|greeted|summoned|invited|counterpart|called|"
    r"phoned|to\s+see|"
    r"married)\b[^.;:]{0,60}$"
)
_ADDRESSED = re.compile(
    r"^[^.;:]{0,20}\s(?:urged|told|asked|pressed|warned|thanked|congratulated|assured|reminded)\s[^.;:]{0,60}$"
)
"""As in "P urged P to resign when the two met"."""
_LED = re.compile(
    rf"\b(?:delegation|group|team|mission)\b[^.;\n]{{0,80}}?\b(?:led|headed|chaired)\s+by\s+[^.;\n{P}]{{0,90}}?({P})"
)
_SAYS = re.compile(r"\s+(?:said|says|stated|told|added|announced|confirmed)\b")
_BACK = 9
"""Sentences within which "the two leaders" were named together."""


def _surest(people: list[Name], gender: str | None) -> list[Name]:
    """The first of the people whose gender is known to be that, else the first."""
    return [name for name in people if name.gender == gender][:1] or people[:1]


class Who:
    """Tells whom the words of one article mean."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.met: list[Name] = []
        """The people of the last meeting told, for "the two leaders" of later sentences."""
        self.met_in = -1
        """Index of the sentence that told it."""
        self.roles = Roles(scene)

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

    def pair(self, at: int, words: str = "", *, subjects: bool = False) -> list[Name]:
        """The two or three people that "they" or "the two leaders" at `at` are: the last that were named together.

        The `words` may say what both of them are: "the two presidents".
        """
        scene = self.scene
        index = scene.sentence_at(at)
        if words.endswith("s") and (alike := self.roles.both(words.split(maxsplit=2)[-1][:-1], at)):
            return alike
        for earlier in range(index, max(-1, index - _BACK), -1):
            if earlier < index and self.met and earlier <= max(self.met_in, index - 2):
                return self.met
            first, last = scene.sentences[earlier]
            here = earlier == index
            together = self._together(first, at if here else last, subjects=subjects, here=here)
            if together:
                return together
        return [] if subjects or words.endswith("sides") else self._only_two(index, at)

    def _only_two(self, index: int, at: int) -> list[Name]:
        """The two people whom the sentences before name, where they name no other."""
        scene = self.scene
        named = scene.between(scene.sentences[max(0, index - 2)][0], at)
        people = list(dict.fromkeys(mention.name for mention in named if mention.name.kind == "person"))
        return people if len(people) == 2 else []

    def doer(self, index: int) -> list[Name]:
        """Whom the sentence before the one with that index is about, where it tells what they do, not what they say."""
        scene = self.scene
        if not index:
            return []
        named = scene.between(*scene.sentences[index - 1])
        first = next((mention for mention in named if mention.name.kind == "person"), None)
        if first is None or scene.owns(first.at) or _SAYS.match(scene.masked, first.at + 1):
            return []
        return [first.name]

    def leader(self, at: int) -> list[Name]:
        """Who leads "the group" or "the delegation" of the sentences before: "a team headed by P"."""
        scene = self.scene
        low = scene.sentences[max(0, scene.sentence_at(at) - _BACK)][0]
        led = [found.start(1) for found in _LED.finditer(scene.masked, low, at)]
        return [scene.by_at[led[-1]].name] if led else []

    def other(self, left: Sequence[Name], at: int) -> list[Name]:
        """The one other person whom the sentences before name, for a role that nobody was told to have."""
        scene = self.scene
        index = scene.sentence_at(at)
        for back in (1, 2):
            people = scene.people(scene.sentences[max(0, index - back)][0], at)
            if len(people) >= 2:
                return [name for name in people if name not in left] if len(people) == 2 else []
        return []

    def _together(self, low: int, high: int, *, subjects: bool, here: bool) -> list[Name]:
        """The last people of the stretch that a list or a verb of both joins; with `subjects` those it begins with."""
        scene = self.scene
        people = [m for m in scene.between(low, high) if m.name.kind == "person" and not scene.owns(m.at)]
        if subjects:
            return self._list(people, told=here)
        for one, other in reversed(list(pairwise(people))):
            between = scene.masked[one.at + 1 : other.at]
            if (
                one.name != other.name
                and not _SAYS.match(scene.masked, other.at + 1)
                and (
                    joined(scene.masked, one.at, other.at)
                    or _JOINED.search(between) is not None
                    or _ADDRESSED.search(between) is not None
                )
            ):
                return [one.name, other.name]
        return []

    def _list(self, people: Sequence[Mention], *, told: bool) -> list[Name]:
        """The people of the list that a sentence begins with, or the two of one verb; nobody where one stands alone."""
        masked = self.scene.masked
        found = people[:1]
        for one, other in pairwise(people):
            if not joined(masked, one.at, other.at):
                break
            found = [*found, other]
        between = masked[people[0].at + 1 : people[1].at] if len(people) > 1 else ""
        if len(found) == 1 and len(people) > 1 and (_JOINED.search(between) or (told and _ADDRESSED.search(between))):
            found = people[:2]
        names = list(dict.fromkeys(mention.name for mention in found))
        return names if len(names) >= 2 else []

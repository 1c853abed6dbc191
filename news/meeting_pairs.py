"""The two sides of a meeting around the words that tell it: subject or owner on the left, a list on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from news import meeting_patterns as patterns
from news import meeting_subject as subject
from news.meeting_found import Found, Kind
from news.meeting_guests import Side
from news.meeting_phrase import PRONOUN_OBJECT, ROLE_ALONE
from news.meeting_scene import after_names

if TYPE_CHECKING:
    import re

    from news.article import Span
    from news.meeting_scene import Scene
    from news.meeting_sides import Sides
    from news.meeting_who import Who
    from news.person import Name

_OPENING = 70
"""Characters within which a phrase still opens its sentence: "After a long meeting with P in L, P said"."""

_GOVERNING = 240
"""Characters before a noun in which what governs it stands."""


class Pairs:
    """Finds the two sides of what a pattern tells, in the sentences of one article."""

    def __init__(self, scene: Scene, who: Who, sides: Sides) -> None:
        self.scene = scene
        self.who = who
        self.sides = sides

    def _two(self, match: re.Match[str], sentence: Span, *, noun: bool, people: bool = False) -> tuple[Side, Side]:
        """Both sides; a pronoun on one is nobody of the other.

        The subject of a verb is left unread, and empty, where nobody is told whom it met, with `people` no person.
        """
        if PRONOUN_OBJECT.match(self.scene.masked, match.end(), sentence[1]):
            left = self._left(match, sentence, [], noun=noun)
            return left, self.sides.after(match.end(), sentence[1], left.people)
        right = self.sides.after(match.end(), sentence[1])
        alone = not right.people if people else not right and self._is_no_role(match.end(), sentence[1])
        if alone and not noun:
            self.sides.leave_out(())
            return Side([], [], match.start("verb")), right
        return self._left(match, sentence, right.people, noun=noun), right

    def _is_no_role(self, at: int, high: int) -> bool:
        """Whether nobody is told by a role alone at the masked offset."""
        return ROLE_ALONE.match(self.scene.masked, at, high) is None

    def _left(self, match: re.Match[str], sentence: Span, right: list[Name], *, noun: bool) -> Side:
        """Who met the people on the right, by verb or by noun."""
        low, high = sentence
        at = match.start("verb")
        if noun:
            return self._owner(match, sentence, right)
        side = self.sides.before(low, at, without=right)
        masked = self.scene.masked
        opens = at - low < _OPENING and (masked[at].isupper() or _is_governed(masked, low, at))
        return self.sides.following(match.end(), high) if opens and not side else side

    def _owner(self, match: re.Match[str], sentence: Span, right: list[Name]) -> Side:
        """Whose meeting: the possessor, else the subject of the verb or preposition that governs the noun."""
        masked = self.scene.masked
        low, high = sentence
        at = match.start("verb")
        if owner := patterns.POSSESSOR.search(masked, low, at):
            return self.sides.list_back(low, owner.start(1))
        if role := subject.ROLE_OWNER.search(masked, low, at):
            people = self.sides.role_owner(role)
            return Side([name for name in people if name not in right], [], at)
        if whose := patterns.WHOSE.search(masked, low, at):
            own = subject.WHO_OWN.search(masked, low, whose.start())
            people = [self.scene.by_at[own.start(1)].name] if own else []
            people = people or self.who.pronoun(whose["word"], low, whose.start(), right)
            return Side(people, [], at) if people else self.sides.following(match.end(), high)
        if not _is_governed(masked, low, at):
            bare = subject.BARE.fullmatch(masked, low, at) is not None
            people = self.who.doer(self.scene.sentence_at(at)) if bare and match.re is patterns.NOUN_WITH else []
            return Side([name for name in people if name not in right], [], at)
        side = self.sides.before(low, at, noun=True, without=right) or self._holders(match, sentence)
        return self.sides.following(match.end(), high) if not side and at - low < _OPENING else side

    def _holders(self, match: re.Match[str], sentence: Span) -> Side:
        """The countries or bodies that hold what the noun tells: "Leaders of L and L held a conference with P"."""
        held = patterns.HELD.search(self.scene.masked, sentence[0], match.start("verb"))
        if held is None:
            return Side([], [], match.start("verb"))
        side = self.sides.before(sentence[0], held.start(), near=True)
        return side if side.organisations and not side.lone else Side([], [], held.start())

    def _found(
        self, left: Side, right: Side, trigger: Span, sentence: Span, *, noun: bool = False, kind: Kind = "meeting"
    ) -> Found | None:
        """The meeting of two sides; None where one is empty, or where countries alone are told without a sitting."""
        people = list(dict.fromkeys([*left.people, *right.people]))
        bodies = list(dict.fromkeys([*left.organisations, *right.organisations]))
        if not left or not right or len(people) + len(bodies) < 2 or not (people or self._sitting(sentence)):
            return None
        single = left if len(left.people) == 1 else right
        alone = single.people[0] if len(single.people) == 1 else None
        return Found(people, bodies, kind, trigger, sentence, noun, alone)

    def _sitting(self, sentence: Span) -> bool:
        """Whether a sentence that names countries alone tells of a sitting."""
        masked = self.scene.masked
        if not any(mention.name.kind == "place" for mention in self.scene.between(*sentence)):
            return False
        return bool(patterns.LAND_TALKS.search(masked, *sentence)) and not patterns.NOT_YET.search(masked, *sentence)


def _is_governed(masked: str, low: int, at: int) -> bool:
    """Whether a preposition or a verb governs the noun at an offset, some words before it."""
    low = after_names(masked, max(low, at - _GOVERNING), at)
    return patterns.GOVERNED.search(masked, max(low, masked.rfind(",", low, at) + 1), at) is not None

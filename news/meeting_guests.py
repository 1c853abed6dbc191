"""The side of a meeting whose words follow "with", "met" or "by": a list of names, a pronoun, a role, a body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from news import meeting_subject as subject
from news.meeting_lands import lands_at
from news.meeting_phrase import (
    AFTER_NAME,
    AND,
    COLLECTIVE,
    FINITE,
    GROUP_OF,
    LED_BY,
    LONE,
    PRONOUN_OBJECT,
    ROLE_ALONE,
    named,
)
from news.meeting_scene import L, O, P, fits
from news.meeting_who import GENDER, PAIR_OBJECT
from news.person import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from news.meeting_scene import Scene
    from news.meeting_who import Who

_NEXT_BODY = re.compile(r"(?:,\s+(?:and\s+)?|\s+and\s+)(?:the\s+)?")
_MOST = 12
"""Names of one list; what is longer lists guests."""
_NAMED_LATER = re.compile(
    rf",\s+(?:{O}|(?:[A-Z][\w.’'-]+\s+){{1,3}}[A-Z][\w’'-]+)(?:[,.;]|\s+(?:on|in|at|and|"
    rf"for)\b)"
)
"""A name after a role that was not read as a person's: the role is nobody else's."""


class Side(Struct):
    """One side: its people, its organisations and countries, and where its words end in the masked text."""

    people: list[Name]
    organisations: list[str]
    end: int
    collective: bool = False
    lone: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.organisations)


class Guests:
    """Reads the sides that follow the words of a meeting, in one article."""

    def __init__(self, scene: Scene, who: Who) -> None:
        self.scene = scene
        self.who = who
        self._without: tuple[Name, ...] = ()

    def leave_out(self, people: Sequence[Name]) -> None:
        """Whom no role or pronoun of the subjects read next can mean."""
        self._without = tuple(people)

    # ---- the side after "with"

    def after(self, at: int, high: int, left: list[Name] | None = None, *, closed: bool = False) -> Side:
        """The side whose words begin at `at`: a list of people, else a pronoun, a role, a collective, a body."""
        masked = self.scene.masked
        told = masked[at:high]
        led = LED_BY.match(masked, at, high) if "led" in told or "headed" in told or "chaired" in told else None
        if led:
            at = led.end()
        side = Side([], [], at)
        opening = None if masked.startswith(P, at, high) else COLLECTIVE.match(masked, at, high)
        if opening and P not in opening.group():
            listed = self._listed(opening.end(), high, Side([], [], at), closed=closed)
            apart = opening["then"].strip() == "," and FINITE.match(masked, listed.end, high)
            if listed.people and not apart:
                return listed
        side = self._listed(at, high, side, closed=closed)
        return side if side.people else self._described(at, high, left or [])

    def _listed(self, at: int, high: int, side: Side, *, closed: bool = False) -> Side:
        """The people of the list that begins at `at`."""
        masked = self.scene.masked
        while len(side.people) < _MOST:
            found = named(masked, at, high)
            if found is None and side.people and (others := COLLECTIVE.match(masked, at, high)):
                found = None if P in others.group() else named(masked, others.end(), high)
            if found is None or (side.people and not closed and FINITE.match(masked, found.end(), high)):
                break
            side.people.append(self.scene.by_at[found.end() - 1].name)
            side.end = found.end()
            beside = AFTER_NAME.match(masked, side.end, high)
            stop = beside.end() if beside else side.end
            more = AND.match(masked, stop, high) or (
                AND.match(masked, stop - 1, high) if masked[stop - 1] == "," else None
            )
            if more is None:
                more = AND.match(masked, side.end, high)
            if more is None:
                break
            at = more.end()
        side.people = list(dict.fromkeys(side.people))
        return side

    def _described(self, at: int, high: int, left: list[Name]) -> Side:
        """The side that is told without a name."""
        masked, scene = self.scene.masked, self.scene
        if pronoun := PRONOUN_OBJECT.match(masked, at, high):
            word = pronoun.group(1).lower()
            if word in {"each other", "one another"}:
                return Side([], [], pronoun.end())
            low = scene.sentences[scene.sentence_at(at)][0]
            side = (
                self._listed(pronoun.end() + 5, high, Side([], [], pronoun.end()))
                if masked.startswith(" and ", pronoun.end())
                else None
            )
            people = [] if word == "them" else self.who.pronoun(word, low, at, left)
            return Side([*people, *(side.people if side else [])], [], pronoun.end())
        if role := ROLE_ALONE.match(masked, at, high):
            more = AND.match(masked, role.end(), high)
            side = self._listed(more.end(), high, Side([], [], role.end())) if more else Side([], [], role.end())
            of = scene.by_at[role.start("of")].name.name if role["of"] else None
            phrase = self._written(role.start("all"), role.end("all"))
            people = [] if _NAMED_LATER.match(masked, role.end(), high) else self.who.roles.role(phrase, at, of, left)
            if not people and left and of is None:
                people = self.who.other(left, at) if phrase.islower() and "counterpart" not in phrase else []
            people = [*people, *side.people]
            return Side(list(dict.fromkeys(person for person in people if person not in left)), [], side.end)
        if pair := PAIR_OBJECT.match(masked, at, high):
            return Side([name for name in self.who.pair(at, pair.group()) if name not in left], [], pair.end())
        lands, end = lands_at(scene, at, high)
        if lands:
            return Side([], lands, end, collective=True)
        if group := GROUP_OF.match(masked, at, high):
            sign = group.start("front") if group["front"] else group.start("back")
            bodies = self._bodies(sign, high) if group["back"] else [scene.by_at[sign].name.name]
            return Side([], bodies, group.end(), collective=True)
        if lone := LONE.match(masked, at, high):
            bodies = self._bodies(lone.start("name"), high)
            return Side([], bodies, lone.end(), lone=len(bodies) < 2)
        return Side([], [], at)

    def _meant(self, phrase: str, at: int, of: str | None) -> list[Name]:
        """Whom a role alone means as a subject."""
        roles = self.who.roles
        return roles.role(phrase, at, of) or roles.topic(phrase, at) or roles.sole(phrase, at, self._without)

    def role_owner(self, role: re.Match[str]) -> list[Name]:
        """Who owns what "the German leader's talks" tells."""
        self._without = ()
        return self._meant(self._written(role.start("all"), role.end("all")), role.start(), None)

    def _pronoun(self, word: str, low: int, at: int) -> list[Name]:
        """Whom a pronoun as a subject means: "the senator said he" the senator, else as anywhere."""
        first = self.scene.sentences[self.scene.sentence_at(at)][0]
        opening = ROLE_ALONE.match(self.scene.masked, first, at)
        if word in {"he", "she"} and opening and P not in self.scene.masked[first:at]:
            people = self._meant(self._written(opening.start("all"), opening.end("all")), first, None)
            if people and fits(people[0], GENDER[word]):
                return people
        if word in {"he", "she"} and (said := subject.SAID_HE.search(self.scene.masked, max(first, at - 160), at)):
            teller = self.scene.by_at[said.start(1)].name
            speaks_for = subject.SPEAKS_FOR.search(self.scene.masked, first, said.start())
            if not speaks_for and fits(teller, GENDER[word]) and teller not in self._without:
                return [teller]
        if word in {"he", "she"} and (role := subject.ROLE_SAID.search(self.scene.masked, max(0, at - 120), at)):
            people = self._meant(self._written(role.start("all"), role.end("all")), role.start(), None)
            if people:
                return people
        return self.who.pronoun(word, low, at, self._without)

    def _written(self, low: int, high: int) -> str:
        return self.scene.text[self.scene.text_at(low) : self.scene.text_at(high)]

    def _bodies(self, at: int, high: int) -> list[str]:
        """The organisations and countries of the list that begins at `at`."""
        masked, found = self.scene.masked, []
        while at < high and masked[at] in {O, L}:
            found.append(self.scene.by_at[at].name.name)
            more = _NEXT_BODY.match(masked, at + 1, high)
            if more is None:
                break
            at = more.end()
        return found

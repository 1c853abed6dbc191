"""Who met whom, where, on which day, and whether it happened."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from news.facts import Meeting, MeetingKind, MeetingStatus
from news.meeting_grammar import Grammar
from news.meeting_merge import Told, merged
from news.meeting_patterns import TRIGGER
from news.meeting_scene import P, Scene
from news.meeting_sides import Sides
from news.meeting_status import status
from news.meeting_where import When, place
from news.meeting_who import Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from news.day import DayMention
    from news.meeting_found import Found
    from news.person import Name
    from news.quote import Quote

_ACCOMPANIED = re.compile(
    r"\b(?:accompanied|joined|flanked|attended|escorted)\s+(?:\w+\s+){0,2}?by\s+|\bin\s+the\s+presence\s+of\s+|"
    r"\balongside\s+|\bpresent\s+(?:\w+\s+){0,4}?(?:was|were)\s+"
)
_COMPANY = ("accompanied", "joined", "flanked", "attended", "escorted", "alongside", "present")
"""With one of these every such phrase begins but for "in the presence of"."""
_AHEAD_OF = re.compile(r"\b(?:(?:ahead\s+of|before|prior\s+to)\s+(?:[\w'’-]+\s+){0,4}|decision\s+to\s+)$")
_EARLIER = re.compile(r"\b(?:last|previously)\s+$|\b(?:since|last|unlike\s+in|as\s+in)\b[^.;]{2,50}\bwhen\s+[^,.;]*$")
"""Before an earlier meeting of the same people: "the two last met in 2021", "the first since May, when they met"."""
_WILL = re.compile(r"\b(?:will|is|are)\b")
_HELD = re.compile(
    r"[\"“]?(?:The|Their)\s+(?:[\w-]+\s+){0,3}?(?:meeting|talks|summit|session|encounter|dinner|lunch|"
    r"audience),?\s+(?:(?:which|that)\s+)?"
    r"(?:(?:was|were|is|are)\s+)?(?:held|took\s+place|taking\s+place|ran|lasted|came)\b"
)
_NEAR = 3
"""Sentences within which "the meeting" is the one told last."""
_LONGEST, _MOST = 1000, 10
"""Signs of the masked text, and words that may tell a meeting: a sentence with more is a list or no prose."""
_OF_MEETING = re.compile(r"\b[Tt]he\s+(?:\w+\s+)?(?:meeting|talks|audience|call|lunch|dinner)\b")


def meetings(
    text: str, names: Iterable[Name], quotes: Iterable[Quote], days: Sequence[DayMention], published: date | None
) -> tuple[Meeting, ...]:
    """The meetings that a text tells, each once, in the order in which they are first told.

    `names`, `quotes` and `days` are those of the same text.
    """
    if not TRIGGER.search(text):
        return ()
    reader = _Reader(text, names, quotes, days, published)
    return tuple(reader.meeting(one) for one in reader.read())


class _Reader:
    """Reads the sentences of one article in order."""

    def __init__(
        self,
        text: str,
        names: Iterable[Name],
        quotes: Iterable[Quote],
        days: Sequence[DayMention],
        published: date | None,
    ) -> None:
        self.scene = Scene(text, names, quotes)
        self.who = Who(self.scene)
        self.sides = Sides(self.scene, self.who)
        self.grammar = Grammar(self.scene, self.who, self.sides)
        self.when = When(self.scene, days)
        self.published = published

    def read(self) -> list[Told]:
        """The meetings told, merged."""
        scene = self.scene
        told: list[Told] = []
        counted = Counter(scene.sentence_at(trigger.start()) for trigger in TRIGGER.finditer(scene.masked))
        for index, triggers in counted.items():
            low, high = scene.sentences[index]
            if triggers <= _MOST and high - low <= _LONGEST:
                found = self.grammar.read((low, high))
                told += _without_denials([self._told(one) for one in found])
                self._remember(told[-1:])
                if told and not found:
                    self._more(told[-1], index)
        kept = merged([one for one in told if not _is_hearsay(one)])
        if kept:
            self._delegations(kept)
        return kept

    def _more(self, told: Told, index: int) -> None:
        """Lends the meeting told last the day and place of a sentence near it: "The meeting, held in L on Friday"."""
        scene = self.scene
        low, high = scene.sentences[index]
        again = _HELD.match(scene.masked, low, high)
        if again is None or index - scene.sentence_at(scene.masked_at(told.sentence[0])) > _NEAR or told.kind == "call":
            return
        told.day = told.day or self.when.day((low, high), again.span())
        told.place = told.place or place(scene, (low, high), again.span())

    def _told(self, found: Found) -> Told:
        """The meeting with its day, place and status."""
        scene = self.scene
        low, high = found.sentence
        day = self.when.day(found.sentence, found.trigger)
        ahead = day is not None and self.published is not None and day.first > self.published
        state = "held" if found.past and not ahead else self._status(found, ahead=ahead)
        over = day is not None and self.published is not None and day.last < self.published
        if (
            over
            and state == "planned"
            and _AHEAD_OF.search(scene.masked, max(low, found.trigger[0] - 60), found.trigger[0])
        ):
            state = "held"  # "in remarks ahead of meeting P last Friday"
        elif (
            over
            and state == "planned"
            and _WILL.search(scene.masked, max(low, found.trigger[0] - 40), found.trigger[0])
        ):
            day = None  # "arrived yesterday on a visit during which he is to meet P"
        people = [name.name for name in found.people]
        return Told(
            people,
            list(found.organisations),
            [],
            day,
            None if found.kind == "call" else place(scene, found.sentence, found.trigger),
            found.kind,
            state,
            (scene.text_at(low), scene.text_at(high)),
            found.sure,
            scene.masked.startswith("FILE", low) or _EARLIER.search(scene.masked, low, found.trigger[0]) is not None,
        )

    def _remember(self, told: list[Told]) -> None:
        """Lets "the two leaders" of later sentences be those of the meeting told last."""
        if not told:
            return
        met = set(told[0].people)
        people = [name for name in self.scene.names if name.name in met]
        if 2 <= len(people) <= 3:
            self.who.met = people
            self.who.met_in = self.scene.sentence_at(self.scene.masked_at(told[0].sentence[0]))

    def _status(self, found: Found, *, ahead: bool) -> MeetingStatus:
        masked = self.scene.masked
        (low, high), (start, end) = found.sentence, found.trigger
        return status(masked[low:start], masked[start:end], masked[end:high], noun=found.noun, ahead=ahead)

    def _delegations(self, kept: list[Told]) -> None:
        """Gives those who came along to the meeting they came to: "Putin was accompanied by his adviser"."""
        scene = self.scene
        for match in _company(scene.masked):
            index = scene.sentence_at(match.start())
            low, high = scene.sentences[index]
            if high - low > _LONGEST:
                continue
            side = self.sides.after(match.end(), high)
            if not side.people:
                continue
            with_whom = {name.name for name in scene.people(low, match.start())}
            last = self._last_told(
                kept, with_whom, scene.text_at(low), _OF_MEETING.search(scene.masked, low, high) is not None
            )
            if last is None:
                continue
            new = [name.name for name in side.people if name.name not in last.people[:2] and name.name not in with_whom]
            last.people = (
                [name for name in last.people if name not in new]
                if len(set(last.people) - set(new)) >= 2
                else last.people
            )
            last.delegation += [name for name in new if name not in last.delegation and name not in last.people]

    def _last_told(self, kept: list[Told], people: set[str], before: int, of_meeting: bool) -> Told | None:
        for one in reversed(kept):
            if one.sentence[0] <= before and (
                people & set(one.people) or (of_meeting and before - one.sentence[1] < 1200)
            ):
                return one
        return None

    def meeting(self, told: Told) -> Meeting:
        """What was told, as it is handed out."""
        start, end = told.sentence
        return Meeting(
            tuple(told.people),
            tuple(told.organisations),
            tuple(told.delegation),
            told.day,
            told.place,
            told.kind,
            told.status,
            self.scene.text[start:end],
            start,
            end,
        )


def _company(masked: str) -> Iterator[re.Match[str]]:
    """The phrases after which those are named who came along, in order; few texts hold one of their words."""
    if "presence" in masked:
        yield from _ACCOMPANIED.finditer(masked)
        return
    upto = 0
    for at in sorted(at for word in _COMPANY for at in _offsets(masked, word)):
        found = _ACCOMPANIED.match(masked, at) if at >= upto else None
        if found:
            upto = found.end()
            yield found


def _offsets(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _without_denials(told: list[Told]) -> list[Told]:
    """What one sentence tells, but for what did not follow: "they shook hands but did not hold talks"."""
    held = [set(one.people) for one in told if one.status == "held"]
    return [one for one in told if one.status != "denied" or set(one.people) not in held]


def _is_hearsay(one: Told) -> bool:
    """Whether no more is told than that two have met before, in some year."""
    vague = one.day is None or one.day.precision == "year"
    return one.earlier and vague and one.place is None


__all__ = ["Meeting", "MeetingKind", "MeetingStatus", "P", "meetings"]

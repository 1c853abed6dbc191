"""Which tellings are of one meeting: pure rules over the evidence, the same whatever order it came in.

The rules: a call is never a meeting in person. Two tellings are of one encounter if they share two participants, one of
them not only as part of a delegation, and their days can be the same. An undated telling goes with what lies near its
publication: one of something past with what lies up to a week before it (a month, if it names the place), one of
something to come with what lies up to two weeks after it. The most precise tellings are put together first; each other
one joins what it shares most with, then what lies nearest. Unless both tellings name the very day, most of all who met
must be in both, and two places that cannot be one speak against it; on one day they do so unless most met in both.

What was only to come says nothing of what was: most of all who met must be in both, on one day too, and what is known
of a meeting that was held (who, where, when) is taken from those who say that it was. The others lend it what fits.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, Self

from msgspec import Struct

from news.day import Day
from news.facts import MeetingKind, MeetingStatus
from store.moments import ticks
from store.places import apart, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Part = Literal["people", "organisation", "delegation"]

BEFORE = timedelta(days=7)
"""How long after a meeting an article may tell of it without a day."""

PLACED = timedelta(days=30)
"""The same, if it names the place: "who met him in Alaska" looks farther back than "who met him"."""

AHEAD = timedelta(days=14)
"""How long before a meeting an article may announce it without a day."""

NARROW = timedelta(days=17)
"""The width of a month, the widest that is looked for near an anchor."""

WIDEST = timedelta(days=190)
"""The width of a year. What is less precise says nothing of any one meeting and joins none."""

_COMING = frozenset({"planned", "possible"})
_SURE = ("held", "ongoing")


class Side(Struct, frozen=True):
    """Somebody who was there: key, name as shown, part, and the person if it is one."""

    key: str
    name: str
    part: Part
    person: int | None = None


class Told(Struct, frozen=True, kw_only=True):
    """One article's telling of an encounter."""

    article: int
    n: int
    call: bool
    day: Day | None
    place: str | None
    kind: MeetingKind
    status: MeetingStatus
    sentence: str
    start: int
    end: int
    published: datetime
    sides: tuple[Side, ...]
    meeting: int = 0

    @property
    def everyone(self) -> frozenset[str]:
        """Keys of all who were there."""
        return frozenset(side.key for side in self.sides)

    @property
    def sure(self) -> bool:
        """Whether it says that they met."""
        return self.status in _SURE

    @property
    def core(self) -> frozenset[str]:
        """Keys of those who met, without delegations."""
        return frozenset(side.key for side in self.sides if side.part != "delegation")


class Encounter(Struct, frozen=True, kw_only=True):
    """One meeting, from all that is told of it; `disputed` names what the tellings contradict each other in."""

    day: Day | None
    place: str | None
    kind: MeetingKind
    status: MeetingStatus
    sentence: str
    sides: tuple[tuple[Side, int], ...]
    disputed: tuple[str, ...]
    anchor: datetime


def anchor(day: Day | None, published: datetime) -> datetime:
    """Where an encounter lies in time: the middle of its day, the publication where it has none."""
    if day is None:
        return published
    first = datetime.combine(day.first, time(12), UTC)
    return first + (datetime.combine(day.last, time(12), UTC) - first) / 2


def width(day: Day | None) -> timedelta:
    """How uncertain an anchor is, to either side."""
    return AHEAD if day is None else (day.last - day.first) / 2 + timedelta(days=1)


@dataclass(slots=True)
class _Seen:
    """A telling with what is asked of it again and again."""

    told: Told
    everyone: frozenset[str]
    core: frozenset[str]
    at: datetime
    exact: bool

    @classmethod
    def of(cls, told: Told) -> Self:
        exact = told.day is not None and told.day.first == told.day.last
        return cls(told, told.everyone, told.core, anchor(told.day, told.published), exact)


@dataclass(slots=True)
class _Group:
    """Tellings of one encounter, the most precise one first, with what is asked of them all, each thing once."""

    lead: _Seen
    told: list[Told] = field(default_factory=list)
    companies: set[tuple[frozenset[str], frozenset[str], bool]] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    moments: set[datetime] = field(default_factory=set)

    def add(self, seen: _Seen) -> None:
        self.told.append(seen.told)
        self.companies.add((seen.everyone, seen.core, seen.told.status in _COMING))
        self.moments.add(seen.at)
        if seen.told.place:
            self.places.add(seen.told.place)

    def fits(self, seen: _Seen) -> bool:
        """Whether a telling is of this encounter too."""
        told, lead = seen.told, self.lead
        if told.call != lead.told.call or (seen.exact and lead.exact and seen.at != lead.at):
            return False
        if not days_agree(told, lead.told):
            return False
        coming = told.status in _COMING
        sharing = [
            (core, other != coming)
            for everyone, core, other in self.companies
            if len(seen.everyone & everyone) >= 2 and seen.core & core
        ]
        elsewhere = any(apart(told.place, place) for place in self.places) if told.place else False
        if not (seen.exact and lead.exact):
            # Most of all who met must be in both: two ministers may meet alone, and among four, in one week.
            return not elsewhere and any(_mostly(seen.core, core) for core, _ in sharing)
        if elsewhere:
            return any(seen.core == core or (_mostly(seen.core, core) and not mixed) for core, mixed in sharing)
        return any(not mixed or _mostly(seen.core, core) for core, mixed in sharing)

    def nearness(self, seen: _Seen) -> tuple[int, bool, float]:
        """How many a telling has in common with this encounter, whether in one place, how near in time: more is nearer.

        Of those that share as many, one that has the place is nearer than one that has none.
        """
        shared = max(len(seen.everyone & everyone) for everyone, *_ in self.companies)
        here = seen.told.place is not None and any(not apart(seen.told.place, place) for place in self.places)
        return shared, here, -min(abs((seen.at - at).total_seconds()) for at in self.moments)


def _mostly(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most of all who met are in both."""
    return 2 * len(one & other) > len(one | other)


def together(tellings: Iterable[Told]) -> list[list[Told]]:
    """The tellings in groups, each of one encounter; the same groups for any order of the tellings."""
    groups: list[_Group] = []
    for told in sorted(tellings, key=_precise_first):
        seen = _Seen.of(told)
        fitting = [group for group in groups if group.fits(seen)]
        if not fitting:
            fitting = [_Group(seen)]
            groups += fitting
        nearest = fitting[0] if len(fitting) == 1 else max(fitting, key=lambda group: group.nearness(seen))
        nearest.add(seen)
    return [group.told for group in groups]


def _precise_first(told: Told) -> tuple[timedelta, date, bool, datetime, int, int]:
    first = told.published.date() if told.day is None else told.day.first
    return width(told.day), first, told.status in _COMING, told.published, told.article, told.n


def days_agree(one: Told, two: Told) -> bool:
    """Whether two tellings can be of one day."""
    if one.day is not None and two.day is not None:
        if max(width(one.day), width(two.day)) > WIDEST:
            return False
        return one.day.first <= two.day.last and two.day.first <= one.day.last
    if one.day is None and two.day is None:
        return _undated_agree(one, two)
    dated, undated = (one, two) if two.day is None else (two, one)
    assert dated.day is not None
    if width(dated.day) > WIDEST:
        return False
    published = undated.published.date()
    if undated.status in _COMING:
        return dated.day.last >= published and dated.day.first <= published + AHEAD
    if undated.status in ("cancelled", "denied"):
        return dated.day.last >= published - BEFORE and dated.day.first <= published + AHEAD
    # A day of grace: elsewhere it may be the next day already.
    return dated.day.last >= published - _memory(one, two) and dated.day.first <= published + timedelta(days=1)


def _undated_agree(one: Told, two: Told) -> bool:
    early, late = sorted((one, two), key=lambda told: (told.published, told.article, told.n))
    between = late.published - early.published
    if early.status in _COMING:
        return between <= AHEAD
    return late.status not in _COMING and between <= _memory(one, two)


def _memory(one: Told, two: Told) -> timedelta:
    """For how long an article may tell of a meeting without a day."""
    if one.place and two.place and (within(one.place, two.place) or within(two.place, one.place)):
        return PLACED
    return BEFORE


def gathered(group: Sequence[Told]) -> Encounter:
    """The encounter that a group of tellings is of."""
    told = sorted(group, key=_precise_first)
    status = _status(told)
    sure = [one for one in told if one.sure] or told
    best = min(
        told,
        key=lambda one: (one.status != status, width(one.day), one.published, one.article, one.n),
    )
    dated = min(
        (one for one in told if one.day and (one in sure or _days_fit(one.day, sure))),
        key=lambda one: (width(one.day), one.status != status, _precise_first(one)),
        default=best,
    )
    kinds = [one.kind for one in told]
    return Encounter(
        day=dated.day,
        place=_place(_known_places(told, sure)),
        kind="call" if "call" in kinds else "meeting" if "meeting" in kinds else "encounter",
        status=status,
        sentence=best.sentence,
        sides=_sides(told, frozenset(key for one in sure for key in one.everyone)),
        disputed=_disputed(told, status),
        anchor=anchor(dated.day, min(one.published for one in told)),
    )


def _days_fit(day: Day, sure: Sequence[Told]) -> bool:
    """Whether a day can be that of everybody who says that they met."""
    return all(one.day is None or (one.day.first <= day.last and day.first <= one.day.last) for one in sure)


def _known_places(told: Sequence[Told], sure: Sequence[Told]) -> list[str]:
    """The places told of by those who say that they met, and those by others that can be one of them."""
    places = {one.place for one in sure if one.place and one.status != "denied"}
    return [
        one.place
        for one in told
        if one.place
        and one.status != "denied"
        and (one in sure or not any(apart(one.place, place) for place in places))
    ]


def _place(places: Sequence[str]) -> str | None:
    """Where it was by most tellings; a building rather than its city, if they agree."""
    support = {name: sum(within(name, other) or within(other, name) for other in places) for name in places}
    depth = {name: sum(within(name, other) for other in places) for name in places}
    return min(support, key=lambda name: (-support[name], -depth[name], -len(name), name), default=None)


def _status(told: Sequence[Told]) -> MeetingStatus:
    """What is known in the end: held if anybody says so, otherwise what was said last."""
    for sure in _SURE:
        if any(one.status == sure for one in told):
            return "held" if sure == "held" else "ongoing"
    return max(told, key=lambda one: (one.published, one.article, one.n)).status


def _disputed(told: Sequence[Told], status: MeetingStatus) -> tuple[str, ...]:
    said = {one.status for one in told}
    found: list[str] = []
    if status in _SURE:
        found += [other for other in ("denied", "cancelled") if other in said]
    places = {one.place for one in told if one.place and one.status == status}
    if any(apart(one, two) for one in places for two in places):
        found.append("place")
    return tuple(found)


def _sides(told: Sequence[Told], present: frozenset[str]) -> tuple[tuple[Side, int], ...]:
    """Who of those present was there in how many tellings, the most told first; in the part most tellings give."""
    count: Counter[str] = Counter()
    parts: dict[str, Counter[Part]] = {}
    shown: dict[str, Side] = {}
    for one in told:
        for side in one.sides:
            if side.key not in present:
                continue
            count[side.key] += 1
            parts.setdefault(side.key, Counter())[side.part] += 1
            shown.setdefault(side.key, side)
    rank: dict[Part, int] = {"people": 0, "organisation": 1, "delegation": 2}
    sides = [
        Side(key, side.name, min(parts[key], key=lambda part: (-parts[key][part], rank[part])), side.person)
        for key, side in shown.items()
    ]
    return tuple((side, count[side.key]) for side in sorted(sides, key=lambda side: (-count[side.key], side.key)))


EXACT, NARROW_GRADE, WIDE_GRADE = 0, 1, 2
GRADES = (EXACT, NARROW_GRADE, WIDE_GRADE)


def grade(day: Day | None) -> int:
    """How precise a telling is: EXACT for one day; wide for a quarter or a year, whose anchor says little."""
    if day is not None and day.first == day.last:
        return EXACT
    return WIDE_GRADE if width(day) > NARROW else NARROW_GRADE


def reach(day: Day | None, published: datetime, other: int) -> tuple[int, int]:
    """From where to where, in ticks, the anchors lie of tellings of another grade that can be of the same encounter."""
    at = anchor(day, published)
    if other == EXACT == grade(day):
        return ticks(at), ticks(at)
    far = min(width(day), WIDEST) + (WIDEST if other == WIDE_GRADE else NARROW) + timedelta(days=1)
    return ticks(at - far), ticks(at + far)

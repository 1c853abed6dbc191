"""One record a meeting, however often an article tells it."""

from __future__ import annotations

from msgspec import Struct

from news.article import Span
from news.day import Day, compatible, more_precise
from news.meeting_found import Kind
from news.meeting_status import Status


class Told(Struct):
    """A meeting as one sentence tells it; `sentence` is a span of the text, `sure` whether it speaks of the status.

    `earlier` says that it was before another one that the text tells: "the two last met in 2021".
    """

    people: list[str]
    organisations: list[str]
    delegation: list[str]
    day: Day | None
    place: str | None
    kind: Kind
    status: Status
    sentence: Span
    sure: bool = True
    earlier: bool = False


_RANK = {"held": 5, "cancelled": 4, "ongoing": 3, "denied": 2, "planned": 1, "possible": 0}


def merged(told: list[Told]) -> list[Told]:
    """The meetings without their retellings, in the order of the text.

    Two tellings are of one meeting when they share two sides, both are calls or neither is, and their days agree (an
    unknown day agrees with any). The more precise day, the first place and the surer status are kept.
    """
    kept: list[Told] = []
    for one in told:
        same = next((other for other in kept if _same(other, one)), None)
        if same is None:
            kept.append(one)
        else:
            _join(same, one)
    return kept


def _sides(one: Told) -> set[str]:
    return {*one.people, *one.organisations}


def _same(one: Told, other: Told) -> bool:
    shared = len(_sides(one) & _sides(other))
    if shared < 2 or (one.kind == "call") != (other.kind == "call"):
        return False
    if not compatible(one.day, other.day):
        return False
    if one.day is not None and other.day is not None:
        return True
    if one.earlier != other.earlier:
        return False
    apart = {one.status, other.status}
    if "encounter" in {one.kind, other.kind} and one.kind != other.kind and len(apart) == 2:
        return False
    return apart != {"denied", "held"}


def _join(kept: Told, one: Told) -> None:
    """Takes over into `kept` what the retelling adds."""
    few = len(_sides(one)) <= 4
    if few or set(one.people) <= set(kept.people):
        kept.people += [name for name in one.people if name not in kept.people and name not in kept.delegation]
    kept.delegation += [name for name in one.delegation if name not in kept.delegation and name not in kept.people]
    kept.day = more_precise(kept.day, one.day)
    kept.place = kept.place or one.place
    if (one.sure, _RANK[one.status]) > (kept.sure, _RANK[kept.status]):
        kept.status, kept.sentence, kept.sure = one.status, one.sentence, one.sure
    if kept.kind == "encounter" and one.kind == "meeting":
        kept.kind = "meeting"

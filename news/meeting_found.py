"""What a sentence was found to tell, and what of it is no meeting after all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, structs

from news.article import Span
from news.meeting_patterns import MEDIA
from news.meeting_veto import (
    ACQUAINTED,
    AGO,
    DEBATE,
    HABIT,
    HAD_NOT,
    LAST,
    MANY,
    NEVER,
    NOT_MET,
    OF_ACQUAINTANCE,
    OF_DEBATE,
    OF_DENIAL,
    OF_HABIT,
    OF_LAST,
    OF_MANY_TIMES,
    OF_MEDIA,
    OFTEN,
    PLURALS,
    QUOTED,
    REPEATED,
    SEPARATE,
    SINCE,
    VETOES,
    WILL,
    WILL_HOLD,
)
from news.meeting_words import SPORT, SPORT_WORDS, WORD
from news.person import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["meeting", "call", "encounter"]


class Found(Struct):
    """A meeting as one phrase tells it; `trigger` and `sentence` are masked spans.

    `alone` is the one person of a side, so that "separately" can part the meetings with those of the other. Not `sure`
    is what only names a meeting ("the P-P summit"): that does not say that it was held. `past` says
    that it was, whatever words of the future stand beside: "urged P at a meeting to hold elections".
    """

    people: list[Name]
    organisations: list[str]
    kind: Kind
    trigger: Span
    sentence: Span
    noun: bool = False
    alone: Name | None = None
    sure: bool = True
    past: bool = False


def apart(masked: str, one: Found) -> list[Found]:
    """The meetings that "separately" makes of one with several people on a side."""
    stretch = masked[max(one.sentence[0], one.trigger[0] - 24) : one.trigger[1] + len(" separately")]
    both = masked.endswith("both ", one.sentence[0], one.trigger[0]) and one.people[-1] == one.alone
    if one.alone is None or len(one.people) < 3 or not (both or SEPARATE.search(stretch)):
        return [one]
    return [structs.replace(one, people=[one.alone, name]) for name in one.people if name != one.alone]


def of_sport(told: str, written: Iterable[str]) -> bool:
    """Whether a sentence of the words `written`, what it quotes left out, tells a match; most hold no word for one."""
    if '"' in told or "“" in told:
        told = QUOTED.sub("", told)
        written = WORD.findall(told)
    return not SPORT_WORDS.isdisjoint(map(str.lower, written)) and SPORT.search(told) is not None


def vetoed(masked: str, one: Found, words: frozenset[str]) -> bool:
    """Whether what was found is a debate, an acquaintance, or many meetings told as one; `words` are its sentence's."""
    low, high = one.sentence
    start, end = one.trigger
    before = masked[max(low, start - 40) : start]
    if one.noun and REPEATED.search(before):
        return True
    told = VETOES.intersection(words)
    if told and _is_vetoed_by(told, masked, one, before):
        return True
    if one.noun and PLURALS.match(masked, start, end) and not SEPARATE.search(before) and not WILL_HOLD.search(before):
        return len(one.people) < 3 or MANY.search(before) is not None
    return bool(told & OF_MANY_TIMES) and OFTEN.match(masked, end, high) is not None and not WILL.search(before)


def _is_vetoed_by(told: frozenset[str], masked: str, one: Found, before: str) -> bool:
    """Whether a pattern with one of the words told finds what is no meeting."""
    low, high = one.sentence
    start, end = one.trigger
    if told & OF_ACQUAINTANCE and ACQUAINTED.search(masked, max(low, start - 30), min(high, end + 60)):
        return True
    if told & OF_MEDIA and MEDIA.search(masked, masked.find(" ", start), min(high, end + 1)):
        return True
    if told & OF_HABIT and HABIT.search(before):
        return True
    if told & OF_DENIAL and (
        HAD_NOT.search(before)
        or NEVER.search(before)
        or (NOT_MET.search(before) and SINCE.match(masked, end, high) is not None)
    ):
        return True
    if told & OF_LAST and LAST.search(before) and AGO.match(masked, end, high):
        return True
    return bool(told & OF_DEBATE) and DEBATE.match(masked, end, high) is not None

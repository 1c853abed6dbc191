"""The meetings that a sentence tells, and what each of its patterns says of the two sides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from news import meeting_gates as gates
from news import meeting_patterns as patterns
from news.meeting_found import Found, Kind, apart, of_sport, vetoed
from news.meeting_hints import Hints
from news.meeting_pairs import Pairs
from news.meeting_phrase import PRONOUN_OBJECT
from news.meeting_words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from news.article import Span
    from news.meeting_guests import Side
    from news.meeting_scene import Scene
    from news.meeting_sides import Sides
    from news.meeting_who import Who

_IN_TALKS = frozenset({"talks", "discussions", "negotiations", "consultations"})
_SEVERAL = ("meetings", "calls", "summits", "conversations")
_HOSTED = frozenset(
    {
        "host",
        "rece",
        "visi",
        "met",
        "call",
        "join",
        "invi",
        "saw",
        "see",
        "sees",
        "seei",
        "conv",
        "paid",
        "pays",
        "payi",
    }
)
_EMBRACED = frozenset({"hands", "chat", "embrace", "embraced", "hugged"})
_BETWEEN = ("between", "among", "involving", "bringing", "brought", "meeting of", "summit of", "talks of")
_CLAUSE_END = re.compile(r",?\s+and\s+(?:also\s+|then\s+|later\s+)?[a-z]+(?:ed|oke|ld)\b")
"""Where another verb begins: "huddled with P, and spoke by phone with P"."""


class Grammar(Pairs):
    """Finds the meetings that the sentences of one article tell."""

    def __init__(self, scene: Scene, who: Who, sides: Sides) -> None:
        super().__init__(scene, who, sides)
        self.hints = Hints(scene, who, sides)
        self._telling = (
            (gates.BETWEEN, _BETWEEN, self._between),
            (
                gates.WITH_SOMEBODY,
                ("with", "met", "meet", "Meet", "audience", "call", "visit", " for ", "honou", "next to"),
                self._with,
            ),
            (
                gates.OF_SOMEBODY,
                (
                    "host",
                    "Host",
                    "elcom",
                    "eceiv",
                    "reet",
                    "isit",
                    "embrac",
                    "hug",
                    "met",
                    "audience",
                    "call",
                    "join",
                    "into",
                    "in on",
                    "convened",
                    "invit",
                    "saw",
                    "see ",
                    "seeing",
                ),
                self._hosts,
            ),
            (gates.CALLING, ("hone", "call", "spoke", "peak", "alk", "rang", "listen"), self._calls),
        )
        """What finds meetings of a kind, and the letters without which it would find none."""

    def read(self, sentence: Span) -> list[Found]:
        """The meetings of one sentence, in no order."""
        told = self.scene.masked[sentence[0] : sentence[1]]
        written = WORD.findall(told)
        words = gates.told_by(written)
        found = [
            one
            for group, letters, tell in self._telling
            if (fitting := group.open(words)) and any(map(told.__contains__, letters))
            for one in tell(sentence, words, fitting)
        ]
        found = found or [*self.hints.told(sentence, words), *self.hints.over_meal(sentence)]
        found = found or list(self.hints.theirs(sentence, words)) or list(self.hints.posed(sentence, words))
        if not found and ("-" in told or "–" in told):
            found = list(self.hints.hyphen(sentence, words))
        if "whom" in told:
            found += self.hints.whom(sentence)
        found += self._reciprocal(sentence, words, [one.trigger for one in found])
        if not found or of_sport(told, written):
            return []
        masked = self.scene.masked
        calls = [one.trigger for one in found if one.kind == "call"]
        found = [one for one in found if one.kind == "call" or not any(a < one.trigger[0] < b for a, b in calls)]
        return [each for one in found if not vetoed(masked, one, words) for each in apart(masked, one)]

    # ---- with

    def _with(self, sentence: Span, words: gates.Words, fitting: Sequence[gates.Gate]) -> Iterator[Found]:
        """As in "met P", "had talks with P", "shook hands with P"."""
        taken: list[Span] = []
        for gate in fitting:
            for match in gate.finds(self.scene.masked, sentence, words):
                at = match.start("verb")
                noun = self._is_noun(match, sentence)
                told = any(low <= at < high for low, high in taken)
                if told or (noun and (gate.pattern is patterns.MEET_DIRECT or self._negotiating(match, sentence))):
                    continue
                one = self._sided(match, sentence, noun=noun)
                if one is not None:
                    taken.append(one.trigger)
                    one.kind = _kind(
                        match,
                        _CLAUSE_END.split(self.scene.masked[at : min(sentence[1], one.trigger[1] + 30)])[0],
                        noun=noun,
                    )
                    yield one
                    yield from self._also(one)

    def _also(self, one: Found) -> Iterator[Found]:
        """The second meeting of "met P on Monday and P on Tuesday"."""
        masked, high = self.scene.masked, one.sentence[1]
        way = patterns.ALSO.match(masked, one.trigger[1], high)
        if one.alone is None or way is None or (one.noun and not (way["then"] or way["next"] or len(one.people) == 2)):
            return
        right = self.sides.after(way.end(), high)
        then = way["then"] is not None or way["next"] or patterns.THEN.match(masked, right.end, high)
        if right.people and one.alone not in right.people and then:
            yield structs.replace(one, people=[one.alone, *right.people], trigger=(way.end(), right.end))

    def _is_noun(self, match: re.Match[str], sentence: Span) -> bool:
        """Whether the word that tells the meeting is a noun, so that an owner has met and no subject."""
        verb = match["verb"].lower()
        if verb.startswith("meeting") and match.re is not patterns.NOUN_WITH:
            return patterns.NOUN_BEFORE.search(self.scene.masked, sentence[0], match.start("verb")) is not None
        nouns = (patterns.NOUN_WITH, patterns.HOSTED_MEAL)
        return match.re in nouns or verb == "handshake"

    def _negotiating(self, match: re.Match[str], sentence: Span) -> bool:
        """Whether "is in talks with" speaks of a deal."""
        masked = self.scene.masked
        before = patterns.NEGOTIATING.search(masked, sentence[0], match.start("verb"))
        if before is None or match["verb"].lower() not in _IN_TALKS:
            return False
        right = self.sides.after(match.end(), sentence[1])
        return patterns.SITTING.match(masked, right.end, sentence[1]) is None

    def _sided(self, match: re.Match[str], sentence: Span, *, noun: bool) -> Found | None:
        """The meeting of a subject or owner and the side after the match."""
        masked = self.scene.masked
        left, right = self._two(match, sentence, noun=noun)
        if not left and not right and not noun:
            left, right = self.sides.both_by_role(sentence, match.start("verb"), match.end())
        apart = self.scene.masked.endswith(", with ", sentence[0], match.end())
        if apart and patterns.LEADING.match(masked, right.end, sentence[1]):
            return None  # "held talks, with P leading the team"
        if match.re is patterns.DISCUSSED and patterns.SEEN.match(masked, right.end, sentence[1]) is None:
            return None
        if match.re is patterns.HOSTED_MEAL and not left and (guests := patterns.FOR_GUESTS.match(masked, right.end)):
            left, right = right, self.sides.after(guests.end(), sentence[1])
        sat = patterns.SITTING.match(masked, right.end, sentence[1]) is not None
        if (left.lone or right.lone) and not sat and not match["verb"].lower().startswith(("met", "meet")):
            return None
        return self._found(left, right, (match.start("verb"), max(right.end, match.end("verb"))), sentence, noun=noun)

    # ---- between

    def _between(self, sentence: Span, words: gates.Words, fitting: Sequence[gates.Gate]) -> Iterator[Found]:
        """As in "talks between P and P"."""
        told = (each for gate in fitting for each in gate.finds(self.scene.masked, sentence, words))
        for match in told:
            side = self.sides.after(match.end(), sentence[1], closed=True)
            if len(side.people) + len(side.organisations) < 2:
                continue
            of = match.group().rstrip().endswith(" of") and not side.collective
            if not side.people and (of or not self._sitting(sentence)):
                continue
            kind: Kind = "call" if match["call"] else "encounter" if match["verb"] == "handshake" else "meeting"
            held = patterns.TOOK_PLACE.match(self.scene.masked, side.end, sentence[1])
            trigger = match.start("verb"), held.end() if held else side.end
            yield Found(side.people, side.organisations, kind, trigger, sentence, noun=True)

    # ---- hosts and guests

    def _hosts(self, sentence: Span, words: gates.Words, fitting: Sequence[gates.Gate]) -> Iterator[Found]:
        """As in "hosted P", "was received by P"."""
        masked = self.scene.masked
        for gate in fitting:
            for match in gate.finds(masked, sentence, words):
                left, right = self._two(match, sentence, noun=False, people=True)
                if not right.people or not self._is_host(match, right, sentence):
                    continue
                kind: Kind = "meeting" if match["verb"].lower()[:4] in _HOSTED else "encounter"
                one = self._found(left, right, (match.start("verb"), right.end), sentence, kind=kind)
                if one is not None and left.people and not set(left.people) & set(right.people):
                    yield one
                    yield from self._also(one)

    def _is_host(self, match: re.Match[str], right: Side, sentence: Span) -> bool:
        """Whether the verb before the people tells that they were received, visited or joined."""
        masked = self.scene.masked
        if match.re is patterns.BY:
            return patterns.PASSIVE.search(masked, sentence[0], match.start("verb")) is not None
        if match.re is patterns.CALLED_ON:
            return patterns.CALLED_ON_OK.match(masked, right.end, sentence[1]) is not None
        if match.re is patterns.PAID_A:
            return patterns.A_VISIT.match(masked, right.end, sentence[1]) is not None
        if match.re is patterns.SEE:
            seen = patterns.SEEN.match(masked, right.end, sentence[1]) is not None
            if patterns.AT_WORK.match(masked, right.end, sentence[1]):
                return False
            came = patterns.USHERED.search(masked, sentence[0], match.start("verb")) is not None
            return seen or came or (match["verb"] == "see" and masked[right.end : right.end + 1] in {".", ","})
        if match.re is patterns.INVITED:
            return (
                PRONOUN_OBJECT.match(masked, match.end(), sentence[1]) is None
                and patterns.FOR_TALKS.match(masked, right.end, sentence[1]) is not None
            )
        if match.re is patterns.JOINED:
            return patterns.FOR_LUNCH.match(masked, right.end, sentence[1]) is not None
        return not self._bare(match, sentence)

    def _bare(self, match: re.Match[str], sentence: Span) -> bool:
        """Whether "host" or "visit" is a noun here: nothing before it makes it a verb."""
        at = match.start("verb")
        if match["verb"] == "welcome" and patterns.WOULD.search(self.scene.masked, sentence[0], at):
            return True
        if match["verb"].lower() not in patterns.BARE or patterns.TO_DO.search(self.scene.masked, sentence[0], at):
            return False
        return len(self.sides.before(sentence[0], at, near=True).people) < 2

    # ---- calls

    def _calls(self, sentence: Span, words: gates.Words, fitting: Sequence[gates.Gate]) -> Iterator[Found]:
        """As in "phoned P", "spoke with P", "a call from P"."""
        for gate in fitting:
            for match in gate.finds(self.scene.masked, sentence, words):
                one = self._call(match, sentence)
                if one is not None:
                    yield one

    def _call(self, match: re.Match[str], sentence: Span) -> Found | None:
        masked = self.scene.masked
        low, high = sentence
        at, verb = match.start("verb"), match["verb"].lower()
        noun = match.re is patterns.CALL_FROM
        left, right = self._two(match, sentence, noun=noun, people=True)
        if verb in {"talks", "talk"} and not patterns.TALKING.search(masked, low, at):
            return None
        if (
            verb in {"called", "calling"}
            and match.re is patterns.PHONED
            and (not patterns.CALLED_OK.match(masked, right.end, high) or patterns.NAMED_SO.search(masked, low, at))
        ):
            return None
        if noun and match["way"] == "to" and not patterns.TO_SOMEBODY.match(masked, match.end(), high):
            return None
        if noun and not left.people:
            left = self.sides.before(low, at, noun=True)
        right.people = [name for name in right.people if name not in left.people]
        kind = self._spoken_kind(match, right, sentence) if match.re is patterns.SPOKE else "call"
        if kind is None or not left.people or not right.people:
            return None
        return self._found(left, right, (at, right.end), sentence, noun=noun, kind=kind)

    def _spoken_kind(self, match: re.Match[str], right: Side, sentence: Span) -> Kind | None:
        """Whether "spoke with" tells a call or an encounter; None where it may be an interview."""
        masked = self.scene.masked
        verb = match["verb"].lower()
        if patterns.BY_VIDEO.search(masked, *sentence):
            return "meeting"
        if patterns.BY_PHONE.search(masked, *sentence):
            return "call"
        if patterns.VISITING.search(masked, sentence[0], match.start("verb")):
            return "encounter"
        to = match.group().rstrip().endswith(" to")
        if (
            to
            and verb in {"speaks", "talks", "listens", "listen"}
            and patterns.DURING.search(masked, right.end, sentence[1])
        ):
            return "encounter"
        will = verb in {"speak", "talk"} and patterns.WILL_SPEAK.search(masked, sentence[0], match.start("verb"))
        if will and not patterns.IN_PERSON.search(masked, match.end(), sentence[1]):
            return "call"
        if (to and verb not in {"spoke", "spoken"}) or patterns.A_PERSON.match(masked, right.end, sentence[1]):
            return None
        if match["verb"] in {"speaks", "talks"} or patterns.IN_PERSON.search(masked, match.end(), sentence[1]):
            return "encounter"
        return "call" if verb in {"spoke", "spoken", "speak"} else None

    # ---- each other

    def _reciprocal(self, sentence: Span, words: gates.Words, covered: Sequence[Span]) -> Iterator[Found]:
        """As in "P and P met", "the two leaders shook hands", where nothing told so far covers the verb."""
        masked = self.scene.masked
        fitting = gates.RECIPROCAL.open(words)
        for match in fitting[0].finds(masked, sentence, words) if fitting else ():
            at = match.start("verb")
            several = match["noun"] is not None and match["noun"].lower().endswith(_SEVERAL)
            if several or any(low <= at <= high for low, high in covered) or self._meets_thing(match, sentence):
                self.sides.leave_out(())
                continue
            left = self.sides.before(sentence[0], at, near=True)
            enough = len(left.people) + len(left.organisations) >= 2 and (left.people or not left.collective)
            if not enough or not (left.people or self._sitting(sentence)):
                continue
            spoken = match["verb"] in {"spoke", "talked", "spoken", "speak", "speaks"}
            phone = (
                spoken and patterns.AT_ONE_PLACE.match(masked, match.end(), sentence[1]) is None
            ) or patterns.BY_PHONE.search(masked, match.start(), min(sentence[1], match.end() + 60)) is not None
            last = match["verb"].split()[-1]
            kind: Kind = "call" if match["call"] or phone else "encounter" if last in _EMBRACED else "meeting"
            yield Found(left.people, left.organisations, kind, match.span("verb"), sentence)

    def _meets_thing(self, match: re.Match[str], sentence: Span) -> bool:
        """Whether "met the" goes on with something that is nobody: "met the challenge"."""
        if match["verb"] not in {"met", "meet", "meets"}:
            return False
        return patterns.A_THING.match(self.scene.masked, match.end(), sentence[1]) is not None


def _kind(match: re.Match[str], told: str, *, noun: bool) -> Kind:
    """A call where the words of one were read, an encounter where hands were shaken, else a meeting."""
    if ("call" in match.re.groupindex and match["call"] is not None) or (not noun and "phone" in told):
        return "call"
    return "encounter" if patterns.PASSING.search(match["verb"]) else "meeting"

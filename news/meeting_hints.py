"""Meetings told without "with": in passing, by a caption, by a name such as "the P-P summit"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from news import meeting_gates as gates
from news import meeting_hint_patterns as hints
from news import meeting_patterns as patterns
from news.meeting_found import Found, Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from news.article import Span
    from news.meeting_scene import Scene
    from news.meeting_sides import Sides
    from news.meeting_who import Who
    from news.person import Name


_TOGETHER = frozenset({"discussed", "reviewed", "raised", "broached"})
"""What is done with somebody: "raised it with P"."""


class Hints:
    """Finds the meetings that a sentence only hints at, where it tells none outright."""

    def __init__(self, scene: Scene, who: Who, sides: Sides) -> None:
        self.scene = scene
        self.who = who
        self.sides = sides

    def told(self, sentence: Span, words: gates.Words) -> Iterator[Found]:
        """As in "P told P in a phone call", "P discussed it with P during a meeting"."""
        masked = self.scene.masked
        verbs = list(gates.TOLD_IN.finds(masked, sentence, words))
        if not verbs:
            return
        told_in = (
            match for gate in (gates.IN_MEETING, gates.ON_VISIT) for match in gate.finds(masked, sentence, words)
        )
        for match in told_in:
            visit = match.re is hints.ON_VISIT
            phone = not visit and (match["call"] or patterns.BY_PHONE.search(masked, match.start(), match.end() + 12))
            for told in verbs:
                if self.scene.quoted(match.start()) and not self.scene.quoted(told.start()):
                    continue
                if visit and told["verb"] not in _TOGETHER:
                    continue
                people = self._told_people(told, match, sentence)
                if len(people) >= 2:
                    yield Found(
                        people, [], "call" if phone else "meeting", match.span(), sentence, noun=True, past=True
                    )
                    return

    def over_meal(self, sentence: Span) -> Iterator[Found]:
        """As in "Over lunch in L, P and P agreed"."""
        meal = hints.OVER_MEAL.match(self.scene.masked, *sentence)
        side = self.sides.following(meal.end(), sentence[1]) if meal else None
        if meal and side and len(side.people) >= 2:
            told = "met" if meal["met"] else "verb"
            yield Found(side.people, [], "meeting", meal.span(told), sentence, noun=True, past=True)

    def _told_people(self, told: re.Match[str], meeting: re.Match[str], sentence: Span) -> list[Name]:
        """Who told and who was told; nobody where one of them is not named."""
        low, high = sentence
        masked = self.scene.masked
        together = told["verb"] in _TOGETHER
        found = hints.DISCUSSED_WITH.match(masked, told.end(), high) if together else None
        passive = masked.startswith(" by ", told.end())
        start = told.end() + (len(" by ") if passive else 1)
        right = self.sides.after(found.end() if found else high if together else start, high)
        if hints.OWNED.search(masked, told.end(), right.end) or patterns.MEDIA.search(masked, told.end(), right.end):
            return []
        left = self.sides.before(low, told.start(), without=right.people)
        if not left.people and meeting.start() < told.start():
            left = self.sides.before(meeting.end(), told.start())
        others = [name for name in right.people if name not in left.people]
        if not left.people or not (others or together):
            return []
        return [*left.people, *others]

    def theirs(self, sentence: Span, words: gates.Words) -> Iterator[Found]:
        """As in "P speaks at a press conference with P after their talks in L": all people of the sentence."""
        for match in gates.THEIR.finds(self.scene.masked, sentence, words):
            people = self.scene.people(*sentence)
            if not 2 <= len(people) <= 4:
                people = self.who.pair(match.start("verb"))
            if len(people) >= 2:
                masked = self.scene.masked
                caption = (hints.CAPTION.search(masked, *sentence) or hints.SHOWN.search(masked, *sentence)) is not None
                kind: Kind = "call" if match["call"] else "meeting"
                yield Found(people[:4], [], kind, match.span("verb"), sentence, noun=True, past=caption)
                return

    def posed(self, sentence: Span, words: gates.Words) -> Iterator[Found]:
        """As in "From left, P, P and P pose for a photo before a meeting in L"."""
        for match in gates.LISTENS.finds(self.scene.masked, sentence, words):
            people = self.scene.people(match.start(), match.end())
            if len(people) == 2:
                yield Found(people, [], "meeting", match.span("verb"), sentence, noun=True, past=True)
                return
        if any(gates.CAPTION.finds(self.scene.masked, sentence, words)):
            for match in hints.ATTEND.finditer(self.scene.masked, *sentence):
                side = self.sides.before(sentence[0], match.start())
                if 2 <= len(side.people) <= 4:
                    yield Found(side.people, [], "meeting", match.span("verb"), sentence, noun=True, past=True)
                    return
        for match in gates.VERBLESS.finds(self.scene.masked, sentence, words):
            side = self.sides.before(sentence[0], match.start("verb"), near=True)
            if len(side.people) >= 2:
                yield Found(side.people, [], "meeting", match.span("verb"), sentence, noun=True, past=True)
                return
        for match in gates.POSED.finds(self.scene.masked, sentence, words):
            side = self.sides.before(sentence[0], match.start())
            kind: Kind = "call" if match["call"] else "meeting"
            if len(side.people) >= 2:
                yield Found(side.people, [], kind, match.span("verb"), sentence, noun=True, past=True)
                return

    def whom(self, sentence: Span) -> Iterator[Found]:
        """As in "P, whom P met in L"."""
        for match in hints.WHOM.finditer(self.scene.masked, *sentence):
            met = self.scene.by_at[match.start("object")].name
            left = self.sides.before(match.start("object") + 1, match.start("verb"), without=[met])
            people = [*left.people, *([] if met in left.people else [met])]
            if len(people) >= 2:
                kind: Kind = "call" if match["verb"] == "phoned" else "meeting"
                yield Found(people, [], kind, match.span("verb"), sentence)

    def hyphen(self, sentence: Span, words: gates.Words) -> Iterator[Found]:
        """As in "the Trump-Putin summit": family names of people whom the article names."""
        for match in gates.HYPHEN.finds(self.scene.masked, sentence, words):
            known = {name.name.split()[-1]: name for name in reversed(self.scene.names) if name.kind == "person"}
            wanted = [match[key] for key in ("one", "two", "three") if match[key]]
            people = [known[word] for word in wanted if word in known]
            if len(people) == len(wanted):
                kind: Kind = "call" if "call" in match["verb"] else "meeting"
                yield Found(people, [], kind, match.span("verb"), sentence, noun=True, sure=False)

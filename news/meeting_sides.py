"""The two sides of a meeting: the list of names after "with", and the subject before the verb."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from news import meeting_subject as subject
from news.meeting_guests import Guests, Side
from news.meeting_lands import lands_before
from news.meeting_phrase import (
    AFTER_NAME,
    AND,
    APPOSITION,
    FINITE,
    ROLE_ALONE,
    begins_at,
    governed,
    joined,
    named,
)
from news.meeting_scene import L, O, P, after_names, last_word
from news.meeting_who import PAIR
from news.meeting_words import last_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from news.article import Span
    from news.person import Name

_BESIDE = frozenset({"by", "with", "alongside"})
"""As in "accompanied by P, P met": those do not meet."""
_ROLES_AND_GROUPS = last_words("roles", "groups")
_GOES_ON = re.compile(r",\s|\s+[a-z]")
_COMMA = re.compile(r",\s+")


class Sides(Guests):
    """Reads the sides of the meetings of one article."""

    def both_by_role(self, sentence: Span, verb: int, at: int) -> tuple[Side, Side]:
        """The two sides of "the speaker will meet the nominee", where two people alone were named before."""
        masked = self.scene.masked
        low, high = sentence
        right = ROLE_ALONE.match(masked, at, high)
        tail = _tail(masked, low, verb)
        end = tail.start() if tail else verb
        left = subject.ROLE_END.search(masked, max(low, end - 90), end)
        people = self.who.other([], at) if left and right and not left["of"] and not right["of"] else []
        if right is None or len(people) != 2:
            return Side([], [], at), Side([], [], at)
        return Side(people[:1], [], verb), Side(people[1:], [], right.end())

    # ---- the side before the verb

    def before(
        self, low: int, at: int, *, noun: bool = False, near: bool = False, without: Sequence[Name] = ()
    ) -> Side:
        """The subject of the verb at `at` in a sentence that begins at `low`.

        With `near` it stands right before the verb, or before others that "and" joins to it.
        """
        masked = self.scene.masked
        self.leave_out(without)
        tail = _tail(masked, low, at)
        end = tail.start() if tail and not noun else at
        if end > low + 1 and masked[end - 1] in '"”' and masked[end - 2] == ",":
            end -= 1  # who called him a "friend," met
        if dash := subject.DASH.search(masked, low, end):
            end = dash.start()
            again = _tail(masked, low, end)
            end = again.start() if again and not noun else end
        side = None if noun else self._adjacent(low, end)
        if side is not None and near and len(side.people) == 1 and (who := subject.WHO_END.search(masked, low, end)):
            return self.list_back(low, who.start(1))  # "P and P, who met in L"
        if side is not None:
            return side
        if blamed := subject.BLAMED.search(masked, low, end):
            return Side([self.scene.by_at[blamed.start(1)].name], [], end)
        if owner := subject.OWN_WISH.search(masked, low, end):
            return Side([self.scene.by_at[owner.start(1)].name], [], end)
        if subject.MADE_OTHERS.search(masked, low, at):
            return Side([], [], end)
        if subject.NO_PLAN.search(masked, low, at):
            people = list(islice(self.who.scene.subjects(self.scene.sentence_at(low), back=2), 1))
            return Side([name for name in people if name not in without], [], end)
        if near and not subject.JOINS.search(masked, low, end):
            return self._both_going(low, end, at) if masked.endswith("to ", low, at) else Side([], [], end)
        if sent := subject.SENT.search(masked, low, end):
            return Side([self.scene.by_at[sent.start(1)].name], [], sent.end(1))
        return self._controlling(low, end)

    def _both_going(self, low: int, end: int, at: int) -> Side:
        """The people of "P and P flew to L to meet", where no other is named in between."""
        side = self._controlling(low, end)
        way = self.scene.masked[side.end : end]
        alone = (
            len(side.people) < 2
            or P in way
            or not (
                subject.GOING.search(way) or (self.scene.masked.startswith("meet", at) and subject.AGREED.search(way))
            )
        )
        return Side([], [], end) if alone else side

    def _adjacent(self, low: int, end: int) -> Side | None:
        """The subject that ends right before the verb; None where something else stands there."""
        masked, scene = self.scene.masked, self.scene
        if end <= low:
            return None
        land = subject.OF_LAND_END.search(masked, low, end)
        end = land.start() + 1 if land else end
        if masked[end - 1] == P:
            first, word = begins_at(masked, low, end - 1)
            if word == "by" and subject.LED.search(masked, low, first):
                return Side([scene.by_at[end - 1].name], [], end)
            errand = word == "for" and masked.startswith(" to ", end)
            return self.list_back(low, end - 1) if errand or not governed(word, opens_clause=True) else None
        if beside := subject.AND_HE.search(masked, low, end):
            one = self._pronoun(beside.group(2), low, beside.start(2))
            return Side(list(dict.fromkeys([scene.by_at[beside.start()].name, *one])), [], end)
        if pronoun := subject.PRONOUN_END.search(masked, low, end):
            return Side(self._pronoun(pronoun.group(1), low, pronoun.start()), [], end)
        who = subject.WHO_PAIR.search(masked, low, end)
        if (pair := PAIR.search(masked, low, who.start() if who else end)) and not (
            pair.group() == "they" and subject.MET_BY_THEM.search(masked, low, pair.start())
        ):
            subjects = pair.group().lower() == "they"
            return Side(self.who.pair(pair.start(), pair.group(), subjects=subjects), [], end)
        if team := subject.TEAM_END.search(masked, max(low, end - 40), end):
            return Side(self.who.leader(team.start()), [], end)
        if who := subject.WHO_END.search(masked, low, end) or subject.WHO_FAR.search(masked, low, end):
            return Side([scene.by_at[who.start(1)].name], [], end)
        if masked[end - 1] in ",)" and (side := self._apposed(low, end)) is not None:
            return side
        if peoples := lands_before(scene, low, end):
            return Side([], peoples, end)
        lands = subject.LANDS_END.search(masked, low, end)
        if lands and (
            subject.THEIRS.search(masked, low, lands.start(1))
            or not governed(begins_at(masked, low, lands.start(1))[1], opens_clause=False)
        ):
            return Side([], [m.name.name for m in scene.between(lands.start(1), lands.end(1))], end)
        bare, last = masked[end - 1] not in {O, L}, last_word(masked, low, end)
        if bare and last not in _ROLES_AND_GROUPS:
            return None
        if role := subject.ROLE_END.search(masked, max(low, end - 90), end):
            of = scene.by_at[role.start("of")].name.name if role["of"] else None
            phrase = self._written(role.start("all"), role.end("all"))
            return Side(self._roles(phrase, role.start(), of), [], end)
        if group := subject.GROUP_END.search(masked, max(low, end - 90), end):
            sign = next(group.start(k) for k in (1, 2, 3) if group[k])
            if group[3] and not subject.OPENER.fullmatch(begins_at(masked, low, sign)[1]):
                return None
            return Side([], [scene.by_at[sign].name.name], end, collective=True, lone=group[3] is not None)
        return None

    def _roles(self, phrase: str, at: int, of: str | None) -> list[Name]:
        """Whom a role means, or both of "the president and his host"; the other of two named before may be untold."""
        two = subject.TWO_ROLES.fullmatch(phrase)
        if two is None:
            return self._meant(phrase, at, of)
        first = self._meant(two.group(1), at, None)
        other = self._meant(two.group(2), at, of) or (self.who.other(first, at) if first else [])
        return list(dict.fromkeys([*first, *other]))

    def _apposed(self, low: int, end: int) -> Side | None:
        """The subject with an apposition behind it: "P, the mayor of L, met"."""
        masked, scene = self.scene.masked, self.scene
        if masked[end - 2] == P:
            first, word = begins_at(masked, low, end - 2)
            if word == "by" and subject.LED.search(masked, low, first):
                return Side([scene.by_at[end - 2].name], [], end)
        if masked[end - 2] == P and subject.IN_COMMAS.search(masked, low, end):
            return self.list_back(low, end - 2)
        for mention in reversed(scene.between(low, end)):
            if mention.name.kind != "person" or scene.owns(mention.at):
                continue
            if not APPOSITION.match(masked, mention.at + 1, end):
                continue
            first, word = begins_at(masked, low, mention.at)
            if word == "by" and subject.LED.search(masked, low, first):
                return Side([mention.name], [], end)
            if not governed(word, opens_clause=True):
                return self.list_back(low, mention.at)
        return None

    def list_back(self, low: int, at: int) -> Side:
        """The list of people that ends with the one at `at`."""
        masked, scene = self.scene.masked, self.scene
        people = [scene.by_at[at].name]
        end = at + 1
        for mention in reversed(scene.between(low, at)):
            if mention.name.kind != "person":
                continue
            if scene.owns(mention.at):
                continue
            if not joined(masked, mention.at, at) or begins_at(masked, low, mention.at)[1].lower() in _BESIDE:
                break
            people.insert(0, mention.name)
            at = mention.at
        start, _ = begins_at(masked, low, at)
        if len(people) > 1 and any(
            found.end() >= start for found in subject.STAND_INS.finditer(masked, max(low, start - 40), at)
        ):
            return Side([], [], end)
        lead = subject.HE_AND.search(masked, low, start) or subject.HE_AND_IN.search(masked, max(low, start - 1), at)
        role = subject.ROLE_AND.search(masked, max(low, start - 90), start) or subject.ROLE_AND.search(
            masked, start, at
        )
        if role:
            phrase = self._written(role.start("all"), role.end("all"))
            people = [*self._meant(phrase, role.start(), None), *people]
        elif lead:
            people = [*self.who.pronoun(lead.group(1), low, lead.start(), people), *people]
        return Side(list(dict.fromkeys(people)), [], end)

    def _controlling(self, low: int, end: int) -> Side:
        """The subject of the nearest clause to the left that has a person for one."""
        masked = self.scene.masked
        starts = [low, *(found.end() for found in subject.CLAUSE.finditer(masked, low, end))]
        upto = end
        for start in reversed(starts):
            side = self._clause_subject(start, upto)
            if side is not None:
                return side
            upto = start
        return Side([], [], end)

    def _clause_subject(self, start: int, end: int) -> Side | None:
        """The person that a clause begins with; an empty side for another subject, None where there is none."""
        masked, scene = self.scene.masked, self.scene
        lead = subject.LEAD.match(masked, start, end)
        start = lead.end() if lead else start
        if lead and lead.group().rstrip().endswith("who"):
            return self._antecedent(start)
        pronoun = subject.HE.search(masked, start, end)
        role = ROLE_ALONE.search(masked, start, min(end, start + 90))
        if role is not None and role.start() == start and FINITE.match(masked, role.end(), end):
            return self._role_side(role)
        for mention in scene.between(start, end):
            if pronoun and pronoun.start() < mention.at:
                break
            if mention.name.kind != "person" or scene.owns(mention.at):
                continue
            first, word = begins_at(masked, start, mention.at)
            if word == "by" and subject.LED.search(masked, start, first):
                return Side([mention.name], [], mention.at + 1)
            alone = word.lower() == "with" and subject.DOING.match(masked, mention.at + 1, end)
            if governed(word, opens_clause=False) and not alone and not _followed_by_verb(masked, mention.at + 1, end):
                continue
            if alone or self._opens(start, first) or subject.ROLE_BEFORE.fullmatch(masked, start, first):
                return self._list_forward(mention.at, end)
            return (
                Side([], [], end)
                if not subject.PHRASE.search(masked, start, first)
                else self._list_forward(mention.at, end)
            )
        if team := subject.TEAM.match(masked, start, end):
            return Side(self.who.leader(team.start()), [], team.end())
        if role and self._opens(start, role.start()) and not (pronoun and pronoun.start() < role.start()):
            return self._role_side(role)
        if pronoun and (
            self._opens(start, pronoun.start()) or subject.LED_IN.fullmatch(masked, start, pronoun.start())
        ):
            people = self._pronoun(pronoun.group(), start, pronoun.start())
            main = None if people else self.following(pronoun.end(), end)
            return main or Side(people, [], pronoun.end())
        return None

    def _role_side(self, role: re.Match[str]) -> Side:
        """Whom a role alone means as the subject of a clause."""
        of = self.scene.by_at[role.start("of")].name.name if role["of"] else None
        people = self._meant(self._written(role.start("all"), role.end("all")), role.start(), of)
        return Side([one for one in people if one not in self._without], [], role.end())

    def _antecedent(self, at: int) -> Side | None:
        low = self.scene.sentences[self.scene.sentence_at(at)][0]
        people = [
            mention.name
            for mention in self.scene.between(low, at)
            if mention.name.kind == "person"
            and not self.scene.owns(mention.at)
            and not self.scene.masked.endswith("not ", low, mention.at)
        ]
        return Side(people[-1:], [], at) if people else None

    def _opens(self, start: int, first: int) -> bool:
        """Whether what stands between the start of a clause and a noun phrase leaves that phrase the subject."""
        between = self.scene.masked[start:first].strip(" \"“”'‘(")
        return (
            not between
            or subject.NOUNS.fullmatch(between) is not None
            or subject.PHRASE.search(self.scene.masked, start, first) is not None
        )

    def _list_forward(self, at: int, end: int) -> Side:
        """The list of people that begins with the one at `at`, as far as "and" joins them."""
        masked, scene = self.scene.masked, self.scene
        people = [scene.by_at[at].name]
        stop = at + 1
        while True:
            beside = AFTER_NAME.match(masked, stop, end)
            more = AND.match(masked, beside.end() if beside else stop, end)
            found = more and named(masked, more.end(), end)
            if not found:
                return Side(list(dict.fromkeys(people)), [], stop)
            people.append(scene.by_at[found.end() - 1].name)
            stop = found.end()

    def _verb_at(self, at: int, high: int) -> int:
        """Where the verb of a name that ends at `at` may begin: after its comma, or after "of L"."""
        of = subject.OF_LAND.match(self.scene.masked, at, high)
        return of.end() if of else at + self.scene.masked.startswith(", ", at)

    def following(self, at: int, high: int) -> Side:
        """The subject of the main clause after an opening one: "After meeting P in L, P said"."""
        masked, scene = self.scene.masked, self.scene
        for comma in islice(_COMMA.finditer(masked, at, high), 3):
            if pronoun := subject.HE.match(masked, comma.end(), high):
                return Side(self.who.pronoun(pronoun.group(), comma.end(), comma.end()), [], pronoun.end())
            office = subject.OFFICE.match(masked, comma.end(), high)
            found = named(masked, office.end() if office else comma.end(), high)
            ends = self._verb_at(found.end(), high) if found else 0
            if found and (FINITE.match(masked, ends, high) or APPOSITION.match(masked, found.end(), high)):
                return self._list_forward(found.end() - 1, high)
            listed = self._list_forward(found.end() - 1, high) if found else None
            if (
                listed
                and len(listed.people) > 1
                and (FINITE.match(masked, listed.end, high) or _GOES_ON.match(masked, listed.end, high))
            ):
                return listed
            role = ROLE_ALONE.match(masked, comma.end(), high)
            if role and FINITE.match(masked, role.end(), high):
                of = scene.by_at[role.start("of")].name.name if role["of"] else None
                people = self._meant(self._written(role.start("all"), role.end("all")), comma.end(), of)
                return Side(people, [], role.end())
        return Side([], [], at)


def _tail(masked: str, low: int, at: int) -> re.Match[str] | None:
    """What stands between a subject and the verb at an offset; names are none of it."""
    return subject.VERB_TAIL.search(masked, after_names(masked, low, at), at)


def _followed_by_verb(masked: str, at: int, end: int) -> bool:
    return FINITE.match(masked, at, end) is not None

"""Whom a name, a pronoun or a description beside a quotation stands for.

Pronouns go to whoever the nearest sentence is about, its speaker or its subject, then to others told of there; where
two people fit about as well the answer is that nobody knows.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from news.article import Span
from news.name_words import FIRST_NAMES
from news.person import Name, last_name
from news.speaker_role import Roles, gender_of, gendered, is_indefinite
from news.speaker_written import written_name
from news.speech import PREPOSITIONS, SAYING, Source
from news.speech_indirect import tellers
from news.speech_subject import opening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from news.facts import Gender
    from news.person import Mention
    from news.speech import Scene

Kind = Literal["named", "described", "unknown"]

_LOOK_BACK = 1500
_SENTENCES = 8
# What speaks for a person that a pronoun may mean; tried one by one on 128 pronouns, each stands on a plateau.
_NEAREST = 3.0  # told of in the same sentence
_STEP = 1.0  # taken off for each sentence back
_SAME_STEP = 0.3  # the same where that sentence's own subject is such a pronoun
_HEADS = 2.0  # the subject of its sentence
_TELLS = 0.35  # more, where the verb is one of saying
_TOLD_OF = -0.5  # named in the very words that the pronoun is said to have spoken
_SPOKE = 1.5  # the speaker of a quotation there
_EXACT = 0.7  # of that gender for certain
_OWNS = -1.0  # a possessive
_GOVERNED = -0.5  # behind a preposition
_INTRODUCED = 0.75  # presented with a role
_LEAST = 0.5  # less is a guess
_MARGIN = 0.3  # a smaller lead over the next person decides nothing
_LEAST_DESCRIBED = 3.3  # the same of a description ("the mayor"): whom the sentence before is about, and nobody else
_MARGIN_DESCRIBED = 0.7
_MOST = _HEADS + _TELLS + _EXACT + _MARGIN_DESCRIBED  # a sentence worth less than the best by this changes nothing
_LONG_NAME = 2  # spaces of a name; one with more may have taken in what the person is
_MAIN = 3  # such a person is told of no less than a third as often as whom a text tells of most
_GENDERS: dict[str, Gender] = {"he": "m", "his": "m", "she": "f", "her": "f"}
_NEXT_WORD = re.compile(r" ([a-z]+)")
_HEAD = re.compile(r",|\s(?:of|for|from|in|at|on|to|with|who|that)\b")
_SAID = SAYING - {"told"}
_WHO = re.compile(r",? (?:who|whose|with whom)\b")
_CLAUSE = re.compile(r"[^,;:\0\n]*")
_WITH_ROLE = re.compile(r", (?:the |an? |who )?[a-z]")


class Speaker(Struct, frozen=True):
    """Who spoke: a full name, a description, or None; where the text says so; the name it was taken from."""

    kind: Kind
    who: str | None
    at: Span | None
    name: Name | None = None


class Speakers:
    """Who spoke so far in a text, to tell whom its pronouns and descriptions mean next."""

    def __init__(self, scene: Scene) -> None:
        """Nobody has spoken yet."""
        self.scene = scene
        self._spoken: deque[tuple[int, Name]] = deque(maxlen=6)
        self._openings: dict[Span, Source | None] = {}
        self._told: dict[Span, frozenset[int]] = {}
        self._full: dict[str, Name | None] = {}
        self._roles = Roles(scene.text, scene.names)
        self._most = max((len(name.spans) for name in scene.names.names if name.kind == "person"), default=0)

    def speaks(self, speaker: Speaker, at: int) -> None:
        """Remember that a speaker's words stand at `at`."""
        if speaker.name is not None and speaker.name.kind == "person":
            self._spoken.append((at, speaker.name))

    def speaker(self, source: Source, spoken: Span = (0, 0)) -> Speaker:
        """Who a source stands for, given where the words stand that it is said to have spoken."""
        at = (source.start, source.end)
        if source.kind == "name" and source.name is not None:
            return self._called(source.name, at)
        words = self.scene.text[source.start : source.end]
        if source.kind == "pronoun":
            return self._stands_for(words.lower(), at, spoken)
        person = self._roles.meant(words, source.start) or self._written(words) or self._definite(words, at, spoken)
        if person is not None:
            return Speaker("named", person.name, at, person)
        named = next(iter(self.scene.outside(source.start, source.end)), None)
        body = named is not None and (named.start, named.end) == at and named.name.kind != "person"
        full = written_name(words, body=body)
        return Speaker("named", full, at) if full else Speaker("described", " ".join(words.split()), at)

    def _called(self, name: Name, at: Span) -> Speaker:
        """Who a name stands for: a person, one whose name was taken for that of a place or a body, or a body."""
        grown = name.kind == "person" and name.name.count(" ") > _LONG_NAME and name.name.split()[0] not in FIRST_NAMES
        if name.kind == "person" and not (grown and written_name(name.name, body=True)):
            full = self._fullest(name)
            return Speaker("named", full.name, at, full)
        meant = self.scene.bearer(name) if name.kind == "place" else written_name(name.name, body=True)
        if meant is None:
            return Speaker("described", name.name, at, name)
        known = self.scene.names.full(meant)
        return Speaker("named", meant, at, known if known is not None and known.kind == "person" else None)

    def _fullest(self, name: Name) -> Name:
        """The one person with a full name who bears a lone last name, as shouted labels do; else the name itself."""
        if " " in name.name:
            return name
        full = self.scene.bearers(name.name)
        fits = len(full) == 1 and (name.gender is None or full[0].gender in {name.gender, None})
        return full[0] if fits else name

    def _stands_for(self, word: str, at: Span, spoken: Span) -> Speaker:
        """Who a pronoun stands for."""
        gender = _GENDERS.get(word)
        if gender is not None:
            who = self._pronoun(gender, at, spoken)
            if isinstance(who, str):
                return Speaker("described", who, at)
            return Speaker("named", who.name, at, who) if who else Speaker("unknown", None, at)
        body = self._body(at[0], plural=word == "they") if word in {"they", "it"} else None
        return Speaker("described", body, at) if body else Speaker("unknown", None, at)

    def _body(self, at: int, *, plural: bool) -> str | None:
        """The body or the kind of people that "it" or "they" means: what the sentence before it is about."""
        end = at
        for _ in range(3):
            start = max(self.scene.sentence_start(max(0, end - 1)), end - _LOOK_BACK)
            first = self._opening(start, end) if start < end else None
            if first is None or first.kind == "pronoun":
                end = start
                continue
            if first.kind == "name":
                return first.name.name if first.name is not None and first.name.kind == "organisation" else None
            words = " ".join(self.scene.text[first.start : first.end].split())
            head = _HEAD.split(words, maxsplit=1)[0]
            return words if head.endswith("s") == plural or head.lower().endswith("police") else None
        return None

    def _written(self, words: str) -> Name | None:
        """The person whose first or last name the words are, where the name was not seen as one."""
        if " " in words or not words[:1].isupper():
            return None
        if words not in self._full:
            name = self.scene.names.full(words)
            self._full[words] = name if name is not None and name.kind == "person" else None
        return self._full[words]

    def _pronoun(self, gender: Gender, at: Span, spoken: Span) -> Name | str | None:
        """Whom "he" or "she" at `at` means, by name or description; None where nobody fits or two fit alike.

        Nobody named behind it in its own clause is meant by it ("he told X", "he said of X"), and seldom one who is
        named in the words spoken.
        """
        return self._best(self._scored(gender, at, spoken), _LEAST, _MARGIN)

    def _definite(self, words: str, at: Span, spoken: Span) -> Name | None:
        """Whom "the mayor" or "the 34-year-old" at `at` means, where the text has not said what the person is."""
        introduces = _WHO.match(self.scene.mask, at[1]) is not None
        if introduces or not self._roles.may_mean_anyone(words, at[0]):
            return None
        scored = self._scored(gender_of(words), at, spoken)
        who = self._best(scored, _LEAST_DESCRIBED, _MARGIN_DESCRIBED)
        if not isinstance(who, Name) or _MAIN * len(who.spans) < self._most:
            return None
        return who if self._roles.fits(words, who) else None

    def _best(self, scored: dict[str, tuple[float, Name | str]], least: float, margin: float) -> Name | str | None:
        """The best of some people, None where it is not good enough or does not lead by enough."""
        best = sorted(scored.values(), key=lambda each: -each[0])[:2]
        if not best or best[0][0] < least or (len(best) > 1 and best[0][0] - best[1][0] < margin):
            return None
        return best[0][1]

    def _scored(self, gender: Gender | None, at: Span, spoken: Span) -> dict[str, tuple[float, Name | str]]:
        """Everyone told of before `at` who may be meant there, of a gender or of any, with how well it suits."""
        scored: dict[str, tuple[float, Name | str]] = {}
        clause = _CLAUSE.match(self.scene.mask, at[1], self.scene.sentence_end(at[0]))
        others = {each.name.name for each in self.scene.outside(*clause.span())} if clause else frozenset[str]()
        named = {each.name.name for each in self.scene.names.between(*spoken)}
        best = 0.0
        for worth, people in self._candidates(at[0]):
            if best - worth > _MOST:
                break
            for name, place in people:
                if isinstance(name, str):
                    key, fits, score = name, gendered(name) == gender, place
                else:
                    key, fits = name.name, gender is None or name.gender in {gender, None}
                    score = place + _EXACT * (gender is not None and name.gender == gender) + _TOLD_OF * (key in named)
                if fits and key not in others and (key not in scored or score > scored[key][0]):
                    scored[key] = (score, name)
                    best = max(best, score)
        return scored

    def _opening(self, start: int, end: int) -> Source | None:
        """The subject a sentence opens with, found once."""
        if (start, end) not in self._openings:
            self._openings[start, end] = opening(self.scene, start, end)
        return self._openings[start, end]

    def _tellers(self, start: int, end: int) -> frozenset[int]:
        """Where the people of a sentence stand that are said to have said something, found once."""
        if (start, end) not in self._told:
            found = tellers(self.scene, start, end)
            self._told[start, end] = frozenset(each.start for each in found if each.kind == "name")
        return self._told[start, end]

    def _candidates(self, at: int) -> Iterator[tuple[float, list[tuple[Name | str, float]]]]:
        """The people told of before `at` sentence by sentence, the nearest first, with what each sentence is worth.

        Each with how well the place suits what a pronoun means, best about 5. Someone without a name whom a sentence
        opens with ("a woman from Port Lena") is told by the description.
        """
        scene = self.scene
        end = at
        worth = _NEAREST
        for _ in range(_SENTENCES):
            start = max(scene.sentence_start(max(0, end - 1)), end - _LOOK_BACK)
            first = self._opening(start, end)
            yield worth, self._people(start, end, first, worth)
            same = first is not None and scene.text[first.start : first.end].lower() in _GENDERS
            worth -= _SAME_STEP if same else _STEP
            end = start
            if end <= 0 or at - end > _LOOK_BACK:
                break

    def _people(self, start: int, end: int, first: Source | None, worth: float) -> list[tuple[Name | str, float]]:
        """The people of one sentence, which opens with `first`, and how well each suits what a pronoun means."""
        scene = self.scene
        found: list[tuple[Name | str, float]] = []
        people = [mention for mention in scene.outside(start, end) if mention.name.kind == "person"]
        told = self._tellers(start, end) if people else frozenset[int]()
        for mention in people:
            heads = first is not None and first.start == mention.start
            place = _HEADS + _TELLS if mention.start in told else _place(scene, mention, heads=heads)
            found.append((mention.name, worth + place))
        if first is not None and first.kind == "description":
            words = " ".join(scene.text[first.start : first.end].split())
            person = self._roles.meant(words, first.start)
            if person is not None:
                found.append((person, worth + _HEADS))
            elif gendered(words):
                found.append((words, worth + _HEADS + (_EXACT if is_indefinite(words) else -_MARGIN)))
        found += [(name, worth + _SPOKE) for spoke, name in self._spoken if start <= spoke < end]
        return found


def _place(scene: Scene, mention: Mention, *, heads: bool) -> float:
    """How much the place of a mention in its sentence speaks for it, -1 to 2."""
    if scene.owns(mention):
        return _OWNS
    if heads:
        return _HEADS
    after = _NEXT_WORD.match(scene.mask, mention.end)
    if (after and after.group(1) in SAYING) or _follows_saying(scene, mention):
        return _HEADS
    lead = scene.mask[max(0, mention.start - 40) : mention.start].split()
    governed = any(word.lower() in PREPOSITIONS for word in lead[-3:])
    return (_GOVERNED if governed else 0.0) + (_INTRODUCED if _is_introduced(scene, mention) else 0.0)


def _follows_saying(scene: Scene, mention: Mention) -> bool:
    """Whether a mention is the subject of a verb of saying before it (', said X', '"Q," noted Y's X')."""
    words = scene.words(mention.outer - 40, mention.outer)[-3:]
    verb = next((word for word in reversed(words) if word.lower in _SAID and not word.capital), None)
    return verb is not None and scene.mask[max(0, verb.start - 3) : verb.start].rstrip()[-1:] in {",", "\0", ""}


def _is_introduced(scene: Scene, mention: Mention) -> bool:
    """Whether a full name stands with what the person is ("X, president of ...", "X, a ...")."""
    return (
        mention.end - mention.start > len(last_name(mention.name.name))
        and _WITH_ROLE.match(scene.mask, mention.end) is not None
    )

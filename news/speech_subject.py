"""The subject of a verb, and the subject that a sentence opens with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.lists import section
from news.name_words import COMMON
from news.speaker_role import is_someone
from news.speech import (
    BASES,
    BEING,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    Source,
    Word,
    pronoun,
    reports,
)
from news.speech_phrase import compound, head_of, named, phrase_end

if TYPE_CHECKING:
    from news.person import Mention
    from news.speech import Scene

_LONGEST = 90
_WITHIN = 500
"""Characters of a sentence that are looked at: more than newspapers put between a subject and its verb."""
_NOT_IN_COMPOUND = FILLERS | REPORTING | PREPOSITIONS | CONJUNCTIONS | DETERMINERS
_NO_PEOPLE = _NOT_IN_COMPOUND | section("speech", "no people")
_ENDS = FILLERS | section("speech", "acts")
_TIMES = section("speech", "times")
_NOT_IN_TITLE = _NOT_IN_COMPOUND - BASES - {"of", "the", "and"}
_TITLE_WORDS = 8
_RELATIVE = frozenset({"who", "which", "whom", "whose", "as", "since"})
_BEFORE_ROLE = frozenset(
    {"state", "former", "local", "city", "county", "senior", "deputy", "chief", "then", "the", "a"}
)
_NOT_ADVERBS = frozenset({"ally", "family", "rally", "reply", "supply", "assembly", "bully", "monopoly", "butterfly"})
_NOT_IN_ROLE = CONJUNCTIONS | PRONOUNS | REPORTING
_SETTING_OFF = frozenset(",()-–—")
_LEADING = section("speech", "leading")
_JOINED = frozenset({"and", "but", "then", "or", "by", "for", "of", "in", "while", "before", "after"})
_STARTS_MODIFIER = re.compile(
    r"\s*(?:the|an?|his|her|its|their|who|whose|which|one|both|including|himself|herself|\d+|[RDI]-|"
    r"(?:[A-Z][a-z]*\.){1,3}\s*$|Jr|Sr|\w+ing\b|\w+ed\b|now|then|also|a?long|(?:not|himself|herself)\b)",
)
_SAID = frozenset({"said", "says", "told", "wrote", "asked", "added"})
_NUMBERS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_MODIFIES = re.compile(r"\s*(?:the|an?|his|her|who|whose)\b")
_GOES_ON = re.compile(r"\s*(?:who|whose|could|would|might|may|will|can|should|is|was|has|had|and)\b")
_LEAD_END = re.compile(r",|\0+")
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' ]{2,30}(?:(?:, [^—–\n-]{2,40})?(?:\([^)\n]{2,20}\) ?)? ?(?:—|–|--?|―) ?|: )(?=[^\W\d_a-z])"
)
_NO_BREAK = re.compile(r"[^,\0]*")
_CAPITALS = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?!['’])\b")


def subject(scene: Scene, lo: int, verb: Word) -> Source | None:
    """The subject of a verb, in the clause or sentence that begins at `lo`."""
    lo = max(lo, verb.start - _WITHIN)
    words = scene.words(lo, verb.start)
    finite = not verb.lower.endswith("ing")
    while words and _fills(scene, words[-1]):
        finite = finite or words[-1].lower in BEING
        finite = finite and words[-1].lower != "to"
        words.pop()
    if not words:
        return None
    last = words[-1]
    doer = scene.people(last.start - _LONGEST, last.end) if not finite else []
    if doer and doer[-1].end == last.end and _NO_BREAK.fullmatch(scene.mask, last.end, verb.start):
        return named(doer[-1])
    aside = "," in scene.mask[last.end : verb.start]
    if not finite or last.lower in _JOINED or (last.lower in REPORTING and not last.capital and not aside):
        return _earlier(scene, lo, words, verb.start)
    if last.lower in {"who", "that", "which"}:
        return _antecedent(scene, lo, last.start)
    if last.lower in PRONOUNS:
        return pronoun(last)
    if any(mark in scene.mask[last.end : verb.start] for mark in ",)—–"):
        return _interrupted(scene, lo, last.end)
    return ending_at(scene, lo, last.end)


def _antecedent(scene: Scene, lo: int, relative: int) -> Source | None:
    """The person a relative pronoun stands for; none for a kind of people ("anybody who", "X's listeners, who")."""
    people = scene.people(max(lo, relative - _LONGEST), relative)
    if not people:
        return None
    between = scene.mask[people[-1].end : relative].strip(" ")
    aside = between[:1] in _SETTING_OFF and (between[-1:] in _SETTING_OFF or "," not in between[1:])
    governed = between.split(maxsplit=1)[:1]
    return named(people[-1]) if not between or aside or (governed and governed[0] in PREPOSITIONS) else None


def _earlier(scene: Scene, lo: int, words: list[Word], verb: int) -> Source | None:
    """The subject shared with an earlier verb of the sentence, or the sentence's own subject."""
    for index in range(len(words) - 1, 0, -1):
        word = words[index]
        if reports(words, index, REPORTING) and not word.lower.endswith("ing"):
            found = subject(scene, lo, word)
            if found is None or not is_reported(scene, words, found):
                return found
    return opening(scene, lo, verb)


def opening(scene: Scene, lo: int, hi: int) -> Source | None:
    """The subject a sentence opens with, behind what leads up to it ("In an interview on Friday, X praised ...")."""
    hi = min(hi, lo + _WITHIN)
    line = _DATELINE.match(scene.mask, lo, hi)
    words = scene.words(line.end() if line else lo, hi)
    at = 0
    while at < len(words) and (_leads(scene, words[at]) or _tells_time(words[at : at + 5])):
        if words[at].lower in {"but", "and", "yet", "so", "still", "then", "or", "also"}:
            at += 1
            continue
        behind = _behind_lead(scene, words[at], hi)
        if behind is None:
            break
        at = next((i for i, word in enumerate(words) if word.start >= behind), len(words))
    if at >= len(words):
        return None
    first = words[at]
    if first.lower in PRONOUNS:
        return pronoun(first)
    people = scene.people(first.start, hi)
    known = scene.names.at(first.start)
    if first.lower in DETERMINERS or (known is not None and scene.owns(known)):
        end = phrase_end(scene, words[at:], hi)
        for index in range(at + 1, len(words)):
            if (
                words[index].lower in _ENDS
                or words[index].lower in _SAID
                or _runs_into_verb(words, index)
                or reports(words, index, REPORTING)
            ):
                end = min(end, words[index].start)
                break
        return head_of(scene, first.start, end, hi, words[at:])
    if people and _opens(words[at:], people[0]):
        return named(compound(scene, [each for each in people if each.start < people[0].start + 80]))
    mentions = scene.outside(first.start, min(hi, first.start + 40))
    if mentions and not scene.owns(mentions[0]) and mentions[0].outer <= first.start:
        return named(mentions[0])
    run = _CAPITALS.match(scene.mask, first.start, hi)
    return Source(first.start, run.end(), "description") if run and _may_be_name(run.group()) else None


def _behind_lead(scene: Scene, word: Word, hi: int) -> int | None:
    """Where the phrase that `word` begins ends: at a comma, and not one that sets off what a person of it is."""
    at = word.end
    while (comma := _LEAD_END.search(scene.mask, at, hi)) is not None:
        at = comma.end()
        apposed = _MODIFIES.match(scene.mask, at) and _closes_name(scene, comma.start())
        goes_on = _GOES_ON.match(scene.mask, at) and _LEAD_END.search(scene.mask, at, hi)
        if not apposed and not goes_on:
            return at
    return None


def _closes_name(scene: Scene, at: int) -> bool:
    """Whether a person's name, or what a person is, ends at `at`."""
    known = scene.names.at(at - 1)
    return known is not None and known.name.kind == "person" and known.end == at


def _runs_into_verb(words: list[Word], index: int) -> bool:
    """Whether a noun phrase is over at a word: at an adverb with its verb, a verb with its object, or a time.

    As in "the campaign immediately backtracked", "the ad targets a", "the ministry less than two weeks ago".
    """
    lower = words[index].lower
    following = words[index + 1].lower if index + 1 < len(words) else ""
    if lower.endswith("ly") and following.endswith("ed"):
        return True
    if index and words[index - 1].lower in DETERMINERS:
        return False
    if (lower in {"less", "more"} and following == "than") or _tells_time(words[index : index + 4]):
        return True
    return lower.endswith("s") and not lower.endswith(("ss", "'s")) and following in DETERMINERS - _NUMBERS


def _opens(words: list[Word], mention: Mention) -> bool:
    """Whether nothing but titles stands between the start of a clause and a mention."""
    if mention.outer <= words[0].start:
        return True
    lead = [word.lower for word in words if word.start < mention.outer]
    return len(lead) <= _TITLE_WORDS and _NOT_IN_TITLE.isdisjoint(lead)


def _may_be_name(run: str) -> bool:
    """Whether capitals at the start of a sentence may name someone: no common word, unless it is a kind of people."""
    lower = run.lower()
    if run.endswith(" I"):
        return False
    return " " in run or lower not in COMMON or (lower.endswith("s") and lower not in _NO_PEOPLE)


def _tells_time(words: list[Word]) -> bool:
    """Whether a noun phrase tells when something was ("a few days later", "this week")."""
    return words[0].lower in DETERMINERS | {"last", "next", "later", "earlier"} and any(
        word.lower in _TIMES for word in words[1:]
    )


def _fills(scene: Scene, word: Word) -> bool:
    """Whether a word only fills the place between a subject and its verb; Kelly, Will and May may be names."""
    if word.capital and scene.names.at(word.start) is not None:
        return False
    return word.lower in FILLERS or (word.lower.endswith("ly") and word.lower not in _NOT_ADVERBS and not word.capital)


def _leads(scene: Scene, word: Word) -> bool:
    """Whether a word opens a phrase that leads up to the subject."""
    lower = word.lower
    return (
        lower in PREPOSITIONS
        or lower in CONJUNCTIONS
        or lower in _LEADING
        or (lower.endswith(("ing", "ly")) and scene.names.at(word.start) is None)
    )


def _interrupted(scene: Scene, lo: int, end: int) -> Source | None:
    """The subject before an aside that ends at `end` ("X, the mayor," "the mayor, X," "X, speaking on Friday,")."""
    stop = end
    while stop > lo:
        cut = max(scene.mask.rfind(mark, lo, stop) for mark in (",", "(", "—", "–", ";", "\0"))
        start = max(cut + 1, lo)
        chunk = scene.mask[start:stop]
        people = scene.people(start, stop)
        alone = len(people) == 1 and not chunk.replace(scene.mask[people[0].start : people[0].end], "").strip(" .")
        if cut > lo and (alone or _is_titled(scene, start, stop, people)):
            return named(people[0])
        if cut <= lo:
            return opening(scene, start, stop) or ending_at(scene, start, stop)
        clause = chunk.split(maxsplit=1)[:1]
        if cut > lo and chunk.split()[-1:] and chunk.split()[-1] in REPORTING:
            stop = cut
            continue
        if people and clause and clause[0].lower() in CONJUNCTIONS - PREPOSITIONS - _RELATIVE:
            return ending_at(scene, start, stop)
        if people and not _STARTS_MODIFIER.match(chunk) and not _leads_chunk(chunk):
            return ending_at(scene, start, stop)
        stop = cut
    return None


def _is_titled(scene: Scene, start: int, stop: int, people: list[Mention]) -> bool:
    """Whether one person, with what the person is before the name, is all that [start, stop) holds."""
    rest = scene.mask[people[0].end : stop].strip(" .") if people else ""
    if len(people) != 1 or (rest and not rest.startswith("of ")):
        return False
    lead = scene.words(start, people[0].outer)
    return all(is_someone(word.lower) or word.lower in _BEFORE_ROLE for word in lead)


def _leads_chunk(chunk: str) -> bool:
    words = chunk.split(maxsplit=1)
    return not words or words[0].lower() in PREPOSITIONS or words[0].lower() in CONJUNCTIONS or words[0].islower()


def ending_at(scene: Scene, lo: int, end: int) -> Source | None:
    """The noun phrase that ends at `end` ("Senator John Smith of Ohio", "a spokesman for the ministry")."""
    lo = max(lo, end - 2 * _LONGEST)
    edge = max(scene.mask.rfind(mark, lo, end) for mark in (",", ";", ":", "\0", "\n", "—", "–", "--", " - ", "("))
    start = max(edge + 1, lo)
    words = scene.words(start, end)
    for index in range(len(words) - 1, -1, -1):
        if words[index].lower == "who" and words[index + 1 : index + 2] and _is_finite(words[index + 1]):
            return _antecedent(scene, lo, words[index].start)
        if words[index].lower == "and" and _is_one(words, index):
            continue
        if words[index].lower in CONJUNCTIONS or (words[index].lower in REPORTING and not words[index].capital):
            words = words[index + 1 :]
            break
    apposed = _apposed_to(scene, start, end) if words and scene.mask[edge] == "," else None
    if apposed is not None:
        return named(apposed)
    if words and words[0].lower in PREPOSITIONS:
        words = _behind_preposition(scene, words, end)
    if not words:
        return None
    found = head_of(scene, words[0].start, end, end, words)
    if found is not None and found.name is not None and found.name.kind == "place" and scene.mask[edge] == ",":
        whose = ending_at(scene, lo, edge)
        return whose if whose is not None and whose.kind == "name" and whose.end < edge else found
    if found is not None and found.kind == "name":
        return _joint(scene, start, found) or found
    return found


def _apposed_to(scene: Scene, start: int, end: int) -> Mention | None:
    """The person before a comma of whom [start, end) tells only the roles ("X, president and owner of Y said")."""
    first = scene.words(start, end)[0]
    before = scene.names.at(max(0, start - 2))
    if first.capital or not is_someone(first.lower) or scene.people(start, end) or before is None:
        return None
    return before if before.name.kind == "person" and before.end == start - 1 and not scene.owns(before) else None


def is_reported(scene: Scene, words: list[Word], source: Source) -> bool:
    """Whether a source stands in what someone else is said to have said ("X said she had seen “Q”")."""
    before = [word for word in words if word.end <= source.start][-2:]
    if not before or scene.mask[before[-1].end : source.start].strip():
        return False
    last = before[-1].lower
    return last in SAYING or (last == "that" and before[0].lower in SAYING)


def _is_one(words: list[Word], index: int) -> bool:
    """Whether "and" joins what one person is ("the former senator and current nominee"), with nothing in between."""
    first, after = words[0].lower, words[index + 1 : index + 2]
    plain = first == "the" and index > 1 and bool(after) and after[0].lower not in _NOT_IN_COMPOUND
    return plain and not any(word.lower in _ENDS or word.lower in _NOT_IN_ROLE for word in words[1:index])


def _joint(scene: Scene, lo: int, second: Source) -> Source | None:
    """The two people of whom the second ends the subject ("X and Y"), as they are written; None where there is one."""
    outer = second.start
    known = scene.names.at(second.start)
    if known is not None:
        outer = known.outer
    first = next(iter(scene.people(lo, outer)[-1:]), None)
    if first is None or scene.mask[first.end : outer].strip() != "and":
        return None
    lead = scene.words(lo, first.outer)
    plain = not any(word.lower in _NOT_IN_COMPOUND for word in lead)
    return Source(first.start, second.end, "description") if plain else None


def _is_finite(word: Word) -> bool:
    """Whether a word behind "who" can be its verb."""
    return word.lower in _ENDS or word.lower in REPORTING or word.lower.endswith("ed")


def _behind_preposition(scene: Scene, words: list[Word], end: int) -> list[Word]:
    """The words of the last noun phrase, where a phrase with a preposition leads up to it ("On Friday Trump")."""
    people = scene.people(words[0].start, end)
    if people and people[-1].end >= end - 1:
        return [word for word in words if word.start >= people[-1].start]
    starts = [index for index, word in enumerate(words) if index and word.lower in DETERMINERS]
    return words[starts[-1] :] if starts else []

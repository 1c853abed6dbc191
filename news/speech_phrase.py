"""The noun phrase that names a speaker: the subject before a verb, or what follows "said" and "according to"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.lists import section
from news.name_words import COMMON
from news.speech import (
    BASES,
    BEING,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    Source,
    Word,
    pronoun,
    reports,
)

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
_OFFICES = frozenset(word.strip(",") for word in section("titles", "any"))
_PEOPLE_OF = section("speech", "people of")
_REALMS = section("speech", "realms")
_SETTING_OFF = frozenset(",()-–—")
_LEADING = section("speech", "leading")
_JOINED = frozenset({"and", "but", "then", "or", "by", "for", "of", "in", "while", "before", "after"})
_EDGE = re.compile(r"[,;:(\[\0\n]|\s-+\s|--|[—–―]")
_STARTS_MODIFIER = re.compile(
    r"\s*(?:the|an?|his|her|its|their|who|whose|which|one|both|including|himself|herself|\d+|[RDI]-|"
    r"(?:[A-Z][a-z]*\.){1,3}\s*$|Jr|Sr|\w+ing\b|\w+ed\b|now|then|also|a?long|(?:not|himself|herself)\b)",
)
_LEAD_END = re.compile(r",|\0+")
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' ]{2,30}(?:, [^—–\n-]{2,40})?(?:\([^)\n]{2,20}\) ?)? ?(?:—|–|--?|―) ?(?=[^\W\d_a-z])"
)
_NO_BREAK = re.compile(r"[^,\0]*")
_CAPITALS = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?!['’])\b")
_APART = re.compile(r"[,;:()\[\]\0\n]|\s[—–―-]+\s|[—–―]|\band\b")


def after_verb(scene: Scene, lo: int, hi: int) -> Source | None:
    """The speaker whose noun phrase begins at `lo` ("said X, the mayor", "according to X"), before `hi`."""
    lo += len(scene.mask[lo:hi]) - len(scene.mask[lo:hi].lstrip())
    words = scene.words(lo, min(hi, lo + 2 * _LONGEST))
    if not words or words[0].start > lo + 1:
        return None
    if words[0].lower in PRONOUNS:
        return pronoun(words[0])
    end = _phrase_end(scene, words, hi)
    return _head(scene, lo, end, hi, words)


def turned(scene: Scene, verb: Word, stop: int) -> Source | None:
    """The person right behind a verb that a comma sets off ('"Q" for all, said X, the mayor')."""
    if scene.mask[verb.start - 2 : verb.start] != ", ":
        return None
    source = after_verb(scene, verb.end, stop)
    ends = source is not None and scene.mask[source.end : source.end + 1] in {",", ".", ";", "", "\n", "\r"}
    return source if source is not None and source.kind == "name" and ends else None


def _phrase_end(scene: Scene, words: list[Word], hi: int) -> int:
    """Where the noun phrase that begins with `words` ends: at a mark, or a word that begins something else."""
    edge = _EDGE.search(scene.mask, words[0].start, hi)
    end = edge.start() if edge else hi
    for index, word in enumerate(words[1:]):
        if word.start >= end:
            break
        if index and word.lower.endswith("ed") and not word.capital and "-" not in word.lower:
            return word.start
        if word.lower in CONJUNCTIONS or word.lower in {"in", "at", "on", "by", "during", "after", "before", "about"}:
            return word.start
    return end


def _head(scene: Scene, lo: int, end: int, hi: int, words: list[Word]) -> Source | None:
    """The source a noun phrase [lo, end) stands for; a name in apposition behind it counts."""
    mentions = [mention for mention in scene.outside(lo, end) if not scene.owns(mention)]
    people = [mention for mention in mentions if mention.name.kind == "person"]
    first = words[0].lower
    definite = first in DETERMINERS or first.endswith(("'s", "s'"))
    governed = _first_preposition(words, end)
    heads = [mention for mention in people if mention.start < governed or mention.outer <= lo]
    if not heads and people and first not in DETERMINERS and _stands_apart(words, governed, people[-1]):
        heads = people[-1:]
    if heads and _owns_noun(words, heads[-1]):
        return _described(scene, lo, end)
    if heads and first not in {"a", "an", "one", "another", "some"}:
        return _named(_compound(scene, heads))
    aside = _apposed(scene, end, hi)
    if aside is not None and (definite or not mentions):
        return _named(aside)
    if heads and heads[-1].end >= end - 2:
        return _named(heads[-1])
    if mentions and first == "the" and _is_all(mentions[0], words, end):
        return _named(mentions[0])
    if definite or words[0].start < governed < end or not words[0].capital:
        return _described(scene, lo, end)
    if mentions:
        return _named(mentions[0])
    return _described(scene, lo, end)


def _owns_noun(words: list[Word], mention: Mention) -> bool:
    """Whether people of another's stand behind a mention ("Smith aides", "the Smith campaign")."""
    following = next((word for word in words if word.start >= mention.end), None)
    if following is None or following.start > mention.end + 1 or following.capital:
        return False
    lower = following.lower
    return lower in _PEOPLE_OF or lower.removesuffix("s") in _PEOPLE_OF


def _is_all(mention: Mention, words: list[Word], end: int) -> bool:
    """Whether a body's name is all that follows the article ("the Harbour Authority")."""
    starts = len(words) > 1 and mention.start == words[1].start
    return starts and mention.end >= end - 1 and mention.name.kind == "organisation"


def _stands_apart(words: list[Word], governed: int, mention: Mention) -> bool:
    """Whether a preposition before a mention has another object ("Attorney General of Texas X", not "aide to X")."""
    office = any(word.lower in _OFFICES for word in words if word.start < governed)
    between = [word for word in words if governed < word.start < mention.outer]
    if office and len(between) == 2 and between[0].lower == "of" and between[1].lower in _REALMS:
        return True
    return (
        len(between) > 1
        and not between[-1].lower.endswith("'s")
        and (office or any(each.capital for each in between[1:]))
    )


def _first_preposition(words: list[Word], end: int) -> int:
    """Where the first preposition of a noun phrase stands, `end` where it has none."""
    return next((word.start for word in words if word.start < end and word.lower in PREPOSITIONS), end)


def _compound(scene: Scene, heads: list[Mention]) -> Mention:
    """The last of the people that a compound lines up ("Clinton campaign manager Robby Mook"), the first of a list."""
    head = heads[0]
    for mention in heads[1:]:
        between = scene.text[head.end : mention.start]
        words = between.lower().split()
        if len(words) > 3 or _APART.search(between) or not _NOT_IN_COMPOUND.isdisjoint(words):
            break
        head = mention
    return head


def _apposed(scene: Scene, end: int, hi: int) -> Mention | None:
    """The person named right behind the comma at `end`, and nothing else before the next mark ("the mayor, X,")."""
    if scene.mask[end : end + 1] != ",":
        return None
    close = _EDGE.search(scene.mask, end + 1, hi)
    stop = close.start() if close else hi
    people = scene.people(end, stop)
    if len(people) != 1:
        return None
    lead = scene.mask[end + 1 : people[0].start]
    rest = scene.mask[people[0].end : stop].strip(" .\r\n")
    alone = not rest or rest.startswith("of ")
    return people[0] if len(lead.split()) <= 2 and alone and not any(map(str.isdigit, lead)) else None


def _named(mention: Mention) -> Source:
    return Source(mention.start, mention.end, "name", mention.name)


def _described(scene: Scene, lo: int, end: int) -> Source | None:
    """The phrase [lo, end) as a description, None where it holds no word."""
    phrase = scene.text[lo : min(end, lo + _LONGEST)]
    kept = phrase.rstrip(" ,.;:-—–\r\n")
    words = scene.words(lo, lo + len(kept))
    told = any(word.lower not in _NOT_IN_COMPOUND or (word.capital and word.lower in REPORTING) for word in words)
    if not told or "\0" in scene.mask[lo : lo + len(kept)]:
        return None
    return Source(lo, lo + len(kept), "description")


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
        return _named(doer[-1])
    if not finite or last.lower in _JOINED or (last.lower in REPORTING and not last.capital):
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
    return _named(people[-1]) if not between or aside or (governed and governed[0] in PREPOSITIONS) else None


def _earlier(scene: Scene, lo: int, words: list[Word], verb: int) -> Source | None:
    """The subject shared with an earlier verb of the sentence, or the sentence's own subject."""
    for index in range(len(words) - 1, 0, -1):
        word = words[index]
        if reports(words, index, REPORTING) and not word.lower.endswith("ing"):
            return subject(scene, lo, word)
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
        comma = _LEAD_END.search(scene.mask, words[at].end, hi)
        if comma is None:
            break
        at = next((i for i, word in enumerate(words) if word.start >= comma.end()), len(words))
    if at >= len(words):
        return None
    first = words[at]
    if first.lower in PRONOUNS:
        return pronoun(first)
    people = scene.people(first.start, hi)
    known = scene.names.at(first.start)
    if first.lower in DETERMINERS or (known is not None and scene.owns(known)):
        end = _phrase_end(scene, words[at:], hi)
        for index in range(at + 1, len(words)):
            if words[index].lower in _ENDS or _runs_into_verb(words, index) or reports(words, index, REPORTING):
                end = min(end, words[index].start)
                break
        return _head(scene, first.start, end, hi, words[at:])
    if people and _opens(words[at:], people[0]):
        return _named(_compound(scene, [each for each in people if each.start < people[0].start + 80]))
    mentions = scene.outside(first.start, min(hi, first.start + 40))
    if mentions and not scene.owns(mentions[0]) and mentions[0].outer <= first.start:
        return _named(mentions[0])
    run = _CAPITALS.match(scene.mask, first.start, hi)
    return Source(first.start, run.end(), "description") if run and _may_be_name(run.group()) else None


def _runs_into_verb(words: list[Word], index: int) -> bool:
    """Whether a word is an adverb with its verb behind it ("the campaign immediately backtracked")."""
    following = words[index + 1].lower if index + 1 < len(words) else ""
    return words[index].lower.endswith("ly") and following.endswith("ed")


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
    return word.lower in FILLERS or (word.lower.endswith("ly") and not word.capital)


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
        if alone and cut > lo:
            return _named(people[0])
        if cut <= lo:
            return opening(scene, start, stop) or ending_at(scene, start, stop)
        clause = chunk.split(maxsplit=1)[:1]
        if people and clause and clause[0].lower() in CONJUNCTIONS - PREPOSITIONS - _RELATIVE:
            return ending_at(scene, start, stop)
        if people and not _STARTS_MODIFIER.match(chunk) and not _leads_chunk(chunk):
            return ending_at(scene, start, stop)
        stop = cut
    return None


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
        if words[index].lower in CONJUNCTIONS or (words[index].lower in REPORTING and not words[index].capital):
            words = words[index + 1 :]
            break
    if words and words[0].lower in PREPOSITIONS:
        words = _behind_preposition(scene, words, end)
    if not words:
        return None
    return _head(scene, words[0].start, end, end, words)


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

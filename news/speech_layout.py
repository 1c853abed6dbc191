"""Which words around a quotation say who spoke: the layouts of newspapers, each tried in turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from news.speaker_role import is_someone
from news.speech import (
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
from news.speech_noun import owner_behind, owner_of_words
from news.speech_phrase import after_verb, turned
from news.speech_subject import ending_at, is_reported, opening, subject

if TYPE_CHECKING:
    from news.marks import Piece
    from news.person import Mention
    from news.speech import Scene

Layout = Literal["behind", "before", "within"]
_REACH = 320
_CAPTION, _LEAD = 12, 4
"""Words of the line under a quotation that names who said it, and of what may stand before the name."""
_NEAR = 40
_CLOSE = 60
_VERBS = 5
"""Verbs of saying before a quotation that are asked for their subject, the last ones of the sentence."""
_GLUE = re.compile(r"[\s,;:.—–―-]*")
_DASH = re.compile(r"\s*[—–―-]{1,3}\s*(?=[^\W\d_a-z])")
_BRACKET = re.compile(r"\s*\((?=[^\W\d_a-z])")
_PARTICIPLES = frozenset({"asked", "told", "challenged", "questioned", "warned", "quoted"})
_STOPS = frozenset(",.?!…—–-")
_LABEL = re.compile(r"((?:[A-Z][\w.’'-]*|[A-Z]+)(?: [A-Z][\w.’'-]*){0,3}):\s+")
_PAST = re.compile(r"[a-z]+ed")
_PASSIVE = frozenset({"was", "were", "been", "being", "when", "is", "are"})
_SAID_ALONE = re.compile(r" [A-Z][^,.\0\n]{1,50} (?:said|says|added|asked|wrote|tweeted|continued)\.?\s*")
_FINITE = re.compile(
    r"(?!need\b|indeed\b|as\b)[a-z]+(?:ed|s)\b|"
    r"said\b|told\b|wrote\b|went\b|began\b|sang\b|shot\b|spoke\b|thought\b"
)


class Cue(Struct, frozen=True):
    """Who spoke, as the text says beside a quotation, and on which side.

    `firm` where a verb of saying says so; `close` where it stands right before the quotation, nothing set off between.
    """

    source: Source
    layout: Layout
    firm: bool = True
    close: bool = False


def cue(scene: Scene, piece: Piece, hi: int) -> Cue | None:
    """What says who spoke a piece; `hi` is where the next quotation begins, or the paragraph ends."""
    start, end = piece.outer
    before = _before(scene, scene.sentence_start(start), start)
    if before is not None and before.close:
        return before
    return _behind(scene, piece, end, hi) or before or _main_clause(scene, start, end)


def _main_clause(scene: Scene, start: int, end: int) -> Cue | None:
    """The subject behind a quotation whose sentence opens with a verb in -ing ('Noting that "Q", X left')."""
    lo = scene.sentence_start(start)
    words = scene.words(lo, start)
    opens = next((word for word in words if not (word.capital and word.lower not in REPORTING)), None)
    if opens is None or opens not in words[:_LEAD] or not opens.lower.endswith("ing") or opens.lower not in REPORTING:
        return None
    comma = scene.mask[end : end + 1] == "," or scene.text[end - 2 : end - 1] == ","
    source = after_verb(scene, end + (scene.mask[end : end + 1] == ","), scene.sentence_end(start)) if comma else None
    return Cue(source, "behind", firm=False) if source is not None and _may_speak(source, scene) else None


def _is_close(scene: Scene, verb: int, start: int) -> bool:
    """Whether a verb that ends at `verb` introduces the quotation at `start` ("X said:", "X told Y that")."""
    between = scene.mask[verb:start].rstrip()
    if len(between) > _CLOSE or any(mark in between[:-1] for mark in ",;:—–\0"):
        return False
    return between[-1:] in {"", ":", ","} or between.endswith((" that", " as"))


def _behind(scene: Scene, piece: Piece, end: int, hi: int) -> Cue | None:
    """The speaker named behind a quotation, in the same sentence."""
    stop = min(scene.sentence_end(max(0, end - 1)), end + _REACH)
    if stop - end <= 1:
        stop = scene.sentence_end(end + 1)
        if not _SAID_ALONE.fullmatch(scene.mask, end, stop):
            return None
    tail = scene.mask[end:stop]
    lo = end + len(_GLUE.match(tail).group())  # type: ignore[union-attr]
    words = scene.words(lo, stop)
    if not words or words[0].start > lo + 1 or (hi > end and words[0].start >= hi):
        return None
    inside = [word for word in words if word.start < max(hi, lo + 1)]
    found = _verb_first(scene, inside, stop) or _subject_first(scene, inside, stop)
    if found is not None and found.source.kind != "name" and _runs_on(scene, piece):
        says = found.source.kind == "pronoun" and any(word.lower in SAYING for word in inside[:3])
        found = found if says else None
    owner = owner_behind(scene, inside, stop) if found is None and inside else None
    found = found or (Cue(owner, "behind") if owner is not None else None)
    return found or _unlisted(scene, piece, inside, stop) or _late(scene, inside, stop)


def _runs_on(scene: Scene, piece: Piece) -> bool:
    """Whether a quotation is a part of a sentence that goes on behind it without a comma ("would “Q” the reports")."""
    start, end = piece.outer
    part = scene.sentence_start(start) != start
    return part and scene.text[piece.end - 1] not in _STOPS and scene.mask[end : end + 1] != ","


def _verb_first(scene: Scene, words: list[Word], stop: int) -> Cue | None:
    """The speaker of '"Q," said X' and '"Q," according to X'."""
    at = next((index for index, word in enumerate(words[:4]) if word.lower not in FILLERS), 0)
    first = words[at]
    if first.lower == "according" and len(words) > at + 1 and words[at + 1].lower == "to":
        source = after_verb(scene, words[at + 1].end, stop)
    elif first.lower in SAYING and not first.capital:
        source = after_verb(scene, first.end, stop)
    else:
        return None
    return Cue(source, "behind") if source is not None and _may_speak(source, scene) else None


def _may_speak(source: Source, scene: Scene) -> bool:
    """Whether a phrase behind a verb can be its subject: no place, day or time ("said on Friday", "told reporters")."""
    if source.kind == "name":
        return source.name is not None and (source.name.kind != "place" or scene.bearer(source.name) is not None)
    first = scene.text[source.start : source.end].split(maxsplit=1)[0].lower()
    return first not in PREPOSITIONS and first not in CONJUNCTIONS and not first.endswith("ly") and first not in FILLERS


def _subject_first(scene: Scene, words: list[Word], stop: int) -> Cue | None:
    """The speaker of '"Q," X said' and '"Q," the mayor, X, told Y'."""
    first = words[0]
    if first.lower == "as" and len(words) > 1:
        return _subject_first(scene, words[1:], stop)
    if first.lower in PRONOUNS:
        verb = next((word for word in words[1:5] if word.lower not in FILLERS and not word.lower.endswith("ly")), None)
        spoken = verb is not None and (verb.lower in REPORTING or _FINITE.match(verb.lower) is not None)
        spoken = spoken and (first.lower != "it" or (verb is not None and verb.lower in SAYING))
        return Cue(pronoun(first), "behind") if spoken else None
    if (first.lower in PREPOSITIONS or first.lower in CONJUNCTIONS) and not first.capital:
        return None
    verb = next((words[index] for index in range(1, len(words)) if reports(words, index)), None)
    if verb is None or "\0" in scene.mask[first.start : verb.start]:
        return None
    source = subject(scene, first.start, verb)
    if source is not None and source.kind == "description":
        source = turned(scene, verb, stop) or source
    if source is None or not _may_speak(source, scene):
        return None
    near = source.start - first.start < 50 or scene.mask.count(",", first.start, source.start) <= 1
    return Cue(source, "behind") if near else None


def _unlisted(scene: Scene, piece: Piece, words: list[Word], stop: int) -> Cue | None:
    """The person named right behind a closing mark with any verb ('"Q," X thundered')."""
    first = words[0]
    people = scene.people(first.start, min(first.start + 80, stop))
    led = not first.capital and first.lower in PREPOSITIONS | CONJUNCTIONS
    if led or (scene.text[piece.end - 1] not in ",?!—–-…" and scene.text[piece.end - 3 : piece.end] != "..."):
        return None
    if not people:
        return _acting(scene, words) if scene.sentence_start(piece.outer[0]) == piece.outer[0] else None
    person = people[0]
    lead = scene.mask[first.start : person.start]
    if _PAST.fullmatch(lead.strip()) and first.start < person.start:
        return Cue(_named(person), "behind")
    if _PAST.fullmatch(first.lower) and len(words) > 1 and words[1].lower in DETERMINERS:
        turned_to = after_verb(scene, first.end, stop)
        return Cue(turned_to, "behind") if turned_to is not None and turned_to.kind == "name" else None
    verb = _FINITE.match(scene.mask, person.end + 1)
    close = verb is not None and scene.mask[person.end : person.end + 1] == " "
    return Cue(_named(person), "behind") if close and "," not in lead and len(lead.split()) <= 5 else None


def _acting(scene: Scene, words: list[Word]) -> Cue | None:
    """The one whom a description right behind a closing mark means, with any verb ('"Q," the mayor shrugged')."""
    if words[0].lower not in DETERMINERS:
        return None
    for index in range(2, min(len(words), _VERBS)):
        if _PAST.fullmatch(words[index].lower) and is_someone(words[index - 1].lower):
            source = ending_at(scene, words[0].start, words[index - 1].end)
            return Cue(source, "behind") if source is not None and _may_speak(source, scene) else None
    return None


def _late(scene: Scene, words: list[Word], stop: int) -> Cue | None:
    """The speaker that comes late in the sentence ('"Q" in the Senate, X said', '"Q" for all, said X')."""
    for index in range(len(words) - 1, 0, -1):
        verb = words[index]
        if not reports(words, index) or verb.lower.endswith("ing"):
            continue
        comma = scene.mask.rfind(",", words[0].start, verb.start)
        between = scene.mask[comma + 1 : verb.start]
        if comma < 0 or "\0" in between:
            return None
        if not between.strip():
            source = after_verb(scene, verb.end, stop)
        else:
            source = None if between.split()[0] in {"and", "but", "who", "which"} else subject(scene, comma + 1, verb)
            lead = len(between) - len(between.lstrip())
            source = source if source is not None and source.start - comma - lead < _CLOSE else None
        return Cue(source, "behind", firm=False) if source is not None and _may_speak(source, scene) else None
    return None


def _named(mention: Mention) -> Source:
    return Source(mention.start, mention.end, "name", mention.name)


def _before(scene: Scene, lo: int, start: int) -> Cue | None:
    """The speaker named before a quotation, in the same sentence."""
    lo = max(lo, start - 2 * _REACH)
    words = scene.words(lo, start)
    if not words:
        return None
    plain = _according(scene, words, start) or _titled(scene, words, start)
    if plain is not None:
        return Cue(plain, "before", close=True)
    owner = owner_of_words(scene, words, start)
    if owner is not None:
        return Cue(owner, "before", close=True)
    tellers = [index for index in range(len(words)) if reports(words, index, REPORTING)]
    for index in reversed(tellers[-_VERBS:]):
        verb = words[index]
        passive = index > 0 and words[index - 1].lower in _PASSIVE and not verb.lower.endswith("ing")
        if passive and verb.lower in {"asked", "told"} and words[index - 1].lower != "when":
            return _asker(scene, words, index, start)
        if passive and verb.lower not in SAYING:
            continue
        source = _inverted(scene, words, index, start) or subject(scene, lo, verb)
        if source is not None and _is_told_of(scene, words, source, verb):
            continue
        if source is not None and (_acts(scene, source) or (verb.lower in SAYING and _is_whole(scene, source))):
            firm = verb.lower in SAYING
            return Cue(source, "before", firm=firm, close=firm and _is_close(scene, verb.end, start))
    source = opening(scene, lo, start)
    if source is None:
        return None
    colon = scene.mask[words[-1].end : start].strip() == ":" and not any(word.lower in {"i", "we"} for word in words)
    return Cue(source, "before" if colon else "within", firm=False)


def _is_told_of(scene: Scene, words: list[Word], source: Source, verb: Word) -> bool:
    """Whether a pronoun is the subject of what another says ("X said she had seen “Q”", "X says it shows “Q”")."""
    if source.kind != "pronoun" or not is_reported(scene, words, source):
        return False
    return verb.lower not in SAYING or scene.text[source.start : source.end] == "it"


def _is_whole(scene: Scene, source: Source) -> bool:
    """Whether a source is a whole noun phrase ("a source", "officials"), no bare noun ("fact", "there")."""
    words = scene.words(source.start, source.end)
    if source.kind != "description" or not words:
        return source.kind != "description"
    first, last = words[0], words[-1]
    return len(words) > 1 or first.capital or first.lower in DETERMINERS or last.lower.endswith("s")


def _asker(scene: Scene, words: list[Word], index: int, start: int) -> Cue | None:
    """Who asked or told a person who "was asked by X", None where it is not said."""
    if index + 1 >= len(words) or words[index + 1].lower != "by":
        return None
    source = after_verb(scene, words[index + 1].end, start)
    return Cue(source, "before") if source is not None else None


def _acts(scene: Scene, source: Source) -> bool:
    """Whether a source can judge: a person by name or pronoun, no thing ("the tax breaks used by X")."""
    if source.kind == "pronoun":
        return scene.text[source.start : source.start + 2].lower() != "it"
    if source.kind == "description":
        return len(scene.people(source.start, source.end)) > 1
    return source.name is not None and source.name.kind == "person"


def _inverted(scene: Scene, words: list[Word], index: int, start: int) -> Source | None:
    """The subject behind a verb that opens its sentence or follows a comma ("Added the mayor:", ", said X,")."""
    verb = words[index]
    if index == 0:
        asked = verb.lower in _PARTICIPLES and words[1:2] and words[1].lower in PREPOSITIONS | CONJUNCTIONS
        return None if asked or verb.lower.endswith("ing") else after_verb(scene, verb.end, start)
    if scene.mask[words[index - 1].end : verb.start].strip() != "," or verb.lower in {"told", "telling"}:
        return None
    source = after_verb(scene, verb.end, start)
    spoke = source is not None and source.kind == "name" and scene.mask[source.end : source.end + 1] in {",", ":", "."}
    return source if spoke else None


def _titled(scene: Scene, words: list[Word], start: int) -> Source | None:
    """The person whose name and a colon stand right before a quotation ("X: ...")."""
    if scene.mask[words[-1].end : start].strip() not in {":", "):"}:
        return None
    people = scene.people(words[-1].start - _REACH // 4, words[-1].end)
    if not people or people[-1].end != words[-1].end:
        return None
    outer = people[-1].outer
    said = any(word.lower in SAYING and not word.capital for word in words if word.start < outer)
    before = next((word.lower for word in reversed(words) if word.start < outer), "")
    dashed = scene.mask[max(0, outer - 2) : outer].strip() in {"-", "–", "—"}
    return _named(people[-1]) if dashed or not (said or before in PREPOSITIONS - {"from"}) else None


def _according(scene: Scene, words: list[Word], start: int) -> Source | None:
    """Whom the sentence follows with "according to", where no verb of saying comes after or before it."""
    at = next(
        (i for i, word in enumerate(words[:-1]) if word.lower == "according" and words[i + 1].lower == "to"), None
    )
    if at is None or any(word.lower in SAYING for word in words[:at]):
        return None
    return after_verb(scene, words[at + 1].end, start)


def preceding(scene: Scene, start: int, lo: int) -> Source | None:
    """Who speaks in the sentence before the one that begins at `start`, within the paragraph from `lo`."""
    if start <= lo:
        return None
    found = _before(scene, max(lo, scene.sentence_start(start - 1)), start)
    return found.source if found is not None else None


def undersigned(scene: Scene, lo: int, hi: int) -> Source | None:
    """The person that a paragraph of nothing but a dash and a name signs the quotation before it with."""
    return signed(scene, lo, hi) if _DASH.match(scene.mask, lo, hi) else None


def caption(scene: Scene, piece: Piece) -> Source | None:
    """The person whose name, with a role, is all that closes a quotation left open in the paragraph before."""
    words = scene.text[piece.start : piece.end].split()
    if piece.outer[0] < piece.start or len(words) > _CAPTION:
        return None
    people = [each for each in scene.names.between(piece.start, piece.end) if each.name.kind == "person"]
    if not people or len(scene.text[piece.start : people[0].outer].split()) > _LEAD:
        return None
    return _named(people[0]) if scene.text[people[0].end : people[0].end + 1] in ",." else None


def signed(scene: Scene, end: int, hi: int) -> Source | None:
    """The person who signs a quotation behind a dash or in brackets ('"Q" - X, mayor'), before `hi`."""
    mark = _DASH.match(scene.mask, end, hi) or _BRACKET.match(scene.mask, end, hi)
    if mark is None or hi - mark.end() > 2 * 60:
        return None
    people = scene.people(mark.end(), hi)
    if not people or people[0].start - mark.end() > _NEAR:
        return None
    apart = people[0].outer > mark.end() + 1
    if apart and any(word.lower in REPORTING and not word.capital for word in scene.words(mark.end(), hi)):
        return None
    return _named(people[0])


def label(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """Where the label of a transcript's line stands ("NAME: words"), if the words [start, end) begin with one."""
    found = _LABEL.match(scene.text, start, end)
    if found is None:
        return None
    name = found.group(1)
    if name.isupper() and len(name) > 1:
        return found.span(1)
    known = scene.names.at(start) if scene.text[max(0, start - 2) : start - 1] in {"", "\n"} else None
    named = known is not None and known.name.kind == "person" and (known.start, known.end) == found.span(1)
    return found.span(1) if named and " " in name else None

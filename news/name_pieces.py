"""Runs cut into pieces that are one name each.

Cutting takes off what is no part of a name: the word that only begins a sentence, titles and roles ("Secretary of
State"), adjectives of a people before a person ("Russian").
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from news.name_runs import BEARABLE, PARTICLES, POSSESSIVE, SYLLABLES, parts, runs
from news.name_titles import JOINERS, Token, bare, is_title, title_end
from news.name_words import (
    CALENDAR,
    COMMON,
    CONTEXT,
    FIRST_NAMES,
    LEADERS,
    NEVER_NAMES,
    OPENERS,
    ORG_WORDS,
    ORG_WORDS_WEAK,
    ORGANISATIONS,
    PLACE_HEADS,
    PLACE_WORDS,
    ROLES,
    SURNAMES,
)
from news.place import DEMONYMS, PLACES, is_country

_BEHIND_NAMES = frozenset(
    ["KC", "QC", "SC", "MP", "MEP", "MSP", "MLA", "MNA", "TD", "JP", "OBE", "MBE", "CBE", "PhD", "MD"]
)
"""Letters that offices and honours hang on a full name."""
_CALLINGS = ("ologist", "iatrist", "ographer", "keeper", "maker", "scorer", "wright", "singer", "writer", "grower")
"""What words for people end with that may begin a sentence before a name."""
_BODIES = ORG_WORDS | PLACE_WORDS
_MAY_OPEN = COMMON | ROLES
"""Words that may begin a sentence before a name without being part of it, in lower case."""
_NEVER_INSIDE = frozenset(
    ["The", "THE", "A", "An", "I", "He", "She", "It", "We", "They", "You", "In", "My", "His", "Her"]
)
"""Words that begin no name even where they stand inside a sentence with a capital."""
_BEFORE_MONTHS = frozenset(
    {"in", "since", "until", "till", "last", "this", "next", "early", "late", "mid", "from", "to"}
)
_MONTHS_BEGIN = frozenset(month[0] for month in BEARABLE if month in FIRST_NAMES)
_BUILDING = ORG_WORDS | ORG_WORDS_WEAK | PLACE_WORDS
_PLACE_ENDS = frozenset(place.rsplit(" ", 1)[-1] for place in PLACES)
_DOTTED = frozenset({"Jr.", "Sr.", "Inc.", "Corp.", "Co.", "Ltd.", "Bros."})


_STOP = re.compile(r"[?!\n]|\.(?=\s)")
_MONEY = ("$", "€", "£", " $", "¥")


class Piece(Struct, frozen=True, gc=False):
    """A stretch that may be one name: `text[start:end] == words`.

    `outer` is where the capitalised titles before it begin (`start` if none), `titles` are those in lower case,
    `initial` says that a sentence begins here, so that the capital proves nothing.
    """

    start: int
    end: int
    words: str
    outer: int
    titles: tuple[str, ...]
    initial: bool


def pieces(text: str) -> list[Piece]:
    """Every stretch of the text that may be a name, in order; they do not overlap."""
    found: list[Piece] = []
    end = 0
    for at, run, begins in runs(text):
        start, initial = at, begins
        if initial and run.startswith("Will ") and _asks(text, at + len(run)):
            start, run, initial = at + 5, run[5:], False  # noqa: PLW2901 - its first word is a verb
        for piece in _cut(run, initial, run[0] in _MONTHS_BEGIN and _is_given(text, start, run)):
            placed = _placed(text, piece, start)
            if placed is not None and placed.start >= end:  # ", D.C." was taken into "Washington"
                found.append(placed)
                end = placed.end
    return found


def _placed(text: str, piece: Piece, at: int) -> Piece | None:
    """A piece of a run where the run stands in the text; None where what stands beside it says that it is no name."""
    start, end, words = at + piece.start, at + piece.end, piece.words
    alone = " " not in words and not piece.titles
    if alone and (text.startswith(_MONEY, end) or (words in BEARABLE and _is_date(text, start, end))):
        return None
    if words.endswith("Washington"):
        end = next((end + len(tail) for tail in (", D.C.", ", DC") if text.startswith(tail, end)), end)
        words = text[start:end]
    return Piece(start, end, words, at + piece.outer, piece.titles, piece.initial)


@lru_cache(maxsize=1 << 14)
def _cut(run: str, initial: bool, given: bool) -> tuple[Piece, ...]:
    """The pieces of one run, placed in the run; `given` is a month that begins it somebody's first name."""
    found: list[Piece] = []
    for part in parts(run, given=given):
        begins = initial and part[0][0] == 0
        found += _single(run, part[0], initial=begins) if len(part) == 1 else _several(run, part, initial=begins)
    return tuple(piece for piece in found if piece.words)


def _is_given(text: str, start: int, run: str) -> bool:
    """Whether a run begins with a month that is somebody's first name: "June Squibb", but no "in June Biden"."""
    month, _, rest = run.partition(" ")
    if month not in FIRST_NAMES or month not in BEARABLE or not rest:
        return False
    following = POSSESSIVE.sub("", rest.partition(" ")[0])
    strange = following.lower() not in COMMON and following not in PLACES and following not in DEMONYMS
    before = text[max(0, start - 8) : start].lower().split()
    dated = bool(before) and (before[-1] in _BEFORE_MONTHS or before[-1].isdigit())
    return strange and not dated and following not in LEADERS and not is_title(following)


def _single(run: str, token: Token, *, initial: bool) -> list[Piece]:
    """The piece of one word alone, none if it can be no name."""
    start, end, word = token
    if word[-1] in "s'’" and word not in ORGANISATIONS:
        word = POSSESSIVE.sub("", word)
        end = start + len(word)
    if _never(word) or (word in CALENDAR and word not in BEARABLE):
        return []
    return [_piece(run, [(start, end, word)], start, (), initial=initial)]


def _asks(text: str, end: int) -> bool:
    """Whether the sentence that goes on at the offset is a question: "Will Trump sign it?"."""
    stop = _STOP.search(text, end, end + 300)
    return stop is not None and stop.group() == "?"


def _completes(part: list[Token], i: int, end: int) -> bool:
    """Whether what looks like titles from `i` to `end` ends another name: "Court of Justice"."""
    if not i or part[i - 1][2] not in JOINERS:
        return False
    return end == len(part) or (part[i - 1][2] in {"and", "&"} and not is_title(part[i][2]))


def _is_called_after(part: list[Token], i: int, *, names_person: bool) -> bool:
    """Whether a part with a title at `i` is no person: "King Faisal Hospital", "Justice Department", "Mayor's Office".

    "Chairman of the Justice Department" is one of it.
    """
    last = part[-1][2]
    behind = next((k for k in range(i, len(part)) if not is_title(part[k][2])), len(part))
    if behind > i and behind < len(part) and part[behind][2] in JOINERS:
        return False
    if behind > i and behind < len(part) and (part[behind][2] in PLACES or part[behind][2] in DEMONYMS):
        return i == 0 and part[i][2] in {"Justice", "King", "Queen", "Prince", "Saint"}
    if last == "Office" and POSSESSIVE.search(part[-2][2]):
        return True
    if (
        len(part) > 2
        and (last in PLACE_WORDS or last in ORG_WORDS)
        and last not in FIRST_NAMES
        and last not in SURNAMES
    ):
        return True
    return i == 0 and _is_organisation(part[:5]) and not names_person


def _is_date(text: str, start: int, end: int) -> bool:
    """Whether the word between the offsets is a month or day by what stands beside it: "in May", "May 5", "5 May"."""
    before = text[max(0, start - 12) : start].split()
    after = text[end : end + 3].strip(" ,")
    dated = bool(before) and (before[-1].lower() in CONTEXT["date before"] or before[-1].isdigit())
    return dated or after[:1].isdigit()


def _several(text: str, part: list[Token], *, initial: bool) -> list[Piece]:
    """Pieces of a part of several words: what stands before its titles, and the name after them."""
    if part[0][2] in CONTEXT["ships"]:
        return [_piece(text, part, part[0][0], (), initial=initial)]
    kept = _without_start(part, initial=initial)
    initial = initial and len(kept) == len(part)
    for i in range(len(kept)):
        if i and _bears_title(kept, i):
            continue
        end = title_end(kept, i)
        names_person = end < len(kept) and kept[end][2] in FIRST_NAMES
        if end == i or _completes(kept, i, end) or _is_called_after(kept, i, names_person=names_person):
            continue
        lead = kept[: i - 1] if i and kept[i - 1][2] in JOINERS else kept[:i]
        before = _untitled(text, lead, initial=initial) if lead else []
        titles = tuple(bare(word) for _, _, word in kept[i:end] if is_title(word))
        return [*before, *_after_title(text, kept[end:], kept[i][0], titles)]
    return _untitled(text, kept, initial=initial) if kept else []


def _untitled(text: str, part: list[Token], *, initial: bool) -> list[Piece]:
    """The pieces of a part without titles: two where a person or a country begins straight behind another name."""
    cut = _person_behind(part) or _country_behind(part)
    first = _piece(text, part[:cut] if cut else part, part[0][0], (), initial=initial)
    if not cut:
        return [first]
    behind = part[cut + 1 :] if _is_verb(part[cut][2]) else part[cut:]
    return [first, _piece(text, behind, behind[0][0], (), initial=False)] if behind else [first]


def _bears_title(part: list[Token], i: int) -> bool:
    """Whether the title at `i` is a family name: "Stephen King", "Naveed Shah"."""
    before = part[i - 1][2]
    given = before in FIRST_NAMES and before not in PLACES and not is_title(before)
    return given and not (i + 1 < len(part) and part[i + 1][2] in FIRST_NAMES)


def _person_behind(part: list[Token]) -> int:
    """Where a person begins behind an organisation or a place ("World Economic Forum Borge Brende"), 0 if none does."""
    words = [word for _, _, word in part]
    if len(words) > 1 and words[0] in LEADERS and _is_verb(words[1]) and words[0].lower() not in COMMON:
        return 1  # "Trump Presses Turkey", a headline without a line of its own
    for i in range(max(1, len(part) - 3), len(part)):
        before = words[i - 1]
        if is_title(before):
            return 0
        if " ".join(words[:i]) in ORGANISATIONS and words[i] in LEADERS:
            return i
        behind = before in ORG_WORDS or before in ORG_WORDS_WEAK or before in DEMONYMS or before in PLACES
        named = i < len(part) - 1 and words[i] in FIRST_NAMES and words[i] not in PLACES and before not in FIRST_NAMES
        if behind and named and _BUILDING.isdisjoint(words[i:]) and not any(map(is_title, words[:i])):
            return i
    return 0


def _is_verb(word: str) -> bool:
    """Whether a capitalised word looks like the verb of a headline: "Presses", "Urges"."""
    return word.endswith("s") and word.lower() in COMMON and word not in _BUILDING


def _country_behind(part: list[Token]) -> int:
    """Where a country begins straight behind another place ("in Riyadh U.S. officials"), 0 if none does."""
    words = [word for _, _, word in part]
    for i in range(1, len(words)):
        if words[i - 1] in _PLACE_ENDS and " ".join(words[:i]) in PLACES and is_country(" ".join(words[i:])):
            return 0 if " ".join(words) in PLACES else i
    return 0


def _after_title(text: str, rest: list[Token], outer: int, titles: tuple[str, ...]) -> list[Piece]:
    """What a title leads to: a person; after an "of" ("President of Brazil X") what it is of, and then the person."""
    first = 0
    while first < len(rest) and rest[first][2] in JOINERS:
        first += 1
    of = first > 0
    called = bool(rest) and rest[-1][2] in ORG_WORDS
    while not of and not called and first + 1 < len(rest) and _stands_before(rest[first][2], rest[first + 1][2]):
        first += 1
    rest = rest[first:]
    if any(is_title(word) and word not in SURNAMES and word not in FIRST_NAMES for _, _, word in rest[1:]):
        return _several(text, rest, initial=False)  # "Former Maryland Gov. X"
    if not rest or not of:
        return [_piece(text, rest, outer, titles, initial=False)] if rest else []
    if any(word in ORG_WORDS for _, _, word in rest):
        return _several(text, rest, initial=False)
    for length in range(min(5, len(rest)), 0, -1):
        known = " ".join(word for _, _, word in rest[:length])
        if known in PLACES or known in ORGANISATIONS:
            found = [_piece(text, rest[:length], rest[0][0], (), initial=False)]
            if rest[length:]:
                found.append(_piece(text, rest[length:], outer, titles, initial=False))
            return found
    return [_piece(text, rest, rest[0][0], (), initial=False)]


def _stands_before(word: str, following: str) -> bool:
    """Whether a word between a title and a name is no part of either: a people, "Miss Universe Alicia Machado"."""
    common = word.lower() in COMMON and word not in FIRST_NAMES and not word.isupper()
    return word in DEMONYMS or (common and following in FIRST_NAMES)


def _never(word: str) -> bool:
    return word.lower() in NEVER_NAMES and not (len(word) > 1 and word.isupper())


def _is_organisation(part: list[Token]) -> bool:
    words = [word for _, _, word in part]
    return " ".join(words) in ORGANISATIONS or any(word in ORG_WORDS for word in words[1:4])


def _without_start(part: list[Token], *, initial: bool) -> list[Token]:
    """The part without words that begin a sentence and no name."""
    whole = " ".join(word for _, _, word in part)
    if whole in ORGANISATIONS or whole == "The Hague" or (not initial and whole.removeprefix("The ") in ORGANISATIONS):
        return part
    first = 0
    while first < len(part) and _is_start(part[first][2], initial=initial, led=first > 0):
        if first + 1 < len(part) and _is_name_all_the_same(part[first][2], part[first + 1][2]):
            break
        first += 1
    part = part[first:]
    if not initial or len(part) < 2:
        return part
    if part[1][2] in JOINERS - {"and", "&"} and _counts_people(part[0][2]):
        return _without_start(part[1:], initial=False)
    return part[1:] if _merely_opens(part) else part


def _is_name_all_the_same(word: str, following: str) -> bool:
    """Whether a word that begins no name as a rule does so before this one: "You Si-kun", "Per Lundqvist"."""
    if SYLLABLES.fullmatch(following):
        return word not in {"The", "A"}
    strange = following.lower() not in COMMON and following not in PLACES and following not in LEADERS
    return word in FIRST_NAMES and strange and not is_title(following)


def _counts_people(word: str) -> bool:
    """Whether a word before "of" at the start of a sentence belongs to no name: "Officials of the Ministry"."""
    building = word in ORG_WORDS or word in ORG_WORDS_WEAK or word in PLACE_WORDS or word in PLACE_HEADS
    return word.lower() in COMMON and not building and not is_title(word)


def _is_start(word: str, *, initial: bool, led: bool) -> bool:
    if word in JOINERS or (_never(word) and (initial or word in _NEVER_INSIDE)):
        return True
    return led and word in PARTICLES


def _merely_opens(part: list[Token]) -> bool:
    """Whether the first word of a sentence is a common word and no part of the name after it."""
    first, second = part[0][2], part[1][2]
    if first.lower().endswith("-year-old"):
        return True
    if (
        (first.lower() not in _MAY_OPEN and not first.endswith(_CALLINGS))
        or is_title(first)
        or SYLLABLES.fullmatch(second)
    ):
        return False
    if first in FIRST_NAMES and second.lower() not in COMMON and second not in PLACES:
        return False
    pair = f"{first} {second}"
    if pair in PLACES or pair in DEMONYMS or pair in ORGANISATIONS:
        return False
    low = first.lower()
    if low in OPENERS or low.endswith(("ly", "ing")) or (low.endswith("ed") and first not in CONTEXT["named in ed"]):
        return second not in JOINERS
    whole = " ".join(word for _, _, word in part)
    kept = whole in PLACES or second in JOINERS or second in PARTICLES or second.lower() in COMMON
    return not kept and not _is_organisation(part)


def _names_person(part: list[Token]) -> bool:
    """Whether the words behind an adjective of a people name a person: "Uzbek Lazizbek Fatiyov"."""
    words = [word for _, _, word in part]
    if words[-1] in _BUILDING:
        return False
    if words[0] in FIRST_NAMES:
        return True
    plain = all(word.lower() not in COMMON and word not in ORG_WORDS and word not in PLACES for word in words)
    return len(words) == 2 and plain and words[0] not in DEMONYMS and words[-1] not in PLACE_WORDS


def _piece(text: str, part: list[Token], outer: int, titles: tuple[str, ...], *, initial: bool) -> Piece:
    while len(part) > 1 and part[0][2] in DEMONYMS and part[0][2] not in FIRST_NAMES and _names_person(part[1:]):
        part = part[1:]
        initial = False
    while len(part) > 2 and part[-1][2] in _BEHIND_NAMES:
        part = part[:-1]
    if len(part) == 3 and not titles and _is_epithet(part):
        part = part[1:]
    pair = f"{part[0][2]} {part[-1][2]}"
    if len(part) == 2 and part[1][2] in DEMONYMS and part[0][2] in PLACES and pair not in DEMONYMS:
        part = part[:1]  # "US Evangelicals"
    start, end = _trimmed(text, part)
    return Piece(start, end, text[start:end], outer if titles else start, titles, initial)


def _is_epithet(part: list[Token]) -> bool:
    """Whether the first of three words is what somebody calls the person of the other two ("Sleepy Tom Hardwick")."""
    first, second, third = (word for _, _, word in part)
    plain = first.lower() in COMMON and first not in FIRST_NAMES and first not in SURNAMES and not is_title(first)
    return plain and second in FIRST_NAMES and third.lower() not in COMMON and third not in _BODIES


def _trimmed(text: str, part: list[Token]) -> tuple[int, int]:
    """The span of a part without marks at its end, keeping the full stop of an initial or abbreviation."""
    start, end, last = part[0][0], part[-1][1], part[-1][2]
    dotted = last.count(".") > 1 or len(last) == 2 or last in _DOTTED or last in PLACES
    while end > start and text[end - 1] in ".,'’-–&/+" and not (text[end - 1] == "." and dotted):
        end -= 1
    return start, end

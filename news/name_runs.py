"""Where names may stand: capitalised runs of a text, cut into pieces that are one name each, with what stands before.

A run is words with a capital, joined by spaces and by the small words that names are made with ("of", "and", "de la", "bin").
Cutting takes off what is no part of a name: the word that only begins a sentence, days and months, titles and roles
("Secretary of State"), adjectives of a people ("Russian"), and parts two names that merely stand together.
"""

from __future__ import annotations

import re

from msgspec import Struct

from news.name_words import (
    CALENDAR,
    COMMON,
    FIRST_NAMES,
    NEVER_NAMES,
    OPENERS,
    ORG_WORDS,
    ORG_WORDS_WEAK,
    ORGANISATIONS,
    PORTFOLIO,
    TITLES,
)
from news.place import DEMONYMS, PLACES

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ɏΆ-ΫЀ-Я"
_ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Prof|St|Ste|Jr|Sr|Hon|Del|Supt|Det|Insp|Inc|Corp|Co|Ltd"
    r"|Mt|Bros|Calif|Conn|Mass|Mich|Minn|Tenn|Wash)\."
)
_PREFIX = r"(?:(?:al|el|ul|an|as|ash|ad|at|ar|az|bin|ibn|d|l|de|dell|della|e|i)[-'’])?"
_TAIL = r"\w*(?:(?:[-–/&.+]|['’](?!s\b|S\b))\w+)*(?:\([A-Z]\))?"
_WORD = (
    rf"(?:{_ABBREVIATION}|(?:[{_UPPER}]\.)+[{_UPPER}]{_TAIL}(?!\.)|(?:[{_UPPER}]\.)+(?![a-z])"
    rf"|{_PREFIX}[{_UPPER}]{_TAIL}|[a-z][A-Z]\w+)"
)
_SMALL = (
    r"de la|de las|de los|van der|van den|van de|von der|of the|on the|for the|and the|of|on|and|&|for|in|de|da|das|dos|do|di|del"
    r"|della|du|la|le|von|van|der|den|ten|ter|bin|bint|ibn|al|el|ul|ur|y|e|zu|st|ould"
)
RUN = re.compile(rf"(?<![\w'’&#@]){_WORD}(?:(?:['’]s?)?[ \xa0]{{1,2}}(?:(?:{_SMALL})[ \xa0])?{_WORD})*(?:['’]s(?=\W))?")
_SPACED = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['’]s?$")
PARTICLES = frozenset(
    "de da das dos do di del della du la las le los von van der den ten ter bin bint ibn al el ul ur y e zu st ould".split()
)
_JOINERS = frozenset({"of", "on", "and", "&", "for", "the", "in"})
_ON_HEADS = frozenset(
    {
        "Committee",
        "Commission",
        "Council",
        "Conference",
        "Panel",
        "Institute",
        "Center",
        "Centre",
        "Forum",
        "Convention",
        "Board",
        "Bureau",
        "Office",
        "Agency",
        "Department",
        "Authority",
    }
)
_STARTERS = ".!?:;\n\r•*|>"
_QUOTES = "\"“”‘’'([«„"
_OWNERS = frozenset(
    "People Women Men Children Workers Worker King Queen Kings Queens Magistrate Magistrates Master Farmer Farmers Mother Father Director Governor Sultan Emir Amir Prince Lord Lady Peoples Teacher Teachers Nurses Doctors Lawyers Veterans Parents Student Students Traveler Traveller Bird Valentine Mayor Court Attorney Sheriff Physicians Players Writers Consumer Consumers Champion Shepherd Girl Girls Boys World Nation State".split()
)


class Piece(Struct, frozen=True, gc=False):
    """A stretch that may be one name: `text[start:end] == words`.

    `outer` is where the capitalised titles before it begin (`start` if none), `titles` are those in lower case, `initial`
    says that a sentence begins here, so that the capital proves nothing.
    """

    start: int
    end: int
    words: str
    outer: int
    titles: tuple[str, ...]
    initial: bool


_Token = tuple[int, int, str]


def bare(word: str) -> str:
    """The word in lower case without a full stop at its end."""
    return word.lower().rstrip(".")


def is_title(word: str) -> bool:
    """Whether the word, written with a capital, is a title: "President", "Gen.", "Secretary-General", "Ex-Minister"."""
    low = bare(word)
    if low in TITLES:
        return True
    head, dash, tail = low.partition("-")
    return bool(dash) and (
        (tail in {"elect", "designate", "general"} and head in TITLES)
        or (head in {"vice", "ex", "co", "deputy"} and tail in TITLES)
    )


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence, a line or a quotation begins at the offset."""
    i = at - 1
    while i >= 0 and text[i] in _QUOTES:
        i -= 1
    if i < at - 1 and text[at - 1] in "\"“‘«„'":
        return True
    while i >= 0 and text[i] in " \xa0\t\"”’'":
        i -= 1
    return i < 0 or text[i] in _STARTERS


def _never(word: str) -> bool:
    return word.lower() in NEVER_NAMES and not (len(word) > 1 and word.isupper())


def _tokens(start: int, run: str) -> list[_Token]:
    return [(start + m.start(), start + m.end(), m.group()) for m in _SPACED.finditer(run)]


def _organised(tokens: list[_Token]) -> bool:
    return any(word in ORG_WORDS or word in ORG_WORDS_WEAK for _, _, word in tokens)


def _joined(current: list[_Token], word: str, rest: list[_Token]) -> bool:
    """Whether a small word goes on with the name that stands before it."""
    last = current[-1][2]
    following = next((token[2] for token in rest if token[2] not in _JOINERS), "")
    if word == "on":
        return last in _ON_HEADS
    if word == "in":
        return False
    if word in {"of", "the"}:
        return last in _JOINERS or not is_title(last) or last in {"House"}
    if word == "for" and last in {
        "Centre",
        "Center",
        "Ministry",
        "Department",
        "Agency",
        "Secretary",
        "Union",
        "Movement",
        "Alliance",
        "Institute",
        "Office",
        "Association",
        "Council",
        "Committee",
        "Fund",
        "Campaign",
        "Organisation",
        "Organization",
        "School",
        "Society",
        "Commission",
        "Forum",
        "Foundation",
        "Network",
        "Partnership",
        "Coalition",
        "Programme",
        "Program",
    }:
        return True
    if word == "&":
        return following not in FIRST_NAMES or last not in FIRST_NAMES
    # "and", "for": an organisation's words on this side, and no person or whole organisation on the other
    if (
        not _organised(current)
        or following in FIRST_NAMES
        or is_title(following)
        or following in PLACES
        or following in DEMONYMS
    ):
        return False
    return last not in ORG_WORDS or (following in PORTFOLIO and len(current) > 1 and current[-2][2] in {"of", "for"})


def _parts(tokens: list[_Token]) -> list[list[_Token]]:
    """The run cut at days, months, owners, and at small words that join two names instead of making one."""
    parts: list[list[_Token]] = []
    current: list[_Token] = []
    for i, token in enumerate(tokens):
        word = token[2]
        if word in _JOINERS:
            # "Secretary of State X" stays together until its title is taken off
            if current and (
                _joined(current, word, tokens[i + 1 :]) or (word in {"of", "for", "and"} and _titled(current))
            ):
                current.append(token)
                continue
        elif word.rstrip(".,") not in CALENDAR and not (word == "I" and current and current[-1][2] not in FIRST_NAMES):
            owner = _POSSESSIVE.search(word)
            if not owner:
                current.append(token)
                continue
            own = word[: owner.start()]
            if (
                i + 1 < len(tokens)
                and own in _OWNERS
                and owner.end() - owner.start() == 2
                or (own.endswith("s") and own in _OWNERS)
            ):
                current.append(token)
                continue
            current.append((token[0], token[0] + owner.start(), own))
        if current:
            parts.append(current)
        current = []
    if current:
        parts.append(current)
    for part in parts:
        while part and (part[-1][2] in _JOINERS or part[-1][2] in PARTICLES):
            part.pop()
    return [part for part in parts if part]


def _titled(current: list[_Token]) -> bool:
    return any(is_title(word) for _, _, word in current[-4:])


def _title_end(part: list[_Token], at: int) -> int:
    """Where the chain of title words that begins at `at` ends, in tokens; `at` if none begins there."""
    i, seen = at, False
    while i < len(part):
        word = part[i][2]
        following = part[i + 1][2] if i + 1 < len(part) else ""
        if is_title(word) and not (seen and word in FIRST_NAMES and bare(word) not in {"prince", "king", "sheikh"}):
            seen = True
        elif seen and word in _JOINERS:
            if not (following in PORTFOLIO or following == "the" or following in PLACES or is_title(following)):
                break
        elif seen and (
            (word in PORTFOLIO and word not in FIRST_NAMES) or (part[i - 1][2] in _JOINERS and word in PLACES)
        ):
            pass
        elif not seen and word in PORTFOLIO and _leads_to_title(part[i + 1 : i + 5]):
            pass
        else:
            break
        i += 1
    return i if seen else at


def _leads_to_title(tokens: list[_Token]) -> bool:
    for _, _, word in tokens:
        if is_title(word):
            return True
        if word not in PORTFOLIO and word not in _JOINERS:
            return False
    return False


def _is_organisation(part: list[_Token]) -> bool:
    words = [word for _, _, word in part]
    return " ".join(words) in ORGANISATIONS or any(word in ORG_WORDS for word in words[1:4])


def _opens(word: str) -> bool:
    """Whether a common word at the start of a sentence is of a kind that names do not begin with."""
    low = word.lower()
    return low in OPENERS or low.endswith(("ly", "ing"))


def _without_start(part: list[_Token], *, initial: bool) -> list[_Token]:
    """The part without words that begin a sentence and no name."""
    if " ".join(word for _, _, word in part) in ORGANISATIONS:
        return part
    while part and (
        part[0][2] in _JOINERS
        or (
            _never(part[0][2])
            and (initial or part[0][2] in {"The", "A", "An", "I", "He", "She", "It", "We", "They", "You", "In", "My", "His", "Her"})
        )
    ):
        part = part[1:]
        while part and part[0][2] in PARTICLES:
            part = part[1:]
    if not initial or len(part) < 2:
        return part
    first, second = part[0][2], part[1][2]
    if first.lower() not in COMMON or is_title(first) or (first in FIRST_NAMES and second.lower() not in COMMON):
        return part
    if _opens(first):
        return part[1:] if second not in _JOINERS else part
    whole = " ".join(word for _, _, word in part)
    if (
        whole in PLACES
        or second in _JOINERS
        or second in PARTICLES
        or _is_organisation(part)
        or second.lower() in COMMON
    ):
        return part
    return part[1:]


def _trimmed(text: str, part: list[_Token]) -> tuple[int, int]:
    start, end = part[0][0], part[-1][1]
    last = part[-1][2]
    dotted = (
        last.count(".") > 1
        or len(last) == 2
        or last in {"Jr.", "Sr.", "Inc.", "Corp.", "Co.", "Ltd.", "Bros."}
        or last in PLACES
    )
    while end > start and text[end - 1] in ".,'’-–&/+" and not (text[end - 1] == "." and dotted):
        end -= 1
    return start, end


def _pieces_of(text: str, part: list[_Token], *, initial: bool) -> list[Piece]:
    """Pieces of one part: what stands before its titles, and the name after them."""
    kept = _without_start(part, initial=initial)
    initial = initial and kept is part
    for i in range(len(kept)):
        if i and kept[i - 1][2] in FIRST_NAMES and kept[i - 1][2] not in PLACES and not is_title(kept[i - 1][2]):
            # "Stephen King", "Naveed Shah": the title is the family name
            continue
        end = _title_end(kept, i)
        if end == i or (i == 0 and _is_organisation(kept[:5]) and not _person_follows(kept, end)):
            continue
        lead = kept[: i - 1] if i and kept[i - 1][2] in _JOINERS else kept[:i]
        before = [_piece(text, lead, lead[0][0], (), initial=initial)] if lead else []
        titles = tuple(bare(word) for _, _, word in kept[i:end] if is_title(word))
        return [*before, *_after_title(text, kept[end:], kept[i][0], titles)]
    return [_piece(text, kept, kept[0][0], (), initial=initial)] if kept else []


def _person_follows(kept: list[_Token], end: int) -> bool:
    return end < len(kept) and kept[end][2] in FIRST_NAMES


def _after_title(text: str, rest: list[_Token], outer: int, titles: tuple[str, ...]) -> list[Piece]:
    """What a title leads to: a person; after an "of" ("President of Brazil X") what it is of, and then the person."""
    of = bool(rest) and rest[0][2] in _JOINERS
    while rest and rest[0][2] in _JOINERS:
        rest = rest[1:]
    while len(rest) > 1 and rest[0][2] in DEMONYMS and not of:
        rest = rest[1:]
    if not rest:
        return []
    if not of:
        return [_piece(text, rest, outer, titles, initial=False)]
    for length in range(min(5, len(rest)), 0, -1):
        known = " ".join(word for _, _, word in rest[:length])
        if known in PLACES or known in ORGANISATIONS:
            owner = _piece(text, rest[:length], rest[0][0], (), initial=False)
            return [owner, _piece(text, rest[length:], rest[length][0], titles, initial=False)] if rest[length:] else [owner]
    return [_piece(text, rest, rest[0][0], (), initial=False)]


def _piece(text: str, part: list[_Token], outer: int, titles: tuple[str, ...], *, initial: bool) -> Piece:
    while len(part) > 1 and part[0][2] in DEMONYMS and part[1][2] in FIRST_NAMES and part[0][2] not in FIRST_NAMES:
        part = part[1:]
        initial = False
    start, end = _trimmed(text, part)
    return Piece(start, end, text[start:end], outer if titles else start, titles, initial)


def _single(text: str, start: int, word: str) -> Piece | None:
    """The piece of a run of one word, None if it can be no name."""
    owner = _POSSESSIVE.search(word)
    if owner and word not in ORGANISATIONS:
        word = word[: owner.start()]
    if word in CALENDAR or _never(word) or is_title(word):
        return None
    return _piece(text, [(start, start + len(word), word)], start, (), initial=begins_sentence(text, start))


def pieces(text: str) -> list[Piece]:
    """Every stretch of the text that may be a name, in order; they do not overlap."""
    found: list[Piece] = []
    for match in RUN.finditer(text):
        run = match.group()
        start = match.start()
        if " " not in run and "\xa0" not in run:
            single = _single(text, start, run)
            if single is not None and single.words:
                found.append(single)
            continue
        initial = begins_sentence(text, start)
        for part in _parts(_tokens(start, run)):
            found += [piece for piece in _pieces_of(text, part, initial=initial and part[0][0] == start) if piece.words]
    return found

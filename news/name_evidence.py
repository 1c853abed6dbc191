"""What speaks for a name being a person, an organisation, a place or nothing: its own words and the text around it.

What each feature weighs stands in `news.name_weights`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from news.lists import word_set
from news.name_runs import PARTICLES, SYLLABLES
from news.name_titles import is_title
from news.name_weights import Scores, total
from news.name_words import (
    CALENDAR,
    COMMON,
    CONTEXT,
    FAMILY_FIRST,
    FIRST_NAMES,
    LEADERS,
    ORG_NOUNS,
    ORG_WORDS,
    ORG_WORDS_WEAK,
    ORGANISATIONS,
    PLACE_HEADS,
    PLACE_NOUNS,
    PLACE_WORDS,
    ROLES,
    SURNAMES,
)
from news.place import DEMONYMS, PLACES, is_country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from news.name_pieces import Piece

_FAMILY_ENDING = re.compile(
    r"(?:ov|ova|ev|eva|ovich|evich|ić|ič|vic|vich|ski|sky|skyy|skiy|ska|wicz|enko|chuk|czyk|dze|shvili|yan|oglu|oğlu|zadeh"
    r"|pour|son|sson|d[oó]ttir|sen|stein|berg|mann|poulos|akis|idis|escu|eanu|ez|ão|inho|elli|etti|ini|nen|singh|wala|swamy)$"
)
_PLACE_ENDING = re.compile(
    r"(?:stan|burg|burgh|ville|ton|town|shire|ford|grad|gorod|abad|pur|nagar|polis|land|wick|bury|mouth|haven|chester|dorf"
    r"|furt|hafen|ganj|garh|palli|patnam|puram|kulam|halli)$"
)
_NUMBERED = frozenset({"II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"})
"""What monarchs, popes and chiefs bear behind their name."""
_DOERS = re.compile(r"[A-Z][a-z]{2,}(?:er|or|ist)s$")
"""Those who do something, as they begin a sentence: "Rescuers", "Divers"."""
_PARTY_OF = re.compile(r"[DRIL]-[A-Z]")
"""A member of a parliament's party and state: "D-Nev."."""
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z&]{1,9})\)")
_AGE = re.compile(r",? \(?(?:aged )?\d\d?(?:,|\)| years| and | said|-year)")
_WORD_AFTER = re.compile(r"[ \xa0]([a-z][a-z-]*)")
_BEARER_AFTER = re.compile(r"[ \xa0]([A-Z][\w.]*)(?: [A-Z][\w.]*)? [A-Z]\w")
"""A title and who bears it: "Volkswagen Chief Executive X", whose name is of no person."""
_OWNED = re.compile(
    r"['’]s? (?:(?:own|new|late|long-time|then|current|former|first|chief|big|only|two|three) )?([a-zA-Z-]+)"
)
_APPOSED = re.compile(
    r",? (?:which is |who is |who was |is |was )?(?:an?|the|his|her|their|its|our|one of|another)? ?"
    r"([a-z][^,.;:()\n\"“”]{2,70})"
)
_COMMA_NAME = re.compile(r", ([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})(?!['’\w])")
_SAID = frozenset({"said", "says", "added", "asked", "wrote", "replied", "explained", "tweeted", "recalled", "told"})
_NO_INITIALS = word_set("FC AC AS SC CF RB CD CA UD SV TV FK SK NK KK BC MV SS MT US UK EU UN AI IT E I X")
"""Capitals that begin names of clubs, ships and bodies."""
_HOUSES = frozenset(
    {
        "Station",
        "Street",
        "Avenue",
        "Square",
        "Stadium",
        "Bridge",
        "Airport",
        "Prison",
        "Jail",
        "Hospital",
        "Museum",
        "Park",
        "Zoo",
    }
)
_COUNTRY_BEHIND = re.compile(r" of (?:the )?([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})")
_LEADS = ("-led ", "-backed ", "-era ")
_IN = ("in", "In", "near", "outside", "across", "throughout", "around", "inside", "into", "Across", "Near")


def _first_kinds(kinds: tuple[tuple[str, Iterable[str]], ...]) -> dict[str, str]:
    """Word -> the first of the kinds whose words hold it."""
    return {word: kind for kind, words in reversed(kinds) for word in words}


def _all_kinds(*kinds: str) -> dict[str, list[str]]:
    """Word -> each of the kinds whose section of the context list holds it."""
    found: dict[str, list[str]] = {}
    for kind in kinds:
        for word in CONTEXT[kind]:
            found.setdefault(word, []).append(kind)
    return found


_BEFORE = _first_kinds(
    (
        ("in", _IN),
        ("at", ("at",)),
        ("from", ("from", "to")),
        ("by", ("by",)),
        ("the", ("the", "The")),
        ("a", ("a", "an", "A", "An", "another", "every")),
        ("spoken by", _SAID),
    )
)
_OF = _all_kinds("place of", "organisation of", "person of")
_NOUN_BEFORE = {**_all_kinds("organisation before", "place before"), **{word: ["role before"] for word in ROLES}}
_FOLLOWS = _first_kinds(
    (
        ("who", ("who", "whose", "whom")),
        ("speaks", CONTEXT["speaks"]),
        ("kin follows", ("family", "dynasty", "dictatorship", "brothers", "sisters", "couple", "presidency")),
        ("place noun follows", PLACE_NOUNS),
        ("organisation noun follows", ORG_NOUNS),
        ("organisation acts", CONTEXT["organisation acts"]),
    )
)
_OWNS = _first_kinds(tuple((kind, CONTEXT[kind]) for kind in ("person owns", "organisation owns", "place owns")))


def _endings(words: list[str], found: list[str]) -> None:
    last = words[-1].lower()
    if len(last) > 4 and _FAMILY_ENDING.search(last):
        found.append("family ending")
    if len(last) > 5 and _PLACE_ENDING.search(last):
        found.append("place ending")


def _has_initials(first: str, rest: list[str]) -> bool:
    """Whether a name begins with initials without full stops: "R Ashoka", "JD Vance"; "FC Dallas" is no person."""
    if not first.isupper() or len(first) > 2 or first in _NO_INITIALS:
        return False
    if (first in PLACES or first in ORGANISATIONS) and rest[0] not in FIRST_NAMES:
        return False
    return not any(word.lower() in COMMON or word in PLACES or word.isupper() or word in DEMONYMS for word in rest)


def _several(words: list[str], found: list[str]) -> None:
    """Features of a name of several words."""
    first, last = words[0], words[-1]
    if last in _HOUSES:
        pass  # "Raipur Police Station" is a house
    elif not ORG_WORDS.isdisjoint(words):
        found.append("organisation word")
    elif not ORG_WORDS_WEAK.isdisjoint(words):
        found.append("weak organisation word")
    leads = first in PLACE_WORDS and (words[1] == "of" or (first in PLACE_HEADS and first not in FIRST_NAMES))
    leads = leads or (first in PLACE_HEADS and last in PLACES and len(words) == 2)
    if last in PLACE_WORDS or leads:
        found.append("place word last")
    if first in PLACE_HEADS:
        found.append("place word first")
    if first in DEMONYMS:
        found.append("demonym first")
    elif first in PLACES and not _has_initials(first, words[1:]):
        found.append("place first")
    elif first in ORGANISATIONS and first not in FIRST_NAMES and first not in SURNAMES:
        found.append("known organisation first")
    if last in PLACES:
        found.append("place last")
    if first in CONTEXT["ships"]:
        found.append("ship")
    if last in CONTEXT["nothing last"] or first in CONTEXT["nothing first"]:
        found.append("thing")
    if first in FIRST_NAMES and len(words) <= 5:
        found.append("common first name and more" if first.lower() in COMMON else "first name and more")
    elif (first in FAMILY_FIRST and len(words) <= 3) or (len(words) == 2 and SYLLABLES.fullmatch(last)):
        found.append("family name first")
    if last in _NUMBERED and not any(word.lower() in COMMON for word in words[:-1]):
        found.append("numbered")
    if any(len(word) <= 2 and word[0].isupper() and word.endswith(".") for word in words[:-1]):
        found.append("initials inside")
    if len(words) < 4 and _has_initials(first, words[1:]):
        found.append("initials first")
    if last in SURNAMES and last not in ORG_WORDS:
        found.append("known surname last")
    inner = set(words[1:-1])
    if inner & {"of", "for", "and", "on", "&"}:
        found.append("joined by of")
    elif inner & PARTICLES:
        found.append("particle inside")
    found.append("two or three words" if len(words) <= 3 else "many words")


def _alone(name: str, found: list[str]) -> None:
    """Features of a name of one word."""
    if name in FIRST_NAMES:
        found.append("first name alone")
    if name in SURNAMES:
        found.append("leader's surname alone" if name in LEADERS else "known surname alone")
    if name in ORG_WORDS:
        found.append("organisation word alone")
    if _DOERS.match(name) and name not in SURNAMES:
        found.append("doers")
    if name in CALENDAR:
        found.append("calendar")
    elif is_title(name):
        found.append("title alone")
    if len(name.rstrip(".")) == 1:
        found.append("one letter")
    elif len(name) <= 7 and name.isupper() and name not in PLACES and name.capitalize() not in PLACES:
        found.append("capitals")
        if name.lower() in COMMON and name not in ORGANISATIONS:
            found.append("shouted word")
    elif any(c.isupper() for c in name[2:]) and not name.isupper() and "-" not in name and "." not in name:
        found.append("mixed capitals")


@lru_cache(maxsize=1 << 16)
def own_features(name: str) -> tuple[str, ...]:
    """Features that the words of a name have by themselves."""
    words = name.split()
    found: list[str] = []
    shouted = len(name) > 3 and name.isupper() and name not in ORGANISATIONS and name not in PLACES
    known = " ".join(word.capitalize() for word in words) if shouted else name
    several = " of several words" if len(words) > 1 else ""
    formal = len(words) > 2 and "of" in words[1:3] and is_country(known)
    if known in PLACES or formal:
        word = not several and name.lower() in COMMON and not name.isupper()
        found.append("known place that is a word" if word else "known place" + several)
        if is_country(known):
            found.append("known country")
    if name in ORGANISATIONS or (len(words) > 1 and known.removeprefix("The ") in ORGANISATIONS):
        found.append("known organisation" + several)
    if name in DEMONYMS or (name.endswith("s") and name[:-1] in DEMONYMS):
        found.append("demonym")
    if name in CONTEXT["units"] or _PARTY_OF.match(name):
        found.append("no name")
    if len(words) > 1:
        _several(known.split(), found)
    else:
        _alone(known if known in LEADERS or (shouted and known in FIRST_NAMES) else name, found)
    _endings(words, found)
    loud = bool(several) and name.isupper()
    common = [
        word.lower() in COMMON and (loud or not (len(word) > 1 and word.isupper()))
        for word in words
        if word not in PARTICLES
    ]
    if common and (all(common) or (loud and len(common) > 2 and 2 * sum(common) >= len(common))):
        found.append("common alone" if len(words) == 1 else "all common")
    elif not any(common):
        found.append("nothing common alone" if len(words) == 1 else "nothing common")
    if not name.isalpha() and any(map(str.isdigit, name)):
        found.append("digits")
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def own_scores(name: str) -> Scores:
    """Evidence that the words of a name give by themselves."""
    return total(own_features(name))


def around(text: str, piece: Piece) -> list[str]:
    """Features of the text around one piece."""
    found = _before(text, piece)
    after = _after(text, piece)
    if after:
        found.append(after)
    return found


def _before(text: str, piece: Piece) -> list[str]:
    found = ["begins a sentence"] if piece.initial else []
    if piece.titles:
        common = piece.words.lower() in COMMON and piece.words not in SURNAMES
        proven = any(title in CONTEXT["honorifics"] for title in piece.titles)
        return [*found, "title before a common word" if common and not proven else "title"]
    before = text[max(0, piece.outer - 32) : piece.outer]
    if before[-1:] in {"“", "‘"} and text[piece.end : piece.end + 1] in {"”", "’"}:
        return [*found, "quoted"]
    if before[-1:] not in {" ", "\xa0"} or not (words := before.rsplit(None, 2)):
        return found
    word = words[-1]
    known = _BEFORE.get(word)
    if known:
        found.append(known)
    elif word == "of" and len(words) > 1:
        found += _OF.get(words[-2].lower(), ())
    elif word.islower():
        found += _NOUN_BEFORE.get(word.rstrip(","), ())
    return found


def _after(text: str, piece: Piece) -> str | None:
    end = piece.end
    sign = text[end : end + 1]
    if sign in {" ", "\xa0"}:
        return _after_bracket(text, piece) if text.startswith(" (", end) else _after_space(text, piece)
    if sign == ",":
        return _after_comma(text, end)
    if sign in {"'", "’"}:
        owned = _OWNED.match(text, end)
        if owned:
            return _OWNS.get(owned.group(1).lower())
    elif sign == "-":
        return "based" if text.startswith("-based", end) else "leads" if text.startswith(_LEADS, end) else None
    elif sign == "$" or (sign.isdigit()):
        return "amount follows"
    return None


def _after_bracket(text: str, piece: Piece) -> str | None:
    short = _ACRONYM.match(text, piece.end)
    if short:
        agrees = short.group(1)[0] in piece.words and (" " in piece.words or short.group(1) not in ORGANISATIONS)
        return "short form follows" if agrees else None
    return "age" if _AGE.match(text, piece.end) else None


def _after_space(text: str, piece: Piece) -> str | None:
    end = piece.end
    following = _WORD_AFTER.match(text, end)
    if following and following.group(1) == "of":
        country = _COUNTRY_BEHIND.match(text, end)
        return "of a country" if country and " " in piece.words and is_country(country.group(1)) else None
    if not following:
        bearer = _BEARER_AFTER.match(text, end)
        return "bearer follows" if bearer and is_title(bearer.group(1)) and bearer.group(1) not in SURNAMES else None
    word = following.group(1)
    if word in {"is", "was"}:
        kind = _apposed(text, end)
        return None if kind == "apposition" else kind
    return _FOLLOWS.get(word)


def _after_comma(text: str, end: int) -> str | None:
    if _AGE.match(text, end):
        return "age"
    other = _COMMA_NAME.match(text, end)
    if other:
        return "place follows" if other.group(1) in PLACES else None
    following = _WORD_AFTER.match(text, end + 1)
    if following and following.group(1) in {"who", "whose", "whom"}:
        return "who"
    if following and following.group(1) in _SAID:
        return "speaks"
    return _apposed(text, end)


def _apposed(text: str, end: int) -> str | None:
    """What the words after ", a" or "is the" say it is, by the first noun that tells."""
    apposed = _APPOSED.match(text, end)
    if not apposed:
        return None
    for word in apposed.group(1).split()[:9]:
        if word in ROLES:
            return "apposed person"
        if word in CONTEXT["organisation before"]:
            return "apposed organisation"
        if word in CONTEXT["place before"]:
            return "apposed place"
        if word in {"who", "which", "that", "of", "in", "and", "for"}:
            break
    return "apposition" if text[end] == "," else None

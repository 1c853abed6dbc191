"""The person a phrase beside a quotation names by its shape, where no name was seen ("delegate Tom Hardwick")."""

from __future__ import annotations

import re

from news.lists import section
from news.name_words import CALENDAR, COMMON, FIRST_NAMES
from news.speaker_role import is_someone
from news.speech import CONJUNCTIONS, DETERMINERS, FILLERS, PREPOSITIONS

_NO_FIRST = PREPOSITIONS | CONJUNCTIONS | DETERMINERS | FILLERS
_OF_ANOTHER = frozenset({"for", "to", "with", "by", "from"})
_NAME = r"[A-Z][a-z’'-]+(?: [A-Z]\.)?(?: (?:al|bin|de|del|der|van|von)){0,2}(?: [A-Z][\w’'-]+){1,2}"
_FULL_NAME = re.compile(_NAME)
_BEHIND_ROLE = re.compile(rf"(?:.*\s)?([\w-]+)\s+({_NAME})")
_KIN = "|".join(sorted(section("speech", "kin")))
_BEHIND_KIN = re.compile(
    rf"(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[A-Z][\w’'-]+['’]s) (?:\w+ )?(?:{_KIN}) ([A-Z][a-zà-ÿ]+)"
)
_LABEL = re.compile(r"[A-Z’'-]{3,20}")
_OWNS = re.compile(r"['’]s?(?: |$)")
_NOBODY = section("speech", "nobody")


def written_name(words: str, *, body: bool = False) -> str | None:
    """The full name that a phrase is or ends with behind what the person is, None where it has no such shape.

    Of what was taken for the name of a `body` only a role and a known first name tell otherwise.
    """
    if body:
        found = _BEHIND_ROLE.fullmatch(words)
        told = found is not None and is_someone(found.group(1).lower()) and found.group(2).split()[0] in FIRST_NAMES
        return found.group(2) if found is not None and told and not _of_another(words) else None
    first, _, rest = words.partition(" ")
    if first.lower() in _NO_FIRST - DETERMINERS and " " in rest:
        return written_name(rest)
    if _FULL_NAME.fullmatch(words) and _may_be_full(words):
        return words
    if _LABEL.fullmatch(words) and words not in _NOBODY:
        return words.title()
    if words in FIRST_NAMES and words.lower() not in COMMON:
        return words
    kin = _BEHIND_KIN.fullmatch(words)
    if kin is not None and kin.group(1).lower() not in COMMON:
        return kin.group(1)
    found = _BEHIND_ROLE.fullmatch(words)
    if found is None or not is_someone(found.group(1).lower()) or _of_another(words):
        return None
    name = found.group(2)
    known = name.split()[0] in FIRST_NAMES or found.group(1).islower()
    return name if known and _may_be_full(name) else None


def _of_another(phrase: str) -> bool:
    """Whether a phrase is about someone who belongs to the one it ends with ("an aide to President Tom Hardwick")."""
    words = phrase.lower().split()
    return not _OF_ANOTHER.isdisjoint(words) or ("of" in words and words[0] in DETERMINERS)


def _may_be_full(name: str) -> bool:
    """Whether capitalised words may be a person's name: no possessive, no small word or day, not all of them common."""
    words = name.split()
    first = words[0].lower()
    if any(word.isupper() and len(word) > 1 and word.isalpha() for word in words):
        return False
    if first in _NO_FIRST or _OWNS.search(name) or not CALENDAR.isdisjoint(words):
        return False
    return words[0] in FIRST_NAMES or not all(word.lower() in COMMON for word in words)

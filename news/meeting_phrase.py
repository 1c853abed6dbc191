"""Noun phrases around names in a masked text: what may stand before a name, after it, and between two of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.meeting_scene import ANY, L, O, P
from news.meeting_words import DELEGATES, GROUP, MODIFIED, ROLE, STOP

if TYPE_CHECKING:
    from news.article import Span

_WORD = r"(?:[^\W\d_\ue000-\ue002][\w.’'&/-]*|\d[\w-]*)"
_BEFORE_NAME = (
    rf"(?:(?:(?:[A-Z][\w-]*|(?i:{ROLE}))\s+(?:of|for)|(?i:{ROLE})\s+to|[A-Z][\w-]*\s+to(?=\s+(?:the\s+)?[{L}{O}]))"
    r"\s+(?:the\s+)?"  # Minister of
    rf"|[A-Z][\w-]*\s*(?:and|&|,)\s+(?=(?:and\s+)?[A-Z])"  # Energy and Natural Resources
    rf"|(?i:{ROLE})(?:(?:\s+[a-z]+)?\s+(?:of|for|from|in|to)\s+"
    rf"(?:the\s+)?[^,;.\n]{{1,70}}?)?,\s+(?=(?:[A-Z][\w.]*\s+){{0,3}}{P})"  # the mayor, P
    r"|(?:the\s+)?then[\s-]+(?=[A-Z])"  # the then Minister
    rf"|(?i:{ROLE})\s+and\s+(?=(?:[a-z-]+\s+){{0,3}}(?i:{ROLE})\s+{P})"  # party leader and lawyer
    rf"|(?:the|{ANY}['’]s)\s+(?:(?!{STOP}\b)[\w'’-]+\s+){{0,5}}(?!{STOP}\b)[\w'’-]+,\s+"
    rf"(?=(?:Mrs?\.?\s+|Dr\.?\s+)?{P}(?:[,.;]|\s+(?:in|at|on|and|for|to|during|last|this|"
    rf"here)\s))"  # the company's largest owner, P
    rf"|[{L}{O}]\s+(?:and|&)\s+(?=[{L}{O}]\s)"
    rf"|(?!(?:{STOP}|of|for|and)\b)(?:{_WORD}|[{L}{O}](?:\s*\([^()]{{1,20}}\))?(?:['’]s?)?|"
    rf"{P}['’]s?)\s+(?:of\s+(?=[{L}{O}]\s))?)"
)
_NAMED = re.compile(rf"(?:both\s+)?(?:{_BEFORE_NAME}){{0,12}}?(?P<name>{P})(?!['’]s?\s|\s+{MODIFIED}\b)")
"""A person with all that stands before the name."""

_APPOSITIVE = (
    rf"(?:[{L}{O}]['’]s|the|an?|who|whose|his|her|its|their|former|then|now|one\s+of|"
    rf"\d\d|[A-Z]-[A-Z][a-z]+|accompanied|flanked|joined|(?i:{ROLE}))"
)
_STANDS = (
    r"(?:(?:top|bottom|far|second|third|fourth|fifth)\s+)?(?:left|right|cent(?:er|re)|seated|pictured|"
    r"(?:second|third)\s+from\s+(?:left|right)|hidden)"
)
AFTER_NAME = re.compile(
    rf"(?:\s*\([^()\n]{{1,80}}\))?(?:,?\s+{_STANDS}(?:[^,;.\n]{{0,24}})?,?|,\s+{_APPOSITIVE}\b[^;\n]{{0,140}}?,|"
    rf"\s+of\s+(?:the\s+)?[{L}{O}],?(?=\s+(?:and|&)\s))?"
)
"""What may follow a name before the list goes on: "(left)", ", the mayor of L,"."""
APPOSITION = re.compile(
    rf"(?:\s*\([^()\n]{{1,80}}\))?(?:,\s+{_STANDS}\b|,\s+{_APPOSITIVE}\b|\s+(?=\())[^;\n]{{0,220}}?,?$"
)
"""All that stands between a name and its verb, from a comma to a comma."""
AND = re.compile(
    r"\s*,?\s+(?:and|&|as\s+well\s+as|along\s+with|together\s+with|plus|then)\s+(?:also\s+|separately\s+|later\s+|"
    r"then\s+)?(?:(?:with|by)\s+)?"
    r"|\s*,\s+(?:including\s+|with\s+|as\s+well\s+as\s+)?"
)
"""What parts the names of a list."""
BETWEEN_BACK = re.compile(
    rf"(?:\s*\([^()\n]{{1,60}}\))?(?:\s+of\s+(?:the\s+)?[{L}{O}]|,\s+(?:{_STANDS}|{_APPOSITIVE})\b[^;\n]{{0,110}}?)?"
    rf"(?:\s*,\s*|,?\s+(?:and|&|as\s+well\s+as|along\s+with|"
    rf"together\s+with)\s+)(?:and\s+)?(?:{_BEFORE_NAME}){{0,10}}(?={P})"
)
"""What stands between two names of one list."""
FINITE = re.compile(
    r"(?:,\s+[^,;\n]{2,80},)?\s+(?:said|says|told|tells|is|was|has|had|will|would|are|were|have|also|did|does|can|"
    r"could|may|"
    r"wrote|made|gave|took|went|came|left|"
    r"announced|added|noted|stressed|expressed|discussed|agreed|praised|flew|spoke|held|began|sent|saw|drove|"
    r"ran|sat|met|[a-z]{3,}ed)\b(?!\s+by\b)"
)
"""A verb right after a name: the name begins a clause of its own."""
PRONOUN_OBJECT = re.compile(
    r"(him|them|me|us|each\s+other|one\s+another|her(?=\s*(?:[.,;:)\"”]|$)|\s+(?:in|at|on|to|for|and|again|before|"
    r"after|during|while|"
    r"when|last|this|later|by|as|with|over|about|from|here|there|privately|personally|yesterday|today|"
    r"[A-Z]\w+day)\b))\b(?!['’])"
)
ROLE_ALONE = re.compile(
    rf"(?P<all>(?P<whose>[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|{ANY}['’]s)\s+(?:(?!{STOP}\b)(?:{_WORD}|"
    rf"[{L}{O}])\s+){{0,3}}?"
    rf"(?P<role>(?i:{ROLE})))(?:\s+(?:of|from)\s+(?:the\s+)?(?P<of>[{L}{O}]))?(?!\w)(?!['’]s)(?!\s+{P})"
)
"""A person told by role alone: "the Turkish president", "his counterpart"."""
LED_BY = re.compile(r"(?:an?\s+|the\s+)?(?:[^\s,;.]+\s+){0,7}?(?:led|headed|chaired)\s+by\s+")
GROUP_OF = re.compile(
    rf"(?:(?:{_WORD})\s+){{0,4}}?(?:(?P<front>{O})(?:['’]s)?\s+(?:(?!{STOP}\b){_WORD}\s+){{0,3}}?(?i:{DELEGATES})\b"
    rf"|(?i:{DELEGATES})\s+(?:of|from)\s+(?:the\s+)?(?P<back>[{O}{L}]))"
)
"""A collective side: "a Hamas delegation", "officials from L"."""
COLLECTIVE = re.compile(
    rf"(?:(?:{_WORD}|[{O}{L}](?:['’]s)?|,)\s+){{0,7}}?(?:(?i:{GROUP})\b|[a-z]{{4,}}s\b(?=,?\s+(?:among\s+them|"
    rf"including|such\s+as)\s))(?:\s+(?:of|from|in|"
    rf"at)\s+[^,;.\n{P}—–]{{1,60}}?)?"
    rf"(?P<then>(?:\s+in\s+{L})?\s+[—–-]{{1,2}}\s+(?:on\s+)?[A-Z]\w+day\s+with\s+"
    r"|,?\s+(?:represented|led|headed|comprising|made\s+up)\s+(?:by|of)\s+|,\s+(?:including|among\s+them|"
    r"such\s+as|namely|like)?\s*|\s+(?:including|such\s+as|like|and|,)\s+|:\s+)"
)
"""A collective before the names that fill it: "leaders of the opposition, P and P"."""
LONE = re.compile(rf"(?:the\s+)?(?P<name>[{O}{L}])(?!['’]s?\s)(?!\s+(?:[A-Z]|(?i:{ROLE})))")
_ALSO_OPENS = frozenset(
    {
        "after",
        "before",
        "since",
        "until",
        "as",
        "while",
        "when",
        "where",
        "that",
        "because",
        "and",
        "but",
        "than",
        "said",
    }
)
PREPOSITIONS = frozenset(
    [
        "in",
        "at",
        "on",
        "to",
        "during",
        "over",
        "about",
        "with",
        "without",
        "from",
        "by",
        "against",
        "between",
        "among",
        "of",
        "for",
        "into",
        "upon",
        "via",
        "towards",
        "toward",
        "under",
        "alongside",
        "including",
        "than",
        "like",
        "amid",
    ]
)
_LOWER_OK = re.compile(
    rf"(?i:{ROLE}|the|an?|his|her|its|their|former|then|late|outgoing|incoming|visiting|acting|new|newly|"
    r"elected|deputy|senior|top|retired|fellow|longtime|veteran|right-hand|special|military|right-wing|"
    r"left-wing|far-right|\w+-\w+|opposition|ruling|party|state|foreign|prime|national|security|chief|policy|"
    r"trade|investment|"
    r"and|of|for|affairs|defence|defense|finance|interior|energy|health|crown|first|lady|vice|house|peace|climate|"
    r"senate)$"
)


def named(masked: str, at: int, high: int) -> re.Match[str] | None:
    """The person named at an offset, with all that stands before the name."""
    return _NAMED.match(masked, at, high) if masked.find(P, at, high) >= 0 else None


def begins_at(masked: str, low: int, at: int) -> tuple[int, str]:
    """Where the noun phrase of the name at `at` begins, and the word before it ("" at `low`)."""
    start = at
    for _ in range(12):
        found = _word_before(masked, max(low, start - 40), start)
        if found is None:
            return start, ""
        word = masked[found[0] : found[1]]
        bare = word.strip("\"“”'‘(,")
        if word.endswith((",", ";", ":", ".")) and not (word.endswith(".") and len(word) < 6 and word[0].isupper()):
            return start, word
        named = bare[:1] in {L, O, P} and (bare[0] != P or len(bare) > 1)
        if bare in {"of", "for"} and start == at:
            return start, bare
        if not (named or bare[:1].isupper() or _LOWER_OK.match(bare)) or (
            bare in {"of", "for", "and"} and not _joins(masked, low, found[0])
        ):
            return start, word.strip("\"“”'‘(")
        start = found[0]
    return start, ""


def _word_before(masked: str, low: int, at: int) -> Span | None:
    """Where the word before the space before an offset stands, from `low` on; None where there is no space or word."""
    stretch = masked[low:at]
    words = stretch.rstrip()
    if not words or len(words) == len(stretch):
        return None
    end = low + len(words)
    return end - len(words.rsplit(None, 1)[-1]), end


def _joins(masked: str, low: int, at: int) -> bool:
    """Whether "of", "for" or "and" at `at` belongs to a title: "Minister of", "Energy and"."""
    before = _word_before(masked, max(low, at - 40), at)
    if before is None:
        return False
    word = masked[before[0] : before[1]]
    return word[-1] not in ",;" and (word[0].isupper() or re.fullmatch(rf"(?i:{ROLE})", word) is not None)


def governed(before: str, *, opens_clause: bool) -> bool:
    """Whether the word before a noun phrase makes it an object; "after" and its like do not where a clause follows."""
    word = before.lower()
    if opens_clause and word in _ALSO_OPENS:
        return False
    return word in PREPOSITIONS


def joined(masked: str, one: int, other: int) -> bool:
    """Whether the names at `one` and, later, at `other` stand in one list."""
    found = BETWEEN_BACK.match(masked, one + 1, other + 1)
    return found is not None and found.end() == other

"""Where names may stand: capitalised runs of a text, parted where two names merely stand together.

A run is words with a capital, joined by spaces and by the small words that names are made with ("of", "and", "de la",
"bin"). It is parted at days and months, at owners ("Trump's envoy") and at small words that join two names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.name_titles import JOINERS, Token, is_title
from news.name_words import (
    CALENDAR,
    COMMON,
    CONTEXT,
    FAMILY_FIRST,
    FIRST_NAMES,
    LEADERS,
    NEVER_NAMES,
    ORG_WORDS,
    ORG_WORDS_WEAK,
    ORGANISATIONS,
    PLACE_WORDS,
    PORTFOLIO,
)
from news.place import DEMONYMS, PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ɏΆ-ΫЀ-Я"
_ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Prof|St|Ste|Jr|Sr|Hon|Del|Supt|Det|Insp|Inc|Corp"
    r"|Co|Ltd|Mt|Bros|Calif|Conn|Mass|Mich|Minn|Tenn|Wash)\."
)
_PREFIX = r"(?:(?:al|el|ul|an|as|ash|ad|at|ar|az|bin|ibn|d|l|de|dell|della|e|i|sub|trans)[-'’])"
# bounded repeats keep the time linear on any text: "A.A.A.A." and the like would be tried from every letter
_BEHIND = (
    "based|born|style|type|led|owned|backed|era|wide|bound|funded|run|made|trained|linked|held|only|listed|controlled|occupied"
    "|administered|registered|supported|sponsored|allied|aligned|bred|designed|built|educated|inspired|like|free|ruled"
    "|dominated|friendly|affiliated|majority|minority|speaking|brokered|mandated|flagged|imposed|approved|area|related|engineered|specific"
)
_TAIL = rf"\w*(?:(?:[-–](?!(?:{_BEHIND})\b)|[&.+]|['’](?!s\b|S\b))\w+){{0,6}}(?:\([A-Z]\))?"
_WORD = (
    rf"(?:{_ABBREVIATION}|(?:[{_UPPER}]\.){{1,4}}[{_UPPER}]{_TAIL}(?!\.)|(?:[{_UPPER}]\.){{1,6}}(?![a-z])"
    rf"|{_PREFIX}?[{_UPPER}]{_TAIL}|[a-z]{{1,3}}[A-Z]\w+)"
)
_SMALL = (
    r"de la|de las|de los|van der|van den|van de|von der|of the|on the|for the|and the|of|on|and|&|for|in|de|da|das"
    r"|dos|do|di|del|della|du|la|le|von|van|der|den|ten|ter|bin|bint|ibn|al|el|ul|ur|wa|arap|ole|y|e|es|zu|st|ould"
)
_NICKNAME = rf"[\"“‘'][{_UPPER}][\w.-]{{1,15}}[\"”’'][ \xa0]"
RUN = re.compile(
    rf"(?<![\w'’&#@]){_WORD}"
    rf"(?:(?:['’]s?)?[ \xa0]{{1,2}}(?:(?:{_SMALL})[ \xa0]|{_NICKNAME})?{_WORD}){{0,30}}(?:['’]s(?=\W))?"
)
_CAPITAL = re.compile(f"[{_UPPER}]")
_LED = re.compile(rf"(?<!\w){_PREFIX}$")
BEARABLE = frozenset(
    {"May", "March", "April", "June", "Jun", "Jan", "August", "Sunday", "Friday", "Easter", "Christmas"}
)
"""Days and months that are family names too."""
SYLLABLES = re.compile(r"[A-Z][a-z]{1,6}-[a-z]{1,6}")
"""A given name of two syllables as Taiwan and Korea write it: "Ing-wen", "Jae-in"."""
POSSESSIVE = re.compile(r"['’]s?$")
PARTICLES = CONTEXT["particles"]
"""Small words inside the names of people and places."""

_NEVER_ALONE = frozenset(word.capitalize() for word in NEVER_NAMES)
_LONGEST = 400
"""Characters of a run; what is longer is no name."""
_COMPANY_ENDS = CONTEXT["company ends"]
_MARK = "-"
_OFFICES = frozenset({"Office", "Service", "Court", "Centre", "Center", "Movement", "Forum", "Team", "Fund"})
_SPACED = re.compile(r"\S+")
_STARTERS = ".!?:;\n\r•*|>"
_QUOTES = "\"“”‘’'([«„"


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence, a line or a quotation begins at the offset."""
    i = at - 1
    while i >= 0 and text[i] in _QUOTES:
        i -= 1
    if i < at - 1 and text[at - 1] in "\"“‘«„'":
        return True
    while i >= 0 and text[i] in " \xa0\t\"”’'":
        i -= 1
    return i < 0 or text[i] in _STARTERS or (text[i] in "-–—" and text[i + 1] == " ")


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Matches of a run; looking for capitals first takes a third of the time of trying the run at every letter."""
    at = 0
    while found := _CAPITAL.search(text, at):
        match = RUN.match(text, max(at, _led(text, found.start())))
        at = match.end() if match else found.end()
        if match:
            yield match


def _led(text: str, start: int) -> int:
    """Where a word begins whose first capital is at the offset: "al-Jazeera" and "iPhone" begin before it."""
    before = text[start - 1 : start]
    if before.islower():
        return start - 1
    if before and before in "-'’":
        head = _LED.search(text, max(0, start - 7), start)
        return head.start() if head else start
    return start


def runs(text: str) -> Iterator[tuple[int, str, bool]]:
    """Where each run starts, its words, and whether a sentence begins there; words that are never names left out."""
    for match in _matches(text):
        run, start = match.group(), match.start()
        if run not in _NEVER_ALONE and len(run) <= _LONGEST:
            yield start, run, begins_sentence(text, start)


def parts(run: str, *, given: bool = False) -> list[list[Token]]:
    """The parts of a run that are names of their own, each as its words, with places counted from its start.

    `given` says that a month which begins it is somebody's first name.
    """
    if " " not in run and "\xa0" not in run and "-" not in run:
        return [[(0, len(run), run)]]
    tokens = [(match.start(), match.end(), match.group()) for match in _SPACED.finditer(run)]
    found = _parts(_unhyphened(tokens[given:]) if "-" in run else tokens[given:])
    if given:
        found[:1] = [[tokens[0], *found[0]]] if found else []
    return found


def _unhyphened(tokens: list[Token]) -> list[Token]:
    """The words with two places or leaders that a hyphen joins parted, a mark between them: "Ankara-Baghdad"."""
    found: list[Token] = []
    for start, end, word in tokens:
        left, dash, right = word.rpartition("-")
        known = _is_known(POSSESSIVE.sub("", right)) and (_is_known(left) or left.lower() in COMMON)
        pair = f"{found[-1][2]} {left}" in PLACES if found else False
        if dash and word not in PLACES and (known or (pair and _is_known(right))):
            middle = start + len(left)
            found += [(start, middle, left), (middle, middle + 1, _MARK), (middle + 1, end, right)]
        else:
            found.append((start, end, word))
    return found


def _is_known(word: str) -> bool:
    return word in PLACES or word in LEADERS or word in ORGANISATIONS


def _parts(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = []
    current: list[Token] = []
    for i, token in enumerate(tokens):
        word = token[2]
        owner = POSSESSIVE.search(word) if word[-1] in "s'’" else None
        if word in JOINERS:
            goes_on = bool(current) and _goes_on(current, word, tokens[i + 1 :])
        elif _cuts(word, current, tokens[i + 1][2] if i + 1 < len(tokens) else ""):
            goes_on = False
        else:
            saint = bool(current) and current[-1][2] in {"St.", "St", "Saint"}
            goes_on = owner is None or _owns_inside(
                word[: owner.start()], owner.group(), tokens[-1][2], last=i + 1 == len(tokens), saint=saint
            )
            if owner and not goes_on:
                current.append((token[0], token[0] + owner.start(), word[: owner.start()]))
        if goes_on and _ends_company(current, word):
            parts.append(current)
            current = [token]
        elif goes_on:
            current.append(token)
        else:
            parts.append(current)
            current = []
    parts.append(current)
    return [trimmed for part in parts if (trimmed := _without_small_end(part))]


def _cuts(word: str, current: list[Token], following: str) -> bool:
    """Whether a day, a month or "I" parts the run; after a first name a month is a family name ("Theresa May")."""
    named = bool(current) and (current[-1][2] in FIRST_NAMES or current[-1][2] in FAMILY_FIRST)
    if word == _MARK:
        return True
    if word == "TV" and current:
        return False
    if current and current[-1][2].endswith(".") and word.lower() in NEVER_NAMES and not word.isupper():
        return True  # "AT and T. The company": a sentence ends between them
    if word == "I":
        return bool(current) and not named
    if word in {"Jan", "Jun"} and following[:1].isupper() and following.lower() not in COMMON:
        return False  # "Jan Peter Balkenende"
    return word.rstrip(".,") in CALENDAR and not (named and word in BEARABLE)


def _ends_company(current: list[Token], word: str) -> bool:
    """Whether a company's name ends before a common word: "Nashua Corp. Shares rose"."""
    if not current or current[-1][2] not in _COMPANY_ENDS:
        return False
    other = word.lower() in COMMON or word in FIRST_NAMES
    return other and word not in JOINERS and word not in {"International", "Limited"}


def _owns_together(word: str) -> bool:
    """Whether those who own an organisation are a kind of people, so that they belong to its name: "Owners' Club"."""
    many = word.endswith("s") and word.lower() in COMMON and word not in PLACES and word not in LEADERS
    return many or is_title(word)


def _owns_inside(word: str, mark: str, ending: str, *, last: bool, saint: bool) -> bool:
    """Whether an owner is part of the name that ends so: "People's Republic", "Owners' Club", "St. Peter's Square"."""
    if not last and mark and (saint or (ending in ORG_WORDS | _OFFICES and _owns_together(word))):
        return True
    return word in CONTEXT["owners"] and not last and (len(mark) == 2 or word.endswith("s"))


def _without_small_end(part: list[Token]) -> list[Token]:
    end = len(part)
    while end and (part[end - 1][2] in JOINERS or part[end - 1][2] in PARTICLES):
        end -= 1
    return part[:end]


def _goes_on(current: list[Token], word: str, rest: list[Token]) -> bool:
    """Whether a small word belongs to the name before it, or to a title that is taken off later."""
    following = next((token[2] for token in rest[:3] if token[2] not in JOINERS), "")
    if (
        word == "of"
        and following in FIRST_NAMES
        and current[-1][2].endswith("s")
        and len(rest) > 1
        and rest[1][2] not in JOINERS
    ):
        return False  # "the Conservatives of Pierre Poilievre"
    if word == "and" and ((rest and rest[0][2] == "the") or _is_known_body(current)):
        return False
    if _joined(current, word, following) or (word in {"and", "&"} and _shares_head(current, rest)):
        return True
    last = current[-1][2]
    in_title = is_title(last) or (last in PORTFOLIO and any(is_title(before) for _, _, before in current[-4:]))
    return in_title and (word in {"of", "for"} or (word == "and" and (following in PORTFOLIO or is_title(following))))


def _shares_head(current: list[Token], rest: list[Token]) -> bool:
    """Whether both sides share an organisation's word: "Health and Human Services Department"."""
    end = next((i for i, token in enumerate(rest) if token[2] in JOINERS), len(rest))
    ending = rest[end - 1][2] if end else ""
    if not (ending in ORG_WORDS or ending in _OFFICES) or any(is_title(token[2]) for token in rest[:end]):
        return False
    left = [word for _, _, word in current if word != "The"]
    if len(left) > 1 and (left[0] in PLACES or left[0] in DEMONYMS):
        left = left[1:]
    return len(left) <= 3 and all(
        word.lower() in COMMON and word not in ORG_WORDS and not is_title(word) for word in left
    )


def _is_known_body(part: list[Token]) -> bool:
    """Whether the words so far are an organisation that is known, to which nothing need be added."""
    name = " ".join([word for _, _, word in part]).removeprefix("The ")
    return " " in name and name in ORGANISATIONS


def _builds(word: str) -> bool:
    """Whether a word is common or builds other names than those of people."""
    return word.lower() in COMMON or word in PLACES or word in DEMONYMS or word.isupper()


def _is_person(current: list[Token]) -> bool:
    """Whether the words so far are a person's whole name, so that an "of" after them says where the person belongs."""
    words = [word for _, _, word in current if not is_title(word)]
    titled = len(words) < len(current)
    if not words or not (titled or (len(words) > 1 and (words[0] in FIRST_NAMES or len(words) < 4))):
        return False
    if not titled and words[0] not in FIRST_NAMES and any(_builds(word) for word in words):
        return False
    building = (word in ORG_WORDS or word in ORG_WORDS_WEAK or word in PLACE_WORDS or word in JOINERS for word in words)
    return not any(building) and not (titled and any(word in PORTFOLIO or word in DEMONYMS for word in words))


def _joined(current: list[Token], word: str, following: str) -> bool:
    """Whether a small word makes one name of what stands before and after it."""
    last = current[-1][2]
    if word in {"on", "in"}:
        return word == "on" and last in CONTEXT["heads on"]
    if word in {"of", "the"}:
        if _is_person(current):
            return False
        return last in JOINERS or not is_title(last) or last == "House"
    if word == "for" and last in CONTEXT["heads for"]:
        return True
    if word == "&":
        return following not in FIRST_NAMES or last not in FIRST_NAMES
    if any(is_title(before) for _, _, before in current) and not (last in ORG_WORDS_WEAK or last in PORTFOLIO):
        return False  # "Secretary of State John Kerry and Lavrov": the title has led to its bearer
    organised = any(before in ORG_WORDS or before in ORG_WORDS_WEAK for _, _, before in current)
    if len(current) == 1 and last.endswith("s") and last in ORG_WORDS_WEAK and following in ORG_WORDS_WEAK:
        return False  # "Democrats and Republicans"
    if not organised or following in FIRST_NAMES or is_title(following) or following in PLACES or following in DEMONYMS:
        return False
    return last not in ORG_WORDS or (following in PORTFOLIO and len(current) > 1 and current[-2][2] in {"of", "for"})

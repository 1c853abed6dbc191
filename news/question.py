"""What a person wants to know, understood from their words: plain grammar, no model, slips of the pen welcome."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

from msgspec import Struct, structs

from news import question_grammar as grammar
from news import question_slips as slips
from news.period import Period, period
from news.place import is_place

QuestionKind = Literal[
    "brief",
    "met",
    "said",
    "person",
    "search",
    "list",
    "latest",
    "timeline",
    "story",
    "help",
    "hello",
    "desk",
    "thanks",
    "scolding",
    "more",
    "people",
    "opinion",
    "cancel",
]
Asked = Literal["who", "whether", "when", "often", "where", "with", "what"]

MAX_QUESTION = 1000
"""Characters; anything longer is a pasted text, not a question."""
MAX_GRAMMAR = 240
"""Characters that are matched against the grammar; a longer question is a search by its words."""
MOST_SIDES = 4
"""Names that one question about meetings may hold."""
GOING_ON = 12
"""Words of a text that may go on from a question before; a longer one stands for itself."""

PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "his", "their"})
"""Words for somebody named before."""
_SEVERAL = frozenset({"they", "them", "their"})
_SELF = frozenset({"himself", "herself", "themselves"})
_NOBODY = frozenset(
    {"", "people", "anyone", "anybody", "everyone", "leaders", "somebody", "someone", "sources", "media", "the media"}
    | {"papers", "the papers", "newspapers", "the press", "press", "reports", "articles", "officials", "experts"}
)
_ASKING = re.compile(
    r"(?:who|whom|what|when|where|how|did|has|have|is|was|brief|timeline|latest|quotes?)\b(?!.*\b(?:this|it)\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_SHORT = re.compile(r"^(who|whom|when|where|what|how)['’](s|d|ve|ll)\b", re.IGNORECASE)
_IN_FULL = {"s": "is", "d": "did", "ve": "have", "ll": "will"}
_ORDERS = {
    "last": "last",
    "most recently": "last",
    "first": "first",
    "next": "next",
    "upcoming": "next",
    **dict.fromkeys(("planned", "coming", "future", "scheduled"), "next"),
}


class Question(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A question, understood. Names and words stand as the person wrote them; who they are is the store's to say.

    met: `people` are the sides named (none to two), `place` where, `asked` what of it. said: `people` the speakers
    (none: anybody), `about` the subject, `words` the words looked for. person, timeline: `people`. met, said: `topic`
    is what to search for where `people` turn out to be nobody's names. brief, search, latest: `topic`; list is a
    search shown as a list, story one `story` by its id. `order` is "last", "first" or "next" where only that one is
    wanted, "coming" where what is planned comes first. `first` and `last` are the days asked about, `when` how they
    were said; `call` where only telephone calls count, `talk` where they count as meetings do, `visit` where a side is
    a place; `page` is the page of the answer that was shown last, `picks` the stories it
    lists by number. `offered` is a question on a button that nobody pressed yet.
    """

    kind: QuestionKind
    text: str = ""
    people: tuple[str, ...] = ()
    topic: str = ""
    about: str = ""
    words: str = ""
    place: str = ""
    asked: Asked = "what"
    order: str = ""
    first: date | None = None
    last: date | None = None
    when: str = ""
    call: bool = False
    talk: bool = False
    visit: bool = False
    story: int = 0
    page: int = 0
    picks: tuple[int, ...] = ()
    offered: bool = False


def understand(text: str, today: date, previous: Question | None = None) -> Question:
    """The question that `text` asks on the day `today`; `previous` is the one it follows up, where it is a reply."""
    asked = _tidy(text)
    follow = _follow(asked, today, previous) if previous else None
    if follow:
        return structs.replace(follow, text=text.strip())
    begun = slips.begun(asked)
    question = _asked_at(begun, today)
    if question.kind == "search" and begun != asked:
        question = _asked_at(asked, today)
    return structs.replace(question, text=text.strip())


def _asked_at(asked: str, today: date) -> Question:
    """The question with the days it names; slips in its own words are put right where it asks nothing otherwise."""
    if grammar.FILTERED.search(asked):
        return Question(kind="list", topic=asked)
    stretch, rest = period(asked[:MAX_GRAMMAR], today)
    if len(asked) > MAX_GRAMMAR:
        return _dated(_read(asked, dated=bool(stretch)), stretch)
    question = _read(_trim(rest), dated=bool(stretch))
    if question.kind == "search":
        question = _with_slips(_trim(rest), dated=bool(stretch)) or question
    return _dated(question, stretch)


def questions(text: str) -> tuple[str, ...]:
    """The questions that a text asks one after another, at most three; the text alone where it asks one."""
    parts = [part for part in grammar.TWO.split(text.strip()) if part]
    return tuple(parts) if 2 <= len(parts) <= 3 and all(map(asks, parts)) else (text,)


def goes_on(text: str) -> bool:
    """Whether the words go on from a question before without being a reply: "and in March?", "what did he say?"."""
    asked = _tidy(text)
    words = asked.lower().split()
    if len(words) > GOING_ON:
        return False
    return bool(grammar.GOES_ON.match(asked)) or bool(PRONOUNS.intersection(words) and _ASKING.match(asked))


def asks(text: str) -> bool:
    """Whether the words are a question by their grammar, and not just words."""
    asked = slips.mended(slips.begun(_tidy(text))[:MAX_GRAMMAR])
    read = _read(asked, dated=False)
    return read.kind not in {"search", "hello", "desk", "help", "thanks", "scolding", "more"} and bool(
        _ASKING.match(asked)
    )


def _with_slips(words: str, *, dated: bool) -> Question | None:
    """The question that the words ask once slips in its grammar are put right; None where they still ask none."""
    mended = slips.mended(words)
    if mended == words:
        return None
    question = _read(mended, dated=dated)
    return None if question.kind == "search" else question


def _dated(question: Question, stretch: Period) -> Question:
    if not stretch:
        return question
    return structs.replace(question, first=stretch.first, last=stretch.last, when=stretch.words)


def _read(rest: str, *, dated: bool) -> Question:
    if len(rest) > MAX_GRAMMAR:
        return Question(kind="search", topic=rest)
    if not rest:
        return Question(kind="brief" if dated else "hello")
    if grammar.MORE.match(rest):
        return Question(kind="more")
    if grammar.HELP.match(rest) or grammar.MENU.match(rest):
        return Question(kind="help")
    if grammar.CANCEL.match(rest):
        return Question(kind="cancel")
    if any(pattern.match(rest) for pattern in grammar.DESK):
        return Question(kind="desk")
    if grammar.HELLO.fullmatch(rest) or grammar.NEWCOMER.fullmatch(rest):
        return Question(kind="hello")
    if grammar.THANKS.fullmatch(rest) or (grammar.THANKS_FOR.fullmatch(rest) and not _ASKING.search(rest)):
        return Question(kind="thanks")
    if grammar.SCOLDING.fullmatch(rest):
        return Question(kind="scolding")
    if any(pattern.match(rest) for pattern in grammar.PEOPLE):
        return Question(kind="people")
    m = grammar.HOW_MANY.match(rest)
    if m:
        return Question(kind="list", topic=_trim(m["topic"]))
    held = next((m for pattern in grammar.OPINION if (m := pattern.match(rest))), None)
    if held:
        return Question(kind="opinion", topic=_trim(held["topic"] or ""))
    return _read_said(rest) or _read_met(rest) or _read_other(rest) or Question(kind="search", topic=rest)


def _read_said(rest: str) -> Question | None:
    m = grammar.WHO_SAID.match(rest)
    if m:
        return Question(kind="said", words=m["words"].strip(), asked="who")
    for pattern in grammar.SAID:
        m = pattern.match(rest)
        if m:
            groups = m.groupdict()
            who = groups.get("a") or ""
            people = () if who.lower() in _NOBODY else tuple(map(_name, re.split(r"\s+and\s+", who)))[:2]
            return Question(kind="said", people=people, about=_trim(groups.get("about") or ""))
    m = grammar.QUOTES_OF.match(rest)
    return Question(kind="said", people=(_name(m["a"]),), topic=rest) if m and len(m["a"].split()) < 4 else None


def _read_met(written: str) -> Question | None:
    written = grammar.NEGATED.sub(r"\1 ", written)
    phone = grammar.BY_PHONE.search(written)
    rest = written[: phone.start()] if phone else written
    without, place = _split_place(rest)
    question = _read_meetings(without, place) or _read_named_meeting(without, place, rest)
    question = question or (_read_meetings(rest, "") if place else None)
    return structs.replace(question, call=True) if question and phone else question


def _read_meetings(words: str, place: str) -> Question | None:
    """Meetings by the verb: "who met Putin", "when did Merz last see Tusk", "which meetings were there"."""
    if any(pattern.match(words) for pattern in grammar.MEETINGS):
        order, call = "next" if grammar.PLANNED.search(words) else "", bool(grammar.CALL.search(words))
        return Question(kind="met", place=place, asked="who", order=order, call=call)
    if place and grammar.PRESENT.match(words) and not grammar.PLACE.search(place):
        return Question(kind="met", place=place, asked="who", visit=True)
    for pattern, asked in grammar.MET:
        m = pattern.match(words)
        question = _meeting_question(m, asked, place) if m else None
        if question:
            return question
    return None


def _read_named_meeting(words: str, place: str, whole: str) -> Question | None:
    """Meetings by the names before the word: "the Trump and Merz meeting in Washington", "Putin Witkoff call"."""
    m = grammar.ATTENDED.match(whole)
    if m:
        return Question(kind="met", place=_trim(m["a"]), asked="who", topic=whole)
    m = grammar.NAMED_MEETING.match(words) or grammar.ONE_MEETING.match(words)
    if not m:
        return None
    asked = m[0].split()[0].lower()
    question = _meeting_question(m, asked if asked in {"when", "where"} else "who", place)
    return structs.replace(question, topic=whole) if question else None


def _meeting_question(m: re.Match[str], asked: str, place: str) -> Question | None:
    groups = m.groupdict()
    sides = [side for side in (groups.get("a"), groups.get("b"), groups.get("b2")) if side]
    if not place:
        sides[0], place = _split_place(sides[0])
    if len(sides) > 1 and sides[-1].lower() in _SELF:
        sides[-1] = sides[0]
    order = " ".join((groups.get("order") or "").lower().split())
    ordered = grammar.LEADING_ORDER.match(sides[0])
    if ordered:
        order, sides[0] = ordered["order"].lower(), sides[0][ordered.end() :]
    if asked != "with":
        sides = [part for side in sides for part in _AND.split(side)]
    names = tuple(name for name in map(_name, sides) if name)[:MOST_SIDES]
    people = tuple(name for name in names if name.lower() not in _NOBODY and not grammar.ANYBODY.match(name))
    if not names or any(len(person.split()) > 6 or grammar.NO_NAME.search(person) for person in people):
        return None
    return Question(
        kind="met",
        people=people,
        topic=m[0] if ordered else "",
        place=place,
        asked=_asked(asked) if len(people) == len(names) else "who",
        order=_ORDERS.get(order) or ("coming" if grammar.COMING.search(m[0]) else ""),
        call=bool(grammar.CALL.search(m[0])),
        talk=bool(grammar.TALK.search(m[0])),
        visit=bool(grammar.VISIT.search(m[0])),
    )


def _asked(word: str) -> Asked:
    for known in ("who", "whether", "when", "often", "where", "with"):
        if word == known:
            return known
    return "what"


def _read_other(rest: str) -> Question | None:
    for pattern in grammar.TIMELINE:
        m = pattern.match(rest)
        if m:
            return Question(kind="timeline", people=(_name(m["a"]),))
    for pattern in grammar.PERSON:
        m = pattern.match(rest)
        if m:
            return Question(kind="person", people=(_name(grammar.AND_WHAT.sub("", m["a"])),), asked="who")
    for pattern in grammar.LATEST:
        m = pattern.match(rest)
        if m:
            return Question(kind="latest", topic=_trim(m["topic"] or ""))
    for pattern in grammar.BRIEF:
        m = pattern.match(rest)
        if m:
            return Question(kind="brief", topic=_trim(m["topic"] or ""))
    return None


def _follow(asked: str, today: date, previous: Question) -> Question | None:
    """The question a short reply asks: the earlier one with what was said put in its place; None for a new question."""
    lower = asked.lower()
    if lower in {"quotes", "quote"} and (previous.people or previous.topic):
        return Question(kind="said", people=previous.people[:1], about="" if previous.people else previous.topic)
    if lower in {"when", "where"} and previous.kind == "said":
        return previous
    if previous.kind == "met" and lower != "who else" and grammar.WHO_ELSE.match(asked):
        return structs.replace(previous, asked="with", order="", topic="")
    if lower in {"when", "where", "who", "who else", "how often"} and previous.kind == "met":
        return structs.replace(previous, asked=_asked(lower.replace("how ", "").replace(" else", "")), order="")
    if previous.people and grammar.ITS_TIMELINE.match(asked):
        return Question(kind="timeline", people=previous.people[:1])
    m = grammar.FOLLOW.match(asked)
    rest = m["words"] if m else asked
    stretch, left = period(rest, today)
    if stretch and not _trim(left):
        return structs.replace(_dated(previous, stretch), order="")
    about = grammar.FOLLOW_ABOUT.match(_trim(left))
    if about and previous.kind == "said":
        return structs.replace(_dated(previous, stretch), about=_trim(about["words"]), words="")
    if m and len(rest.split()) <= 4:
        return _going_on(_dated(previous, stretch), _trim(about["words"] if about else left))
    words = asked.split()
    if previous.people and PRONOUNS & {word.lower() for word in words}:
        meant = {word: " and ".join(previous.people) if word in _SEVERAL else previous.people[0] for word in PRONOUNS}
        return understand(" ".join(meant.get(word.lower(), word) for word in words), today)
    return None


def _going_on(previous: Question, words: str) -> Question | None:
    """The earlier question about somebody or something else."""
    if previous.kind in {"met", "said", "person", "timeline"}:
        return _other_side(previous, words)
    if previous.kind in {"brief", "search", "list", "latest"}:
        return structs.replace(previous, topic=words)
    return None


def _other_side(previous: Question, words: str) -> Question:
    """The earlier question about somebody or somewhere else: "and Macron?", "and with Macron?", "and in Paris?"."""
    place = grammar.PLACE.match(words)
    if place and previous.kind == "met":
        return structs.replace(previous, place=_trim(place["place"]), order="", topic="")
    if place:
        return Question(kind="search", topic=" ".join((*previous.people, words)))
    if previous.kind == "said" and previous.about and is_place(words.title()):
        return structs.replace(previous, about=words)
    name = _name(re.sub(r"^(?:with|of|by|from)\s+", "", words, flags=re.IGNORECASE))
    both = previous.kind == "met" and len(previous.people) > 1
    return structs.replace(previous, people=(previous.people[0], name) if both else (name,), topic="")


def _split_place(words: str) -> tuple[str, str]:
    m = grammar.PLACE.search(words)
    if m and grammar.AT_MEETING.match(m["place"]):
        inner = grammar.PLACE.search(words, m.start("place"))
        return (words[: inner.start()], _trim(inner["place"])) if inner else (words, "")
    return (words[: m.start()], _trim(m["place"])) if m else (words, "")


def _name(words: str) -> str:
    bare = re.sub(r"^(?:the|mr|mrs|ms|dr)\.?\s+(?=\S)", "", _trim(words), flags=re.IGNORECASE)
    bare = re.sub(r"^president\s+(?!of\b)(?=\S)", "", bare, flags=re.IGNORECASE)
    return re.sub(r"(?:'s|’s)$", "", bare)[:100]


def _trim(words: str) -> str:
    return words.strip(" \t\n.,;:!?¿¡…-–—")


def _tidy(text: str) -> str:
    """One line, single spaces, no control or direction marks, without the final question mark."""
    plain = unicodedata.normalize("NFKC", text[: MAX_QUESTION * 2])
    printable = "".join(ch if ch.isprintable() else " " for ch in plain)
    asked = grammar.COURTESY.sub("", _trim(" ".join(printable.split())))
    asked = grammar.OPENER.sub("", asked)
    if not asked.lower().startswith(("what's", "what’s")):
        asked = _SHORT.sub(lambda m: f"{m[1]} {_IN_FULL[m[2].lower()]}", asked)
    return grammar.THOSE_WHO.sub("who ", asked)

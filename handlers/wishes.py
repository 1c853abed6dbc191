"""What a person asks to follow, understood: the wish, what was corrected in it, and why it may be refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, structs
from rapidfuzz.distance import OSA

from handlers import who
from news.place import is_place
from news.search_query import SearchQuery
from news.terms import STOP, terms
from news.text import fold
from store.alerts import stems, told_by
from store.matcher import fulfils
from store.subscriptions import Wish

if TYPE_CHECKING:
    from handlers.turn import Turn
    from news.story import Story
    from store.subscriptions import SubscriptionKind, When

LOOKED_AT = 400
"""Articles that a dry run looks at."""
LOOKED_BACK = timedelta(days=7)
"""How far a dry run looks back, from now or, where the archive is older, from its newest article."""
FURTHER = timedelta(days=60)
"""How far it looks where a week holds nothing: a subject may be told of once a month."""
MOST_WORDS = 8
"""Words of a topic; with more, hardly any article holds them all."""
SHORTEST = 2
"""Letters of a word that can be followed alone."""

_WHEN = re.compile(r"(?:^|\s)(now|at once|daily|weekly|every day|every week)$", re.IGNORECASE)
_HOURS = re.compile(r"(?:^|\s)(?:at\s+)?(?:[01]?\d|2[0-4]):[0-5]\d(?=\s|$)")
_LEAST = re.compile(r"(?:^|\s)min\s*[:=]?\s*(\d{1,3})(?=\s|$)", re.IGNORECASE)
_WITHOUT = re.compile(r"(?:^|\s)[-–—](\w[\w'’]*)")
_KIND = re.compile(r"^(met|meets?|meetings? of|said|says|quotes? (?:of|by|from))\s+(.+)$", re.IGNORECASE)
_PATTERN = re.compile(r"[\\^$|{}\[\]]|\.[*+?]|\w\*|\*\w|\)[*+?]|\(\?")
"""Signs of regular expressions and wildcards."""
_WHENS: dict[str, When] = {
    "now": "now",
    "at once": "now",
    "daily": "daily",
    "every day": "daily",
    "weekly": "weekly",
    "every week": "weekly",
}


class Refused(ValueError):
    """A wish that cannot be followed; the message says why and what is accepted.

    `words` can be followed as mere words instead, "" where nothing can.
    """

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(why)
        self.words = words


class Pending(Struct, frozen=True):
    """A wish that waits for its confirmation: as it would be kept, and in which forum topic."""

    wish: Wish
    thread: int = 0
    chat: int = 0


@dataclass(frozen=True, slots=True)
class Understood:
    """A wish as it was understood. `corrections` are pairs of written and taken; `unseen` words no article holds."""

    wish: Wish
    corrections: tuple[tuple[str, str], ...] = ()
    unseen: tuple[str, ...] = ()
    choices: who.Found | None = None


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a wish would have told: the stories, newest first, and the days looked at."""

    stories: tuple[Story, ...] = ()
    days: int = LOOKED_BACK.days
    of_archive: bool = False
    more: bool = False

    @property
    def a_day(self) -> float:
        """Stories a day."""
        return len(self.stories) / self.days


@dataclass(slots=True)
class _Options:
    when: When = "now"
    sources: int = 1
    without: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)


def understand(turn: Turn, text: str) -> Understood:
    """The wish that a text asks for.

    Raises:
        Refused: nothing is left to follow, or only words that every article holds.
    """
    if _PATTERN.search(text):
        raise Refused(
            "Patterns with signs are not taken, since nobody sees what they would match. Name the words themselves; "
            "their other forms are found as well, as in: /subscribe Ukraine talks"
        )
    hours = _HOURS.search(text)
    if hours:
        topic = text[: hours.start()].strip().removesuffix("daily").strip()[:60] or "Ukraine talks"
        raise Refused(
            "Hours are those of the digest, for all topics of a chat, as in: /digest 08:00 18:00 weekdays. "
            f"To have a topic told in it: /subscribe {topic} daily"
        )
    words, options = _options(" ".join(text.split())[:300])
    m = _KIND.match(words)
    if m:
        kind: SubscriptionKind = "met" if m[1].lower().startswith("me") else "said"
        return _of_people(turn, kind, m[2], options)
    if not words:
        raise Refused("What shall I follow? Name a person or a subject, as in: /subscribe Ukraine talks")
    person = who.Found(words) if is_place(words.title()) else who.find(turn, words)
    if person.person and not person.choices and who.is_called(person.person, person.corrected or words):
        return _finished(Wish(kind="person", topic=person.person.name, people=(person.person.id,)), options, [person])
    return _of_words(turn, words, options)


def _options(text: str) -> tuple[str, _Options]:
    """The topic's words, and when, from how many sources on, without what."""
    options = _Options()
    m = _LEAST.search(text)
    if m:
        options.sources = max(1, min(int(m[1]), 50))
        text = f"{text[: m.start()]} {text[m.end() :]}"
    options.without = tuple(dict.fromkeys(stem for found in _WITHOUT.findall(text) for stem in stems(found)))
    text = " ".join(_WITHOUT.sub(" ", text).split())
    m = _WHEN.search(text)
    if m:
        options.when = _WHENS[" ".join(m[1].lower().split())]
        text = text[: m.start()]
    return text.strip(' ,.;:!?"“”'), options


def _of_people(turn: Turn, kind: SubscriptionKind, words: str, options: _Options) -> Understood:
    """The wish behind "met A [B]" or "said A [about words]"."""
    names, _, about = words.partition(" about ") if kind == "said" else (words, "", "")
    sides = [side.strip() for side in re.split(r",| and | with | & ", names) if side.strip()]
    found = [who.find(turn, side) for side in sides[: 1 if kind == "said" else 2]]
    if len(sides) == 1 and found[0].person is None and kind == "met":
        found = [who.find(turn, side) for side in names.split()[:2]]
    if not found:
        raise Refused("Whose? Name somebody, as in: /subscribe met Witkoff Putin")
    for one in found:
        if one.choices:
            return Understood(Wish(topic=words), choices=one)
        if one.person is None:
            near = who.nearest(turn.store, one.written, 3)
            nearest = f" The nearest names: {', '.join(person.name for person in near)}." if near else ""
            raise Refused(f"I know nobody called “{one.written}” yet, so no meeting or word of theirs.{nearest}", words)
    about, corrected, unseen = _corrected(turn, about) if about else ("", (), ())
    people = [one.person for one in found if one.person]
    topic = " and ".join(person.name for person in people) + (f" about {about}" if about else "")
    wish = Wish(kind=kind, topic=topic, people=tuple(person.id for person in people), about=stems(about))
    understood = _finished(wish, options, found)
    return replace(understood, corrections=(*understood.corrections, *corrected), unseen=unseen)


def _of_words(turn: Turn, words: str, options: _Options) -> Understood:
    """A subject: its telling words, with slips put right once, against what the archive holds."""
    telling = [term for term in terms(words) if term not in STOP]
    if not telling:
        raise Refused(
            f"“{words}” does not tell one article from another. Add what it is about, as in: /subscribe Ukraine talks"
        )
    if len(telling) == 1 and len(telling[0]) < SHORTEST:
        raise Refused("One letter is too little to follow. Name a person or a subject, as in: /subscribe Ukraine talks")
    if len(telling) > MOST_WORDS:
        raise Refused(f"That is {len(telling)} words; follow at most {MOST_WORDS}, as in: /subscribe Ukraine talks")
    taken, corrections, unseen = _corrected(turn, words)
    wish = Wish(topic=taken, words=stems(taken))
    wish = structs.replace(wish, when=options.when, sources=options.sources, without=options.without)
    return Understood(wish, corrections, unseen)


def _corrected(turn: Turn, words: str) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The words with slips put right, what was put right, and which of them no article holds."""
    found = turn.store.index.search(SearchQuery(text=words), turn.request.now, limit=1).understood
    corrections = []
    for wrote, took in found.words:
        if fold(wrote) != fold(took) and OSA.distance(fold(wrote), fold(took)) <= 3:
            words = words.replace(wrote, took)
            corrections.append((wrote, took))
    return words, tuple(corrections), found.unknown


def _finished(wish: Wish, options: _Options, found: list[who.Found]) -> Understood:
    wish = structs.replace(wish, when=options.when, sources=options.sources, without=options.without)
    return Understood(wish, tuple((one.written, one.corrected) for one in found if one.corrected))


def dry_run(turn: Turn, wish: Wish) -> DryRun:
    """What the wish would have told in the last 7 days, of now or of the archive where that is older; else in 60."""
    newest = turn.store.articles.latest(1)
    if not newest:
        return DryRun()
    now = turn.request.now
    of_archive = now - newest[0].moment > LOOKED_BACK
    end = newest[0].moment + timedelta(seconds=1) if of_archive else now
    for back in (LOOKED_BACK, FURTHER):
        found, more = _would_tell(turn, wish, end - back, end)
        if found:
            return DryRun(found, back.days, of_archive=of_archive, more=more)
    return DryRun(of_archive=of_archive, days=FURTHER.days)


def _would_tell(turn: Turn, wish: Wish, since: datetime, until: datetime) -> tuple[tuple[Story, ...], bool]:
    """The stories of that time that fulfil the wish, newest first, and whether there may be more."""
    store = turn.store
    stories: dict[int, Story] = {}
    candidates = _candidates(turn, wish, since, until)
    for article in store.articles.many(candidates):
        if not fulfils(told_by(store, article), wish):
            continue
        story = store.stories.of(article.id)
        if story is not None and story.sources >= wish.sources:
            stories.setdefault(story.id, story)
    return tuple(stories.values()), len(candidates) >= LOOKED_AT


def _candidates(turn: Turn, wish: Wish, since: datetime, until: datetime) -> list[int]:
    """Articles of those days that may fulfil the wish, newest first."""
    store = turn.store
    if wish.people:
        ids = store.people.articles_with(wish.people, limit=LOOKED_AT)
        listed = [one for one in store.articles.listed(ids) if since <= one.moment <= until]
        return [one.id for one in listed]
    query = SearchQuery(text=wish.topic, first=since.astimezone(UTC).date(), last=until.astimezone(UTC).date())
    hits = store.index.search(query, turn.request.now, limit=LOOKED_AT)
    listed = [
        one
        for one in store.articles.listed([hit.article for hit in (*hits.hits, *hits.nearest)])
        if since <= one.moment <= until
    ]
    return [one.id for one in sorted(listed, key=lambda one: one.moment, reverse=True)]

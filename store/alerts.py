"""What an article gives chats to hear of: put into the outbox inside the transaction that keeps the article.

One alert a story and chat: the outbox refuses a second one. Later sources edit it, without a sound; a meeting that is
news, first words of whom a chat follows, or many more sources than were told, reply to it. Nothing older than the
subscription is told, and nothing that came while it was paused. In quiet hours an alert waits for their end.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from news.stem import stem
from news.terms import STOP, terms
from store.matcher import Key, Matcher, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from news.article import Article
    from news.reading import Reading
    from news.story import Story
    from store.article_rows import Kept
    from store.chats import Settings
    from store.meetings import StoredMeeting
    from store.opening import Store
    from store.outbox import Owed
    from store.quotes import StoredQuote
    from store.subscriptions import Subscription, Wish

GREW = 3
"""More independent sources than were told of that make a story worth a second message; then 6, 12, 24 …"""
WEIGHED = 8
"""Articles of a story that are matched again when it grows, so that a threshold of sources counts them all."""
BACKGROUND = timedelta(days=30)
"""How long before its article a meeting may lie and still be news; what is older stands there as background."""
SAID_BEFORE = 0.6
"""Share of the telling words of the shorter of two quotations from which both are the same words."""


class Notice(Struct, frozen=True, kw_only=True):
    """What an owed message is about: the body of an outbox row.

    `what` is "story", "edit" (the alert again, with more sources), "meeting", "quote", "grew" or "digest". `topic` is
    the wish's, as the person wrote it; `matched` what of the article fulfilled it.
    """

    what: str
    story: int = 0
    article: int = 0
    sources: int = 1
    topic: str = ""
    matched: tuple[str, ...] = ()
    meeting: int = 0
    quote: int = 0


def stems(text: str) -> tuple[str, ...]:
    """The stems of the telling words of a topic, in order, each once: what a wish requires."""
    return tuple(dict.fromkeys(stem(term) for term in terms(text) if term not in STOP))


def told_by(store: Store, article: Article) -> Told:
    """What a kept article tells, as far as wishes go.

    People stand under the ids they have now and under those they had before they were found to be one, which older
    wishes name.
    """
    words = frozenset(stem(term) for term in terms(f"{article.title}\n{article.text}"))
    people = frozenset(mention.person for mention in store.people.of_article(article.id))
    meetings = [frozenset(filter(None, meeting.people_ids)) for meeting in store.meetings.of_article(article.id)]
    quotes = [
        (quote.person, frozenset(stems(quote.words)))
        for quote in store.quotes.of_article(article.id)
        if quote.person is not None
    ]
    former = store.people.former(sorted(people.union(*meetings, (person for person, _ in quotes))))
    if former:
        people = _with(people, former)
        meetings = [_with(sides, former) for sides in meetings]
        quotes += [(old, said) for person, said in quotes for old in former.get(person, ())]
    return Told(words, people, tuple(meetings), tuple(quotes))


def _with(people: frozenset[int], former: dict[int, tuple[int, ...]]) -> frozenset[int]:
    return people.union(*(former.get(person, ()) for person in people))


class Alerts:
    """Turns kept articles into owed messages. `note` is one of store.articles.on_kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._matcher = Matcher(self._rarity)

    def _rarity(self, key: Key) -> int:
        """How many articles hold a key."""
        if isinstance(key, int):
            person = self._store.people.get(key)
            return person.articles if person else 0
        return self._store.index.holding(key)

    def note(self, kept: Kept, article: Article, reading: Reading, now: datetime) -> None:  # noqa: ARG002
        """Nothing; everybody who must hear of the article is owed a message."""
        if kept.state not in {"new", "updated"}:
            return
        arrival = self._store.arrivals.note(article.id, kept.story, now)
        self._matcher.follow(self._store.subscriptions)
        if not len(self._matcher):
            return
        story = self._store.stories.get(kept.story)
        told = told_by(self._store, article)
        for subscription in self._concerned(told):
            if not self._wants(subscription, article, now):
                continue
            if subscription.wish.when == "now":
                self._owe(subscription, story, article, told, now)
            else:
                self._store.arrivals.match(subscription.id, arrival)
        if story.sources > 1:
            self._threshold(story, article, now)
        self._update(story, article, now)

    def _concerned(self, told: Told) -> Iterable[Subscription]:
        for _, ids in self._matcher.match(told):
            for id_ in list(ids):
                subscription = self._store.subscriptions.get(id_)
                if subscription and subscription.deleted is None:
                    yield subscription

    def _wants(self, subscription: Subscription, article: Article, now: datetime) -> bool:
        """Whether nothing is paused and the article is no older than the subscription."""
        if article.published is not None and article.published < subscription.created - _slack(article):
            return False
        return not _paused(now, subscription.paused_until, self._store.chats.settings(subscription.chat).paused_until)

    def _owe(self, subscription: Subscription, story: Story, article: Article, told: Told, now: datetime) -> None:
        """Nothing; the messages for one subscription, where its threshold is reached."""
        wish = subscription.wish
        if story.sources < wish.sources:
            return
        settings = self._store.chats.settings(subscription.chat)
        owed = [
            self._store.outbox.enqueue(
                subscription.chat,
                story.id,
                kind,
                msgspec.json.encode(notice).decode(),
                now,
                thread=subscription.thread,
                due=due_after_quiet(settings, now, story.sources),
                article=article.id,
                subscription=subscription.id,
                reason=reason(wish, story),
            )
            for kind, notice in self._notices(subscription, story, article, told, now)
        ]
        if any(owed):
            self._store.subscriptions.told(subscription.id, now)

    def _notices(
        self, subscription: Subscription, story: Story, article: Article, told: Told, now: datetime
    ) -> list[tuple[str, Notice]]:
        """Kind and body of the messages: one for the story, or one a meeting or quotation that was wished for."""
        wish = subscription.wish
        plain = Notice(
            what="story",
            story=story.id,
            article=article.id,
            sources=story.sources,
            topic=wish.topic,
            matched=tuple(word for word in (*wish.words, *wish.about) if word in told.words),
        )
        if wish.kind == "met":
            return [
                (kind, msgspec.structs.replace(plain, what="meeting", meeting=one.id))
                for one in self._met(wish, article, subscription.created, now)
                if not self._store.outbox.known(
                    subscription.chat, subscription.thread, kind := f"met:{one.id}:{one.status}"
                )
            ]
        if wish.kind == "said":
            quote = self._said(subscription, article, story)
            if quote is None:
                return []
            return [(_kind_of(quote), msgspec.structs.replace(plain, what="quote", quote=quote.id))]
        return [("story", plain)]

    def _met(self, wish: Wish, article: Article, since: datetime, now: datetime) -> list[StoredMeeting]:
        """The meetings of an article at which all these people were, as far as they are news."""
        people = set(self._store.people.current(wish.people))
        return [
            one
            for one in self._store.meetings.of_article(article.id)
            if people <= set(one.people_ids) and _is_news(one, article, since, now)
        ]

    def _said(self, subscription: Subscription, article: Article, story: Story) -> StoredQuote | None:
        """The first quotation of an article that was wished for and that the chat was not told in other prints."""
        wish, store = subscription.wish, self._store
        people = set(store.people.current(wish.people))
        told = [
            stems(quote.words)
            for owed in store.outbox.of_story(story.id, subscription.chat)
            if owed.kind.startswith("said:") and owed.thread == subscription.thread
            if (quote := store.quotes.get(msgspec.json.decode(owed.body, type=Notice).quote))
        ]
        for quote in store.quotes.of_article(article.id):
            words = stems(quote.words)
            if quote.person not in people or not set(wish.about) <= set(words):
                continue
            if any(_same_words(words, other) for other in told):
                continue
            if not store.outbox.known(subscription.chat, subscription.thread, _kind_of(quote)):
                return quote
        return None

    def _threshold(self, story: Story, article: Article, now: datetime) -> None:
        """Nothing; whoever waits for several sources hears of the story now if the other articles concern him."""
        if not self._matcher.thresholds:
            return
        others = [id_ for id_ in story.articles if id_ != article.id][-WEIGHED:]
        for other in self._store.articles.many(others):
            told = told_by(self._store, other)
            for subscription in self._concerned(told):
                wish = subscription.wish
                if wish.sources > 1 and wish.when == "now" and self._wants(subscription, other, now):
                    self._owe(subscription, story, other, told, now)

    # What was told before

    def _update(self, story: Story, article: Article, now: datetime) -> None:
        """Nothing; chats that were told of the story get their message edited, or a reply where much is new."""
        rows = self._store.outbox.of_story(story.id)
        found = self._store.meetings.of_article(article.id)
        fresh = [one for one in found if one.articles == (article.id,) and _is_news(one, article, story.first, now)]
        for owed in rows:
            if owed.kind != "story" or owed.article == article.id or owed.state in {"dead", "unknown"}:
                continue
            settings = self._listening(owed, now)
            if settings is None:
                continue
            told = msgspec.json.decode(owed.body, type=Notice)
            fresher = msgspec.structs.replace(told, sources=max(told.sources, story.sources))
            due = due_after_quiet(settings, now, story.sources)
            if owed.state == "ready":
                self._store.outbox.revise(owed.id, msgspec.json.encode(fresher).decode(), due)
                continue
            now_told = msgspec.structs.replace(fresher, article=article.id)
            if story.sources > told.sources:
                self._edit(owed, rows, msgspec.structs.replace(now_told, what="edit"), now)
            for kind, notice in self._news(owed, told, now_told, fresh):
                self._follow_up(owed, notice, kind, now, due)

    def _listening(self, owed: Owed, now: datetime) -> Settings | None:
        """The settings of a chat that may be told more of a story; None if it sleeps, pauses or follows no more."""
        chat = self._store.chats.get(owed.chat)
        if chat is not None and chat.state == "asleep":
            return None
        subscription = self._store.subscriptions.get(owed.subscription) if owed.subscription else None
        settings = self._store.chats.settings(owed.chat)
        if subscription is None or subscription.deleted is not None:
            return None
        return None if _paused(now, subscription.paused_until, settings.paused_until) else settings

    def _edit(self, owed: Owed, rows: Sequence[Owed], notice: Notice, now: datetime) -> None:
        """Nothing; the message is edited at once, without a sound; an edit that still waits says it instead."""
        waiting = [
            one
            for one in rows
            if one.kind.startswith("edit")
            and one.state == "ready"
            and (one.chat, one.thread) == (owed.chat, owed.thread)
        ]
        if waiting:
            self._store.outbox.revise(waiting[0].id, msgspec.json.encode(notice).decode())
        else:
            self._follow_up(owed, notice, f"edit:{notice.sources}", now, now)

    def _news(
        self, owed: Owed, told: Notice, now_told: Notice, fresh: Sequence[StoredMeeting]
    ) -> list[tuple[str, Notice]]:
        """Kind and body of the replies to a message, for what is materially new: a meeting, first words, sources."""
        news = [
            (f"met:{one.id}", msgspec.structs.replace(now_told, what="meeting", meeting=one.id)) for one in fresh[:1]
        ]
        quote = self._first_words(owed, now_told)
        if quote:
            news.append(("quote", msgspec.structs.replace(now_told, what="quote", quote=quote.id)))
        grown = (now_told.sources - told.sources) // GREW
        if grown:
            news.append((f"grew:{grown.bit_length()}", msgspec.structs.replace(now_told, what="grew")))
        return news

    def _first_words(self, owed: Owed, notice: Notice) -> StoredQuote | None:
        """The first words in a story of a person that the chat follows, where the article it was told of had none."""
        subscription = self._store.subscriptions.get(owed.subscription or 0)
        if subscription is None or subscription.wish.kind != "person":
            return None
        people = set(self._store.people.current(subscription.wish.people))
        before = self._store.quotes.of_article(owed.article or 0)
        if any(quote.person in people for quote in before):
            return None
        return next((one for one in self._store.quotes.of_article(notice.article) if one.person in people), None)

    def _follow_up(self, owed: Owed, notice: Notice, kind: str, now: datetime, due: datetime) -> None:
        """Nothing; a second message about a story is owed to a chat."""
        self._store.outbox.enqueue(
            owed.chat,
            owed.story,
            kind,
            msgspec.json.encode(notice).decode(),
            now,
            thread=owed.thread,
            due=due,
            article=notice.article,
            subscription=owed.subscription,
            reason=owed.reason,
        )


def _paused(now: datetime, *until: datetime | None) -> bool:
    return any(end is not None and end > now for end in until)


def _kind_of(quote: StoredQuote) -> str:
    """The kind of message that tells a quotation: the same for the same words, wherever they are printed."""
    words = " ".join(terms(quote.words))
    return f"said:{blake2b(words.encode(), digest_size=8).hexdigest()}"


def _same_words(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotations are one, perhaps cut differently."""
    shorter = min(len(words), len(other))
    return shorter > 0 and len(set(words) & set(other)) >= SAID_BEFORE * shorter


def _is_news(meeting: StoredMeeting, article: Article, since: datetime, now: datetime) -> bool:
    """Whether a meeting is no background: of these weeks, and told nowhere else before or not before `since`."""
    first_told = meeting.articles == (article.id,)
    if meeting.day is None:
        return first_told
    reported = article.published or now
    if meeting.day.last < (reported - BACKGROUND).date():
        return False
    return first_told or meeting.day.last >= (since - timedelta(days=1)).date()


def _slack(article: Article) -> timedelta:
    """How much before the subscription an article may be dated: a day where only its day is known."""
    return timedelta(days=1) if article.precision == "day" else timedelta()


def reason(wish: Wish, story: Story) -> str:
    """Why a chat is told, in words: the topic, the rule, the sources."""
    rule = {"met": "meetings of ", "said": "words of "}.get(wish.kind, "")
    threshold = f", from {wish.sources} independent sources on" if wish.sources > 1 else ""
    sources = "1 independent source" if story.sources == 1 else f"{story.sources} independent sources"
    return f"You follow {rule}{wish.topic}{threshold}. This story had {sources} when you were told."


def due_after_quiet(settings: Settings, now: datetime, sources: int) -> datetime:
    """When a message may go: now, or at the end of the chat's quiet hours unless the story has sources enough."""
    quiet = settings.quiet
    if quiet is None or quiet.start == quiet.end or (quiet.sources is not None and sources >= quiet.sources):
        return now
    zone = ZoneInfo(settings.zone or "UTC")
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    inside = quiet.start <= minute < quiet.end if quiet.start < quiet.end else not quiet.end <= minute < quiet.start
    if not inside:
        return now
    ends = local.date() + timedelta(days=int(minute >= quiet.end))
    return datetime.combine(ends, time(quiet.end // 60, quiet.end % 60), zone).astimezone(UTC)

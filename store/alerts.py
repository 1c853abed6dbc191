"""What an article gives chats to hear of: put into the outbox inside the transaction that keeps the article.

One alert a story and chat: the outbox refuses a second one. Later sources edit it, without a sound; a meeting that is
new, or three sources more than were told, reply to it. Nothing older than the subscription is told, and nothing that
came while it was paused. In quiet hours an alert waits for their end.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from news.stem import stem
from news.terms import STOP, terms
from store.matcher import Key, Matcher, Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from news.article import Article
    from news.reading import Reading
    from news.story import Story
    from store.article_rows import Kept
    from store.chats import Settings
    from store.opening import Store
    from store.outbox import Owed
    from store.subscriptions import Subscription, Wish

GREW = 3
"""More independent sources than were told of that make a story worth a second message."""
WEIGHED = 8
"""Articles of a story that are matched again when it grows, so that a threshold of sources counts them all."""


class Notice(Struct, frozen=True, kw_only=True):
    """What an owed message is about: the body of an outbox row.

    `what` is "story", "edit" (the alert again, with more sources), "meeting", "quote", "grew" or "digest". `words` are
    those of the wish, as the person wrote them; `matched` what of the article fulfilled it.
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


def told_by(store: Store, article: Article, reading: Reading | None = None) -> Told:
    """What a kept article tells, as far as wishes go."""
    del reading
    words = frozenset(stem(term) for term in terms(f"{article.title}\n{article.text}"))
    meetings = tuple(
        frozenset(id_ for id_ in meeting.people_ids if id_) for meeting in store.meetings.of_article(article.id)
    )
    quotes = tuple(
        (quote.person, frozenset(stems(quote.words)))
        for quote in store.quotes.of_article(article.id)
        if quote.person is not None
    )
    people = frozenset(mention.person for mention in store.people.of_article(article.id))
    return Told(words, people, meetings, quotes)


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

    def note(self, kept: Kept, article: Article, reading: Reading, now: datetime) -> None:
        """Nothing; everybody who must hear of the article is owed a message."""
        if kept.state not in {"new", "updated"}:
            return
        arrival = self._store.arrivals.note(article.id, kept.story, now)
        self._matcher.follow(self._store.subscriptions)
        if not len(self._matcher):
            return
        story = self._store.stories.get(kept.story)
        told = told_by(self._store, article, reading)
        for subscription in self._concerned(told):
            if subscription.wish.when == "now":
                self._owe(subscription, story, article, told, now)
            else:
                self._store.arrivals.match(subscription.id, arrival)
        if story.sources > 1 or len(story.articles) > 1:
            self._threshold(story, article, now)
        self._update(story, article, now)

    def _concerned(self, told: Told) -> Iterable[Subscription]:
        for _, ids in self._matcher.match(told):
            for id_ in list(ids):
                subscription = self._store.subscriptions.get(id_)
                if subscription and subscription.deleted is None:
                    yield subscription

    def _owe(self, subscription: Subscription, story: Story, article: Article, told: Told, now: datetime) -> None:
        """Nothing; a message for one subscription, where its conditions hold."""
        wish = subscription.wish
        settings = self._store.chats.settings(subscription.chat)
        if story.sources < wish.sources or not _awake(subscription, settings, now):
            return
        if article.published is not None and article.published < subscription.created - _slack(article):
            return
        for kind, notice in self._notices(wish, story, article, told):
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
        self._store.subscriptions.told(subscription.id, now)

    def _notices(self, wish: Wish, story: Story, article: Article, told: Told) -> list[tuple[str, Notice]]:
        """Kind and body of the messages: one for the story, or one a meeting or quotation that was wished for."""
        matched = tuple(word for word in (*wish.words, *wish.about) if word in told.words)
        plain = Notice(
            what="story",
            story=story.id,
            article=article.id,
            sources=story.sources,
            topic=wish.topic,
            matched=matched,
        )
        people = set(wish.people)
        if wish.kind == "met":
            found = [one for one in self._store.meetings.of_article(article.id) if people <= set(one.people_ids)]
            return [
                (f"met:{one.id}:{one.status}", msgspec.structs.replace(plain, what="meeting", meeting=one.id))
                for one in found
            ]
        if wish.kind == "said":
            quotes = [
                quote
                for quote in self._store.quotes.of_article(article.id)
                if quote.person in people and set(wish.about) <= set(stems(quote.words))
            ]
            return [
                (f"said:{quote.id}", msgspec.structs.replace(plain, what="quote", quote=quote.id))
                for quote in quotes[:1]
            ]
        return [("story", plain)]

    def _threshold(self, story: Story, article: Article, now: datetime) -> None:
        """Nothing; whoever waits for several sources hears of the story now if the other articles concern him."""
        others = [id_ for id_ in story.articles if id_ != article.id][-WEIGHED:]
        for other in self._store.articles.many(others):
            told = told_by(self._store, other)
            for subscription in self._concerned(told):
                if subscription.wish.sources > 1 and subscription.wish.when == "now":
                    self._owe(subscription, story, other, told, now)

    def _update(self, story: Story, article: Article, now: datetime) -> None:
        """Nothing; chats that were told of the story get their message edited, or a reply where much is new."""
        fresh = [one for one in self._store.meetings.of_article(article.id) if one.articles == (article.id,)]
        for owed in self._store.outbox.of_story(story.id):
            if owed.kind != "story" or owed.state != "sent" or owed.article == article.id:
                continue
            told = msgspec.json.decode(owed.body, type=Notice)
            now_told = msgspec.structs.replace(told, sources=story.sources, article=article.id)
            if story.sources > told.sources:
                self._follow_up(owed, now_told, "edit", f"edit:{story.sources}", now)
            if story.sources >= told.sources + GREW:
                self._follow_up(owed, now_told, "grew", f"grew:{story.sources // GREW}", now)
            for one in fresh[:1]:
                with_meeting = msgspec.structs.replace(now_told, meeting=one.id)
                self._follow_up(owed, with_meeting, "meeting", f"met:{one.id}", now)

    def _follow_up(self, owed: Owed, notice: Notice, what: str, kind: str, now: datetime) -> None:
        """Nothing; a second message about a story: an edit at once, a reply after quiet hours."""
        settings = self._store.chats.settings(owed.chat)
        if settings.paused_until and settings.paused_until > now:
            return
        self._store.outbox.enqueue(
            owed.chat,
            owed.story,
            kind,
            msgspec.json.encode(msgspec.structs.replace(notice, what=what)).decode(),
            now,
            thread=owed.thread,
            due=now if what == "edit" else due_after_quiet(settings, now, notice.sources),
            article=notice.article,
            subscription=owed.subscription,
            reason=owed.reason,
        )


def _awake(subscription: Subscription, settings: Settings, now: datetime) -> bool:
    pauses = (subscription.paused_until, settings.paused_until)
    return all(until is None or until <= now for until in pauses)


def _slack(article: Article) -> timedelta:
    """How much before the subscription an article may be dated: a day where only its day is known."""
    return timedelta(days=1) if article.precision == "day" else timedelta()


def reason(wish: Wish, story: Story) -> str:
    """Why a chat is told, in words: the topic, the rule, the sources."""
    rule = {"met": "a meeting of ", "said": "words of "}.get(wish.kind, "")
    threshold = f", from {wish.sources} independent sources on" if wish.sources > 1 else ""
    return f"You follow {rule}{wish.topic}{threshold}. This story has {story.sources}."


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

"""What is told of a story that grows, alters, is merged or split, and to whom no more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from handlers import digest
from handlers.collect import keep
from handlers.notices import back, render
from handlers.reply import plain
from news.lines import read_text
from tests.handlers.conftest import NOW, Say, labels, presses

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from news.article import Article
    from store.outbox import Owed

STRIKE = (
    """The ferry crews of Aldmoor walked out at dawn on Friday and left four islands without a boat, their union said.
They want two crews on the night crossing, as there were before the company was sold.""",
    """Aldmoor's islands were cut off on Friday: the ferry crews are on strike over the night crossing. Shops on the
outer islands have bread for three days, the mayor reckons, and the post will come by helicopter.""",
    """A strike of the ferry crews has stopped all boats from Aldmoor. Tourists slept in the harbour hall on Friday;
the company offered buses to nowhere, one of them joked.""",
    """No ferry left Aldmoor on Friday, for the crews are on strike. The company that bought the line in spring calls
the demand for a second night crew ruinous and wants a judge to end the walkout.""",
    """Nurses rowed to work on Friday as the ferry crews of Aldmoor went on strike. The hospital on the largest island
has put off all operations, its director said, and begs both sides to talk.""",
)
QUOTE = "We will not sail another night without a second crew on the bridge"


def article(text: str, outlet: str, *, title: str = "Ferry crews of Aldmoor on strike", hours: float = 1) -> Article:
    found = read_text(text, url=f"https://{outlet}.example/{abs(hash(title)) % 1000}", title=title)
    return structs.replace(found, published=NOW + timedelta(hours=hours), precision="minute", title=title, site=outlet)


def bring(desk: Desk, number: int, hours: float = 1, text: str = "", title: str = "") -> int:
    titles = ("Ferry crews of Aldmoor on strike", "Ferry strike cuts off Aldmoor islands", "No boat leaves Aldmoor")
    chosen = title or titles[number % 3]
    found = article(text or STRIKE[number], f"outlet{number}", title=chosen, hours=hours)
    return keep(desk.store, found, NOW + timedelta(hours=hours)).story


def follow(say: Say, topic: str, **more: object) -> None:
    offer = say(topic, command="subscribe", **more)
    say(press=next(press for press in presses(offer) if press.startswith("keep|")), **more)


def owed(desk: Desk, chat: int = 7) -> list[Owed]:
    return list(reversed(desk.store.outbox.listed(chat=chat, limit=100)))


def kinds(desk: Desk) -> list[str]:
    return [one.kind.split(":")[0] for one in owed(desk)]


def deliver(desk: Desk, now: datetime, message: int) -> None:
    """Sends everything that is due as one message."""
    while due := desk.store.outbox.claim("w", now, 60):
        for one in due:
            assert desk.store.outbox.sending("w", one, now, 60)
            assert desk.store.outbox.sent("w", one, message, now)


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def test_many_more_sources_are_told_once_and_not_with_every_third(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    deliver(desk, later(1), 41)
    for number in range(1, 5):
        bring(desk, number, 2)
    assert kinds(desk).count("story") == 1
    assert kinds(desk).count("grew") == 1
    assert kinds(desk).count("edit") == 1, "edits that wait become one"
    grew = next(one for one in owed(desk) if one.kind.startswith("grew"))
    out = render(desk, [grew], later(2))
    assert out is not None
    assert out.reply_to == 41
    assert "independent sources · Aldmoor strike" in plain(out.reply)


def test_an_alert_that_waits_tells_what_the_story_has_become(say: Say, desk: Desk) -> None:
    say("9:00-15:00", command="quiet")
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    bring(desk, 1, 2)
    assert kinds(desk) == ["story"]
    deliver(desk, later(7), 41)
    bring(desk, 2, 8)
    assert kinds(desk) == ["story", "edit"]


def test_a_story_that_gets_the_sources_named_for_quiet_hours_is_told_at_once(say: Say, desk: Desk) -> None:
    say("9:00-15:00 except min:3", command="quiet")
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    assert owed(desk)[0].due > later(1)
    bring(desk, 1, 2)
    bring(desk, 2, 2.5)
    assert owed(desk)[0].due <= later(2.5)


def test_what_waits_comes_when_quiet_hours_are_turned_off(say: Say, desk: Desk) -> None:
    say("9:00-15:00", command="quiet")
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    say("off", command="quiet", now=later(2))
    assert owed(desk)[0].due == later(2)


def test_what_waits_is_not_sent_into_a_pause_nor_after_it(say: Say, desk: Desk) -> None:
    say("9:00-15:00", command="quiet")
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    say("until 23:00", command="pause", now=later(2))
    assert owed(desk) == []


def test_a_deleted_topic_takes_no_story_from_another_one(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike")
    follow(say, "ferry crews")
    bring(desk, 0)
    first = next(one for one in desk.store.subscriptions.of(7) if one.id == owed(desk)[0].subscription)
    say(first.wish.topic, command="unsubscribe")
    bring(desk, 1, 2)
    assert [one.subscription == first.id for one in owed(desk)] == [False]


def test_a_merged_story_is_not_told_again_and_its_message_is_edited(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike")
    first = bring(desk, 0)
    deliver(desk, later(1), 41)
    other = bring(desk, 4, 2, text="The hospital of Aldmoor put off operations because of a strike, it said on Monday.")
    if other != first:
        desk.store.stories.merge(other, first)
    before = len(owed(desk))
    bring(desk, 2, 3)
    fresh = owed(desk)[before:]
    assert all(not one.kind.startswith("story") for one in fresh)
    out = render(desk, [next(one for one in owed(desk) if one.kind.startswith("edit"))], later(3))
    assert out is not None
    assert out.edit == 41


def test_an_alert_of_a_story_that_was_merged_meanwhile_is_still_told(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike")
    first = bring(desk, 0)
    rest = desk.store.stories.latest(30)
    other = next(one.id for one in rest if one.id != first)
    desk.store.stories.merge(other, first)
    out = render(desk, owed(desk), later(1))
    assert out is not None
    assert "Aldmoor" in plain(out.reply)


def test_several_in_one_message_are_edited_together(say: Say, desk: Desk) -> None:
    for topic in ("Aldmoor strike", "Lindvik ice"):
        follow(say, topic)
    bring(desk, 0)
    ice = article("The harbour of Lindvik was closed by ice on Friday, its master said.", "ice", title="Ice at Lindvik")
    keep(desk.store, ice, later(1))
    deliver(desk, later(1), 41)
    bring(desk, 1, 2)
    edit = next(one for one in owed(desk) if one.kind.startswith("edit"))
    out = render(desk, [edit], later(2))
    assert out is not None
    assert out.edit == 41
    text = plain(out.reply)
    assert "Lindvik" in text
    assert "2 sources" in text
    why = say(press=presses(out.reply)[-1])
    assert "Aldmoor strike" in plain(why)
    assert "Lindvik ice" in plain(why)


def test_a_digest_never_goes_out_inside_another_message(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    for number in range(4):
        desk.store.outbox.enqueue(7, number + 1, "story", owed(desk)[0].body, later(1))
    desk.store.outbox.enqueue(7, 0, "digest:9", '{"stories":[]}', later(1))
    desk.store.outbox.enqueue(7, 0, "words:9", '{"blocks":[]}', later(1))
    (first,) = desk.store.outbox.claim("w", later(1), 60)
    assert {one.kind for one in desk.store.outbox.also("w", first, later(1), 60)} == {"story"}


def test_who_unsubscribed_hears_nothing_more_of_a_story(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    deliver(desk, later(1), 41)
    say("all", command="unsubscribe")
    for number in range(1, 5):
        bring(desk, number, 2)
    assert kinds(desk) == ["story"]


def test_a_chat_that_sleeps_is_owed_nothing_and_nothing_is_caught_up(say: Say, desk: Desk) -> None:
    desk.store.chats.greet(7, NOW)
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    deliver(desk, later(1), 41)
    desk.store.chats.sleep(7, "blocked", later(1.5))
    bring(desk, 1, 2)
    assert kinds(desk) == ["story"]
    desk.store.chats.wake(7, later(3))
    bring(desk, 2, 4)
    assert kinds(desk)[:2] == ["story", "edit"]


def test_two_who_were_found_to_be_one_are_followed_under_either(say: Say, desk: Desk) -> None:
    text = "{} opened the fish market of Oddavik on Friday. {} said that the hall had cost nine million."
    first = article(text.format("Peter Hansen", "Hansen"), "one", title="Hansen opens fish market")
    second = article(text.format("Anna Berger", "Berger"), "two", title="Berger opens fish market")
    for found in (first, second):
        keep(desk.store, found, later(0.1))
    follow(say, "Peter Hansen", now=later(0.5))
    follow(say, "Anna Berger", now=later(0.5))
    people = [one.wish.people[0] for one in desk.store.subscriptions.of(7)]
    desk.store.people.merge(people[0], people[1])
    again = article(
        "Anna Berger closed the dry dock of Oddavik on Monday after a fire.",
        "three",
        title="Berger closes dry dock",
        hours=2,
    )
    keep(desk.store, again, later(2))
    assert [one.kind for one in owed(desk)] == ["story"]
    desk.store.subscriptions.delete(desk.store.subscriptions.of(7)[0].id, later(2))
    third = structs.replace(again, id=again.id + 1, url="https://four.example/4", text=again.text + " Nobody was hurt.")
    keep(desk.store, third, later(3))
    assert owed(desk)[-1].subscription == desk.store.subscriptions.of(7)[0].id


def test_the_same_words_in_five_prints_are_told_once(say: Say, desk: Desk) -> None:
    known = article("Marit Solheim leads the union of the ferry crews of Aldmoor.", "zero", title="Who leads the crews")
    keep(desk.store, known, later(0.1))
    follow(say, "said Marit Solheim", now=later(0.5))
    for number, text in enumerate(STRIKE):
        bring(desk, number, 2, text=f'{text}\n\n"{QUOTE}," Marit Solheim said on Friday.')
    assert kinds(desk).count("said") == 1
    new = "The crews voted on Monday. “Nobody of us has asked for more money,” Marit Solheim said after the count."
    bring(desk, 1, 30, text=new, title="Ferry crews vote")
    assert kinds(desk).count("said") == 2


def test_a_meeting_is_told_once_whichever_story_tells_of_it_and_old_ones_never(say: Say, desk: Desk) -> None:
    follow(say, "met Friedrich Merz")
    text = "Friedrich Merz met Donald Tusk in Gdansk on Friday. They spoke about {}."
    subjects = ("the port and its cranes, which rust", "a railway to the coast that nobody has paid for yet")
    for number, subject in enumerate(subjects):
        keep(desk.store, article(text.format(subject), f"m{number}", title=f"On {subject[:14]}"), later(2))
    assert kinds(desk) == ["met"]
    old = "The chancellor's critics are many. In March 2019 Friedrich Merz met Emmanuel Macron in Paris."
    keep(desk.store, article(old, "old", title="A look back", hours=3), later(3))
    assert kinds(desk) == ["met"]


def test_an_article_that_is_altered_after_its_digest_is_not_in_the_next(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike daily")
    first = article(STRIKE[0], "outlet0")
    keep(desk.store, first, later(1))
    assert digest.owe(desk, 7, 0, later(2))
    altered = structs.replace(first, text=first.text + " A judge hears both sides on Tuesday.")
    assert keep(desk.store, altered, later(3)).state == "updated"
    assert not digest.owe(desk, 7, 0, later(4))


def test_a_digest_names_only_stories_that_reach_the_threshold_of_their_topic(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike daily min:3")
    follow(say, "Lindvik daily")
    bring(desk, 0)
    assert "Nothing new" in plain(say("preview", command="digest"))
    bring(desk, 1, 2)
    bring(desk, 2, 2)
    assert "Aldmoor" in plain(say("preview", command="digest"))


def test_what_comes_in_a_pause_is_in_no_digest(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike daily")
    say("2h", command="pause")
    bring(desk, 0)
    say(command="resume", now=later(2))
    assert not digest.owe(desk, 7, 0, later(3))


def test_a_story_merged_before_its_digest_is_in_it(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike daily")
    first = bring(desk, 0)
    other = next(one.id for one in desk.store.stories.latest(30) if one.id != first)
    desk.store.stories.merge(other, first)
    assert digest.owe(desk, 7, 0, later(2))


@pytest.mark.parametrize(("days", "told"), [("", 1), ("weekends", 1), ("thursday", 1)])
def test_a_weekly_topic_is_told_once_a_week_on_whatever_days_there_are_digests(
    say: Say, desk: Desk, days: str, told: int
) -> None:
    say(f"08:00 {days}", command="digest")
    follow(say, "Aldmoor strike weekly")
    bring(desk, 0)
    sent = sum(digest.due(desk, "w", NOW + timedelta(days=ahead)) for ahead in range(1, 9))
    assert sent == told


def test_last_told_is_when_something_was_owed(say: Say, desk: Desk) -> None:
    follow(say, "met Friedrich Merz")
    keep(
        desk.store, article("Friedrich Merz opened a bridge on Friday near Bonn.", "b", title="Merz in Bonn"), later(2)
    )
    assert desk.store.subscriptions.of(7)[0].told is None


def test_a_channel_gets_no_buttons_that_would_answer_to_everybody(say: Say, desk: Desk) -> None:
    desk.store.chats.greet(-9, NOW, "channel")
    follow(say, "Aldmoor strike", chat=-9, place="channel")
    bring(desk, 0)
    out = render(desk, owed(desk, -9), later(1))
    assert out is not None
    assert labels(out.reply) == []


def test_the_card_opened_from_an_alert_leaves_the_alert_standing(say: Say, desk: Desk) -> None:
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    deliver(desk, later(1), 41)
    out = render(desk, owed(desk), later(1))
    assert out is not None
    card = next(press for press in presses(out.reply) if press.startswith("topic|card|"))
    assert not say(press=card, message=41).edit
    assert say(press=card, message=42).edit


def test_who_comes_back_hears_what_is_followed_and_a_channel_does_not(say: Say, desk: Desk) -> None:
    desk.store.chats.greet(-9, NOW, "channel")
    for chat in (7, -9):
        follow(say, "Aldmoor strike", chat=chat)
        back(desk, chat, NOW - timedelta(days=3), NOW)
    (one,) = owed(desk)
    assert "since Tue 3 Jun 2025" in one.body
    assert "1 topic you follow" in one.body
    assert owed(desk, -9) == []


def test_what_is_late_does_not_ring_in_quiet_hours_but_large_stories_and_edits_come(say: Say, desk: Desk) -> None:
    say("22:00-07:00 except min:3", command="quiet")
    follow(say, "Aldmoor strike")
    bring(desk, 0)
    night = NOW.replace(hour=23)
    out = render(desk, owed(desk), night)
    assert out is not None
    assert out.later == NOW.replace(hour=7) + timedelta(days=1)
    for number in (1, 2):
        bring(desk, number, 2)
    out = render(desk, owed(desk), night)
    assert out is not None
    assert out.later is None

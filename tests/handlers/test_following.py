"""Following: what is offered, what is kept, what is told and when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from handlers import digest
from handlers.collect import keep
from handlers.desk import Attachment
from handlers.notices import render
from handlers.reply import plain
from news.lines import read_text
from tests.handlers.conftest import NOW, Say, labels, presses

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from news.article import Article
    from store.outbox import Owed

WIRE = (
    "The miners of Kirkholm ended their strike on Friday after eleven weeks, when the owners of the "
    "copper pit agreed to shorter shifts and a new lift.\n\n"
    "The union said that four in five had voted for the settlement. Work begins again on Monday with "
    "the night shift.\n\n"
    "The pit feeds the smelter at Aasgard, which had run out of ore in April."
)
OTHER = {
    "ridge": (
        "A vote in Kirkholm has ended the longest strike in the history of the copper pit. Miners of the "
        "town accepted shorter shifts on Friday.\n\n"
        "Shopkeepers in the high street hung out flags. The owners, who had threatened to close the pit, "
        "said that the new lift would be ordered within a month."
    ),
    "fjord": (
        "Copper miners in Kirkholm go back to work. After eleven weeks without pay they voted on Friday "
        "for a settlement with the owners of the pit, the union said.\n\n"
        "The strike had stopped the smelter at Aasgard and cost the region more than forty million, "
        "economists of the chamber of commerce reckon."
    ),
}


def article(
    outlet: str, text: str, title: str = "Kirkholm miners end strike at copper pit", after: float = 1
) -> Article:
    found = read_text(text, url=f"https://{outlet}.example/kirkholm", title=title)
    return structs.replace(found, published=NOW + timedelta(hours=after), precision="minute", title=title, site=outlet)


def follow(say: Say, topic: str, how: int = 0) -> None:
    say(press=presses(say(topic, command="subscribe"))[how])


def owed(desk: Desk) -> list[Owed]:
    return list(reversed(desk.store.outbox.listed(limit=100)))


def deliver(desk: Desk, now: datetime, message: int) -> None:
    for one in desk.store.outbox.claim("w", now, 60):
        assert desk.store.outbox.sending("w", one, now, 60)
        assert desk.store.outbox.sent("w", one, message, now)


def test_before_it_is_kept_it_is_said_what_it_would_have_told(say: Say, desk: Desk) -> None:
    reply = say("Friedrich Merz", command="subscribe")
    assert "It would have told you of 2 stories in the last 7 days" in plain(reply)
    assert desk.store.subscriptions.of(7) == ()


def test_a_slip_is_put_right_and_the_correction_offered(say: Say) -> None:
    reply = say("mineralls", command="subscribe")
    assert "I took minerals for what you wrote: mineralls" in plain(reply)


def test_words_of_every_article_are_refused_with_the_reason(say: Say) -> None:
    assert "does not tell one article from another" in plain(say("the", command="subscribe"))


def test_following_the_same_twice_opens_the_one_there_is(say: Say, desk: Desk) -> None:
    follow(say, "minerals deal")
    assert "You follow this already" in plain(say("deal minerals", command="subscribe"))
    assert len(desk.store.subscriptions.of(7)) == 1


def test_five_outlets_with_one_story_are_one_alert_and_its_sources_are_counted_by_text(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm strike")
    for n, outlet in enumerate(("alpha", "beta", "gamma", "delta", "epsilon")):
        keep(desk.store, article(outlet, WIRE, after=1 + n / 10), NOW + timedelta(hours=2))
    deliver(desk, NOW + timedelta(hours=2), 41)
    for outlet, text in OTHER.items():
        keep(desk.store, article(outlet, text, after=2), NOW + timedelta(hours=3))
    kinds = [one.kind.split(":")[0] for one in owed(desk)]
    assert kinds.count("story") == 1
    assert set(kinds) == {"story", "edit"}
    last = owed(desk)[-1]
    out = render(desk, [last], NOW + timedelta(hours=3))
    assert out is not None
    assert out.edit == 41
    assert "3 independent sources" in plain(out.reply)


def test_another_title_for_the_same_article_is_no_second_alert(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm strike")
    keep(desk.store, article("alpha", WIRE), NOW + timedelta(hours=2))
    changed = article("alpha", WIRE, title="Strike at Kirkholm copper pit is over")
    assert keep(desk.store, changed, NOW + timedelta(hours=3)).state == "updated"
    assert [one.kind for one in owed(desk)] == ["story"]


def test_nothing_older_than_the_subscription_is_told(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm strike")
    keep(desk.store, article("alpha", WIRE, after=-48), NOW + timedelta(hours=1))
    assert owed(desk) == []


def test_a_threshold_waits_for_independent_sources(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm strike min:3")
    keep(desk.store, article("alpha", WIRE), NOW + timedelta(hours=2))
    keep(desk.store, article("beta", WIRE, after=1.1), NOW + timedelta(hours=2))
    assert owed(desk) == []
    for outlet, text in OTHER.items():
        keep(desk.store, article(outlet, text, after=2), NOW + timedelta(hours=3))
    assert [one.kind for one in owed(desk)] == ["story"]


@pytest.mark.parametrize(("topic", "text"), [("Iran", "tirana"), ("Merz", "commerzbank"), ("ai", "training")])
def test_a_word_inside_another_is_no_match(say: Say, desk: Desk, topic: str, text: str) -> None:
    follow(say, topic)
    story = f"The mayor spoke of {text} on Monday and of nothing else that would matter to anybody outside of town."
    keep(desk.store, article("alpha", story, title=f"A word on {text}"), NOW + timedelta(hours=2))
    assert owed(desk) == []


def test_an_excluded_word_keeps_a_story_away(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm -copper")
    keep(desk.store, article("alpha", WIRE), NOW + timedelta(hours=2))
    assert owed(desk) == []


def test_in_quiet_hours_an_alert_waits_for_their_end(say: Say, desk: Desk) -> None:
    say("Rome", command="timezone")
    say("9:00-15:00", command="quiet")
    follow(say, "Kirkholm strike")
    keep(desk.store, article("alpha", WIRE), NOW + timedelta(hours=2))  # 13:00 in Rome
    (one,) = owed(desk)
    assert one.due.isoformat() == "2025-06-06T13:00:00+00:00"


def test_while_paused_nothing_is_told_and_nothing_afterwards(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm strike")
    say("2h", command="pause")
    keep(desk.store, article("alpha", WIRE), NOW + timedelta(hours=1.5))
    say(command="resume")
    assert owed(desk) == []


def test_a_new_meeting_of_somebody_is_told_with_its_day_and_place(say: Say, desk: Desk) -> None:
    follow(say, "met Friedrich Merz")
    text = "German Chancellor Friedrich Merz met Polish Prime Minister Donald Tusk in Gdansk on Friday for talks."
    keep(desk.store, article("alpha", text, title="Merz meets Tusk in Gdansk"), NOW + timedelta(hours=2))
    (one,) = owed(desk)
    out = render(desk, [one], NOW)
    assert out is not None
    assert "Fri 6 Jun 2025 · Friedrich Merz and Donald Tusk · Gdansk" in plain(out.reply)


def test_why_did_i_get_this_names_the_topic_and_the_words(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm strike")
    keep(desk.store, article("alpha", WIRE), NOW + timedelta(hours=2))
    out = render(desk, owed(desk), NOW)
    assert out is not None
    why = next(press for press in presses(out.reply) if press.startswith("whyme"))
    text = plain(say(press=why))
    assert "You follow Kirkholm strike. This story had 1 independent source when you were told." in text
    assert "kirkholm and strike" in text
    assert "too long ago" in str(say(press=why, chat=8).toast)


def test_a_deleted_topic_can_be_taken_back_for_ten_minutes(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm strike")
    undo = presses(say("kirkholm", command="unsubscribe"))[0]
    assert desk.store.subscriptions.of(7) == ()
    say(press=undo, now=NOW + timedelta(minutes=9))
    assert len(desk.store.subscriptions.of(7)) == 1
    undo = presses(say("kirkholm", command="unsubscribe"))[0]
    assert "Ten minutes are over" in str(say(press=undo, now=NOW + timedelta(minutes=11)).toast)


def test_a_digest_tells_what_came_once_and_late_if_it_was_missed(say: Say, desk: Desk) -> None:
    say("12:00", command="digest")
    keep(desk.store, article("alpha", WIRE), NOW + timedelta(hours=1))
    assert "Kirkholm miners" in plain(say("preview", command="digest"))
    late = NOW + timedelta(hours=9)
    assert digest.due(desk, "w", late) == 1
    assert digest.due(desk, "w", late + timedelta(minutes=5)) == 0
    (one,) = owed(desk)
    out = render(desk, [one], late)
    assert out is not None
    assert "Late: it was due at Fri 06 Jun, 12:00" in plain(out.reply)
    assert digest.due(desk, "w", NOW + timedelta(days=1, hours=3)) == 0


def test_a_topic_told_once_a_day_is_in_the_digest_and_no_alert(say: Say, desk: Desk) -> None:
    follow(say, "Kirkholm strike daily")
    keep(desk.store, article("alpha", WIRE), NOW + timedelta(hours=2))
    keep(
        desk.store,
        article(
            "beta",
            "The harbour of Lindvik was closed on Friday by ice, its master said at noon.",
            title="Ice closes Lindvik",
        ),
        NOW + timedelta(hours=2),
    )
    assert owed(desk) == []
    text = plain(say("preview", command="digest"))
    assert "On Kirkholm strike" in text
    assert "Lindvik" not in text


@pytest.mark.parametrize("bad", ["99:99", "25:00", "8.75", "morning", ""])
def test_an_hour_that_is_none_is_refused_with_an_example(say: Say, desk: Desk, bad: str) -> None:
    assert ":" in plain(say(bad or "x", command="digest"))
    assert desk.store.digests.get(7) is None


def test_what_is_exported_can_be_taken_back(say: Say, desk: Desk) -> None:
    follow(say, "minerals deal")
    follow(say, "met Witkoff Putin")
    document = say(command="export").document
    assert document is not None
    say("forget me", command="forgetme")
    assert desk.store.subscriptions.of(7) == ()
    reply = say(command="import", attachment=Attachment(document.name, "application/json", document.data))
    assert plain(reply).startswith("2 topics taken")
    kinds = sorted(one.wish.kind for one in desk.store.subscriptions.of(7))
    assert kinds == ["met", "topic"]


def test_a_wrong_file_changes_nothing_and_says_what_was_expected(say: Say, desk: Desk) -> None:
    for data in (b"", b"[]", b"\xff\x00", b'{"format": "other"}', b'{"format": "dateline-topics-1", "topics": 4}'):
        assert "Expected is JSON" in plain(say(command="import", attachment=Attachment("x", "text/plain", data)))
    assert desk.store.subscriptions.of(7) == ()


def test_forgetting_needs_the_typed_words_and_leaves_no_row(say: Say, desk: Desk) -> None:
    follow(say, "minerals deal")
    assert "/forgetme forget me" in plain(say("yes", command="forgetme"))
    assert len(desk.store.subscriptions.of(7)) == 1
    say("forget me", command="forgetme")
    assert desk.store.chats.get(7) is None
    assert desk.store.exchange.history(7) == ()


def test_an_announcement_is_shown_before_and_reaches_each_chat_once(say: Say, desk: Desk) -> None:
    for chat in (1, 2, 3):
        desk.store.chats.greet(chat, NOW)
    desk.store.chats.change(3, NOW, announcements=False)
    reply = say("The desk moves on Sunday.", command="announce")
    assert "Send to 2 chats" in labels(reply)
    say(press=presses(reply)[0])
    say(press=presses(reply)[0])
    assert sorted(one.chat for one in owed(desk)) == [1, 2]


def test_topics_come_back_from_opml_too(say: Say, desk: Desk) -> None:
    follow(say, "minerals deal")
    follow(say, "met Witkoff Putin")
    document = say("opml", command="export").document
    assert document is not None
    say("forget me", command="forgetme")
    reply = say(command="import", attachment=Attachment(document.name, "text/x-opml", document.data))
    assert plain(reply).startswith("2 topics taken")
    assert sorted(one.wish.kind for one in desk.store.subscriptions.of(7)) == ["met", "topic"]


@pytest.mark.parametrize(
    "topics",
    [
        '[{"topic": "minerals deal", "people": 5, "about": 7, "without": "x", "sources": true, "when": [1]}]',
        '[{"topic": 5}, null, [], "x", {"topic": "   "}, {"topic": "the"}, {"topic": "minerals deal", "kind": {}}]',
    ],
)
def test_a_file_that_somebody_edited_is_taken_as_far_as_it_makes_sense(say: Say, desk: Desk, topics: str) -> None:
    data = f'{{"format": "dateline-topics-1", "topics": {topics}, "digests": [{{"times": "8", "days": [9]}}]}}'
    reply = say(command="import", attachment=Attachment("x.json", "application/json", data.encode()))
    assert plain(reply).startswith("1 topic taken")
    (one,) = desk.store.subscriptions.of(7)
    assert (one.wish.topic, one.wish.sources, one.wish.when) == ("minerals deal", 1, "now")


def test_an_opml_file_cannot_read_the_disk_or_fill_the_memory(say: Say, desk: Desk) -> None:
    for data in (
        b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/hostname">]><opml><body><outline text="&x;"/></body></opml>',
        b'<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><opml><outline text="&b;"/></opml>',
        b"<opml><body><outline",
    ):
        say(command="import", attachment=Attachment("x.opml", "text/x-opml", data))
    assert all("/" not in one.wish.topic for one in desk.store.subscriptions.of(7))


def test_digest_times_come_back_with_the_file(say: Say, desk: Desk) -> None:
    say("Rome", command="timezone")
    say("08:00 18:00 weekdays", command="digest")
    document = say(command="export").document
    assert document is not None
    say("forget me", command="forgetme")
    say(command="import", attachment=Attachment(document.name, "application/json", document.data))
    found = desk.store.digests.get(7)
    assert found is not None
    assert (found.times, found.days) == ((480, 1080), (0, 1, 2, 3, 4))
    assert desk.store.chats.settings(7).zone == "Europe/Rome"


def test_no_announcement_is_made_in_a_channel(say: Say, desk: Desk) -> None:
    desk.store.chats.greet(-5, NOW, "channel")
    desk.store.chats.greet(5, NOW)
    assert "Send to 1 chat" in labels(say("The desk moves on Sunday.", command="announce"))


def test_what_was_asked_for_is_named_for_programs_beside_calmer_ways(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.follow.TOO_MANY", -1)
    reply = say("mineralls", command="subscribe")
    assert labels(reply)[0] == "From 3 sources on"
    assert str(reply.facts["keep"]).endswith("|now")
    assert reply.facts["keep"] in presses(reply)
    assert "minerals" in plain(say(press=str(reply.facts["keep"])))


def test_hours_in_a_topic_are_led_to_the_digest(say: Say) -> None:
    reply = plain(say("Harbour bridge daily 08:00 weekdays", command="subscribe"))
    assert "/digest 08:00" in reply
    assert reply.endswith("/subscribe Harbour bridge daily")
    assert "Follow" in plain(say("final score 3:2", command="subscribe"))

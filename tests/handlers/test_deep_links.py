"""Links that lead into the chat: to stories, people, quotations, meetings, and to an offer to follow something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import links
from handlers.reply import Reply, plain
from handlers.turn import number
from tests.handlers.conftest import NOW, Say

if TYPE_CHECKING:
    from handlers.desk import Desk


def copied(reply: Reply) -> str:
    """What stands behind start= in the link that a button copies."""
    found = [button.copy for row in reply.buttons for button in row if button.copy]
    assert len(found) == 1
    assert found[0].startswith("https://t.me/the_desk_bot?start=")
    return found[0].partition("start=")[2]


@pytest.fixture
def named(desk: Desk) -> None:
    desk.settings["bot"] = "the_desk_bot"


@pytest.mark.usefixtures("named")
def test_a_link_leads_to_the_story_it_was_copied_from(say: Say) -> None:
    story = say("blackout spain")
    again = say(copied(story), command="start")
    assert plain(again).splitlines()[0] == plain(story).splitlines()[0]
    assert again.context


@pytest.mark.usefixtures("named")
def test_a_link_leads_to_the_person(say: Say) -> None:
    person = say("who is Ushakov")
    assert plain(say(copied(person), command="start")) == plain(person)


@pytest.mark.usefixtures("named")
def test_a_link_leads_to_one_quotation_with_its_speaker_and_article(say: Say) -> None:
    payload = copied(say("what did Trump say about Syria?"))
    assert payload.startswith("q_")
    text = plain(say(payload, command="start"))
    assert "“I will be ordering the cessation of sanctions" in text
    assert "Donald Trump" in text
    assert "https://" in text


@pytest.mark.usefixtures("named")
def test_a_link_leads_to_one_meeting_with_its_evidence(say: Say) -> None:
    payload = copied(say("did Witkoff meet Putin?"))
    assert payload.startswith("m_")
    reply = say(payload, command="start")
    assert plain(reply).startswith("Fri 25 Apr 2025 · ")
    assert next(button.label for row in reply.buttons for button in row) == "The story"


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("topic", ["merz", "met Witkoff Putin", "said Trump about tariffs", "minerals deal"])
def test_a_link_of_a_topic_offers_to_follow_the_same(say: Say, topic: str) -> None:
    offer = say(topic, command="subscribe")
    card = say(press=offer.buttons[0][0].press)
    again = say(copied(card), command="start", chat=8, user=8)
    assert plain(again).splitlines()[0] == plain(offer).splitlines()[0]


def test_without_a_name_on_telegram_there_is_no_link(say: Say) -> None:
    assert not [button for row in say("blackout spain").buttons for button in row if button.copy]


@pytest.mark.parametrize(
    "payload", ["s_zz", "s_1", "p_", "q_0000", "m_abc", "x_1aa", "w_", "w_!!!", "hello", "s_" * 40]
)
def test_a_link_that_leads_nowhere_is_explained(say: Say, payload: str) -> None:
    text = plain(say(payload, command="start"))
    assert text.startswith("That link is no longer valid; this is what there is instead.")
    assert "This is a news desk." in text


def test_a_link_to_what_is_gone_is_explained(say: Say) -> None:
    for kind in "spqm":
        payload = links.code(kind, 1)  # type: ignore[arg-type]
        assert plain(say(payload, command="start")).startswith("That link is no longer valid")


def test_a_changed_letter_is_noticed(desk: Desk) -> None:
    payload = links.code("s", desk.store.stories.latest(1)[0].id)
    changed = [payload[:at] + ("0" if payload[at] != "0" else "1") + payload[at + 1 :] for at in range(2, len(payload))]
    assert links.read(payload) is not None
    assert sum(links.read(one) is not None for one in changed) == 0


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(min_value=0, max_value=2**63 - 1), st.sampled_from("spqm"))
def test_what_is_coded_is_read_again_and_short_enough(id_: int, kind: str) -> None:
    payload = links.code(kind, id_)  # type: ignore[arg-type]
    assert links.read(payload) == (kind, id_)
    assert len(payload) <= 64
    assert number(id_) in payload


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_a_topic_fits_into_a_link_whatever_it_is(topic: str) -> None:
    payload = links.code_of_topic(topic)
    assert len(payload) <= 64
    assert payload.replace("-", "").replace("_", "").isalnum() or not payload[2:]
    shown = links.topic_of(payload)
    assert shown == " ".join(shown.split())


def test_the_time_of_a_link_does_not_matter(say: Say, desk: Desk) -> None:
    story = desk.store.stories.latest(1)[0]
    assert story.title in plain(say(links.code("s", story.id), command="start", now=NOW.replace(year=2027)))

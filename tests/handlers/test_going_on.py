"""How one goes on from an answer: by number, by "more", by buttons that change it in place and lead back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.collect import keep
from handlers.reply import Reply, plain
from news.lines import read_text
from tests.handlers.conftest import NOW, Say

if TYPE_CHECKING:
    from handlers.desk import Desk


def tap(say: Say, reply: Reply, label: str, **more: object) -> Reply:
    press = next(button.press for row in reply.buttons for button in row if button.label.startswith(label))
    return say(press=press, **more)


def first_line(reply: Reply) -> str:
    return plain(reply).splitlines()[0]


def title_of(text: str, place: int) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"{place}. "))[3:]


@pytest.mark.parametrize("words", ["2", "2.", "#2", "the second one", "second", "open 2", "tell me more about the 2nd"])
def test_a_number_opens_that_line_of_the_list_before(say: Say, words: str) -> None:
    listed = plain(say("brief me on Ukraine"))
    assert plain(say(words)).startswith(title_of(listed, 2))


def test_a_number_in_reply_means_the_list_replied_to(say: Say) -> None:
    first = say("brief me on Ukraine")
    say("brief me")
    assert plain(say("3", context=first.context)).startswith(title_of(plain(first), 3))


def test_a_number_means_the_page_that_is_shown(say: Say) -> None:
    second = tap(say, say("brief me on Ukraine"), "More")
    assert plain(say("1")).startswith(title_of(plain(second), 1))


def test_a_second_number_still_means_the_list(say: Say) -> None:
    listed = plain(say("brief me on Ukraine"))
    say("2")
    assert plain(say("3")).startswith(title_of(listed, 3))


def test_a_number_beyond_the_list_is_explained(say: Say) -> None:
    say("brief me on Ukraine")
    assert plain(say("7")) == "That list has no line 7. Say a number: 1 to 4."


def test_a_number_without_a_list_or_long_after_it_is_a_search(say: Say) -> None:
    assert plain(say("2")).startswith("Nothing found on “2”")
    say("brief me on Ukraine")
    assert plain(say("2", now=NOW + timedelta(hours=2))).startswith("Nothing found on “2”")


def test_a_number_in_another_chat_opens_nothing(say: Say) -> None:
    say("brief me on Ukraine")
    assert plain(say("2", chat=8)).startswith("Nothing found")


def test_a_number_said_to_the_topics_opens_that_topic(say: Say) -> None:
    for topic in ("merz", "macron"):
        tap(say, say(topic, command="subscribe"), "Follow, tell me at once")
    say(command="topics")
    assert plain(say("2")).startswith("Emmanuel Macron")


@pytest.mark.parametrize("label", ["Sources", "Related", "Why this?"])
def test_what_belongs_to_a_story_takes_its_place_and_leads_back(say: Say, label: str) -> None:
    story = say("blackout spain")
    shown = tap(say, story, label)
    assert shown.edit
    back = tap(say, shown, "‹ Back")
    assert back.edit
    assert plain(back) == plain(story)


def test_a_story_of_a_list_leads_back_to_its_page(say: Say) -> None:
    page = tap(say, say("brief me on Ukraine"), "More")
    story = tap(say, page, "2")
    assert story.edit
    sources = tap(say, story, "Sources")
    assert plain(tap(say, sources, "‹ Back")) == plain(story)
    assert plain(tap(say, story, "‹ Back")) == plain(page)


def test_more_of_one_story_is_the_story_in_full_and_then_all_there_is(say: Say) -> None:
    say("brief me on Ukraine")
    story = say("3")
    full = say("tell me more", context=story.context)
    assert first_line(full) == first_line(story)
    assert len(plain(full)) > len(plain(story))
    assert plain(say("more", context=full.context)).startswith("That is all I keep on “")


def test_more_after_the_last_page_says_that_it_was_all(say: Say) -> None:
    say("what did Trump say?")
    say("more")
    assert plain(say("more")) == "That is all I keep on “what did Trump say?”."


def test_a_story_says_what_came_since_it_was_seen(say: Say, desk: Desk) -> None:
    body = "The bridge of Haldmark was closed on Monday after engineers found cracks in two of its piers. " * 2
    later = NOW + timedelta(hours=3)
    first = read_text(f"Haldmark bridge closed after cracks are found\n\n{body}", url="https://a.example/bridge")
    second = read_text(
        f"Cracks close Haldmark bridge to all traffic\n\n{body}The mayor of Haldmark said ferries would run all night.",
        url="https://b.example/bridge",
    )
    keep(desk.store, first, NOW)
    assert "since you saw it" not in plain(say("Haldmark bridge"))
    keep(desk.store, second, later)
    told = plain(say("Haldmark bridge", now=later + timedelta(minutes=1)))
    assert "1 article more since you saw it on Fri 6 Jun 2025" in told
    assert "since you saw it" not in plain(say("Haldmark bridge", now=later + timedelta(minutes=2)))
    assert "since you saw it" not in plain(say("Haldmark bridge", chat=9))


WIRE = (
    "Dock workers at the port of Haldmark walked out on Monday after talks about night shifts failed, the "
    "union said.\n\n"
    "The strike stopped all seven cranes of the container terminal, said Mira Solheim, who leads the union. “We have "
    "asked for this since winter, and nobody listened,” Solheim told reporters.\n\n"
    "The port handles a third of the country's imports. The shipping company Norvik said that two vessels had "
    "been sent "
    "on to Kirkholm.\n\nThe government of Prime Minister Jon Aldane called on both sides to return to the table."
)
CRANES = (
    "No crane moves in Haldmark\n\nThe cranes of Haldmark stand still. Since Monday morning no container has "
    "been moved "
    "in the country's largest port, and lorries queue along the coast road.\n\nMira Solheim's union wants "
    "night shifts to "
    "be paid as overtime. The port authority says that it cannot afford that this year.\n\n"
    "Norvik, the shipping company, diverts its vessels to Kirkholm."
)
STOCKS = (
    "Nine days of stocks: what the strike in Haldmark means\n\nHow long can Haldmark hold out? Retailers have "
    "stocks for "
    "nine days, their association said on Tuesday, the second day of the strike of dock workers in the port.\n\n"
    "Prime Minister Jon Aldane offered to mediate between the union of Mira Solheim and the port authority.\n\n"
    "The strike began on Monday after talks about night shifts failed."
)


def test_five_outlets_with_one_text_and_two_with_their_own_are_three_sources(say: Say, desk: Desk) -> None:
    for minute, site in enumerate(("alpha", "beta", "gamma", "delta", "epsilon")):
        text = WIRE if minute % 2 else WIRE.replace("walked out on Monday", "went on strike on Monday")
        page = read_text(f"Dock workers strike at Haldmark port\n\n{text}", url=f"https://{site}.example/strike")
        keep(desk.store, page, NOW + timedelta(minutes=minute))
    for hour, (site, text) in enumerate((("zeta", CRANES), ("eta", STOCKS)), 1):
        keep(desk.store, read_text(text, url=f"https://{site}.example/port"), NOW + timedelta(hours=hour))
    story = say("Haldmark strike", now=NOW + timedelta(hours=3))
    assert "3 independent sources, first alpha.example" in plain(story)
    text = plain(tap(say, story, "Sources"))
    assert text.startswith("7 articles, 3 independent sources:")
    assert text.count("same text as 1") == 4

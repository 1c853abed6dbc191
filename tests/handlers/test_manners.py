"""How the desk behaves towards people in a hurry, with bad typing, or with something else in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.reply import Reply, plain

if TYPE_CHECKING:
    from tests.handlers.conftest import Say


def first_line(reply: Reply) -> str:
    return plain(reply).splitlines()[0]


@pytest.mark.parametrize("text", ["😀 merz", "merz 🇩🇪", "👉 Merz!!"])
def test_a_name_beside_an_emoji_is_that_name(say: Say, text: str) -> None:
    assert first_line(say(text)) == "Friedrich Merz, German Chancellor."


@pytest.mark.parametrize("text", ["hollywood strike", "pope tariffs", "jobless figures"])
def test_an_article_with_one_of_two_words_is_no_answer(say: Say, text: str) -> None:
    assert first_line(say(text)) == f"Nothing found on “{text}”."


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("wats new", "Top stories"),
        ("who mett zelenski", "Showing Volodymyr Zelenskiy (you wrote zelenski)"),
        ("tel me about teh pope", "The pope:"),
        ("heyy", "This is a news desk."),
        ("привет", "This is a news desk."),
        ("merci!", "You are welcome."),
        ("you are stupid", "Sorry, that was no help."),
        ("are you chatgpt?", "I am a news desk"),
        ("how do I unsubscribe?", "/unsubscribe topic"),
        ("how can I set my time zone", "/timezone"),
        ("is there a way to delete my data", "/forgetme"),
        ("notify me about merz", "Follow Friedrich Merz?"),
        ("tell me when Trump meets Putin", "Follow meetings of Donald Trump and Vladimir Putin?"),
        ("subscribe to trump", "Follow Donald Trump?"),
        ("who was in istanbul on 16 may", "Russia and Ukraine met in Istanbul on Fri 16 May 2025."),
        ("planned meetings of trump", "Mark Carney is to meet Donald Trump."),
    ],
)
def test_what_people_say_is_understood(say: Say, text: str, start: str) -> None:
    assert first_line(say(text)).startswith(start)


def test_a_meeting_whose_day_is_over_is_not_to_come(say: Say) -> None:
    text = plain(say("upcoming meetings"))
    assert "Kananaskis" in text
    assert "Nancy" not in text


def test_a_slip_in_a_time_is_put_right(say: Say) -> None:
    assert first_line(say("last wek", command="brief")) == "Top stories from Mon 26 May 2025 to Sun 1 Jun 2025:"


@pytest.mark.parametrize("time", ["31 february", "since blorp", "24x", "2025-13-45"])
def test_a_time_that_is_none_is_explained_and_the_newest_told(say: Say, time: str) -> None:
    text = plain(say(time, command="brief"))
    assert text.startswith(f"“{time}” is no time I know")
    assert "Top stories, up to Thu 5 Jun 2025:" in text


def test_a_topic_beside_a_time_that_is_none_is_briefed_on(say: Say) -> None:
    assert "\nUkraine:\n" in plain(say("Ukraine since blorp", command="brief"))


def test_a_day_without_news_offers_the_newest(say: Say) -> None:
    empty = say("today", command="brief")
    assert first_line(empty) == "Nothing on Fri 6 Jun 2025."
    assert first_line(say(press=empty.buttons[0][0].press)).startswith("Top stories, up to")


@pytest.mark.parametrize(
    ("search", "start"),
    [
        ("flibber minerals", "Nothing for all of flibber minerals; 4 articles without “flibber”:"),
        ('"deal minerals"', 'Nothing for all of "deal minerals"; '),
        ("minerals by:bbc", "Nothing for all of minerals by:bbc; "),
        ("minerals from:2025-06", "Nothing for all of minerals from:2025-06; "),
        ("pope tariffs", "Nothing for all of pope tariffs; "),
    ],
)
def test_a_search_that_finds_nothing_asks_for_a_little_less_and_says_what(say: Say, search: str, start: str) -> None:
    reply = say(search, command="search")
    assert first_line(reply).startswith(start)
    assert reply.facts["articles"]


def test_what_happened_at_another_time_than_asked_is_named(say: Say) -> None:
    text = plain(say("kashmir attack yesterday"))
    assert text.startswith("Nothing found on “kashmir attack” on Thu 5 Jun 2025.")
    assert "At another time:\n• " in text
    assert "Gunmen kill 26 in attack on tourists in Indian Kashmir" in text

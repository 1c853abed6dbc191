"""How the desk behaves towards people in a hurry, with bad typing, or with something else in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.reply import Reply, plain
from tests.handlers.conftest import NOW

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
        ("planned meetings of trump", "Mark Carney"),
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


def test_a_family_name_that_stands_first_is_a_name(say: Say) -> None:
    assert first_line(say("xi")) == "Xi Jinping, Chinese President."


def test_the_month_of_may_behind_one_name_is_a_month(say: Say) -> None:
    assert "in May 2025" in first_line(say("Merz may", command="met"))


@pytest.mark.parametrize("pattern", [".*merz.*", "Merz*", "(a|b)", "^trump$", "[a-z]+", r"\w+"])
def test_patterns_are_refused_with_the_reason(say: Say, pattern: str) -> None:
    reply = say(pattern, command="subscribe")
    assert plain(reply).startswith("Patterns with signs are not taken")
    assert not reply.buttons


@pytest.mark.parametrize("words", ["the", "AT&T", "of the and"])
def test_words_that_tell_nothing_are_refused_with_the_reason(say: Say, words: str) -> None:
    assert f"“{words}” does not tell one article from another" in plain(say(words, command="subscribe"))


def test_what_was_not_paused_is_not_resumed(say: Say) -> None:
    assert plain(say(command="resume")).startswith("Nothing was paused")
    say("2h", command="pause")
    assert plain(say(command="resume")).startswith("Alerts are on.")
    assert plain(say(command="resume")).startswith("Nothing was paused")


@pytest.mark.parametrize("owner", [True, False])
def test_a_forwarded_post_finds_its_story(say: Say, *, owner: bool) -> None:
    post = "Power cut paralyses Spain and Portugal, trains stopped everywhere on Monday."
    text = plain(say(post, forwarded=True, owner=owner))
    assert text.startswith("This text tells of a story that I keep:\n\nPower cut paralyses Spain and Portugal")


def test_how_much_was_told_of_somebody_is_a_line_of_bars(say: Say) -> None:
    bars = next(line for line in plain(say("who is Trump")).splitlines() if " a bar, " in line)
    assert bars.endswith(" · 4 days a bar, 6 articles at most")
    assert set(bars.partition(" ")[0]) <= set("▁▂▃▄▅▆▇█")
    assert " a bar" not in plain(say("who is Xi Jinping"))


def test_what_is_to_come_stands_apart_from_what_was(say: Say) -> None:
    text = plain(say("who is Carney"))
    assert text.index("Planned:\nJun 2025") < text.index("Last meetings:\nTue 6 May 2025")


def test_the_nearest_time_zones_are_places(say: Say) -> None:
    reply = say("lundun", command="timezone")
    zones = [button.label for row in reply.buttons for button in row]
    assert "Europe/London" in zones
    assert all("/" in zone for zone in zones)


def test_the_language_is_said_to_be_english_and_an_unknown_one_unknown(say: Say) -> None:
    assert first_line(say(command="lang")) == "What I say is in English."
    assert first_line(say("de", command="lang")) == "I do not write German yet; what I say stays English."
    assert first_line(say("Español", command="lang")).startswith("I know no language")
    assert "English (57)" in plain(say(command="language"))


def test_a_question_in_another_language_is_met_with_whom_it_names(say: Say) -> None:
    reply = say("wer hat Putin getroffen?")
    assert "Whole questions I understand in English" in plain(reply)
    assert reply.buttons[0][0].label == "Vladimir Putin"
    assert "Whole questions" not in plain(say("quantum computers"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("when did the iran talks start", "search"),
        ("what did the kremlin say about istanbul", "search"),
        ("what did Foobar say", "said"),
        ("did Foobar meet Trump", "met"),
        ("best quote of trump", "said"),
        ("what do sources say about the syria sanctions", "said"),
    ],
)
def test_what_is_nobodys_name_is_looked_for_and_an_unknown_name_is_said(say: Say, text: str, kind: str) -> None:
    reply = say(text)
    assert reply.kind == kind
    assert plain(reply).startswith("I keep nothing about anybody called Foobar.") == ("Foobar" in text)


def test_thanks_and_greetings_around_a_question_do_not_hide_it(say: Say) -> None:
    answer = first_line(say("did Trump meet Putin?"))
    for text in ("hi, did Trump meet Putin?", "thanks, did Trump meet Putin?", "ok so did Trump meet Putin"):
        assert first_line(say(text)) == answer
    for text in ("thanks, that helped", "thanks for the info!", "that's all for now"):
        assert first_line(say(text)) == "You are welcome. Ask on whenever you like."


def test_a_denied_meeting_is_a_no(say: Say) -> None:
    text = plain(say("did Putin meet Zelenskiy?"))
    assert text.startswith("No: a meeting of Vladimir Putin and Volodymyr Zelenskiy on Thu 15 May 2025 is denied.")


def test_whoever_said_nothing_can_still_be_asked_about_on(say: Say) -> None:
    labels = [button.label for row in say("what did Macron say?").buttons for button in row]
    assert {"Who met", "About Emmanuel Macron"} <= set(labels)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Ukraine from:2025-05-10 to:2025-05-12", "4 articles for Ukraine from:2025-05-10 to:2025-05-12:"),
        ("how many articles about Trump", "31 articles for Trump:"),
        ("phone calls of Trump", "Volodymyr Zelenskiy (2×), Xi Jinping, "),
        ("has Witkoff met Araghchi more than once", "2 meetings of Steve Witkoff and Abbas Araghchi"),
        ("sources on the minerals deal", "The minerals deal:"),
        ("who is in the news", "Told of most:"),
        ("surprise me", "Top stories, up to"),
        ("tell me something interesting", "Top stories, up to"),
        ('who is "Vladimir Putin"', "Vladimir Putin, Russian President."),
        ("timeline of Ukraine since May 10", "Ukraine: "),
        ("everything by Northgate Post on tariffs", "The newest on Northgate Post on tariffs:"),
    ],
)
def test_what_an_analyst_asks_is_understood(say: Say, text: str, start: str) -> None:
    assert first_line(say(text)).startswith(start)


def test_only_calls_are_listed_where_calls_are_asked_for(say: Say) -> None:
    reply = say("phone calls in may")
    meetings = reply.facts["meetings"]
    assert isinstance(meetings, list)
    assert {meeting["kind"] for meeting in meetings} == {"call"}


def test_either_of_two_words_is_found_with_or_between_them(say: Say) -> None:
    both = say("pope OR carney", command="search").facts["articles"]
    each = [say(word, command="search").facts["articles"] for word in ("pope", "carney")]
    assert isinstance(both, list)
    found = {article["article"] for article in both}
    assert found == {article["article"] for one in each if isinstance(one, list) for article in one}


def test_the_second_of_two_questions_is_a_button(say: Say) -> None:
    reply = say("who met Putin? and what did Trump say about Syria?")
    assert first_line(reply).endswith("met Vladimir Putin.")
    last = reply.buttons[-1][0]
    assert last.label == "what did Trump say about Syria?"
    assert "cessation of sanctions" in plain(say(press=last.press))


def test_the_months_name_behind_a_name_is_a_month_in_a_timeline_too(say: Say) -> None:
    text = plain(say("Trump may", command="timeline"))
    assert text.startswith("Donald Trump: ")
    assert "Jun 2025" not in text.splitlines()[2]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Hi, I'm new here. What is this?", "This is a news desk."),
        ("what is this?", "I am a news desk"),
        ("what topics do you cover", "I am a news desk"),
        ("what do you think about putin", "I have no opinions; I tell what the articles say."),
        ("menu", "Ask in plain words"),
        ("exit", "Nothing is under way."),
        ("why", "I read text and links."),
        ("the", "I read text and links."),
        ("maybe", "I read text and links."),
    ],
)
def test_small_words_and_big_questions_are_met_politely(say: Say, text: str, start: str) -> None:
    assert first_line(say(text)).startswith(start)


@pytest.mark.parametrize(
    ("before", "word", "start"),
    [
        ("blackout spain", "sources", "1 article, 1 independent source"),
        ("blackout spain", "why this?", "It holds"),
        ("did Witkoff meet Putin?", "when?", "Fri 25 Apr 2025: "),
        ("did Witkoff meet Putin?", "where?", "Moscow, Fri 25 Apr 2025"),
    ],
)
def test_a_word_goes_on_from_the_last_answer_without_a_reply(say: Say, before: str, word: str, start: str) -> None:
    say(before)
    assert first_line(say(word)).startswith(start)
    assert not first_line(say(word, now=NOW.replace(hour=20))).startswith(start)

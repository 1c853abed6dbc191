"""What a person who meets the desk for the first time says, and what stands in the first lines of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.collect import keep
from handlers.desk import Attachment
from handlers.reply import Reply, plain
from handlers.zones import nearest_zones
from news.lines import read_text
from tests.handlers.conftest import NOW, Say, labels, presses

if TYPE_CHECKING:
    from handlers.desk import Desk


def first_line(reply: Reply) -> str:
    return plain(reply).splitlines()[0]


def tap(say: Say, reply: Reply, label: str) -> Reply:
    press = next(button.press for row in reply.buttons for button in row if button.label.startswith(label))
    return say(press=press)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("when did Trump and Zelenskiy meet", "Sat 26 Apr 2025: Donald Trump and Volodymyr Zelenskiy met"),
        ("did Trump call Putin?", "Yes: Donald Trump and Vladimir Putin spoke by phone on Mon 19 May 2025"),
        ("did Trump phone Xi", "Yes: Donald Trump and Xi Jinping spoke by phone"),
        ("did Trump meet Putin?", "Not in person: I keep only a phone call of Donald Trump and Vladimir Putin"),
        ("how many times did Trump talk to Putin", "1 phone call of Donald Trump and Vladimir Putin"),
        (
            "has Trump met Ramaphosa?",
            "Yes: Donald Trump and Cyril Ramaphosa met on Wed 21 May 2025 at the White House.",
        ),
        ("is Trump going to meet Carney?", "Planned: Donald Trump and Mark Carney are to meet in Jun 2025"),
        ("when is the next Trump Carney meeting", "Jun 2025: "),
        ("Trump-Putin call", "Yes: Donald Trump and Vladimir Putin spoke by phone"),
        ("who met with putin in moscow", "Steve Witkoff met Vladimir Putin in Moscow."),
        ("did Trump meet himself", "Both names mean Donald Trump"),
    ],
)
def test_the_first_line_is_the_answer(say: Say, question: str, answer: str) -> None:
    assert first_line(say(question)).startswith(answer)


def test_meetings_of_a_place_or_a_time_need_no_name(say: Say) -> None:
    assert first_line(say("who met whom in Riyadh?")) == "2 meetings in Riyadh, the newest first:"
    assert "meetings in Apr 2025" in first_line(say("what meetings were there in April"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("did Russia meet Ukraine", "Russia and Ukraine met in Istanbul on Fri 16 May 2025."),
        ("how often did Iran and the United States meet", "2 meetings, the newest first:"),
        ("did France meet Kenya", "No: I keep no meeting of France and Kenya."),
        ("who met in Germany", "No: I keep no meeting in Germany."),
        ("did Macron, Merz and Starmer meet?", "Yes: Emmanuel Macron, Friedrich Merz and Keir Starmer met on"),
        ("has the meeting between Iran and the US been postponed", "Fourth round of Iran nuclear talks postponed"),
    ],
)
def test_states_and_several_people_can_be_asked_about(say: Say, question: str, answer: str) -> None:
    assert first_line(say(question)).startswith(answer)


def test_meetings_come_before_calls_and_what_did_not_happen(say: Say) -> None:
    text = plain(say("who met Putin?"))
    assert text.index("Moscow · held") < text.index("phone call · held")


@pytest.mark.parametrize("role", ["the german chancellor", "Chancellor of Germany"])
def test_a_role_stands_for_whoever_has_it(say: Say, role: str) -> None:
    assert f"Showing Friedrich Merz (you wrote {role.removeprefix('the ')})" in plain(say(f"who is {role}"))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("who is the president of Syria", "Ahmed al-Sharaa"),
        ("who is the president of the United States", "Donald Trump"),
        ("who is the US president?", "Donald Trump"),
        ("who is the emir of Qatar", "Tamim bin Hamad Al Thani"),
        ("who is the British PM", "Keir Starmer"),
        ("who is the leader of Germany", "Friedrich Merz"),
        ("who is Pakistan's prime minister", "Shehbaz Sharif"),
        ("who is the South African president", "Cyril Ramaphosa"),
        ("who is the president of South Africa", "Cyril Ramaphosa"),
        ("who is the head of Russia's sovereign wealth fund", "Kirill Dmitriev"),
        ("who is the Kremlin chief", "Vladimir Putin"),
        ("who is the Polish premier", "Donald Tusk"),
        ("who is the new pope", "Leo XIV"),
        ("who is the late pope", "Francis"),
        ("who was the previous pope", "Francis"),
        ("who is Ахмед аш-Шараа", "Ahmed al-Sharaa"),
    ],
)
def test_a_role_of_a_state_stands_for_whoever_has_it(say: Say, question: str, name: str) -> None:
    assert name in first_line(say(question)) + plain(say(question))[:120]


def test_a_role_that_is_printed_in_two_ways_is_said_once(say: Say) -> None:
    assert "Keir Starmer, British Prime Minister." in plain(say("who is Keir Starmer"))


def test_a_role_that_several_have_is_asked_back(say: Say) -> None:
    names = {label.split(" ·")[0] for label in labels(say("who is the foreign minister"))}
    assert {"Abbas Araghchi", "Badr Albusaidi"} <= names


def test_an_office_that_was_handed_on_is_whose_it_is_now(say: Say) -> None:
    assert "Leo XIV" in first_line(say("who is the pope"))


@pytest.mark.parametrize("question", ["who met the French president", "who met the Ukrainian president in Rome"])
def test_who_met_somebody_by_the_role_is_answered_for_that_person_alone(say: Say, question: str) -> None:
    assert first_line(say(question)).startswith("Showing ")


def test_a_mere_name_is_answered_by_who_that_is(say: Say) -> None:
    reply = say("merz?")
    assert (reply.kind, first_line(reply)) == ("person", "Friedrich Merz, German Chancellor.")
    assert reply.facts["articles"]


def test_a_name_in_another_spelling_is_still_a_name(say: Say) -> None:
    assert "Volodymyr Zelenskiy, Ukrainian President." in plain(say("Volodimir Zelenskij"))


def test_a_briefing_is_headed_by_what_was_meant(say: Say) -> None:
    assert "Ukraine:" in plain(say("brief me on urkaine")).splitlines()


def test_a_month_without_a_year_is_the_newest_that_is_covered(say: Say) -> None:
    later = NOW.replace(year=2026, month=11)
    assert "since Thu 1 May 2025" in plain(say("who has Trump met since 1 May?", now=later))
    assert "in Apr 2025" in first_line(say("who met Putin in April?", now=later))


@pytest.mark.parametrize("words", ["Trump about Syria", "Trump on Syria", "trump syria", "Donald Trump Syria"])
def test_what_somebody_said_of_something_can_be_ordered_briefly(say: Say, words: str) -> None:
    assert first_line(say(words, command="said")).startswith("Donald Trump about ")


def test_a_time_that_is_none_is_explained(say: Say) -> None:
    assert "A time can be said as" in plain(say("since 32 May", command="brief"))
    assert "20 at most" in first_line(say("99", command="brief"))


def test_a_relative_is_not_taken_for_the_one_that_is_kept(say: Say) -> None:
    reply = say("who is Melania Trump")
    assert first_line(reply) == "I keep nothing about anybody called Melania Trump."
    assert labels(reply) == ["Donald Trump", "Search “Melania Trump”"]


def test_a_fuller_role_is_said_once(say: Say) -> None:
    assert first_line(say("who is Zelenskyj?")).startswith("Showing Volodymyr Zelenskiy")
    assert "Volodymyr Zelenskiy, Ukrainian President." in plain(say("who is Zelenskiy?"))


def test_a_pronoun_means_whoever_was_asked_about_just_now(say: Say) -> None:
    say("did Witkoff meet Putin?")
    assert "Steve Witkoff" in plain(say("what did he say?"))


def test_questions_of_a_terminal_stand_each_for_itself(say: Say) -> None:
    say("did Witkoff meet Putin?", place="terminal", chat=0)
    assert "Whom do you mean by he" in plain(say("what did he say?", place="terminal", chat=0))


def test_a_pronoun_without_anybody_before_is_asked_back(say: Say) -> None:
    reply = say("what did she say?")
    assert first_line(reply).startswith("Whom do you mean by she?")
    assert len(labels(reply)) == 3


def test_a_reply_goes_on_about_something_else(say: Say) -> None:
    before = say("what did Trump say?")
    about = say("and about Syria?", context=before.context)
    assert first_line(about) == "Donald Trump about Syria: 1 quotation."
    other = say("and Putin?", context=say("minerals deal").context)
    assert other.facts["understood"] == "and Putin?"
    assert "Putin" in first_line(other)


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("sources?", "independent source"),
        ("related", "Related"),
        ("why this?", "It holds"),
        ("who else?", "It tells of"),
    ],
)
def test_a_word_in_reply_to_a_story_shows_more_of_it(say: Say, word: str, answer: str) -> None:
    story = say("Istanbul talks")
    assert answer in first_line(say(word, context=story.context))


def test_meetings_of_a_story_are_listed_in_reply_to_it(say: Say) -> None:
    assert "Istanbul" in plain(say("who met?", context=say("Istanbul talks").context))


def test_the_eleventh_page_follows_the_tenth(say: Say, desk: Desk) -> None:
    for day in range(1, 29):
        for part in ("North", "South", "East"):
            text = f"Ostvik {part} opens quay {day}\n\nThe harbour of Ostvik opened quay {day} {part} on Monday."
            keep(desk.store, read_text(text, url=f"https://quay.example/{part}/{day}"), NOW)
    reply = say("quay Ostvik", command="search")
    seen = [plain(reply)]
    while "More ›" in labels(reply):
        reply = tap(say, reply, "More ›")
        assert plain(reply) not in seen
        seen.append(plain(reply))
    assert len(seen) == 14


def test_more_goes_on_with_what_was_asked_not_with_what_was_offered(say: Say) -> None:
    say("what did Trump say?")
    say("who is Bob Dylan")
    assert "Bob Dylan" in plain(say("more"))


def test_a_question_that_was_only_offered_is_no_history(say: Say) -> None:
    say(command="start")
    assert plain(say(command="history")).startswith("No question yet")


def test_thanks_are_not_searched_for(say: Say) -> None:
    assert plain(say("thank you very much")).startswith("You are welcome")


def test_help_lists_the_commands_and_a_greeting_greets(say: Say) -> None:
    assert "/search" in plain(say("help"))
    assert plain(say("hello")).startswith("This is a news desk.")


def test_words_nobody_is_quoted_with_are_looked_for_in_the_articles(say: Say) -> None:
    text = plain(say("who said FULL AND IMMEDIATE CEASEFIRE"))
    assert "These words stand in:\n• India and Pakistan agree to a ceasefire" in text or "Donald Trump" in text


def test_a_site_is_found_by_a_word_of_its_name(say: Say) -> None:
    assert first_line(say("lantern", command="latest")) == "The newest from Lantern Daily:"


def test_a_number_of_articles_or_stories_can_be_asked_for(say: Say) -> None:
    assert plain(say("3", command="latest")).count("•") == 3
    assert plain(say("2", command="brief")).count("1 source ·") <= 2
    assert plain(say("0", command="latest")).count("•") == 1


def test_an_unknown_filter_and_an_unknown_site_are_said(say: Say) -> None:
    assert "There is no filter topic:" in plain(say("topic:pope pope", command="search"))
    assert "Sites: Meridian Wire (20 articles)" in plain(say("pope by:Nobody", command="search"))
    assert "A word with a minus is left out" in plain(say("-pope", command="search"))


def test_a_pasted_text_finds_its_story(say: Say, desk: Desk) -> None:
    (hit,) = [one for one in desk.store.articles.latest(100) if one.title.startswith("Carney tells Trump")]
    article = desk.store.articles.get(hit.id)
    assert article is not None
    text = f"Skip to main content\n2 min read\n{article.text}\n" + "Sign up for the newsletter of the week. " * 20
    reply = say(text)
    assert plain(reply).startswith("This text tells of a story that I keep:")
    assert "Carney" in plain(reply)


def test_a_pasted_text_of_another_world_finds_nothing_and_is_not_kept(say: Say, desk: Desk) -> None:
    count = desk.store.articles.coverage().count
    text = "The bakers of Underhill counted their loaves and found that nine were missing since the spring fair. " * 12
    assert "I keep no story that this text tells" in plain(say(text, owner=False))
    assert desk.store.articles.coverage().count == count


def test_a_forwarded_text_is_kept_for_the_owner(say: Say) -> None:
    text = (
        "Ferry of Lund returns\n\n"
        + "The ferry of Lund returned to its quay on Monday after nine weeks of repairs. " * 15
    )
    assert plain(say(text, forwarded=True)).startswith("Kept.")


def test_a_link_among_other_words_is_treated_as_a_link(say: Say) -> None:
    url = "https://www.harbourcourier.example/news/2025/apr/25/witkoff-putin-moscow-talks?utm_source=chat"
    assert plain(say(f"look what I have found here: {url}")).startswith("Already kept.")
    assert first_line(say(f"who met Putin in April? {url}")) == "Steve Witkoff met Vladimir Putin in Apr 2025."


def test_a_file_of_the_export_says_how_it_is_taken_back(say: Say) -> None:
    file = Attachment("dateline.json", "application/json", b'{"format": 1}')
    assert "/import as its caption" in plain(say(attachment=file))


def test_what_is_followed_can_be_followed_from_every_answer(say: Say) -> None:
    for question in ("did Modi meet Carney?", "what did Macron say", "Merz", "brief me on Iran", "quantum computers"):
        assert any("Follow" in label for label in labels(say(question))), question


def test_every_button_of_an_answer_can_be_pressed_twice(say: Say) -> None:
    for question in (
        "who met Putin?",
        "what did Trump say?",
        "minerals deal",
        "Merz",
        "timeline of Trump",
        "who is Jo Nn",
    ):
        for press in presses(say(question)):
            for _ in range(2):
                reply = say(press=press)
                assert plain(reply) or reply.toast or reply.picture, press


def test_a_caption_tells_what_the_picture_shows_in_a_few_lines(say: Say) -> None:
    reply = tap(say, say("timeline of Trump"), "As a picture")
    assert reply.picture is not None
    assert reply.picture.caption.startswith("Donald Trump: 7 meetings, ")
    assert len(reply.picture.caption) < 400


def test_questions_about_the_desk_say_what_it_keeps(say: Say) -> None:
    text = plain(say("what sources do you have?"))
    assert text.startswith("I am a news desk")
    assert "Meridian Wire (20 articles)" in text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("settings", "Settings"),
        ("Follow Merz", "Follow Friedrich Merz?"),
        ("subscribe Iran talks", "Follow Iran talks?"),
    ],
)
def test_a_command_is_known_without_its_slash(say: Say, text: str, answer: str) -> None:
    assert first_line(say(text)) == answer


def test_a_timeline_leads_to_the_article_that_tells_of_the_meeting_as_held(say: Say) -> None:
    reply = plain(say("timeline of Merz"))
    (held,) = (line for line in reply.splitlines() if "Donald Trump · White House" in line)
    assert held.endswith("held")
    assert "merz-to-see-trump" not in held  # it told of the plan, a week before


def test_a_subject_has_a_timeline_of_its_articles(say: Say) -> None:
    text = plain(say("minerals deal", command="timeline"))
    assert text.startswith("Minerals deal: ")
    assert text.index("Thu 8 May 2025") < text.index("Thu 1 May 2025")
    assert plain(say("zzyzx", command="timeline")).startswith("I keep nothing about")


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"), [(41.9, 12.5, "Europe/Rome"), (-33.9, 151.2, "Australia/Sydney")]
)
def test_a_shared_place_offers_the_nearest_zone_first(say: Say, latitude: float, longitude: float, zone: str) -> None:
    assert nearest_zones(latitude, longitude)[0] == zone
    assert labels(say(located=(latitude, longitude)))[0] == zone

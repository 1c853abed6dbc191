"""What a person reads when asking the sample archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from handlers.collect import keep
from handlers.reply import Evidence, Reply, plain
from news.article import Article, article_id
from news.lines import read_text
from tests.handlers.conftest import NOW, Say, labels, presses

if TYPE_CHECKING:
    from handlers.desk import Desk


def first_line(say: Say, text: str) -> str:
    return plain(say(text)).splitlines()[0]


def test_who_met_whom_is_answered_in_the_first_line(say: Say) -> None:
    assert "Steve Witkoff" in first_line(say, "who met Putin in April?")


def test_a_meeting_told_by_several_articles_is_one_line_with_its_sources(say: Say) -> None:
    reply = say("did Witkoff meet Putin?")
    (meeting,) = [one for one in facts(reply, "meetings") if one["day"] == "2025-04-25"]
    assert meeting["place"] == "Moscow"
    assert meeting["status"] == "held"
    assert int(str(meeting["sources"])) >= 3


def test_a_misspelt_name_is_found_and_the_correction_said(say: Say) -> None:
    text = plain(say("when did wittkof last meet putin"))
    assert "Showing Steve Witkoff (you wrote wittkof)" in text
    assert "Fri 25 Apr 2025" in text


def test_no_meeting_is_said_to_be_none(say: Say) -> None:
    assert first_line(say, "did Trump meet Putin?").startswith("Not in person")
    text = plain(say("did Modi meet Carney?"))
    assert text.startswith("No: I keep no meeting of Narendra Modi and Mark Carney")
    assert "57 articles" in text


def test_a_misspelt_place_is_found_and_the_correction_said(say: Say) -> None:
    reply = say("who met Trum in Riyad?")
    text = plain(reply)
    assert text.startswith("Showing Riyadh (you wrote Riyad)")
    assert "Ahmed al-Sharaa" in text
    assert reply.facts["corrections"] == [["Trum", "Donald Trump"], ["Riyad", "Riyadh"]]


@pytest.mark.parametrize("place", ["Paris", "Zork", "Mos"])
def test_a_place_where_nobody_met_is_taken_for_no_other(say: Say, place: str) -> None:
    assert first_line(say, f"who met Putin in {place}?") == f"No: I keep no meeting of Vladimir Putin in {place}."


def test_news_from_a_paper_is_its_newest_articles(say: Say) -> None:
    assert first_line(say, "news from Lantern Daily") == "The newest from Lantern Daily:"
    assert first_line(say, "brief me on quantum cheese").startswith("Nothing found")


def test_nobody_who_was_met_answers_who_was_not(say: Say) -> None:
    assert "met Donald Trump" not in first_line(say, "who has Trump not met?")


def test_who_was_at_somebodys_side(say: Say) -> None:
    assert "Yuri Ushakov" in first_line(say, "who was with Putin in Moscow?")


def test_a_place_can_be_asked_for_instead_of_a_person(say: Say) -> None:
    assert "Friedrich Merz" in plain(say("who visited kyiv in may"))


def test_every_quotation_stands_word_for_word_in_its_article(say: Say, desk: Desk) -> None:
    quotes = facts(say("what did Trump say?"), "quotes")
    assert quotes
    for quote in quotes:
        article = desk.store.articles.by_url(str(quote["url"]))
        assert article is not None
        assert str(quote["words"]) in article.text
        assert quote["speaker"] == "Donald Trump"


def test_the_subject_of_a_quotation_narrows_it(say: Say) -> None:
    quotes = facts(say("what did Trump say about Syria?"), "quotes")
    assert [str(quote["words"])[:23] for quote in quotes] == ["I will be ordering the "]


BODY = (
    "The Lighthouse Board met on Monday. The board’s chairman, Ernst Aalto, left early.\n\n"
    "The Lighthouse Board said in a statement that “no lamp will be switched off this year.”\n\n"
    "Of the seagulls Aalto said that “they were here before us and will be here after us.” He called it “the sea.”"
)


@pytest.fixture
def board(desk: Desk) -> None:
    """An article in which a body speaks, and a man of whom only the words around them say what they are about."""
    url = "https://sea.example/1"
    keep(desk.store, Article(id=article_id(url, BODY), url=url, title="Lamps", text=BODY, published=NOW), NOW)
    desk.store.index.catch_up()


@pytest.mark.usefixtures("board")
def test_what_a_body_said_is_told_as_the_bodys(say: Say) -> None:
    assert first_line(say, "what did the Lighthouse Board say?") == "Lighthouse Board: 1 quotation."


@pytest.mark.usefixtures("board")
def test_the_words_beside_a_quotation_tell_what_it_is_about(say: Say) -> None:
    reply = say("what did Aalto say about the seagull?")
    assert "Ernst Aalto about the seagull: 2 quotations, by the words beside them." in plain(reply)
    assert [str(quote["words"])[:14] for quote in facts(reply, "quotes")] == ["they were here", "the sea."]


@pytest.mark.usefixtures("board")
def test_fragments_are_shown_behind_whole_quotations(say: Say) -> None:
    quotes = facts(say("what did Aalto say?"), "quotes")
    assert [str(quote["words"]).split()[0] for quote in quotes] == ["they", "the"]


def test_who_said_certain_words(say: Say) -> None:
    assert "Donald Trump" in first_line(say, "who said 'never say never'?")


def test_every_sentence_of_a_briefing_is_an_articles_own(say: Say, desk: Desk) -> None:
    reply = say("minerals deal")
    texts = [article.text for article in desk.store.articles.many([one.id for one in desk.store.articles.latest(100)])]
    told = [
        block.pieces[0].text.strip()
        for block in reply.blocks
        if not isinstance(block, Evidence) and hasattr(block, "pieces") and len(block.pieces[0].text) > 80
    ]
    assert told
    for paragraph in told:
        for sentence in paragraph.replace(". ", ".\n").splitlines():
            assert any(sentence in text for text in texts), sentence


def test_nothing_found_says_what_is_covered(say: Say) -> None:
    text = plain(say("quantum computers"))
    assert text.startswith("Nothing found")
    assert "I keep 57 articles from Sat 12 Apr 2025 to Thu 5 Jun 2025" in text


def test_one_of_three_words_is_no_answer_and_no_word_is_taken_for_one_that_is_not_shown(say: Say) -> None:
    text = plain(say("shark attack australia"))
    assert text.startswith("Nothing found")
    assert "Showing" not in text


def test_more_goes_on_where_the_answer_stopped(say: Say) -> None:
    first, second = plain(say("what did Trump say?")), plain(say("more"))
    assert second != first
    assert "Donald Trump" in second


def test_the_first_message_has_a_story_and_three_questions_that_work(say: Say) -> None:
    reply = say(command="start")
    assert len(labels(reply)) == 3
    for press in presses(reply):
        assert "Nothing found" not in plain(say(press=press))


def test_an_unknown_command_offers_the_closest(say: Say) -> None:
    reply = say(command="breif")
    assert labels(reply)[0] == "/brief"
    assert "Top stories" in plain(say(press=presses(reply)[0]))


def test_two_people_of_one_name_become_buttons(desk: Desk, say: Say) -> None:
    for first in ("Anna", "Boris"):
        text = (
            f"{first} Karsten opens a mill\n\nThe engineer {first} Karsten opened a mill near the river on Monday.\n\n"
            * 2
        )
        keep(desk.store, read_text(text, url=f"https://mill.example/{first.lower()}"), NOW)
    reply = say("who met Karsten?")
    assert sorted(label.split(" ·")[0] for label in labels(reply)) == ["Anna Karsten", "Boris Karsten"]
    assert "No: I keep no meeting of" in plain(say(press=presses(reply)[0]))


def test_a_button_of_another_chat_gives_nothing_away(say: Say) -> None:
    reply = say("what did Trump say?")
    press = next(press for press in presses(reply) if press.startswith("page"))
    assert "Trump" not in plain(say(press=press, chat=8))


@pytest.mark.parametrize("command", ["sources", "status", "outbox", "users", "announce"])
def test_what_is_the_owners_does_not_exist_for_others(say: Say, command: str) -> None:
    assert f"There is no command /{command}" in plain(say(command=command, owner=False))


def test_settings_in_a_group_are_for_admins(say: Say) -> None:
    assert "Only admins" in plain(say("22:00-07:00", command="quiet", place="group", admin=False))


def facts(reply: Reply, key: str) -> list[dict[str, Any]]:
    found = reply.facts[key]
    assert isinstance(found, list)
    return found


def test_a_saved_story_is_found_again_and_a_second_tap_takes_it_back(say: Say) -> None:
    press = next(press for press in presses(say("minerals deal")) if press.startswith("save"))
    assert "Saved" in str(say(press=press).toast)
    assert "minerals" in plain(say(command="saved")).lower()
    assert "No longer saved" in str(say(press=press).toast)
    assert plain(say(command="saved")).startswith("Nothing is saved")


def test_the_last_questions_can_be_asked_again(say: Say) -> None:
    answer = plain(say("who met Putin?"))
    again = say(command="history")
    assert labels(again) == ["who met Putin?"]
    assert plain(say(press=presses(again)[0])) == answer


def test_what_stands_near_a_story_is_named_with_its_reason(say: Say) -> None:
    text = plain(say("carney oval office", command="related"))
    assert "same story" in text or "neighbouring story" in text


def test_feedback_reaches_the_owner_with_the_question_it_was_about(say: Say) -> None:
    context = say("who met Putin?").context
    say("wrong day", command="feedback", owner=False, context=context)
    assert "wrong day (asked: who met Putin?)" in plain(say(command="complaints"))

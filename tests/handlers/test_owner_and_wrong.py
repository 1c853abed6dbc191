"""What was wrong with an answer reaches the owner; what is forgotten, gone or nobody's is still met with an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.reply import Reply, plain
from news.question import Question
from tests.handlers.conftest import NOW, Say, labels

if TYPE_CHECKING:
    from handlers.desk import Desk


def tap(say: Say, reply: Reply, label: str, **more: object) -> Reply:
    press = next(button.press for row in reply.buttons for button in row if button.label.startswith(label))
    return say(press=press, **more)


@pytest.mark.parametrize(
    "question", ["blackout spain", "what did Trump say?", "who met Putin?", "did Merz meet Macron?"]
)
def test_what_is_wrong_is_said_with_two_taps_and_reaches_the_owner(say: Say, question: str) -> None:
    asked = tap(say, say(question, owner=False), "👎", owner=False)
    assert {"Wrong quote", "Wrong person", "Not one story"} <= set(labels(asked))
    thanks = tap(say, asked, "Wrong person", owner=False)
    assert (thanks.edit, thanks.toast) == (True, "Noted")
    assert f"Wrong person (asked: {question}" in plain(say(command="complaints"))


def test_a_complaint_of_another_chat_or_made_up_is_not_noted(say: Say) -> None:
    story = say("blackout spain")
    press = next(button.press for row in story.buttons for button in row if button.label == "👎")
    assert say(press=f"{press}|quote", chat=9).toast
    assert say(press=f"{press}|nonsense").toast
    assert say(press="wrong|zz").toast
    assert "No feedback yet" in plain(say(command="complaints"))


def test_words_are_followed_instead_of_a_name_nobody_has(say: Say) -> None:
    offer = say("met Ada Brunnbauer", command="subscribe")
    assert plain(offer).startswith("I know nobody called")
    kept = say(press=offer.buttons[0][0].press)
    assert plain(kept).startswith("Followed.")
    assert "Ada Brunnbauer" in plain(kept)


def test_both_names_being_one_is_explained_by_the_command_too(say: Say) -> None:
    assert plain(say("Witkoff Witkoff", command="met")).startswith("Both names mean Steve Witkoff.")


def test_about_says_what_this_is_and_privacy_what_is_kept(say: Say) -> None:
    assert plain(say(command="about")).startswith("I am a news desk")
    assert plain(say(command="privacy")).startswith("What I keep about this chat")


def test_a_reply_to_what_is_forgotten_is_about_the_story_it_tells(say: Say, desk: Desk) -> None:
    story = say("blackout spain")
    desk.store.exchange.sweep(NOW.replace(year=2026))
    later = NOW.replace(month=7)
    assert plain(say("sources", context=story.context, replied=plain(story), now=later)).startswith(
        "1 article, 1 indep"
    )


@pytest.mark.parametrize("words", ["is this true?", "really?", "what is this about"])
def test_a_reply_to_somebodys_claim_shows_the_story_that_tells_it(say: Say, words: str) -> None:
    claim = "Power cut paralyses Spain and Portugal, trains stopped from Lisbon to Barcelona"
    text = plain(say(words, replied=claim, place="group", admin=False))
    assert text.startswith("Power cut paralyses Spain and Portugal")


def test_a_reply_to_small_talk_is_a_question_of_its_own(say: Say) -> None:
    assert plain(say("who met Putin?", replied="lunch at noon?", place="group")).startswith("Steve Witkoff met")


def test_a_story_that_is_gone_is_looked_for_by_its_title(say: Say, desk: Desk) -> None:
    from handlers.ask import answer  # noqa: PLC0415
    from handlers.desk import Request  # noqa: PLC0415

    title = desk.store.stories.latest(1)[0].title
    reply = answer(Request(now=NOW, chat=7), desk, Question(kind="story", story=12345, text=title))
    assert title in plain(reply)
    bare = answer(Request(now=NOW, chat=7), desk, Question(kind="story", story=12345))
    assert plain(bare).startswith("That story is no longer kept.")


def test_faults_are_shown_to_the_owner_until_they_were_told(say: Say, desk: Desk) -> None:
    assert plain(say(command="errors")).startswith("No fault since the last note.")
    for _ in range(3):
        desk.store.notes.record("bot.web:1", "the web is down", NOW)
    assert "3× the web is down" in plain(say(command="errors"))
    assert "There is no command" in plain(say(command="errors", owner=False))


def test_the_status_says_how_large_the_archive_is(say: Say) -> None:
    assert "Archive and index: " in plain(say(command="status"))


def test_the_first_message_tells_how_to_own_a_bot_that_nobody_owns(say: Say, desk: Desk) -> None:
    assert "ADMIN_IDS" not in plain(say(command="start"))
    desk.settings["owned"] = False
    assert "put ADMIN_IDS=77 into .env" in plain(say(command="start", user=77, owner=False))
    assert "ADMIN_IDS" not in plain(say(command="start", user=77, owner=False, place="group"))


def test_the_owner_alone_is_told_that_inline_questions_are_off(say: Say, desk: Desk) -> None:
    desk.settings.update(owned=True, inline=False)
    assert "/setinline" in plain(say(command="start"))
    assert "/setinline" not in plain(say(command="start", owner=False))


def test_a_word_that_is_the_owners_command_is_no_unknown_command_for_others(say: Say) -> None:
    assert "There is no command" not in plain(say("sources", owner=False))
    assert plain(say("sources")).startswith("No feed is collected yet.")

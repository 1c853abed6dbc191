"""The first minutes of a new user: the program without a token, its samples, a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.local.contract import mistakes

if TYPE_CHECKING:
    from tests.e2e.browser import Desk

pytestmark = pytest.mark.browser

CALLS = "fetch('/sim/calls', {method: 'POST'}).then(answer => answer.json())"


def test_who_met_putin_is_answered_with_a_name_a_day_and_a_link(desk: Desk) -> None:
    answer = desk.ask("who met Putin?")
    assert "Steve Witkoff" in answer.inner_text()
    assert "25 Apr 2025" in answer.inner_text()
    assert answer.locator("a[href^=http]").count() > 0


def test_a_briefing_on_a_topic_has_sentences_and_sources(desk: Desk) -> None:
    answer = desk.ask("brief me on Ukraine")
    assert "Ukraine" in answer.inner_text()
    assert answer.locator("a[href^=http]").count() > 0


def test_a_misspelt_name_is_taken_for_the_right_one(desk: Desk) -> None:
    assert "Witkoff" in desk.ask("wittkof putin moscow").inner_text()


def test_a_pressed_button_brings_an_answer(desk: Desk) -> None:
    answer = desk.ask("who met Putin?")
    before = desk.page.inner_text("#log")
    answer.locator("button.press").first.click()
    desk.page.wait_for_function("before => document.querySelector('#log').innerText !== before", arg=before)


def test_what_belongs_to_a_story_takes_its_place_and_leads_back(desk: Desk) -> None:
    answer = desk.ask("blackout spain")
    story, count = answer.locator(".words").first.inner_text(), desk.answers.count()
    for label, shown in (("Sources", "independent source"), ("Related", "Related")):
        desk.press(label)
        answer.get_by_text(shown).first.wait_for()
        desk.press("‹ Back")
        answer.locator(".press", has_text="Why this?").wait_for()
    assert answer.locator(".words").first.inner_text() == story
    assert desk.answers.count() == count


def test_a_number_opens_that_line_of_a_list(desk: Desk) -> None:
    listed = desk.ask("brief me on Ukraine").inner_text()
    title = next(line for line in listed.splitlines() if line.startswith("2. "))[3:]
    assert title in desk.ask("2").inner_text()


def test_the_menu_lists_the_commands_and_each_says_what_it_does(desk: Desk) -> None:
    desk.ask("/help")
    desk.page.click("#commands")
    names = desk.page.locator(".choice b").all_inner_texts()
    notes = desk.page.locator(".choice small").all_inner_texts()
    assert {"/help", "/brief", "/met", "/said", "/search"} <= set(names)
    assert all(notes)


def test_every_call_the_program_makes_is_one_the_documentation_knows(desk: Desk) -> None:
    for question in (
        "/start",
        "/help",
        "/latest",
        "/met Putin",
        "/said Trump",
        "/status",
        "/settings",
        "nothing at all?",
    ):
        desk.ask(question)
    calls = desk.page.evaluate(CALLS)
    found = [mistake for call in calls for mistake in mistakes(call["method"], call["params"])]
    assert len(calls) > 8
    assert found == []


def test_no_call_the_program_makes_is_refused(desk: Desk) -> None:
    for question in ("/brief", "/search talks", "/who Witkoff", '<b>& "</i>', "/topics", "x" * 3000):
        desk.ask(question)
    calls = desk.page.evaluate(CALLS)
    assert [call for call in calls if call["error"]] == []

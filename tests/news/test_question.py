"""Questions as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from news.question import Question, goes_on, understand
from news.question_orders import way, wish

TODAY = date(2025, 4, 28)


def asked(text: str, previous: Question | None = None) -> Question:
    return understand(text, TODAY, previous)


@pytest.mark.parametrize(
    ("text", "kind", "people"),
    [
        ("who met Putin?", "met", ("Putin",)),
        ("whom did Macron meet", "met", ("Macron",)),
        ("who has Macron met this year", "met", ("Macron",)),
        ("did Trump meet Putin?", "met", ("Trump", "Putin")),
        ("Did Zelensky and Trump meet?", "met", ("Zelensky", "Trump")),
        ("Did Trump not meet Putin?", "met", ("Trump", "Putin")),
        ("did Merz and Macron never meet", "met", ("Merz", "Macron")),
        ("didn't Trump meet Putin?", "met", ("Trump", "Putin")),
        ("hasn’t Witkoff ever met Putin?", "met", ("Witkoff", "Putin")),
        ("when did wittkof last meet putin", "met", ("wittkof", "putin")),
        ("how often has Macron met with Merz", "met", ("Macron", "Merz")),
        ("where did Merz meet Tusk", "met", ("Merz", "Tusk")),
        ("who was with Putin in Moscow?", "met", ("Putin",)),
        ("meetings between Trump and Xi", "met", ("Trump", "Xi")),
        ("Witkoff met Putin", "met", ("Witkoff", "Putin")),
        ("what did Trump say about the talks?", "said", ("Trump",)),
        ("what has Macron said on tariffs", "said", ("Macron",)),
        ("quotes from Lavrov", "said", ("Lavrov",)),
        ("who is Yuri Ushakov", "person", ("Yuri Ushakov",)),
        ("who was Lincoln", "person", ("Lincoln",)),
        ("timeline of Witkoff", "timeline", ("Witkoff",)),
        ("timeline Trump", "timeline", ("Trump",)),
        ("Merz timeline", "timeline", ("Merz",)),
        ("who's meeting Trump next week?", "met", ("Trump",)),
        ("is Trump going to meet Carney?", "met", ("Trump", "Carney")),
        ("when is the next meeting between Trump and Carney", "met", ("Trump", "Carney")),
        ("was there a meeting between Modi and Carney?", "met", ("Modi", "Carney")),
        ("Where and when did Witkoff meet Araghchi?", "met", ("Witkoff", "Araghchi")),
        ("who did trump speak with by phone", "met", ("trump",)),
        ("who met Trump and Putin", "met", ("Trump", "Putin")),
        ("Trump and Zelensky meeting in Rome", "met", ("Trump", "Zelensky")),
        ("has anyone met Putin", "met", ("Putin",)),
        ("who met whom", "met", ()),
        ("wo met putin", "met", ("putin",)),
        ("Who'd Trump meet in Riyadh?", "met", ("Trump",)),
        ("did trump and putin and zelensky meet", "met", ("trump", "putin", "zelensky")),
        ("did Trump meet any European leaders?", "met", ("Trump",)),
        ("who will trump meet next", "met", ("trump",)),
        ("Trump's last meeting", "met", ("Trump",)),
        ("who is witkoff and what does he do", "person", ("witkoff",)),
        ("Who was at the meeting in Kyiv?", "met", ()),
        ("can you please tell me who met Putin", "met", ("Putin",)),
        ("Leaders who met Trump", "met", ("Trump",)),
        ("when was the last time Trump met Putin?", "met", ("Trump", "Putin")),
        ("Tell me when Merz met Trump", "met", ("Merz", "Trump")),
        ("I want to know what Trump said about Syria", "said", ("Trump",)),
        ("Trump quotes", "said", ("Trump",)),
        ("Trump quotes on NAFTA", "said", ("Trump",)),
        ("did Trump say anything about Mexico", "said", ("Trump",)),
        ("has Macron ever said something on tariffs", "said", ("Macron",)),
        ("anything Ushakov said about the meeting?", "said", ("Ushakov",)),
        ("what did Trump and Musk say", "said", ("Trump", "Musk")),
        ("who is president of France", "person", ("president of France",)),
        ("ｗｈｏ ｍｅｔ Ｐｕｔｉｎ？", "met", ("Putin",)),
    ],
)
def test_a_question_about_people_names_them(text: str, kind: str, people: tuple[str, ...]) -> None:
    question = asked(text)
    assert (question.kind, question.people) == (kind, people)


@pytest.mark.parametrize(
    ("text", "kind", "topic"),
    [
        ("brief me on Ukraine", "brief", "Ukraine"),
        ("breif me on gaza", "brief", "gaza"),
        ("brief me", "brief", ""),
        ("what's new?", "brief", ""),
        ("what happened with the nuclear talks in Oman", "brief", "the nuclear talks in Oman"),
        ("latest news from kyiv", "latest", "kyiv"),
        ("show me news from Harbour Courier", "latest", "Harbour Courier"),
        ("list articles on iran", "latest", "iran"),
        ("tell me more about the minerals deal", "brief", "the minerals deal"),
        ("wittkof putin moscow", "search", "wittkof putin moscow"),
        ("who may succeed the pope", "search", "who may succeed the pope"),
    ],
)
def test_a_question_about_a_subject_keeps_its_words(text: str, kind: str, topic: str) -> None:
    question = asked(text)
    assert (question.kind, question.topic) == (kind, topic)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("who met Putin in April", date(2025, 4, 1), date(2025, 4, 30)),
        ("who met Putin in april 2024?", date(2024, 4, 1), date(2024, 4, 30)),
        ("what did Trump say yesterday", date(2025, 4, 27), date(2025, 4, 27)),
        ("what did Trump say last week", date(2025, 4, 21), date(2025, 4, 27)),
        ("brief on Ukraine 24h", date(2025, 4, 27), date(2025, 4, 28)),
        ("what did Merz say in the last 7 days", date(2025, 4, 21), date(2025, 4, 28)),
        ("who has Macron met this year", date(2025, 1, 1), date(2025, 12, 31)),
        ("who did Macron meet between 3 and 5 April?", date(2025, 4, 3), date(2025, 4, 5)),
        ("who did Macron meet between 3 March and 5 April 2024?", date(2024, 3, 3), date(2024, 4, 5)),
        ("who met Merz from November to March 2025", date(2024, 11, 1), date(2025, 3, 31)),
        ("who met Merz from 1 to 15 March 2025", date(2025, 3, 1), date(2025, 3, 15)),
        ("who met Merz from 1st to 15th March", date(2025, 3, 1), date(2025, 3, 15)),
        ("who met Merz from March 1 to March 15, 2025", date(2025, 3, 1), date(2025, 3, 15)),
        ("who met Merz in the first half of March 2025", date(2025, 3, 1), date(2025, 3, 15)),
        ("who met Merz in the second half of February 2025", date(2025, 2, 16), date(2025, 2, 28)),
        ("who met Merz during the second half of 2024", date(2024, 7, 1), date(2024, 12, 31)),
        ("who met Merz at the end of March 2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("who met Merz from March 2025", date(2025, 3, 1), None),
        ("who met Merz from 12 March 2024 to 3 April 2025", date(2024, 3, 12), date(2025, 4, 3)),
        ("meetings between Trump and Xi since 2024", date(2024, 1, 1), None),
        ("who met Putin before April 2025", None, date(2025, 3, 31)),
        ("what happened on Friday", date(2025, 4, 25), date(2025, 4, 25)),
        ("what did Trump say yesteday", date(2025, 4, 27), date(2025, 4, 27)),
        ("who met Putin last wek", date(2025, 4, 21), date(2025, 4, 27)),
        ("who met Putin on thurday", date(2025, 4, 24), date(2025, 4, 24)),
        ("brief me on Kyiv since monady", date(2025, 4, 28), None),
        ("who met Putin in Febuary 2025", date(2025, 2, 1), date(2025, 2, 28)),
        ("who spoke in Jena", None, None),
        ("the last mondale", None, None),
    ],
)
def test_the_days_a_question_names_are_understood(text: str, first: date | None, last: date | None) -> None:
    question = asked(text)
    assert (question.first, question.last) == (first, last)


def test_a_part_of_a_time_is_no_part_of_a_name() -> None:
    assert asked("who met Merz in the first half of March 2025").people == ("Merz",)
    assert asked("who met Merz at the end of March 2025").people == ("Merz",)


def test_may_is_a_month_only_where_it_is_one() -> None:
    assert asked("who may succeed the pope").first is None
    assert asked("who met Putin in may").first == date(2024, 5, 1)


def test_the_place_of_a_meeting_is_no_part_of_a_name() -> None:
    question = asked("Did Zelensky and Trump meet in Rome?")
    assert (question.people, question.place) == (("Zelensky", "Trump"), "Rome")


def test_the_words_looked_for_are_kept_as_written() -> None:
    assert asked("who said 'Vladimir, STOP!'").words == "Vladimir, STOP!"


def test_a_reply_goes_on_from_the_question_before() -> None:
    before = asked("did Witkoff meet Putin?")
    assert asked("and in March?", before).first == date(2025, 3, 1)
    assert asked("and Macron?", before).people == ("Witkoff", "Macron")
    assert asked("and in Paris?", before).place == "Paris"
    assert asked("when?", before).asked == "when"
    said = asked("what did he say?", before)
    assert (said.kind, said.people) == ("said", ("Witkoff",))


@pytest.mark.parametrize(
    ("text", "asked_for", "order", "call", "talk"),
    [
        ("did Trump call Putin?", "whether", "", True, False),
        ("when did Trump last speak to Putin?", "when", "last", False, True),
        ("who did trump speak with by phone", "who", "", True, True),
        ("will Merz meet Trump", "whether", "coming", False, False),
        ("when is the next Trump Carney meeting", "when", "next", False, False),
    ],
)
def test_what_counts_as_a_meeting_follows_the_verb(
    text: str, asked_for: str, order: str, call: bool, talk: bool
) -> None:
    question = asked(text)
    assert (question.asked, question.order, question.call, question.talk) == (asked_for, order, call, talk)


@pytest.mark.parametrize("text", ["who are you?", "are you a bot", "what sources do you have", "who made you"])
def test_questions_about_the_desk_are_no_search(text: str) -> None:
    assert asked(text).kind == "desk"


def test_talks_named_by_their_place_are_meetings_there() -> None:
    question = asked("who took part in the Geneva talks")
    assert (question.kind, question.place) == ("met", "Geneva")


@pytest.mark.parametrize("text", ["iran talks", "peace talks", "the trade deal", "Trump's tariffs"])
def test_a_subject_is_no_meeting(text: str) -> None:
    assert asked(text).kind == "search"


def test_what_goes_on_from_before_is_told_apart() -> None:
    assert all(map(goes_on, ("what did he say?", "and in March?", "what about Macron?")))
    assert not any(map(goes_on, ("who met Putin?", "anderson", "only fools", "their finest hour")))


def test_a_reply_about_something_else_keeps_the_speaker() -> None:
    before = asked("what did Trump say about Syria?")
    assert (asked("and about tariffs?", before).people, asked("and about tariffs?", before).about) == (
        ("Trump",),
        "tariffs",
    )
    assert asked("and Iran?", asked("brief me on Ukraine")).topic == "Iran"


def test_a_reply_may_ask_for_company_a_timeline_or_both_of_two() -> None:
    before = asked("did Witkoff meet Putin?")
    assert asked("who else was there?", before).asked == "with"
    assert asked("show me the timeline", before).kind == "timeline"
    assert asked("where did they meet?", before).people == ("Witkoff", "Putin")
    said = asked("what did Trump say about Syria?")
    assert asked("and Iran?", said).about == "Iran"
    assert asked("and Macron?", said).people == ("Macron",)
    assert asked("when?", said).kind == "said"
    assert asked("tell me more", said).kind == "more"


def test_a_reply_with_a_question_of_its_own_is_a_new_question() -> None:
    before = asked("did Witkoff meet Putin?")
    assert asked("brief me on Ukraine", before).topic == "Ukraine"


@pytest.mark.parametrize(
    ("text", "kind", "people", "about"),
    [
        ("who mett zelenski", "met", ("zelenski",), ""),
        ("wer did witkof met arakchi", "met", ("witkof", "arakchi"), ""),
        ("wat did trmp say abot siria", "said", ("trmp",), "siria"),
        ("quots from trump", "said", ("trump",), ""),
        ("wen is teh next meting of trump", "met", ("trump",), ""),
        ("timelin of witkof", "timeline", ("witkof",), ""),
    ],
)
def test_slips_in_the_words_of_a_question_do_not_hide_it(
    text: str, kind: str, people: tuple[str, ...], about: str
) -> None:
    question = asked(text)
    assert (question.kind, question.people, question.about) == (kind, people, about)


@pytest.mark.parametrize("text", ["tanks", "meat prices", "vitamin dose", "Sayed Putin", "Ur excavation", "tel aviv"])
def test_words_near_to_those_of_a_question_stay_what_they_are(text: str) -> None:
    assert (asked(text).kind, asked(text).topic) == ("search", text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("heyy", "hello"),
        ("good mornin", "hello"),
        ("Привет!", "hello"),
        ("hola", "hello"),
        ("merci", "thanks"),
        ("спасибо", "thanks"),
        ("thanks a lot", "thanks"),
        ("you are stupid", "scolding"),
        ("that is wrong", "scolding"),
        ("are you chatgpt?", "desk"),
        ("wats new", "brief"),
    ],
)
def test_greetings_thanks_and_scolding_are_no_search(text: str, kind: str) -> None:
    assert asked(text).kind == kind


def test_who_was_at_a_place_is_a_question_about_meetings_there() -> None:
    question = asked("who was in istanbul on 16 april")
    assert (question.kind, question.place, question.first) == ("met", "istanbul", date(2025, 4, 16))
    assert asked("who is in charge in Syria").kind == "person"


@pytest.mark.parametrize(
    "text", ["upcoming meetings", "planned meetings of Trump", "what meetings are planned", "next meetings"]
)
def test_meetings_to_come_are_asked_for_in_many_ways(text: str) -> None:
    assert (asked(text).kind, asked(text).order) == ("met", "next")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("notify me about Merz", "Merz"),
        ("please alert me about pope leo!", "pope leo"),
        ("tell me when Trump meets Putin", "met Trump and Putin"),
        ("let me know when Macron and Merz meet again", "met Macron and Merz"),
        ("let me know if Merz says something about tariffs", "said Merz about tariffs"),
        ("tell me when there is news about Gaza", "Gaza"),
        ("i want to follow Macron", "Macron"),
        ("tell me when Trump met Putin", ""),
        ("tell me about Merz", ""),
    ],
)
def test_a_wish_to_be_told_is_no_question(text: str, wanted: str) -> None:
    assert wish(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("how do I unsubscribe?", "unsubscribe"),
        ("how can i set my timezone", "set my timezone"),
        ("is there a way to delete my data", "delete my data"),
        ("how many people died", ""),
        ("how did Leo win", ""),
    ],
)
def test_how_something_is_done_is_told_from_what_happened(text: str, wanted: str) -> None:
    assert way(text) == wanted

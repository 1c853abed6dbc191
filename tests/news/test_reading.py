from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from news.article import Article, article_id
from news.day import value
from news.reading import RULES, Reading, read

ROOT = Path(__file__).resolve().parent.parent.parent
PARAGRAPHS = (
    "OSLO - Norwegian Prime Minister Marta Lindqvist met Danish Prime Minister Henrik Sondergaard in Oslo on Thursday.",
    '"We have waited long enough," Lindqvist told reporters after the talks.',
    "Sondergaard was accompanied by Transport Minister Lise Holm.",
)


def article(text: str, language: str | None = None) -> Article:
    moment = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)
    return Article(
        id=article_id("", text),
        title="Bridge agreed",
        text=text,
        published=moment,
        precision="minute",
        language=language,
    )


def test_an_article_tells_its_names_quotations_meetings_days_and_briefing() -> None:
    text = "\n\n".join(PARAGRAPHS)
    reading = read(article(text))
    assert {"Marta Lindqvist", "Henrik Sondergaard", "Lise Holm"} <= {name.name for name in reading.names}
    assert [(quote.words, quote.speaker) for quote in reading.quotes] == [
        ("We have waited long enough,", "Marta Lindqvist")
    ]
    (meeting,) = reading.meetings
    assert (meeting.people, meeting.delegation) == (("Marta Lindqvist", "Henrik Sondergaard"), ("Lise Holm",))
    assert (meeting.place, meeting.kind, meeting.status) == ("Oslo", "meeting", "held")
    assert [value(day.day) for day in reading.days] == ["2025-04-24"]
    assert text[slice(*reading.brief[0])].startswith("Norwegian Prime Minister Marta Lindqvist met")
    assert reading.rules == RULES


def test_nothing_in_gives_nothing_out() -> None:
    assert read(article("")) == Reading()
    assert read(article(" \n\n ")) == Reading()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Die Ministerin traf den Präsidenten der Republik am Donnerstag. „Wir haben lange gewartet“, sagte sie.",
            "Wir haben lange gewartet",
        ),
        (
            "La ministre a vu le président jeudi. « Nous avons assez attendu », a-t-elle dit avant de partir.",
            "Nous avons assez attendu",
        ),
        (
            "Министр встретилась с президентом в четверг. «Мы ждали достаточно долго», — сказала она журналистам.",
            "Мы ждали достаточно долго",
        ),
    ],
)
def test_of_another_language_only_what_its_marks_say_is_told(text: str, words: str) -> None:
    reading = read(article(text))
    assert [quote.words for quote in reading.quotes] == [words]
    assert all(quote.speaker is None for quote in reading.quotes)
    assert (reading.names, reading.meetings, reading.days) == ((), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "总统星期四在北京会见了总理。",
        "Президент встретился с премьер-министром в четверг.",
        "التقى الرئيس رئيس الوزراء يوم الخميس.",
    ],
)
def test_scripts_without_rules_give_no_nonsense(text: str) -> None:
    reading = read(article(text))
    assert (reading.names, reading.meetings, reading.days) == ((), (), ())


SCRIPT = """
import sys, msgspec
from news.article import Article
from news.reading import read
article = msgspec.json.decode(sys.stdin.buffer.read(), type=Article)
sys.stdout.buffer.write(msgspec.json.encode(read(article)))
"""


def test_another_process_reads_the_same() -> None:
    one = article("\n\n".join(PARAGRAPHS * 3))
    here = msgspec.json.encode(read(one))
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=msgspec.json.encode(one),
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        assert there == here


def test_a_reading_survives_being_stored() -> None:
    reading = read(article("\n\n".join(PARAGRAPHS)))
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading

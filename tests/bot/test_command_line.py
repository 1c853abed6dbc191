"""The command line's machine-readable face, as programs rely on it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import COMMANDS, main

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
STORY = (
    "Ministers agree on grain corridor\n\n"
    "OSLO, May 6, 2025 - Foreign Minister Ada Lindqvist met her Danish counterpart Peter Holm in Oslo on Tuesday, "
    "the ministry said, to talk about a corridor for grain ships.\n\n"
    '"We have agreed on the route and on who will pay for it," Lindqvist told reporters after the talks. '
    '"The first ship will sail within a week."\n\n'
    "Holm said the two countries would publish the agreement next month."
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, without anybody's settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE", "TELEGRAM_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str, given: Iterable[object] = ()) -> Result:
    lines = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in given)
    return CliRunner().invoke(main, arguments, input=lines)


def told(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_command_has_help_and_can_be_imported() -> None:
    for name in COMMANDS:
        result = run(name, "--help")
        assert result.exit_code == 0, (name, result.output)
        assert "Usage:" in result.output


def test_reading_gives_every_field_and_spans_that_are_their_words(place: Path) -> None:
    page = {"id": 7, "text": STORY, "title": "Ministers agree on grain corridor", "url": "https://news.example/grain"}
    result = run("read", "--lines", given=[page | {"more": 1}])
    (line,) = told(result)
    assert result.exit_code == 0
    assert set(line) >= {
        "id", "url", "title", "text", "byline", "published", "precision", "site", "image", "language", "tags",
        "related", "names", "quotes", "meetings", "days", "brief",
    }  # fmt: skip
    assert line["id"] == 7
    assert line["title"] == "Ministers agree on grain corridor"
    for quote in line["quotes"]:
        assert line["text"][quote["start"] : quote["end"]] == quote["words"]
    assert set(line["quotes"][0]) >= {"words", "start", "end", "speaker", "speaker_kind", "said_as"}
    for name in line["names"]:
        assert all(line["text"][start:end] for start, end in name["spans"])
    for meeting in line["meetings"]:
        assert set(meeting) >= {"people", "organisations", "delegation", "day", "place", "kind", "status", "sentence"}
    assert all(sentence in line["text"] for sentence in line["brief"])


def test_a_clean_text_is_kept_to_the_character(place: Path) -> None:
    body = "  First line.\r\n\nSecond   line, with\ttab and 😀, " + "long enough to be a story. " * 4 + "\n"
    (line,) = told(run("read", "--lines", given=[{"id": "a", "text": body, "clean": True, "title": "T"}]))
    assert line["text"] == body


def test_a_line_that_cannot_be_used_is_answered_in_its_place_and_the_run_goes_on(place: Path) -> None:
    bad: list[object] = [
        "no json", "[1]", "", {"id": 4}, {"id": 5, "text": 6}, {"id": 6, "text": "x", "html": "y"},
        '{"id": 7, "text": "\\ud800"}', {"id": 8, "text": STORY, "published": "yesterday"}, {"id": 9, "text": ""},
        "[" * 5000,
    ]  # fmt: skip
    result = run("read", "--lines", given=[*bad, {"id": 10, "text": STORY}])
    lines = told(result)
    assert result.exit_code == 1
    assert len(lines) == len(bad) + 1
    assert [line["id"] for line in lines] == [None, None, None, 4, 5, 6, None, 8, 9, None, 10]
    assert all("error" in line for line in lines[:-1])
    assert "title" in lines[-1]


def test_a_given_day_is_a_day_and_a_given_moment_has_its_zone(place: Path) -> None:
    given = [{"id": n, "text": STORY.split("- ", 1)[1], "clean": True, "published": p}
             for n, p in enumerate(("2025-05-06", "2025-05-06T09:30:00+02:00", "2025-05-06T09:30:00"))]  # fmt: skip
    lines = told(run("read", "--lines", given=given))
    assert [(line["published"], line["precision"]) for line in lines] == [
        ("2025-05-06", "day"),
        ("2025-05-06T07:30:00+00:00", "minute"),
        ("2025-05-06T09:30:00+00:00", "minute"),
    ]


def test_adding_twice_is_known_and_a_changed_page_is_updated(place: Path) -> None:
    page = {"id": 1, "text": STORY, "url": "https://news.example/grain"}
    changed = page | {"text": STORY.replace("next month", "in June")}
    result = run("add", "--lines", "--database", "a.sqlite", given=[page, page, changed, {"id": 2, "text": "x"}, {}])
    lines = told(result)
    assert [line.get("state", "error" if "error" in line else None) for line in lines] == [
        "new",
        "known",
        "updated",
        "refused",
        "error",
    ]
    assert lines[3]["reason"]
    assert lines[0]["article"] == lines[2]["article"]
    assert set(lines[0]) == {"id", "article", "story", "url", "state"}
    assert result.exit_code == 1


def test_files_of_text_html_and_lines_are_added(place: Path) -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n")[1:])
    (place / "a.html").write_text(f"<html><body><article><h1>Of ships</h1>{paragraphs}</article></body></html>")
    (place / "b.txt").write_text(STORY.replace("grain", "coal").replace("Oslo", "Bergen"))
    lines = (
        {"id": "line", "text": STORY.replace("grain", "timber")},
        {"id": "bad"},
        {"text": STORY.replace("grain", "ore")},
    )
    (place / "c.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    (place / "empty.html").write_text("")
    result = run(
        "add", "--json", "--database", "a.sqlite", "a.html", "b.txt", "c.jsonl", "empty.html", "missing.txt", "."
    )
    answers = told(result)
    assert [line["id"] for line in answers] == [
        "a.html", "b.txt", "line", "bad", "c.jsonl:3", "empty.html", "missing.txt", ".",
    ]  # fmt: skip
    assert [line.get("state") for line in answers[:5]] == ["new", "new", "new", None, "new"]
    assert all("Accepted" in line["error"] for line in (answers[3], *answers[5:]))
    assert result.exit_code == 1


def test_a_question_is_answered_with_its_facts(place: Path) -> None:
    run(
        "add",
        "--lines",
        "--database",
        "a.sqlite",
        given=[{"id": 1, "text": STORY, "url": "https://news.example/grain"}],
    )
    given = [{"id": "q", "question": "who met Peter Holm?", "now": "2025-05-07T08:00:00Z"}, {"id": "r"}]
    result = run("ask", "--lines", "--database", "a.sqlite", given=given)
    answer, error = told(result)
    assert set(answer) >= {
        "id", "kind", "understood", "corrections", "articles", "stories", "meetings", "quotes", "related", "reply",
        "milliseconds",
    }  # fmt: skip
    assert answer["id"] == "q"
    assert answer["kind"] == "met"
    assert "Lindqvist" in answer["reply"]
    assert error["id"] == "r"
    assert "Accepted" in error["error"]
    assert result.exit_code == 1


def test_hostile_questions_are_answered(place: Path) -> None:
    run("add", "--lines", "--database", "a.sqlite", given=[{"id": 1, "text": STORY}])
    hostile = [
        '" OR NEAR(* "',
        "/help\0",
        "a" * 100_000,
        "\u202eabc",
        "😀" * 50,
        "/",
        "//",
        "/ ",
        "' ; drop table articles; --",
    ]
    result = run(
        "ask", "--lines", "--database", "a.sqlite", given=[{"id": n, "question": q} for n, q in enumerate(hostile)]
    )
    lines = told(result)
    assert [line["id"] for line in lines] == list(range(len(hostile)))
    assert all(line["reply"] for line in lines)
    assert result.exit_code == 0


def test_status_and_stories_tell_what_the_contract_names(place: Path) -> None:
    run(
        "add",
        "--lines",
        "--database",
        "a.sqlite",
        given=[{"id": 1, "text": STORY, "url": "https://news.example/grain"}],
    )
    (status,) = told(run("status", "--json", "--database", "a.sqlite"))
    assert set(status) >= {
        "version", "articles", "stories", "quotes", "meetings", "people", "feeds", "chats", "subscriptions", "outbox",
        "newest", "database", "schema",
    }  # fmt: skip
    assert status["articles"] == 1
    (story,) = told(run("stories", "--json", "--database", "a.sqlite"))
    assert set(story) >= {"story", "title", "first", "last", "sources", "articles"}
    (article,) = story["articles"]
    assert set(article) >= {"article", "url", "title", "published", "site"}


def test_a_line_is_answered_before_the_next_is_waited_for(place: Path) -> None:
    command = [sys.executable, "-m", "bot", "read", "--lines"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": STORY}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_database_that_cannot_be_used_is_told_in_a_sentence(place: Path) -> None:
    (place / "notes.txt").write_text("no database, but long enough to look at " * 20)
    for name in ("notes.txt", ".", "no/such/folder/a.sqlite", "postgresql://x/y"):
        result = run("status", "--json", "--database", name)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.startswith("Error: ")
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["stories --json", "status", "read --lines"])
def test_a_reader_that_goes_away_ends_it_quietly(place: Path, command: str) -> None:
    run("add", "--lines", "--database", "a.sqlite", given=[{"text": STORY}])
    (place / "in.jsonl").write_text(json.dumps({"text": STORY}))
    whole = [sys.executable, "-m", "bot", *command.split()]
    where = {"PYTHONPATH": str(ROOT), "DATABASE": "a.sqlite"}
    reading, writing = os.pipe()
    os.close(reading)
    with (place / "in.jsonl").open("rb") as lines:
        done = subprocess.run(
            whole, cwd=place, env=os.environ | where, stdin=lines, stdout=writing, stderr=subprocess.PIPE, check=False
        )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    "command", ["feeds export no/a.opml", "picture timeline Lindqvist -o no/a.png", "feeds import .", "backup no/a.db"]
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence(place: Path, command: str) -> None:
    run("add", "--lines", "--database", "a.sqlite", given=[{"text": STORY}])
    result = run(*command.split(), "--database", "a.sqlite")
    assert result.exit_code in {1, 2}
    assert "Error: " in result.stderr
    assert isinstance(result.exception, SystemExit), "told by click, not a traceback"


def test_mistakes_in_the_settings_are_told_before_anything_is_done(place: Path) -> None:
    (place / ".env").write_text("FEED_MINUTES=never\n")
    result = run("status", "--database", "a.sqlite")
    assert result.exit_code == 1
    assert ".env line 1: FEED_MINUTES" in result.stderr
    assert not (place / "a.sqlite").exists()


def test_feeds_go_out_and_come_back_as_opml(place: Path) -> None:
    opml = """<opml version="2.0"><body><outline text="World">
    <outline xmlUrl="https://a.example/rss" title="A &amp; B"/></outline>
    <outline xmlUrl="https://c.example/rss"/><outline xmlUrl="http://user:pw@d.example/"/></body></opml>"""
    (place / "in.opml").write_text(opml)
    result = run("feeds", "import", "in.opml", "--database", "a.sqlite")
    assert result.stdout == "2 new, 0 known, 1 refused\n"
    written = run("feeds", "export", "--database", "a.sqlite").stdout
    (place / "out.opml").write_text(written)
    assert "A &amp; B" in written
    assert run("feeds", "import", "out.opml", "--database", "b.sqlite").stdout == "2 new, 0 known, 0 refused\n"
    assert run("feeds", "export", "--database", "b.sqlite").stdout == written
    names = [(feed["name"], feed["list"]) for feed in told(run("feeds", "list", "--json", "--database", "b.sqlite"))]
    assert names == [("c.example", None), ("A & B", "World")]


@pytest.mark.parametrize(
    "text", ["", "<rss/>", "no xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>']
)
def test_what_is_no_opml_is_refused_or_empty(place: Path, text: str) -> None:
    (place / "in.opml").write_text(text)
    result = run("feeds", "import", "in.opml", "--database", "a.sqlite")
    assert "root:" not in result.output
    assert result.exit_code == 1 or result.stdout == "0 new, 0 known, 0 refused\n"


def test_a_backup_is_a_database_and_never_overwrites(place: Path) -> None:
    run("add", "--lines", "--database", "a.sqlite", given=[{"id": 1, "text": STORY}])
    assert run("backup", "copy.sqlite", "--database", "a.sqlite").exit_code == 0
    (status,) = told(run("status", "--json", "--database", "copy.sqlite"))
    assert status["articles"] == 1
    again = run("backup", "copy.sqlite", "--database", "a.sqlite")
    assert again.exit_code == 1
    assert "exists already" in again.stderr


def test_an_archive_is_read_again_and_indexed_anew(place: Path) -> None:
    run("add", "--lines", "--database", "a.sqlite", given=[{"id": 1, "text": STORY}])
    assert run("reread", "--database", "a.sqlite").stdout == "0 articles read again\n"
    assert run("reindex", "--database", "a.sqlite").stdout == "1 article in the index\n"
    (answer,) = told(run("ask", "--json", "--database", "a.sqlite", "grain corridor"))
    assert answer["articles"]


def test_a_backup_put_to_use_answers_at_once(place: Path) -> None:
    run("add", "--lines", given=[{"id": 1, "text": STORY, "title": "Ministers agree on grain corridor"}])
    assert run("backup", "copy.sqlite").exit_code == 0
    (line,) = told(run("ask", "grain corridor", "--json", "--database", "copy.sqlite"))
    assert [found["title"] for found in line["articles"]] == ["Ministers agree on grain corridor"]


def test_what_stands_on_buttons_is_printed_where_the_answer_leads_up_to_it(place: Path) -> None:
    lines = run("ask", "/latets", "--database", "samples").stdout.splitlines()
    assert lines[0].endswith("Did you mean:")
    assert "  /latest" in lines[1:]


def test_a_text_of_neither_site_nor_address_is_told_without_a_link(place: Path) -> None:
    run("add", "--lines", given=[{"id": 1, "text": STORY, "title": "Ministers agree on grain corridor"}])
    reply = run("ask", "grain corridor").stdout
    assert "a corridor for grain ships." in reply
    assert "link" not in reply


@pytest.mark.parametrize("command", [("feeds", "list"), ("feeds", "collect"), ("subscriptions",), ("outbox",)])
def test_an_empty_list_is_said_to_be_empty_but_not_to_a_program(place: Path, command: tuple[str, ...]) -> None:
    told_person, told_program = run(*command), run(*command, "--json")
    assert told_person.stderr.startswith("No")
    assert told_person.stdout == told_program.output == ""


def test_a_file_of_an_answer_is_printed_where_it_is_text_and_named_where_it_is_not(place: Path) -> None:
    assert json.loads(run("ask", "/export", "--database", "samples").stdout)
    named = run("ask", "/backup", "--database", "samples").stdout
    assert named.startswith("dateline.sqlite of ")
    assert "comes as a file" in named


def test_samples_read_by_older_rules_are_read_again(place: Path) -> None:
    run("status", "--database", "samples")
    with closing(sqlite3.connect(place / "data" / "samples.sqlite")) as archive, archive:
        archive.execute("update articles set rules = 0")
    assert "again" in run("status", "--database", "samples").stderr
    assert "again" not in run("status", "--database", "samples").stderr

"""Settings: every mistake at once, by line, with what is accepted; nothing secret is ever shown."""

from __future__ import annotations

import io
import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from bot import log
from bot.cli import archive
from bot.settings import NAMES, Secret, Settings, SettingsError, load, read_env
from store import open_store

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
EXAMPLE = Path(__file__).parents[2] / ".env.example"


def loaded(tmp_path: Path, text: str, **environment: str) -> Settings:
    file = tmp_path / ".env"
    file.write_text(text, encoding="utf-8")
    return load(environment, file)


def test_the_example_names_every_setting_with_its_default_and_no_other(tmp_path: Path) -> None:
    shown = dict(re.findall(r"(?m)^#([A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8")))
    assert set(shown) == set(NAMES)
    del shown["TELEGRAM_TOKEN"]
    text = "\n".join(f"{name}={value}" for name, value in shown.items())
    assert loaded(tmp_path, text) == Settings()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    found = loaded(tmp_path, "LOG_LEVEL=debug\nFEED_MINUTES=20", LOG_LEVEL="warning")
    assert (found.log_level, found.feed_minutes) == ("WARNING", 20)


def test_quotes_comments_and_exports_are_understood() -> None:
    text = "\ufeff# note\n\nexport LOG_LEVEL = 'ERROR' \nDATABASE=\"a b.sqlite\" # here\nWEB_CONTACT=x@y.example # me\n"
    found, wrong = read_env(text)
    assert {name: value for name, (value, _) in found.items()} == {
        "LOG_LEVEL": "ERROR", "DATABASE": "a b.sqlite", "WEB_CONTACT": "x@y.example",
    }  # fmt: skip
    assert wrong == []


def test_every_mistake_is_told_at_once_with_its_line_and_an_example(tmp_path: Path) -> None:
    text = "FEED_MINUTES=0\nthis is no setting\nADMIN_IDS=1,two\n\nTIME_ZONE=Mars/Olympus\nWEB_GAB=2\nCOLLECT=perhaps"
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, text, LOCAL_PORT="99999")
    told = str(caught.value)
    for line in (1, 2, 3, 5, 6, 7):
        assert f".env line {line}:" in told
    assert "environment: LOCAL_PORT: '99999' is not accepted. Accepted: a port" in told
    assert "Did you mean WEB_GAP?" in told
    assert told.count("e.g. ") == 6


def test_names_of_other_programs_are_left_alone(tmp_path: Path) -> None:
    assert loaded(tmp_path, "COMPOSE_PROJECT_NAME=news\nPATH=/bin") == Settings()


def test_a_wrong_token_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, "TELEGRAM_TOKEN=mysecretvalue")
    assert "mysecretvalue" not in str(caught.value)
    assert "BotFather" in str(caught.value)


def test_a_token_is_in_no_repr(tmp_path: Path) -> None:
    found = loaded(tmp_path, f"TELEGRAM_TOKEN={TOKEN}\nADMIN_IDS=5, 6;7")
    assert found.telegram_token.reveal == TOKEN
    assert found.admin_ids == (5, 6, 7)
    assert TOKEN not in f"{found!r} {found.telegram_token} {found.telegram_token!r}"
    assert repr(Secret("")) == "Secret()"


@given(st.text(max_size=200))
def test_any_text_is_settings_or_a_sentence(text: str) -> None:
    found, wrong = read_env(text)
    assert all(name.isidentifier() for name in found)
    assert all("Accepted" in sentence for sentence in wrong)


def test_no_log_line_shows_a_token_whoever_writes_it() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        log.configure("DEBUG", ("a-local-secret",), stream)
        logging.getLogger("httpx").warning("GET https://api.telegram.org/bot%s/getMe", TOKEN)
        logging.getLogger("httpx").info("not even this")
        try:
            int(f"https://api.telegram.org/file/bot{TOKEN}/x and a-local-secret")
        except ValueError:
            logging.getLogger("bot").exception("failed")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    written = stream.getvalue()
    assert "<token>" in written
    assert "AAHdq" not in written
    assert "a-local-secret" not in written
    assert "not even this" not in written


@pytest.mark.parametrize("written", ["0", "-5", "1.5", "9" * 20])
def test_a_number_that_no_user_has_is_no_owner(tmp_path: Path, written: str) -> None:
    with pytest.raises(SettingsError, match=r"ADMIN_IDS: .* is not accepted\. Accepted: numbers of Telegram users"):
        loaded(tmp_path, f"ADMIN_IDS={written}")


def test_a_group_may_be_allowed_by_its_number(tmp_path: Path) -> None:
    assert loaded(tmp_path, "ALLOWED_IDS=-1001234567890 77").allowed_ids == (-1001234567890, 77)


def test_chats_that_chose_no_zone_have_the_one_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIME_ZONE", "Asia/Kolkata")
    found = load(file=tmp_path / "none")
    now = datetime(2025, 6, 6, 9, 0, tzinfo=UTC)
    with archive(structs.replace(found, database=str(tmp_path / "a.sqlite")), now) as store:
        assert store.chats.settings(1).zone == "Asia/Kolkata"
        store.chats.change(1, now, silent=True)
        store.chats.change(2, now, zone="Europe/Rome")
        assert store.chats.settings(2).zone == "Europe/Rome"
    with open_store(tmp_path / "a.sqlite") as store:
        assert (store.chats.settings(1).zone, store.chats.settings(2).zone) == (None, "Europe/Rome")


def test_no_log_line_shows_what_people_wrote_when_an_update_cannot_be_read() -> None:
    stream = io.StringIO()
    kept, level = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        log.configure("INFO", stream=stream)
        body = [{"update_id": 7, "message": {"text": "who met Putin?"}}]
        logging.getLogger("telegram.ext.ExtBot").critical(
            "Error while parsing updates! Received data was %r", body, exc_info=TypeError("no such field")
        )
    finally:
        logging.getLogger().handlers[:] = kept
        logging.getLogger().setLevel(level)
    assert "an update can't be parsed" in stream.getvalue()
    assert "Putin" not in stream.getvalue()

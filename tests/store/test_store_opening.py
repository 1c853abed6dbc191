from __future__ import annotations

import os
import re
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from store import errors, open_store, schema
from store.errors import StoreError
from store.opening import path_of
from store.sqlite import APPLICATION, Engine
from tests.store.telling import NOON, Teller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store import Store

NOBODY = 65534
"""The user that owns nothing; tests often run as root, whom no folder is closed to."""


def _raw(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("news.db", "news.db"),
        ("/srv/news.db", "/srv/news.db"),
        ("./odd:name.db", "./odd:name.db"),
        ("sqlite:news.db", "news.db"),
        ("sqlite:///news.db", "news.db"),
        ("sqlite:////srv/my%20news.db", "/srv/my news.db"),
        ("SQLITE:/srv/news.db", "/srv/news.db"),
        (":memory:", ":memory:"),
        ("C:\\news.db", "C:\\news.db"),
    ],
)
def test_a_path_or_a_sqlite_address_names_a_file(address: str, path: str) -> None:
    assert path_of(address) == path


@pytest.mark.parametrize(
    "address",
    [
        *("postgresql://user:secret@host/news", "mysql:news", "https://example.com/news.db", "", "  ", "a\0b", "/tmp"),
        *("sqlite://host/news.db", "sqlite:///news.db?mode=ro", "file:news.db"),
    ],
)
def test_any_other_address_is_refused_with_what_is_accepted(address: str) -> None:
    with pytest.raises(errors.BadAddress, match=r"--database news\.db") as caught:
        path_of(address)
    assert "secret" not in str(caught.value)


def test_a_new_file_is_made_and_an_old_one_opened_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_store(path) as store:
        kept = Teller(store).tell(names=("Ada Novak",))
    with open_store(f"sqlite:///{path}") as store:
        assert store.articles.get(kept.id) is not None
        assert store.status()["schema"] == schema.version()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    _raw(path, "create table letters (a)")
    before = path.read_bytes()
    with pytest.raises(errors.NotOurs, match="left alone"):
        open_store(path)
    assert path.read_bytes()[100:] == before[100:]
    _raw(path, "select count(*) from letters")


def test_a_newer_database_is_refused_and_not_altered(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    open_store(path).close()
    _raw(path, f"pragma user_version = {schema.version() + 1}")
    with pytest.raises(errors.TooNew, match="newer Dateline"):
        open_store(path)
    _raw(path, f"pragma user_version = {schema.version()}")
    open_store(path).close()


def test_an_older_database_is_brought_up_to_date_and_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.db"
    with open_store(path) as store:
        kept = Teller(store).tell(names=("Ada Novak",))
    later = (*schema.steps(), ("999_more", "-- a step\ncreate table more (a integer);\ninsert into more values (7);"))
    monkeypatch.setattr(schema, "steps", lambda: later)
    with open_store(path) as store:
        assert store.engine.value("select a from more") == 7
        assert store.articles.get(kept.id) is not None
        assert store.status()["schema"] == len(later)


def test_a_step_that_fails_takes_all_of_itself_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.db"
    open_store(path).close()
    old = schema.steps()
    broken = (*old, ("998_good", "create table good (a);"), ("999_bad", "create table half (a);\ncreate tble typo;"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "steps", lambda: broken)
        with pytest.raises(StoreError, match="tble"):
            open_store(path)
    with open_store(path) as store:
        found = store.engine.value("select count(*) from sqlite_master where name in ('good', 'half')")
        assert found == 0


def test_every_step_is_one_file_and_every_index_says_what_it_serves() -> None:
    names = [name for name, _ in schema.steps()]
    assert names == sorted(names)
    assert len({name[:3] for name in names}) == len(names)
    for name, sql in schema.steps():
        for line in sql.splitlines():
            if re.match(r"create (unique )?index", line):
                assert re.search(r";\s+-- \w", line), f"{name}: {line}"


def test_a_comment_or_a_semicolon_in_a_text_does_not_part_statements() -> None:
    sql = "-- it's a comment; really\ncreate table a (b text default 'x;y'); -- more;\n\ncreate index i on a(b);\n"
    assert [statement.split()[1] for statement in schema.statements(sql)] == ["table", "index"]


def test_several_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    path, failed = tmp_path / "news.db", list[BaseException]()

    def go(number: int) -> None:
        try:
            with open_store(path) as store:
                store.chats.greet(number, NOON)
        except BaseException as error:  # noqa: BLE001 - shown by the assertion
            failed.append(error)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with open_store(path) as store:
        assert store.chats.counts() == {"active": 6}


@pytest.mark.parametrize("size", [0, 50, 4096])
def test_a_file_that_is_no_database_is_refused_unless_empty(tmp_path: Path, size: int) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(b"no database " * 1000 if size else b"")
    if not size:
        open_store(path).close()
        return
    with pytest.raises(errors.Corrupt, match="no SQLite database"):
        open_store(path)
    assert path.read_bytes().startswith(b"no database")


def _use(path: Path) -> None:
    with open_store(path) as store:
        store.articles.latest(50)
        store.people.top(50)
        Teller(store).tell(names=("Ada Novak",))


def test_a_damaged_file_says_so_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_store(path) as store:
        teller = Teller(store)
        for _ in range(30):
            teller.tell(names=("Ada Novak",))
        store.engine.connection.execute("pragma wal_checkpoint(truncate)")
    damaged = bytearray(path.read_bytes())
    damaged[4096 : len(damaged) - 4096] = b"\xff" * (len(damaged) - 8192)
    path.write_bytes(bytes(damaged))
    with pytest.raises(errors.Corrupt, match="backup"):
        _use(path)


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that we may read and not write; as root, we are nobody meanwhile."""
    folder = tmp_path / "closed"
    folder.mkdir()
    with open_store(folder / "news.db") as store:
        store.chats.greet(1, NOON)
    for parent in [folder, *folder.parents][:4]:
        parent.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_a_folder_that_may_not_be_written_says_so(closed_folder: Path) -> None:
    for name in ("new.db", "news.db"):
        with pytest.raises(errors.ReadOnly, match="may not be written"), open_store(closed_folder / name) as store:
            store.chats.greet(2, NOON)


@pytest.mark.parametrize("path", ["/nowhere/at/all/news.db", "/proc/news.db"])
def test_a_file_that_cannot_be_made_says_so(path: str) -> None:
    with pytest.raises(errors.Unusable, match=r"--database news\.db"):
        open_store(path)


def _until_full(teller: Teller) -> tuple[list[int], str]:
    kept: list[int] = []
    for _ in range(200):
        try:
            kept.append(teller.tell(names=("Ivo Maly",)).id)
        except errors.Full as error:
            return kept, str(error)
    raise AssertionError("it never became full")


def test_a_full_disk_loses_nothing_that_was_kept(store: Store) -> None:
    teller = Teller(store)
    kept = [teller.tell(names=("Ada Novak",)).id for _ in range(5)]
    pages = store.engine.value("pragma page_count")
    store.engine.connection.execute(f"pragma max_page_count = {pages + 3}")
    more, said = _until_full(teller)
    kept += more
    assert "disk is full" in said
    store.engine.connection.execute("pragma max_page_count = 1000000")
    assert {one.id for one in store.articles.latest(500)} == set(kept)
    assert sum(one.articles for one in store.people.top()) == len(kept)
    assert len(store.articles.changes(limit=1000)) == len(kept)
    assert teller.tell(names=("Ivo Maly",)).state == "new"


def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(errors.TooOld, match=r"3\.37\.0 or newer"):
        Engine(str(tmp_path / "news.db"))


def test_the_file_carries_our_mark(store: Store) -> None:
    assert store.engine.value("pragma application_id") == APPLICATION
    assert store.engine.value("pragma journal_mode") == "wal"


def test_a_backup_is_whole_and_goes_to_a_new_file_only(teller: Teller, store: Store, tmp_path: Path) -> None:
    kept = teller.tell(names=("Ada Novak",))
    copy = tmp_path / "copy.db"
    store.backup(str(copy))
    with open_store(copy) as other:
        assert other.articles.get(kept.id) == store.articles.get(kept.id)
    with pytest.raises(errors.BadAddress, match="exists already"):
        store.backup(str(copy))
    with pytest.raises(errors.BadAddress):
        store.backup(str(tmp_path / "no" / "such" / "folder.db"))


def test_a_closed_store_says_so_in_every_thread(tmp_path: Path) -> None:
    store = open_store(tmp_path / "news.db")
    store.close()
    store.close()
    with pytest.raises(errors.Closed):
        store.chats.get(1)
    caught = list[BaseException]()

    def go() -> None:
        try:
            store.chats.get(1)
        except errors.Closed as error:
            caught.append(error)

    thread = threading.Thread(target=go)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_status_counts_what_is_kept(teller: Teller, store: Store) -> None:
    teller.tell(names=("Ada Novak",))
    store.feeds.add("https://a.example/feed", NOON)
    store.outbox.enqueue(1, 2, "new", "{}", NOON)
    status = store.status()
    wanted = {"articles": 1, "stories": 1, "quotes": 0, "meetings": 0, "people": 1, "feeds": 1, "chats": 0}
    assert {key: status[key] for key in wanted} == wanted
    assert (status["outbox"], status["newest"], status["subscriptions"]) == ({"ready": 1}, NOON.isoformat(), 0)
    assert str(status["database"]).endswith("news.db")

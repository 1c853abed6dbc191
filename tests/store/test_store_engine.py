from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from store import errors
from store.errors import StoreError
from store.sqlite import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = Engine(str(tmp_path / "news.db"), wait=0.0)
    made.write("create table numbers (n integer primary key)")
    yield made
    made.close()


def _numbers(engine: Engine) -> list[int]:
    return [row[0] for row in engine.rows("select n from numbers order by n")]


def _write_and_fail(engine: Engine, *numbers: int) -> None:
    """Writes the first number, the others in transactions inside, and fails."""
    with engine.transaction():
        engine.write("insert into numbers values (?)", numbers[:1])
        for number in numbers[1:]:
            with engine.transaction():
                engine.write("insert into numbers values (?)", (number,))
        raise ZeroDivisionError


def test_an_exception_takes_the_whole_transaction_back(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(engine, 1)
    assert _numbers(engine) == []


def test_an_inner_transaction_that_fails_leaves_the_outer_one_standing(engine: Engine) -> None:
    with engine.transaction():
        engine.write("insert into numbers values (1)")
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(engine, 2, 3)
        with engine.transaction():
            engine.write("insert into numbers values (4)")
    assert _numbers(engine) == [1, 4]


def test_an_outer_transaction_that_fails_takes_the_inner_one_back(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(engine, 1, 2, 3)
    assert _numbers(engine) == []


def test_another_thread_sees_what_is_committed_and_nothing_else(engine: Engine) -> None:
    seen = list[list[int]]()
    with engine.transaction():
        engine.write("insert into numbers values (1)")
        _in_thread(lambda: seen.append(_numbers(engine)))
    _in_thread(lambda: seen.append(_numbers(engine)))
    assert seen == [[], [1]]


def test_connections_of_ended_threads_are_closed(engine: Engine) -> None:
    for _ in range(20):
        _in_thread(lambda: _numbers(engine))
    assert len(engine._open) <= 3


def test_two_writers_wait_for_each_other_or_say_that_it_is_locked(engine: Engine, tmp_path: Path) -> None:
    other = Engine(str(tmp_path / "news.db"), wait=0.0)
    with engine.transaction():
        engine.write("insert into numbers values (1)")
        with pytest.raises(errors.Locked, match="in use by another program"):
            other.write("insert into numbers values (2)")
    other.write("insert into numbers values (2)")
    other.close()
    assert _numbers(engine) == [1, 2]


def test_threads_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    engine = Engine(str(tmp_path / "news.db"), wait=30.0)
    engine.write("create table numbers (n integer primary key)")

    def write(start: int) -> None:
        for n in range(50):
            engine.write("insert into numbers values (?)", (start + n,))

    threads = [threading.Thread(target=write, args=(100 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_numbers(engine)) == 200
    engine.close()


def test_a_query_that_takes_too_long_can_be_stopped_from_outside(engine: Engine) -> None:
    timer = threading.Timer(0.2, engine.interrupt)
    timer.start()
    with pytest.raises(errors.Interrupted, match="took too long"):
        engine.value("with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c")
    timer.join()
    assert engine.value("select 1") == 1


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, "half \ud800"])
def test_what_no_database_can_hold_is_refused_with_a_sentence(engine: Engine, value: object) -> None:
    with pytest.raises(errors.BadValue, match=r"\.$"):
        engine.write("insert into numbers values (?)", (value,))
    with pytest.raises(errors.BadValue):
        engine.rows("select ?", (value,))


def test_an_error_of_the_driver_comes_out_as_ours_with_its_cause(engine: Engine) -> None:
    with pytest.raises(StoreError, match="no such table") as caught:
        engine.rows("select * from nowhere")
    assert isinstance(caught.value.__cause__, sqlite3.Error)


def _every_error() -> list[type[StoreError]]:
    found, pending = list[type[StoreError]](), [StoreError]
    while pending:
        kind = pending.pop()
        found.append(kind)
        pending += kind.__subclasses__()
    return found


@pytest.mark.parametrize("kind", _every_error())
def test_every_error_stands_in_the_tree_and_says_what_it_is(kind: type[StoreError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")
    assert kind.__doc__


def test_every_result_code_becomes_an_error_of_ours_and_a_sentence() -> None:
    for name in (name for name in dir(sqlite3) if name.startswith("SQLITE_") and name.isupper()):
        error = sqlite3.OperationalError("as the driver says it")
        error.sqlite_errorcode = getattr(sqlite3, name)
        found = errors.as_store_error(error, "/srv/news.db")
        assert isinstance(found, StoreError), name
        assert str(found).endswith((".", ".db")), name


def _in_thread(work: object) -> None:
    thread = threading.Thread(target=work)  # type: ignore[arg-type]
    thread.start()
    thread.join()

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.chat_rows import TABLES
from store.chats import Quiet, Settings
from store.errors import BadValue
from store.pace import Limit
from store.subscriptions import Wish
from tests.store.telling import NOON, Teller

if TYPE_CHECKING:
    from store import Store

HARBOUR = Wish(topic="harbour", words=("harbour",))
GROUP, SUPERGROUP, PERSON = -100, -1009, 42


def _fill(store: Store, chat: int) -> None:
    """Puts a row about the chat into every table that can hold one."""
    store.chats.greet(chat, NOON)
    store.chats.change(chat, NOON, zone="Europe/Prague")
    store.users.met(chat, "Ada", NOON)
    store.subscriptions.add(chat, HARBOUR, NOON, user=chat)
    store.digests.set(chat, (480,), NOON + timedelta(hours=3), NOON)
    store.outbox.enqueue(chat, 1, "new", "{}", NOON)
    context = store.exchange.remember(chat, 0, '{"kind": "met"}', NOON, user=chat)
    store.exchange.sent(chat, 10, context, NOON, asked=9)
    store.exchange.show(chat, [1, 2], NOON)
    store.exchange.save(chat, 5, NOON)
    store.exchange.complain(chat, "wrong quote", NOON)
    store.inbox.keep(abs(chat), chat, "{}", NOON)
    store.pace.reserve([Limit(f"chat:{chat}", 1.0)], NOON)


def _tables_about(store: Store, chat: int) -> set[str]:
    found = set()
    for (table,) in store.engine.rows(
        "select name from sqlite_master where type = 'table' and sql not like '%virtual%'"
    ):
        names = [row[1] for row in store.engine.rows(f"pragma table_info({table})")]
        columns = [name for name in names if name in {"chat", "user_id", "old", "new"}]
        if table in {"chats", "users"}:
            columns.append("id")
        if table == "pace" and store.engine.value("select 1 from pace where scope = ?", (f"chat:{chat}",)):
            found.add(table)
        for column in columns:
            if store.engine.value(f"select 1 from {table} where {column} = ?", (chat,)):
                found.add(table)
    return found


def test_every_table_about_chats_is_known_to_what_moves_and_deletes_them(store: Store) -> None:
    tables = store.engine.rows(
        "select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'chat' where m.type = 'table'"
    )
    assert {name for (name,) in tables} == set(TABLES)
    _fill(store, PERSON)
    assert _tables_about(store, PERSON) == {*TABLES, "chats", "users", "pace"}


def test_a_chat_is_entered_once_and_keeps_what_it_wants(store: Store) -> None:
    first = store.chats.greet(1, NOON, language="cs")
    store.chats.change(1, NOON, zone="Europe/Prague", length="short", quiet=Quiet(1320, 420, 5))
    again = store.chats.greet(1, NOON + timedelta(hours=1), "group", language="de")
    assert (first.settings.language, first.settings.zone) == ("cs", None)
    assert again.settings == Settings(language="cs", zone="Europe/Prague", length="short", quiet=Quiet(1320, 420, 5))
    assert (again.kind, again.created, again.seen) == ("group", NOON, NOON + timedelta(hours=1))
    assert store.chats.get(1) == again


def test_a_chat_never_heard_of_has_the_defaults(store: Store) -> None:
    assert store.chats.settings(9) == Settings()
    assert store.chats.get(9) is None
    assert store.chats.change(9, NOON, silent=True).silent
    assert store.chats.get(9) is not None


@pytest.mark.parametrize("fields", [{"colour": "red"}, {"length": "endless"}, {"silent": "perhaps"}, {"quiet": 5}])
def test_what_cannot_be_set_is_refused_and_alters_nothing(store: Store, fields: dict[str, object]) -> None:
    before = store.chats.change(1, NOON, length="long")
    with pytest.raises(BadValue):
        store.chats.change(1, NOON, **fields)
    assert store.chats.settings(1) == before


def test_a_chat_sleeps_with_a_reason_and_wakes_with_all_it_had(store: Store) -> None:
    _fill(store, PERSON)
    assert store.chats.sleep(PERSON, "bot was blocked by the user", NOON)
    assert not store.chats.sleep(PERSON, "again", NOON)
    asleep = store.chats.get(PERSON)
    assert asleep is not None
    assert (asleep.state, asleep.reason, asleep.since) == ("asleep", "bot was blocked by the user", NOON)
    assert store.subscriptions.all() == ()
    assert store.digests.lease("a", NOON + timedelta(days=1), 60) == ()
    assert store.chats.wake(PERSON, NOON + timedelta(days=3)) == NOON
    assert store.chats.wake(PERSON, NOON + timedelta(days=3)) is None
    assert [one.wish for one in store.subscriptions.all()] == [HARBOUR]
    assert store.chats.settings(PERSON).zone == "Europe/Prague"


def test_the_matcher_hears_of_chats_that_fall_asleep_and_wake(store: Store) -> None:
    _fill(store, PERSON)
    mark = store.subscriptions.last_change()
    store.chats.sleep(PERSON, "blocked", NOON)
    (change,) = store.subscriptions.changes(mark)
    assert change[2] is None
    store.chats.wake(PERSON, NOON)
    (change,) = store.subscriptions.changes(change[0])
    assert change[2] is not None
    assert change[2].wish == HARBOUR


def test_who_sleeps_too_long_is_forgotten(store: Store) -> None:
    for chat in (1, 2, 3):
        _fill(store, chat)
    store.chats.sleep(1, "blocked", NOON - timedelta(days=91))
    store.chats.sleep(2, "blocked", NOON)
    assert store.chats.give_up(NOON - timedelta(days=90)) == 1
    assert [store.chats.get(chat) is None for chat in (1, 2, 3)] == [True, False, False]


def test_a_group_that_becomes_a_supergroup_takes_everything_along(store: Store) -> None:
    _fill(store, GROUP)
    assert store.chats.migrated(GROUP, SUPERGROUP, NOON)
    assert _tables_about(store, GROUP) - {"users"} == {
        "subscriptions",
        "questions",
        "moved",
    }  # as a person, and where to
    assert store.chats.settings(SUPERGROUP).zone == "Europe/Prague"
    assert [one.wish for one in store.subscriptions.of(SUPERGROUP)] == [HARBOUR]
    assert [owed.chat for owed in store.outbox.claim("a", NOON, 30)] == [SUPERGROUP]
    assert store.exchange.context_of(SUPERGROUP, 10) is not None
    assert store.digests.get(SUPERGROUP) is not None
    assert store.chats.moved_to(GROUP) == SUPERGROUP
    assert store.chats.moved_to(SUPERGROUP) is None
    assert not store.chats.migrated(GROUP, SUPERGROUP, NOON)


def test_what_both_chats_have_is_had_once_after_a_move(store: Store) -> None:
    for chat in (GROUP, SUPERGROUP):
        _fill(store, chat)
    store.subscriptions.add(GROUP, Wish(topic="flood", words=("flood",)), NOON)
    store.chats.migrated(GROUP, SUPERGROUP, NOON)
    assert [one.wish.topic for one in store.subscriptions.of(SUPERGROUP)] == ["harbour", "flood"]
    assert store.outbox.counts() == {"ready": 1}
    assert len(store.digests.of(SUPERGROUP)) == 1


def test_the_matcher_hears_of_a_move(store: Store) -> None:
    _fill(store, GROUP)
    mark = store.subscriptions.last_change()
    store.chats.migrated(GROUP, SUPERGROUP, NOON)
    assert [one.chat for _, _, one in store.subscriptions.changes(mark) if one] == [SUPERGROUP]


def test_a_chat_that_moved_twice_is_found_where_it_is(store: Store) -> None:
    store.chats.migrated(1, 2, NOON)
    store.chats.migrated(2, 3, NOON)
    assert store.chats.moved_to(1) == 3
    store.chats.migrated(3, 1, NOON)
    assert store.chats.moved_to(1) in {2, 3}


def test_a_move_onto_itself_moves_nothing(store: Store) -> None:
    _fill(store, GROUP)
    assert not store.chats.migrated(GROUP, GROUP, NOON)
    assert len(store.subscriptions.of(GROUP)) == 1


def test_to_forget_really_deletes_every_row_and_nobody_elses(store: Store) -> None:
    _fill(store, PERSON)
    _fill(store, 77)
    store.exchange.remember(GROUP, 0, "asked in a group", NOON, user=PERSON)
    before = _tables_about(store, 77)
    mark = store.subscriptions.last_change()
    gone = store.chats.forget(PERSON)
    assert _tables_about(store, PERSON) == set()
    assert _tables_about(store, 77) == before
    assert gone["questions"] == 2
    assert set(gone) >= set(TABLES)
    assert [one for _, _, one in store.subscriptions.changes(mark)] == [None]
    assert store.chats.forget(PERSON) == {}


def test_to_be_forgotten_lifts_no_ban_and_leaves_no_name(store: Store) -> None:
    store.users.met(PERSON, "Ada", NOON)
    store.users.decide(PERSON, "banned", NOON)
    store.chats.forget(PERSON)
    assert store.users.access(PERSON) == "banned"
    assert [user.name for user in store.users.listed()] == [""]


def test_an_export_holds_everything_as_json_and_no_machinery(store: Store) -> None:
    _fill(store, PERSON)
    found = store.chats.export(PERSON)
    assert set(found) == {*TABLES, "chats", "users"}
    text = json.dumps(found)
    assert NOON.isoformat() in text
    assert "Europe/Prague" in text
    assert '"fence"' not in text
    assert '"lease"' not in text
    assert store.chats.export(5) == {}


def test_chats_are_gone_through_in_steps(store: Store) -> None:
    for chat in (-7, 3, 1, 2):
        store.chats.greet(chat, NOON)
    store.chats.sleep(2, "blocked", NOON)
    first = store.chats.ids(limit=2)
    assert first == (-7, 1)
    assert store.chats.ids(after=first[-1]) == (3,)
    assert store.chats.counts() == {"active": 3, "asleep": 1}


def test_the_owner_lets_people_in_and_shuts_them_out(store: Store) -> None:
    assert store.users.met(1, "Ada", NOON) == ""
    store.users.decide(1, "allowed", NOON)
    store.users.decide(2, "banned", NOON)
    assert store.users.met(1, "Ada N.", NOON + timedelta(hours=1)) == "allowed"
    assert (store.users.access(1), store.users.access(2), store.users.access(3)) == ("allowed", "banned", "")
    assert [(user.id, user.name) for user in store.users.listed()] == [(1, "Ada N."), (2, "")]
    assert [user.id for user in store.users.listed("banned")] == [2]
    assert store.users.counts() == {"allowed": 1, "banned": 1}


def test_what_was_kept_of_articles_is_nobodys_and_stays(store: Store) -> None:
    kept = Teller(store).tell(names=("Ada Novak",))
    _fill(store, PERSON)
    store.chats.forget(PERSON)
    assert store.articles.get(kept.id) is not None

"""Following, as a person does it on the chat page: subscribe, be told, ask why, preview, in a group, take the data."""

from __future__ import annotations

import asyncio
import json
import shutil
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

import handlers
from bot import samples
from bot.app import build
from bot.courier import Courier
from bot.elsewhere import Lookup
from bot.front import Front
from bot.inbox import Inbox
from bot.local.request import LocalRequest
from bot.local.world import CHANNEL, GROUP, YOU, World
from bot.service import answering
from bot.settings import Settings
from handlers import notices
from handlers.collect import keep
from handlers.desk import Desk
from news.lines import read_text
from store import open_store
from tests.bot.scene import FAST
from tests.e2e.browser import PHONE, Open, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from store import Store

pytestmark = pytest.mark.browser

WIRE = (
    "The miners of Kirkholm ended their strike on Friday after eleven weeks, when the owners of the copper pit agreed "
    "to shorter shifts and a new lift.\n\nThe union said that four in five had voted for the settlement. Work begins "
    "again on Monday with the night shift.\n\nThe pit feeds the smelter at Aasgard, which had run out of ore in April."
)
RIDGE = (
    "A vote in Kirkholm has ended the longest strike in the history of the copper pit. Miners of the town accepted "
    "shorter shifts on Friday.\n\nShopkeepers in the high street hung out flags. The owners, who had threatened to "
    "close the pit, said that the new lift would be ordered within a month."
)
FJORD = (
    "Copper miners in Kirkholm go back to work. After eleven weeks without pay they voted on Friday for a settlement "
    "with the owners of the pit, the union said.\n\nThe strike had stopped the smelter at Aasgard and cost the region "
    "more than forty million, economists of the chamber of commerce reckon."
)
TITLE = "Kirkholm miners end strike at copper pit"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    with open_store(folder / "news.sqlite") as store:
        samples.load(store, datetime.now(UTC))
    return folder


@pytest.fixture
def store(archive: Path, tmp_path: Path) -> Iterator[Store]:
    for file in archive.iterdir():
        shutil.copy(file, tmp_path / file.name)
    with open_store(tmp_path / "news.sqlite") as found:
        yield found


@asynccontextmanager
async def newsdesk(store: Store, world: World) -> AsyncIterator[None]:
    """The whole bot but for the collector; its courier sends what is owed."""
    lookup = Lookup(asyncio.get_running_loop())
    desk = Desk(store, chat_of=lookup.find)
    names = {name for command in handlers.COMMANDS for name in (command.name, *command.aliases)}
    front = Front(desk, Settings(), handlers.answer, frozenset(names), frozenset({YOU}))
    inbox = Inbox(store)
    app = build(Settings(), front, inbox, request=LocalRequest(world), token=world.token, limits=FAST)
    lookup.bot = app.bot
    await app.initialize()
    async with answering(app, inbox):
        courier = Courier(store, app.bot, partial(notices.render, desk), "browser")
        sending = asyncio.create_task(courier.run())
        yield
        courier.stop()
        await sending
    front.pool.shutdown()
    inbox.close()


def publish(store: Store, outlet: str, text: str = WIRE) -> None:
    """An article comes in."""
    found = read_text(text, url=f"https://{outlet}.example/kirkholm", title=TITLE)
    now = datetime.now(UTC)
    keep(store, structs.replace(found, published=now, precision="minute", title=TITLE, site=outlet), now)


def follow(desk: Stage, topic: str) -> None:
    desk.ask(f"/subscribe {topic}")
    desk.press("Follow, tell me at once")
    desk.page.locator(".message", has_text="Followed.").last.wait_for()


def test_a_slip_is_put_right_and_what_would_have_come_is_shown_before(stage: Open, store: Store) -> None:
    with stage(partial(newsdesk, store), size=PHONE) as desk:
        offer = desk.ask("/subscribe mineralls deal")
        assert "I took minerals for what you wrote: mineralls" in offer.inner_text()
        assert "It would have told you of" in offer.inner_text()
        assert offer.locator("a[href^=http]").count() > 0
        desk.press("Follow, tell me at once")
        desk.page.locator(".message", has_text="Followed.").wait_for()
        assert desk.answers.count() == 2, "the offer became the card"
        again = desk.ask("/subscribe minerals deal")
        assert "You follow this already" in again.inner_text()


def test_seven_articles_of_one_event_are_one_alert_that_counts_its_sources(stage: Open, store: Store) -> None:
    with stage(partial(newsdesk, store), size=PHONE) as desk:
        follow(desk, "Kirkholm strike")
        for number in range(5):
            publish(store, f"wire{number}")
        alert = desk.page.locator(".message", has_text="New · Kirkholm strike")
        alert.wait_for()
        assert "1 independent source" in alert.inner_text()
        before = desk.answers.count()
        publish(store, "ridge", RIDGE)
        publish(store, "fjord", FJORD)
        desk.page.locator(".message", has_text="3 independent sources").wait_for()
        assert alert.count() == 1
        assert desk.answers.count() == before, "later sources make no message"
        desk.press("Why did I get this?")
        why = desk.page.locator(".message", has_text="You follow Kirkholm strike")
        why.wait_for()
        assert "That article holds: kirkholm and strike." in why.inner_text()
        alert.locator(".press", has_text="Change").click()
        desk.page.locator(".message", has_text="Told at once, followed since").last.wait_for()
        assert alert.count() == 1, "the alert stays what it is"


def test_a_digest_can_be_looked_at_before_it_comes(stage: Open, store: Store) -> None:
    with stage(partial(newsdesk, store), size=PHONE) as desk:
        assert "No digest comes here yet" in desk.ask("/digest preview").inner_text()
        assert "A digest at 08:00 and 18:00" in desk.ask("/digest 08:00 18:00").inner_text()
        publish(store, "ridge", RIDGE)
        for _ in range(2):
            preview = desk.ask("/digest preview").inner_text()
            assert "Your digest" in preview
            assert TITLE in preview
            assert "2." not in preview, "of what came since the digest was set"


def test_in_a_group_members_ask_and_admins_decide(stage: Open, store: Store) -> None:
    with stage(partial(newsdesk, store)) as desk:
        desk.start()
        desk.open("Newsroom")
        desk.page.click("#as")
        desk.page.get_by_role("menuitem", name="Robin").click()
        desk.page.locator("#status", has_text="Robin, member").wait_for()
        before = desk.answers.count()
        desk.say("who met Putin?")
        desk.say("/brief@another_bot")
        answer = desk.ask("/ask who met Putin?")
        assert "Witkoff" in answer.inner_text()
        bot = [m for m in desk.do(desk.world.said, GROUP) if "text" in m]
        assert len(bot) == 1, "it speaks only when spoken to"
        assert before == 0
        assert "Only admins" in desk.ask("/subscribe Kirkholm strike").inner_text()
        assert store.subscriptions.of(GROUP) == ()
        desk.page.click("#as")
        desk.page.get_by_role("menuitem", name="Ada").click()
        desk.ask("/subscribe Kirkholm strike")
        desk.press("Follow, tell me at once")
        desk.page.locator(".message", has_text="Followed.").wait_for()
        publish(store, "ridge", RIDGE)
        desk.page.locator(".message", has_text="New · Kirkholm strike").wait_for()


def test_a_channel_is_managed_from_the_private_chat(stage: Open, store: Store) -> None:
    with stage(partial(newsdesk, store), size=PHONE) as desk:
        assert "You manage The Wire from here now" in desk.ask("/channel @the_wire").inner_text()
        offer = desk.ask("/subscribe Kirkholm strike")
        offer.locator(".press", has_text="for: The Wire").wait_for()
        desk.press("Follow, tell me at once")
        desk.page.locator(".message", has_text="What comes from now on is told in The Wire").wait_for()
        publish(store, "ridge", RIDGE)
        desk.page.click("#back")
        desk.page.locator(".chat b", has_text="The Wire").click()
        post = desk.page.locator(".message", has_text="New · Kirkholm strike")
        post.wait_for()
        assert post.locator(".press").count() == 0
        assert [one.chat for one in store.subscriptions.of(CHANNEL)] == [CHANNEL]


def test_what_is_kept_is_handed_out_and_forgotten_after_typed_words(stage: Open, store: Store, tmp_path: Path) -> None:
    with stage(partial(newsdesk, store), size=PHONE) as desk:
        follow(desk, "Kirkholm strike")
        file = desk.ask("/export")
        with desk.page.expect_download() as download:
            file.locator("a[download], .file").first.click()
        saved = tmp_path / "export.json"
        download.value.save_as(saved)
        kept = json.loads(saved.read_text("utf-8"))
        assert [topic["topic"] for topic in kept["topics"]] == ["Kirkholm strike"]
        assert "/forgetme forget me" in desk.ask("/forgetme").inner_text()
        assert len(store.subscriptions.of(YOU)) == 1
        assert "Forgotten." in desk.ask("/forgetme forget me").inner_text()
        assert store.subscriptions.of(YOU) == ()
        assert "You follow nothing yet" in desk.ask("/topics").inner_text()

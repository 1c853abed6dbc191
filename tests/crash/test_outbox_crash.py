"""The courier killed at random points: no alert is lost, and a kill repeats one at most."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bench.delivery import crashing

if TYPE_CHECKING:
    from pathlib import Path


def test_no_alert_is_lost_and_no_more_come_twice_than_there_were_kills(tmp_path: Path) -> None:
    alerts, kills = 300, 4
    came, counts = asyncio.run(crashing(tmp_path, alerts, kills))
    assert set(came) == {f"alert {number}" for number in range(alerts)}
    assert sum(came.values()) - alerts <= kills
    assert counts == {"sent": alerts}

"""No hot statement of the stories reads a whole table."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from news.article import Article
from news.reading import Reading
from store import open_store

NOW = datetime(2025, 5, 1, tzinfo=UTC)
SMALL = re.compile(r"SCAN (.* USING INDEX stories_latest|told_uncounted|best|\d+ CONSTANT ROWS|\(subquery-\d+\))")
"""Steps that read what is small: the newest stories, the articles not counted yet, the values of the question."""


def test_no_hot_statement_reads_a_whole_table() -> None:
    with open_store(":memory:") as store:
        statements: list[str] = []
        connection = store.engine.connection
        for number in range(5):
            if number == 2:
                connection.set_trace_callback(statements.append)
            text = f"The ferry Maria Lorena sank near Calapan and coast guards saved {number + 60} passengers at night."
            told = Article(id=number + 1, title="Ferry sinks near Calapan", text=text, published=NOW)
            store.stories.place(told, Reading())
        story = store.stories.latest(1)[0]
        store.stories.top(3, NOW, NOW - timedelta(days=1))
        store.stories.neighbours(story.id)
        store.stories.of(1)
        store.stories.displace(2)
        connection.set_trace_callback(None)
        asked = {one for one in statements if one.lower().startswith(("select", "update", "delete", "with"))}
        assert len(asked) > 10
        for statement in asked:
            plan = [row[3] for row in connection.execute(f"explain query plan {statement}")]
            whole = [step for step in plan if step.startswith("SCAN") and not SMALL.fullmatch(step)]
            assert not whole, (statement, plan)

"""The README's pictures of the chat page, taken from the running program on its samples.

./run bench chat_pictures [FOLDER]      writes chat-light.png, chat-dark.png, phone-light.png, phone-dark.png there
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.e2e.browser import DESK, PHONE, Desk, chromium, program, window

QUESTIONS = ("who met Putin?",)


def main(folder: Path) -> None:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        for name, size in (("chat", DESK), ("phone", PHONE)):
            for dark in (False, True):
                # A start of its own for each, so that all show the same conversation.
                with program(Path(scratch)) as address, window(browser, size, dark=dark, scale=2) as page:
                    desk = Desk(address, page)
                    for question in QUESTIONS:
                        desk.ask(question)
                    page.wait_for_timeout(400)
                    target = folder / f"{name}-{'dark' if dark else 'light'}.png"
                    page.screenshot(path=target)
                    print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))

"""A console on the records of a test, showing one of its main screens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from domain.register.register import Register
from domain.text import Lang
from tests.things import PATIENCE_S
from tui.app import ConsoleApp, Receiving

Size = tuple[int, int]


@asynccontextmanager
async def console_on(
    register: Register,
    mode: str,
    *,
    lang: Lang = "zh",
    size: Size = (80, 24),
    receiver: Callable[[Register], Receiving] | None = None,
) -> AsyncIterator[Pilot[Any]]:
    """Open a console, go to a main screen and wait until it has drawn."""
    app = ConsoleApp(lambda: register, receiver_opener=receiver, lang=lang)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.current_mode == "live")
        await app.action_go(mode)
        screen: Any = app.screen
        await until(pilot, lambda: screen._answer is not None)
        await pilot.pause()
        yield pilot


async def until(pilot: Pilot[Any], holds: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait for something that the console is about to do."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.01)
        await pilot.pause()


async def type_in(pilot: Pilot[Any], text: str) -> None:
    """Type a text, Chinese included, and press Enter."""
    from textual.widgets import Input

    focused = pilot.app.focused
    assert isinstance(focused, Input)
    focused.value = text
    await pilot.press("enter")
    await pilot.pause()

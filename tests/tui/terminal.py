"""Consoles on a small chain, and waiting until they have said what they have to say."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from html import unescape
from re import findall
from typing import Any

from textual.pilot import Pilot

from domain.text import Lang
from tests.looks import Size, svg_of
from tests.things import PATIENCE_S, Chain
from tui.app import ConsoleApp
from tui.widgets.long_table import LongTable

GRACE_S = 0.045
"""A little more than the timers that a key may start."""


@asynccontextmanager
async def console_of(
    chain: Chain, *keys: str, lang: Lang = "zh", size: Size = (80, 24)
) -> AsyncIterator[Pilot[Any]]:
    """A console on the chain's records, these keys pressed."""
    app = ConsoleApp(lambda: chain.register, lang=lang)
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, *keys)
        yield pilot


async def opened(pilot: Pilot[Any]) -> None:
    """Wait until the register is open and the first screen drawn."""
    await until(pilot, lambda: pilot.app.current_mode == "live")
    await settled(pilot)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one by one, each when the one before has done its work."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def write(pilot: Pilot[Any], text: str) -> None:
    """Type a text letter by letter, as fast as it goes."""
    await pilot.press(*text)
    await settled(pilot)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs and nothing is about to start one."""
    await pilot.pause(GRACE_S)
    while any(worker.is_running for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(GRACE_S)


async def until(pilot: Pilot[Any], holds: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait for something that is about to happen by itself."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.01)
        await pilot.pause()


def seen(pilot: Pilot[Any]) -> str:
    """Everything that stands in the terminal, line by line, without colours."""
    texts = findall(r'<text [^>]*y="([\d.]+)"[^>]*>([^<]*)</text>', svg_of(pilot.app))
    lines: dict[str, str] = {}
    for y, text in texts:
        lines[y] = lines.get(y, "") + unescape(text).replace("\xa0", " ")
    return "\n".join(lines[y] for y in sorted(lines, key=float))


def table_of(pilot: Pilot[Any]) -> LongTable[Any]:
    """The list of the screen in front."""
    found: LongTable[Any] = pilot.app.screen.query_one(LongTable)
    return found

"""Opening the screen of duties over 1,000 stations: from the key until the list is painted."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.report import Spread, table, verdict
from tests.bench.terminal import Terminal

OPENS_MS = 300.0
NEWS_S = 0.15
"""After so long the first screen has heard the news, and has not yet asked again what is due."""
LISTED = " / 3,351"
"""The list's foot, once its duties are there."""
TODAY_LINE = "项到期"
MONTH, A_DAY = "2026 年 11 月", "Enter 看这天"


class Taken(NamedTuple):
    """How long something took: on the wall's clock, and of the program's processor time."""

    wall_ms: float
    cpu_ms: float


def run(data: Path, *, rounds: int = 5) -> None:
    """Open it afresh some times; afterwards the month and the groups."""
    steps: dict[str, list[Taken]] = {}
    for _ in range(rounds):
        for what, taken in _one_sitting(data):
            steps.setdefault(what, []).append(taken)
    steps["opening it just after an audit came in"] = [
        _just_after_news(data) for _ in range(rounds)
    ]
    rows = [_row(what, takes) for what, takes in steps.items()]
    title = "The screen of duties, 1,000 stations with a year of inspections, 160 x 48; ms"
    table(title, ("from the key until painted", "wall clock", "processor", "target"), rows)


def _one_sitting(data: Path) -> Iterator[tuple[str, Taken]]:
    command = [sys.executable, "-m", "tests.bench.duties_console", str(data)]
    with Terminal(command) as terminal:
        terminal.wait_for(TODAY_LINE)
        terminal.wait_until_quiet(1.5)
        yield "opening the list of today", _press(terminal, b"6", LISTED)
        terminal.wait_until_quiet(0.5)
        yield "grouped by unit", _press(terminal, b"g", " / 26")
        terminal.wait_until_quiet(0.5)
        yield "opening the month", _press(terminal, b"v", A_DAY)


def _just_after_news(data: Path) -> Taken:
    """Opening it when what was read before may not hold: an audit has come in just now."""
    command = [sys.executable, "-m", "tests.bench.duties_console", str(data)]
    with Terminal(command) as terminal:
        terminal.wait_for(TODAY_LINE)
        terminal.wait_until_quiet(1.5)
        os.kill(terminal.pid, signal.SIGUSR1)
        time.sleep(NEWS_S)
        return _press(terminal, b"6", LISTED)


def _press(terminal: Terminal, key: bytes, text: str) -> Taken:
    first, before = len(terminal.painted), _cpu_ms(terminal.pid)
    pressed = terminal.press(key)
    wall = (terminal.wait_for(text, first) - pressed) * 1000
    return Taken(wall, _cpu_ms(terminal.pid) - before)


def _cpu_ms(pid: int) -> float:
    """Processor time of all threads so far; /proc/PID/stat counts in hundredths only."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in threads) / 1e6


def _row(what: str, takes: list[Taken]) -> tuple[str, str, str, str]:
    wall, cpu = Spread.of([one.wall_ms for one in takes]), Spread.of([one.cpu_ms for one in takes])
    opening = what.startswith(("opening the list", "opening it"))
    target = f"{OPENS_MS:g}: {verdict(wall.median < OPENS_MS)}" if opening else ""
    return what, wall.show(0), cpu.show(0), target

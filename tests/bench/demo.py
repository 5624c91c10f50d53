"""Seconds until the demonstration is ready."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from tests.bench.report import Spread, table, verdict
from tui.demo.build import open_demo

TARGET_S = 8


def run(folder: Path, *, rounds: int = 3) -> None:
    """Build it afresh some times."""
    seconds = []
    for number in range(rounds):
        begun = time.perf_counter()
        with open_demo(folder / f"demo-{number}", 1, date(2026, 11, 20)) as register:
            seconds.append(time.perf_counter() - begun)
            entries = register.journal_seq
    taken = Spread.of(seconds)
    table(
        "The demonstration",
        ("entries", "seconds to build", f"target {TARGET_S} s"),
        [(entries, taken.show(), verdict(taken.median < TARGET_S))],
    )

"""Entries of a journal verified per second, by the same code as `forecourt journal verify`."""

from __future__ import annotations

import time
from pathlib import Path

from domain.register.reading import verify_file
from tests.bench.report import Spread, table, verdict
from tests.bench.stations import make_bench

AUDITS = 500_000
TARGET = 300_000


def run(folder: Path, *, rounds: int = 3, audits: int = AUDITS) -> None:
    """Verify a journal of that many audits, each with a body of its real size."""
    bench = make_bench(folder / "journal", audits)
    rates = []
    entries = 0
    for _ in range(rounds):
        begun = time.perf_counter()
        verified = verify_file(bench.folder / "forecourt.sqlite3")
        rates.append(verified.entries / (time.perf_counter() - begun))
        assert verified.broken is None
        entries = verified.entries
    rate = Spread.of(rates)
    table(
        "Verifying the journal",
        ("entries", "entries /s", f"target {TARGET:,}"),
        [(f"{entries:,}", rate.show(0), verdict(rate.median >= TARGET))],
    )

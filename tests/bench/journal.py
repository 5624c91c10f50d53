"""Entries of a journal verified per second by `forecourt journal verify`, its start included."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.report import Spread, table, verdict
from tests.bench.stations import make_bench

AUDITS = 1_000_000
TARGET = 300_000


def run(folder: Path, *, rounds: int = 3, audits: int = AUDITS) -> None:
    """Verify a journal of that many audits, each with a body of its real size."""
    bench = make_bench(folder / "journal", audits)
    command = [
        sys.executable,
        "-m",
        "tui",
        "--data",
        str(bench.folder),
        "journal",
        "verify",
        "--json",
    ]
    rates = []
    entries = 0
    for _ in range(rounds):
        begun = time.perf_counter()
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        taken = time.perf_counter() - begun
        entries = int(json.loads(said)["entries"])
        rates.append(entries / taken)
    rate = Spread.of(rates)
    table(
        "Verifying the journal",
        ("entries", "entries /s", f"target {TARGET:,}"),
        [(f"{entries:,}", rate.show(0), verdict(rate.median >= TARGET))],
    )

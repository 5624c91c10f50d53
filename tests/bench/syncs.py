"""How often the disk is synced for each form taken in, counted by strace."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bench.load import post_forms
from tests.bench.report import table, verdict
from tests.bench.serving import serving
from tests.bench.stations import a_form, make_bench

SYNCS = ("fsync", "fdatasync", "sync_file_range", "msync")


def run(folder: Path, *, seconds: float = 4) -> None:
    """Count at one connection, where nothing can share a sync, and at sixteen."""
    if not shutil.which("strace"):
        print("strace is not installed: syncs are not counted")
        return
    rows = []
    for connections in (1, 16):
        bench = make_bench(folder / f"syncs-{connections}")
        written = folder / f"syncs-{connections}.txt"
        under = ["strace", "-f", "-c", "-o", str(written), "-e", f"trace={','.join(SYNCS)}"]
        with serving("receiver", str(bench.folder), under=under) as receiver:
            load = post_forms(
                receiver.url, a_form(bench), bench.key, connections=connections, seconds=seconds
            )
        syncs = _count(written.read_text())
        per_form = syncs / (load.answered - load.errors)
        rows.append((connections, load.answered, syncs, f"{per_form:.3f}", verdict(per_form <= 1)))
    table(
        "Syncs per form (opening and closing the register included)",
        ("connections", "forms", "syncs", "per form", "target: 1 or less"),
        rows,
    )


def _count(written: str) -> int:
    """The calls in strace's summary."""
    lines = (line.split() for line in written.splitlines())
    return sum(int(words[3]) for words in lines if words and words[-1] in SYNCS)

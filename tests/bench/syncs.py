"""How often the disk is synced for each form taken in, counted by strace."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.bench.load import Load, post_forms
from tests.bench.report import table, verdict
from tests.bench.serving import serving
from tests.bench.stations import Bench, a_form, make_bench

SYNCS = ("fsync", "fdatasync", "sync_file_range", "msync")


def run(folder: Path, *, seconds: float = 4) -> None:
    """Count at one connection, where nothing can share a sync, and at sixteen."""
    if not shutil.which("strace"):
        print("strace is not installed: syncs are not counted")
        return
    bench = make_bench(folder / "syncs")
    opening = _syncs(folder, bench, lambda _: None)
    rows = []
    for connections in (1, 16):
        loads: list[Load] = []

        def post(url: str, many: int = connections, into: list[Load] = loads) -> None:
            form = a_form(bench)
            into.append(post_forms(url, form, bench.key, connections=many, seconds=seconds))

        syncs = _syncs(folder, bench, post) - opening
        forms = loads[0].answered - loads[0].errors
        rows.append((connections, forms, syncs, f"{syncs / forms:.3f}", verdict(syncs <= forms)))
    table(
        f"Syncs per form, without the {opening} of opening and closing a register",
        ("connections", "forms", "syncs", "per form", "target: 1 or less"),
        rows,
    )


def _syncs(folder: Path, bench: Bench, act: Callable[[str], None]) -> int:
    """The syncs of a receiver that somebody does something to."""
    written = folder / "strace.txt"
    under = ["strace", "-f", "-c", "-o", str(written), "-e", f"trace={','.join(SYNCS)}"]
    with serving("receiver", str(bench.folder), under=under) as receiver:
        act(receiver.url)
    return _count(written.read_text())


def _count(written: str) -> int:
    """The calls in strace's summary."""
    lines = (line.split() for line in written.splitlines())
    return sum(int(words[3]) for words in lines if words and words[-1] in SYNCS)

"""Measures speed and memory: `just bench` runs everything, `just bench ingest syncs` what is named.

Prints Markdown tables. Figures of one table come from one run and are to be compared with each
other; how many forms a second there are depends on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    console,
    demo,
    duties,
    exports,
    ingest,
    journal,
    pictures,
    presence,
    rulebooks,
    syncs,
    uploads,
)

BENCHES: dict[str, Callable[[Path], None]] = {
    "ingest": ingest.run,
    "flatness": ingest.run_flatness,
    "syncs": syncs.run,
    "uploads": uploads.run,
    "console": console.run,
    "exports": exports.run,
    "journal": journal.run,
    "demo": demo.run,
    "rulebooks": rulebooks.run,
    "duties": duties.run,
    "presence": presence.run,
    "pictures": pictures.run,
}


def main() -> int:
    """Run the named benches, each in a fresh folder."""
    parser = argparse.ArgumentParser(prog="just bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHES], metavar="NAME")
    parser.add_argument("--list", action="store_true", help="only list the names")
    args = parser.parse_args()
    if args.list:
        print(*BENCHES, sep="\n")
        return 0
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    for name in args.names or BENCHES:
        begun = time.perf_counter()
        load = os.getloadavg()[0]
        with tempfile.TemporaryDirectory(prefix=f"forecourt-bench-{name}-") as folder:
            BENCHES[name](Path(folder))
        taken = time.perf_counter() - begun
        print(f"\n(load {load:.1f} before, {taken:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

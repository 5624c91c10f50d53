"""`python -m tests.bench.simulating FOLDER DRAFT PERIOD`: one simulation, and what it took.

Prints how many sheets were scored again, the seconds, and the peak of resident memory in MB.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from domain.months import Months
from domain.register.queries import Asker
from domain.register.register import Register
from domain.register.rulebook_files import read_edition
from domain.rulebook_map import counterparts
from tui.what_would_change import WhatIf, changed_stations


def main(folder: str, draft: str, months: str) -> None:
    """Simulate once."""
    with Register.open(Path(folder)) as register:
        new = read_edition(Path(draft))
        old = register.rulebooks.editions(new.id)[-1]
        what_if = WhatIf(old, new, counterparts(old, new), Months.written(months))
        directory = register.directory
        asker = Asker(directory, register.rulebooks, directory.sight(None))
        begun = time.perf_counter()
        changes = changed_stations(register, asker, what_if)
        seconds = time.perf_counter() - begun
    assert not any(one.not_as_recorded or one.refused for one in changes)
    print(sum(one.sheets for one in changes), f"{seconds:.3f}", f"{_peak_mb():.1f}")


def _peak_mb() -> float:
    """Since this program began; what `getrusage` tells includes the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    main(*sys.argv[1:])

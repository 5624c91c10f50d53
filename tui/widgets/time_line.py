"""A round of scans as a line of time: where something was scanned, and where nothing was."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from domain.patrols import RoundNow

GONE, TO_COME, SCANNED, REMARKED = "─", "·", "●", "◆"
"""Time without a scan, time that is left, a scan, a scan that is worth a look."""


def time_line(one: RoundNow, now: datetime, cells: int) -> str:
    """The round's time from left to right, in so many cells of one column each."""
    whole = (one.ends - one.begins).total_seconds()

    def cell(at: datetime) -> int:
        return min(cells - 1, max(0, int((at - one.begins).total_seconds() / whole * cells)))

    gone = cell(now) if now < one.ends else cells
    line = [GONE] * gone + [TO_COME] * (cells - gone) if now >= one.begins else [TO_COME] * cells
    for stop in one.stops:
        if stop.visit is not None:
            at = cell(stop.visit.at)
            line[at] = REMARKED if stop.remark or line[at] == REMARKED else SCANNED
    return "".join(line)

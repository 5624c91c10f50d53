"""Traces as tests need them: one point after another, by one person, unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from domain.months import CHINA
from domain.presence import Presence
from domain.signs import SignKind
from domain.traces import History, Trace
from domain.worth import USUAL, doubts

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=CHINA)
HERE = Presence(
    grade="strong",
    network="local",
    address="192.168.1.20",
    enrolled=True,
    scanned=True,
    spent_s=20,
    clock_off_s=0,
    pictures=0,
)


def heard(**changes: Any) -> Presence:
    """Presence as from a phone in the station's network."""
    values = {name: getattr(HERE, name) for name in HERE.__struct_fields__}
    return Presence(**values | changes)


def trace(
    number: int, after_s: float, *, spent_s: float = 20, late_s: float = 1, **changes: Any
) -> Trace:
    """What one form left, begun so many seconds after eight in the morning.

    Args:
        late_s: Seconds from sending, by a phone whose clock is right, to arrival.
    """
    begun = MORNING + timedelta(seconds=after_s)
    sent = begun + timedelta(seconds=spent_s)
    values: dict[str, Any] = {
        "number": number,
        "person": "wang",
        "device": f"phone of {changes.get('person', 'wang')}",
        "station": "s1",
        "point": f"s1-{number % 10}",
        "rulebook": "station/patrol",
        "kind": "patrol",
        "entries": 4,
        "walk": 60,
        "started_at": begun,
        "submitted_at": sent,
        "received_at": sent + timedelta(seconds=late_s),
        "presence": HERE,
        "answers": "",
        "findings": 0,
    }
    return Trace(**values | changes)


def a_round(first: int, after_s: float, steps: Iterable[float], **changes: Any) -> list[Trace]:
    """Points of one walk, so many seconds from each to the next."""
    at, walk = after_s, [trace(first, after_s, point="s1-0", **changes)]
    for n, step in enumerate(steps, start=1):
        at += step
        walk.append(trace(first + n, at, point=f"s1-{n}", **changes))
    return walk


STEPS = (61, 95, 74, 120, 66, 88, 130)
"""Seconds from point to point as somebody walks."""


def kinds(traces: Iterable[Trace]) -> set[SignKind]:
    """The signs that there are at all."""
    found = doubts(History(traces), USUAL)
    return {sign.kind for doubt in found.values() for sign in doubt.signs}


def worth(traces: Iterable[Trace]) -> list[int]:
    """Numbers of the submissions that are worth a look."""
    found = doubts(History(traces), USUAL)
    return sorted(number for number, doubt in found.items() if doubt.worth_a_look)

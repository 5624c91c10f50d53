"""Reads what submissions left behind: the traces that signs of presence are looked for in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Row, select
from sqlalchemy.engine import Connection

from domain.canonical import digest, instant, moment
from domain.months import CHINA
from domain.presence import Presence
from domain.register.past_sheets import stations_in_sight
from domain.register.queries import EVIDENCE, FINDING, INSPECTION, Asker
from domain.register.reuse import reuses
from domain.traces import Reuse, Shot, Trace
from domain.windows import Span
from domain.working_days import ONE_DAY

LOOK_BACK = timedelta(days=7)
"""What came before a span speaks for what is in it: clocks, receipts, the usual network."""
MANY = 500
"""Stations from which on submissions are read of all and picked here."""
SILENT = Presence(
    grade="none",
    network="console",
    address="",
    enrolled=False,
    scanned=False,
    spent_s=0,
    clock_off_s=0,
    pictures=0,
)
"""Of a form whose presence cannot be read: nothing is known, so nothing is held against it."""
PRESENCE = msgspec.json.Decoder(Presence)
COLUMNS = (
    "number",
    "person",
    "device",
    "station",
    "point",
    "rulebook",
    "edition",
    "kind",
    "started_at",
    "submitted_at",
    "received_at",
    "findings",
    "not_applicable",
    "presence",
)


def traces_of(connection: Connection, asker: Asker, span: Span) -> list[Trace]:
    """What was received from the stations in sight in a span, and some days before it.

    By this node's clock: a phone that says another year hides nothing.
    """
    rows = _rows(connection, asker, span)
    numbers = [row.number for row in rows]
    answers = _answers(connection, [row.number for row in rows if row.findings])
    shots = _shots(connection, numbers)
    again = reuses(connection, sorted(shots))
    size, ids = _size(asker), frozenset(asker.rulebooks.ids())
    return [_trace(row, size, (answers, shots, again)) for row in rows if row.rulebook in ids]


def _rows(connection: Connection, asker: Asker, span: Span) -> list[Row[Any]]:
    first = instant(midnight(span.first) - LOOK_BACK)
    end = instant(midnight(span.last + ONE_DAY))
    asked = (
        select(*(INSPECTION.c[name] for name in COLUMNS))
        .where(
            INSPECTION.c.number >= _number_at(connection, first),
            INSPECTION.c.received_at >= first,
            INSPECTION.c.received_at < end,
        )
        .order_by(INSPECTION.c.number)
    )
    within = stations_in_sight(asker, None)
    if within is not None and len(within) <= MANY:
        asked = asked.where(INSPECTION.c.station.in_(within))
    rows = connection.execute(asked).all()
    return [row for row in rows if within is None or row.station in within]


def midnight(day: date) -> datetime:
    """When a day begins in China."""
    return datetime.combine(day, time(), CHINA)


def _number_at(connection: Connection, at: str) -> int:
    """A number before which everything was received earlier than some moment.

    Numbers are given in the order of receipt, so it is sought by halving: no index goes by
    receipt, and reading years of forms for a week of them would take far longer. A day is left
    between, for clocks that were set back a little.
    """
    at = instant(moment(at) - timedelta(days=1))
    number, received_at = INSPECTION.c.number, INSPECTION.c.received_at
    newest = select(number).order_by(number.desc()).limit(1)
    low, high = 0, connection.execute(newest).scalar() or 0
    following = select(number, received_at).order_by(number).limit(1)
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(following.where(number >= middle)).first()
        if row is None or row.received_at >= at:
            high = middle
        else:
            low = row.number + 1
    return low


def _trace(
    row: Row[Any],
    size: Callable[[str, str, str | None, str], tuple[int, int]],
    known: tuple[
        dict[int, tuple[str, int]], dict[int, tuple[Shot, ...]], dict[int, tuple[Reuse, ...]]
    ],
) -> Trace:
    values: tuple[Any, ...] = tuple(row)
    number, person, device, station, point, rulebook, edition, kind, *others = values
    started_at, submitted_at, received_at, findings, not_applicable, presence = others
    answers, shots, again = known
    entries, walk = size(rulebook, edition, point, not_applicable)
    said, noted = answers.get(number, ("", 0))
    return Trace(
        number=number,
        person=person,
        device=device,
        station=station,
        point=point,
        rulebook=rulebook,
        kind=kind,
        entries=entries,
        walk=walk,
        started_at=moment(started_at),
        submitted_at=moment(submitted_at),
        received_at=moment(received_at),
        presence=_heard(presence),
        answers=said,
        findings=findings,
        noted=noted,
        shots=shots.get(number, ()),
        reuse=again.get(number, ()),
    )


def _heard(stored: str) -> Presence:
    try:
        return PRESENCE.decode(stored)
    except msgspec.MsgspecError:
        return SILENT


def _size(asker: Asker) -> Callable[[str, str, str | None, str], tuple[int, int]]:
    """How many criteria a form has at its point, and the seconds from point to point."""

    @cache
    def size(
        rulebook: str, edition: str, point: str | None, not_applicable: str
    ) -> tuple[int, int]:
        placed = asker.directory.points.get(point or "")
        kind = placed.kind if placed else ""
        one = asker.rulebooks.edition(rulebook, edition)
        out = frozenset(msgspec.json.decode(not_applicable, type=list[str]))
        criteria = (
            criterion.id
            for group in one.groups_at(kind)
            if group.id not in out
            for criterion in group.criteria
        )
        walks = [60 * each.least_minutes for each in one.rounds if kind in each.points]
        return sum(criterion not in out for criterion in criteria), min(walks, default=0)

    return size


def _answers(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, int]]:
    """A digest of the findings of each inspection, notes included, and the notes' letters."""
    lines: dict[int, list[str]] = defaultdict(list)
    letters: dict[int, int] = defaultdict(int)
    for row in _findings(connection, numbers):
        said = f"{row.criterion}\0{row.clause}\0{row.occurrences}\0{row.note}"
        lines[row.number // 1000].append(said)
        letters[row.number // 1000] += len(row.note)
    return {
        number: (digest("\1".join(sorted(said)).encode()), letters[number])
        for number, said in lines.items()
    }


def _findings(connection: Connection, numbers: Sequence[int]) -> Iterator[Row[Any]]:
    """Findings of inspections: what lies between the first and the last is read in one go."""
    if not numbers:
        return
    columns = ("number", "criterion", "clause", "occurrences", "note")
    wanted = frozenset(numbers)
    asked = select(*(FINDING.c[name] for name in columns)).where(
        FINDING.c.number >= min(numbers) * 1000, FINDING.c.number < (max(numbers) + 1) * 1000
    )
    for row in connection.execute(asked):
        if row.number // 1000 in wanted:
            yield row


def _shots(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[Shot, ...]]:
    """Pictures and videos that inspections announced."""
    if not numbers:
        return {}
    wanted = frozenset(numbers)
    asked = select(EVIDENCE.c.inspection, EVIDENCE.c.sha256, EVIDENCE.c.taken_at).where(
        EVIDENCE.c.inspection >= min(numbers), EVIDENCE.c.inspection <= max(numbers)
    )
    found: dict[int, list[Shot]] = defaultdict(list)
    for row in connection.execute(asked):
        if row.inspection in wanted:
            taken = moment(row.taken_at) if row.taken_at else None
            found[row.inspection].append(Shot(row.sha256, taken))
    return {number: tuple(shots) for number, shots in found.items()}

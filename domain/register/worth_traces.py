"""Reads what submissions left: times, presence, answers, pictures, as `Trace`s."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row, select
from sqlalchemy.engine import Connection

from domain.canonical import instant, moment
from domain.months import CHINA
from domain.organisation import Directory
from domain.presence import Presence
from domain.register.queries import EVIDENCE, FINDING, INSPECTION, Asker
from domain.register.reuse import reuses
from domain.rulebook import Edition, Rulebooks
from domain.traces import Reuse, Shot, Trace

SILENT = Presence(
    "none", "console", "", enrolled=False, scanned=False, spent_s=0, clock_off_s=0, pictures=0
)
"""Of a form whose presence cannot be read: nothing is known, so nothing is held against it."""
LOOSE = 86_400
"""Seconds by which numbers and moments of receipt may disagree in order."""
_presence = msgspec.json.Decoder(Presence)


def traces_between(
    connection: Connection, asker: Asker, first: date, last: date, stations: Collection[str] | None
) -> list[Trace]:
    """What was received at these stations (None: all) on the days from first to last, in China.

    By this node's clock: a phone that says another year cannot hide what it sends.
    """
    begins, ends = instant(midnight(first)), instant(midnight(last + timedelta(1)))
    rows = [
        row
        for row in _rows(connection, begins, ends)
        if stations is None or row.station in stations
    ]
    if not rows:
        return []
    numbers = {row.number for row in rows}
    low, high = rows[0].number, rows[-1].number
    answers = _answers(connection, {row.number for row in rows if row.findings}, low, high)
    shots = _shots(connection, numbers, low, high)
    again = reuses(connection, sorted(shots))
    form = _Forms(asker.rulebooks, asker.directory)
    return [_trace(row, form, answers, shots, again) for row in rows]


def midnight(day: date) -> datetime:
    """When a day begins in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)


def _rows(connection: Connection, begins: str, ends: str) -> list[Row[Any]]:
    """Inspections received between two moments, in the order of their numbers.

    Numbers are given in the order of receipt, so the two ends are sought by halving: there is no
    index by receipt, and reading a year of forms for a week of them would take far longer.
    """
    column = INSPECTION.c
    asked = (
        select(
            column.number,
            column.rulebook,
            column.edition,
            column.kind,
            column.station,
            column.point,
            column.person,
            column.device,
            column.started_at,
            column.submitted_at,
            column.received_at,
            column.findings,
            column.not_applicable,
            column.inputs,
            column.presence,
        )
        .where(
            column.number >= _number_at(connection, _loosely(begins, -LOOSE)),
            column.number < _number_at(connection, _loosely(ends, LOOSE)),
            column.received_at >= begins,
            column.received_at < ends,
        )
        .order_by(column.number)
    )
    return list(connection.execute(asked))


def _loosely(at: str, seconds: int) -> str:
    return instant(moment(at) + timedelta(seconds=seconds))


def _number_at(connection: Connection, at: str) -> int:
    """The first number from which on forms were received at this moment or later."""
    column = INSPECTION.c
    newest = select(column.number).order_by(column.number.desc()).limit(1)
    low, high = 0, (connection.execute(newest).scalar() or 0) + 1
    following = select(column.number, column.received_at).order_by(column.number).limit(1)
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(following.where(column.number >= middle)).first()
        if row is None or row.received_at >= at:
            high = middle
        else:
            low = row.number + 1
    return low


def _answers(
    connection: Connection, numbers: Collection[int], low: int, high: int
) -> dict[int, list[tuple[Any, ...]]]:
    """The findings with their notes of each inspection that has some: one statement."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    if not numbers:
        return found
    column = FINDING.c
    asked = (
        select(column.number, column.criterion, column.clause, column.occurrences, column.note)
        .where(column.number >= low * 1000, column.number < (high + 1) * 1000)
        .order_by(column.number)
    )
    for number, *said in connection.execute(asked):
        if number // 1000 in numbers:
            found[number // 1000].append(tuple(said))
    return found


def _shots(
    connection: Connection, numbers: Collection[int], low: int, high: int
) -> dict[int, tuple[Shot, ...]]:
    """The pictures and videos of each inspection that has some: one statement."""
    column = EVIDENCE.c
    asked = select(column.inspection, column.sha256, column.taken_at).where(
        column.inspection >= low, column.inspection <= high
    )
    found: dict[int, list[Shot]] = defaultdict(list)
    for number, sha256, taken_at in connection.execute(asked):
        if number in numbers:
            found[number].append(Shot(sha256, moment(taken_at) if taken_at else None))
    return {number: tuple(those) for number, those in found.items()}


class _Form(NamedTuple):
    """How long a form is at a point, and the seconds that a walk to there takes at least."""

    entries: int
    walk: int


class _Forms:
    """What forms demand at points; each is worked out once."""

    def __init__(self, rulebooks: Rulebooks, directory: Directory) -> None:
        self._rulebooks, self._directory = rulebooks, directory
        self._known: dict[tuple[str, str, str], _Form] = {}

    def __call__(self, rulebook: str, edition: str, point: str | None) -> _Form:
        placed = self._directory.points.get(point or "")
        key = rulebook, edition, placed.kind if placed else ""
        if key not in self._known:
            self._known[key] = _form(self._rulebooks.edition(rulebook, edition), key[2])
        return self._known[key]


def _form(edition: Edition, kind: str) -> _Form:
    walks = [60 * one.least_minutes for one in edition.rounds if kind in one.points]
    entries = sum(len(group.criteria) for group in edition.groups_at(kind))
    return _Form(entries, min(walks, default=0))


def _trace(
    row: Row[Any],
    form: _Forms,
    answers: dict[int, list[tuple[Any, ...]]],
    shots: dict[int, tuple[Shot, ...]],
    again: dict[int, tuple[Reuse, ...]],
) -> Trace:
    entries, walk = form(row.rulebook, row.edition, row.point)
    return Trace(
        number=row.number,
        person=row.person,
        device=row.device,
        station=row.station,
        point=row.point,
        rulebook=row.rulebook,
        kind=row.kind,
        entries=entries,
        walk=walk,
        started_at=moment(row.started_at),
        submitted_at=moment(row.submitted_at),
        received_at=moment(row.received_at),
        presence=_heard(row.presence),
        answers=_digest(answers.get(row.number, ()), row.not_applicable, row.inputs),
        findings=row.findings,
        shots=shots.get(row.number, ()),
        reuse=again.get(row.number, ()),
    )


def _heard(stored: str) -> Presence:
    try:
        return _presence.decode(stored)
    except msgspec.MsgspecError:
        return SILENT


def _digest(findings: Iterable[tuple[Any, ...]], not_applicable: str, inputs: str) -> str:
    said = tuple(sorted(findings))
    return _digest_of(said, not_applicable, inputs)


@lru_cache(maxsize=4096)
def _digest_of(said: tuple[tuple[Any, ...], ...], not_applicable: str, inputs: str) -> str:
    content = msgspec.json.encode((said, not_applicable, inputs))
    return blake2b(content, digest_size=16).hexdigest()

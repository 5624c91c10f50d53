"""Verifies the journal of a data folder: every seal, and its end."""

from __future__ import annotations

import os
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from domain.journal import GENESIS, Break
from domain.register.child import Child
from domain.register.sealing import Stretch, first_broken_of, reading_connection

if TYPE_CHECKING:
    import sqlite3

WORTH_A_PROCESS = 50_000
"""Entries that a child process must have to do to be worth its start."""
PER_ENTRY = {
    "inspection": 1,
    "finding": 1000,
    "contest": 1,
    "team": 1,
    "team_step": 1000,
    "countersignature": 1,
    "excuse": 1,
    "look": 1000,
    "picture_mark": 1000,
    "draw": 1,
    "draw_list": 1,
    "draw_result": 1,
    "draw_replacement": 1,
    "shift_note": 1,
    "shift_acceptance": 1,
}
"""By what a row's number is divided to get its entry's."""
NUMBERED = tuple(PER_ENTRY)
"""Tables whose rows are inserted once, never changed, and numbered by the entry that has them."""


class Verified(msgspec.Struct, frozen=True):
    """What verifying a journal found; `seq` and `seal` are its head, to compare with a print."""

    entries: int
    seq: int
    seal: str
    broken: Break | None = None


def verify_file(file: Path) -> Verified:
    """Derive every seal of the journal in a SQLite file, on all cores when there is much to do.

    Also finds an end cut off, as long as an inspection of the lost part is still there.
    """
    with closing(reading_connection(file)) as connection:
        connection.execute("BEGIN")  # all of this is asked of one moment
        (count,) = connection.execute("SELECT count(*) FROM journal").fetchone()
        seq, seal = _head(connection)
        stretches = _stretches(connection, file, seq, max(1, seq // WORTH_A_PROCESS))
        newest = max(
            (_newest(connection, table) // PER_ENTRY[table] for table in _held(connection)),
            default=0,
        )
    broken = _first_of(stretches) or cut_off(seq, newest)
    if broken is None and count != seq:
        broken = Break(1, "out of order")
    return Verified(count, seq, seal, broken)


def _head(connection: sqlite3.Connection) -> tuple[int, str]:
    newest = "SELECT seq, seal FROM journal ORDER BY seq DESC LIMIT 1"
    return connection.execute(newest).fetchone() or (0, GENESIS)


def _held(connection: sqlite3.Connection) -> list[str]:
    """The numbered tables of this file; one of an older version lacks the newer ones."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    held = {name for (name,) in names}
    return [table for table in NUMBERED if table in held]


def _newest(connection: sqlite3.Connection, table: str) -> int:
    (number,) = connection.execute(f"SELECT max(number) FROM {table}").fetchone()  # noqa: S608 (our own names)
    return number or 0


def _stretches(connection: sqlite3.Connection, file: Path, seq: int, parts: int) -> list[Stretch]:
    """The journal in parts; each is trusted to start well because the one before ends there."""
    parts = min(parts, os.cpu_count() or 1)
    ends = [seq * n // parts for n in range(parts + 1)]
    found = []
    for before, last in pairwise(ends):
        asked = connection.execute("SELECT seal FROM journal WHERE seq = ?", (before,)).fetchone()
        found.append(Stretch(file, before + 1, last, asked[0] if asked else GENESIS))
    return found


def _first_of(stretches: list[Stretch]) -> Break | None:
    if len(stretches) == 1:
        return first_broken_of(stretches[0])
    elsewhere = [Child("domain.register.sealing", each) for each in stretches[1:]]
    found = [first_broken_of(stretches[0]), *(child.answer() for child in elsewhere)]
    return next(filter(None, found), None)


def cut_off(seq: int, newest: int) -> Break | None:
    """The entry that would have to follow the head, if rows of later ones are there."""
    return Break(seq + 1, "cut off") if newest > seq else None

"""Verifies the journal of a data folder: every seal, its end, and the rows it speaks of."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import groupby, pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from domain.journal import GENESIS, Break, first_broken
from domain.register.sealing import Stretch, first_broken_of, reading_connection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

WORTH_A_PROCESS = 50_000
"""Entries that a child process must have to do to be worth its start."""
NUMBERED = ("inspection", "finding", "contest")
"""Tables whose rows are inserted once, never changed, and numbered by the entry that has them."""
PER_ENTRY = {"inspection": 1, "finding": 1000, "contest": 1}
"""By what a row's number is divided to get its entry's."""


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
        (count,) = connection.execute("SELECT count(*) FROM journal").fetchone()
        seq, seal = _head(connection)
        stretches = _stretches(connection, file, seq, max(1, seq // WORTH_A_PROCESS))
        newest = max(_newest(connection, table) // PER_ENTRY[table] for table in NUMBERED)
    return Verified(count, seq, seal, _first_of(stretches) or _cut_off(seq, newest))


def verify_database(connection: Connection) -> Verified:
    """The same for any other database, read as one stream."""
    from sqlalchemy import text

    from domain.register.journal_table import entries, head

    seq, seal = head(connection)
    count = connection.execute(text("SELECT count(*) FROM journal")).scalar_one()
    newest = max(
        (connection.execute(text(f"SELECT max(number) FROM {table}")).scalar() or 0)  # noqa: S608 (our own names)
        // PER_ENTRY[table]
        for table in NUMBERED
    )
    return Verified(count, seq, seal, first_broken(entries(connection)) or _cut_off(seq, newest))


def first_row_changed(connection: Connection) -> Break | None:
    """The first entry whose row images are not what the tables hold now.

    Compares inspections, findings and contested forms, which are never changed after their entry;
    an entry whose body retention has removed is passed over.
    """
    from domain.register.journal_table import entries

    held = {table: _by_entry(connection, table) for table in NUMBERED}
    waiting = {table: next(rows, None) for table, rows in held.items()}
    for entry in entries(connection):
        seq = entry.header.seq
        images = _images(entry.body) if entry.body is not None else None
        for table in NUMBERED:
            here: list[dict[str, Any]] = []
            if (ahead := waiting[table]) is not None and ahead[0] == seq:
                here, waiting[table] = ahead[1], next(held[table], None)
            if images is not None and here != images.get(table, []):
                return Break(seq, f"rows of {table} differ")
    return None


def _head(connection: sqlite3.Connection) -> tuple[int, str]:
    newest = "SELECT seq, seal FROM journal ORDER BY seq DESC LIMIT 1"
    return connection.execute(newest).fetchone() or (0, GENESIS)


def _newest(connection: sqlite3.Connection, table: str) -> int:
    (number,) = connection.execute(f"SELECT max(number) FROM {table}").fetchone()  # noqa: S608 (our own names)
    return number or 0


def _stretches(
    connection: sqlite3.Connection, file: Path, seq: int, parts: int
) -> list[Stretch]:
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
    # Spawned, not forked: the console has threads, which a fork would tear apart.
    with ProcessPoolExecutor(len(stretches) - 1, mp_context=get_context("spawn")) as children:
        elsewhere = [children.submit(first_broken_of, each) for each in stretches[1:]]
        first = first_broken_of(stretches[0])
        found = [first, *(each.result() for each in elsewhere)]
    return next(filter(None, found), None)


def _cut_off(seq: int, newest: int) -> Break | None:
    return Break(seq + 1, "cut off") if newest > seq else None


def _images(body: bytes) -> dict[str, list[dict[str, Any]]]:
    """The row images of a body, by table, in the order of their numbers."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, values in msgspec.json.decode(body)["rows"]:
        found.setdefault(table, []).append(values)
    return {
        table: sorted(rows, key=lambda row: row["number"]) if table in NUMBERED else rows
        for table, rows in found.items()
    }


def _by_entry(
    connection: Connection, table: str
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Rows of a table, grouped by the entry that they were written with."""
    from sqlmodel import SQLModel

    import domain.register.tables  # noqa: F401 (declares the tables)

    rows = SQLModel.metadata.tables[table]
    asked = rows.select().order_by(rows.c.number)
    stream = connection.execution_options(yield_per=2000).execute(asked).mappings()
    for seq, those in groupby(stream, key=lambda row: row["number"] // PER_ENTRY[table]):
        yield seq, [dict(row) for row in those]

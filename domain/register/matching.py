"""Compares the journal with the tables, and verifies it in databases other than SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from domain.journal import Break, Entry, first_broken
from domain.register.draw_tables import DrawListRow, DrawReplacementRow, DrawResultRow, DrawRow
from domain.register.journal_table import JOURNAL, entries, head
from domain.register.log_tables import ShiftAcceptanceRow, ShiftNoteRow
from domain.register.look_tables import LookRow
from domain.register.picture_tables import PictureMarkRow
from domain.register.reading import NUMBERED, PER_ENTRY, Verified, cut_off
from domain.register.tables import (
    ContestRow,
    CountersignatureRow,
    ExcuseRow,
    FindingRow,
    InspectionRow,
    TeamRow,
    TeamStepRow,
)
from domain.register.work import table_of

Rows = tuple[int, list[dict[str, Any]]]
"""The number of an entry, and the rows that were written with it."""
TABLES = {
    "inspection": table_of(InspectionRow),
    "finding": table_of(FindingRow),
    "contest": table_of(ContestRow),
    "team": table_of(TeamRow),
    "team_step": table_of(TeamStepRow),
    "countersignature": table_of(CountersignatureRow),
    "excuse": table_of(ExcuseRow),
    "look": table_of(LookRow),
    "picture_mark": table_of(PictureMarkRow),
    "draw": table_of(DrawRow),
    "draw_list": table_of(DrawListRow),
    "draw_result": table_of(DrawResultRow),
    "draw_replacement": table_of(DrawReplacementRow),
    "shift_note": table_of(ShiftNoteRow),
    "shift_acceptance": table_of(ShiftAcceptanceRow),
}


def verify_database(connection: Connection) -> Verified:
    """`reading.verify_file` for any database, read as one stream."""
    seq, seal = head(connection)
    count = connection.execute(select(func.count()).select_from(JOURNAL)).scalar_one()
    newest = max(
        (connection.execute(select(func.max(TABLES[table].c.number))).scalar() or 0)
        // PER_ENTRY[table]
        for table in NUMBERED
    )
    with closing(entries(connection)) as stream:
        broken = first_broken(stream)
    return Verified(count, seq, seal, broken or cut_off(seq, newest))


def first_row_changed(connection: Connection) -> Break | None:
    """The first entry whose row images are not what the tables hold now.

    Compares the tables whose rows are never changed after their entry (`NUMBERED`);
    an entry whose body retention has removed is passed over.
    """
    with ExitStack() as opened:
        held = {table: opened.enter_context(_by_entry(connection, table)) for table in NUMBERED}
        stream = opened.enter_context(closing(entries(connection)))
        return _first_difference(stream, held)


def _first_difference(stream: Iterable[Entry], held: Mapping[str, Iterator[Rows]]) -> Break | None:
    """Go through the journal and the tables side by side."""
    waiting = {table: next(rows, None) for table, rows in held.items()}
    for entry in stream:
        seq = entry.header.seq
        images = _images(entry.body) if entry.body is not None else None
        for table in NUMBERED:
            here: list[dict[str, Any]] = []
            if (ahead := waiting[table]) is not None and ahead[0] == seq:
                here, waiting[table] = ahead[1], next(held[table], None)
            if images is not None and here != images.get(table, []):
                return Break(seq, f"rows of {table} differ")
    beyond = [(rows[0], table) for table, rows in waiting.items() if rows is not None]
    return Break(min(beyond)[0], f"rows of {min(beyond)[1]} differ") if beyond else None


def _images(body: bytes) -> dict[str, list[dict[str, Any]]]:
    """The row images of a body, by table, in the order of their numbers."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, values in msgspec.json.decode(body)["rows"]:
        found.setdefault(table, []).append(values)
    return {
        table: sorted(rows, key=lambda row: row["number"]) if table in NUMBERED else rows
        for table, rows in found.items()
    }


@contextmanager
def _by_entry(connection: Connection, table: str) -> Iterator[Iterator[Rows]]:
    """Rows of a table, grouped by the entry that they were written with, read as a stream."""
    rows = TABLES[table]
    asked = rows.select().order_by(rows.c.number)
    with connection.execution_options(yield_per=2000).execute(asked) as found:
        grouped = groupby(found.mappings(), key=lambda row: row["number"] // PER_ENTRY[table])
        yield ((seq, [dict(row) for row in those]) for seq, those in grouped)

"""Checks stored seals at the speed of the disk: `journal.first_broken`, unrolled for SQLite.

A header without a backslash is spelt by one format instead of the JSON encoder. Should the two
ever spell one header differently, the seal does not match and `first_broken` itself decides, so
the quick way can only cost time. It cannot accept what the other refuses: two headers of the same
bytes have the same fields unless a field holds a quotation mark, and the true spelling of that one
has a backslash. Imports little, because it also runs in child processes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from domain.journal import Break, Entry, Header, first_broken
from domain.register.child import serve_parent

MAPPED_BYTES = 8 << 30
"""How much of the file is read through memory instead of one system call a page."""
_rows = """
    SELECT j.action, j.actor, j.at, j.body_sha256, j.node, j.prev, j.seq, j.subject, j.seal, b.body
    FROM journal j LEFT JOIN journal_body b ON b.seq = j.seq
    WHERE j.seq BETWEEN ? AND ? ORDER BY j.seq
"""


class Stretch(NamedTuple):
    """Entries `first` to `last` of the journal in a SQLite file, after a seal that is trusted."""

    file: Path
    first: int
    last: int
    prev: str


def reading_connection(file: Path) -> sqlite3.Connection:
    """A connection that cannot change the file and sees what other processes commit."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA query_only=ON")
    connection.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")
    return connection


def first_broken_of(stretch: Stretch) -> Break | None:
    """The first entry of the stretch that does not hold or is not there."""
    with closing(reading_connection(stretch.file)) as connection:
        return _first_broken(connection, stretch)


def _first_broken(connection: sqlite3.Connection, stretch: Stretch) -> Break | None:
    seq, prev = stretch.first, stretch.prev
    rows = connection.execute(_rows, (stretch.first, stretch.last))
    try:
        for row in rows:
            action, actor, at, body_sha256, node, named, number, subject, seal, body = row
            header = (
                f'{{"action":"{action}","actor":"{actor}","at":"{at}",'
                f'"body_sha256":"{body_sha256}","node":"{node}","prev":"{prev}",'
                f'"seq":{seq},"subject":"{subject}"}}'
            ).encode()
            if (
                number != seq
                or named != prev
                or b"\\" in header
                or sha256(header).hexdigest() != seal
                or not isinstance(body, bytes)
                or sha256(body).hexdigest() != body_sha256
            ) and (broken := _judge(row, prev, seq)):
                return broken
            prev, seq = seal, seq + 1
    except sqlite3.DatabaseError:
        return Break(seq, "cannot be read")
    return Break(seq, "missing") if seq <= stretch.last else None


def _judge(row: tuple[Any, ...], prev: str, seq: int) -> Break | None:
    """What `first_broken` says of one entry."""
    body = row[9].encode(errors="replace") if isinstance(row[9], str) else row[9]
    try:
        header = msgspec.convert(dict(zip(Header.__struct_fields__, row[:8], strict=True)), Header)
        return first_broken([Entry(header, row[8], body)], prev=prev, seq=seq)
    except (msgspec.ValidationError, UnicodeEncodeError, TypeError):
        return Break(seq, "cannot be read")


if __name__ == "__main__":
    serve_parent(first_broken_of)

"""Whoever edits the journal in the database file is found out, and where."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from domain.journal import first_broken
from domain.register.journal_table import entries
from domain.register.register import Register
from tests.things import Chain

SWAP = """
UPDATE journal SET seq = -1 WHERE seq = 5;
UPDATE journal SET seq = 5 WHERE seq = 6;
UPDATE journal SET seq = 6 WHERE seq = -1;
"""


@pytest.mark.parametrize(
    ("tampering", "first"),
    [
        ("UPDATE journal SET actor = 'person:p-li' WHERE seq = 4", 4),
        ("UPDATE journal SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 7", 7),
        ("UPDATE journal SET seal = prev WHERE seq = 3", 3),
        ("UPDATE journal_body SET body = replace(body, 'p-wang', 'p-zhao') WHERE seq = 6", 6),
        ("UPDATE journal_body SET body = x'' WHERE seq = 9", 9),
        ("DELETE FROM journal WHERE seq = 5", 5),
        ("DELETE FROM journal WHERE seq = 1", 1),
        (SWAP, 5),
    ],
)
def test_the_first_broken_entry_is_named(chain: Chain, tampering: str, first: int) -> None:
    with closing(sqlite3.connect(chain.register.folder / "forecourt.sqlite3")) as database:
        database.executescript(tampering)
        database.commit()

    broken = verify(chain.register)

    assert broken == first


def test_a_journal_whose_old_bodies_were_purged_still_holds(chain: Chain) -> None:
    with closing(sqlite3.connect(chain.register.folder / "forecourt.sqlite3")) as database:
        database.execute("DELETE FROM journal_body WHERE seq < 5")
        database.commit()

    assert verify(chain.register) is None


def verify(register: Register) -> int | None:
    with register.read() as connection:
        broken = first_broken(entries(connection))
    return broken.seq if broken else None

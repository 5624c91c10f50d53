"""What callers hear when the database is held, gone or being closed; nobody waits for ever."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from sqlalchemy import NullPool, create_engine, text

from domain.organisation import Actor
from domain.register import engine
from domain.register.refusals import DatabaseBusy, DiskFull, RegisterClosed
from domain.register.register import Register
from domain.register.tables import PersonRow
from domain.register.work import Work
from tests.things import PATIENCE_S

CONSOLE = Actor("console")
HELD_MS = 400
DATABASE = "forecourt.sqlite3"


def add(work: Work, person: str) -> int:
    work.insert(PersonRow, {"id": person, "name": person})
    return work.journal("person.added", person).header.seq


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A register that waits for another program's transaction a short time only."""
    monkeypatch.setattr(engine, "BUSY_MS", HELD_MS)
    with Register.open(tmp_path) as register:
        yield register


def test_a_held_database_makes_everybody_wait_once_not_one_after_another(
    impatient: Register,
) -> None:
    with closing(connect(impatient.folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        calls = [impatient.carry_out_later(add, f"p{n}", by=CONSOLE) for n in range(40)]
        heard = [type(call.exception()) for call in calls]
        waits = (time.monotonic() - begun) * 1000 / HELD_MS
        other.execute("ROLLBACK")

    assert heard == [DatabaseBusy] * 40
    assert waits < 20
    assert impatient.carry_out(add, "later", by=CONSOLE) == 1


def test_a_full_database_is_told_as_a_full_disk_and_goes_on_when_there_is_room(
    register: Register,
) -> None:
    def fill(work: Work) -> int:
        work.connection.execute(text("PRAGMA max_page_count = 1"))
        work.insert(PersonRow, {"id": "big", "name": "x" * 5_000_000})
        return work.journal("person.added", "big").header.seq

    with pytest.raises(DiskFull):
        register.carry_out(fill, by=CONSOLE)

    assert register.carry_out(add, "p1", by=CONSOLE) == 1


async def test_a_call_brought_just_before_closing_is_answered(register: Register) -> None:
    call = asyncio.ensure_future(register.carry_out_soon(add, "p1", by=CONSOLE))
    await asyncio.sleep(0)
    register.close()

    with pytest.raises(RegisterClosed):
        await asyncio.wait_for(call, PATIENCE_S)


def test_callers_beside_a_closing_register_are_stored_or_told(register: Register) -> None:
    def call(number: int) -> bool:
        try:
            register.carry_out(add, f"p{number}", by=CONSOLE)
        except RegisterClosed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(call, number) for number in range(400)]
        register.close()
        stored = sum(each.result(timeout=PATIENCE_S) for each in calls)

    with closing(connect(register.folder / DATABASE)) as database:
        assert database.execute("SELECT count(*) FROM person").fetchone() == (stored,)


def test_a_connection_cut_while_nobody_called_is_not_noticed(
    tmp_path: Path, postgres_database: str
) -> None:
    with Register.open(tmp_path, postgres_database) as register:
        register.carry_out(add, "p1", by=CONSOLE)
        with create_engine(postgres_database, poolclass=NullPool).connect() as other:
            other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
            )

        assert register.carry_out(add, "p2", by=CONSOLE) == 2
        with register.read() as connection:
            assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 2

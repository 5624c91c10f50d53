"""The one writer: durable answers, refusals that undo only themselves, nothing without an entry."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from domain.journal import first_broken
from domain.organisation import Actor
from domain.procedures.organisation import add_person, add_place
from domain.procedures.refusals import Unfit
from domain.refusals import Refusal
from domain.register.journal_table import JOURNAL, entries
from domain.register.refusals import RegisterClosed
from domain.register.register import Register
from domain.register.tables import PersonRow
from domain.register.work import UnjournalledChange, Work, table_of
from domain.text import same
from tests.things import wait_until

CONSOLE = Actor("console")
PERSON = table_of(PersonRow)


def people(register: Register) -> list[str]:
    with register.read() as connection:
        return list(connection.execute(select(PERSON.c.id).order_by(PERSON.c.id)).scalars())


def add(work: Work, person: str) -> int:
    work.insert(PersonRow, {"id": person, "name": person})
    return work.journal("person.added", person).header.seq


def add_then_refuse(work: Work, person: str) -> None:
    add(work, person)
    raise Unfit(same("no"), remedy=same("none"))


def add_read_then_refuse(work: Work, person: str) -> None:
    add(work, person)
    work.connection.execute(select(PERSON.c.id)).all()
    raise Unfit(same("no"), remedy=same("none"))


def add_quietly(work: Work, person: str) -> None:
    work.insert(PersonRow, {"id": person, "name": person})


def count_people(work: Work) -> int:
    return len(work.connection.execute(select(PERSON.c.id)).all())


def test_an_answer_comes_after_the_change_is_there_to_read(register: Register) -> None:
    seq = register.carry_out(add, "p1", by=CONSOLE)

    assert (people(register), register.journal_seq) == (["p1"], seq)


@pytest.mark.parametrize("procedure", [add_then_refuse, add_read_then_refuse])
def test_a_refusal_leaves_nothing_behind(register: Register, procedure: object) -> None:
    with pytest.raises(Refusal):
        register.carry_out(procedure, "p1", by=CONSOLE)  # type: ignore[arg-type]

    assert (people(register), register.journal_seq) == ([], 0)


async def test_a_refusal_in_a_batch_does_not_spoil_its_neighbours(register: Register) -> None:
    calls = [
        register.carry_out_soon(
            add if n % 3 else [add_then_refuse, add_read_then_refuse][n % 2], f"p{n:02}", by=CONSOLE
        )
        for n in range(30)
    ]

    outcomes = await asyncio.gather(*calls, return_exceptions=True)

    assert [isinstance(each, Refusal) for each in outcomes] == [n % 3 == 0 for n in range(30)]
    assert people(register) == [f"p{n:02}" for n in range(30) if n % 3]


async def test_a_row_that_the_database_refuses_fails_alone(register: Register) -> None:
    calls = [
        register.carry_out_soon(add, person, by=CONSOLE) for person in ("p1", "p2", "p1", "p3")
    ]

    outcomes = await asyncio.gather(*calls, return_exceptions=True)

    assert [isinstance(each, Exception) for each in outcomes] == [False, False, True, False]
    assert people(register) == ["p1", "p2", "p3"]


def test_a_change_that_journals_nothing_does_not_commit(register: Register) -> None:
    with pytest.raises(UnjournalledChange):
        register.carry_out(add_quietly, "p1", by=CONSOLE)

    assert people(register) == []


def test_a_procedure_sees_what_calls_before_it_in_the_batch_did(register: Register) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: register.carry_out(add, f"p{n}", by=CONSOLE), range(20)))

    assert register.carry_out(count_people, by=CONSOLE) == 20


def test_entries_are_sealed_in_one_line_whoever_writes(register: Register) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: register.carry_out(add, f"p{n}", by=CONSOLE), range(50)))

    with register.read() as connection:
        assert first_broken(entries(connection)) is None


def test_an_entrys_body_holds_the_rows_that_changed(register: Register) -> None:
    register.carry_out(add, "p1", by=CONSOLE)

    with register.read() as connection:
        (entry,) = entries(connection)
    assert entry.body == b'{"facts":{},"rows":[["person",{"id":"p1","name":"p1"}]]}'


def test_a_closed_register_says_so(register: Register) -> None:
    register.close()

    with pytest.raises(RegisterClosed):
        register.carry_out(add, "p1", by=CONSOLE)


def test_readers_cannot_change_anything(register: Register) -> None:
    with register.read() as connection, pytest.raises(Exception, match="readonly"):
        connection.execute(text("DELETE FROM node"))


def test_two_registers_on_one_folder_seal_one_line_and_hear_of_each_other(
    register: Register,
) -> None:
    with Register.open(register.folder) as other, ThreadPoolExecutor(8) as pool:
        both = [register, other]
        list(pool.map(lambda n: both[n % 2].carry_out(add, f"p{n}", by=CONSOLE), range(40)))
        head = register.carry_out(add, "last", by=CONSOLE)
        wait_until(lambda: other.journal_seq == head and "last" in other.directory.people)

        with other.read() as connection:
            assert first_broken(entries(connection)) is None
            assert len(connection.execute(select(JOURNAL.c.seq)).all()) == 41


def test_a_place_added_by_one_process_is_there_for_the_next_call_of_another(
    register: Register,
) -> None:
    with Register.open(register.folder) as other:
        register.carry_out(add_place, "co", "company", same("公司"), by=CONSOLE)
        other.carry_out(add_place, "u1", "unit", same("一公司"), "co", by=CONSOLE)

        assert set(other.directory.places) == {"co", "u1"}


def test_a_person_needs_a_name(register: Register) -> None:
    with pytest.raises(Unfit):
        register.carry_out(add_person, "p1", "  ", (), by=CONSOLE)

"""Calls of one batch: what one writes the next one sees, though it is written at the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from domain.journal import first_broken
from domain.organisation import Actor
from domain.procedures.enrolment import withdraw_device
from domain.procedures.evidence import receive_evidence
from domain.procedures.points import reissue_code
from domain.procedures.refusals import AnswersDiffer, CodeWithdrawn, DeviceWithdrawn, Unfit
from domain.procedures.submission import submit_inspection, take_in
from domain.procedures.weighing import weigh
from domain.register.journal_table import entries
from domain.register.queries import EVIDENCE, FINDING, INSPECTION
from domain.register.register import Register
from domain.register.tables import PersonRow, PlaceRow
from domain.register.work import Work
from domain.submission import Receipt, Submission
from domain.text import same
from tests.things import CONSOLE, PATIENCE_S, Chain, a_picture


@contextmanager
def one_batch(register: Register) -> Iterator[None]:
    """What is asked for in here goes into one transaction."""
    busy, go = threading.Event(), threading.Event()

    def hold_up(_: Work) -> None:
        busy.set()
        go.wait(PATIENCE_S)

    register.carry_out_later(hold_up, by=CONSOLE)
    busy.wait(PATIENCE_S)
    yield
    go.set()


def send(chain: Chain, form: Submission) -> Future[Any]:
    weighed = weigh(chain.register.rulebooks, form)
    return chain.register.carry_out_later(submit_inspection, weighed, None, by=chain.by_phone)


def count(chain: Chain, column: Any) -> int:
    with chain.register.read() as connection:
        return len(connection.execute(select(column)).all())


def test_a_form_twice_in_a_batch_is_stored_once(chain: Chain) -> None:
    form = chain.form()

    with one_batch(chain.register):
        answers = [send(chain, form) for _ in range(3)]

    first, *others = [each.result(10) for each in answers]
    assert isinstance(first, Receipt)
    assert others == [first, first]
    assert count(chain, INSPECTION.c.id) == 1


def test_a_sender_learns_whether_it_was_the_first_time(chain: Chain) -> None:
    weighed = weigh(chain.register.rulebooks, chain.form())

    with one_batch(chain.register):
        answers = [
            chain.register.carry_out_later(take_in, weighed, None, by=chain.by_phone)
            for _ in range(2)
        ]

    assert [each.result(10).again for each in answers] == [False, True]


def test_a_form_and_another_of_its_id_in_a_batch_are_told_apart(chain: Chain) -> None:
    form = chain.form()

    with one_batch(chain.register):
        first = send(chain, form)
        second = send(chain, msgspec.structs.replace(form, note="改过"))

    assert isinstance(first.result(10), Receipt)
    assert isinstance(second.result(10), AnswersDiffer)


def test_a_picture_can_arrive_in_the_batch_of_its_form(chain: Chain) -> None:
    picture = a_picture(b"x")
    form = chain.form(evidence=(picture,))

    with one_batch(chain.register):
        send(chain, form)
        arrived = [
            chain.register.carry_out_later(receive_evidence, picture.id, by=chain.by_phone)
            for _ in range(2)
        ]
        again = send(chain, form)

    assert [each.result(10) for each in arrived] == [None, None]
    assert again.result(10).evidence_waiting == ()
    assert count(chain, EVIDENCE.c.arrived_at) == 1


def test_what_the_organisation_becomes_holds_for_the_calls_behind(chain: Chain) -> None:
    with one_batch(chain.register):
        chain.register.carry_out_later(reissue_code, chain.point, by=CONSOLE)
        old_code = send(chain, chain.form())
        chain.register.carry_out_later(withdraw_device, chain.phone.device, by=CONSOLE)
        old_phone = send(chain, chain.form())

    with pytest.raises(CodeWithdrawn):
        old_code.result(10)
    with pytest.raises(DeviceWithdrawn):
        old_phone.result(10)


def test_hundreds_of_forms_in_a_batch_keep_all_their_lines(chain: Chain) -> None:
    forms = [chain.form() for _ in range(300)]

    with one_batch(chain.register):
        answers = [send(chain, form) for form in forms]

    numbers = [each.result(30).number for each in answers]
    assert numbers == list(range(numbers[0], numbers[0] + 300))
    assert (count(chain, INSPECTION.c.id), count(chain, FINDING.c.number)) == (300, 300)
    with chain.register.read() as connection:
        assert first_broken(entries(connection)) is None


def add_person(work: Work, person: str) -> None:
    work.insert(PersonRow, {"id": person, "name": person})
    work.journal("person.added", person)


def add_look_and_refuse(work: Work, person: str) -> None:
    add_person(work, person)
    assert person in work.directory.people
    raise Unfit(same("no"), remedy=same("none"))


def test_a_refusal_after_a_look_leaves_its_neighbours_rows(register: Register) -> None:
    with one_batch(register):
        register.carry_out_later(add_person, "p1", by=CONSOLE)
        refused = register.carry_out_later(add_look_and_refuse, "p2", by=CONSOLE)
        last = register.carry_out_later(add_person, "p3", by=CONSOLE)

    with pytest.raises(Unfit):
        refused.result(10)
    last.result(10)
    assert set(register.directory.people) == {"p1", "p3"}


def test_a_column_that_a_table_does_not_have_is_a_mistake(register: Register) -> None:
    def misspell(work: Work) -> None:
        work.insert(PlaceRow, {"id": "x", "colour": "red"})
        work.journal("place.added", "x")

    with pytest.raises(KeyError):
        register.carry_out(misspell, by=Actor("console"))


def test_columns_not_named_take_the_tables_default(register: Register) -> None:
    def add_place(work: Work) -> None:
        named = {"id": "co", "kind": "company", "name_zh": "公司", "name_en": "Company"}
        work.insert(PlaceRow, {**named, "path": "/co/"})
        work.journal("place.added", "co")

    register.carry_out(add_place, by=CONSOLE)

    place = register.directory.places["co"]
    assert (place.stars, place.parent) == (0, None)

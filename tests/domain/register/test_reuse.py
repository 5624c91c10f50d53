"""Pictures that an earlier inspection had already, as the records tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.organisation import Actor
from domain.picture_marks import Mark
from domain.procedures.picture_marks import Found, mark_pictures
from domain.register.picture_marks import candidates
from domain.register.register import Register
from domain.register.reuse import reuses
from tests.things import CONSOLE, Chain, Clock, a_picture, build_chain

if TYPE_CHECKING:
    from domain.submission import Evidence
    from domain.traces import Reuse

MARKS = tuple(Mark(place, place, 4, 1000 + place) for place in range(20, 60))


def sent(chain: Chain, picture: Evidence, by: Actor | None = None) -> int:
    return chain.submit(chain.form(evidence=(picture,)), by).number


def found(chain: Chain, number: int) -> tuple[Reuse, ...]:
    with chain.register.read() as connection:
        return reuses(connection, [number]).get(number, ())


def test_a_picture_is_known_again_before_its_bytes_have_come(chain: Chain) -> None:
    before = sent(chain, a_picture(b"pump"))
    chain.clock.forward(days=1)

    now = sent(chain, a_picture(b"pump"))

    assert [(one.earlier, one.exact) for one in found(chain, now)] == [(before, True)]
    assert not found(chain, before)


def test_one_picture_for_two_forms_of_one_visit_is_no_reuse(chain: Chain) -> None:
    sent(chain, a_picture(b"pump"))
    chain.clock.forward(minutes=10)

    now = sent(chain, a_picture(b"pump"))

    assert not found(chain, now)


def test_a_picture_serves_a_long_inspection_that_was_begun_meanwhile(chain: Chain) -> None:
    begun = chain.clock.now
    sent(chain, a_picture(b"pump"))
    chain.clock.forward(hours=2)
    long = chain.form(evidence=(a_picture(b"pump"),), started_at=begun)
    chain.clock.forward(days=1)
    left_open = chain.form(evidence=(a_picture(b"pump"),), started_at=begun)

    assert not found(chain, chain.submit(long).number)
    assert found(chain, chain.submit(left_open).number)


def test_a_picture_from_somebody_elses_visit_is_reuse_within_minutes(chain: Chain) -> None:
    sent(chain, a_picture(b"pump"))
    chain.clock.forward(minutes=10)

    now = sent(chain, a_picture(b"pump"), Actor("phone", chain.area_manager, chain.phone.device))

    assert found(chain, now)


def a_copy_is_known_again(chain: Chain) -> None:
    old, new = a_picture(b"pump"), a_picture(b"pump, cropped")
    before = sent(chain, old)
    chain.clock.forward(days=30)
    now = sent(chain, new)
    marked = [Found(new.sha256, MARKS), Found(old.sha256, MARKS, (new.sha256,))]

    chain.register.carry_out(mark_pictures, marked, by=CONSOLE)

    assert [(one.evidence, one.earlier, one.exact) for one in found(chain, now)] == [
        (new.id, before, False)
    ]
    assert not found(chain, before)
    with chain.register.read() as connection:
        near = candidates(connection, {mark.key for mark in MARKS[:5]})
    assert dict(near) == {old.sha256: MARKS, new.sha256: MARKS}


def test_a_copy_is_known_again_whichever_was_marked_first(chain: Chain) -> None:
    a_copy_is_known_again(chain)


def test_a_copy_is_known_again_on_postgresql(postgres_database: str, tmp_path: Path) -> None:
    clock = Clock()
    with Register.open(tmp_path, postgres_database, clock=clock) as register:
        a_copy_is_known_again(build_chain(register, clock))


def test_marking_again_adds_no_entry(chain: Chain) -> None:
    marked = [Found("ab" * 32, MARKS), Found("cd" * 32, ())]
    assert chain.register.carry_out(mark_pictures, marked, by=CONSOLE) == 2
    before = chain.register.journal_seq

    assert chain.register.carry_out(mark_pictures, marked, by=CONSOLE) == 0

    assert chain.register.journal_seq == before


@pytest.mark.parametrize("shared", [0, 2])
def test_a_picture_that_shares_hardly_a_hash_is_no_candidate(chain: Chain, shared: int) -> None:
    chain.register.carry_out(mark_pictures, [Found("ab" * 32, MARKS)], by=CONSOLE)

    with chain.register.read() as connection:
        near = candidates(connection, {mark.key for mark in MARKS[:shared]} | {7})

    assert near == []

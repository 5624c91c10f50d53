"""What a refused call saw of its own changes must not stay in anybody's view."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from domain.procedures.organisation import add_place
from domain.procedures.refusals import Unfit
from domain.register.register import Register
from domain.register.work import Work
from domain.text import Text, same
from tests.things import CONSOLE, Chain

GATE_S = 5.0


def _add_look_and_refuse(work: Work) -> None:
    add_place(work, "ghost", "station", Text(zh="幽灵站", en="Ghost"), "a1")
    assert "ghost" in work.directory.places
    raise Unfit(same("no"), remedy=same("no"))


def _places(work: Work) -> frozenset[str]:
    return frozenset(work.directory.places)


def _in_one_batch(register: Register, *procedures: Callable[[Work], object]) -> list[object]:
    """Outcomes of calls that wait together behind one that holds the writer."""
    gate = threading.Event()
    register.carry_out_later(lambda _: gate.wait(GATE_S), by=CONSOLE)
    answers = [register.carry_out_later(each, by=CONSOLE) for each in procedures]
    gate.set()
    return [answer.exception(GATE_S) or answer.result() for answer in answers]


def test_a_place_of_a_refused_call_is_not_there_for_the_next_call(chain: Chain) -> None:
    refused, places = _in_one_batch(chain.register, _add_look_and_refuse, _places)
    assert isinstance(refused, Unfit)
    assert places == frozenset({"co", "u1", "a1", "s1", "s2"})


@pytest.mark.parametrize("again", [1, 3])
def test_a_place_of_a_refused_call_is_not_there_for_readers(chain: Chain, again: int) -> None:
    before = chain.register.journal_seq
    _in_one_batch(chain.register, *[_add_look_and_refuse] * again)
    assert "ghost" not in chain.register.directory.places
    assert chain.register.journal_seq == before

"""Excusing a duty: by a superior, with a reason, once."""

from __future__ import annotations

import pytest

from domain.duty_life import Excuse
from domain.journal import first_broken
from domain.organisation import Actor, Role
from domain.procedures.duties import DutyIsDone, NotSuperior, excuse_duty
from domain.procedures.organisation import add_person
from domain.procedures.refusals import Unfit, Unknown
from domain.register.journal_table import entries
from domain.register.matching import first_row_changed
from tests.things import CONSOLE, VIDEO, Chain, a_form

TODAYS = "I9/s1/2026-11-20"
AREA = Actor("console", "p-li")


def excuse(chain: Chain, duty: str = TODAYS, by: Actor = AREA, reason: str = "停电检修") -> Excuse:
    given: Excuse = chain.register.carry_out(excuse_duty, duty, reason, by=by)
    return given


def test_a_superior_excuses_a_duty_and_the_journal_has_it(chain: Chain) -> None:
    given = excuse(chain)

    assert (given.duty, given.person, given.reason) == (TODAYS, "p-li", "停电检修")
    with chain.register.read() as connection:
        every = list(entries(connection))
        assert first_row_changed(connection) is None
    assert first_broken(every) is None
    assert (every[-1].header.action, every[-1].header.subject) == ("duty.excused", TODAYS)


def test_the_first_excuse_holds_and_repeating_it_writes_nothing(chain: Chain) -> None:
    chain.register.carry_out(add_person, "p-sun", "孙宁", (Role("unit_staff", "u1"),), by=CONSOLE)
    first = excuse(chain)
    seq = chain.register.journal_seq

    again = excuse(chain, by=Actor("console", "p-sun"), reason="另一个理由")

    assert again == first
    assert chain.register.journal_seq == seq


@pytest.mark.parametrize(
    ("duty", "by"),
    [
        (TODAYS, Actor("console", "p-wang")),
        (TODAYS, CONSOLE),
        ("I8-video/a1/2026-11", AREA),
        ("I6/u1/2026-11", AREA),
    ],
    ids=["oneself", "nobody", "the own area's", "the unit's"],
)
def test_whoever_is_not_above_a_post_does_not_excuse_its_duties(
    chain: Chain, duty: str, by: Actor
) -> None:
    with pytest.raises(NotSuperior):
        excuse(chain, duty, by)


@pytest.mark.parametrize(
    "duty", ["I9/s1/2026-11-31", "I9/nowhere/2026-11-20", "nothing", "I9/s1/" + "9" * 400]
)
def test_what_no_calendar_implies_cannot_be_excused(chain: Chain, duty: str) -> None:
    with pytest.raises(Unknown):
        excuse(chain, duty)


def test_a_duty_out_of_sight_is_as_one_that_is_not_there(chain: Chain) -> None:
    with pytest.raises(Unknown):
        excuse(chain, "I9/s2/2026-11-20", Actor("console", "p-wang"))


def test_what_is_done_is_not_excused(chain: Chain) -> None:
    chain.submit(a_form(at=chain.clock.now, station="s1", rulebook=VIDEO, found=()))

    with pytest.raises(DutyIsDone):
        excuse(chain)


@pytest.mark.parametrize("reason", ["", "  ", "一\n二", "长" * 501])
def test_an_excuse_needs_a_reason_on_one_line(chain: Chain, reason: str) -> None:
    with pytest.raises(Unfit):
        excuse(chain, reason=reason)

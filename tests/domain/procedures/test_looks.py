"""Looking at a submission that was worth it: by whoever leads there, by name, not at one's own."""

from __future__ import annotations

import pytest

from domain.journal import first_broken
from domain.looks import Look, Verdict, who_may_look
from domain.organisation import Actor, Role
from domain.procedures.looks import MayNotLook, look_over
from domain.procedures.organisation import add_person
from domain.procedures.refusals import Unfit, Unknown
from domain.register.journal_table import entries
from domain.register.looks import newest_looks
from domain.register.matching import first_row_changed
from tests.things import CONSOLE, Chain

AREA = Actor("console", "p-li")
MANAGER = Actor("console", "p-wang")


@pytest.fixture
def sent(chain: Chain) -> int:
    """The number of a form that the station's manager sent."""
    return chain.submit(chain.form()).number


def look(
    chain: Chain, sent: int, by: Actor = AREA, verdict: Verdict = "in_order", note: str = ""
) -> Look:
    (given,) = chain.register.carry_out(look_over, [sent], verdict, note, by=by)
    return given


def test_whoever_leads_there_says_what_it_was_and_the_journal_has_it(
    chain: Chain, sent: int
) -> None:
    look(chain, sent, note="当天停网，已电话核实")

    with chain.register.read() as connection:
        every = list(entries(connection))
        assert first_row_changed(connection) is None
        kept = newest_looks(connection, [sent])[sent]
    assert (kept.person, kept.verdict, kept.note) == ("p-li", "in_order", "当天停网，已电话核实")
    assert first_broken(every) is None
    assert every[-1].header.action == "presence.looked_at"


def test_looking_again_adds_a_look_and_the_newest_holds(chain: Chain, sent: int) -> None:
    look(chain, sent)
    look(chain, sent, verdict="doubtful", note="照片是上周的")

    with chain.register.read() as connection:
        assert newest_looks(connection, [sent])[sent].verdict == "doubtful"


def test_saying_the_same_again_writes_nothing(chain: Chain, sent: int) -> None:
    first = look(chain, sent)
    seq = chain.register.journal_seq

    assert look(chain, sent) == first
    assert chain.register.journal_seq == seq


@pytest.mark.parametrize("by", [MANAGER, CONSOLE], ids=["oneself", "nobody"])
def test_nobody_looks_at_what_they_sent_and_nobody_without_a_name(
    chain: Chain, sent: int, by: Actor
) -> None:
    with pytest.raises(MayNotLook):
        look(chain, sent, by)


def test_staff_do_not_look_at_what_their_manager_sent(chain: Chain, sent: int) -> None:
    chain.register.carry_out(add_person, "p-sun", "孙宁", (Role("staff", "s1"),), by=CONSOLE)

    with pytest.raises(MayNotLook):
        look(chain, sent, Actor("phone", "p-sun"))


def test_an_inspection_out_of_sight_is_as_one_that_is_not_there(chain: Chain, sent: int) -> None:
    chain.register.carry_out(
        add_person, "p-far", "远方", (Role("station_manager", "s2"),), by=CONSOLE
    )

    for number in (sent, 10**15):
        with pytest.raises(Unknown):
            look(chain, number, Actor("console", "p-far"))


@pytest.mark.parametrize(
    "note", ["", "  ", "两\n行", "长" * 501], ids=["none", "blank", "two lines", "too long"]
)
def test_a_doubt_says_why_in_one_line(chain: Chain, sent: int, note: str) -> None:
    with pytest.raises(Unfit):
        look(chain, sent, verdict="doubtful", note=note)


def test_those_who_may_look_are_named_the_nearest_first(chain: Chain) -> None:
    for person, role in (
        ("p-co", Role("company_staff", "co")),
        ("p-un", Role("unit_staff", "u1")),
        ("p-st", Role("staff", "s1")),
    ):
        chain.register.carry_out(add_person, person, person, (role,), by=CONSOLE)

    assert who_may_look(chain.register.directory, "s1", "p-wang") == ("p-li", "p-un", "p-co")


def test_a_visit_of_several_forms_is_looked_at_in_one_go(chain: Chain, sent: int) -> None:
    numbers = [sent, chain.submit(chain.form()).number]
    seq = chain.register.journal_seq

    chain.register.carry_out(look_over, numbers, "doubtful", "时间太短", by=AREA)

    assert chain.register.journal_seq == seq + 1
    with chain.register.read() as connection:
        assert set(newest_looks(connection, numbers)) == set(numbers)
        assert first_row_changed(connection) is None


@pytest.mark.parametrize("many", [0, 201])
def test_nothing_and_far_too_much_at_once_is_declined(chain: Chain, sent: int, many: int) -> None:
    with pytest.raises(Unfit):
        chain.register.carry_out(look_over, [sent] * many, "in_order", "", by=AREA)

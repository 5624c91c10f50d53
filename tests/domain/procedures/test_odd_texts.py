"""Texts that no record can hold are refused with their place, whatever database is below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.organisation import Actor, Role
from domain.procedures.enrolment import enrol, offer_enrolment
from domain.procedures.organisation import add_person, add_place, name_node
from domain.procedures.points import place_point
from domain.procedures.refusals import Unfit
from domain.register.register import Register
from domain.submission import Found
from domain.text import Text, same
from tests.things import CONSOLE, Chain, Clock, a_picture, build_chain

ODD = ["a\x00b", "a\ud800b", "\udc00"]
OLD = (Role("station_manager", "s1"),)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chain]:
    """The small chain, on either database."""
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else None
    clock = Clock()
    with Register.open(tmp_path / "data", url, clock=clock) as register:
        yield build_chain(register, clock)


@pytest.mark.parametrize("odd", ODD)
def test_a_form_with_a_text_that_cannot_be_stored_is_refused_with_its_place(
    chain: Chain, odd: str
) -> None:
    picture = a_picture(b"x", name=odd)
    forms = {
        "$.note": chain.form(note=odd),
        "$.found[1].note": chain.form(found=(Found("A.a.1"), Found("A.a.2", note=odd))),
        "$.evidence[0].name": chain.form(evidence=(picture,)),
    }
    for place, form in forms.items():
        with pytest.raises(Unfit) as refusal:
            chain.submit(form)
        assert refusal.value.field == place


def test_a_note_that_speaks_of_an_escape_is_taken_as_it_is(chain: Chain) -> None:
    assert chain.submit(chain.form(note=r"\u0000")).number


@pytest.mark.parametrize("odd", [*ODD, "a\nb", "  ", "a\x1b[2J"])
def test_a_name_that_cannot_be_read_is_refused(anywhere: Chain, odd: str) -> None:
    do = anywhere.register.carry_out
    code = do(offer_enrolment, "p-wang", by=CONSOLE)
    before = anywhere.register.journal_seq
    name = Text(zh=odd, en="x")

    with pytest.raises(Unfit):
        do(enrol, code, odd, by=Actor("phone"))
    with pytest.raises(Unfit):
        do(add_person, "p-new", odd, OLD, by=CONSOLE)
    with pytest.raises(Unfit):
        do(add_place, "s9", "station", name, "a1", by=CONSOLE)
    with pytest.raises(Unfit):
        do(place_point, "s1-new", "s1", "pump", name, by=CONSOLE)
    with pytest.raises(Unfit):
        do(name_node, anywhere.register.node.id, name, by=CONSOLE)
    assert anywhere.register.journal_seq == before


def test_a_name_with_other_odd_signs_is_kept(anywhere: Chain) -> None:
    name = "‮名' OR 1=1 --"  # noqa: PLE2502
    anywhere.register.carry_out(add_person, "p-new", f" {name} ", OLD, by=CONSOLE)

    assert anywhere.register.directory.people["p-new"].name == name


def test_a_role_named_twice_is_held_once(anywhere: Chain) -> None:
    anywhere.register.carry_out(add_person, "p-new", "钱进", OLD + OLD, by=CONSOLE)

    assert anywhere.register.directory.people["p-new"].roles == OLD


def test_a_role_that_is_held_already_changes_nothing(anywhere: Chain) -> None:
    from domain.procedures.organisation import give_role

    before = anywhere.register.journal_seq
    anywhere.register.carry_out(give_role, "p-wang", OLD[0], by=CONSOLE)

    assert anywhere.register.directory.people["p-wang"].roles == OLD
    assert anywhere.register.journal_seq == before


def test_a_chain_founded_with_a_role_twice_holds_it_once(register: Register) -> None:
    from domain.organisation import Person, Place
    from domain.procedures.chain import found_chain

    company = Place("co", "company", same("x"), "/co/")
    boss = Person("p-1", "钱进", 2 * (Role("company_staff", "co"),))
    register.carry_out(found_chain, [company], [boss], [], by=CONSOLE)

    assert len(register.directory.people["p-1"].roles) == 1

"""Posts change hands: a role ends, another begins, and the journal has both."""

from __future__ import annotations

import pytest

from domain.organisation import Role
from domain.procedures.organisation import end_role, give_role, hand_on
from domain.procedures.refusals import OutOfSight, Unfit, Unknown
from domain.register.journal_table import entries
from tests.things import CONSOLE, Chain

MANAGER = Role("station_manager", "s1")


def test_whoever_lost_a_role_sees_nothing_of_it_any_more(chain: Chain) -> None:
    chain.register.carry_out(end_role, "p-wang", MANAGER, by=CONSOLE)

    assert chain.register.directory.people["p-wang"].roles == ()
    with pytest.raises(OutOfSight):
        chain.submit(chain.form())


def test_a_role_is_ended_in_the_journal_once(chain: Chain) -> None:
    chain.register.carry_out(end_role, "p-wang", MANAGER, by=CONSOLE)
    seq = chain.register.journal_seq
    chain.register.carry_out(end_role, "p-wang", MANAGER, by=CONSOLE)

    with chain.register.read() as connection:
        *_, last = entries(connection)
    assert (last.header.seq, last.header.action, last.header.subject) == (
        seq, "person.relieved", "p-wang"
    )  # fmt: skip
    assert b'"until"' in (last.body or b"")


def test_a_role_that_ended_can_be_given_again(chain: Chain) -> None:
    chain.register.carry_out(end_role, "p-wang", MANAGER, by=CONSOLE)
    chain.clock.forward(days=3)
    chain.register.carry_out(give_role, "p-wang", MANAGER, by=CONSOLE)

    assert MANAGER in chain.register.directory.people["p-wang"].roles
    chain.register.carry_out(end_role, "p-wang", MANAGER, by=CONSOLE)
    assert MANAGER not in chain.register.directory.people["p-wang"].roles


def test_other_roles_and_people_are_left_alone(chain: Chain) -> None:
    chain.register.carry_out(give_role, "p-wang", Role("area_manager", "a1"), by=CONSOLE)
    chain.register.carry_out(end_role, "p-wang", MANAGER, by=CONSOLE)

    people = chain.register.directory.people
    assert people["p-wang"].roles == (Role("area_manager", "a1"),)
    assert people["p-zhao"].roles == (Role("station_manager", "s2"),)


def test_nobody_of_that_name_has_a_role_to_lose(chain: Chain) -> None:
    with pytest.raises(Unknown):
        chain.register.carry_out(end_role, "p-nobody", MANAGER, by=CONSOLE)


def test_a_post_passes_from_one_to_another_in_one_moment(chain: Chain) -> None:
    chain.register.carry_out(hand_on, "p-wang", MANAGER, "p-zhao", by=CONSOLE)

    assert chain.register.directory.holders[MANAGER] == ("p-zhao",)


def test_nobody_hands_a_post_to_themselves_or_one_that_is_not_theirs(chain: Chain) -> None:
    with pytest.raises(Unfit):
        chain.register.carry_out(hand_on, "p-wang", MANAGER, "p-wang", by=CONSOLE)
    with pytest.raises(Unfit):
        chain.register.carry_out(hand_on, "p-zhao", MANAGER, None, by=CONSOLE)


def test_a_post_that_cannot_be_taken_over_is_not_left(chain: Chain) -> None:
    with pytest.raises(Unknown):
        chain.register.carry_out(hand_on, "p-wang", MANAGER, "p-gone", by=CONSOLE)

    assert chain.register.directory.holders[MANAGER] == ("p-wang",)

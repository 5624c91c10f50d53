"""Phones are tied to people by a one-time code; labels are issued, replaced and withdrawn."""

from __future__ import annotations

import pytest

from domain.canonical import digest
from domain.organisation import Actor, PlaceKind, Role
from domain.procedures.enrolment import enrol, offer_enrolment, withdraw_device
from domain.procedures.organisation import add_person, add_place, give_role, name_node
from domain.procedures.points import place_point, reissue_code, withdraw_code
from domain.procedures.refusals import Unfit, Unknown, WrongEnrolmentCode
from domain.register.node import read_node
from domain.text import Text, same
from tests.things import CONSOLE, Chain

PHONE = Actor("phone")


def test_a_phone_is_known_by_the_digest_of_its_key_alone(chain: Chain) -> None:
    device = chain.register.directory.devices_by_key[digest(chain.phone.key.encode())]

    assert (device.id, device.person) == (chain.phone.device, "p-wang")


def test_a_code_works_once(chain: Chain) -> None:
    code = chain.register.carry_out(offer_enrolment, "p-li", by=CONSOLE)
    chain.register.carry_out(enrol, code, "手机", by=PHONE)

    with pytest.raises(WrongEnrolmentCode):
        chain.register.carry_out(enrol, code, "另一部手机", by=PHONE)


@pytest.mark.parametrize(("minutes", "works"), [(9.9, True), (10.1, False)])
def test_a_code_is_good_for_ten_minutes(chain: Chain, minutes: float, works: bool) -> None:
    code = chain.register.carry_out(offer_enrolment, "p-li", by=CONSOLE)
    chain.clock.forward(minutes=minutes)

    if works:
        assert chain.register.carry_out(enrol, code, "手机", by=PHONE).person == "p-li"
    else:
        with pytest.raises(WrongEnrolmentCode):
            chain.register.carry_out(enrol, code, "手机", by=PHONE)


def test_a_made_up_code_is_refused(chain: Chain) -> None:
    with pytest.raises(WrongEnrolmentCode):
        chain.register.carry_out(enrol, "00000000x", "手机", by=PHONE)


def test_a_code_for_nobody_is_refused(chain: Chain) -> None:
    with pytest.raises(Unknown):
        chain.register.carry_out(offer_enrolment, "nobody", by=CONSOLE)


def test_a_phone_is_withdrawn_once(chain: Chain) -> None:
    chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)

    assert chain.register.directory.devices[chain.phone.device].withdrawn_at
    with pytest.raises(Unknown):
        chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)


def test_a_reissued_code_takes_the_place_of_the_old_one(chain: Chain) -> None:
    token = chain.register.carry_out(reissue_code, chain.point, by=CONSOLE)

    directory = chain.register.directory
    assert directory.points_by_token[token].id == chain.point
    assert directory.old_tokens == {chain.token: chain.point}


def test_a_withdrawn_code_can_be_issued_again(chain: Chain) -> None:
    chain.register.carry_out(withdraw_code, chain.point, by=CONSOLE)
    token = chain.register.carry_out(reissue_code, chain.point, by=CONSOLE)

    assert chain.register.directory.points[chain.point].token == token


def test_a_code_has_at_least_eighty_random_bits(chain: Chain) -> None:
    assert len(chain.token) * 6 >= 80


@pytest.mark.parametrize(
    ("point", "station", "kind", "refusal"),
    [
        ("s1-pump-1", "s1", "pump", Unfit),
        ("s1-new", "s1", "spaceship", Unfit),
        ("s1-new", "nowhere", "pump", Unknown),
        ("s1-new", "a1", "pump", Unknown),
    ],
)
def test_a_point_that_does_not_fit_is_refused(
    chain: Chain, point: str, station: str, kind: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        chain.register.carry_out(place_point, point, station, kind, same("点"), by=CONSOLE)


@pytest.mark.parametrize(
    ("place", "kind", "parent"),
    [("co", "company", None), ("u2", "unit", "s1"), ("s 9", "station", "u1"), ("c2", "unit", None)],
)
def test_a_place_that_does_not_fit_is_refused(
    chain: Chain, place: str, kind: PlaceKind, parent: str | None
) -> None:
    with pytest.raises(Unfit):
        chain.register.carry_out(
            add_place,
            place,
            kind,
            same("名"),
            parent,
            0,
            by=CONSOLE,
        )


def test_a_further_role_widens_what_a_person_sees(chain: Chain) -> None:
    chain.register.carry_out(give_role, "p-wang", Role("unit_staff", "u1"), by=CONSOLE)

    assert chain.register.directory.sight("p-wang").sees(chain.other_station)


def test_a_role_at_a_place_that_is_not_there_is_refused(chain: Chain) -> None:
    with pytest.raises(Unknown):
        chain.register.carry_out(add_person, "p9", "孙丽", (Role("staff", "nowhere"),), by=CONSOLE)


def test_the_node_can_be_named(chain: Chain) -> None:
    name = Text(zh="东湖分公司", en="Donghu")
    chain.register.carry_out(name_node, chain.register.node.id, name, by=CONSOLE)

    with chain.register.read() as connection:
        assert read_node(connection).name == name

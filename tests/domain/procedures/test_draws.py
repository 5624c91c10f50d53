"""Draws are announced, frozen, revealed and replaced in one order, and nobody tries twice."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from domain.draw_steps import Draw, commitment, standings
from domain.drawing import Quota, Rule
from domain.organisation import Actor
from domain.procedures.draw_refusals import (
    DrawnBefore,
    NobodyLeft,
    NoSuchDraw,
    NotInChargeOfDraw,
    NotItsTurn,
    NotThatDay,
    SeedDoesNotFit,
    UnfitDraw,
)
from domain.procedures.draws import (
    Announcement,
    announce_draw,
    freeze_list,
    replace_station,
    reveal_draw,
)
from domain.procedures.refusals import Unfit, Unknown
from domain.register.draws import draw_of, kept_seed, make_seed
from domain.register.journal_table import entries
from tests.things import CONSOLE, Chain

SEED = "5eed" * 16
ONE = Rule(Quota(at_least=1), must_stars=3)
ASKED = Announcement("I4", "co", "2026-11", commitment(SEED), ONE)
DRAW = "i4.co.2026-11"
LOTTERY = {"public_source": "双色球第2026135期", "public_on": date(2026, 11, 22)}


def announced(chain: Chain, **changes: object) -> str:
    asked = msgspec.structs.replace(ASKED, **changes)
    return chain.register.carry_out(announce_draw, asked, by=CONSOLE)


def drawn(chain: Chain) -> None:
    announced(chain)
    chain.register.carry_out(freeze_list, DRAW, by=CONSOLE)
    chain.register.carry_out(reveal_draw, DRAW, SEED, by=CONSOLE)


def known(chain: Chain) -> Draw:
    with chain.register.read() as connection:
        draw = draw_of(connection, DRAW)
    assert draw is not None
    return draw


def test_a_draw_is_announced_frozen_and_revealed(chain: Chain) -> None:
    chain.submit(chain.form())
    states = [announced(chain) and known(chain).state]
    frozen = chain.register.carry_out(freeze_list, DRAW, by=CONSOLE)
    states.append(known(chain).state)
    (result,) = chain.register.carry_out(reveal_draw, DRAW, SEED, by=CONSOLE)
    states.append(known(chain).state)

    assert states == ["announced", "frozen", "drawn"]
    (unit,) = frozen.strata
    assert [(s.id, s.stars, s.last) for s in unit.stations] == [
        ("s1", 3, date(2026, 11, 20)),
        ("s2", 2, None),
    ]
    assert (result.id, result.stations) == ("u1", ("s1",))


def test_the_seed_is_not_in_the_journal_before_it_is_revealed(chain: Chain) -> None:
    announced(chain)
    chain.register.carry_out(freeze_list, DRAW, by=CONSOLE)
    with chain.register.read() as connection:
        before = b"".join(each.body or b"" for each in entries(connection))
    chain.register.carry_out(reveal_draw, DRAW, SEED, by=CONSOLE)
    with chain.register.read() as connection:
        after = b"".join(each.body or b"" for each in entries(connection))

    assert (SEED.encode() in before, SEED.encode() in after) == (False, True)


def test_a_seed_is_kept_beside_the_records_for_its_owner_alone(chain: Chain) -> None:
    seed = make_seed(chain.register.folder)

    assert kept_seed(chain.register.folder, commitment(seed)) == seed
    assert kept_seed(chain.register.folder, commitment("another")) is None


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"duty": "i4", "commitment": commitment("another")},
        {"place": "u1"},
        {"place": "a1"},
        {"period": "2026-10..2026-12"},
    ],
)
def test_a_second_draw_for_the_same_duty_stations_and_months_is_refused(
    chain: Chain, again: dict[str, str]
) -> None:
    announced(chain)

    with pytest.raises(DrawnBefore, match=DRAW):
        announced(chain, **again)


@pytest.mark.parametrize("other", [{"duty": "i6"}, {"period": "2026-12"}])
def test_other_duties_and_months_have_draws_of_their_own(
    chain: Chain, other: dict[str, str]
) -> None:
    announced(chain)

    assert announced(chain, **other) != DRAW


@pytest.mark.parametrize(
    "unfit",
    [
        {"duty": "I 4"},
        {"duty": ""},
        {"commitment": SEED[:-1]},
        {"rule": Rule(Quota())},
        {"public_source": "双色球"},
        {"public_on": date(2026, 11, 22)},
        {"public_source": "双色球", "public_on": date(2026, 11, 20)},
    ],
)
def test_an_announcement_that_says_too_little_is_refused(
    chain: Chain, unfit: dict[str, object]
) -> None:
    with pytest.raises(UnfitDraw):
        announced(chain, **unfit)


def test_a_draw_of_a_place_that_is_not_there_is_refused(chain: Chain) -> None:
    with pytest.raises(Unknown):
        announced(chain, place="u9")


def test_who_is_not_in_charge_of_all_stations_cannot_draw_them(chain: Chain) -> None:
    with pytest.raises(NotInChargeOfDraw):
        chain.register.carry_out(announce_draw, ASKED, by=chain.by_phone)
    by_area = Actor("phone", chain.area_manager)
    assert chain.register.carry_out(announce_draw, ASKED, by=by_area) == DRAW


def test_steps_come_in_one_order(chain: Chain) -> None:
    do = chain.register.carry_out
    with pytest.raises(NoSuchDraw):
        do(freeze_list, DRAW, by=CONSOLE)
    announced(chain)
    with pytest.raises(NotItsTurn):
        do(reveal_draw, DRAW, SEED, by=CONSOLE)
    with pytest.raises(NotItsTurn):
        do(replace_station, DRAW, "s1", "停业", by=CONSOLE)
    do(freeze_list, DRAW, by=CONSOLE)
    with pytest.raises(NotItsTurn):
        do(freeze_list, DRAW, by=CONSOLE)
    do(reveal_draw, DRAW, SEED, by=CONSOLE)
    with pytest.raises(NotItsTurn):
        do(reveal_draw, DRAW, SEED, by=CONSOLE)


def test_another_seed_is_refused(chain: Chain) -> None:
    announced(chain)
    chain.register.carry_out(freeze_list, DRAW, by=CONSOLE)

    with pytest.raises(SeedDoesNotFit):
        chain.register.carry_out(reveal_draw, DRAW, SEED[::-1], by=CONSOLE)


def test_a_list_is_frozen_before_the_public_value_is_out_and_revealed_after(chain: Chain) -> None:
    do = chain.register.carry_out
    announced(chain, **LOTTERY)
    do(freeze_list, DRAW, by=CONSOLE)
    with pytest.raises(NotThatDay):
        do(reveal_draw, DRAW, SEED, "0512171925", by=CONSOLE)
    chain.clock.forward(days=2)
    for value in ("", "1234", "05 12 17", "0512171925x"):
        with pytest.raises(UnfitDraw):
            do(reveal_draw, DRAW, SEED, value, by=CONSOLE)
    do(reveal_draw, DRAW, SEED, "0512171925", by=CONSOLE)

    assert known(chain).public_value == "0512171925"


def test_a_list_cannot_be_frozen_once_the_public_value_is_out(chain: Chain) -> None:
    announced(chain, **LOTTERY)
    chain.clock.forward(days=2)

    with pytest.raises(NotThatDay):
        chain.register.carry_out(freeze_list, DRAW, by=CONSOLE)


def test_a_value_that_was_not_announced_is_refused(chain: Chain) -> None:
    announced(chain)
    chain.register.carry_out(freeze_list, DRAW, by=CONSOLE)

    with pytest.raises(UnfitDraw):
        chain.register.carry_out(reveal_draw, DRAW, SEED, "12345", by=CONSOLE)


def test_a_drawn_station_is_replaced_by_the_next_in_order_with_a_reason(chain: Chain) -> None:
    drawn(chain)
    with pytest.raises(Unfit):
        chain.register.carry_out(replace_station, DRAW, "s1", "  ", by=CONSOLE)

    assert chain.register.carry_out(replace_station, DRAW, "s1", "停业改造", by=CONSOLE) == "s2"
    assert [one.placed.station for one in standings(known(chain)) if one.inspected] == ["s2"]
    assert known(chain).state == "replaced"
    with pytest.raises(Unknown):
        chain.register.carry_out(replace_station, DRAW, "s1", "停业改造", by=CONSOLE)
    with pytest.raises(NobodyLeft):
        chain.register.carry_out(replace_station, DRAW, "s2", "道路施工", by=CONSOLE)

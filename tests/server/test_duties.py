"""What a phone is told that its person has to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.organisation import Actor
from domain.procedures.duties import excuse_duty
from tests.server.conftest import Phone, enrolled, phone_of
from tests.things import VIDEO, Chain, a_form
from tui.receiver import Receiver


@pytest.fixture
def superior(receiver: Receiver, chain: Chain) -> Iterator[Phone]:
    """The phone of the area's manager."""
    with phone_of(receiver, enrolled(chain.register, chain.area_manager)) as phone:
        yield phone


def duty(told: dict[str, Any], named: str) -> dict[str, Any]:
    """The duty of an obligation, as it is told."""
    found: dict[str, Any] = next(one for one in told["duties"] if one["id"].startswith(named))
    return found


def test_a_manager_is_told_what_is_due_today_at_the_own_station(phone: Phone) -> None:
    told = phone.get("/api/duties").json()

    daily = duty(told, "I9/")
    assert (daily["station"], daily["state"], daily["days_left"]) == ("s1", "due", 0)
    assert [form["id"] for form in daily["forms"]] == [VIDEO]
    assert {one["station"] for one in told["duties"]} == {"s1"}
    assert told["told"] == []


def test_what_was_done_today_is_told_as_done(phone: Phone, chain: Chain) -> None:
    chain.submit(a_form(rulebook=VIDEO, station="s1", found=(), at=chain.clock.now))

    assert duty(phone.get("/api/duties").json(), "I9/")["state"] == "done"


def test_what_is_late_and_can_still_be_done_comes_first(phone: Phone, chain: Chain) -> None:
    chain.clock.forward(days=1)  # Saturday: the weekly check was due on Friday.

    first = phone.get("/api/duties").json()["duties"][0]

    assert (first["id"].split("/")[0], first["late"], first["days_left"]) == ("I10", True, -1)


def test_an_excuse_is_told_with_its_reason(phone: Phone, chain: Chain) -> None:
    by = Actor("console", chain.area_manager)
    chain.register.carry_out(excuse_duty, "I9/s1/2026-11-20", "停电检修", by=by)

    assert duty(phone.get("/api/duties").json(), "I9/")["excused"] == "停电检修"


def test_a_superior_is_told_what_was_missed_below_on_the_day_it_is_reported(
    superior: Phone, chain: Chain
) -> None:
    chain.clock.forward(days=1)

    told = superior.get("/api/duties").json()["told"]

    assert {one["id"] for one in told} >= {"I9/s1/2026-11-20"}
    assert ["王强"] in [one["names"] for one in told]


def test_a_phone_that_is_not_known_is_told_nothing(stranger: Phone) -> None:
    assert stranger.get("/api/duties").status_code == 401

"""A phone is tied to a person by a one-time code."""

from __future__ import annotations

from http.cookies import SimpleCookie

import httpx
import pytest

from domain.procedures.enrolment import offer_enrolment, withdraw_device
from server.rates import Limits
from tests.server.conftest import AForm, Phone
from tests.things import CONSOLE, Chain


@pytest.fixture
def code(chain: Chain) -> str:
    """A code for the manager, as the console shows it."""
    return chain.register.carry_out(offer_enrolment, chain.manager, by=CONSOLE)


def enrol(phone: Phone, code: object, name: object = "新手机") -> httpx.Response:
    return phone.post("/api/enrolments", json={"code": code, "device_name": name})


def test_a_code_is_exchanged_for_a_key_that_works(
    stranger: Phone, code: str, a_form: AForm
) -> None:
    told = enrol(stranger, code).json()

    stranger.headers["Authorization"] = f"Bearer {told['key']}"
    assert told["person"] == {"id": "p-wang", "name": "王强"}
    assert stranger.submit(a_form()).status_code == 201


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Phone, code: str) -> None:
    answer = enrol(stranger, code)

    cookie = SimpleCookie(answer.headers["Set-Cookie"])["forecourt_device"]
    assert cookie.value == answer.json()["key"]
    assert (cookie["httponly"], cookie["samesite"].lower(), cookie["path"]) == (True, "strict", "/")
    assert int(cookie["max-age"]) > 365 * 86_400


def test_a_browser_is_enrolled_by_the_cookie_alone(stranger: Phone, code: str) -> None:
    enrol(stranger, code)

    assert stranger.get("/api/me").json()["person"]["name"] == "王强"


def test_a_code_works_once(stranger: Phone, code: str) -> None:
    enrol(stranger, code)

    assert enrol(stranger, code).status_code == 403


def test_a_code_is_good_for_ten_minutes(stranger: Phone, code: str, chain: Chain) -> None:
    chain.clock.forward(minutes=10, seconds=1)

    assert enrol(stranger, code).status_code == 403


@pytest.mark.parametrize(
    ("code", "name"),
    [("1234567", "x"), ("123456789", "x"), ("abcdefgh", "x"), (12345678, "x"), ("12345678", "")],
)
def test_what_is_no_code_is_named(stranger: Phone, code: object, name: str) -> None:
    assert enrol(stranger, code, name).status_code == 400


def test_i_am_told_who_i_am(phone: Phone, chain: Chain) -> None:
    me = phone.get("/api/me").json()

    assert me["person"]["roles"] == [{"role": "station_manager", "place": "s1"}]
    assert me["device"] == {"id": chain.phone.device, "name": "王强的手机"}
    assert me["node"]["id"] == chain.register.node.id
    assert me["journal_seq"] == chain.register.journal_seq


def test_a_withdrawn_phone_is_nobody(phone: Phone, chain: Chain) -> None:
    chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)

    assert phone.get("/api/me").status_code == 410


@pytest.mark.parametrize("limits", [Limits(), Limits(enrolments_per_address=100, enrolments=10)])
def test_guessing_is_slowed_down(stranger: Phone, code: str) -> None:
    guesses = [enrol(stranger, f"{n:08}").status_code for n in range(11)]

    held = enrol(stranger, code)
    assert guesses == [403] * 10 + [429]
    assert (held.status_code, int(held.headers["Retry-After"]) > 0) == (429, True)

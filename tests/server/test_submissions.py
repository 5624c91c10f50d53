"""Forms over HTTP: receipts, sending twice, contests, and who may send."""

from __future__ import annotations

import msgspec
import pytest

from domain.procedures.enrolment import withdraw_device
from domain.procedures.points import reissue_code, withdraw_code
from domain.register.journal_table import entries
from domain.register.queries import Asker, Page, findings, inspections
from domain.register.sheets import inspection_sheet
from tests.server.conftest import AForm, Phone
from tests.things import CONSOLE, Chain


def asker(chain: Chain) -> Asker:
    register = chain.register
    return Asker(register.directory, register.rulebooks, register.directory.sight(None))


def test_a_form_gets_a_receipt_that_the_journal_confirms(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    answer = phone.submit(a_form())

    receipt = answer.json()
    with chain.register.read() as connection:
        last = list(entries(connection))[-1]
    assert answer.status_code == 201
    assert (receipt["number"], receipt["seq"]) == (last.header.seq, last.header.seq)
    assert receipt["seal"] == last.seal
    assert (receipt["score"], receipt["max"], receipt["findings"]) == ("69.00", "70.00", 1)


def test_its_findings_are_there_when_the_receipt_is(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    phone.submit(a_form())

    with chain.register.read() as connection:
        (line,) = findings(connection, asker(chain), Page(10))
    assert (line.criterion, line.count, line.person) == ("A.a.1", 2, "王强")


def test_the_same_form_again_gets_the_same_receipt(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    form = a_form()

    first, second = phone.submit(form), phone.submit(form)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    with chain.register.read() as connection:
        assert len(inspections(connection, asker(chain), Page(10))) == 1


def test_another_form_under_its_id_is_refused_and_kept(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    form = a_form()
    number = phone.submit(form).json()["number"]

    answer = phone.submit(form | {"note": "改过"})

    assert (answer.status_code, answer.json()["type"]) == (409, "answers-differ")
    with chain.register.read() as connection:
        sheet = inspection_sheet(connection, asker(chain), number)
    assert sheet is not None
    assert msgspec.json.decode(sheet.contests[0].form)["note"] == "改过"


def test_a_receipt_can_be_asked_for_again(phone: Phone, a_form: AForm) -> None:
    form = a_form()
    receipt = phone.submit(form).json()

    assert phone.get(f"/api/submissions/{form['id']}").json() == receipt


def test_a_receipt_is_not_for_those_who_do_not_see_the_station(
    phone: Phone, neighbour: Phone, a_form: AForm
) -> None:
    form = a_form()
    phone.submit(form)

    assert neighbour.get(f"/api/submissions/{form['id']}").status_code == 404


def test_a_phone_that_is_not_enrolled_is_told_how(stranger: Phone, a_form: AForm) -> None:
    answer = stranger.submit(a_form())

    assert (answer.status_code, answer.json()["type"]) == (401, "not-enrolled")


def test_a_cookie_serves_as_well_as_a_header(stranger: Phone, a_form: AForm, chain: Chain) -> None:
    cookie = {"Cookie": f"a=b; forecourt_device={chain.phone.key}; c=d"}

    assert stranger.submit(a_form(), headers=cookie).status_code == 201


def test_a_withdrawn_phone_is_told_that_nothing_is_lost(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)

    answer = phone.submit(a_form())

    assert (answer.status_code, answer.json()["type"]) == (410, "device-withdrawn")


@pytest.mark.parametrize("end", [reissue_code, withdraw_code])
def test_a_code_that_was_replaced_asks_for_the_new_label(
    phone: Phone, a_form: AForm, chain: Chain, end: object
) -> None:
    chain.register.carry_out(end, chain.point, by=CONSOLE)  # type: ignore[arg-type]

    answer = phone.submit(a_form())

    assert (answer.status_code, answer.json()["field"]) == (410, "$.token")


def test_a_form_about_a_station_out_of_sight_is_refused(neighbour: Phone, a_form: AForm) -> None:
    assert neighbour.submit(a_form()).status_code == 403


def test_a_clock_a_year_off_is_noted_and_costs_nothing(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    late = a_form(started_at="2027-11-20T12:00:00+08:00", submitted_at="2027-11-20T12:09:00+08:00")

    number = phone.submit(late).json()["number"]

    with chain.register.read() as connection:
        sheet = inspection_sheet(connection, asker(chain), number)
    assert sheet is not None
    assert sheet.presence.clock_off_s == 365 * 86_400 + 540

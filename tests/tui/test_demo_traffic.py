"""Simulated phones: whatever the Wi-Fi does, each form and picture arrives once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import date
from typing import NamedTuple

import pytest

from domain.canonical import digest
from domain.procedures.enrolment import withdraw_device
from domain.register.queries import Asker, Page, inspections
from domain.register.register import Register
from domain.register.sheets import inspection_sheet
from domain.views import InspectionSheet
from tests.things import CONSOLE, wait_until
from tui.demo.build import build_demo
from tui.demo.phone import Tally
from tui.demo.rounds import run_traffic
from tui.demo.tickets import Orders, write_tickets
from tui.demo.traffic import start_traffic
from tui.receiver import Receiver

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("traffic")]
FORMS = 24


class Station(NamedTuple):
    """A receiver on a demonstration chain."""

    register: Register
    receiver: Receiver


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    with Register.open(tmp_path_factory.mktemp("data")) as register:
        build_demo(register, seed=3, today=date(2026, 2, 2), months=0)
        receiver = Receiver(register, "127.0.0.1", 0)
        receiver.start()
        yield Station(register, receiver)
        receiver.stop()


@pytest.fixture(scope="module")
def sent(station: Station) -> Tally:
    """What four phones say they got through, a third of their requests meeting a hole."""
    tickets = write_tickets(station.register, phones=4)
    orders = Orders(station.receiver.url, tickets, rate=200, count=FORMS, holes=0.3)
    return asyncio.run(run_traffic(orders))


@pytest.fixture(scope="module")
def received(station: Station, sent: Tally) -> list[InspectionSheet]:
    """What is in the records, of what the phones sent."""
    register = station.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(None))
    with register.read() as connection:
        first = min(receipt.number for receipt in sent.receipts)
        lines = inspections(connection, asker, Page(10_000, after=first - 1))
        sheets = [inspection_sheet(connection, asker, line.number) for line in lines]
    return [sheet for sheet in sheets if sheet]


def test_nothing_was_refused_though_much_was_sent_again(sent: Tally) -> None:
    assert sent.refusals == []
    assert sent.repeats > 5


def test_every_form_is_there_once(sent: Tally, received: list[InspectionSheet]) -> None:
    there = sorted((sheet.line.id, sheet.line.number) for sheet in received)

    assert there == sorted((receipt.id, receipt.number) for receipt in sent.receipts)
    assert len(there) == FORMS


def test_receipts_say_what_the_records_say(sent: Tally, received: list[InspectionSheet]) -> None:
    seals = {sheet.line.number: (sheet.seal, str(sheet.line.score)) for sheet in received}

    assert {receipt.number: (receipt.seal, receipt.score) for receipt in sent.receipts} == seals


def test_every_picture_is_there_byte_for_byte(
    station: Station, sent: Tally, received: list[InspectionSheet]
) -> None:
    announced = [item for sheet in received for item in sheet.evidence]
    stored = {
        item.id: digest(station.register.media.path(item.sha256).read_bytes())
        for item in announced
        if item.arrived_at
    }

    assert len(announced) == len(stored) > 5
    assert stored == sent.pictures


def test_phones_were_at_the_place_by_all_signs(received: list[InspectionSheet]) -> None:
    assert {sheet.presence.grade for sheet in received} == {"strong"}


def test_a_phone_that_is_withdrawn_is_told_so_and_the_others_go_on(station: Station) -> None:
    register = station.register
    tickets = write_tickets(register, phones=2, seed=9)
    known = set(register.directory.devices)

    withdrawing: list[Future[None]] = []

    def withdraw_one(_: int) -> None:
        new = set(register.directory.devices) - known
        if len(new) == 2 and not withdrawing:
            withdrawing.append(register.carry_out_later(withdraw_device, min(new), by=CONSOLE))

    stop_listening = register.listen(withdraw_one)
    orders = Orders(station.receiver.url, tickets, rate=20, count=16, holes=0)
    tally = asyncio.run(run_traffic(orders))
    stop_listening()
    assert tally.refusals
    assert all("410" in refusal for refusal in tally.refusals)
    assert len(tally.receipts) + len(tally.refusals) == 16


def test_traffic_beside_a_console_sends_until_it_is_stopped(station: Station) -> None:
    register = station.register
    before = register.journal_seq
    traffic = start_traffic(register, station.receiver.url, phones=2, rate=20, seed=4)

    wait_until(lambda: register.journal_seq > before + 10)
    assert traffic.running
    traffic.stop()

    assert not traffic.running

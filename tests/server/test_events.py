"""The live stream: one number, whenever the journal moves."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx

from domain.procedures.enrolment import withdraw_device
from tests.server.conftest import AForm, Phone
from tests.things import CONSOLE, PATIENCE_S, Chain, wait_until
from tui.receiver import Receiver

AT_ONCE_S = 10
"""Sooner than the next sign of life of a stream, which comes every fifteen seconds."""


def numbers(lines: Iterator[str]) -> Iterator[int]:
    for line in lines:
        if line.startswith("data: "):
            yield int(line.removeprefix('data: {"seq": ').removesuffix("}"))


def test_a_stream_begins_with_the_number_as_it_is(phone: Phone, chain: Chain) -> None:
    with phone.stream("GET", "/api/events") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert next(numbers(stream.iter_lines())) == chain.register.journal_seq


def test_a_new_entry_is_told_at_once(phone: Phone, chain: Chain, a_form: AForm) -> None:
    with phone.stream("GET", "/api/events") as stream:
        told = numbers(stream.iter_lines())
        next(told)
        with Phone(base_url=phone.base_url, headers=phone.headers) as sender:
            seq = sender.submit(a_form()).json()["seq"]

        began = time.monotonic()
        assert next(told) == seq
        assert time.monotonic() - began < AT_ONCE_S


def test_a_burst_becomes_a_few_events(phone: Phone, chain: Chain) -> None:
    forms = [chain.form() for _ in range(60)]
    with phone.stream("GET", "/api/events") as stream:
        told = numbers(stream.iter_lines())
        next(told)
        last = [chain.submit(form) for form in forms][-1].seq
        events: list[int] = []
        while not events or events[-1] < last:
            events.append(next(told))

    assert len(events) < 60


def test_a_stranger_hears_nothing(stranger: Phone) -> None:
    assert stranger.get("/api/events").status_code == 401


def test_a_stream_ends_when_its_phone_is_withdrawn(phone: Phone, chain: Chain) -> None:
    with phone.stream("GET", "/api/events") as stream:
        lines = stream.iter_lines()
        next(numbers(lines))
        began = time.monotonic()
        chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)

        assert list(numbers(lines)) == []
        assert time.monotonic() - began < AT_ONCE_S


def test_a_phone_with_a_stream_counts_as_connected_once(receiver: Receiver, phone: Phone) -> None:
    assert receiver.clients == 0
    with phone.stream("GET", "/api/events") as stream:
        next(stream.iter_lines())
        phone_again = httpx.get(f"{receiver.url}/api/me", headers=phone.headers, timeout=PATIENCE_S)
        assert phone_again.status_code == 200
        wait_until(lambda: receiver.clients == 1)


def test_open_streams_do_not_hold_up_the_end(receiver: Receiver, phone: Phone) -> None:
    with phone.stream("GET", "/api/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        began = time.monotonic()
        receiver.stop()

        assert time.monotonic() - began < AT_ONCE_S
        assert list(lines)[-1] == ""

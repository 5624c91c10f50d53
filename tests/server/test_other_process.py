"""A phone that another process on the same data folder has just enrolled or withdrawn."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from domain.organisation import Actor
from domain.procedures.enrolment import enrol, offer_enrolment, withdraw_device
from domain.register.register import Register
from tests.server.conftest import Phone, phone_of
from tests.things import CONSOLE, Chain, wait_until
from tui.receiver import Receiver


@pytest.fixture
def other(chain: Chain) -> Iterator[Register]:
    """Another process's register of the same records."""
    with Register.open(chain.register.folder) as other:
        yield other


@pytest.fixture
def questions(chain: Chain) -> Iterator[list[str]]:
    """What is asked of the records while a test runs."""
    asked: list[str] = []

    def note(_: object, __: object, question: str, *___: object) -> None:
        asked.append(question)

    engine = chain.register._reading
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_its_first_request_is_answered_before_the_watcher_has_looked(
    chain: Chain, receiver: Receiver, other: Register
) -> None:
    code = other.carry_out(offer_enrolment, "p-wang", by=CONSOLE)
    wait_until(lambda: chain.register.journal_seq == other.journal_seq)
    chain.register._stop_watching()
    key = other.carry_out(enrol, code, "新手机", by=Actor("phone")).key

    with phone_of(receiver, key) as phone:
        assert phone.get("/api/me").status_code == 200


def test_strangers_do_not_keep_the_records_busy(receiver: Receiver, questions: list[str]) -> None:
    began = time.monotonic()
    with phone_of(receiver, "guessed") as stranger:
        answers = [stranger.get("/api/me").status_code]
        each = len(questions)
        answers += [stranger.get("/api/me").status_code for _ in range(99)]
    looks = 10 * (1 + time.monotonic() - began)

    assert answers == [401] * 100
    assert 10 * each <= len(questions) <= each * (looks + 1)


def test_who_shows_no_key_has_nothing_asked(stranger: Phone, questions: list[str]) -> None:
    assert stranger.get("/api/me").status_code == 401
    assert questions == []


def test_a_withdrawal_elsewhere_is_known_here_soon(
    chain: Chain, phone: Phone, other: Register
) -> None:
    other.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)

    wait_until(lambda: phone.get("/api/me").status_code == 410)

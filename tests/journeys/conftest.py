"""A station with a receiver that can be killed, and a phone on its Wi-Fi."""

from __future__ import annotations

import shutil
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from domain.organisation import Actor
from domain.procedures.enrolment import enrol, offer_enrolment, withdraw_device
from domain.procedures.points import reissue_code
from domain.register.register import Register, utc_now
from domain.register.tables import EvidenceRow, FindingRow, InspectionRow, TeamStepRow
from domain.register.work import table_of
from tests.journeys.forked import Launcher, Running, launcher
from tests.journeys.phone import Phone, chromium
from tests.things import CONSOLE, Chain, Clock, Ready, a_port, make_ready, wait_until


@dataclass
class Station:
    """A receiver in a process of its own, and its records seen from the console beside it."""

    chain: Chain
    port: int
    folder: Path
    launcher: Launcher
    process: Running | None = field(default=None)

    @property
    def register(self) -> Register:
        """The records, as another process on the same data sees them."""
        return self.chain.register

    @property
    def token(self) -> str:
        """What the code at the first pump carries."""
        return self.chain.token

    def start(self) -> None:
        """Start the receiver on the same data and the same port."""
        words = ("--data", str(self.folder), "serve", "--port", str(self.port))
        self.process = self.launcher.start(*words)
        wait_until(self.answers)

    def answers(self) -> bool:
        """Whether the receiver is there."""
        assert self.process is not None
        assert not self.process.ended, "the receiver ended by itself; it says why above"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10):
                return True
        except OSError:
            return False

    def kill(self) -> None:
        """Pull the plug: no chance to tidy up."""
        if self.process is not None:
            self.process.kill()
            self.process = None

    def code(self) -> str:
        """A one-time code for the manager's phone."""
        code = self.register.carry_out(offer_enrolment, self.chain.manager, by=CONSOLE)
        assert isinstance(code, str)
        return code

    def reissue(self) -> str:
        """Put a new label on the pump."""
        token = self.register.carry_out(reissue_code, self.chain.point, by=CONSOLE)
        assert isinstance(token, str)
        return token

    def withdraw_phones(self) -> None:
        """End the enrolment of every phone."""
        for device in list(self.register.directory.devices.values()):
            if not device.withdrawn_at:
                self.register.carry_out(withdraw_device, device.id, by=CONSOLE)

    def inspections(self) -> list[Any]:
        """Everything that arrived."""
        return self._rows(InspectionRow)

    def findings(self) -> list[Any]:
        """Every finding that arrived."""
        return self._rows(FindingRow)

    def steps_by(self, person: str) -> list[Any]:
        """Everything that a member of a team entered."""
        return [row for row in self._rows(TeamStepRow) if row.person == person]

    def evidence(self) -> list[Any]:
        """Every picture and video that was announced."""
        return self._rows(EvidenceRow)

    def _rows(self, kind: type[Any]) -> list[Any]:
        with self.register.read() as connection:
            return list(connection.execute(select(table_of(kind))))


@pytest.fixture(scope="session")
def programs() -> Iterator[Launcher]:
    """What starts the receivers."""
    opened = launcher()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def ready_now(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """The small chain as of now: a receiver in a process of its own has the system's clock."""
    return make_ready(tmp_path_factory.mktemp("ready-now"), utc_now)


@pytest.fixture
def station(tmp_path: Path, ready_now: Ready, programs: Launcher) -> Iterator[Station]:
    """The small chain with its receiver running."""
    folder = tmp_path / "data"
    shutil.copytree(ready_now.small_chain, folder)
    with Register.open(folder) as register, a_port() as port:
        station = Station(ready_now.chain_on(register, Clock()), port, folder, programs)
        station.start()
        yield station
        station.kill()


@pytest.fixture(scope="module")
def chrome(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One browser for a module; it is closed before other tests need an event loop."""
    request.getfixturevalue("chromium")  # Without one the test is skipped.
    with chromium() as opened:
        yield opened


@pytest.fixture
def phone(chrome: Browser, station: Station) -> Iterator[Phone]:
    """A phone nobody knows yet."""
    phone = Phone.new(chrome, station.port)
    yield phone
    phone.context.close()
    assert phone.errors == []


@pytest.fixture
def known_phone(phone: Phone, station: Station) -> Phone:
    """The manager's phone, enrolled some time ago; that it is done by a code is told elsewhere."""
    enrolled = station.register.carry_out(enrol, station.code(), "王强的手机", by=Actor("phone"))
    phone.carry(enrolled.key)
    return phone


@pytest.fixture
def filling(known_phone: Phone, station: Station) -> Phone:
    """The manager's phone with an on-site audit just begun at the pump."""
    known_phone.scan(station.token)
    known_phone.begin()
    return known_phone

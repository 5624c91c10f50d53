"""People and things that many tests need: a small chain on real records, and forms to send."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.organisation import Actor, Role
from domain.procedures.enrolment import Enrolled, enrol, offer_enrolment
from domain.procedures.organisation import add_person, add_place
from domain.procedures.points import place_point
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.register.register import Register
from domain.submission import Evidence, Found, Receipt, Submission
from domain.text import Text

PATROL = "station/patrol"
COMPREHENSIVE = "petrochina-shandong-2012/comprehensive"
ONSITE = "petrochina-shandong-2012/onsite"
VIDEO = "petrochina-shandong-2012/video"
EDITION = "2012-A0"
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Twelve o'clock in China on a Friday."""
CONSOLE = Actor("console")


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Chain:
    """One company, unit and area, two stations; the first one's manager has an enrolled phone."""

    register: Register
    clock: Clock
    token: str
    phone: Enrolled
    station: str = "s1"
    other_station: str = "s2"
    point: str = "s1-pump-1"
    manager: str = "p-wang"
    area_manager: str = "p-li"

    @property
    def by_phone(self) -> Actor:
        """The manager of the first station, by phone."""
        return Actor("phone", self.manager, self.phone.device)

    def submit(self, form: Submission, by: Actor | None = None) -> Receipt:
        """Send a form as the manager's phone does."""
        weighed = weigh(self.register.rulebooks, form)
        receipt = self.register.carry_out(submit_inspection, weighed, None, by=by or self.by_phone)
        assert isinstance(receipt, Receipt)
        return receipt

    def form(self, **changes: Any) -> Submission:
        """An on-site audit filled in at the first station's pump."""
        return a_form(token=self.token, at=self.clock.now, **changes)


def new_id() -> str:
    """A time-ordered id as phones make them."""
    stamp = f"{int(time.time() * 1000):012x}"
    rest = secrets.token_hex(10)
    return f"{stamp[:8]}-{stamp[8:]}-7{rest[:3]}-8{rest[3:6]}-{rest[6:18]}"


def a_form(*, at: datetime = NOON, **changes: Any) -> Submission:
    """A filled-in on-site audit with one finding, unless told otherwise."""
    values: dict[str, Any] = {
        "id": new_id(),
        "rulebook": ONSITE,
        "edition": EDITION,
        "started_at": at - timedelta(minutes=12),
        "submitted_at": at,
        "found": (Found("A.a.1", note="迎候时背对车道"),),
    }
    return Submission(**values | changes)


def a_picture(content: bytes, **changes: Any) -> Evidence:
    """The announcement of a picture with this content."""
    from domain.canonical import digest

    values: dict[str, Any] = {
        "id": new_id(),
        "kind": "picture",
        "name": "加油机.jpg",
        "media_type": "image/jpeg",
        "size": len(content),
        "sha256": digest(content),
    }
    return Evidence(**values | changes)


PATIENCE_S = 90.0
"""How long a test waits before it calls something a hang: however busy the machine is."""


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait for something that another thread or process is about to do."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.01)


@contextmanager
def a_port() -> Iterator[int]:
    """A port for a receiver that comes and goes; held meanwhile, so that nobody else gets it."""
    with socket.socket() as held:
        if os.name != "nt":
            # A receiver may then listen at it: as long as nobody else listens, it can be shared.
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        if os.name == "nt":
            held.close()
        yield port


def build_chain(register: Register, clock: Clock) -> Chain:
    """Set the small chain up by the same procedures that people use."""
    do = register.carry_out
    do(add_place, "co", "company", Text(zh="示范石油公司", en="Model Petroleum"), by=CONSOLE)
    do(add_place, "u1", "unit", Text(zh="东湖分公司", en="Donghu Branch"), "co", by=CONSOLE)
    do(add_place, "a1", "area", Text(zh="城区片区", en="Town Area"), "u1", by=CONSOLE)
    do(add_place, "s1", "station", Text(zh="湖滨加油站", en="Lakeside"), "a1", 3, by=CONSOLE)
    do(add_place, "s2", "station", Text(zh="北关加油站", en="North Gate"), "a1", 2, by=CONSOLE)
    do(add_person, "p-wang", "王强", (Role("station_manager", "s1"),), by=CONSOLE)
    do(add_person, "p-li", "李敏", (Role("area_manager", "a1"),), by=CONSOLE)
    do(add_person, "p-zhao", "赵磊", (Role("station_manager", "s2"),), by=CONSOLE)
    pump = Text(zh="1号加油机", en="Pump 1")
    token = do(place_point, "s1-pump-1", "s1", "pump", pump, by=CONSOLE)
    code = do(offer_enrolment, "p-wang", by=CONSOLE)
    phone = do(enrol, code, "王强的手机", by=Actor("phone"))
    return Chain(register, clock, token, phone)


@dataclass(frozen=True)
class Ready:
    """Data folders that were made once and are copied for each test: making them takes longer."""

    empty: Path
    small_chain: Path
    token: str
    phone: Enrolled

    def chain_on(self, register: Register, clock: Clock) -> Chain:
        """The small chain, on a register that was opened on a copy of its folder."""
        return Chain(register, clock, self.token, self.phone)


def make_ready(folder: Path, clock: Callable[[], datetime]) -> Ready:
    """An empty data folder and one with the small chain, as of this clock."""
    empty, small_chain = folder / "empty", folder / "small_chain"
    Register.open(empty, clock=clock).close()
    shutil.copytree(empty, small_chain)
    with Register.open(small_chain, clock=clock) as register:
        chain = build_chain(register, Clock())
    return Ready(empty, small_chain, chain.token, chain.phone)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """Data folders as of Friday noon."""
    return make_ready(tmp_path_factory.mktemp("ready"), Clock())


@pytest.fixture
def clock() -> Clock:
    """Friday noon, until a test moves it."""
    return Clock()


@pytest.fixture
def register(
    tmp_path: Path, clock: Clock, ready: Ready, request: pytest.FixtureRequest
) -> Iterator[Register]:
    """A register in a fresh folder: empty, unless the test asks for the small chain too."""
    wants_chain = "chain" in request.fixturenames
    shutil.copytree(ready.small_chain if wants_chain else ready.empty, tmp_path / "data")
    with Register.open(tmp_path / "data", clock=clock) as opened:
        yield opened


@pytest.fixture
def chain(register: Register, clock: Clock, ready: Ready) -> Chain:
    """The small chain; a register that a test has made for itself gets it now."""
    if "s1" in register.directory.places:
        return ready.chain_on(register, clock)
    return build_chain(register, clock)

"""Sends the demonstration's audits into the register, as phones and consoles would have."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar, TypeVarTuple

from domain.canonical import digest
from domain.organisation import Actor
from domain.presence import Arrival
from domain.procedures.evidence import receive_evidence
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.register.register import Register
from domain.register.work import Work
from domain.rulebook import Edition
from tui.demo.chain import Chain
from tui.demo.character import Inspector, Station
from tui.demo.forms import Scribe, fill_in
from tui.demo.plan import Visit, Way

Ts = TypeVarTuple("Ts")
T = TypeVar("T")

RULEBOOKS: dict[Way, str] = {
    "video": "petrochina-shandong-2012/video",
    "onsite": "petrochina-shandong-2012/onsite",
}
IN_FLIGHT = 512
"""Calls that wait for the writer at most; they share transactions."""
ON_MOBILE_DATA = 0.06


class Cast(NamedTuple):
    """Who is who: characters by station and by person, phones by person."""

    chain: Chain
    stations: Mapping[str, Station]
    inspectors: Mapping[str, Inspector]
    phones: Mapping[str, str]


def at(moment: datetime, procedure: Callable[[Work, *Ts], T]) -> Callable[[Work, *Ts], T]:
    """The procedure as carried out at a moment of the demonstration's past."""

    def then(work: Work, *args: *Ts) -> T:
        work.set_back(moment)
        return procedure(work, *args)

    return then


class Sender:
    """Fills in forms and queues them without waiting for each."""

    def __init__(self, register: Register, cast: Cast) -> None:
        self._register, self._cast = register, cast
        directory = register.directory
        self._points: dict[str, list[str]] = {}
        self._pumps: dict[str, int] = {}
        for point in sorted(directory.points.values(), key=lambda point: point.id):
            if point.token:
                self._points.setdefault(point.station, []).append(point.token)
            self._pumps[point.station] = self._pumps.get(point.station, 0) + (point.kind == "pump")
        self._staff = {
            station.id: tuple(each.name for each in cast.chain.holders("staff", station.id))
            for station in cast.chain.of_kind("station")
        }
        self._waiting: deque[Future[Any]] = deque()

    def send(self, visit: Visit, chance: Random, *, pictures: float) -> None:
        """Queue an audit with its pictures.

        Args:
            pictures: Likelihood that something worth a picture gets one.
        """
        scribe = self._scribe(visit, chance, pictures)
        filled = fill_in(visit, scribe, chance)
        weighed = weigh(self._register.rulebooks, filled.form)
        by, arrival = self._way_in(visit, chance)
        submit = at(visit.received, submit_inspection)
        self._queue(self._register.carry_out_later(submit, weighed, arrival, by=by))
        receive = at(visit.received, receive_evidence)
        for evidence, content in filled.pictures.items():
            keep_picture(self._register, evidence, content)
            self._queue(self._register.carry_out_later(receive, evidence, by=by))

    def wait(self) -> None:
        """Wait until everything queued is durable."""
        while self._waiting:
            self._waiting.popleft().result()

    def _queue(self, answer: Future[Any]) -> None:
        self._waiting.append(answer)
        if len(self._waiting) > IN_FLIGHT:
            self._waiting.popleft().result()

    def _scribe(self, visit: Visit, chance: Random, pictures: float) -> Scribe:
        onsite = visit.way == "onsite"
        return Scribe(
            station=self._cast.stations[visit.station],
            inspector=self._cast.inspectors[visit.person],
            edition=self._edition(visit),
            pumps=self._pumps[visit.station],
            staff=self._staff[visit.station],
            token=chance.choice(self._points[visit.station]) if onsite else None,
            pictures=pictures if onsite else 0,
        )

    def _edition(self, visit: Visit) -> Edition:
        return self._register.rulebooks.in_force(RULEBOOKS[visit.way], visit.started.date())

    def _way_in(self, visit: Visit, chance: Random) -> tuple[Actor, Arrival | None]:
        if visit.way == "video":
            return Actor("console", visit.person), None
        address = f"192.168.{visit.station[1:].lstrip('0')}.{chance.randint(20, 220)}"
        if chance.random() < ON_MOBILE_DATA:
            address = f"100.72.{chance.randint(0, 255)}.{chance.randint(1, 254)}"
        by = Actor("phone", visit.person, self._cast.phones[visit.person])
        return by, Arrival(address, visit.received)


def keep_picture(register: Register, evidence: str, content: bytes) -> Path:
    """Put a picture's bytes into the media store, durably, as an upload does."""
    arriving = register.media.incoming / evidence
    with arriving.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return register.media.keep(arriving, digest(content))

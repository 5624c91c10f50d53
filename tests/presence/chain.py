"""A simulated chain at work: people walk rounds honestly, phones send, the node receives.

Times are true times; what a phone says of them goes through its clock, and forms that have no
network wait. What comes out are the same traces that the register reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from domain.canonical import digest
from domain.months import CHINA
from domain.presence import Network, Presence
from domain.rulebook import Kind
from domain.traces import Reuse, Shot, Trace
from tests.presence.layouts import Layout

FIRST = datetime(2026, 9, 1, tzinfo=CHINA)
ROUNDS = (7.2, 16.3)
"""Hours at which the day's rounds begin."""
NOTES = ("", "", "", "已现场处理", "已报修", "待更换")
OWN_WORDS = 0.3
"""How often somebody writes more than a stock phrase."""
LONG = 69
"""Criteria of the weekly audit."""
INTERRUPTED, TWICE, FLAKY, PICTURED, EARLIER = 0.03, 0.02, 0.05, 0.5, 0.02


@dataclass(eq=False)
class Point:
    """A scan point: how long its list is, how far it is from the one before, how troubled."""

    id: str
    entries: int
    apart_s: float
    trouble: float


@dataclass(eq=False)
class Station:
    """A station with its points, and faults that stay until somebody mends them."""

    id: str
    points: list[Point]
    lan: bool
    lasting: dict[str, tuple[str, datetime]] = field(default_factory=dict)


@dataclass(eq=False)
class Walker:
    """Somebody who makes rounds, with a phone."""

    id: str
    station: Station
    device: str
    page: str
    clock: timedelta
    pace: float
    keen: float
    habit: str = ""


@dataclass(eq=False)
class Form:
    """A form as it really came about.

    Attributes:
        begun: When it was really opened; `done` when it was pressed to be sent.
        arrived: When it came in.
        fake: The attack; empty for an honest one. `round` names the round it belongs to.
        habit: What is special about an honest one.
        knows: Which copy of a page this is: it knows other receipts than the page it was made of.
    """

    person: str
    device: str
    page: str
    station: str
    point: str
    entries: int
    begun: datetime
    done: datetime
    arrived: datetime
    clock: timedelta
    network: Network
    round: str
    walk: int
    answers: str = ""
    findings: int = 0
    noted: int = 0
    shots: tuple[Shot, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    fake: str = ""
    habit: str = ""
    knows: str = ""
    proved: bool = False
    kind: Kind = "patrol"


Attack = Callable[["Chain", Walker, str, datetime], list[Form]]


class Chain:
    """The chain of a layout over its days; with an attack, some people cheat by it."""

    def __init__(
        self, layout: Layout, seed: int, attack: Attack | None = None, often: float = 0.7
    ) -> None:
        self.layout, self.chance, self.attack = layout, Random(f"{layout.name} {seed}"), attack
        self.often = often
        self.forms: list[Form] = []
        self.stations = [self._station(n) for n in range(layout.stations)]
        self.walkers = {
            station.id: [self._walker(station, n) for n in range(layout.staff)]
            for station in self.stations
        }
        self.cheats = {those[-1].id for those in self.walkers.values()} if attack else set()
        for day in range(layout.days):
            self._work(FIRST + timedelta(days=day))

    def walk(
        self, who: Walker, points: Sequence[Point], begin: datetime
    ) -> Iterator[tuple[Point, datetime, datetime]]:
        """When somebody is at each point, and presses send there."""
        now = begin
        for point in points:
            now += timedelta(seconds=point.apart_s * who.pace * self.chance.lognormvariate(0, 0.3))
            spent = 4 + point.entries * 3 * who.pace * self.chance.lognormvariate(0, 0.35)
            if self.chance.random() < INTERRUPTED:
                spent += self.chance.uniform(60, 1500)
            done = now + timedelta(seconds=spent)
            yield point, now, done
            now = done

    def form(self, who: Walker, point: Point, times: tuple[datetime, datetime], name: str) -> Form:
        """A form of this walker with the answers that somebody there would give."""
        station = next(one for one in self.stations if point in one.points)
        begun, done = times
        late = self.chance.uniform(10, 300) if self.chance.random() < FLAKY else 1
        one = Form(
            who.id,
            who.device,
            who.page,
            station.id,
            point.id,
            point.entries,
            begun,
            done,
            done + timedelta(seconds=late),
            who.clock,
            "local" if station.lan else "outside",
            name,
            self.layout.demanded_s,
            habit=who.habit,
        )
        self.answer(one, station, point, who.keen)
        return one

    def answer(self, form: Form, station: Station, point: Point, keen: float) -> None:
        """Look, and write down what is there; some faults stay for days."""
        said = []
        if point.id in station.lasting:
            words, until = station.lasting[point.id]
            if form.begun < until and self.chance.random() < keen:
                said.append(words)
        for criterion in range(form.entries):
            if self.chance.random() < keen * point.trouble / point.entries:
                said.append(self._words(form, criterion))
                if self.chance.random() < 0.15:
                    lasts = form.begun + timedelta(days=self.chance.uniform(1, 8))
                    station.lasting[point.id] = (said[-1], lasts)
        form.findings = len(said)
        form.answers = digest("\n".join(sorted(said)).encode()) if said else ""
        form.noted = sum(len(one.split("|")[1]) for one in said)
        if said and self.chance.random() < PICTURED:
            form.shots = (self._shot(form),)

    def keep_offline(self, forms: Sequence[Form], until: datetime) -> None:
        """The forms wait, and come together once there is a network."""
        for one in sorted(forms, key=lambda each: each.done):
            until += timedelta(seconds=self.chance.uniform(0.3, 1.5))
            one.arrived, one.habit = until, "offline"

    def traces(self) -> tuple[list[Trace], dict[int, Form]]:
        """What the register would have, and the truth by number."""
        receipts: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
        known: dict[int, Form] = {}
        begun: dict[str, datetime] = {}
        for n, one in enumerate(sorted(self.forms, key=lambda each: each.arrived)):
            known[2 * n + 1] = one
            lost = self.chance.random() < self.layout.lost
            here = one.arrived + timedelta(seconds=self.chance.uniform(30, 900) if lost else 1)
            receipts[one.knows or one.page].append((here, 2 * n + 1))
            begun.setdefault(one.knows, one.begun)
        for copy, since in begun.items():
            if copy:
                page = next(one.page for one in self.forms if one.knows == copy)
                receipts[copy] += [each for each in receipts[page] if each[0] < since]
        return [_trace(n, one, receipts[one.knows or one.page]) for n, one in known.items()], known

    def _work(self, day: datetime) -> None:
        for station in self.stations:
            staff = self.walkers[station.id]
            self._news(staff)
            for n, hour in enumerate(ROUNDS):
                who = staff[(day.toordinal() + n) % len(staff)]
                begin = day + timedelta(hours=hour + self.chance.random())
                name = f"{station.id} {day:%m-%d} {n}"
                if self.attack and who.id in self.cheats and self.chance.random() < self.often:
                    forms = self.attack(self, who, name, begin)
                else:
                    forms = self._round(who, station, name, begin)
                self.forms += forms
            if day.weekday() == 3:
                self.forms.append(self.audit(staff[0], day + timedelta(hours=10)))
            if self.chance.random() < self.layout.helps:
                self._help(staff[(day.toordinal() + 1) % len(staff)], day)

    def _round(self, who: Walker, station: Station, name: str, begin: datetime) -> list[Form]:
        second = self.chance.choice(self.walkers[station.id])
        points = station.points
        luck = self.chance.random()
        if luck < self.layout.shared and second is not who:
            parts = [(who, points[::2]), (second, points[1::2])]
            forms = [one for each, part in parts for one in self._part(each, part, name, begin)]
            for one in forms:
                one.habit = "shared"
        elif luck < self.layout.shared + self.layout.along and second is not who:
            forms = list(self._part(who, points, name, begin))
            forms += [self._along(one, second) for one in forms]
        else:
            forms = list(self._part(who, points, name, begin))
        if self.layout.codes and self.chance.random() < self.layout.codes:
            for one in forms:
                one.proved = True
        if self.chance.random() < self.layout.off_wifi:
            for one in forms:
                one.network, one.habit = "outside", "off_wifi"
        if self.chance.random() < self.layout.offline:
            last = max(one.done for one in forms)
            self.keep_offline(forms, last + timedelta(hours=self.chance.uniform(0.2, 5)))
        return forms

    def _part(
        self, who: Walker, points: Sequence[Point], name: str, begin: datetime
    ) -> Iterator[Form]:
        for point, *times in self.walk(who, points, begin):
            yield self.form(who, point, (times[0], times[1]), name)
            if self.chance.random() < TWICE:
                again = timedelta(seconds=self.chance.uniform(5, 60))
                more = self.form(who, point, (times[1], times[1] + again), name)
                yield more

    def _along(self, one: Form, who: Walker) -> Form:
        """A superior stands beside and scans too, a moment later."""
        later = timedelta(seconds=self.chance.uniform(3, 15))
        done = max(one.done, one.begun + later + timedelta(seconds=6)) + later
        other = replace(
            one,
            person=who.id,
            device=who.device,
            page=who.page,
            clock=who.clock,
            begun=one.begun + later,
            done=done,
            arrived=done + timedelta(seconds=1),
            shots=(),
            habit="along",
        )
        one.habit = "along"
        return other

    def audit(self, who: Walker, begin: datetime) -> Form:
        """The long form of the week, at the station's first point."""
        begun = begin + timedelta(hours=1.5 + self.chance.random())
        spent = 60 + LONG * 4 * who.pace * self.chance.lognormvariate(0, 0.3)
        times = begun, begun + timedelta(seconds=spent)
        one = self.form(who, who.station.points[0], times, f"audit {who.id} {begin:%m-%d}")
        one.kind, one.entries, one.proved = "onsite_audit", LONG, bool(self.layout.codes)
        said = [self._words(one, n) for n in range(LONG) if self.chance.random() < 0.04]
        one.findings, one.noted = len(said), sum(len(each.split("|")[1]) for each in said)
        one.answers = digest("\n".join(said).encode()) if said else ""
        return one

    def _help(self, who: Walker, day: datetime) -> None:
        """Another station's round, after the way there."""
        other = self.chance.choice(self.stations)
        if other is who.station or who.id in self.cheats:
            return
        begin = day + timedelta(hours=11.8 + self.chance.random())
        name = f"help {who.id} {day:%m-%d}"
        here = who.station.points[:3]
        forms = list(self._part(who, here, name, begin))
        there = forms[-1].done + timedelta(minutes=self.chance.uniform(12, 45))
        forms += self._part(who, other.points, name, there)
        for one in forms:
            one.habit, one.proved = "helps", bool(self.layout.codes)
        self.forms += forms

    def _news(self, staff: Sequence[Walker]) -> None:
        for who in staff:
            if self.chance.random() < self.layout.new_phone:
                who.device, who.page = f"{who.device}+", f"{who.page}+"
            elif self.chance.random() < self.layout.new_phone:
                who.page = f"{who.page}*"

    def _station(self, number: int) -> Station:
        layout, chance, id = self.layout, self.chance, f"s{number}"
        clean = chance.random() < layout.clean
        points = [
            Point(
                f"{id}-{n}",
                layout.entries[n % len(layout.entries)],
                chance.uniform(*layout.apart_s),
                0 if clean else layout.finds * chance.lognormvariate(0, 0.6),
            )
            for n in range(layout.points)
        ]
        return Station(id, points, lan=chance.random() >= layout.mobile)

    def _walker(self, station: Station, number: int) -> Walker:
        layout, chance, id = self.layout, self.chance, f"{station.id}-p{number}"
        luck, off = chance.random(), chance.gauss(0, 8)
        hasty, slow = luck < layout.hasty, luck > 1 - layout.slow
        if chance.random() < layout.clock_off:
            off = chance.choice((-180, 180)) + chance.gauss(0, 8)
        pace = 0.55 if hasty else 1.7 if slow else 1.0
        keen = min(1.0, chance.lognormvariate(-0.1, 0.4)) * (0.6 if hasty else 1)
        return Walker(
            id,
            station,
            f"d-{id}",
            f"page-{id}",
            timedelta(seconds=off),
            pace * chance.lognormvariate(0, 0.1),
            keen,
            "hasty" if hasty else "",
        )

    def _words(self, form: Form, criterion: int) -> str:
        if self.chance.random() < OWN_WORDS:
            return f"{criterion}|{form.point}{form.begun:%d%H%M} 处有渗漏，已通知维修"
        return f"{criterion}|{self.chance.choice(NOTES)}"

    def _shot(self, form: Form) -> Shot:
        before = 12_000 if self.chance.random() < EARLIER else self.chance.expovariate(1 / 30)
        taken = form.begun + form.clock + timedelta(seconds=20 - before)
        return Shot(f"{self.chance.getrandbits(256):064x}", taken)


def _trace(number: int, one: Form, receipts: Sequence[tuple[datetime, int]]) -> Trace:
    had = max((n for at, n in receipts if at <= one.done), default=None)
    presence = Presence(
        grade="strong",
        network=one.network,
        address="192.168.1.5" if one.network == "local" else "223.104.3.7",
        enrolled=True,
        scanned=True,
        spent_s=int((one.done - one.begun).total_seconds()),
        clock_off_s=int((one.done + one.clock - one.arrived).total_seconds()),
        pictures=len(one.shots),
        page=one.page,
        after=had,
        proved_at=one.begun if one.proved else None,
    )
    return Trace(
        number=number,
        person=one.person,
        device=one.device,
        station=one.station,
        point=one.point,
        rulebook="station/patrol" if one.kind == "patrol" else "station/onsite",
        kind=one.kind,
        entries=one.entries,
        walk=one.walk if one.kind == "patrol" else 0,
        started_at=one.begun + one.clock,
        submitted_at=one.done + one.clock,
        received_at=one.arrived,
        presence=presence,
        answers=one.answers,
        findings=one.findings,
        noted=one.noted,
        shots=one.shots,
        reuse=one.reuse,
    )

"""Ways to fake a round, from clumsy to clever; each answers what somebody sends instead of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from domain.traces import Reuse, Shot
from tests.presence.chain import Attack, Chain, Form, Point, Walker

FOUND_AGAIN = 0.9
"""How many cropped or saved-again pictures the register knows again: declared, not measured."""
PICTURED = 0.3
"""Share of points with a picture in the attacks by pictures."""
ALWAYS = frozenset({"nothing_found"})
"""Attacks that are a habit: others are done on seven of ten rounds."""


def believable(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Codes photographed before, filled in on the station's network as if walking."""
    return _faked("believable", _walked(chain, who, name, begin))


def burst(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Photographed codes, about four seconds a point."""
    return _timed(chain, who, name, begin, "burst", (3, 5), (1.5, 3))


def careless(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Photographed codes, a quarter of a minute a point."""
    return _timed(chain, who, name, begin, "careless", (10, 25), (3, 8))


def scripted(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """A program that sends a point each minute and a quarter, to the second."""
    return _timed(chain, who, name, begin, "scripted", (74, 76), (20, 30))


def outside(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """From home, as if walking."""
    forms = _faked("outside", _walked(chain, who, name, begin))
    for one in forms:
        one.network = "outside"
    return forms


def two_stations(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Another station's points from photographs, a minute or three after one's own."""
    own = list(_walked(chain, who, name, begin))
    other = chain.stations[(chain.stations.index(who.station) + 1) % len(chain.stations)]
    begin = own[-1].done + timedelta(seconds=chain.chance.uniform(20, 180))
    times = chain.walk(who, other.points[:4], begin)
    there = [chain.form(who, point, (at, done), name) for point, at, done in times]
    return own + _faked("two_stations", there)


def picture_again(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Some points show the very picture of last week."""
    return _pictured(chain, believable(chain, who, name, begin), "picture_again", exact=True)


def picture_cropped(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Some points show last week's picture, cropped and saved again."""
    return _pictured(chain, believable(chain, who, name, begin), "picture_cropped", exact=False)


def picture_of_gallery(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Some points show a picture that was taken days ago and never sent."""
    forms = _faked("picture_of_gallery", _walked(chain, who, name, begin))
    for one in _some(chain, forms):
        taken = one.begun - timedelta(days=chain.chance.uniform(1.2, 9))
        one.shots = (Shot(f"{chain.chance.getrandbits(256):064x}", taken),)
    return forms


def answers_of_another(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Findings copied from what other stations reported before."""
    forms = _faked("answers_of_another", _walked(chain, who, name, begin))
    said = [one for one in chain.forms if one.findings > 1 and one.station != who.station.id]
    for one in _some(chain, forms) if said else ():
        _say_as(one, chain.chance.choice(said))
    return forms


def own_answers(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """The findings of one's first faked round, again and again."""
    forms = _faked("own_answers", _walked(chain, who, name, begin))
    first = {one.point: one for one in chain.forms if one.fake and one.person == who.id}
    for one in forms:
        if one.point in first:
            _say_as(one, first[one.point])
        elif chain.chance.random() < PICTURED:
            one.answers, one.findings, one.noted = f"own {one.point} {who.id}", 2, 10
    return forms


def nothing_found(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """Everything in order, without looking."""
    forms = _faked("nothing_found", _walked(chain, who, name, begin))
    for one in forms:
        one.answers, one.findings, one.noted, one.shots = "", 0, 0, ()
    return forms


def cookie_copied(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """A friend's phone with the key of the enrolled one."""
    forms = _faked("cookie_copied", _walked(chain, who, name, begin))
    for one in forms:
        one.page = f"friend of {who.id}"
    return forms


def storage_copied(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """A friend's phone with the key and everything that the page had stored."""
    forms = _faked("storage_copied", _walked(chain, who, name, begin))
    for one in forms:
        one.knows = f"copy of {who.page}"
    return forms


def clock_back(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """The round is walked hours too late, with the phone's clock set back."""
    forms = _set_back(chain, who, name, begin)
    for one in forms:
        one.arrived = one.done + timedelta(seconds=1)
    return forms


def clock_back_in_flight_mode(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """The same in flight mode; sent once the clock is right again."""
    forms = _set_back(chain, who, name, begin)
    chain.keep_offline(forms, forms[-1].done + timedelta(minutes=2))
    return forms


def colleagues_phones(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """One walks, and scans each point with the phones of two colleagues as well."""
    own = list(_walked(chain, who, name, begin))
    others = [one for one in chain.walkers[who.station.id] if one is not who][:2]
    forms = []
    for one in own:
        for n, other in enumerate(others, start=1):
            later = timedelta(seconds=n * chain.chance.uniform(4, 9))
            forms.append(_with_phone_of(other, one, later))
    return own + _faked("colleagues_phones", forms)


def audit_at_a_glance(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    """The long form of a weekly audit, sent within a minute."""
    one = chain.audit(who, begin)
    one.done = one.begun + timedelta(seconds=chain.chance.uniform(15, 60))
    one.arrived = one.done + timedelta(seconds=1)
    return [*_walked(chain, who, name, begin), replace(one, fake="audit_at_a_glance")]


ATTACKS: dict[str, Attack] = {
    one.__name__: one
    for one in (
        burst,
        careless,
        scripted,
        outside,
        two_stations,
        picture_again,
        picture_cropped,
        picture_of_gallery,
        answers_of_another,
        own_answers,
        nothing_found,
        cookie_copied,
        storage_copied,
        clock_back,
        clock_back_in_flight_mode,
        colleagues_phones,
        audit_at_a_glance,
        believable,
    )
}


def _walked(chain: Chain, who: Walker, name: str, begin: datetime) -> Iterable[Form]:
    for point, at, done in chain.walk(who, who.station.points, begin):
        yield chain.form(who, point, (at, done), name)


def _timed(
    chain: Chain,
    who: Walker,
    name: str,
    begin: datetime,
    fake: str,
    step: tuple[float, float],
    spent: tuple[float, float],
) -> list[Form]:
    """Points begun so many seconds after each other, each filled in so many."""
    points: list[Point] = who.station.points
    forms, now = [], begin
    for point in points:
        done = now + timedelta(seconds=chain.chance.uniform(*spent))
        one = chain.form(who, point, (now, done), name)
        one.arrived = done + timedelta(seconds=1)
        forms.append(one)
        now += timedelta(seconds=chain.chance.uniform(*step))
    return _faked(fake, forms)


def _faked(fake: str, forms: Iterable[Form]) -> list[Form]:
    return [replace(one, fake=fake) for one in forms]


def _some(chain: Chain, forms: list[Form]) -> list[Form]:
    """Some of the forms, one at least."""
    some = [one for one in forms if chain.chance.random() < PICTURED]
    return some or [chain.chance.choice(forms)]


def _say_as(one: Form, other: Form) -> None:
    one.answers, one.findings, one.noted = other.answers, other.findings, other.noted


def _pictured(chain: Chain, forms: list[Form], fake: str, *, exact: bool) -> list[Form]:
    for one in _some(chain, forms):
        sha256 = f"{chain.chance.getrandbits(256):064x}"
        taken = one.begun + timedelta(seconds=3)
        one.shots = (Shot(sha256, None if exact else taken),)
        if exact or chain.chance.random() < FOUND_AGAIN:
            one.reuse = (Reuse("e", sha256, 1, one.station, exact),)
    return _faked(fake, forms)


def _set_back(chain: Chain, who: Walker, name: str, begin: datetime) -> list[Form]:
    by = timedelta(hours=chain.chance.uniform(3, 8))
    forms = _faked("clock_back", _walked(chain, who, name, begin + by))
    for one in forms:
        one.clock = who.clock - by
    return forms


def _with_phone_of(other: Walker, one: Form, later: timedelta) -> Form:
    return replace(
        one,
        person=other.id,
        device=other.device,
        page=other.page,
        clock=other.clock,
        begun=one.begun + later,
        done=one.done + later,
        arrived=one.arrived + later,
        shots=(),
    )

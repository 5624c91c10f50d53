"""What simulated phones are given before they start: codes to enrol with, and what to do."""

from __future__ import annotations

from random import Random

import msgspec

from domain.organisation import Actor, Directory, Person
from domain.procedures.enrolment import offer_enrolment
from domain.register.register import Register
from tui.demo.names import PHONES

DEMO = Actor(via="demo")


class Ticket(msgspec.Struct, frozen=True):
    """What somebody is given to begin with.

    Attributes:
        code: The one-time code from the console.
        tokens: The codes that hang at the station.
        staff: Names of the station's staff, for notes.
    """

    code: str
    device_name: str
    tokens: tuple[str, ...]
    staff: tuple[str, ...]
    pumps: int


class Orders(msgspec.Struct, frozen=True):
    """What the phones are to do.

    Attributes:
        rate: Forms a second, all phones together.
        count: Forms after which they stop; None for no end.
        holes: Likelihood that the Wi-Fi fails around any one request that matters.
    """

    base_url: str
    tickets: tuple[Ticket, ...]
    rate: float = 0.5
    count: int | None = None
    holes: float = 0.08
    seed: int = 1


def write_tickets(register: Register, phones: int, seed: int = 1) -> tuple[Ticket, ...]:
    """Offer an enrolment to that many station managers, by chance."""
    chance = Random(seed)
    directory = register.directory
    managers = sorted(
        (each for each in directory.people.values() if _manages(each)), key=lambda each: each.id
    )
    return tuple(
        _ticket(register.carry_out(offer_enrolment, one.id, by=DEMO), one, directory, chance)
        for one in chance.sample(managers, min(phones, len(managers)))
    )


def _manages(person: Person) -> bool:
    return any(role.name == "station_manager" for role in person.roles)


def _ticket(code: str, manager: Person, directory: Directory, chance: Random) -> Ticket:
    station = manager.roles[0].place
    points = [each for each in directory.points.values() if each.station == station]
    staff = [
        person.name
        for person in directory.people.values()
        if any(role.name == "staff" and role.place == station for role in person.roles)
    ]
    return Ticket(
        code=code,
        device_name=f"{manager.name}的{chance.choice(PHONES)}",
        tokens=tuple(each.token for each in points if each.token),
        staff=tuple(staff) or (manager.name,),
        pumps=max(1, sum(each.kind == "pump" for each in points)),
    )

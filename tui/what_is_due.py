"""What the first screen asks about today; blocks, so in a thread."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from domain.register.today import today_of
from domain.text import same
from tui.widgets.today_line import Asked

if TYPE_CHECKING:
    from domain.organisation import Actor
    from domain.register.queries import Asker
    from domain.register.register import Register
    from domain.text import Text


def what_is_due(register: Register, asker: Asker, actor: Actor, place: str | None) -> Asked | None:
    """What is to be done at a place, else by whoever sits here; None where no station is yet."""
    if not asker.directory.stations:
        return None
    person = None if place else actor.person
    with register.read() as connection:
        today = today_of(connection, asker, register.clock(), person, place)
    import_module("tui.screens.duties")  # The line names its key: it is likely to be pressed.
    return Asked(today, _whose(asker, place, person))


def _whose(asker: Asker, place: str | None, person: str | None) -> Text | None:
    directory = asker.directory
    if place:
        return directory.station_name(place)
    if person:
        return same(directory.person_name(person))
    seen = [one.id for one in directory.stations if asker.sight.sees(one.id)]
    return directory.station_name(seen[0]) if len(seen) == 1 else None

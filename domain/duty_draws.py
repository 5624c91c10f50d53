"""What a draw says of a duty: whose sample it is, and which stations are in it.

Source: facts I4, I6, I7; L17 (rotation): reading L17-drawn.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.draw_steps import DrawState
from domain.duties import Cover, Duty
from domain.months import Months


class DutyDraw(msgspec.Struct, frozen=True):
    """A draw as far as duties are concerned.

    Attributes:
        stations: Those to be inspected as things stand; none until they are drawn.
    """

    id: str
    duty: str
    place: str
    months: Months
    state: DrawState
    stations: frozenset[str] = frozenset()

    def is_about(self, duty: Duty) -> bool:
        """Whether it draws this duty's sample, alone or with that of others."""
        month = duty.window.first.year * 12 + duty.window.first.month - 1
        return (
            self.duty == drawn_as(duty)
            and self.months.first <= month <= self.months.last
            and f"/{self.place}/" in duty.place.path
        )


def drawn_as(duty: Duty) -> str:
    """What draws call the obligation of a duty."""
    return duty.obligation.id.lower()


def draw_about(duty: Duty, draws: Iterable[DutyDraw]) -> DutyDraw | None:
    """The draw of a duty's sample: of its own place, else of one above."""
    found = [one for one in draws if one.is_about(duty)]
    return max(found, key=lambda one: duty.place.path.find(f"/{one.place}/"), default=None)


def bound(duty: Duty, draw: DutyDraw | None) -> Duty:
    """The duty with the drawn stations for its sample, and those that must be in anyway.

    A draw of fewer stations than the duty wants leaves the others to choose.
    """
    drawn = draw.stations & duty.cover.among if draw else frozenset[str]()
    if not drawn or not duty.cover.drawn:
        return duty
    must = drawn | duty.cover.must
    wanted = max(len(must), duty.cover.wanted)
    among = must if wanted == len(must) else duty.cover.among
    return msgspec.structs.replace(duty, cover=Cover(wanted, must, among, drawn=True))

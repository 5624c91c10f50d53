"""What a long table asks of a list, and what a read brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

L_co = TypeVar("L_co", covariant=True)


class Pages(Protocol[L_co]):
    """A list as it is at one moment."""

    def page(
        self, limit: int, *, before: int | None = None, after: int | None = None
    ) -> Sequence[L_co]:
        """Lines, the newest first: those older than `before`, or the next ones after `after`."""

    def count(self, after: int = 0) -> int:
        """How many lines are newer than this number."""


class Loaded(NamedTuple):
    """What a read brought: lines, how many lines were counted, and the newest number."""

    lines: Sequence[Any]
    counted: int
    newest: int


class Held(NamedTuple):
    """A line of a list that is held in memory, numbered downwards."""

    number: int
    line: Any


class HeldPages:
    """A list in memory, as a long table reads it."""

    def __init__(self, lines: Sequence[Any]) -> None:
        self._held = [Held(len(lines) - n, line) for n, line in enumerate(lines)]

    def page(
        self, limit: int, *, before: int | None = None, after: int | None = None
    ) -> Sequence[Held]:
        """Lines around a number."""
        if after is not None:
            newer = [one for one in self._held if one.number > after]
            return newer[-limit:]
        return [one for one in self._held if before is None or one.number < before][:limit]

    def count(self, after: int = 0) -> int:
        """How many lines have a higher number."""
        return max(0, len(self._held) - after)

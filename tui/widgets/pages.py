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

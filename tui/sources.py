"""The register's long lists, as long tables read them: in a thread, each read at one moment."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from domain.register.queries import (
    Asker,
    Page,
    count_findings,
    count_inspections,
    findings,
    inspections,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.register.register import Register
    from domain.views import FindingFilter, FindingLine, InspectionFilter, InspectionLine

L = TypeVar("L")
W = TypeVar("W")


class Narrowed(Generic[L, W]):
    """A list that a filter leaves, at one moment."""

    def __init__(
        self, lines: Callable[[Page, W], list[L]], count: Callable[[W, int], int], where: W
    ) -> None:
        self._lines, self._count, self._where = lines, count, where

    def page(self, limit: int, *, before: int | None = None, after: int | None = None) -> list[L]:
        """Lines around a number."""
        return self._lines(Page(limit, before, after), self._where)

    def count(self, after: int = 0) -> int:
        """How many lines are newer than a number."""
        return self._count(self._where, after)


@contextmanager
def finding_pages(
    register: Register, asker: Callable[[], Asker], where: FindingFilter
) -> Iterator[Narrowed[FindingLine, FindingFilter]]:
    """The findings that the asker sees."""
    with register.read() as connection:
        asking = (connection, asker())
        yield Narrowed(partial(findings, *asking), partial(count_findings, *asking), where)


@contextmanager
def inspection_pages(
    register: Register, asker: Callable[[], Asker], where: InspectionFilter
) -> Iterator[Narrowed[InspectionLine, InspectionFilter]]:
    """The inspections that the asker sees."""
    with register.read() as connection:
        asking = (connection, asker())
        yield Narrowed(partial(inspections, *asking), partial(count_inspections, *asking), where)

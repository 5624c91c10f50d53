"""The register's long lists, as long tables read them: in a thread, each read at one moment."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

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

    from sqlalchemy.engine import Connection

    from domain.register.register import Register
    from domain.views import FindingFilter, FindingLine, InspectionFilter, InspectionLine


class FindingPages:
    """Findings at one moment."""

    def __init__(self, connection: Connection, asker: Asker, where: FindingFilter) -> None:
        self._connection, self._asker, self._where = connection, asker, where

    def page(
        self, limit: int, *, before: int | None = None, after: int | None = None
    ) -> list[FindingLine]:
        """Findings around a number."""
        return findings(self._connection, self._asker, Page(limit, before, after), self._where)

    def count(self, after: int = 0) -> int:
        """How many findings are newer."""
        return count_findings(self._connection, self._asker, self._where, after)


class InspectionPages:
    """Inspections at one moment."""

    def __init__(self, connection: Connection, asker: Asker, where: InspectionFilter) -> None:
        self._connection, self._asker, self._where = connection, asker, where

    def page(
        self, limit: int, *, before: int | None = None, after: int | None = None
    ) -> list[InspectionLine]:
        """Inspections around a number."""
        return inspections(self._connection, self._asker, Page(limit, before, after), self._where)

    def count(self, after: int = 0) -> int:
        """How many inspections are newer."""
        return count_inspections(self._connection, self._asker, self._where, after)


@contextmanager
def finding_pages(
    register: Register, asker: Callable[[], Asker], where: FindingFilter
) -> Iterator[FindingPages]:
    """The findings that the asker sees."""
    with register.read() as connection:
        yield FindingPages(connection, asker(), where)


@contextmanager
def inspection_pages(
    register: Register, asker: Callable[[], Asker], where: InspectionFilter
) -> Iterator[InspectionPages]:
    """The inspections that the asker sees."""
    with register.read() as connection:
        yield InspectionPages(connection, asker(), where)

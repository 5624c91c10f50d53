"""Whole lists, read page by page as they are taken: for exports."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from domain.register.queries import Asker, Page, findings
from domain.views import FindingFilter, FindingLine

PAGE = 2_000


def all_findings(
    connection: Connection, asker: Asker, where: FindingFilter
) -> Iterator[FindingLine]:
    """Every finding in sight that a filter leaves, the newest first."""
    before = None
    while page := findings(connection, asker, Page(PAGE, before), where):
        yield from page
        before = page[-1].number

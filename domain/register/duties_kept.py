"""Keeps what was worked out about duties for whoever asks the same again a moment later.

Duties follow from the calendars and the organisation, and how they stand from the records; both
are asked by the first screen and again by the screen that it leads to. A directory and rulebooks
are never changed, only replaced, and no change of the records goes without a journal entry: so
the same objects and the same journal number mean the same answer. After inspections came in, only
duties of their stations are looked at again.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from domain.duties import Duty, duties_due, duties_open
from domain.organisation import Directory
from domain.register.duty_evidence import Stood, standings
from domain.register.journal_table import JOURNAL, head
from domain.register.queries import INSPECTION, Asker
from domain.rulebook import Rulebooks
from domain.windows import Span

FEW_DAYS, FEW_SPANS = 8, 6
MANY = 20_000
"""More duties than these are not kept: a week of a large chain is some megabytes."""
ABOUT_STATIONS = ("inspection.", "team.", "evidence.", "pictures.", "presence.", "note.", "shift.")
"""Entries that change how duties stand by the inspections that they bring, if at all."""


class _Kept:
    """What was worked out of one organisation, and how it stood at one journal number."""

    def __init__(self, directory: Directory, rulebooks: Rulebooks) -> None:
        self.directory, self.rulebooks = directory, rulebooks
        self.duties: dict[tuple[Span, frozenset[str] | None, bool], list[Duty]] = {}
        self.stood: tuple[int, date, dict[str, Stood]] | None = None


_kept: _Kept | None = None


def _kept_for(asker: Asker) -> _Kept:
    """What is kept of the asker's organisation; nothing yet if that is another one."""
    global _kept  # noqa: PLW0603 - a process has one register open, or pays for working it out
    kept = _kept
    if (
        kept is None
        or kept.directory is not asker.directory
        or kept.rulebooks is not asker.rulebooks
    ):
        kept = _kept = _Kept(asker.directory, asker.rulebooks)
    return kept


def duties_of(
    asker: Asker, span: Span, within: frozenset[str] | None, *, due_only: bool
) -> list[Duty]:
    """The duties of a span, open in it or due in it."""
    kept, key = _kept_for(asker), (span, within, due_only)
    if (found := kept.duties.get(key)) is not None:
        return found
    asked = duties_due if due_only else duties_open
    rulebooks = asker.rulebooks
    found = asked(rulebooks.calendars, asker.directory, span, rulebooks.working_days, within)
    if (span.last - span.first).days < FEW_DAYS:
        if len(kept.duties) >= FEW_SPANS:
            kept.duties.clear()
        kept.duties[key] = found
    return found


def stood_now(connection: Connection, asker: Asker, duties: list[Duty], today: date) -> list[Stood]:
    """How duties stand, in their order; what is known since the last entry is not read again."""
    if len(duties) > MANY:
        return standings(connection, duties, today)
    seq, _ = head(connection)
    kept = _kept_for(asker)
    known = _still_known(connection, kept.stood, seq, today)
    unknown = [one for one in duties if one.id not in known]
    if unknown:
        if len(known) > MANY:
            known = {}
            unknown = duties
        fresh = {one.duty.id: one for one in standings(connection, unknown, today)}
        known = known | fresh
        kept.stood = (seq, today, known)
    return [known[one.id] for one in duties]


def _still_known(
    connection: Connection, kept: tuple[int, date, dict[str, Stood]] | None, seq: int, today: date
) -> dict[str, Stood]:
    """What was found at an earlier entry and no entry since has touched."""
    if kept is None or kept[1] != today or kept[0] > seq:
        return {}
    since, _, known = kept
    if since == seq:
        return known
    said = or_(*(JOURNAL.c.action.startswith(about) for about in ABOUT_STATIONS))
    other = select(JOURNAL.c.seq).where(JOURNAL.c.seq > since, ~said).limit(1)
    if connection.execute(other).first():
        return {}
    came = select(INSPECTION.c.station).where(INSPECTION.c.number > since).distinct()
    stations = frozenset(connection.execute(came).scalars())
    return {which: one for which, one in known.items() if stations.isdisjoint(one.duty.cover.among)}

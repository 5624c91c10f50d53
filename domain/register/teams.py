"""Reads team inspections: what was opened, its steps, and whether it is closed."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from domain.register.queries import INSPECTION
from domain.register.statements import Lookup
from domain.register.tables import CountersignatureRow, TeamRow, TeamStepRow
from domain.register.work import table_of
from domain.team import Kept, Step

TEAM = table_of(TeamRow)
TEAM_STEP = table_of(TeamStepRow)
COUNTERSIGNATURE = table_of(CountersignatureRow)
NEWEST = 20
"""Team inspections of a station that are listed at most."""
_step = msgspec.json.Decoder(Step)


class Team(NamedTuple):
    """A team inspection; `closed` is the number of the inspection that it became."""

    number: int
    id: str
    rulebook: str
    edition: str
    station: str
    point: str | None
    leader: str | None
    opened_at: str
    closed: int | None


class Countersignature(NamedTuple):
    """Who has seen an inspection for its station, when, and what there was to say."""

    person: str
    at: str
    note: str


STEP_TAKEN = Lookup(select(TEAM_STEP.c.team, TEAM_STEP.c.number), TEAM_STEP.c.id)
"""Whether a step was taken in before."""
_teams = select(
    TEAM.c.number,
    TEAM.c.id,
    TEAM.c.rulebook,
    TEAM.c.edition,
    TEAM.c.station,
    TEAM.c.point,
    TEAM.c.leader,
    TEAM.c.opened_at,
    INSPECTION.c.number.label("closed"),
).join_from(TEAM, INSPECTION, INSPECTION.c.id == TEAM.c.id, isouter=True)


def team_of(connection: Connection, team: str) -> Team | None:
    """The team inspection with this id."""
    row = connection.execute(_teams.where(TEAM.c.id == team)).first()
    return Team(*row) if row else None


def teams_at(connection: Connection, station: str) -> tuple[Team, ...]:
    """The station's team inspections that are open or not countersigned, the newest first."""
    seen = COUNTERSIGNATURE.c.inspection
    asked = _teams.join(COUNTERSIGNATURE, seen == INSPECTION.c.number, isouter=True)
    asked = asked.where(TEAM.c.station == station, seen.is_(None))
    newest = asked.order_by(TEAM.c.number.desc()).limit(NEWEST)
    return tuple(Team(*row) for row in connection.execute(newest))


def open_teams(connection: Connection) -> tuple[Team, ...]:
    """All team inspections that are not closed, the newest first."""
    asked = _teams.where(INSPECTION.c.number.is_(None)).order_by(TEAM.c.number.desc())
    return tuple(Team(*row) for row in connection.execute(asked))


def steps_of(connection: Connection, team: str, after: int = 0) -> tuple[Kept, ...]:
    """The steps of a team inspection, those after a number only, in order."""
    rows = connection.execute(_steps(team, after))
    return tuple(Kept(row.number, row.person, row.at, _step.decode(row.step)) for row in rows)


def _steps(team: str, after: int) -> Select[tuple[int, str | None, str, str]]:
    asked = select(TEAM_STEP.c.number, TEAM_STEP.c.person, TEAM_STEP.c.at, TEAM_STEP.c.step)
    return asked.where(TEAM_STEP.c.team == team, TEAM_STEP.c.number > after).order_by(
        TEAM_STEP.c.number
    )


def countersignature_of(connection: Connection, inspection: int) -> Countersignature | None:
    """The countersignature of an inspection, if there is one."""
    asked = select(COUNTERSIGNATURE.c.person, COUNTERSIGNATURE.c.at, COUNTERSIGNATURE.c.note)
    row = connection.execute(asked.where(COUNTERSIGNATURE.c.inspection == inspection)).first()
    return Countersignature(*row) if row else None

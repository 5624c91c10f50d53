"""Team inspections: opened, filled in by several phones at once, closed, countersigned."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from domain.canonical import plain
from domain.organisation import Device, Directory
from domain.procedures.refusals import OutOfSight, Unknown
from domain.procedures.team import (
    TEAM,
    UNHEARD,
    Closing,
    Opening,
    close_team,
    countersign,
    open_team,
    take_steps,
)
from domain.register.register import Register
from domain.register.teams import Team, countersignature_of, steps_of, team_of, teams_at
from domain.rulebook import Edition
from domain.scoring import score_lines
from domain.sheet import NothingApplies
from domain.submission import Id, Name, Note, Receipt
from domain.team import STEPS, FoundStep, Kept, Merged, SectionState, Step, merge
from server.answers import KEY
from server.problems import Problem, language, problem_of, refused
from server.proofs import proven_arrival
from server.reception import Named, PhoneRequest, by_phone
from server.refusals import TooMany
from server.shapes import is_id

STEPS_BYTES = 1 << 20


class NewTeam(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What opens a team inspection where a code was scanned."""

    id: Id
    rulebook: Name
    token: Annotated[str, Meta(max_length=64)]


class NewSteps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a member did since the last time."""

    steps: Annotated[tuple[Step, ...], Meta(max_length=STEPS)]


class TakenSteps(msgspec.Struct, frozen=True):
    """What became of them: those that are not named were taken in."""

    declined: dict[str, Problem]


class Signing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a station's manager has to say to an inspection."""

    note: Note = ""


class Signed(msgspec.Struct, frozen=True):
    """A countersignature."""

    by: Named
    at: str
    note: str


class TeamHere(msgspec.Struct, frozen=True):
    """A team inspection; `inspection` is the number of what it became, once it is closed."""

    id: str
    rulebook: str
    edition: str
    station: str
    leader: Named
    opened_at: str
    inspection: int | None


class ScoreNow(msgspec.Struct, frozen=True):
    """The score so far; none where nothing at all applies."""

    score: str
    max: str


class Progress(msgspec.Struct, frozen=True):
    """A team inspection as it stands.

    Attributes:
        steps: Those after the number that was asked for, in order.
        last: The highest number of a step, to ask from the next time.
        people: Names of everybody who is named in it, by id.
        candidates: Names of those with a phone who see the station, by id: who can be given a
            section.
        sections: How far each is, in the rulebook's order.
        figures: Formula criteria whose figures are missing.
    """

    team: TeamHere
    steps: tuple[Kept, ...]
    last: int
    people: dict[str, str]
    candidates: dict[str, str]
    sections: tuple[SectionState, ...]
    members: dict[str, int]
    score: ScoreNow | None
    figures: dict[str, tuple[str, ...]]
    countersigned: Signed | None


@post(
    "/api/teams",
    security=KEY,
    responses=refused(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503, 507),
)
async def open_here(request: PhoneRequest, data: JSONBody[NewTeam]) -> TeamHere:
    """Open a team inspection at the point that was scanned. Safe to repeat."""
    device, register = request.device(), request.reception.register
    _slow_down(request, device)
    opening = Opening(data.id, data.rulebook, token=data.token)
    team = await register.carry_out_soon(open_team, opening, by=by_phone(device))
    return _here(register, team)


@get("/api/teams", security=KEY, responses=refused(400, 401, 403, 404, 410, 503))
async def list_teams(request: PhoneRequest, station: FromQuery[str]) -> tuple[TeamHere, ...]:
    """The station's team inspections that are open, or closed and not countersigned."""
    device, register = request.device(), request.reception.register
    if not register.directory.sight(device.person).sees(station):
        raise OutOfSight(register.directory.station_name(station))

    def read() -> tuple[TeamHere, ...]:
        with register.read() as connection:
            return tuple(_here(register, one) for one in teams_at(connection, station))

    return await asyncio.to_thread(read)


@get("/api/teams/{team:str}", security=KEY, responses=refused(400, 401, 404, 410, 503))
async def show_team(
    request: PhoneRequest, team: FromPath[str], after: FromQuery[int] = 0
) -> Progress:
    """A team inspection as it stands, with the steps after a number."""
    device, register = request.device(), request.reception.register
    if not is_id(team):
        raise Unknown(TEAM, team)
    return await asyncio.to_thread(_progress, register, device, team, max(0, after))


@post(
    "/api/teams/{team:str}/steps",
    security=KEY,
    request_max_body_size=STEPS_BYTES,
    status_code=200,
    responses=refused(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503, 507),
)
async def add_steps(
    request: PhoneRequest, team: FromPath[str], data: JSONBody[NewSteps]
) -> TakenSteps:
    """Take in what a member did. Safe to repeat; steps that are declined hold up no others."""
    device, reception = request.device(), request.reception
    _slow_down(request, device)
    sender = by_phone(device)
    declined = await reception.register.carry_out_soon(take_steps, team, data.steps, by=sender)
    refusals = {one.id: one.refusal for one in declined}
    for step in data.steps:
        if isinstance(step, FoundStep) and step.evidence and step.id not in refusals:
            reception.uploads.expect(step.evidence, sender)
    lang = language(request)
    return TakenSteps({one: problem_of(refusal, lang) for one, refusal in refusals.items()})


@post(
    "/api/teams/{team:str}/close",
    security=KEY,
    responses=refused(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503, 507),
)
async def close_here(
    request: PhoneRequest, team: FromPath[str], data: JSONBody[Closing | None] = None
) -> Receipt:
    """Make one inspection of all that was found; its receipt is the leader's."""
    device, register = request.device(), request.reception.register
    _slow_down(request, device)
    closing, arrival = data or UNHEARD, request.arrival()
    if closing.proof:
        station = await asyncio.to_thread(_station_of, register, team)
        arrival = proven_arrival(request, device, closing.proof, station)
    return await register.carry_out_soon(close_team, team, arrival, closing, by=by_phone(device))


@post(
    "/api/inspections/{inspection:str}/countersignature",
    security=KEY,
    responses=refused(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503, 507),
)
async def sign_here(
    request: PhoneRequest, inspection: FromPath[str], data: JSONBody[Signing]
) -> Signed:
    """The station's manager countersigns an inspection. Safe to repeat."""
    device, register = request.device(), request.reception.register
    _slow_down(request, device)
    signed = await register.carry_out_soon(countersign, inspection, data.note, by=by_phone(device))
    return Signed(_named(register, signed.person), signed.at, signed.note)


HANDLERS = [open_here, list_teams, show_team, add_steps, close_here, sign_here]


def _station_of(register: Register, team_id: str) -> str:
    with register.read() as connection:
        team = team_of(connection, team_id)
    return team.station if team else ""


def _slow_down(request: PhoneRequest, device: Device) -> None:
    if wait := request.reception.forms.wait_s(device.id):
        raise TooMany(wait)


def _named(register: Register, person: str | None) -> Named:
    return Named(person or "", register.directory.person_name(person))


def _here(register: Register, team: Team) -> TeamHere:
    return TeamHere(
        team.id,
        team.rulebook,
        team.edition,
        team.station,
        _named(register, team.leader),
        team.opened_at,
        team.closed,
    )


def _progress(register: Register, device: Device, team_id: str, after: int) -> Progress:
    directory = register.directory
    with register.read() as connection:
        team = team_of(connection, team_id)
        if team is None or not directory.sight(device.person).sees(team.station):
            raise Unknown(TEAM, team_id)
        steps = steps_of(connection, team.id)
        signed = countersignature_of(connection, team.closed) if team.closed else None
    edition = register.rulebooks.edition(team.rulebook, team.edition)
    merged = merge(edition, steps)
    named = {one.person for one in steps} | {one.person for one in merged.sections.values()}
    score, figures = _score(edition, merged)
    return Progress(
        team=_here(register, team),
        steps=tuple(one for one in steps if one.number > after),
        last=steps[-1].number if steps else 0,
        people={one: directory.person_name(one) for one in sorted(filter(None, named))},
        candidates=_candidates(directory, team.station),
        sections=tuple(merged.sections.values()),
        members=merged.members,
        score=score,
        figures=figures,
        countersigned=signed and Signed(_named(register, signed.person), signed.at, signed.note),
    )


def _candidates(directory: Directory, station: str) -> dict[str, str]:
    people = {one.person for one in directory.devices.values() if not one.withdrawn_at}
    seeing = [one for one in people if directory.sight(one).sees(station)]
    return {one: directory.person_name(one) for one in sorted(seeing, key=directory.person_name)}


def _score(edition: Edition, merged: Merged) -> tuple[ScoreNow | None, dict[str, tuple[str, ...]]]:
    try:
        card = score_lines(
            edition, merged.lines, not_applicable=merged.not_applicable, inputs=merged.inputs
        )
    except NothingApplies:
        return None, {}
    return ScoreNow(plain(card.total), plain(card.max)), card.missing

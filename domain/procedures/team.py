"""A team inspection: opened by its leader, filled in by many, closed into one inspection."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from domain.canonical import canonical, moment
from domain.organisation import Role
from domain.presence import Arrival
from domain.procedures.refusals import IdTaken, OutOfSight, Unknown
from domain.procedures.submission import evidence_of, place_of, store
from domain.procedures.team_refusals import (
    NotTheLeader,
    NotTheManager,
    SectionsAreOpen,
    SignedByAnother,
    TeamIsClosed,
)
from domain.procedures.weighing import CHINA, listed_twice, weigh
from domain.refusals import Refusal
from domain.register.received import arrived, evidence_waiting, received
from domain.register.tables import CountersignatureRow, EvidenceRow, TeamRow, TeamStepRow
from domain.register.teams import (
    STEP_TAKEN,
    Countersignature,
    Team,
    countersignature_of,
    steps_of,
    team_of,
)
from domain.register.work import Work
from domain.rulebook import Edition
from domain.submission import Found, Id, Known, ProofText, Receipt, Submission
from domain.team import FoundStep, Kept, Merged, SharedOutStep, Step, announced_by, merge
from domain.team_rules import judge_step
from domain.text import Text

TEAM = Text(zh="联合检查", en="team inspection")


class Opening(NamedTuple):
    """What opens a team inspection: at the point that was scanned, or a station by name."""

    id: str
    rulebook: str
    token: str | None = None
    station: str | None = None


class Closing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What speaks for whoever closes it having been there; as in a form of one's own."""

    page: Id | None = None
    after: Known | None = None
    proof: ProofText | None = None


UNHEARD = Closing()


class Declined(NamedTuple):
    """A step that was not taken, and why."""

    id: str
    refusal: Refusal


def open_team(work: Work, opening: Opening) -> Team:
    """Open a team inspection by today's edition; who opens it leads it. Safe to repeat.

    Raises:
        IdTaken: Another inspection has the id.
        Refusal: The place cannot be inspected by the sender, or there is no edition today.
    """
    station, point = place_of(work, opening.token, opening.station)
    known = team_of(work.connection, opening.id)
    if known:
        if (known.station, known.rulebook, known.leader) == (
            station,
            opening.rulebook,
            work.actor.person,
        ):
            return known
        raise IdTaken
    if received(work, opening.id):
        raise IdTaken
    edition = work.rulebooks.in_force(opening.rulebook, work.now.astimezone(CHINA).date())
    team = Team(
        work.next_seq,
        opening.id,
        edition.id,
        edition.edition,
        station,
        point.id if point else None,
        work.actor.person,
        work.at,
        None,
    )
    values = {name: value for name, value in team._asdict().items() if name != "closed"}
    work.insert(TeamRow, values | {"device": work.actor.device})
    work.journal("team.opened", team.id, station=station, rulebook=edition.id)
    return team


def take_steps(work: Work, team_id: str, steps: tuple[Step, ...]) -> tuple[Declined, ...]:
    """Add what a member did, step by step; answers those that were declined. Safe to repeat.

    Raises:
        Unknown, OutOfSight, DeviceWithdrawn: There is no such team inspection for the sender.
        TeamIsClosed: It is closed, and one of the steps is new.
    """
    team = _team(work, team_id)
    sent = {one.id: one for one in steps}
    fresh = [one for one in sent.values() if work.first(STEP_TAKEN, one.id) is None]
    if fresh and team.closed:
        raise TeamIsClosed(team.closed)
    edition = work.rulebooks.edition(team.rulebook, team.edition)
    kept, declined = list(steps_of(work.connection, team.id)), []
    before, first = len(kept), work.next_seq * 1000
    for step in fresh:
        merged = merge(edition, kept)
        spare = announced_by(kept) - {item.id for item in merged.evidence}
        try:
            _judge(work, team, edition, merged, step)
            _judge_evidence(work, step, spare)
        except Refusal as refusal:
            declined.append(Declined(step.id, refusal))
            continue
        number = first + len(kept) - before
        kept.append(Kept(number, work.actor.person, work.at, step))
        _keep(work, team, kept[-1], spare)
    if taken := len(kept) - before:
        work.journal("team.continued", team.id, steps=taken)
    return tuple(declined)


def close_team(
    work: Work, team_id: str, arrival: Arrival | None = None, closing: Closing = UNHEARD
) -> Receipt:
    """Make one inspection of all that was found. Safe to repeat.

    Raises:
        NotTheLeader: Only who opened it closes it.
        SectionsAreOpen: Not all sections were submitted.
        TeamIsClosed: It was closed before, by the leader, who has the receipt.
        Refusal: The score cannot be worked out, such as where nothing at all applies.
    """
    team = _team(work, team_id)
    if work.actor.person != team.leader:
        raise NotTheLeader
    if team.closed:
        raise TeamIsClosed(team.closed)
    edition = work.rulebooks.edition(team.rulebook, team.edition)
    merged = merge(edition, steps_of(work.connection, team.id))
    waiting = [one.title for one in edition.sections if not merged.sections[one.id].submitted]
    if waiting:
        raise SectionsAreOpen(waiting)
    form = _form(
        work,
        team,
        team.id,
        merged.lines,
        evidence=merged.evidence,
        not_applicable=merged.not_applicable,
        inputs=merged.inputs,
        page=closing.page,
        after=closing.after,
        proof=closing.proof,
    )
    weighed = weigh(work.rulebooks, form)
    number = work.next_seq
    for row in evidence_of(weighed.form, number):
        work.update(EvidenceRow, row["id"], inspection=number, finding=row["finding"])
    point = work.directory.points.get(team.point or "")
    receipt = store(work, weighed, arrival, (team.station, point))
    waiting_for = evidence_waiting(work.connection, number)
    return msgspec.structs.replace(receipt, evidence_waiting=waiting_for)


def countersign(work: Work, inspection: str, note: str = "") -> Countersignature:
    """Note that the station's manager has seen an inspection. Safe to repeat.

    Raises:
        Unknown: There is no such inspection in the sender's sight.
        NotTheManager: The sender is not the manager of its station.
        SignedByAnother: It was countersigned before, by somebody else.
    """
    known = received(work, inspection)
    person = work.actor.person
    if known is None or not work.directory.sight(person).sees(known.station):
        raise Unknown(Text(zh="检查", en="inspection"), inspection)
    manager = work.directory.people.get(person or "")
    if not (manager and Role("station_manager", known.station) in manager.roles):
        raise NotTheManager
    signed = countersignature_of(work.connection, known.number)
    if signed:
        if signed.person != person:
            raise SignedByAnother
        return signed
    row = {"inspection": known.number, "person": person, "at": work.at, "note": note}
    work.insert(CountersignatureRow, row | {"number": work.next_seq, "device": work.actor.device})
    work.journal("inspection.countersigned", inspection, number=known.number)
    return Countersignature(person or "", work.at, note)


def _team(work: Work, team_id: str) -> Team:
    """The team inspection, for somebody who may be in it."""
    team = team_of(work.connection, team_id)
    if team is None:
        raise Unknown(TEAM, team_id)
    place_of(work, None, team.station)
    return team


def _judge(work: Work, team: Team, edition: Edition, merged: Merged, step: Step) -> None:
    """Whether a step may be taken, its texts and pictures as those of a form of its own."""
    judge_step(edition, merged, step, work.actor.person, team.leader)
    if isinstance(step, SharedOutStep) and step.person is not None:
        _sees(work, step.person, team.station)
    if isinstance(step, FoundStep):
        weigh(work.rulebooks, _alone(work, team, step))


def _judge_evidence(work: Work, step: Step, spare: frozenset[str]) -> None:
    """Pictures are new, or those of a finding of this team that was taken back."""
    for item in step.evidence if isinstance(step, FoundStep) else ():
        known = arrived(work, item.id)
        if known and (item.id not in spare or known.sha256 != item.sha256):
            raise listed_twice()


def _sees(work: Work, person: str, station: str) -> None:
    if person not in work.directory.people:
        raise Unknown(Text(zh="人员", en="person"), person)
    if not work.directory.sight(person).sees(station):
        raise OutOfSight(work.directory.station_name(station))


def _keep(work: Work, team: Team, kept: Kept, spare: frozenset[str]) -> None:
    row = {
        "number": kept.number,
        "id": kept.step.id,
        "team": team.id,
        "person": kept.person,
        "device": work.actor.device,
        "at": kept.at,
        "step": canonical(kept.step).decode(),
    }
    work.insert(TeamStepRow, row)
    if isinstance(kept.step, FoundStep):
        alone = _alone(work, team, kept.step)
        # Until it is closed they belong to the team; what they show is found out then.
        fresh = [one for one in evidence_of(alone, team.number) if one["id"] not in spare]
        work.insert(EvidenceRow, *({**one, "finding": None} for one in fresh))


def _alone(work: Work, team: Team, step: FoundStep) -> Submission:
    """One finding as a form of its own."""
    return _form(work, team, step.id, (step.found,), evidence=step.evidence)


def _form(work: Work, team: Team, named: str, found: tuple[Found, ...], **more: Any) -> Submission:
    return Submission(
        id=named,
        rulebook=team.rulebook,
        edition=team.edition,
        started_at=moment(team.opened_at),
        submitted_at=work.now,
        station=team.station,
        found=found,
        **more,
    )

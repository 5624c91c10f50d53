"""Taking in a filled-in check list, from a phone or from the console."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from domain.canonical import canonical, instant, plain
from domain.organisation import ScanPoint
from domain.presence import Arrival, presence
from domain.procedures.refusals import (
    AnswersDiffer,
    CodeWithdrawn,
    DeviceWithdrawn,
    IdTaken,
    OutOfSight,
    Unknown,
    UnknownCode,
)
from domain.procedures.weighing import Weighed, listed_twice
from domain.register.received import (
    ARRIVED,
    RECEIVED,
    Received,
    arrived,
    contests_of,
    evidence_waiting,
    received,
)
from domain.register.statements import Values
from domain.register.tables import ContestRow, EvidenceRow, FindingRow, InspectionRow
from domain.register.work import Question, Work, foresees
from domain.submission import Receipt, Submission
from domain.text import Text

CONTESTS_KEPT = 20
"""Other forms kept beside an inspection: enough to compare, and no way to fill the disk."""


class Taken(NamedTuple):
    """What became of a form; `again` when one with its id had been received before."""

    receipt: Receipt | AnswersDiffer
    again: bool


def _asks(weighed: Weighed, _: Arrival | None = None) -> Iterator[Question]:
    """Whether the form, or something that it announces, was taken in before."""
    yield RECEIVED, weighed.form.id
    for item in weighed.form.evidence:
        yield ARRIVED, item.id


@foresees(_asks)
def submit_inspection(
    work: Work, weighed: Weighed, arrival: Arrival | None = None
) -> Receipt | AnswersDiffer:
    """Store a form with its score and findings and journal it: all or nothing.

    Safe to repeat: phones send again when the network drops, and the same answers get the same
    receipt. Other answers under the same id are kept beside the first and answered with a
    refusal, which is returned, not raised, because it stores something.
    """
    return take_in(work, weighed, arrival).receipt


@foresees(_asks)
def take_in(work: Work, weighed: Weighed, arrival: Arrival | None = None) -> Taken:
    """`submit_inspection` for a sender who wants to know whether it was the first time."""
    form = weighed.form
    known = received(work, form.id)
    if known is None:
        place = place_of(work, form.token, form.station)
        if any(arrived(work, item.id) for item in form.evidence):
            raise listed_twice()
        receipt = store(work, weighed, arrival, place, evidence_of(form, work.next_seq))
        return Taken(receipt, again=False)
    if known.form_sha256 == weighed.sha256:
        return Taken(_receipt(work, form.id, known), again=True)
    return Taken(_contest(work, weighed, known), again=True)


def place_of(
    work: Work, token: str | None, named: str | None = None
) -> tuple[str, ScanPoint | None]:
    """The station a form is about, and the scan point it was filled at.

    Raises:
        DeviceWithdrawn: The sender's phone.
        UnknownCode, CodeWithdrawn: The code that was scanned.
        Unknown, OutOfSight: The station that was named.
    """
    directory, actor = work.directory, work.actor
    if actor.device and directory.devices[actor.device].withdrawn_at:
        raise DeviceWithdrawn
    point = _scanned(work, token) if token else None
    station = point.station if point else named or ""
    if station not in directory.places or directory.places[station].kind != "station":
        raise Unknown(Text(zh="加油站", en="station"), station or "-")
    if not directory.sight(actor.person).sees(station):
        raise OutOfSight(directory.station_name(station))
    return station, point


def _scanned(work: Work, token: str) -> ScanPoint:
    point = work.directory.points_by_token.get(token)
    if point is None:
        replaced = work.directory.old_tokens.get(token)
        if replaced is None:
            raise UnknownCode
        raise CodeWithdrawn(work.directory.points[replaced].name)
    return point


def store(
    work: Work,
    weighed: Weighed,
    arrival: Arrival | None,
    place: tuple[str, ScanPoint | None],
    evidence: Iterable[Values] = (),
) -> Receipt:
    """Store a form and journal it.

    Args:
        place: The station, and the scan point where there is one.
        evidence: Rows of the pictures and videos that it announces and nobody did before.
    """
    form, number, score = weighed.form, work.next_seq, plain(weighed.scored.total)
    station, point = place
    enrolled = work.actor.device is not None
    heard = presence(form, arrival, enrolled=enrolled, scanned=point is not None)
    work.insert(
        InspectionRow,
        {
            **_form_values(weighed),
            "number": number,
            "station": station,
            "point": point.id if point else None,
            "person": work.actor.person,
            "device": work.actor.device,
            "via": work.actor.via,
            "received_at": work.at,
            "presence": canonical(heard).decode(),
        },
    )
    work.insert(FindingRow, *_findings(weighed, number, station))
    work.insert(EvidenceRow, *evidence)
    entry = work.journal("inspection.submitted", form.id, station=station, score=score)
    return Receipt(
        id=form.id,
        number=number,
        seq=number,
        seal=entry.seal,
        at=work.at,
        score=score,
        max=plain(weighed.scored.max),
        findings=len(form.found),
        evidence_waiting=tuple(item.id for item in form.evidence),
    )


def _form_values(weighed: Weighed) -> dict[str, object]:
    """Columns of an inspection that the form and its score decide alone."""
    form, scored = weighed.form, weighed.scored
    return {
        "id": form.id,
        "rulebook": form.rulebook,
        "edition": form.edition,
        "kind": weighed.edition.kind,
        "started_at": instant(form.started_at),
        "submitted_at": instant(form.submitted_at),
        "form_sha256": weighed.sha256,
        "score": plain(scored.total),
        "max": plain(scored.max),
        "applied_score": plain(scored.applied.score),
        "applied_max": plain(scored.applied.max),
        "findings": len(form.found),
        "not_applicable": canonical(form.not_applicable).decode() if form.not_applicable else "[]",
        "inputs": canonical(form.inputs).decode() if form.inputs else "{}",
        "note": form.note,
    }


def _findings(weighed: Weighed, number: int, station: str) -> Iterable[dict[str, object]]:
    for line, (found, points) in enumerate(
        zip(weighed.form.found, weighed.scored.charges, strict=True), start=1
    ):
        yield {
            "number": number * 1000 + line,
            "station": station,
            "severity": weighed.edition.place(found.criterion).severity,
            "criterion": found.criterion,
            "clause": found.clause,
            "occurrences": found.count,
            "points": plain(points),
            "note": found.note,
            "at": found.at,
        }


def evidence_of(form: Submission, number: int) -> Iterable[Values]:
    """Rows of the pictures and videos that a form announces, by its inspection's number."""
    shown_by = {
        evidence: number * 1000 + line
        for line, found in enumerate(form.found, start=1)
        for evidence in found.evidence
    }
    for item in form.evidence:
        yield {
            "id": item.id,
            "inspection": number,
            "finding": shown_by.get(item.id),
            "kind": item.kind,
            "name": item.name,
            "media_type": item.media_type,
            "size": item.size,
            "sha256": item.sha256,
            "taken_at": instant(item.taken_at) if item.taken_at else None,
            "arrived_at": None,
        }


def _receipt(work: Work, inspection: str, known: Received) -> Receipt:
    return Receipt(
        id=inspection,
        number=known.number,
        seq=known.number,
        seal=work.seal_of(known.number),
        at=known.received_at,
        score=known.score,
        max=known.max,
        findings=known.findings,
        evidence_waiting=evidence_waiting(work.connection, known.number),
    )


def _contest(work: Work, weighed: Weighed, known: Received) -> AnswersDiffer:
    """Keep another form beside the first, from whoever could have sent that one, and not for ever.

    Raises:
        Refusal: The sender could not send this form here, or does not see the inspection.
    """
    place_of(work, weighed.form.token, weighed.form.station)
    if not work.directory.sight(work.actor.person).sees(known.station):
        raise IdTaken
    kept = contests_of(work.connection, known.number)
    if weighed.sha256 in kept:
        return AnswersDiffer(known.number)
    if len(kept) >= CONTESTS_KEPT:
        return AnswersDiffer(known.number, kept=False)
    work.insert(
        ContestRow,
        {
            "number": work.next_seq,
            "inspection": known.number,
            "person": work.actor.person,
            "device": work.actor.device,
            "received_at": work.at,
            "form_sha256": weighed.sha256,
            "form": canonical(weighed.form).decode(),
        },
    )
    work.journal("inspection.contested", weighed.form.id, number=known.number)
    return AnswersDiffer(known.number)

"""Taking in a filled-in check list, from a phone or from the console."""

from collections.abc import Iterable
from datetime import timedelta, timezone
from typing import NamedTuple

import msgspec

from domain.canonical import canonical, digest, instant, plain
from domain.organisation import ScanPoint
from domain.presence import Arrival, presence
from domain.procedures.refusals import (
    AnswersDiffer,
    CodeWithdrawn,
    DeviceWithdrawn,
    EditionNotInForce,
    OutOfSight,
    Unfit,
    Unknown,
    UnknownCode,
)
from domain.register.received import Received, arrived, contested_before, evidence_waiting, received
from domain.register.tables import ContestRow, EvidenceRow, FindingRow, InspectionRow
from domain.register.work import Work
from domain.rulebook import Edition, Rulebooks
from domain.scoring import Tally, tally
from domain.submission import PICTURE_BYTES, Receipt, Submission
from domain.text import Text

CHINA = timezone(timedelta(hours=8))
"""A form's day is the day at the station; China keeps one time zone and no summer time."""


class Weighed(msgspec.Struct, frozen=True):
    """A form with its score: everything about it that needs no records."""

    form: Submission
    sha256: str
    edition: Edition
    scored: Tally


def weigh(rulebooks: Rulebooks, form: Submission) -> Weighed:
    """Judge and score a form against its edition; pure, so it is done before the writer's turn.

    Raises:
        EditionNotInForce: Another edition held on the day of the inspection.
        Unfit: A moment out of this world, or evidence that contradicts itself.
        Refusal: An id, count or N/A that the edition does not allow.
    """
    _check_moments(form)
    day = form.started_at.astimezone(CHINA).date()
    edition = rulebooks.in_force(form.rulebook, day)
    if form.edition != edition.edition:
        raise EditionNotInForce(form.edition, edition.edition, day)
    _check_evidence(form)
    scored = tally(edition, form.found, not_applicable=form.not_applicable, inputs=form.inputs)
    return Weighed(form, digest(canonical(form)), edition, scored)


class Taken(NamedTuple):
    """What became of a form; `again` when one with its id had been received before."""

    receipt: Receipt | AnswersDiffer
    again: bool


def submit_inspection(
    work: Work, weighed: Weighed, arrival: Arrival | None = None
) -> Receipt | AnswersDiffer:
    """Store a form with its score and findings and journal it: all or nothing.

    Safe to repeat: phones send again when the network drops, and the same answers get the same
    receipt. Other answers under the same id are kept beside the first and answered with a
    refusal, which is returned, not raised, because it stores something.
    """
    return take_in(work, weighed, arrival).receipt


def take_in(work: Work, weighed: Weighed, arrival: Arrival | None = None) -> Taken:
    """`submit_inspection` for a sender who wants to know whether it was the first time."""
    form = weighed.form
    known = received(work, form.id)
    if known is None:
        return Taken(_store(work, weighed, arrival, _place(work, form)), again=False)
    if known.form_sha256 == weighed.sha256:
        return Taken(_receipt(work, form.id, known), again=True)
    return Taken(_contest(work, weighed, known.number), again=True)


def _check_moments(form: Submission) -> None:
    """A clock may be years off and is only noted; what no calendar here can hold is refused."""
    taken = [item.taken_at for item in form.evidence if item.taken_at]
    for moment in (form.started_at, form.submitted_at, *taken):
        if not 1990 < moment.year < 2200:
            raise Unfit(
                Text(zh=f"时间不合理：{moment.year} 年。", en=f"No such time: year {moment.year}."),
                remedy=Text(
                    zh="请把手机时间调准后重新填写。",
                    en="Set the phone's clock right and fill the form in again.",
                ),
                field="$.started_at",
            )


def _listed_twice() -> Unfit:
    """The refusal of evidence that this form or another one has listed already."""
    return Unfit(
        Text(zh="同一个附件被登记了两次。", en="A picture or video is listed twice."),
        remedy=Text(zh="请删除重复的附件后重发。", en="Remove the double one and send again."),
        field="$.evidence",
    )


def _check_evidence(form: Submission) -> None:
    announced = {item.id for item in form.evidence}
    named = [each for found in form.found for each in found.evidence]
    if len(announced) < len(form.evidence) or len(set(named)) < len(named):
        raise _listed_twice()
    if not announced.issuperset(named):
        raise Unfit(
            Text(
                zh="有问题项引用了未登记的附件。",
                en="A finding names a picture that is not listed.",
            ),
            remedy=Text(zh="请重新添加该附件后重发。", en="Add the picture again and send."),
            field="$.evidence",
        )
    if any(item.kind == "picture" and item.size > PICTURE_BYTES for item in form.evidence):
        raise Unfit(
            Text(zh="图片超过 25 MB。", en="A picture is larger than 25 MB."),
            remedy=Text(zh="请用较低的分辨率重拍。", en="Take it again at a lower resolution."),
            field="$.evidence",
        )


def _place(work: Work, form: Submission) -> tuple[str, ScanPoint | None]:
    """The station a form is about, and the scan point it was filled at."""
    directory, actor = work.directory, work.actor
    if actor.device and directory.devices[actor.device].withdrawn_at:
        raise DeviceWithdrawn
    point = _scanned(work, form.token) if form.token else None
    station = point.station if point else form.station or ""
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


def _store(
    work: Work, weighed: Weighed, arrival: Arrival | None, place: tuple[str, ScanPoint | None]
) -> Receipt:
    if any(arrived(work, item.id) for item in weighed.form.evidence):
        raise _listed_twice()
    form, number, score = weighed.form, work.next_seq, plain(weighed.scored.total)
    station, point = place
    heard = presence(form, arrival, enrolled=work.actor.device is not None)
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
    work.insert(EvidenceRow, *_evidence(form, number))
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


def _evidence(form: Submission, number: int) -> Iterable[dict[str, object]]:
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


def _contest(work: Work, weighed: Weighed, number: int) -> AnswersDiffer:
    if not contested_before(work.connection, number, weighed.sha256):
        work.insert(
            ContestRow,
            {
                "number": work.next_seq,
                "inspection": number,
                "person": work.actor.person,
                "device": work.actor.device,
                "received_at": work.at,
                "form_sha256": weighed.sha256,
                "form": canonical(weighed.form).decode(),
            },
        )
        work.journal("inspection.contested", weighed.form.id, number=number)
    return AnswersDiffer(number)

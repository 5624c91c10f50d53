"""Answers to questions, frozen and named as a person would call the line."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from domain.presence import Presence
from domain.rulebook import Kind, Severity
from domain.text import Text


class FindingFilter(msgspec.Struct, frozen=True):
    """What a list of findings is narrowed to; `place` is any node of the tree."""

    place: str | None = None
    severity: Severity | None = None


class FindingLine(msgspec.Struct, frozen=True):
    """One finding in a list.

    Attributes:
        number: Newest highest; the key that pages go by.
        inspection: Number of the inspection it belongs to.
        points: What it cost before the group's cap.
        at: Where on the recording, `HH:MM:SS`.
        pictures: Pictures and videos announced with it; `pictures_here` have arrived.
    """

    number: int
    inspection: int
    station: str
    station_name: Text
    criterion: str
    text: Text
    severity: Severity
    count: int
    points: Decimal
    note: str
    at: str | None
    received_at: str
    person: str
    kind: Kind
    pictures: int = 0
    pictures_here: int = 0


class InspectionFilter(msgspec.Struct, frozen=True):
    """What a list of inspections is narrowed to."""

    place: str | None = None
    kind: Kind | None = None


class InspectionLine(msgspec.Struct, frozen=True):
    """One inspection in a list; `score` of `max` as the sheet shows it, rounded once."""

    number: int
    id: str
    station: str
    station_name: Text
    rulebook: str
    edition: str
    kind: Kind
    title: Text
    person: str
    via: str
    started_at: str
    submitted_at: str
    received_at: str
    score: Decimal
    max: Decimal
    applied_score: Decimal
    applied_max: Decimal
    findings: int


class EvidenceItem(msgspec.Struct, frozen=True):
    """A picture or video of an inspection; `arrived_at` is None while it is on its way."""

    id: str
    finding: int | None
    kind: Literal["picture", "video"]
    name: str
    media_type: str
    size: int
    sha256: str
    taken_at: str | None
    arrived_at: str | None


class Contest(msgspec.Struct, frozen=True):
    """Another form that came under the same id and was refused; kept as it was sent."""

    number: int
    person: str
    received_at: str
    form: str


class Signature(msgspec.Struct, frozen=True):
    """The station's manager has seen an inspection: the name, when, and what there was to say."""

    person: str
    at: str
    note: str


class InspectionSheet(msgspec.Struct, frozen=True):
    """One inspection whole: enough to recompute its score and to find its journal entry.

    Attributes:
        found: Every finding, in the form's order.
        entered_by: Who entered each of them, by name, where a team did; else empty.
        countersigned: None while it is not.
        inputs: Figures of formula criteria, by criterion id.
        seal: Seal of the journal entry that received it.
    """

    line: InspectionLine
    point_name: Text | None
    device_name: str
    note: str
    presence: Presence
    not_applicable: tuple[str, ...]
    inputs: dict[str, dict[str, str]]
    found: tuple[FindingLine, ...]
    clauses: tuple[int, ...]
    evidence: tuple[EvidenceItem, ...]
    contests: tuple[Contest, ...]
    seal: str
    entered_by: tuple[str, ...] = ()
    countersigned: Signature | None = None


class EntryLine(msgspec.Struct, frozen=True):
    """A journal entry in a list."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    seal: str

"""The tables. Moments are UTC text, points are decimal text, sets are canonical JSON text.

Rows that two nodes may both touch are only ever inserted; the few columns that are filled in
later (a withdrawal, an arrival) go from empty to full once. Names of places, people and points may
be corrected; the journal has every name that was given.
"""

from typing import Any

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, text
from sqlmodel import Field, SQLModel

Number: Any = BigInteger().with_variant(Integer, "sqlite")
"""Whole numbers beyond 32 bits; SQLite keeps its rows in the order of such a key."""
BY_HAND: dict[str, Any] = {"autoincrement": False}
PATROL = "patrol"
"""The kind of what is scanned on patrol: many a day, and apart from other inspections in lists."""


class NodeRow(SQLModel, table=True):
    """This register itself: one row."""

    __tablename__ = "node"

    id: str = Field(primary_key=True)
    name_zh: str
    name_en: str
    created_at: str


class PlaceRow(SQLModel, table=True):
    """Company, unit, area or station; `path` holds the ids from the root."""

    __tablename__ = "place"

    id: str = Field(primary_key=True)
    kind: str
    name_zh: str
    name_en: str
    parent: str | None = None
    path: str
    stars: int = 0


class PersonRow(SQLModel, table=True):
    """Somebody who inspects or is inspected."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    name: str


class RoleRow(SQLModel, table=True):
    """What a person is at a place, from one moment to another."""

    __tablename__ = "role"

    person: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    since: str = Field(primary_key=True)
    until: str | None = None


class ScanPointRow(SQLModel, table=True):
    """A spot at a station that carries a code."""

    __tablename__ = "scan_point"

    id: str = Field(primary_key=True)
    station: str
    kind: str
    name_zh: str
    name_en: str


class CodeRow(SQLModel, table=True):
    """A printed code; reissuing withdraws the one before."""

    __tablename__ = "code"

    token: str = Field(primary_key=True)
    point: str
    issued_at: str
    withdrawn_at: str | None = None


class EnrolmentRow(SQLModel, table=True):
    """A one-time code that ties a phone to a person."""

    __tablename__ = "enrolment"

    code_sha256: str = Field(primary_key=True)
    person: str
    offered_at: str
    expires_at: str
    device: str | None = None


class DeviceRow(SQLModel, table=True):
    """An enrolled phone; only the digest of its key is kept."""

    __tablename__ = "device"

    id: str = Field(primary_key=True)
    person: str
    name: str
    key_sha256: str
    enrolled_at: str
    withdrawn_at: str | None = None


class InspectionRow(SQLModel, table=True):
    """A received form with its score. `number` is the journal number that received it."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index("inspection_of_station", "station", "number"),
        Index(
            "inspection_but_patrol",
            "number",
            sqlite_where=text(f"kind != '{PATROL}'"),
            postgresql_where=text(f"kind != '{PATROL}'"),
        ),
        Index("inspection_of_rulebook", "rulebook", "submitted_at", "person", "station"),
    )

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    id: str = Field(unique=True)
    rulebook: str
    edition: str
    kind: str
    station: str
    point: str | None = None
    person: str | None = None
    device: str | None = None
    via: str
    started_at: str
    submitted_at: str
    received_at: str
    form_sha256: str
    score: str
    max: str
    applied_score: str
    applied_max: str
    findings: int
    not_applicable: str
    inputs: str
    note: str
    presence: str


class FindingRow(SQLModel, table=True):
    """One thing found. `number` is the inspection's number x 1000 + its line, newest highest."""

    __tablename__ = "finding"
    __table_args__ = (
        Index("finding_of_station", "station", "number"),
        Index("finding_of_severity", "severity", "number"),
    )

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    station: str
    severity: str
    criterion: str
    clause: int
    occurrences: int
    points: str
    note: str
    at: str | None = None


class EvidenceRow(SQLModel, table=True):
    """A picture or video that a form announced; `arrived_at` is filled when its bytes are here."""

    __tablename__ = "evidence"

    id: str = Field(primary_key=True)
    inspection: int = Field(index=True, sa_type=Number)
    finding: int | None = Field(default=None, sa_type=Number)
    kind: str
    name: str
    media_type: str
    size: int
    sha256: str = Field(index=True)
    taken_at: str | None = None
    arrived_at: str | None = None


class ContestRow(SQLModel, table=True):
    """A form that came under the id of another: refused, and kept for the manager to see."""

    __tablename__ = "contest"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    inspection: int = Field(sa_type=Number)
    person: str | None = None
    device: str | None = None
    received_at: str
    form_sha256: str
    form: str


class TeamRow(SQLModel, table=True):
    """A team inspection as it was opened; it is closed once an inspection has its id."""

    __tablename__ = "team"
    __table_args__ = (Index("team_of_station", "station", "number"),)

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    id: str = Field(unique=True)
    rulebook: str
    edition: str
    station: str
    point: str | None = None
    leader: str | None = None
    device: str | None = None
    opened_at: str


class TeamStepRow(SQLModel, table=True):
    """What a member did. `number` is the journal's number x 1000 + its place in what was sent."""

    __tablename__ = "team_step"
    __table_args__ = (Index("team_step_of_team", "team", "number"),)

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    id: str = Field(unique=True)
    team: str
    person: str | None = None
    device: str | None = None
    at: str
    step: str


class CountersignatureRow(SQLModel, table=True):
    """The station manager has seen an inspection; `note` is what the manager has to say."""

    __tablename__ = "countersignature"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    inspection: int = Field(unique=True, sa_type=Number)
    person: str
    device: str | None = None
    at: str
    note: str


class ExcuseRow(SQLModel, table=True):
    """A superior let a duty pass; several may have, the first one holds."""

    __tablename__ = "excuse"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    duty: str = Field(index=True)
    due: str = Field(index=True)
    person: str
    device: str | None = None
    at: str
    reason: str


class JournalRow(SQLModel, table=True):
    """An entry's header and seal."""

    __tablename__ = "journal"

    seq: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    node: str
    at: str
    actor: str
    action: str
    subject: str
    body_sha256: str
    prev: str
    seal: str


class JournalBodyRow(SQLModel, table=True):
    """An entry's body, exactly as it was hashed; retention may remove it."""

    __tablename__ = "journal_body"

    seq: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    body: bytes = Field(sa_type=LargeBinary)


DIRECTORY_TABLES = frozenset({"place", "person", "role", "scan_point", "code", "device"})
"""Tables that the directory is a snapshot of."""

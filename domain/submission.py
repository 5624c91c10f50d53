"""The form that a phone or console sends: its wire shape and its limits.

The types refuse a wrong shape with the place of the slip; what the values mean is judged by the
procedure `submit_inspection`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

# A pattern's `$` lets a final line break pass; the length, or what may not follow, does not.
Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", max_length=36)]
"""A UUID in lower case, made by the sender; time-ordered ones (version 7) keep indexes small."""
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", max_length=64)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Note = Annotated[str, Meta(max_length=2000)]
Moment = Annotated[datetime, Meta(tz=True)]
Known = Annotated[int, Meta(ge=1, le=2**53)]
"""Number of a receipt."""
ProofText = Annotated[str, Meta(max_length=80)]

MEDIA_TYPE = r"^(image|video)/[a-z0-9.+-]{1,60}$(?!\n)"
PICTURE_BYTES = 25_000_000
VIDEO_BYTES = 500_000_000
FINDINGS = 999
EVIDENCE = 40


class Found(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of a form: a criterion that was not met, and how often.

    Attributes:
        clause: Which of the criterion's deductions, counted from 0.
        count: Occurrences, in the clause's counting unit.
        at: Where on a recording it is seen, `HH:MM:SS`.
        evidence: Ids of pictures and videos listed in the form.
    """

    criterion: Name
    clause: Annotated[int, Meta(ge=0, le=99)] = 0
    count: Annotated[int, Meta(ge=1, le=999)] = 1
    note: Note = ""
    at: Annotated[str, Meta(pattern=r"^[0-9]{2}:[0-5][0-9]:[0-5][0-9]$", max_length=8)] | None = (
        None
    )
    evidence: Annotated[tuple[Id, ...], Meta(max_length=EVIDENCE)] = ()


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A picture or video that follows the form: what will come, bound by its digest."""

    id: Id
    kind: Literal["picture", "video"]
    name: Name
    media_type: Annotated[str, Meta(pattern=MEDIA_TYPE, max_length=66)]
    size: Annotated[int, Meta(ge=1, le=VIDEO_BYTES)]
    sha256: Sha256
    taken_at: Moment | None = None


class FormulaInput(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Figures for a formula criterion: decimals as text, rates in percent."""

    of: Annotated[str, Meta(max_length=40)]
    against: Annotated[str, Meta(max_length=40)] | None = None


class Submission(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A filled-in check list.

    Attributes:
        token: Code of the scan point where it was filled, by phone.
        station: The station, for an inspection entered at a console.
        page: Mark that the phone's page made for itself when it first ran there.
        after: Number of the receipt that this page got last.
        proof: What the receiver gave this phone for scanning the console's changing code.
    """

    id: Id
    rulebook: Name
    edition: Name
    started_at: Moment
    submitted_at: Moment
    token: Annotated[str, Meta(max_length=64)] | None = None
    station: Annotated[str, Meta(max_length=64)] | None = None
    found: Annotated[tuple[Found, ...], Meta(max_length=FINDINGS)] = ()
    not_applicable: Annotated[tuple[Name, ...], Meta(max_length=400)] = ()
    inputs: dict[str, FormulaInput] = {}
    evidence: Annotated[tuple[Evidence, ...], Meta(max_length=EVIDENCE)] = ()
    note: Note = ""
    page: Id | None = None
    after: Known | None = None
    proof: ProofText | None = None


class Receipt(msgspec.Struct, frozen=True):
    """What the sender keeps: proof that the form is stored and where.

    Attributes:
        number: Number of the inspection, the same as `seq`.
        seal: Seal of the journal entry, to compare with the journal later.
        evidence_waiting: Ids of pictures and videos that have not arrived.
    """

    id: str
    number: int
    seq: int
    seal: str
    at: str
    score: str
    max: str
    findings: int
    evidence_waiting: tuple[str, ...] = ()

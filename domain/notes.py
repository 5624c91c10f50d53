"""What people write into the electronic log: notes, hand-overs of a shift, and taking one over.

The types refuse a wrong shape with the place of the slip, as those of forms do. Nothing is ever
edited: a correction is a new note that names the one it corrects.

Source: facts W4, W12.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from domain.organisation import RoleName
from domain.submission import Id, Moment

NOTE_LENGTH = 2000
LINES = 20
"""Open matters, or readings, of one hand-over at most."""
LINE_LENGTH = 200

NoteKind = Literal["note", "handover"]
NoteText = Annotated[str, Meta(min_length=1, max_length=NOTE_LENGTH)]
Remark = Annotated[str, Meta(max_length=NOTE_LENGTH)]
Named = Annotated[str, Meta(min_length=1, max_length=64)]
Line = Annotated[str, Meta(min_length=1, max_length=LINE_LENGTH)]
Lines = Annotated[tuple[Line, ...], Meta(max_length=LINES)]


class NewNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A note of the shift, or the hand-over of one to a person or to whoever holds a post.

    Attributes:
        written_at: When, by the clock of whoever wrote it; it counts no later than it came in.
        to_person: Who takes over; of `to_person` and `to_post` a hand-over names one.
        matters: What is left to be done, a line each.
        readings: What was counted or read: cash, keys, stock, dips; a line each.
        about: Id of the note that this one corrects.
    """

    id: Id
    station: Named
    written_at: Moment
    text: NoteText
    kind: NoteKind = "note"
    to_person: Named | None = None
    to_post: RoleName | None = None
    matters: Lines = ()
    readings: Lines = ()
    about: Id | None = None


class NewAcceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody takes a shift over; `remark` is what there is to say to it."""

    id: Id
    written_at: Moment
    remark: Remark = ""


class NoteReceipt(msgspec.Struct, frozen=True):
    """What the sender keeps; `number` is the journal number, `at` when it came in (UTC)."""

    id: str
    number: int
    seal: str
    at: str

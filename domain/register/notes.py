"""Reads what people wrote into the electronic log: notes, hand-overs, and who took over."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row, Select, select
from sqlalchemy.engine import Connection

from domain.canonical import moment
from domain.duty_views import POSTS
from domain.notes import NoteKind
from domain.organisation import Directory, RoleName
from domain.register.log_tables import ShiftAcceptanceRow, ShiftNoteRow
from domain.register.work import table_of
from domain.station_log import Handover, LogLine, came_late, handover_says
from domain.text import Text, same

NOTE = table_of(ShiftNoteRow)
ACCEPTANCE = table_of(ShiftAcceptanceRow)
WAITING = 50
"""Hand-overs that wait for one person, listed at most; the newest."""
_lines = msgspec.json.Decoder(tuple[str, ...])


class Accepted(NamedTuple):
    """A shift was taken over: under which id, by whom, when (UTC), and what was said to it."""

    number: int
    id: str
    sha256: str
    handover: str
    person: str
    at: str
    received_at: str
    remark: str


class Note(NamedTuple):
    """A note or hand-over as it is kept; moments are UTC text.

    Attributes:
        at: When it counts: as written, but never later than it came in.
        accepted: Who took the shift over, once somebody has.
    """

    number: int
    id: str
    sha256: str
    station: str
    kind: NoteKind
    person: str | None
    at: str
    received_at: str
    text: str
    to_person: str | None
    to_post: RoleName | None
    matters: tuple[str, ...]
    readings: tuple[str, ...]
    about: str | None
    accepted: Accepted | None = None


_accepted = tuple(ACCEPTANCE.c[name].label(f"by_{name}") for name in Accepted._fields)
_named = tuple(NOTE.c[name] for name in Note._fields[:-1])


def _asked() -> Select[Any]:
    joined = NOTE.outerjoin(ACCEPTANCE, ACCEPTANCE.c.handover == NOTE.c.id)
    return select(*_named, *_accepted).select_from(joined)


def note_of(connection: Connection, note: str) -> Note | None:
    """The note with this id."""
    row = connection.execute(_asked().where(NOTE.c.id == note)).first()
    return _note(row) if row else None


def acceptance_of(connection: Connection, acceptance: str) -> Accepted | None:
    """The acceptance with this id."""
    asked = select(*(ACCEPTANCE.c[name] for name in Accepted._fields))
    row = connection.execute(asked.where(ACCEPTANCE.c.id == acceptance)).first()
    return Accepted(*row) if row else None


def notes_between(
    connection: Connection, begin: str, end: str, stations: Collection[str] | None
) -> list[Note]:
    """Notes of some stations (None for all) that count between two moments, the newest first."""
    asked = _asked().where(NOTE.c.at >= begin, NOTE.c.at < end)
    if stations is not None:
        asked = asked.where(NOTE.c.station.in_(stations))
    found = connection.execute(asked.order_by(NOTE.c.at.desc(), NOTE.c.number.desc()))
    return [_note(row) for row in found]


def waiting_for(connection: Connection, directory: Directory, person: str) -> list[Note]:
    """Hand-overs that nobody has taken over yet and this person may, the newest first."""
    stations = directory.sight(person).stations
    asked = _asked().where(
        NOTE.c.kind == "handover", ACCEPTANCE.c.id.is_(None), NOTE.c.station.in_(stations)
    )
    found = connection.execute(asked.order_by(NOTE.c.number.desc()))
    mine = (one for one in map(_note, found) if may_take_over(directory, one, person))
    return [one for one, _ in zip(mine, range(WAITING), strict=False)]


def may_take_over(directory: Directory, note: Note, person: str) -> bool:
    """Whether a hand-over is meant for this person; nobody takes over from himself."""
    if person == note.person:
        return False
    return person == note.to_person or holds_post(directory, person, note.to_post, note.station)


def holds_post(directory: Directory, person: str, post: RoleName | None, station: str) -> bool:
    """Whether a person holds a post at a station or above it."""
    known, place = directory.people.get(person), directory.places.get(station)
    if post is None or known is None or place is None:
        return False
    return any(role.name == post and f"/{role.place}/" in place.path for role in known.roles)


def note_line(directory: Directory, note: Note) -> LogLine:
    """A note or hand-over as a line of the log."""
    at, handover = moment(note.at), _handover(directory, note)
    correction = Text(zh="更正", en="Correction")
    titles = {"note": Text(zh="值班记录", en="Note"), "handover": Text(zh="交班", en="Hand-over")}
    taken = note.accepted
    persons = (note.person, note.to_person, taken.person if taken else None)
    return LogLine(
        kind=note.kind,
        at=at,
        station=note.station,
        station_name=directory.station_name(note.station),
        title=correction if note.about else titles[note.kind],
        person=directory.person_name(note.person),
        persons=tuple(dict.fromkeys(filter(None, persons))),
        says=handover_says(note.text, handover) if handover else same(note.text),
        number=note.number,
        note=note.id,
        about=note.about,
        received_at=came_late(at, moment(note.received_at)),
        handover=handover,
    )


def _handover(directory: Directory, note: Note) -> Handover | None:
    if note.kind != "handover":
        return None
    taken = note.accepted
    to = POSTS[note.to_post] if note.to_post else same(directory.person_name(note.to_person))
    return Handover(
        to=to,
        matters=note.matters,
        readings=note.readings,
        accepted_by=directory.person_name(taken.person) if taken else "",
        accepted_at=moment(taken.at) if taken else None,
        remark=taken.remark if taken else "",
    )


def _note(row: Row[Any]) -> Note:
    own, taken = row[: len(_named)], row[len(_named) :]
    note = Note(*own)
    return note._replace(
        matters=_lines.decode(row.matters),
        readings=_lines.decode(row.readings),
        accepted=Accepted(*taken) if row.by_id else None,
    )

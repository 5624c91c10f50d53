"""Writing into the electronic log: a note, the hand-over of a shift, taking one over.

Nothing is ever edited or removed. All three are safe to repeat by the id that the sender made: the
same content gets the same receipt, another content under that id is refused.
"""

from __future__ import annotations

from datetime import datetime

from domain.canonical import canonical, digest, instant
from domain.duty_views import POSTS
from domain.notes import NewAcceptance, NewNote, NoteReceipt
from domain.procedures.log_refusals import (
    NamelessHandover,
    NoSuccessor,
    NoteDiffers,
    NotTheSuccessor,
    OwnHandover,
    TakenOver,
)
from domain.procedures.refusals import Unfit, Unknown
from domain.procedures.submission import place_of
from domain.register.log_tables import ShiftAcceptanceRow, ShiftNoteRow
from domain.register.notes import Note, acceptance_of, may_take_over, note_of
from domain.register.work import Work
from domain.storable import is_storable
from domain.text import Text, same

NOTE = Text(zh="日志记录", en="note")
HANDOVER = Text(zh="交班记录", en="hand-over")


def write_note(work: Work, note: NewNote) -> NoteReceipt:
    """Put a note or a hand-over into the log of a station. Safe to repeat.

    Raises:
        DeviceWithdrawn, Unknown, OutOfSight: The phone or the station.
        NoteDiffers: Something else, or from somebody else, has the id.
        NamelessHandover: A hand-over at a console where nobody said who that is.
        OwnHandover, NoSuccessor: To oneself, or to somebody who has no post there.
        Unfit, Unknown: Its texts, its time, whom it is for, or what it corrects.
    """
    station, _ = place_of(work, None, note.station)
    sha256 = digest(canonical(note))
    known = note_of(work.connection, note.id)
    if known is not None:
        if (known.sha256, known.person) != (sha256, work.actor.person):
            raise NoteDiffers
        return NoteReceipt(note.id, known.number, work.seal_of(known.number), known.received_at)
    _check_texts(note.text, *note.matters, *note.readings)
    _check_moment(note.written_at)
    _check_kind(work, note, station)
    number = work.next_seq
    row = {
        "number": number,
        "id": note.id,
        "sha256": sha256,
        "station": station,
        "kind": note.kind,
        **_by_whom_and_when(work, note.written_at),
        "text": note.text.strip(),
        "to_person": note.to_person,
        "to_post": note.to_post,
        "matters": canonical(note.matters).decode(),
        "readings": canonical(note.readings).decode(),
        "about": note.about,
    }
    work.insert(ShiftNoteRow, row)
    action = "note.written" if note.kind == "note" else "shift.handed_over"
    entry = work.journal(action, note.id, station=station)
    return NoteReceipt(note.id, number, entry.seal, work.at)


def accept_shift(work: Work, handover: str, acceptance: NewAcceptance) -> NoteReceipt:
    """Take over a shift that was handed over. Safe to repeat.

    Raises:
        Unknown: There is no such hand-over in the sender's sight.
        NoteDiffers: Something else has the id.
        NamelessHandover: At a console where nobody said who that is.
        OwnHandover: By whoever handed it over.
        NotTheSuccessor: It was handed over to somebody else.
        TakenOver: Somebody, or the sender under another id, has taken it over.
        Unfit: The remark, or its time.
    """
    note = _handover(work, handover)
    person = work.actor.person
    sha256 = digest(canonical((handover, acceptance)))
    known = acceptance_of(work.connection, acceptance.id)
    if known is not None:
        if (known.sha256, known.person) != (sha256, person):
            raise NoteDiffers
        seal = work.seal_of(known.number)
        return NoteReceipt(known.id, known.number, seal, known.received_at)
    _check_successor(work, note)
    _check_texts(acceptance.remark, needed=False)
    _check_moment(acceptance.written_at)
    number = work.next_seq
    row = {
        "number": number,
        "id": acceptance.id,
        "sha256": sha256,
        "handover": handover,
        **_by_whom_and_when(work, acceptance.written_at),
        "remark": acceptance.remark.strip(),
    }
    work.insert(ShiftAcceptanceRow, row)
    entry = work.journal("shift.accepted", handover, station=note.station)
    return NoteReceipt(acceptance.id, number, entry.seal, work.at)


def _handover(work: Work, named: str) -> Note:
    note = note_of(work.connection, named)
    sight = work.directory.sight(work.actor.person)
    if note is None or note.kind != "handover" or not sight.sees(note.station):
        raise Unknown(HANDOVER, named)
    place_of(work, None, note.station)
    return note


def _check_successor(work: Work, note: Note) -> None:
    """It is for the sender, who did not hand it over, and nobody has taken it over yet."""
    person = work.actor.person
    if person is None:
        raise NamelessHandover
    if person == note.person:
        raise OwnHandover
    if not may_take_over(work.directory, note, person):
        post = POSTS[note.to_post] if note.to_post else None
        raise NotTheSuccessor(post or same(work.directory.person_name(note.to_person)))
    if note.accepted:
        raise TakenOver(work.directory.person_name(note.accepted.person))


def _check_kind(work: Work, note: NewNote, station: str) -> None:
    """A hand-over names who takes over, a note nobody; what is corrected is of this station."""
    if note.about is not None:
        old = note_of(work.connection, note.about)
        if old is None or old.station != station:
            raise Unknown(NOTE, note.about)
    if note.kind == "handover":
        _check_handover(work, note, station)
    elif note.to_person or note.to_post or note.matters or note.readings:
        raise _for_somebody("$.kind")


def _check_handover(work: Work, note: NewNote, station: str) -> None:
    directory, successor = work.directory, note.to_person
    if work.actor.person is None:
        raise NamelessHandover
    if (successor is None) == (note.to_post is None):
        raise _for_somebody("$.to_person")
    if successor is None:
        return
    if successor == work.actor.person:
        raise OwnHandover
    if successor not in directory.people:
        raise Unknown(Text(zh="人员", en="person"), successor)
    if not directory.sight(successor).sees(station):
        raise NoSuccessor(directory.person_name(successor), directory.station_name(station))


def _for_somebody(field: str) -> Unfit:
    return Unfit(
        Text(
            zh="交班要写明交给谁（一个人或一个岗位）；普通记录不写。",
            en="A hand-over names one person or one post; a note names nobody.",
        ),
        remedy=Text(
            zh="请选择接班人或接班岗位后重试。", en="Choose who takes over, then try again."
        ),
        field=field,
    )


def _by_whom_and_when(work: Work, written_at: datetime) -> dict[str, object]:
    """The columns that say who did it and when it counts: never later than it came in."""
    written = instant(written_at)
    return {
        "person": work.actor.person,
        "device": work.actor.device,
        "at": min(written, work.at),
        "written_at": written,
        "received_at": work.at,
    }


def _check_texts(*texts: str, needed: bool = True) -> None:
    if needed and not all(map(str.strip, texts)):
        raise Unfit(
            Text(zh="没有写内容。", en="There is nothing written."),
            remedy=Text(zh="请写好后再提交。", en="Write something, then send it."),
            field="$.text",
        )
    if not all(map(is_storable, texts)):
        raise Unfit(
            Text(zh="文字中有无法保存的字符。", en="The text holds a character of no script."),
            remedy=Text(
                zh="请删除从别处粘贴的特殊字符后重试。",
                en="Delete what was pasted from elsewhere and try again.",
            ),
            field="$.text",
        )


def _check_moment(moment: datetime) -> None:
    """A clock may be years off and is only noted; what no calendar here can hold is refused."""
    if not 1990 < moment.year < 2200:
        raise Unfit(
            Text(zh=f"时间不合理：{moment.year} 年。", en=f"No such time: year {moment.year}."),
            remedy=Text(
                zh="请把手机时间调准后重写。", en="Set the phone's clock right and write it again."
            ),
            field="$.written_at",
        )

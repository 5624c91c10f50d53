"""Writing into the electronic log: notes, hand-overs, taking over; again, late, by the wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.journal import first_broken
from domain.notes import NewAcceptance, NewNote, NoteReceipt
from domain.organisation import Actor, Role
from domain.procedures.enrolment import withdraw_device
from domain.procedures.log import accept_shift, write_note
from domain.procedures.log_refusals import (
    NamelessHandover,
    NoSuccessor,
    NoteDiffers,
    NotTheSuccessor,
    OwnHandover,
    TakenOver,
)
from domain.procedures.organisation import add_person
from domain.procedures.refusals import DeviceWithdrawn, OutOfSight, Unfit, Unknown
from domain.refusals import Refusal
from domain.register.journal_table import entries
from domain.register.matching import first_row_changed
from domain.register.notes import note_of, waiting_for
from tests.things import CONSOLE, Chain, new_id

CLERK = Actor("console", "p-chen")
NEIGHBOUR = Actor("console", "p-zhao")


@pytest.fixture
def staffed(chain: Chain) -> Chain:
    """The small chain with two clerks at the first station."""
    for person, name in (("p-chen", "陈静"), ("p-sun", "孙浩")):
        role = Role("staff", "s1")
        chain.register.carry_out(add_person, person, name, (role,), by=CONSOLE)
    return chain


def a_note(chain: Chain, **changes: Any) -> NewNote:
    values: dict[str, Any] = {
        "id": new_id(),
        "station": "s1",
        "written_at": chain.clock.now,
        "text": "3号枪跳枪，已停用并报修。",
    }
    return NewNote(**values | changes)


def a_handover(chain: Chain, **changes: Any) -> NewNote:
    values: dict[str, Any] = {
        "kind": "handover",
        "text": "中班交夜班，一切正常。",
        "to_person": "p-chen",
        "matters": ("3号枪待修",),
        "readings": ("备用金 2000 元", "钥匙 6 把"),
    }
    return a_note(chain, **values | changes)


def write(chain: Chain, note: NewNote, by: Actor | None = None) -> NoteReceipt:
    receipt: NoteReceipt = chain.register.carry_out(write_note, note, by=by or chain.by_phone)
    return receipt


def accept(chain: Chain, note: NewNote, by: Actor, **changes: Any) -> NoteReceipt:
    values: dict[str, Any] = {"id": new_id(), "written_at": chain.clock.now}
    taken = NewAcceptance(**values | changes)
    receipt: NoteReceipt = chain.register.carry_out(accept_shift, note.id, taken, by=by)
    return receipt


def test_a_note_is_kept_and_the_journal_covers_it(chain: Chain) -> None:
    note = a_note(chain)

    receipt = write(chain, note)

    with chain.register.read() as connection:
        kept = note_of(connection, note.id)
        every = list(entries(connection))
        assert first_row_changed(connection) is None
    assert kept is not None
    assert (kept.person, kept.text, kept.number) == ("p-wang", note.text, receipt.number)
    assert first_broken(every) is None
    assert every[-1].header.action == "note.written"
    assert every[-1].seal == receipt.seal


def test_the_same_note_again_gets_the_same_receipt_and_writes_nothing(chain: Chain) -> None:
    note = a_note(chain)
    first = write(chain, note)
    seq = chain.register.journal_seq
    chain.clock.forward(minutes=9)

    assert write(chain, note) == first
    assert chain.register.journal_seq == seq


def test_another_text_under_a_known_id_is_refused(chain: Chain) -> None:
    note = a_note(chain)
    write(chain, note)

    with pytest.raises(NoteDiffers):
        write(chain, a_note(chain, id=note.id, text="没有这回事"))


def test_nobody_sends_a_note_of_somebody_else_again(staffed: Chain) -> None:
    note = a_note(staffed)
    write(staffed, note)

    with pytest.raises(NoteDiffers):
        write(staffed, note, CLERK)


def test_a_note_counts_when_it_was_written_but_never_later_than_it_came(chain: Chain) -> None:
    now = chain.clock.now
    early = a_note(chain, written_at=now - timedelta(hours=3))
    late = a_note(chain, written_at=now + timedelta(hours=3))
    write(chain, early)
    write(chain, late)

    with chain.register.read() as connection:
        counted = [note_of(connection, one.id) for one in (early, late)]
    assert [one.at for one in counted if one] == [
        "2026-11-20T01:00:00.000000Z",
        "2026-11-20T04:00:00.000000Z",
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"station": "s2"}, OutOfSight),
        ({"station": "nowhere"}, Unknown),
        ({"station": "a1"}, Unknown),
        ({"text": " \n "}, Unfit),
        ({"text": "a\0b"}, Unfit),
        ({"matters": ("待修",)}, Unfit),
        ({"to_person": "p-li"}, Unfit),
        ({"about": "00000000-0000-7000-8000-000000000000"}, Unknown),
        ({"written_at": datetime(1, 1, 2, tzinfo=UTC)}, Unfit),
        ({"kind": "handover"}, Unfit),
        ({"kind": "handover", "to_person": "p-li", "to_post": "staff"}, Unfit),
        ({"kind": "handover", "to_person": "p-wang"}, OwnHandover),
        ({"kind": "handover", "to_person": "nobody"}, Unknown),
        ({"kind": "handover", "to_person": "p-zhao"}, NoSuccessor),
    ],
)
def test_what_does_not_belong_into_the_log_is_declined(
    chain: Chain, changes: dict[str, Any], refusal: type[Refusal]
) -> None:
    seq = chain.register.journal_seq

    with pytest.raises(refusal):
        write(chain, a_note(chain, **changes))

    assert chain.register.journal_seq == seq


def test_a_withdrawn_phone_writes_nothing(chain: Chain) -> None:
    chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)

    with pytest.raises(DeviceWithdrawn):
        write(chain, a_note(chain))


def test_a_correction_is_a_note_of_its_own(chain: Chain) -> None:
    wrong = a_note(chain)
    write(chain, wrong)
    right = a_note(chain, about=wrong.id, text="是5号枪，不是3号枪。")
    write(chain, right)

    with chain.register.read() as connection:
        kept = note_of(connection, wrong.id), note_of(connection, right.id)
    assert kept[0]
    assert kept[1]
    assert (kept[0].text, kept[1].about) == (wrong.text, wrong.id)


def test_a_note_of_another_station_cannot_be_corrected_here(chain: Chain) -> None:
    there = a_note(chain, station="s2")
    write(chain, there, NEIGHBOUR)

    with pytest.raises(Unknown):
        write(chain, a_note(chain, about=there.id))


def test_the_successor_takes_a_shift_over(staffed: Chain) -> None:
    note = a_handover(staffed)
    write(staffed, note)
    directory = staffed.register.directory
    with staffed.register.read() as connection:
        waiting = waiting_for(connection, directory, "p-chen")
    staffed.clock.forward(minutes=5)

    accept(staffed, note, CLERK, remark="钥匙已点清")

    with staffed.register.read() as connection:
        kept = note_of(connection, note.id)
        assert waiting_for(connection, directory, "p-chen") == []
        assert first_row_changed(connection) is None
    assert [one.id for one in waiting] == [note.id]
    assert kept is not None
    assert kept.accepted is not None
    assert (kept.accepted.person, kept.accepted.remark) == ("p-chen", "钥匙已点清")


def test_taking_over_again_is_harmless(staffed: Chain) -> None:
    note = a_handover(staffed)
    taken: dict[str, Any] = {"id": new_id(), "written_at": staffed.clock.now}
    write(staffed, note)
    first = accept(staffed, note, CLERK, **taken)
    staffed.clock.forward(hours=1)

    assert accept(staffed, note, CLERK, **taken) == first
    with pytest.raises(NoteDiffers):
        accept(staffed, note, CLERK, **taken, remark="少一把钥匙")
    with pytest.raises(TakenOver):
        accept(staffed, note, CLERK)


def test_nobody_takes_over_from_himself(staffed: Chain) -> None:
    to_all = a_handover(staffed, to_person=None, to_post="station_manager")
    write(staffed, to_all)

    with pytest.raises(OwnHandover):
        accept(staffed, to_all, staffed.by_phone)


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (Actor("console", "p-sun"), NotTheSuccessor),
        (Actor("console", "p-li"), NotTheSuccessor),
        (NEIGHBOUR, Unknown),
        (CONSOLE, NamelessHandover),
    ],
    ids=["a colleague", "the area manager", "the neighbour", "nobody"],
)
def test_only_the_successor_takes_over(staffed: Chain, by: Actor, refusal: type[Refusal]) -> None:
    note = a_handover(staffed)
    write(staffed, note)

    with pytest.raises(refusal):
        accept(staffed, note, by)


def test_a_shift_handed_to_a_post_is_taken_over_by_whoever_holds_it_first(staffed: Chain) -> None:
    note = a_handover(staffed, to_person=None, to_post="staff")
    write(staffed, note)
    accept(staffed, note, Actor("console", "p-sun"))

    with pytest.raises(TakenOver):
        accept(staffed, note, CLERK)


def test_an_acceptance_before_its_hand_over_is_declined_and_can_come_again(staffed: Chain) -> None:
    note = a_handover(staffed)
    taken: dict[str, Any] = {"id": new_id(), "written_at": staffed.clock.now}
    with pytest.raises(Unknown):
        accept(staffed, note, CLERK, **taken)

    write(staffed, note)

    assert accept(staffed, note, CLERK, **taken).id == taken["id"]


def test_a_note_cannot_be_taken_over(staffed: Chain) -> None:
    note = a_note(staffed)
    write(staffed, note)

    with pytest.raises(Unknown):
        accept(staffed, note, CLERK)


def test_at_a_console_without_a_name_there_are_notes_but_no_hand_overs(staffed: Chain) -> None:
    write(staffed, a_note(staffed), CONSOLE)

    with pytest.raises(NamelessHandover):
        write(staffed, a_handover(staffed), CONSOLE)

"""Saying what a submission was that was worth a look."""

from __future__ import annotations

from domain.looks import VERDICTS, Look, Verdict, who_may_look
from domain.procedures.refusals import Unfit, Unknown
from domain.refusals import Refusal
from domain.register.looks import newest_looks, sender_of
from domain.register.tables import LookRow
from domain.register.work import Work
from domain.storable import is_one_line
from domain.text import Text

LONGEST_NOTE = 500


class MayNotLook(Refusal):
    """Whoever says what it was leads the station or a place above, and did not send it."""

    code = "may-not-look"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="是否属实，由该站或上级的管理人员以本人名义认定，且不能认定自己提交的。",
                en="Who leads the station, or a place above, says what it was, by name, and "
                "nobody of what they sent themselves.",
            ),
            remedy=Text(
                zh="请换一位管理人员查看并认定。",
                en="Have somebody else who leads there look at it.",
            ),
        )


def look_over(work: Work, inspection: int, verdict: Verdict, note: str = "") -> Look:
    """Note who looked and what it was. Looking again adds another; the newest holds.

    Args:
        note: One line; a doubt needs one.

    Raises:
        Unknown: There is no such inspection in the sender's sight.
        MayNotLook: The sender does not lead there, has no name, or sent it.
        Unfit: The note is too long or more than one line, or a doubt has none.
    """
    known = sender_of(work.connection, inspection)
    person = work.actor.person
    if known is None or not work.directory.sight(person).sees(known.station):
        raise Unknown(Text(zh="检查", en="inspection"), str(inspection))
    if person is None or person not in who_may_look(work.directory, known.station, known.person):
        raise MayNotLook
    look = Look(inspection, person, work.at, verdict, _tidy(note, verdict))
    before = newest_looks(work.connection, [inspection]).get(inspection)
    if before and before._replace(at=look.at) == look:
        return before
    work.insert(LookRow, look._asdict() | {"number": work.next_seq, "device": work.actor.device})
    work.journal("presence.looked_at", known.id, number=inspection, verdict=verdict, note=look.note)
    return look


def _tidy(note: str, verdict: Verdict) -> str:
    note = note.strip()
    if len(note) <= LONGEST_NOTE and is_one_line(note) and (note or verdict == "in_order"):
        return note
    said = VERDICTS["doubtful"]
    raise Unfit(
        Text(
            zh=f"说明限一行、{LONGEST_NOTE} 字以内；认定“{said.zh}”时必须写明原因。",
            en=f"A note is one line of at most {LONGEST_NOTE} characters; «{said.en}» needs one.",
        ),
        remedy=Text(zh="请填写或改短后重试。", en="Write or shorten it and try again."),
        field="$.note",
    )

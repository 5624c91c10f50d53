"""Saying what a submission was that was worth a look."""

from __future__ import annotations

from collections.abc import Sequence

from domain.looks import MOST, VERDICTS, Look, Verdict, who_may_look
from domain.procedures.refusals import Unfit, Unknown
from domain.refusals import Refusal
from domain.register.look_tables import LookRow
from domain.register.looks import newest_looks, sender_of
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


def look_over(
    work: Work, inspections: Sequence[int], verdict: Verdict, note: str = ""
) -> tuple[Look, ...]:
    """Note who looked and what it was. Looking again adds another look; the newest holds.

    Args:
        inspections: What was sent on one visit, and is looked at together.
        note: One line; a doubt needs one.

    Raises:
        Unknown: One of them is no inspection in the sender's sight.
        MayNotLook: The sender does not lead there, has no name, or sent one of them.
        Unfit: None or too many are named, the note is no line, or a doubt has none.
    """
    if not 0 < len(inspections) <= MOST:
        raise _not_so_many()
    note = _tidy(note, verdict)
    before = newest_looks(work.connection, inspections)
    made = tuple(_look(work, one, verdict, note) for one in dict.fromkeys(inspections))
    if all(one.inspection in before and _same(before[one.inspection], one) for one in made):
        return tuple(before[one.inspection] for one in made)
    for place, one in enumerate(made):
        number = work.next_seq * 1000 + place
        work.insert(LookRow, one._asdict() | {"number": number, "device": work.actor.device})
    work.journal(
        "presence.looked_at",
        str(made[0].inspection),
        inspections=[one.inspection for one in made],
        verdict=verdict,
        note=note,
    )
    return made


def _look(work: Work, inspection: int, verdict: Verdict, note: str) -> Look:
    known = sender_of(work.connection, inspection)
    person = work.actor.person
    if known is None or not work.directory.sight(person).sees(known.station):
        raise Unknown(Text(zh="检查", en="inspection"), str(inspection))
    if person is None or person not in who_may_look(work.directory, known.station, known.person):
        raise MayNotLook
    return Look(inspection, person, work.at, verdict, note)


def _same(before: Look, now: Look) -> bool:
    return before._replace(at=now.at) == now


def _not_so_many() -> Unfit:
    return Unfit(
        Text(
            zh=f"一次认定 1 至 {MOST} 份提交。",
            en=f"Between 1 and {MOST} submissions are looked at together.",
        ),
        remedy=Text(zh="请分批认定。", en="Take fewer at a time."),
        field="$.inspections",
    )


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

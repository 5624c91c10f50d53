"""What superiors do about duties: let one pass, with a reason. Done is never said, it follows."""

from __future__ import annotations

from domain.duties import Duty, duty_named
from domain.duty_life import Excuse
from domain.duty_notices import posts_above
from domain.duty_views import POSTS
from domain.months import CHINA
from domain.procedures.refusals import Unfit, Unknown
from domain.refusals import Refusal
from domain.register.duty_evidence import standings
from domain.register.tables import ExcuseRow
from domain.register.work import Work
from domain.storable import is_one_line
from domain.text import Text

LONGEST_REASON = 500


class NotSuperior(Refusal):
    """Only somebody above the post that answers for a duty excuses it."""

    code = "not-superior"
    status = 403

    def __init__(self, duty: Duty) -> None:
        post = POSTS[duty.post.name]
        super().__init__(
            Text(
                zh=f"这项任务由{post.zh}负责，只有其上级可以免除。",
                en=f"The {post.en.lower()} answers for this duty; only a superior excuses it.",
            ),
            remedy=Text(
                zh="请由上一级管理人员以本人名义办理。",
                en="Have somebody of the level above do it, under their own name.",
            ),
        )


class DutyIsDone(Refusal):
    """There is nothing to excuse."""

    code = "duty-is-done"

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这项任务已经完成。", en="This duty is done."),
            remedy=Text(zh="无需免除。", en="Nothing is left to excuse."),
        )


def excuse_duty(work: Work, named: str, reason: str) -> Excuse:
    """Let a duty pass. Safe to repeat: the first excuse holds, whoever gave it.

    Raises:
        Unknown: No calendar implies such a duty, or the sender does not see it.
        NotSuperior: The sender is not above the post that answers for it, or has no name.
        DutyIsDone: Enough inspections were made already.
        Unfit: The reason is empty, too long, or more than one line.
    """
    rulebooks = work.rulebooks
    duty = duty_named(rulebooks.calendars, work.directory, named, rulebooks.working_days)
    sight = work.directory.sight(work.actor.person)
    if duty is None or not all(sight.sees(one) for one in duty.cover.among):
        raise Unknown(Text(zh="任务", en="duty"), named)
    person = work.directory.people.get(work.actor.person or "")
    above = posts_above(work.directory, duty.post)
    if person is None or not any(one in above for one in person.roles):
        raise NotSuperior(duty)
    today = work.now.astimezone(CHINA).date()
    (stood,) = standings(work.connection, [duty], today)
    if stood.excuse:
        return stood.excuse
    if stood.standing.done_on:
        raise DutyIsDone
    excuse = Excuse(duty.id, person.id, _tidy(reason), today, work.at)
    row: dict[str, object] = {
        "number": work.next_seq,
        "duty": duty.id,
        "due": duty.due.isoformat(),
        "person": person.id,
        "device": work.actor.device,
        "at": work.at,
        "reason": excuse.reason,
    }
    work.insert(ExcuseRow, row)
    work.journal("duty.excused", duty.id, reason=excuse.reason)
    return excuse


def _tidy(reason: str) -> str:
    reason = reason.strip()
    if reason and len(reason) <= LONGEST_REASON and is_one_line(reason):
        return reason
    raise Unfit(
        Text(
            zh=f"请用一行文字写明理由，不超过 {LONGEST_REASON} 字。",
            en=f"An excuse needs a reason: one line, {LONGEST_REASON} characters at most.",
        ),
        remedy=Text(zh="请填写或改短理由后重试。", en="Write or shorten it and try again."),
        field="$.reason",
    )

"""What is declined about a team inspection as a whole, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from domain.refusals import Refusal
from domain.text import Text


class NotTheLeader(Refusal):
    """Only who opened a team inspection closes it."""

    code = "not-the-leader"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(zh="只有组长可以结束联合检查。", en="Only the leader closes a team inspection."),
            remedy=Text(zh="请联系组长。", en="Ask the leader to close it."),
        )


class SectionsAreOpen(Refusal):
    """Some sections were not submitted."""

    code = "sections-open"

    def __init__(self, titles: Sequence[Text]) -> None:
        zh, en = "、".join(one.zh for one in titles), ", ".join(one.en for one in titles)
        super().__init__(
            Text(zh=f"还有未提交的项目：{zh}。", en=f"These sections are not submitted: {en}."),
            remedy=Text(
                zh="请负责人逐项提交；无人负责的项目由组长提交。",
                en="Have their holders submit them; the leader submits those of nobody.",
            ),
        )


class TeamIsClosed(Refusal):
    """The team inspection was closed; it is an inspection now."""

    code = "team-closed"

    def __init__(self, number: int) -> None:
        super().__init__(
            Text(
                zh=f"联合检查已结束，成为第 {number} 号检查。",
                en=f"This team inspection was closed as inspection no. {number}.",
            ),
            remedy=Text(
                zh="如需补充，请另填一份检查。",
                en="Fill in another inspection for what is missing.",
            ),
        )


class NotTheManager(Refusal):
    """Somebody else than the station's manager wants to countersign."""

    code = "not-the-manager"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="只有该加油站的站经理可以会签。",
                en="Only the manager of the station countersigns.",
            ),
            remedy=Text(
                zh="请站经理用本人的手机会签。",
                en="Have the station manager do it on the manager's own phone.",
            ),
        )


class SignedByAnother(Refusal):
    """The inspection was countersigned by somebody else."""

    code = "signed-by-another"

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这次检查已由他人会签。", en="Somebody else countersigned this inspection."),
            remedy=Text(zh="无需再次会签。", en="There is nothing left to do."),
        )

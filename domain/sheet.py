"""A filled-in score sheet, and everything about it that scoring refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.refusals import Refusal
from domain.text import Text

if TYPE_CHECKING:
    from domain.rulebook import Edition

MOST_OCCURRENCES = 999
"""Occurrences on one line; more than that is a slip of the finger."""


class FoundClause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which clause of a criterion was broken, from 0 in the rulebook's order, and how often."""

    clause: int = 0
    count: int = 1


class Line(msgspec.Struct, frozen=True):
    """One line of what was found: criterion, clause and count."""

    criterion: str
    clause: int = 0
    count: int = 1


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One inspection as scoring needs it; a criterion that is not named was in conformity.

    Attributes:
        found: What was found, by criterion id.
        inputs: Figures for formula criteria, decimals as text.
        not_applicable: Ids of groups or criteria that this station has no use for.
        self_score: Points that the station gives itself, by group id, decimals as text.
    """

    rulebook: str
    edition: str
    found: dict[str, tuple[FoundClause, ...]] = {}
    inputs: dict[str, dict[str, str]] = {}
    not_applicable: tuple[str, ...] = ()
    self_score: dict[str, str] = {}

    def lines(self) -> list[Line]:
        """What was found as lines; a criterion with an empty list counts as found never."""
        return [
            Line(criterion, one.clause, one.count)
            for criterion, clauses in self.found.items()
            for one in clauses
        ]


class WrongEdition(Refusal):
    """The sheet was filled in for another edition."""

    code = "wrong-edition"
    status = 409

    def __init__(self, edition: Edition, rulebook: str, answered: str) -> None:
        super().__init__(
            Text(
                zh=f"评分表按“{rulebook:.80}”{answered:.40} 版填写，"
                f"而这里用的是“{edition.id}”{edition.edition} 版。",
                en=f'The sheet is for edition {answered:.40} of "{rulebook:.80}", '
                f'but this is edition {edition.edition} of "{edition.id}".',
            ),
            remedy=Text(
                zh="请重新扫码载入现行检查表后再填，或改用评分表所写的版本。",
                en="Scan the code again to load the current form, or score by the sheet's edition.",
            ),
            field="$.edition",
        )


class ClauseOutOfRange(Refusal):
    """The criterion has no such clause."""

    code = "clause-out-of-range"
    status = 422

    def __init__(self, criterion: str, clause: int, last: int, field: str) -> None:
        super().__init__(
            Text(
                zh=f"{criterion} 没有第 {clause} 号扣分条款。",
                en=f"{criterion} has no clause {clause}.",
            ),
            remedy=Text(
                zh=f"条款从 0 数起，最后一条是 {last}。",
                en=f"Clauses count from 0; the last one is {last}.",
            ),
            field=field,
        )


class CountOutOfRange(Refusal):
    """A count of nothing, below nothing, or beyond belief."""

    code = "count-out-of-range"
    status = 422

    def __init__(self, criterion: str, count: int, field: str) -> None:
        super().__init__(
            Text(zh=f"{criterion} 的次数 {count} 不对。", en=f"{criterion}: a count of {count}."),
            remedy=Text(
                zh=f"请填 1 到 {MOST_OCCURRENCES}；没有发现问题时不要列出该条。",
                en=f"Give 1 to {MOST_OCCURRENCES}; leave the criterion out when nothing was found.",
            ),
            field=field,
        )


class NotApplicableForbidden(Refusal):
    """The edition wants every criterion answered."""

    code = "not-applicable-forbidden"
    status = 422

    def __init__(self, edition: Edition, named: str) -> None:
        super().__init__(
            Text(
                zh=f"“{edition.id}”{edition.edition} 版不允许标注“不适用”（{named:.80}）。",
                en=f'Edition {edition.edition} of "{edition.id}" does not allow '
                f'"not applicable" ({named:.80}).',
            ),
            remedy=Text(
                zh="请逐条检查，把不适用的条目从 not_applicable 中删去。",
                en="Inspect every criterion and empty not_applicable.",
            ),
            field="$.not_applicable",
        )


class FoundAndNotApplicable(Refusal):
    """A criterion cannot be broken where it does not apply."""

    code = "found-and-not-applicable"
    status = 422

    def __init__(self, criterion: str, field: str) -> None:
        super().__init__(
            Text(
                zh=f"{criterion} 既记了问题，又标了“不适用”。",
                en=f'{criterion} has findings and is also "not applicable".',
            ),
            remedy=Text(
                zh="二者只能留一个：删去问题，或取消“不适用”。",
                en='Keep one of the two: remove the findings or the "not applicable".',
            ),
            field=field,
        )


class NothingApplies(Refusal):
    """Where nothing applies there is no score."""

    code = "nothing-applies"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            Text(zh="所有条目都标了“不适用”，无法评分。", en='Everything is "not applicable".'),
            remedy=Text(
                zh="请至少保留一个适用的分项，或不要提交这份评分表。",
                en="Leave at least one group that applies, or do not send this sheet.",
            ),
            field="$.not_applicable",
        )


class InputNotTaken(Refusal):
    """Figures were given for a criterion that is not scored by a formula."""

    code = "input-not-taken"
    status = 422

    def __init__(self, criterion: str) -> None:
        super().__init__(
            Text(
                zh=f"{criterion:.80} 不是按公式计分的条目，不接受填数。",
                en=f"{criterion:.80} is not scored by a formula and takes no figures.",
            ),
            remedy=Text(zh="请把它从 inputs 中删去。", en="Remove it from inputs."),
            field="$.inputs",
        )


class TakesFigures(Refusal):
    """The criterion is measured by a formula; it cannot be found."""

    code = "takes-figures"
    status = 422

    def __init__(self, criterion: str, field: str) -> None:
        super().__init__(
            Text(
                zh=f"{criterion} 按公式计分，不记次数。",
                en=f"{criterion} is scored by a formula, not by a count.",
            ),
            remedy=Text(
                zh="请在 inputs 中填它的数，并从 found 中删去。",
                en="Give its figures in inputs and remove it from found.",
            ),
            field=field,
        )


class SelfScoreNotTaken(Refusal):
    """The edition has no column for the station's own points."""

    code = "self-score-not-taken"
    status = 422

    def __init__(self, edition: Edition) -> None:
        super().__init__(
            Text(
                zh=f"“{edition.id}”{edition.edition} 版没有自评分。",
                en=f'Edition {edition.edition} of "{edition.id}" takes no self-score.',
            ),
            remedy=Text(zh="请把 self_score 删去。", en="Remove self_score."),
            field="$.self_score",
        )


class SelfScoreOutOfRange(Refusal):
    """Points that a group cannot have kept."""

    code = "self-score-out-of-range"
    status = 422

    def __init__(self, group: str, given: str, most: str) -> None:
        super().__init__(
            Text(
                zh=f"{group} 的自评分“{given:.40}”不对。",
                en=f'{group}: a self-score of "{given:.40}".',
            ),
            remedy=Text(zh=f"请填 0 到 {most} 的数。", en=f"Give a number from 0 to {most}."),
            field=f'$.self_score["{group}"]',
        )

"""What is declined about draws, in the reader's words."""

from __future__ import annotations

from datetime import date

from domain.refusals import Refusal
from domain.text import Text


class UnfitDraw(Refusal):
    """Duty, place, period, rule, commitment or public value cannot be used."""

    code = "draw-unfit"
    status = 422

    def __init__(self, what: Text, remedy: Text) -> None:
        super().__init__(what, remedy=remedy)


class DrawnBefore(Refusal):
    """A draw for this duty and these months was announced already: one draw, one chance."""

    code = "draw-announced-before"

    def __init__(self, draw: str) -> None:
        super().__init__(
            Text(
                zh=f"同一任务、同一期间的抽签 {draw} 已经公告。",
                en=f"Draw {draw} was announced for the same duty and period.",
            ),
            remedy=Text(
                zh="请完成那次抽签；不能重新抽。", en="Go on with that one; there is no second try."
            ),
        )


class NoSuchDraw(Refusal):
    """There is no draw with this id."""

    code = "no-such-draw"
    status = 404

    def __init__(self, draw: str) -> None:
        super().__init__(
            Text(zh=f"没有抽签“{draw:.80}”。", en=f'There is no draw "{draw:.80}".'),
            remedy=Text(zh="请从抽签列表中选择。", en="Choose one of the list of draws."),
        )


class NotItsTurn(Refusal):
    """The steps of a draw have one order."""

    code = "draw-not-its-turn"

    def __init__(self, why: Text) -> None:
        super().__init__(
            why,
            remedy=Text(
                zh="顺序是：公告、冻结名单、公开种子、（必要时）替换。",
                en="The order is: announce, freeze the list, reveal the seed, replace if need be.",
            ),
        )


class SeedDoesNotFit(Refusal):
    """The seed is not the one committed to."""

    code = "draw-seed"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            Text(zh="种子与公告的承诺值不符。", en="The seed is not the one that was announced."),
            remedy=Text(
                zh="请使用公告抽签的那台电脑上保存的种子（数据文件夹 seeds）。",
                en="Use the seed kept on the computer that announced (folder `seeds` of its data).",
            ),
        )


class NotThatDay(Refusal):
    """The day of the public value decides what can be done before it and what after."""

    code = "draw-not-that-day"

    def __init__(self, on: date, *, come: bool) -> None:
        super().__init__(
            Text(zh=f"公开数值在 {on} 公布，今天已不能冻结名单。", en=f"The value is out on {on}.")
            if come
            else Text(zh=f"公开数值要到 {on} 才公布。", en=f"The public value comes on {on}."),
            remedy=Text(
                zh="名单必须在公布日之前冻结，种子在公布日当天或之后公开。",
                en="Freeze before that day, reveal on it or after it.",
            ),
        )


class NotInChargeOfDraw(Refusal):
    """Whoever asks does not see all the stations that are drawn from."""

    code = "draw-not-in-charge"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(zh="抽签范围超出您的管辖。", en="The draw reaches beyond your charge."),
            remedy=Text(zh="请上级单位办理。", en="Ask the level above to do it."),
        )


class NobodyLeft(Refusal):
    """The drawn order of the stratum has no further station."""

    code = "draw-nobody-left"

    def __init__(self) -> None:
        super().__init__(
            Text(zh="该单位没有可以替换的加油站了。", en="No station of that unit is left."),
            remedy=Text(
                zh="请检查原抽中的加油站，或在通报中说明。",
                en="Inspect the station that was drawn, or say so in the bulletin.",
            ),
        )

"""Why a phrase about points is doubtful, and what is assumed then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.checklists.numerals import plain
from domain.text import Text

if TYPE_CHECKING:
    from decimal import Decimal


def range_of(most: Decimal) -> Text:
    """A range of points, of which the most is taken."""
    return Text(
        zh=f"分值是一个范围，暂按最高的 {plain(most)} 分。",
        en=f"a range of points; the highest, {plain(most)}, was assumed.",
    )


def no_unit(words: str) -> Text:
    """Words that begin like a counting unit and are none."""
    return Text(
        zh=f"“{words}”不像计数单位，暂按一次性扣分。",
        en=f'"{words}" does not look like a counting unit; charged once was assumed.',
    )


ONE = Text(
    zh="没有“每”字，不清楚是每发现一个都扣还是只扣一次，暂按每个都扣。",
    en="without 每 it may mean each or once; each was assumed.",
)
STEPS_OPEN = Text(
    zh="阶梯不连续或没有写到“及以上”，暂按每级一直用到下一级、末级不限。",
    en="the steps have gaps or no end; each was assumed to hold until the next, the last for more.",
)
STEPS_FALL = Text(
    zh="阶梯没有递增或数的东西不明，暂只取第一级。",
    en="the steps do not rise or count nothing known; the first alone was assumed.",
)
TOTAL = Text(
    zh="说的是总分，暂按一票否决处理（结论不合格，分数照算）。",
    en="this is about the total; a veto was assumed (the verdict fails, scoring goes on).",
)
CHOICE = Text(
    zh="几项之间怎么选没有写成规则，各条款都保留，由填表人只选一条。",
    en="how to choose is no rule here; all clauses are kept, who fills in picks one.",
)
DISCRETION = Text(
    zh="扣多少由人酌定，没有计入规则。",
    en="the amount is left to discretion; no rule was made of it.",
)
UNIT_IN_TEXT = Text(
    zh="文字里还有像计数单位或阶梯的词，暂作普通文字。",
    en="words that may be a unit or a step were taken as plain text.",
)
LEFT_OVER = Text(
    zh="扣分写法后面的文字没有归入任何条款，暂未采用。",
    en="text after the deductions belongs to no clause; it was left out.",
)
UNREAD = Text(
    zh="像是扣分写法但读不懂，暂作普通文字。",
    en="this seems to be about points but was not understood; taken as plain text.",
)
NO_NUMBER = Text(zh="数字读不懂，暂未采用。", en="the number was not understood; left out.")

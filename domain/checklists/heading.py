"""What stands above the header of a check list: its title, and what it says about itself.

The export writes `细则编号：…　版本：…` there, so that an edition keeps its name on the way out and
back; lists from elsewhere have a title at most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from domain.checklists.doubts import Doubt
from domain.parts import Kind, NotApplicable
from domain.text import Text

if TYPE_CHECKING:
    from domain.checklists.grid import Grid

KINDS: dict[Kind, str] = {
    "comprehensive": "综合检查",
    "special": "专项检查",
    "video_audit": "录像稽查",
    "onsite_audit": "现场稽查",
    "card_audit": "卡业务稽查",
    "self_check": "自检",
    "patrol": "自检",
}
LEFT_OUT: dict[NotApplicable, str] = {
    "rescale": "不计分并折算",
    "forbidden": "不允许",
    "full": "按做到计分",
    "zero": "按没做到计分",
}
SHARED = "各条均分标准分"
CLAUSED = "按扣分办法"
ID, EDITION, KIND, SINCE = "细则编号", "版本", "检查类型", "施行日期"
DEDUCT, NOT_APPLICABLE, ROUND, UNITS = "扣分方式", "不适用项", "分数取整", "计数单位"
SOURCE, INCOMPLETE = "文件编号", "不完整"

_SAID = re.compile(r"([^\s　：:]{2,6})[：:](.*?)(?=[\s　]+[^\s　：:]{2,6}[：:]|$)")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_KEYS = {ID, EDITION, KIND, SINCE, DEDUCT, NOT_APPLICABLE, ROUND, UNITS, SOURCE, INCOMPLETE}


@dataclass
class Heading:
    """The title of a list, and what it says of itself by key."""

    title: str = ""
    said: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def kind(self) -> Kind | None:
        """Which kind of inspection the list says it serves."""
        return next((kind for kind, words in KINDS.items() if words == self.said.get(KIND)), None)

    @property
    def not_applicable(self) -> NotApplicable | None:
        """What the list says about entries that do not apply."""
        words = self.said.get(NOT_APPLICABLE)
        return next((policy for policy, said in LEFT_OUT.items() if said == words), None)

    @property
    def since(self) -> date | None:
        """The first day on which the list holds."""
        found = _DAY.fullmatch(self.said.get(SINCE, "").strip())
        try:
            return date(*map(int, found.groups())) if found else None
        except ValueError:
            return None

    @property
    def units(self) -> dict[str, str]:
        """Words of the list's own counting units, by id."""
        pairs = (one.split("＝", 1) for one in self.said.get(UNITS, "").split("；") if "＝" in one)
        return {unit: words for unit, words in pairs if unit and words}


def read_heading(grid: Grid, above: int) -> Heading:
    """The title and the statements in the rows above the header, with a doubt for all else."""
    heading = Heading()
    for row in range(1, above):
        for cell in grid.row(row):
            said = _statements(cell.text)
            if _KEYS & said.keys():
                heading.said |= {key: said[key] for key in _KEYS & said.keys()}
                said = {key: value for key, value in said.items() if key not in _KEYS and value}
                if not said:
                    continue
                heading.doubts.append(Doubt(cell.address, " ".join(said), _NOT_READ))
            elif not heading.title and not said:
                heading.title = "".join(cell.text.split("\n"))
            elif not said or any(said.values()):
                heading.doubts.append(Doubt(cell.address, cell.text, _NOT_READ))
    return heading


def _statements(text: str) -> dict[str, str]:
    """What a text says as `key：value`, several in a row; 不完整 takes all of it."""
    key, colon, because = text.partition("：")
    if colon and key == INCOMPLETE:
        return {INCOMPLETE: because}
    return {key: value.strip() for key, value in _SAID.findall(text)}


_NOT_READ = Text(zh="表头上方的文字，没有读入。", en="text above the header; it was not read.")

"""What check lists never say, or not this one: assumed for the whole list, and said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.checklists.doubts import WHOLE, Doubt
from domain.checklists.heading import EDITION, ID, ROUND
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.checklists.building import Given
    from domain.checklists.heading import Heading


def standing_doubts(heading: Heading, given: Given, texts: int) -> Iterator[Doubt]:
    """A doubt for each thing that was assumed about the list as a whole.

    Args:
        heading: What the list says of itself.
        given: What the caller said.
        texts: How many texts have no English.
    """
    if not given.id and not heading.said.get(ID):
        yield _assumed("细则编号（--id）", "the rulebook's id (--id)", "imported/list")
    if not given.edition and not heading.said.get(EDITION):
        yield _assumed("版本（--edition）", "the edition (--edition)", "1")
    if not given.since and not heading.since:
        yield _assumed("施行日期（--from）", "the first day in force (--from)", str(given.today))
    if not heading.kind:
        yield _assumed("检查类型（kind）", "the kind", "comprehensive")
    if not heading.not_applicable:
        yield _assumed("不适用条目的计分", "what does not apply", "full")
    if ROUND not in heading.said:
        yield _assumed("分数取整", "rounding", "0.01")
    if not heading.title:
        yield _assumed("表名", "the title", given.file)
    yield Doubt(WHOLE, "", _SEVERITY)
    yield Doubt(
        WHOLE,
        "",
        Text(
            zh=f"{texts} 处文字没有英文，暂以中文代替并标明 (untranslated)。",
            en=f"{texts} texts have no English; the Chinese stands in, marked (untranslated).",
        ),
    )


def _assumed(zh: str, en: str, value: str) -> Doubt:
    said = Text(zh=f"表中没有写{zh}，暂定为 {value}。", en=f"{en} is not given; assumed: {value}.")
    return Doubt(WHOLE, "", said)


_SEVERITY = Text(
    zh="表中没有严重程度和主管部门，暂定为 major（较重）和“（未定）”。",
    en="severity and owner are not given; assumed: major, (not said).",
)

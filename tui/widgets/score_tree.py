"""A score down to the deduction: section, group, criterion, finding, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.text import Text
from tui.words import lost, points

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from domain.rulebook import Edition, Group, Section
    from domain.scoring import ScoreCard
    from domain.text import Lang
    from domain.views import FindingLine, InspectionSheet

Level = Literal["section", "group", "criterion", "finding", "other"]

CAPPED = Text(zh="已到上限", en="at its cap")
NOT_APPLICABLE = Text(zh="不适用", en="not applicable")
IN_ORDER = Text(zh="符合", en="in order")
NO_NOTE = Text(zh="（无备注）", en="(no note)")
TIMES = Text(zh="次", en="×")


class TreeLine(NamedTuple):
    """One line of the tree.

    Attributes:
        key: What it is known by when the tree is built anew.
        text: Id and name, or the note of a finding.
        remark: In words: N/A, at its cap, in order, how often.
        figure: Points lost, or points kept of how many.
        finding: The finding that the line is about.
    """

    level: Level
    key: str
    text: str
    remark: str
    figure: str
    finding: FindingLine | None = None


def tree_lines(
    edition: Edition,
    card: ScoreCard,
    sheet: InspectionSheet,
    *,
    whole: bool,
    lang: Lang,
) -> Iterator[TreeLine]:
    """The tree of an inspection; unless it is to be `whole`, criteria in order are left out."""
    found: dict[str, list[FindingLine]] = {}
    for line in sheet.found:
        found.setdefault(line.criterion, []).append(line)
    for section in edition.sections:
        yield _section(section, card, lang)
        for group in section.groups:
            yield _group(group, card, sheet.not_applicable, lang)
            yield from _criteria(group, card, found, sheet.not_applicable, whole=whole, lang=lang)


def _section(section: Section, card: ScoreCard, lang: Lang) -> TreeLine:
    figures = card.sections[section.id]
    figure = f"{points(figures.score)}/{points(figures.max)}"
    return TreeLine("section", section.id, f"{section.id} {section.title.in_(lang)}", "", figure)


def _group(group: Group, card: ScoreCard, dropped: Collection[str], lang: Lang) -> TreeLine:
    figures = card.groups[group.id]
    together = sum(card.criteria.get(one.id, 0) for one in group.criteria)
    remark = ""
    if group.id in dropped:
        remark = NOT_APPLICABLE.in_(lang)
    elif figures.lost and together > figures.lost:
        remark = CAPPED.in_(lang)
    figure = f"{points(figures.score)}/{points(figures.max)}"
    return TreeLine("group", group.id, f"{group.id} {group.title.in_(lang)}", remark, figure)


def _criteria(
    group: Group,
    card: ScoreCard,
    found: dict[str, list[FindingLine]],
    dropped: Collection[str],
    *,
    whole: bool,
    lang: Lang,
) -> Iterator[TreeLine]:
    for one in group.criteria:
        spared = one.id in dropped or group.id in dropped
        here = found.get(one.id, [])
        if not (here or one.id in dropped or whole):
            continue
        remark = (NOT_APPLICABLE if spared else IN_ORDER).in_(lang) if not here else ""
        figure = lost(card.criteria[one.id]) if here else ""
        yield TreeLine("criterion", one.id, f"{one.id} {one.text.in_(lang)}", remark, figure)
        yield from (_finding(line, lang) for line in here)


def _finding(line: FindingLine, lang: Lang) -> TreeLine:
    said = [line.at or "", line.note]
    pictures = Text(
        zh=f"图 {line.pictures_here}/{line.pictures}",
        en=f"pics {line.pictures_here}/{line.pictures}",
    )
    if line.pictures:
        said.append(pictures.in_(lang))
    text = " · ".join(part for part in said if part) or NO_NOTE.in_(lang)
    times = f"{line.count} {TIMES.in_(lang)}" if lang == "zh" else f"{line.count}{TIMES.en}"
    return TreeLine("finding", str(line.number), text, times, lost(line.points), line)

"""What another edition would change: asked of the register, and said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from domain.carrying_over import Left, What
    from domain.explaining import Kind, Line
    from domain.months import Months
    from domain.register.queries import Asker
    from domain.register.register import Register
    from domain.rulebook import Edition
    from domain.rulebook_map import Counterparts
    from domain.simulating import StationChange
    from domain.text import Lang

KINDS: dict[Kind, Text] = {
    "full": Text(zh="满分", en="Full marks"),
    "criterion": Text(zh="条目", en="Criterion"),
    "cap": Text(zh="分项封顶", en="Group cap"),
    "section_cap": Text(zh="项目封顶", en="Section cap"),
    "unchanged": Text(zh="其余不变", en="Unchanged"),
    "rescaling": Text(zh="折算（不适用、权重）", en="Rescaling (N/A, weights)"),
    "rounding": Text(zh="四舍五入", en="Rounding"),
}
GONE = Text(zh="取消", en="gone")
UNMAPPED = Text(zh="去向未定，不计", en="unmapped")
MERGED = Text(zh="合并", en="merged")
LEFT: dict[What, Text] = {
    "line": Text(zh="问题", en="findings"),
    "figures": Text(zh="填数", en="figures"),
    "not_applicable": Text(zh="不适用", en="not applicable"),
}


class WhatIf(NamedTuple):
    """A question: these past sheets, under another edition."""

    old: Edition
    new: Edition
    became: Counterparts
    months: Months
    place: str | None = None


def changed_stations(
    register: Register, asker: Asker, what_if: WhatIf, *, aside: bool = False
) -> list[StationChange]:
    """What would change for each station that has sheets, the one that loses most first.

    Reads one moment of the register and changes nothing.

    Args:
        aside: Whether others wait for this process; then much of it is done in a child.
    """
    from domain.register.past_sheets import (
        Past,
        Simulation,
        changes_of,
        changes_of_many,
        stations_in_sight,
    )

    past = Past(what_if.old, what_if.months, stations_in_sight(asker, what_if.place))
    asked = Simulation(register.url, past, what_if.new, what_if.became)
    changes = changes_of_many(asked) if aside else changes_of(asked)
    return sorted(changes, key=lambda one: (one.why is None, one.why and one.why.difference))


def said(line: Line, what_if: WhatIf, lang: Lang) -> str:
    """What a line of an explanation is about."""
    kind = KINDS[line.kind].in_(lang)
    if line.new is None and not line.old:
        return kind
    ids = "+".join(line.old)
    moved = line.new is not None and line.old and line.old != (line.new,)
    named = f"{ids}→{line.new}" if moved else line.new or ids
    words = f"{named} {title(line, what_if, lang)}"
    return words if line.kind == "criterion" else f"{kind} {words}"


def title(line: Line, what_if: WhatIf, lang: Lang) -> str:
    """The words of what a line is about, by the new edition if it has them."""
    edition, one = (what_if.new, line.new) if line.new else (what_if.old, line.old[0])
    if line.kind == "criterion":
        return edition.criterion(one).text.in_(lang)
    if line.kind == "cap":
        return edition.groups[one].title.in_(lang)
    return next(each.title.in_(lang) for each in edition.sections if each.id == one)


def remark(line: Line, change: StationChange, what_if: WhatIf, lang: Lang) -> str:
    """What became of a criterion, and how many of its findings had no place."""
    if line.kind != "criterion":
        return ""
    if line.new is None:
        gone = line.old[0] in what_if.became.gone
        return (GONE if gone else UNMAPPED).in_(lang)
    left = sum(
        count
        for one, count in change.left.items()
        if one.what != "not_applicable" and one.named in line.old
    )
    if left:
        return Text(zh=f"{left} 处未对应", en=f"{left} not carried").in_(lang)
    return MERGED.in_(lang) if len(line.old) > 1 else ""


def left_behind(left: dict[Left, int], lang: Lang) -> Iterator[str]:
    """What had no place in the new edition, one line for each criterion and clause."""
    for one, count in sorted(left.items(), key=_place_of_left):
        clause = "" if one.clause is None else f"[{one.clause}]"
        yield f"{LEFT[one.what].in_(lang)} {one.named}{clause} × {count}"


def _place_of_left(counted: tuple[Left, int]) -> tuple[str, str, int]:
    one = counted[0]
    return one.what, one.named, one.clause or 0


def left_altogether(changes: Sequence[StationChange]) -> dict[Left, int]:
    """What had no place in the new edition, of all stations together."""
    together: dict[Left, int] = {}
    for change in changes:
        for one, count in change.left.items():
            together[one] = together.get(one, 0) + count
    return together


def signed(points: Decimal) -> str:
    """A difference with its sign, also where it is more."""
    return f"{points:+f}" if points else f"{points:f}"


def sheets(count: int, lang: Lang) -> str:
    """How many inspections were scored again."""
    return Text(zh=f"{count} 次检查", en=f"{count} sheet{'s' * (count != 1)}").in_(lang)

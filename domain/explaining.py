"""Explains the difference between two scores of the same sheets, to the last hundredth.

A total is taken apart the same way under each edition: full marks, less what each criterion lost
before any cap, plus what caps of groups and of sections gave back, plus what N/A rescaling and
weights changed. All of these are exact parts of a point and their order does not matter. The means
of the parts are rounded for showing; one last line holds what that rounding left over, so that the
lines of each column add up to the total that is shown, and their differences to the difference.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.adding_up import reckon
from domain.pricing import Parts, Plan, plan_of, shown
from domain.scoring import NO_FIGURES, losses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from domain.formulas import Given
    from domain.rulebook import Edition
    from domain.rulebook_map import Counterparts
    from domain.scoring import FoundLine

Kind = Literal["full", "criterion", "cap", "section_cap", "unchanged", "rescaling", "rounding"]
"""`cap` is what the cap of a group gave back, `section_cap` that of a section; `unchanged` holds
together what is the same under both editions."""

NO_POINTS = Decimal("0.00")


class Line(NamedTuple):
    """One part of the difference, in points.

    Attributes:
        old: What it is of in the old edition; several where they were merged.
        new: What it is of in the new edition.
        before: Its part of the old total, less than nothing where it was lost.
        after: Its part of the new total.
    """

    kind: Kind
    old: tuple[str, ...]
    new: str | None
    before: Decimal
    after: Decimal

    @property
    def points(self) -> Decimal:
        """Its part of the difference."""
        return self.after - self.before


class Explanation(NamedTuple):
    """Why two means differ: the lines add up to `old`, to `new` and to the difference."""

    old: Decimal
    new: Decimal
    lines: tuple[Line, ...]

    @property
    def difference(self) -> Decimal:
        """Points more than before."""
        return self.new - self.old


class Ledger:
    """Scores of any number of sheets under one edition, taken apart; holds sums only.

    Attributes:
        sheets: How many.
        total: Sum of the totals as they are shown.
        lost: Parts that each criterion lost, before caps.
        caps: Parts that the cap of each group gave back.
        section_caps: Parts that the cap of each section gave back.
        rescaling: Parts that N/A rescaling, weights and wholly N/A sections changed.
    """

    def __init__(self, edition: Edition) -> None:
        self.plan: Plan = plan_of(edition)
        self.sheets = 0
        self.total = Decimal(0)
        self.lost: dict[str, Parts] = {}
        self.caps: dict[str, Parts] = {}
        self.section_caps: dict[str, Parts] = {}
        self.rescaling: Parts = 0

    def add(self, scored: TakenApart) -> None:
        """Take one more sheet in."""
        self.sheets += 1
        self.total += scored.total
        self.rescaling += scored.rescaling
        _add(self.lost, scored.lost)
        _add(self.caps, scored.caps)
        _add(self.section_caps, scored.section_caps)


class TakenApart(NamedTuple):
    """One score: the edition's total less `lost` plus the others is `total`, not rounded yet."""

    total: Decimal
    lost: dict[str, Parts]
    caps: dict[str, Parts]
    section_caps: dict[str, Parts]
    rescaling: Parts


def take_apart(
    plan: Plan,
    lines: Sequence[FoundLine],
    not_applicable: Collection[str] = (),
    inputs: Mapping[str, Given] = NO_FIGURES,
) -> TakenApart:
    """The score of a sheet and what it is made of. Raises what `score_lines` raises."""
    lost, left_out = losses(plan, lines, not_applicable, inputs)
    reckoned = reckon(plan, lost, left_out)
    by_group: dict[str, Parts] = {}
    for criterion, parts in lost.items():
        group = plan.group_of[criterion]
        by_group[group] = by_group.get(group, 0) + parts
    gone = reckoned.gone
    caps = {
        group: by_group.get(group, 0) - parts
        for group, parts in gone.items()
        if parts != by_group.get(group, 0)
    }
    section_caps = {}
    for section, groups in plan.sections:
        kept, most = reckoned.sections[section.id]
        back = sum([gone[one] for one in groups]) - (most - kept)
        if back:
            section_caps[section.id] = back
    exact = reckoned.points(plan)
    total = shown(exact, plan.grain, plan.steps, plan.edition.scoring.rounding)
    told = plan.total - sum(lost.values()) + sum(caps.values()) + sum(section_caps.values())
    return TakenApart(total, lost, caps, section_caps, exact - told)


def explain(old: Ledger, new: Ledger, became: Counterparts) -> Explanation:
    """Why the mean of the same sheets differs under two editions; both hold one sheet or more."""
    return _Explaining(old, new).explain(became)


class _Explaining:
    """Two ledgers, and the smallest figure that both editions can show."""

    def __init__(self, old: Ledger, new: Ledger) -> None:
        self.old, self.new = old, new
        self.steps = max(100, old.plan.steps, new.plan.steps)

    def explain(self, became: Counterparts) -> Explanation:
        told = list(self._lines(became))
        same = sum((one.before for one in told if not one.points), NO_POINTS)
        lines = [one for one in told if one.points]
        if same:
            lines.append(Line("unchanged", (), None, same, same))
        old, new = (self._shown(Fraction(one.total), one.sheets) for one in (self.old, self.new))
        before = sum((one.before for one in told), NO_POINTS)
        after = sum((one.after for one in told), NO_POINTS)
        if (old, new) != (before, after):
            lines.append(Line("rounding", (), None, old - before, new - after))
        return Explanation(old, new, tuple(lines))

    def _lines(self, became: Counterparts) -> Iterator[Line]:
        full = (one.plan.total * one.sheets for one in (self.old, self.new))
        yield self._line("full", (), None, *full)
        lost = (_negative(self.old.lost), _negative(self.new.lost))
        yield from self._matched("criterion", *lost, became.criteria)
        yield from self._matched("cap", self.old.caps, self.new.caps, became.groups)
        caps = self.old.section_caps, self.new.section_caps
        yield from self._matched("section_cap", *caps, became.sections)
        yield self._line("rescaling", (), None, self.old.rescaling, self.new.rescaling)

    def _matched(
        self,
        kind: Kind,
        before: Mapping[str, Parts],
        after: Mapping[str, Parts],
        became: Mapping[str, str],
    ) -> Iterator[Line]:
        """A line for each thing that any of the sheets touched under either edition."""
        olds: dict[str | None, list[str]] = {one: [] for one in after}
        for one in before:
            if one in became:
                olds.setdefault(became[one], []).append(one)
        for new, those in olds.items():
            parts = sum([before[one] for one in those])
            yield self._line(kind, tuple(those), new, parts, after.get(new, 0) if new else 0)
        for one in before:
            if one not in became:
                yield self._line(kind, (one,), None, before[one], 0)

    def _line(
        self, kind: Kind, old: tuple[str, ...], new: str | None, before: Parts, after: Parts
    ) -> Line:
        return Line(kind, old, new, self._mean(before, self.old), self._mean(after, self.new))

    def _mean(self, parts: Parts, ledger: Ledger) -> Decimal:
        return self._shown(parts, ledger.plan.grain * ledger.sheets)

    def _shown(self, numerator: Parts, denominator: int) -> Decimal:
        return shown(numerator, denominator, self.steps)


def _negative(parts: Mapping[str, Parts]) -> dict[str, Parts]:
    return {one: -each for one, each in parts.items()}


def _add(sums: dict[str, Parts], parts: Mapping[str, Parts]) -> None:
    for one, each in parts.items():
        sums[one] = sums.get(one, 0) + each

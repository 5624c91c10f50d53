"""Carries a filled-in sheet over to another edition, as far as its ids and clauses have one there.

A found line goes to the clause at the same position where its unit is the same and its points or
its words are; else where the mapping file says. Figures go where the names of the new formula's
figures and their unit are the same. What has nowhere to go is left behind and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.formulas import asked
from domain.leaving_out import policy_of
from domain.sheet import Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from domain.formulas import Given
    from domain.rulebook import Clause, Criterion, Edition
    from domain.rulebook_map import Counterparts
    from domain.scoring import FoundLine

What = Literal["line", "figures", "not_applicable"]


class Left(NamedTuple):
    """Something of a sheet that the new edition has no place for.

    Attributes:
        named: The old criterion, or for what does not apply the old criterion or group.
        clause: The clause of a line.
    """

    what: What
    named: str
    clause: int | None = None


class Carried(NamedTuple):
    """A sheet as the new edition takes it, and what was left behind."""

    lines: list[Line]
    inputs: dict[str, Given]
    not_applicable: list[str]
    left: list[Left]


class CarryOver:
    """The way from one edition to another, worked out once for many sheets.

    Attributes:
        became: The new criterion and clause of every old one that has them.
    """

    def __init__(self, old: Edition, new: Edition, counterparts: Counterparts) -> None:
        self.old, self.new, self.counterparts = old, new, counterparts
        self.became = dict(_clauses(old, new, counterparts))
        self._figures = dict(_figures(old, new, counterparts))
        self._merged = _olds(counterparts.criteria)
        self._may_not = _must_be_answered(new)

    def carry(
        self,
        lines: Sequence[FoundLine],
        not_applicable: Collection[str] = (),
        inputs: Mapping[str, Given] | None = None,
    ) -> Carried:
        """The sheet under the new edition."""
        carried = Carried([], {}, [], [])
        for line in lines:
            if target := self.became.get((line.criterion, line.clause)):
                carried.lines.append(Line(*target, line.count))
            else:
                carried.left.append(Left("line", line.criterion, line.clause))
        for one, given in (inputs or {}).items():
            if target_id := self._figures.get(one):
                carried.inputs[target_id] = given
            else:
                carried.left.append(Left("figures", one))
        if not_applicable:
            self._leave_out(carried, not_applicable)
        return carried

    def _leave_out(self, carried: Carried, named: Collection[str]) -> None:
        """What does not apply there either: nothing that was found, or that was not named whole."""
        found = {line.criterion for line in carried.lines} | carried.inputs.keys()
        spared = self._spared(named)
        out: dict[str, None] = {}
        for one in named:
            targets = self._left_out(one, found, spared)
            if not targets:
                carried.left.append(Left("not_applicable", one))
            out |= dict.fromkeys(targets)
        carried.not_applicable.extend(out)

    def _spared(self, named: Iterable[str]) -> set[str]:
        """All old criteria that do not apply, those of groups included."""
        groups = self.old.groups
        criteria = {one for one in named if one not in groups}
        criteria.update(each.id for one in named if one in groups for each in groups[one].criteria)
        return criteria

    def _left_out(self, one: str, found: Collection[str], spared: set[str]) -> list[str]:
        """The new group or criteria that an old id leaves out."""
        group = self.counterparts.groups.get(one)
        if group and group not in self._may_not:
            held = self.new.groups[group].criteria
            if not any(each.id in found for each in held):
                return [group]
        mine = (
            [each.id for each in self.old.groups[one].criteria] if one in self.old.groups else [one]
        )
        targets = {self.counterparts.criteria.get(each) for each in mine}
        return [
            target
            for target in targets
            if target
            and target not in found
            and target not in self._may_not
            and spared.issuperset(self._merged[target])
        ]


def _olds(criteria: Mapping[str, str]) -> dict[str, list[str]]:
    olds: dict[str, list[str]] = {}
    for one, target in criteria.items():
        olds.setdefault(target, []).append(one)
    return olds


def _must_be_answered(edition: Edition) -> frozenset[str]:
    """Criteria and groups of which nobody may say that they do not apply."""
    forbidden = set()
    for section in edition.sections:
        for group in section.groups:
            policy = policy_of(edition, section, group)
            if policy == "forbidden":
                forbidden.add(group.id)
            forbidden.update(
                one.id for one in group.criteria if (one.not_applicable or policy) == "forbidden"
            )
    return frozenset(forbidden)


Way = tuple[tuple[str, int], tuple[str, int]]


def _clauses(old: Edition, new: Edition, counterparts: Counterparts) -> Iterable[Way]:
    """Each old clause that has a new one, with it."""
    shares = [edition.scoring.deduct == "equal_share" for edition in (old, new)]
    for one, target in counterparts.criteria.items():
        mine, theirs = old.criterion(one), new.criterion(target)
        written = counterparts.clauses.get(one, {})
        for n in range(1 if shares[0] else len(mine.clauses)):
            if n in written:
                yield (one, n), (target, written[n])
            elif shares[1]:
                yield (one, n), (target, 0)
            elif not shares[0] and _agree(mine, theirs, n):
                yield (one, n), (target, n)


def _agree(mine: Criterion, theirs: Criterion, n: int) -> bool:
    """Whether the clauses at a position are plainly the same one."""
    if n >= len(theirs.clauses):
        return False
    one, other = mine.clauses[n], theirs.clauses[n]
    return one.per == other.per and (_cost(one) == _cost(other) or _words_agree(one, other))


def _cost(clause: Clause) -> tuple[object, ...]:
    return clause.points, clause.steps, clause.free, clause.empties


def _words_agree(one: Clause, other: Clause) -> bool:
    return one.text.zh == other.text.zh or one.text.en == other.text.en


def _figures(old: Edition, new: Edition, counterparts: Counterparts) -> Iterable[tuple[str, str]]:
    """Each old formula criterion whose figures a new one takes; of merged ones none."""
    olds = _olds(counterparts.criteria)
    for one, target in counterparts.criteria.items():
        mine, theirs = old.criterion(one).formula, new.criterion(target).formula
        if mine and theirs and len(olds[target]) == 1:
            same_names = asked(mine).keys() == asked(theirs).keys()
            if same_names and mine.unit == theirs.unit:
                yield one, target

"""What a check list holds of an edition, and what only the edition's file can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from domain.checklists.doubts import untranslated
from domain.parts import Period
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.formulas import AnyFormula
    from domain.parts import Clause, Criterion, Group, Section
    from domain.rulebook import Edition

_UNSAID = Text(zh="", en="")


def held(edition: Edition) -> Edition:
    """The edition without what a check list does not hold, each text in Chinese only.

    Two editions that are the same but for that have equal results, so an edition that was exported
    and imported again can be compared with the one it came from.
    """
    whole = edition.incomplete_because
    return replace(
        edition,
        title=_zh(edition.title),
        source=replace(edition.source, part=_UNSAID, facts=()),
        in_force=Period(edition.in_force.first),
        incomplete_because=_zh(whole) if whole else None,
        scoring=replace(edition.scoring, rounding="half_up", self_score=False),
        sections=tuple(_section(one) for one in edition.sections),
        units={unit: _zh(words) for unit, words in edition.units.items()},
        note=None,
        overlaps=(),
        gates=(),
        grades=(),
        rounds=(),
        # A list knows no rounds, and without them a patrol is a station's check of itself.
        kind="self_check" if edition.kind == "patrol" else edition.kind,
    )


def _zh(text: Text) -> Text:
    return untranslated(text.zh)


def _section(section: Section) -> Section:
    return replace(
        section,
        title=_zh(section.title),
        owner=_UNSAID,
        groups=tuple(_group(one) for one in section.groups),
        note=None,
        not_applicable=None,
        when_nothing_applies="leave",
    )


def _group(group: Group) -> Group:
    return replace(
        group,
        title=_zh(group.title),
        severity="major",
        criteria=tuple(_criterion(one) for one in group.criteria),
        note=None,
        not_applicable=None,
        at=(),
    )


def _criterion(criterion: Criterion) -> Criterion:
    return replace(
        criterion,
        text=_zh(criterion.text),
        severity=None,
        clauses=tuple(_clause(one) for one in criterion.clauses),
        facts=(),
        note=None,
        formula=_formula(criterion.formula) if criterion.formula else None,
        reading=None,
        not_applicable=None,
    )


def _clause(clause: Clause) -> Clause:
    return replace(clause, text=_zh(clause.text), reading=None)


def _formula(formula: AnyFormula) -> AnyFormula:
    words = {"of": _zh(formula.of), "unit": _zh(formula.unit) if formula.unit else None}
    if against := getattr(formula, "against", None):
        words["against"] = _zh(against)
    return replace(formula, **words)


def not_held(edition: Edition) -> list[Text]:
    """What this edition says that its check list does not."""
    criteria = [one.criterion for one in edition.placed.values()]
    clauses = [clause for one in criteria for clause in one.clauses]
    parts: list[Section | Group | Criterion] = [
        *edition.sections,
        *edition.groups.values(),
        *criteria,
    ]
    readings = [*(one.reading for one in criteria), *(one.reading for one in clauses)]
    said: Iterable[tuple[bool, Text]] = (
        (True, Text(zh="英文", en="the other language")),
        (True, Text(zh="严重程度、主管部门", en="severity and owners")),
        (bool(edition.overlaps), Text(zh="重叠条目", en="overlaps")),
        (bool(edition.gates), Text(zh="门槛", en="gates")),
        (bool(edition.grades), Text(zh="等级", en="grades")),
        (bool(edition.rounds), Text(zh="巡检的轮次和点位", en="rounds and points of a patrol")),
        (any(one.facts for one in criteria), Text(zh="事实", en="facts")),
        (any(one.note for one in parts) or bool(edition.note), Text(zh="注", en="notes")),
        (any(readings), Text(zh="读法", en="readings")),
        (
            any(one.not_applicable for one in parts),
            Text(zh="下级的不适用规定", en="what does not apply, below the top"),
        ),
        (edition.scoring.self_score, Text(zh="自评", en="self-scores")),
        (edition.in_force.last is not None, Text(zh="终止日期", en="the last day in force")),
    )
    return [text for is_said, text in said if is_said]

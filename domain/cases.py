"""Worked cases: what an edition must score, written by people who know the rules, not the code.

A case is named by its point ("Nine slips in a group of 5 points cost 5, not more"), says what was
found and what the score must be. A rulebook whose case fails is not used as it is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from domain.refusals import Refusal
from domain.rulebook import Edition, Rulebooks
from domain.scoring import ScoreCard, score
from domain.shape import Place, Slip
from domain.sheet import FoundClause, Sheet
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all parts of a case file have in common: unknown keys are refused."""


class Applied(Part, frozen=True):
    """Points kept of those that applied."""

    score: Decimal
    max: Decimal


class Expect(Part, frozen=True):
    """What must come out; only what is named is compared.

    Attributes:
        groups: Points kept, by group id. `sections` likewise.
        lost: Points lost before the cap of the group, by criterion id.
        missing: Formula criteria whose figures the card must ask for, in the rulebook's order.
        bonus: Points added on top; the total holds them.
        passed: The verdict. `vetoes`: ids of criteria whose veto was found. `grade`: its id.
        self_total: What the station's own points add up to.
        refused: Code of the refusal that must come instead of a score.
    """

    total: Decimal | None = None
    applied: Applied | None = None
    sections: dict[str, Decimal] = {}
    groups: dict[str, Decimal] = {}
    lost: dict[str, Decimal] = {}
    missing: tuple[str, ...] | None = None
    bonus: Decimal | None = None
    passed: bool | None = None
    vetoes: tuple[str, ...] | None = None
    grade: str | None = None
    self_total: Decimal | None = None
    refused: str | None = None


class Case(Part, frozen=True):
    """One worked case. `found` gives a count, or clauses each with a count, by criterion id."""

    case: Text
    edition: str
    expect: Expect
    found: dict[str, int | tuple[FoundClause, ...]] = {}
    not_applicable: tuple[str, ...] = ()
    inputs: dict[str, dict[str, str]] = {}
    self_score: dict[str, str] = {}

    def sheet(self, rulebook: str) -> Sheet:
        """The case as a filled-in sheet; a bare count is one of the first clause."""
        found = {
            criterion: (FoundClause(0, one),) if isinstance(one, int) else one
            for criterion, one in self.found.items()
        }
        return Sheet(
            rulebook, self.edition, found, self.inputs, self.not_applicable, self.self_score
        )


class CaseFile(Part, frozen=True):
    """The worked cases of one rulebook."""

    rulebook: str
    cases: tuple[Case, ...]


def failing_cases(
    case_file: CaseFile, editions: Sequence[Edition], *, folder_is_whole: bool = True
) -> Iterator[Slip]:
    """Where the cases and the editions disagree.

    Args:
        case_file: The cases of one rulebook.
        editions: Editions known, of any rulebook.
        folder_is_whole: Whether every edition beside the cases could be read; if not, a case
            whose edition is missing says nothing that is not already said.
    """
    known = Rulebooks(editions)
    for n, case in enumerate(case_file.cases):
        try:
            edition = known.edition(case_file.rulebook, case.edition)
        except Refusal as no:
            if folder_is_whole:
                yield Slip(("cases", n, "edition"), no.reason, no.remedy)
        else:
            yield from _failing(case, edition, ("cases", n))


def _failing(case: Case, edition: Edition, place: Place) -> Iterator[Slip]:
    if case.expect == Expect():
        yield _expects_nothing((*place, "expect"))
    try:
        card = score(edition, case.sheet(edition.id))
    except Refusal as no:
        if no.code != case.expect.refused:
            yield Slip(place, no.reason, no.remedy)
    else:
        yield from _differences(case, card, (*place, "expect"))


def _differences(case: Case, card: ScoreCard, place: Place) -> Iterator[Slip]:
    expect = case.expect
    if expect.refused:
        yield _differs(case, (*place, "refused"), expect.refused, card.total)
    for key, computed in _single(card).items():
        expected = getattr(expect, key)
        if expected is not None and expected != computed:
            yield _differs(case, (*place, key), expected, computed)
    if expect.applied:
        applied: dict[str, Decimal] = {"score": card.applied.score, "max": card.applied.max}
        wanted = {"score": expect.applied.score, "max": expect.applied.max}
        yield from _each(case, (*place, "applied"), wanted, applied)
    sections = {one: figures.score for one, figures in card.sections.items()}
    groups = {one: figures.score for one, figures in card.groups.items()}
    yield from _each(case, (*place, "sections"), expect.sections, sections)
    yield from _each(case, (*place, "groups"), expect.groups, groups)
    yield from _each(case, (*place, "lost"), expect.lost, card.criteria)


def _single(card: ScoreCard) -> dict[str, object]:
    """The figures of a card that a case compares each by itself."""
    verdict = card.verdict
    return {
        "total": card.total,
        "missing": tuple(card.missing),
        "bonus": card.bonus,
        "passed": verdict and verdict.passed,
        "vetoes": verdict and verdict.vetoes,
        "grade": verdict and verdict.grade and verdict.grade.id,
        "self_total": card.self_score and card.self_score.total,
    }


def _each(
    case: Case, place: Place, wanted: Mapping[str, Decimal], computed: Mapping[str, Decimal]
) -> Iterator[Slip]:
    for key, points in wanted.items():
        if key not in computed:
            yield _unknown(case, (*place, key), key)
        elif points != computed[key]:
            yield _differs(case, (*place, key), points, computed[key])


def _differs(case: Case, place: Place, expected: object, computed: object) -> Slip:
    return Slip(
        place,
        Text(
            zh=f"算例“{case.case.zh}”：应为 {expected}，算得 {computed}。",
            en=f'Case "{case.case.en}": expected {expected}, computed {computed}.',
        ),
        Text(
            zh="请核对算例的期望值，或细则中的标准分与扣分方式。",
            en="Check what the case expects, or the caps and the scoring of the edition.",
        ),
    )


def _unknown(case: Case, place: Place, named: str) -> Slip:
    return Slip(
        place,
        Text(
            zh=f"算例“{case.case.zh}”提到了不存在的编号“{named:.80}”。",
            en=f'Case "{case.case.en}" names "{named:.80}", which is not in the edition.',
        ),
        Text(
            zh="请用 forecourt rulebook show 查看编号。",
            en="See the ids with forecourt rulebook show.",
        ),
    )


def _expects_nothing(place: Place) -> Slip:
    return Slip(
        place,
        Text(zh="算例没有写期望值。", en="The case expects nothing."),
        Text(
            zh="请至少写 total、groups、lost 或 refused 之一。",
            en="Give at least one of total, groups, lost or refused.",
        ),
    )

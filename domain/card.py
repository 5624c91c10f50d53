"""The score card: a score down to the criterion, as people and programs read it."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from domain.parts import Gate, Grade, Overlap


class Figures(msgspec.Struct, frozen=True):
    """Points kept, of how many."""

    score: Decimal
    max: Decimal


class GroupFigures(msgspec.Struct, frozen=True):
    """Points that a group kept, of how many, and what it lost (at most its cap)."""

    score: Decimal
    max: Decimal
    lost: Decimal


class Verdict(msgspec.Struct, frozen=True):
    """Whether a station passed: no veto found, no gate failed; and its grade."""

    passed: bool
    vetoes: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    grade: Grade | None = None

    def to_json(self) -> dict[str, object]:
        """The verdict as plain values."""
        return {
            "passed": self.passed,
            "vetoes": list(self.vetoes),
            "gates": [
                {"section": one.section, "below": str(one.below), "in": one.measure}
                for one in self.gates
            ],
            "grade": self.grade
            and {"id": self.grade.id, "title": msgspec.to_builtins(self.grade.title)},
        }


class SelfScore(msgspec.Struct, frozen=True):
    """The points a station gave itself beside the inspector's.

    Attributes:
        total: Added up as the inspector's is; None while groups are missing.
        difference: The station's total less the inspector's.
        missing: Groups that apply and were not given.
    """

    groups: dict[str, Decimal]
    total: Decimal | None
    difference: Decimal | None
    missing: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The self-score as plain values, points as decimal text."""
        return {
            "total": None if self.total is None else str(self.total),
            "difference": None if self.difference is None else str(self.difference),
            "groups": {one: str(points) for one, points in self.groups.items()},
            "missing": list(self.missing),
        }


class ScoreCard(msgspec.Struct, frozen=True):
    """A score down to the criterion; every figure rounded once from unrounded parts.

    Attributes:
        total: Points of `max`, the edition's total, brought to it from `applied` by `rescale`.
        applied: Points kept of those that applied to this station.
        criteria: Points each criterion lost, before the cap of its group.
        missing: Names of the figures not given, by formula criterion; it cost nothing.
        bonus: Points added on top, which `total` holds; None where the edition has none.
        verdict: None where the edition gives none.
        overlaps: Criteria that were charged together although they may name one fact.
    """

    rulebook: str
    edition: str
    total: Decimal
    max: Decimal
    applied: Figures
    sections: dict[str, Figures]
    groups: dict[str, GroupFigures]
    criteria: dict[str, Decimal]
    missing: dict[str, tuple[str, ...]] = {}
    overlaps: tuple[Overlap, ...] = ()
    bonus: Decimal | None = None
    verdict: Verdict | None = None
    self_score: SelfScore | None = None

    def to_json(self) -> dict[str, object]:
        """The card as plain values, points as decimal text.

        `missing_inputs`, `overlaps`, `bonus` and `self_score` are there where there is
        something to say.
        """
        told: dict[str, object] = {
            "rulebook": self.rulebook,
            "edition": self.edition,
            "total": str(self.total),
            "max": str(self.max),
            "applied": _plain(self.applied),
            "sections": {one: _plain(figures) for one, figures in self.sections.items()},
            "groups": {
                one: {**_plain(figures), "lost": str(figures.lost)}
                for one, figures in self.groups.items()
            },
            "criteria": {one: {"lost": str(lost)} for one, lost in self.criteria.items()},
            "verdict": self.verdict.to_json() if self.verdict else None,
        }
        if self.missing:
            told["missing_inputs"] = {one: list(names) for one, names in self.missing.items()}
        if self.overlaps:
            told["overlaps"] = [
                {"criteria": list(one.criteria), "about": msgspec.to_builtins(one.about)}
                for one in self.overlaps
            ]
        if self.bonus is not None:
            told["bonus"] = str(self.bonus)
        if self.self_score:
            told["self_score"] = self.self_score.to_json()
        return told


def _plain(figures: Figures | GroupFigures) -> dict[str, str]:
    return {"score": str(figures.score), "max": str(figures.max)}

"""The score card: a score down to the criterion, as people and programs read it."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from domain.parts import Overlap


class Figures(msgspec.Struct, frozen=True):
    """Points kept, of how many."""

    score: Decimal
    max: Decimal


class GroupFigures(msgspec.Struct, frozen=True):
    """Points that a group kept, of how many, and what it lost (at most its cap)."""

    score: Decimal
    max: Decimal
    lost: Decimal


class ScoreCard(msgspec.Struct, frozen=True):
    """A score down to the criterion; every figure rounded once from unrounded parts.

    Attributes:
        total: Points of `max`, the edition's total, brought to it from `applied` by `rescale`.
        applied: Points kept of those that applied to this station.
        criteria: Points each criterion lost, before the cap of its group.
        missing: Names of the figures not given, by formula criterion; it cost nothing.
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

    def to_json(self) -> dict[str, object]:
        """The card as plain values, points as decimal text.

        `missing_inputs` and `overlaps` are there where there is something to say.
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
            "verdict": None,
        }
        if self.missing:
            told["missing_inputs"] = {one: list(names) for one, names in self.missing.items()}
        if self.overlaps:
            told["overlaps"] = [
                {"criteria": list(one.criteria), "about": msgspec.to_builtins(one.about)}
                for one in self.overlaps
            ]
        return told


def _plain(figures: Figures | GroupFigures) -> dict[str, str]:
    return {"score": str(figures.score), "max": str(figures.max)}

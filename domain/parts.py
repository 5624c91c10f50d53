"""The parts of an edition, as people write them in YAML: sections, groups, criteria, clauses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from domain.formulas import AnyFormula
from domain.organisation import RoleName
from domain.text import Text

Kind = Literal[
    "comprehensive", "special", "video_audit", "onsite_audit", "card_audit", "self_check", "patrol"
]
"""Which kind of inspection an edition serves (facts I1 to I11; patrols by scan: W1, W3)."""

Severity = Literal["minor", "major", "critical"]
"""How much a finding matters. The source ranks nothing: this is ours."""

Deduct = Literal["by_clause", "equal_share"]
"""How found lines cost points: each clause its points times the count, or each criterion found
its equal share of the group's cap, once."""

NotApplicable = Literal["rescale", "forbidden", "full", "zero"]
"""What a criterion or group that does not apply means (open in the source, fact L6): it leaves the
score (`rescale`), may not be said (`forbidden`), keeps its points (`full`), loses them (`zero`)."""


Cadence = Literal["day", "week", "month"]
"""How often a round is made."""

Level = Literal["criterion", "group"]
"""Whose points a clause takes all of."""

Rounding = Literal["half_up", "half_even", "down", "up"]
"""How a figure is brought to the smallest one shown."""

Alone = Literal["leave", "full", "zero"]
"""What a section in which nothing applies does: leaves the total, keeps or loses its points."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of an edition have in common: unknown keys are refused."""


class Source(Part, frozen=True):
    """Where an edition comes from: document number, which part of it, and fact ids."""

    document: str
    part: Text
    facts: tuple[str, ...] = ()


class Period(Part, frozen=True, rename={"first": "from", "last": "to"}):
    """The days on which an edition holds, both ends included; without `last`, until replaced."""

    first: date
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.first <= day and (self.last is None or day <= self.last)


class Scoring(Part, frozen=True):
    """How an edition turns findings into points; `round` is the smallest figure shown.

    `self_score` says whether a station gives itself points beside the inspector's.
    """

    deduct: Deduct
    not_applicable: NotApplicable
    round: Decimal
    rounding: Rounding = "half_up"
    self_score: bool = False


class Reading(Part, frozen=True):
    """How a damaged or silent source is read, and why so."""

    kind: Literal["recommended"]
    because: Text


class Step(Part, frozen=True, rename={"first": "from"}):
    """What a clause costs altogether from so many occurrences on."""

    first: int
    points: Decimal


class Clause(Part, frozen=True, kw_only=True):
    """What one fault costs: points for each unit that `per` names (see `counting`).

    Attributes:
        steps: Instead of a multiple: what it costs altogether from so many occurrences on.
        free: Occurrences that cost nothing, before those that do.
        empties: Instead of points: it takes all that its criterion or group has.
        veto: The verdict fails where it is found; scoring goes on.
    """

    text: Text
    points: Decimal = Decimal(0)
    per: str
    steps: tuple[Step, ...] = ()
    free: int = 0
    empties: Level | None = None
    veto: bool = False
    reading: Reading | None = None


class Criterion(Part, frozen=True):
    """One line of the check list; `facts` are its limits, `note` a doubtful reading.

    It costs by its clauses when found, by its `formula` when measured, or by both, `cap` at
    most. A `veto` fails the verdict wherever it is found.
    """

    id: str
    text: Text
    severity: Severity | None = None
    clauses: tuple[Clause, ...] = ()
    facts: tuple[Text, ...] = ()
    note: Text | None = None
    formula: AnyFormula | None = None
    reading: Reading | None = None
    cap: Decimal | None = None
    veto: bool = False
    not_applicable: NotApplicable | None = None


class Group(Part, frozen=True):
    """Criteria that share one standard score (标准分), the cap of what they can cost together.

    The criteria of a `bonus` group add points instead, on top of the total, `cap` at most.

    Attributes:
        at: In a patrol: the kinds of scan points where this is checked.
    """

    id: str
    title: Text
    cap: Decimal
    severity: Severity
    criteria: tuple[Criterion, ...]
    note: Text | None = None
    bonus: bool = False
    not_applicable: NotApplicable | None = None
    at: tuple[str, ...] = ()


class Section(Part, frozen=True):
    """Groups under one heading; `owner` is the department that follows up (facts O3, O8).

    Attributes:
        cap: The most that its groups lose together, where that is less than their sum.
        weight: Points of the total that the share of points kept here stands for.
    """

    id: str
    title: Text
    total: Decimal
    owner: Text
    groups: tuple[Group, ...]
    note: Text | None = None
    cap: Decimal | None = None
    weight: Decimal | None = None
    not_applicable: NotApplicable | None = None
    when_nothing_applies: Alone = "leave"


class Overlap(Part, frozen=True):
    """Criteria that may name the same fact, which is to be charged once (a warning, no rule)."""

    criteria: tuple[str, ...]
    about: Text


class Round(Part, frozen=True, rename={"first": "from", "last": "to"}):
    """A round of scans: fixed persons, at fixed times, with fixed content (三定, fact W1).

    Attributes:
        by: Roles of which one makes the round.
        first: Time of day from which on scans count, `HH:MM` at the station, of the period's
            first day; `last` is the time of the period's last day until which they do.
        points: Kinds of scan points, in the order of the walk.
        in_order: Whether they are to be scanned in that order.
        least_minutes: Fewer from one point to the next are worth a look.
        most_minutes: So are more.
    """

    id: str
    title: Text
    by: tuple[RoleName, ...]
    first: str
    last: str
    points: tuple[str, ...]
    every: Cadence = "day"
    in_order: bool = False
    least_minutes: int = 0
    most_minutes: int | None = None


class Gate(Part, frozen=True, rename={"measure": "in"}):
    """The verdict fails where a section, or without one the total, is shown below this."""

    below: Decimal
    section: str | None = None
    measure: Literal["points", "percent"] = "points"


class Grade(Part, frozen=True):
    """A name for a total of `at_least` so many points, or for a verdict that failed."""

    id: str
    title: Text
    at_least: Decimal | None = None
    when_failed: bool = False

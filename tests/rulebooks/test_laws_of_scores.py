"""Laws that every score keeps, whatever is found, on the rulebooks that come with Forecourt."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.register.shelf import load_rulebooks
from domain.rulebook import Edition
from domain.scoring import ScoreCard, charges, score_lines
from domain.sheet import Line, NothingApplies
from tests.small_rulebooks import CLAUSED, SHARED, edition_of

BOOKS = load_rulebooks()
POLICIES = ("rescale", "full", "zero")
EDITIONS = [
    *(BOOKS.editions(one)[-1] for one in BOOKS.ids()),
    *(
        edition_of(written.replace("not_applicable: rescale", f"not_applicable: {policy}"))
        for written in (SHARED, CLAUSED)
        for policy in POLICIES
    ),
]
"""The real lists, and small ones for every policy that lets something not apply."""


Drawn = tuple[Edition, list[Line], list[str]]
"""An edition, lines found under it, and what does not apply."""


@st.composite
def sheets(draw: st.DrawFn) -> Drawn:
    """Any sheet that can be scored: what does not apply was not found."""
    edition = draw(st.sampled_from(EDITIONS))
    lines = draw(st.lists(lines_of(edition), max_size=40))
    found = {line.criterion for line in lines}
    free = [one for one in edition.placed if one not in found]
    free += [
        group.id
        for group in edition.groups.values()
        if found.isdisjoint(one.id for one in group.criteria)
    ]
    spared = draw(st.lists(st.sampled_from(free), max_size=6)) if free else []
    return edition, lines, spared


def lines_of(edition: Edition) -> st.SearchStrategy[Line]:
    """Any one line that the edition can charge: what is measured by a formula is not found."""
    found = [one for one in edition.placed if edition.criterion(one).formula is None]
    return st.sampled_from(found).flatmap(
        lambda one: st.builds(
            Line,
            st.just(one),
            st.integers(0, max(len(edition.criterion(one).clauses) - 1, 0)),
            st.integers(1, 999),
        )
    )


def scored(edition: Edition, lines: Sequence[Line], spared: Sequence[str]) -> ScoreCard | None:
    """The card, or None where nothing applies."""
    try:
        return score_lines(edition, lines, not_applicable=spared)
    except NothingApplies:
        return None


@given(sheets())
def test_a_score_lies_between_nothing_and_the_most(
    sheet: Drawn,
) -> None:
    card = scored(*sheet)
    if card is None:
        return
    assert 0 <= card.total <= card.max
    assert 0 <= card.applied.score <= card.applied.max <= card.max
    assert all(0 <= one.score <= one.max for one in card.sections.values())
    assert all(0 <= one.lost <= one.max for one in card.groups.values())


FIGURES = st.decimals(-1000, 1000, places=2)


@given(st.dictionaries(st.sampled_from(["1", "2", "3", "6"]), st.tuples(FIGURES, FIGURES)), FIGURES)
def test_a_worse_figure_never_raises_a_score(
    actual: dict[str, tuple[Decimal, Decimal]], against: Decimal
) -> None:
    edition = BOOKS.editions("petrochina-shandong-2012/comprehensive")[-1]
    plan = f"{abs(against) + 1:f}"
    worse, better = (
        {one: {"of": f"{pick(both):f}", "against": plan} for one, both in actual.items()}
        for pick in (min, max)
    )

    low, high = score_lines(edition, [], inputs=worse), score_lines(edition, [], inputs=better)

    assert 0 <= low.total <= high.total <= high.max


@given(sheets(), st.data())
def test_one_more_occurrence_never_raises_a_score(sheet: Drawn, data: st.DataObject) -> None:
    edition, lines, _ = sheet
    more = data.draw(lines_of(edition))

    before, after = scored(edition, lines, []), scored(edition, [*lines, more], [])

    assert before is not None
    assert after is not None
    assert after.total <= before.total
    assert all(after.groups[one].lost >= figures.lost for one, figures in before.groups.items())


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_lines_never_matters(sheet: Drawn, chance: Random) -> None:
    edition, lines, spared = sheet
    shuffled = list(lines)
    chance.shuffle(shuffled)

    assert scored(edition, shuffled, spared[::-1]) == scored(edition, lines, spared)


@given(sheets())
def test_without_anything_left_out_the_parts_sum_to_the_total_within_their_rounding(
    sheet: Drawn,
) -> None:
    edition, lines, _ = sheet
    card = score_lines(edition, lines)

    shown = sum((one.score for one in card.groups.values()), Decimal(0))
    assert abs(shown - card.total) <= Decimal("0.005") * len(card.groups)
    assert card.applied.score == card.total


@given(sheets())
def test_what_lines_cost_is_what_their_criteria_lost(
    sheet: Drawn,
) -> None:
    edition, lines, _ = sheet
    lost = score_lines(edition, lines).criteria
    priced = dict.fromkeys(lost, Decimal(0))
    for line, cost in zip(lines, charges(edition, lines), strict=True):
        priced[line.criterion] += cost

    assert priced == lost


@pytest.mark.parametrize(
    "edition",
    [one for one in EDITIONS[: len(BOOKS.ids())] if one.scoring.deduct == "equal_share"],
    ids=lambda edition: str(edition.id),
)
def test_everything_found_leaves_nothing(edition: Edition) -> None:
    card = score_lines(edition, [Line(one) for one in edition.placed])

    assert card.total == 0
    assert all(one.lost == one.max for one in card.groups.values())

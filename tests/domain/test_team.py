"""What steps come to never depends on who was faster."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.register.shelf import load_rulebooks
from domain.submission import FormulaInput, Found
from domain.team import (
    FiguresStep,
    FoundStep,
    Kept,
    NotApplicableStep,
    RetractedStep,
    SectionReopenedStep,
    SectionSubmittedStep,
    SharedOutStep,
    Step,
    merge,
)
from tests.things import COMPREHENSIVE, EDITION

BOOK = load_rulebooks().edition(COMPREHENSIVE, EDITION)
IDS = [f"00000000-0000-7000-8000-{n:012x}" for n in range(12)]
ids = st.sampled_from(IDS)
criteria = st.sampled_from(["7", "8", "56", "134b"])
sections = st.sampled_from([one.id for one in BOOK.sections][:3])
people = st.sampled_from(["p-li", "p-chen", "p-wang"])
steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(FoundStep, id=ids, found=st.builds(Found, criteria, st.just(0), st.integers(1, 9))),
    st.builds(RetractedStep, id=ids, step=ids),
    st.builds(NotApplicableStep, id=ids, named=criteria, applies=st.booleans()),
    st.builds(
        FiguresStep,
        id=ids,
        criterion=st.sampled_from(["1", "5"]),
        figures=st.none() | st.builds(FormulaInput, st.just("9"), st.just("10")),
    ),
    st.builds(SharedOutStep, id=ids, section=sections, person=st.none() | people),
    st.builds(SectionSubmittedStep, id=ids, section=sections),
    st.builds(SectionReopenedStep, id=ids, section=sections),
)


@st.composite
def days(draw: st.DrawFn) -> list[Kept]:
    """A day of a team, as the register keeps it: numbered in the order of arrival."""
    drawn = draw(st.lists(st.tuples(people, steps), max_size=20))
    return [Kept(n, person, "", step) for n, (person, step) in enumerate(drawn, start=1)]


@given(days(), st.randoms(use_true_random=False))
def test_the_order_in_which_steps_are_read_changes_nothing(day: list[Kept], chance: object) -> None:
    shuffled = list(day)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert merge(BOOK, shuffled) == merge(BOOK, day)


@given(days())
def test_reading_a_step_twice_changes_nothing(day: list[Kept]) -> None:
    assert merge(BOOK, [*day, *day]) == merge(BOOK, day)


@given(days())
def test_entries_by_section_and_by_member_add_up_alike(day: list[Kept]) -> None:
    merged = merge(BOOK, day)

    entries = len(merged.found) + len(merged.inputs)
    assert sum(one.entries for one in merged.sections.values()) == entries
    assert sum(merged.members.values()) == entries

"""Clauses and score cards in words, on lists of other shapes than the printed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.card_words import beside_score
from domain.clause_words import clause_words
from domain.register.shelf import load_rulebooks
from domain.rulebook import Edition
from domain.scoring import score_lines
from domain.sheet import Line

EXAMPLES = load_rulebooks(Path(__file__).parents[1] / "rulebooks" / "examples")


def example(name: str) -> Edition:
    """One of the example lists."""
    return EXAMPLES.editions(f"example/{name}")[-1]


@pytest.mark.parametrize(
    ("criterion", "clause", "said"),
    [
        ("P2", 0, "有即扣 0.5 分，2 起共扣 1 分"),
        ("P3", 0, "每处扣 1 分，前 2 次不扣"),
        ("P3", 1, "扣完本分项"),
        ("T1", 0, "每台扣 5 分，一票否决"),
    ],
)
def test_a_clause_says_what_it_costs(criterion: str, clause: int, said: str) -> None:
    edition = example("depot")
    _, group, placed = edition.place(criterion)
    assert clause_words(edition, group, placed, clause).zh == said


def test_a_veto_stands_beside_the_score() -> None:
    edition = example("depot")
    card = score_lines(edition, [Line("T1")])
    assert "不合格 · 一票否决：T1" in [one.zh for one in beside_score(edition, card)]


def test_gates_and_the_grade_stand_beside_the_score() -> None:
    edition = example("shopper")
    nothing = beside_score(edition, score_lines(edition, []))
    assert [one.en for one in nothing] == ["passed · Gold"]
    everything = [Line(one) for one in edition.placed]
    said = beside_score(edition, score_lines(edition, everything))[0].en
    assert said.startswith("failed")
    assert "total below 70" in said

"""Finding editions: by name, by day, and what is said when there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.register.shelf import BrokenRulebooks, NoRulebooks, load_rulebooks, read_shelf
from domain.rulebook import (
    NoEditionInForce,
    Rulebooks,
    UnknownCriterion,
    UnknownEdition,
    UnknownRulebook,
)
from tests.small_rulebooks import SHARED, edition_of

OLDER = edition_of(SHARED.replace("from: 2020-01-01", "from: 2020-01-01\n  to: 2020-12-31"))
NEWER = edition_of(SHARED.replace('edition: "1"', 'edition: "2"').replace("2020-01", "2021-01"))


@pytest.fixture
def rulebooks() -> Rulebooks:
    return Rulebooks([NEWER, OLDER])


def test_editions_stand_in_the_order_of_their_days(rulebooks: Rulebooks) -> None:
    assert [one.edition for one in rulebooks.editions("test/shared")] == ["1", "2"]


@pytest.mark.parametrize(("day", "edition"), [("2020-12-31", "1"), ("2021-01-01", "2")])
def test_the_day_decides_which_edition_holds(rulebooks: Rulebooks, day: str, edition: str) -> None:
    assert rulebooks.in_force("test/shared", date.fromisoformat(day)).edition == edition


def test_before_the_first_edition_none_is_in_force(rulebooks: Rulebooks) -> None:
    with pytest.raises(NoEditionInForce):
        rulebooks.in_force("test/shared", date(2019, 12, 31))


def test_an_unknown_rulebook_is_refused_with_those_that_are_known(rulebooks: Rulebooks) -> None:
    with pytest.raises(UnknownRulebook, match="test/shared"):
        rulebooks.editions("test/other")


def test_an_unknown_edition_is_refused(rulebooks: Rulebooks) -> None:
    with pytest.raises(UnknownEdition, match="1, 2"):
        rulebooks.edition("test/shared", "3")


def test_an_unknown_criterion_is_refused() -> None:
    with pytest.raises(UnknownCriterion):
        NEWER.criterion("z")


def test_a_criterion_takes_its_severity_from_its_group_unless_it_has_one() -> None:
    assert NEWER.place("a.1").severity == "minor"
    assert NEWER.place("a.3").severity == "major"


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "1.yaml").write_text(SHARED, encoding="utf-8")

    assert load_rulebooks(tmp_path).ids() == ("test/shared",)


def test_a_broken_rulebook_is_never_loaded(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(SHARED.replace("cap: 5", "cap: 6"), encoding="utf-8")

    with pytest.raises(BrokenRulebooks, match=r"1\.yaml:19"):
        load_rulebooks(tmp_path)


@pytest.mark.parametrize("name", ["", "missing", "missing.yaml"])
def test_where_there_is_no_rulebook_the_refusal_names_the_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoRulebooks):
        read_shelf([tmp_path / name])


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as stream:
        stream.truncate(2**33)

    assert "1000000" in read_shelf([huge]).problems[0].reason.en

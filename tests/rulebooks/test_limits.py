"""`presence.yaml`: a company's own limits, from which on something is worth a look."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.checking import check_shelf
from domain.register.shelf import BrokenRulebooks, load_rulebooks, read_shelf
from domain.signs import Limits


def written(folder: Path, text: str) -> Path:
    """A data folder whose `presence.yaml` says this."""
    (folder / "presence.yaml").write_text(text, encoding="utf-8")
    return folder


def test_what_the_file_says_holds_and_the_rest_stays(tmp_path: Path) -> None:
    known = load_rulebooks(own=written(tmp_path, "clock_s: 600  # our phones\nfast_s: 5\n"))

    assert known.limits == Limits(clock_s=600, fast_s=5)


def test_without_a_file_the_usual_limits_hold(tmp_path: Path) -> None:
    assert load_rulebooks(own=tmp_path).limits == Limits()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("clock_s: 600\nclock: 5\n", 2),
        ("pace_percent: 101\n", 1),
        ("fast_s: soon\n", 1),
        ("in_a_row: 0\n", 1),
        ("- clock_s\n", 1),
        ("", 1),
    ],
)
def test_a_slip_is_refused_with_its_place_and_what_to_do(
    tmp_path: Path, text: str, line: int
) -> None:
    folder = written(tmp_path, text)

    with pytest.raises(BrokenRulebooks, match=f"presence.yaml:{line}:") as refused:
        load_rulebooks(own=folder)
    assert "presence.yaml" in refused.value.remedy.en


def test_the_file_can_be_checked_by_itself(tmp_path: Path) -> None:
    file = written(tmp_path, "clock: 5\n") / "presence.yaml"

    assert [one.line for one in read_shelf([file]).problems] == [1]


def test_two_files_of_limits_are_one_too_many() -> None:
    files = {"a/presence.yaml": b"fast_s: 5", "b/presence.yaml": b"fast_s: 6"}

    assert [one.file for one in check_shelf(files).problems] == ["b/presence.yaml"]
